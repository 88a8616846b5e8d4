"""征集页面: who opens which page, what is refused where it was typed, and do lists ask the database a fixed number of times?"""

from collections.abc import Callable

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.calls.conftest import Stand, brought_to, lot_of, second_body
from tests.cast import WideCast
from tests.web.test_filing_pages import client
from touchstone.bodies.operations import set_grade
from touchstone.calls.models import Application, Call, Project
from touchstone.policy.supervision.grade import Grade
from touchstone.simulation import calls as simulated
from touchstone.web import clock

EVERYONE = ("tang", "pan", "jiang", "han", "tao", "shen", "zhou", "wu", "xie", "lin", "fan", "zhu")
_CITY = {"han", "tao", "shen"}
WHO_OPENS: dict[tuple[str, str, str], set[str]] = {
    # 页面, 环节, 编号: 打得开的人
    ("authority:project_new", "recommended", ""): {"tang", "pan"},
    ("authority:project", "recommended", "project"): {"tang", *_CITY},
    ("authority:project_decide", "recommended", "project"): {"han"},
    ("authority:call_new", "drafted", ""): {"tao"},
    ("authority:call", "drafted", "call"): _CITY,
    ("authority:call_change", "drafted", "call"): {"tao"},
    ("authority:call", "sent", "call"): {"tang", "pan", "jiang", "zhou", "wu", *_CITY},
    ("authority:call_cancel", "sent", "call"): {"han"},
    ("authority:call_application", "applying", "application"): set(),
    ("authority:call_application", "sent", "application"): {"tang", "zhou", "wu", *_CITY},
    ("authority:call_application_check", "sent", "application"): {"han", "tao"},
    ("authority:call_application_return", "sent", "application"): {"han", "tao"},
    ("body:call", "sent", "call"): {"xie", "lin", "fan"},
    ("body:call_application", "sent", "application"): {"xie"},
}


@pytest.mark.parametrize("stage", sorted({stage for _, stage, _ in WHO_OPENS}))
def test_who_opens_which_page(stage: str, wide_cast: WideCast) -> None:
    """别的岗位、别的行业、别的机构打不开，看到一句话说明原因；没登录的去登录页。"""
    where = brought_to(stage, wide_cast)
    for view, part in [(view, part) for view, at, part in WHO_OPENS if at == stage]:
        address = reverse(view, args=[getattr(where, part)] if part else [])
        answers = {who: client(who).get(address) for who in EVERYONE}
        assert {who for who, answer in answers.items() if answer.status_code == 200} == WHO_OPENS[view, stage, part], view
        assert {answer.status_code for answer in answers.values()} <= {200, 403}, view
        assert client("").get(address).status_code == 302, view


def test_the_public_sees_what_was_published_and_no_draft(wide_cast: WideCast) -> None:
    """公众看得见已发布的公告，看不见拟定中的。"""
    drafted = brought_to("drafted", wide_cast)
    assert client("").get(reverse("public:call", args=[drafted.call])).status_code == 404
    assert "目前没有正在进行的征集" in client("").get(reverse("public:calls")).content.decode()


def test_posts_of_others_change_nothing(wide_cast: WideCast) -> None:
    """没有权限的人直接提交也办不成。"""
    where = brought_to("sent", wide_cast)
    before = _everything()
    for who, view, args in (
        ("tao", "authority:call_publish", [where.call]),
        ("zhou", "authority:call_publish", [where.call]),
        ("tang", "authority:project_retire", [where.project]),
        ("han", "authority:call_lot_remove", [where.call, where.lot]),
        ("tao", "authority:call_announce", [where.call]),
        ("zhou", "authority:call_ranking", [where.call]),
        ("lin", "body:call_apply", [where.call, where.lot]),
        ("lin", "body:call_application_withdraw", [where.application]),
        ("lin", "body:call_application_autosave", [where.application]),
        ("lin", "body:call_application_attach", [where.application]),
    ):
        answer = client(who).post(reverse(view, args=args), {"reason": "试一试"})
        assert answer.status_code in {302, 403}, (who, view)
    assert _everything() == before


def _everything() -> list[object]:
    return [list(model._default_manager.order_by("pk").values()) for model in (Project, Call, Application)]


