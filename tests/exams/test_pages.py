"""考务与证书页面: who gets in, how many questions does each page ask the database, and does a refusal stand as a sentence?"""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.exams.stage import Stage
from touchstone.accounts.models import User
from touchstone.certificates.models import Certificate

OF_PLAN = ("arrangement", "attendance", "scores", "results")
PAPERS = ("tickets", "score_book")
SHEETS = ("sign_in", "chart", "door", "desks", "hand_over", "room_record", "staff", "supervision")


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Give a plan of which all certificates are issued."""
    return Stage(cast).all_the_way()


def enter(username: str) -> Client:
    """Give a browser logged in as someone of the cast."""
    client = Client()
    client.force_login(User.objects.get(username=username), "touchstone.accounts.backends.PasswordBackend")
    return client


def addresses(stage: Stage) -> list[str]:
    """Give the address of every page of a body's exam and certificates."""
    number, certificate = stage.plan.number, Certificate.objects.order_by("number")[0].number
    found = [reverse(f"body:{page}", args=[number]) for page in OF_PLAN]
    found += [reverse("body:plan_paper", args=[number, paper]) for paper in PAPERS]
    found += [reverse("body:sitting_paper", args=[number, stage.sittings()[0].number, paper]) for paper in SHEETS]
    found += [reverse("body:certificate", args=[certificate]), reverse("body:certificate_pdf", args=[certificate])]
    return [*found, reverse("body:score_sheet", args=[number]), reverse("body:plan_certificates", args=[number]), reverse("body:certificates")]


def test_every_page_opens_for_the_bodys_leader(stage: Stage) -> None:
    """本机构负责人打得开每一页，文书都是PDF或工作簿。"""
    client = enter("qian")
    for address in addresses(stage):
        response = client.get(address)
        assert response.status_code == 200, address
        if response["Content-Type"] == "application/pdf":
            assert response.content.startswith(b"%PDF-")
            assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("who", [pytest.param("shi", id="别家机构"), pytest.param("wang", id="区质量督导员"), pytest.param("zhu", id="系统管理员")])
def test_others_are_refused_with_a_sentence(stage: Stage, who: str) -> None:
    """别人打不开，说明原因。"""
    client = enter(who)
    for address in addresses(stage)[:-1]:
        response = client.get(address)
        assert response.status_code == 403, address
        assert "ts-refusal" in response.content.decode()
    listed = client.get(reverse("body:certificates"))
    assert "Y000031" not in listed.content.decode()


def test_logged_out_is_sent_to_log_in(stage: Stage) -> None:
    """没有登录的，先去登录。"""
    for address in (*addresses(stage), reverse("authority:certificates")):
        response = Client().get(address)
        assert (response.status_code, response["Location"].startswith("/login")) == (302, True), address


@pytest.mark.parametrize(
    ("who", "count"),
    [
        pytest.param("wang", 3, id="注册地所在区"),
        pytest.param("lv", 0, id="别的区"),
        pytest.param("han", 3, id="市职鉴中心"),
        pytest.param("jiang", 3, id="本区本行业主管"),
    ],
)
def test_authorities_see_their_own_ground(stage: Stage, who: str, count: int) -> None:
    """主管部门只看到自己辖区和领域的证书。"""
    client = enter(who)
    listed = client.get(reverse("authority:certificates")).content.decode()
    assert listed.count("Y000031300001265") == count * 2  # in the address and in the words
    one = client.get(reverse("authority:certificate", args=["Y000031300001265000001"]))
    assert one.status_code == (200 if count else 403)


@pytest.mark.parametrize("people", [pytest.param(2, id="2人"), pytest.param(25, id="25人")])
def test_queries_do_not_grow_with_people(cast: Cast, people: int, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """人数多了，查询次数不变。"""
    stage = Stage(cast, people=people).all_the_way()
    client = enter("qian")
    for page, most in (("arrangement", 32), ("attendance", 18), ("scores", 26), ("results", 34), ("certificates", 12)):
        address = reverse(f"body:{page}", args=[] if page == "certificates" else [stage.plan.number])
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_one_tap_answers_with_one_row(cast: Cast) -> None:
    """手机上点一下，只换回那一行。"""
    stage = Stage(cast).reviewed().with_sittings().arranged().opened()
    client, sitting = enter("sun"), stage.sittings()[0].number
    address = f"{reverse('body:attendance', args=[stage.plan.number])}?sitting={sitting}"
    answer = client.post(address, {"act": "one", "ticket": stage.tickets()[0], "present": "1"}, headers={"HX-Request": "true"})
    body = answer.content.decode()
    assert body.startswith("<li")
    assert "ts-seat-here" in body


def test_a_wrong_mark_is_told_in_its_row(cast: Cast) -> None:
    """成绩填错，在那一行说明，填的内容不丢。"""
    stage = Stage(cast).reviewed().with_sittings().arranged().held()
    address = reverse("body:score_row", args=[stage.plan.number])
    body = enter("sun").post(address, {"ticket": stage.tickets()[0], "theory": "101"}).content.decode()
    assert "应为0到100的分数" in body
    assert 'value="101"' in body
    saved = enter("sun").post(address, {"ticket": stage.tickets()[0], "theory": "８１．５"}).content.decode()
    assert "已保存" in saved
    assert "81.5" in saved


def test_a_huge_or_strange_score_sheet_is_refused(cast: Cast) -> None:
    """不是成绩表的文件，说明原因，什么也不登记。"""
    from django.core.files.uploadedfile import SimpleUploadedFile

    stage = Stage(cast).reviewed().with_sittings().arranged().held()
    client, address = enter("sun"), reverse("body:scores", args=[stage.plan.number])
    for name, content, words in (
        ("成绩.xlsx", b"PK\x03\x04 nothing", "没有保存任何成绩"),
        ("成绩.xls", b"\xd0\xcf\x11\xe0", "不能接收"),
        ("成绩.xlsx", b"0" * (20 * 1024 * 1024 + 1), "超过20MB"),
    ):
        body = client.post(address, {"act": "upload", "workbook": SimpleUploadedFile(name, content)}).content.decode()
        assert words in body
    sheet = client.get(reverse("body:score_sheet", args=[stage.plan.number])).content
    other = Stage(cast, serial=9)
    sent = SimpleUploadedFile("成绩.xlsx", sheet)
    answer = client.post(reverse("body:scores", args=[other.plan.number]), {"act": "upload", "workbook": sent})
    assert f"这是计划{stage.plan.number}的成绩表" in answer.content.decode()
