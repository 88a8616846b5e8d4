"""检查页面: who opens a visit, its record and its files, what does a phone get told, and do the pages ask a steady number of questions?"""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.exams.test_pages import enter
from tests.inspections.stage import Stage
from tests.inspections.test_corrections import WRONG, body_leader
from touchstone.inspections.models import Answer, Signature, Visit, VisitFinding
from touchstone.inspections.queries import visiting
from touchstone.inspections.states import FindingState
from touchstone.simulation.inspections import fill_in, scribble

SCOPE = "filing.scope"


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Give a draw with its visits."""
    return Stage(cast).drawn()


def names_of(stage: Stage) -> list[str]:
    """Give the log-ins of those sent on the first visit."""
    return [sent.person.user.username for sent in stage.first_task().inspectors.order_by("place")]


def page(name: str, *args: object, side: str = "authority") -> str:
    """Give an address."""
    return reverse(f"{side}:{name}", args=args)


def test_who_opens_a_visit_and_its_record(stage: Stage) -> None:
    """检查人员和本单位、市级能看检查；填写和签字只有检查人员；别的区、行业、别的机构看不见；机构看得到自己的；未登录的先登录。"""
    task, visit = stage.first_task(), stage.opened()
    body_leader(stage, task)
    first = names_of(stage)[0]
    shown, sheet, sign = (page(name, visit.number) for name in ("inspection_visit", "inspection_answers", "inspection_sign"))
    whose = (first, "wu", "han", "du", "jiang", "lin")
    opened = {who: [enter(who).get(path).status_code for path in (shown, sheet, sign)] for who in whose}
    reading, nothing = [200, 403, 403], [403, 403, 403]
    assert opened == {first: [200, 200, 200], "wu": reading, "han": reading, "du": nothing, "jiang": nothing, "lin": nothing}
    own = page("inspection_visit", visit.number, side="body")
    assert [enter(who).get(own).status_code for who in ("leader", "shi", first)] == [200, 403, 403]
    assert [enter("leader").get(page("inspections", side="body")).status_code, enter("wang").get(page("inspections")).status_code] == [200, 200]
    assert [enter(who).get(page("inspection_check_new")).status_code for who in ("wang", "wu", "jiang", "lin")] == [200, 403, 403, 403]
    assert all(Client().get(path)["Location"].startswith("/login") for path in (shown, sheet, sign, own))


def test_a_phone_is_told_what_became_of_what_it_sent(stage: Stage) -> None:
    """同一条重送只留一条；与另一人不同的得到409和现有的结论；没有说明的不符合、没有编号的照片、不是图片的，都说明原因。"""
    visit = stage.opened()
    first, second = (enter(name) for name in names_of(stage))
    address, photo = page("inspection_answer_part", visit.number), page("inspection_photo_part", visit.number)
    told = {"act": "answer", "check": SCOPE, "answer": "yes", "client_key": "k1", "revision": "0", "noted_at": "2026-03-16T01:00:00+00:00"}
    assert [first.post(address, told).json() for _ in range(2)] == [{"revision": 1}] * 2 and Answer.objects.count() == 1
    other = second.post(address, told | {"answer": "no", "note": "超范围。", "client_key": "k2"})
    assert other.status_code == 409 and other.json()["theirs"]["fields"]["answer"] == "yes" and other.json()["theirs"]["revision"] == 1
    assert "请写明事实" in second.post(address, told | {"answer": "no", "client_key": "k3"}).json()["message"]
    assert first.post(address, {"act": "place", "client_key": "p1", "latitude": "x", "unknown_because": "没有信号"}).json() == {}
    assert first.post(photo, {"check": SCOPE}).status_code == 400
    picture = lambda key: {"check": SCOPE, "request_key": key, "photo": named("图.png", scribble())}  # noqa: E731
    key = "6a1f0f5e-3b0e-4c57-9a55-0d1b6b7f2a01"
    assert [first.post(photo, picture(key)).status_code for _ in range(2)] == [204, 204] and len(visiting.photos_of(visit)[SCOPE]) == 1
    wrong = first.post(photo, {"check": SCOPE, "photo": named("图.pdf", b"%PDF-")})
    assert wrong.status_code == 409 and "不能接收" in wrong.json()["message"]
    assert enter("wu").post(address, told).status_code == 403


def named(name: str, content: bytes):
    """Give an upload."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def test_the_page_works_without_scripts(stage: Stage) -> None:
    """没有脚本也能逐项保存、签字；每项各有结果，没有写明事实的一项说明原因。"""
    visit = stage.opened()
    first = enter(names_of(stage)[0])
    sheet, sign = page("inspection_answers", visit.number), page("inspection_sign", visit.number)
    keys = [check.key for _, checks in visiting.items_of(visit) for check in checks]
    said = first.post(sheet, {f"answer_{key}": "no" if key == SCOPE else "yes" for key in keys}, follow=True).content.decode()
    assert "请写明事实" in said and "已保存4项结论" in said and "还有1项没有结论" in said
    assert "还没有结论" not in first.post(sign, {"act": "sign", "digest": "x"}, follow=True).content.decode()
    assert not Signature.objects.exists()
    first.post(sheet, {f"answer_{SCOPE}": "no", f"note_{SCOPE}": "超范围。"})
    assert "又有改动" in first.post(sign, {"act": "sign", "digest": "x"}, follow=True).content.decode()
    drawn = {"act": "by_hand", "name": "李某", "post": "主任", "drawing": "data:image/png;base64,!"}
    assert "本人手写签名" in first.post(sign, drawn, follow=True).content.decode()