def test_what_was_typed_stays_when_it_is_refused(wide_cast: WideCast) -> None:
    """核实依据没写：拒绝的话写在表上，已填的数还在。"""
    where = brought_to("sent", wide_cast)
    typed = {f"checked:{key}": str(value) for key, value in simulated.FIT.items()} | {"checked:staff": "4"}
    answer = client("tao").post(reverse("authority:call_application_check", args=[where.application]), typed)
    page = answer.content.decode()
    assert "“专职工作人员”的核实结果与申报不一致" in page
    assert 'name="checked:staff" value="4"' in page


def test_a_draft_saves_itself_and_says_what_is_wrong(wide_cast: WideCast) -> None:
    """自动保存：不完整也能存；不可能的数一句话说明。"""
    where = brought_to("applying", wide_cast)
    address = reverse("body:call_application_autosave", args=[where.application])
    running = Call.objects.filter(number=where.call)
    running.update(closes_on=clock.today())  # pages read the clock of today
    assert client("xie").post(address, {"answer:staff": "9"}).status_code == 200
    assert Application.objects.get(number=where.application).answers == {"staff": 9}
    assert client("xie").post(address, {"answer:staff": "-1"}).status_code == 400
    running.update(closes_on=where.at.date())
    late = client("xie").post(address, {"answer:staff": "9"})
    assert late.status_code == 409
    assert "逾期" in late.json()["message"]


LISTS = ["authority:calls", "authority:projects", "body:calls", "body:call_applications", "public:calls"]


@pytest.fixture
def sent(wide_cast: WideCast) -> Callable[[], Stand]:
    """Give a function that makes a call with two applications."""

    def make() -> Stand:
        where = brought_to("sent", wide_cast)
        _, rival = second_body(where.at)
        simulated.sent_application(lot_of(where.call), by=rival, at=where.at)
        return where

    return make


def test_few_queries(sent: Callable[[], Stand], wide_cast: WideCast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """列表和办理页查询次数有限，与行数无关。"""
    where = sent()
    projects = Project.objects.get(number=where.project)
    for _ in range(3):
        simulated.open_call(projects, clerk=wide_cast.tao, director=wide_cast.han, at=wide_cast.at)
    who = {"authority": "han", "body": "xie", "public": ""}
    for view in LISTS:
        browser = client(who[view.split(":")[0]])
        browser.get(reverse(view))
        with django_assert_max_num_queries(20):
            assert browser.get(reverse(view)).status_code == 200
    for view, number, most in (
        ("authority:call", where.call, 40),
        ("authority:call_applications", where.call, 20),
        ("authority:call_ranking", where.call, 20),
        ("authority:call_application", where.application, 24),
        ("public:call", where.call, 12),
    ):
        browser = client(who[view.split(":")[0]])
        with django_assert_max_num_queries(most):
            assert browser.get(reverse(view, args=[number])).status_code == 200


def test_a_list_of_calls_can_be_narrowed_and_exported(sent: Callable[[], Stand]) -> None:
    """列表可以按条件查、可以导出。"""
    where = sent()
    browser = client("tao")
    assert where.call in browser.get(reverse("authority:calls"), {"state": "open"}).content.decode()
    assert where.call not in browser.get(reverse("authority:calls"), {"state": "cancelled"}).content.decode()
    exported = browser.get(reverse("authority:call_applications", args=[where.call]), {"export": "csv"})
    text = b"".join(exported.streaming_content).decode("utf-8-sig") if exported.streaming else exported.content.decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "养老护理员" in text
    assert len(text.strip().splitlines()) == 3


def test_the_grade_is_known_and_nobody_declares_it(wide_cast: WideCast) -> None:
    """有等级的机构，应征页和审核页写明等级和来源；D级的审核为不符合条件；没有定级的按申报审核。"""
    where = brought_to("closed", wide_cast)
    application = Application.objects.get(number=where.application)
    pages = [("authority:call_application", "tao"), ("authority:call_application_check", "tao"), ("body:call_application", "xie")]
    for view, who in pages:
        assert "没有定级（按申报和核实的情况审核）" in client(who).get(reverse(view, args=[where.application])).content.decode()
    set_grade(body=application.body, grade=Grade.D, points=40.0, reasons={"capped": "特别严重"}, run="DJ1", by=wide_cast.han, at=where.at)
    for view, who in pages:
        assert "D级（平台定级DJ1" in client(who).get(reverse(view, args=[where.application])).content.decode()
    simulated.check_as_declared(where.application, by=wide_cast.tao, at=where.at)
    application.refresh_from_db()
    assert not application.qualified
    assert any("D级（平台定级），D级不得入选" in one["reason"] for one in application.findings)
