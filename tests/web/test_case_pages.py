"""机构案件页面: who gets in by which door at which step, is nothing shown too early, and do the pages ask a steady number of questions?"""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.enforcement.stage import SERIOUS, Proceedings
from tests.exams.test_pages import enter
from touchstone.enforcement import operations as acts
from touchstone.enforcement.states import LetterKind


@pytest.fixture
def told(cast: Cast) -> Proceedings:
    """Give a case that is put down."""
    return Proceedings(cast, SERIOUS).begun()


def test_who_sees_a_case_and_when(cast: Cast) -> None:
    """承办的区、市看得到；机构告知以后才看得到；别的区、别的机构、没有被征求意见的部门、未登录的不能。"""
    told = Proceedings(cast, SERIOUS).opened()
    doors = {"wang": "authority", "wu": "authority", "han": "authority", "du": "authority", "jiang": "authority", "qian": "body", "shi": "body"}

    def seen() -> dict[str, int]:
        paths = {who: reverse(f"{door}:case", args=[told.number]) for who, door in doors.items()}
        assert all(Client().get(path)["Location"].startswith("/login") for path in paths.values())
        return {who: enter(who).get(path).status_code for who, path in paths.items()}

    before = {"wang": 200, "wu": 200, "han": 200, "du": 403, "jiang": 403, "qian": 403, "shi": 403}
    assert seen() == before
    acts.ask_help(number=told.number, office="HY-machinery-310115", question="是否属于本行业惯例？", by=cast.wang, at=told.at)
    told.notified()
    assert seen() == before | {"jiang": 200, "qian": 200}
    summary = enter("jiang").get(reverse("authority:case", args=[told.number])).content.decode()
    assert "请提出意见的事项" in summary and "证据" not in summary and "办理人" not in summary


def test_adviser_sees_the_one_case_and_answers(told: Proceedings) -> None:
    """协办部门：只看到被征求意见的案件，提出意见一次；别的页面进不去。"""
    acts.approve_opening(number=told.number, opinion="", by=told.cast.wu, at=told.at)
    ning = enter("ning")
    path = reverse("adviser:case", args=[told.number])
    assert ning.get(path).status_code == 403
    acts.ask_help(number=told.number, office="XB-MARKET", question="是否构成虚假宣传？", by=told.cast.wang, at=told.at)
    assert told.number in ning.get(reverse("adviser:home")).content.decode()
    assert "是否构成虚假宣传" in ning.get(path).content.decode()
    assert ning.post(path, {"act": "opinion", "words": "属虚假宣传，建议移送。"}).status_code == 302
    assert "属虚假宣传" in ning.get(path).content.decode()
    assert ning.get(reverse("authority:cases")).status_code == 403 and ning.get("/home")["Location"] == "/advise/"
    assert told.case.helps.get().answerer == "宁致远"


def test_body_reads_no_letter_before_it_signs(cast: Cast) -> None:
    """机构签收以前不显示事实和决定；证据文件机构不能下载，自己的材料可以。"""
    told = Proceedings(cast, SERIOUS).opened()
    acts.notify_body(number=told.number, proposed=told.proposed(), by=cast.wang, at=told.later())
    qian, path = enter("qian"), reverse("body:case", args=[told.number])
    assert "检查录像时发现缺口" not in qian.get(path).content.decode()
    told.received(LetterKind.NOTICE)
    assert "检查录像时发现缺口" in qian.get(path).content.decode()
    kept = told.case.evidence.exclude(attachment="").get()
    assert qian.get(reverse("body:case_file", args=[told.number, kept.attachment])).status_code == 404
    assert enter("wang").get(reverse("authority:case_file", args=[told.number, kept.attachment])).status_code == 200
    letter = told.case.letters.get()
    assert qian.get(reverse("body:case_letter", args=[told.number, letter.number])).content.startswith(b"%PDF-")


def test_case_is_put_down_from_a_form_and_keeps_what_was_typed(cast: Cast) -> None:
    """登记：写错机构名称的，说明原因，填写的内容都在；来源不存在的回到列表。"""
    Proceedings(cast)
    wang, path = enter("wang"), reverse("authority:case_new")
    assert wang.get(path + "?from=visit:RW0").status_code == 302
    assert enter("wu").get(path).status_code == 403
    typed = {"party": "没有这家", "act_1": "camera_gaps", "acted_on_1": "2026-02-25", "found_on": "2026-03-02", "facts": "录像有缺口。"}
    said = wang.post(path, typed).content.decode()
    assert "没有查到机构" in said and "录像有缺口。" in said
    made = wang.post(path, typed | {"party": cast.body_a.number, "found_on": date(2026, 3, 2).isoformat()})
    assert made.status_code == 302, made.content.decode()


def test_pages_ask_a_steady_number_of_questions(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """清单、案件页、公示页的查询次数有界；公开以后公众看得到，撤回的注明。"""
    told = Proceedings(cast, SERIOUS).served()
    wang = enter("wang")
    for name, query in (("cases", "?state=served&tier=serious"), ("cases", "?export=csv"), ("case_archives", "")):
        with django_assert_max_num_queries(30):
            assert wang.get(reverse(f"authority:{name}") + query).status_code == 200
    with django_assert_max_num_queries(70):
        assert wang.get(reverse("authority:case", args=[told.number])).status_code == 200
    with django_assert_max_num_queries(40):
        assert enter("qian").get(reverse("body:case", args=[told.number])).status_code == 200
    anyone = Client()
    assert anyone.get(reverse("public:sanction", args=[told.number])).status_code == 404
    acts.publish_decision(number=told.number, by=cast.wang, at=told.at)
    with django_assert_max_num_queries(12):
        assert told.number in anyone.get(reverse("public:sanctions")).content.decode()
    acts.appeal_case(number=told.number, appeal="不服", by=cast.qian, at=told.at)
    acts.answer_appeal(number=told.number, upheld=False, answer="原认定有误", by=cast.han, at=told.at)
    assert "已撤回" in anyone.get(reverse("public:sanctions")).content.decode()
    assert "撤回" in anyone.get(reverse("public:sanction", args=[told.number])).content.decode()