def test_the_body_signs_and_reports_by_its_own_log_in(stage: Stage) -> None:
    """机构用自己的账号签字；封存以后看到问题，报告改正，附件自己和检查单位能打开，别的机构打不开。"""
    task, visit = stage.first_task(), stage.opened()
    first, _ = stage.inspectors(task)
    leader = body_leader(stage, task)
    assert leader.office_id == task.body.office_id
    fill_in(visit.number, WRONG, by=first, at=task.opens_at)
    own, desk = page("inspection_visit", visit.number, side="body"), [enter(name) for name in names_of(stage)]
    digest = visiting.digest_of(visit)
    body = enter("leader")
    assert "请填写您的职务" in body.post(own, {"act": "sign_for_body", "digest": digest, "post": " "}, follow=True).content.decode()
    assert "您已代表机构" in body.post(own, {"act": "sign_for_body", "digest": digest, "post": "负责人"}, follow=True).content.decode()
    sign, shown = page("inspection_sign", visit.number), page("inspection_visit", visit.number)
    for one in desk:
        one.post(sign, {"act": "sign", "digest": digest})
    assert "检查记录已封存" in desk[0].post(sign, {"act": "seal"}, follow=True).content.decode()
    keys = list(VisitFinding.objects.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        desk[0].post(shown, {"act": "correct_at_once", "problem": key, "words": "改正。"})
    body.post(own, {"act": "report", "problem": keys[0], "words": "已改正。", "files": [named("说明.pdf", b"%PDF-1.4")]})
    desk[1].post(shown, {"act": "suggest_case", "problem": keys[1], "words": "涉及证书数据。"})
    assert [one.state for one in VisitFinding.objects.order_by("pk")] == [FindingState.REPORTED, FindingState.FOR_CASE]
    assert "涉及证书数据" not in body.get(own).content.decode(), "建议立案的理由不给机构看"
    record = visiting.record_file(Visit.objects.get())
    assert record is not None
    for side, client, code in (("body", body, 200), ("authority", desk[0], 200), ("body", enter("shi"), 403), ("authority", enter("du"), 403)):
        assert client.get(page("inspection_file", visit.number, record.number, side=side)).status_code == code


def test_pages_of_visits_ask_a_steady_number_of_questions(stage: Stage, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """检查页、记录页、签字页和清单的查询次数不随项目和问题数增长；清单能筛选和导出。"""
    stage.visited(WRONG)
    number, first = stage.first_task().number, enter(names_of(stage)[0])
    with django_assert_max_num_queries(45):
        assert "发现的问题" in first.get(page("inspection_visit", number)).content.decode()
    for query in ("", "?way=drawn&left=open&state=sealed", "?body=抽查&outcome=to_rectify", "?export=csv"):
        with django_assert_max_num_queries(30):
            assert first.get(page("inspections") + query).status_code == 200
    with django_assert_max_num_queries(20):
        assert first.get(page("inspection_visits")).status_code == 200
