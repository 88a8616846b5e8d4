"""题库页面: who opens which page, is no answer ever shown to who may not see it, and do lists stay cheap?"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.questions.conftest import Stand, stand_up
from tests.web.test_filing_pages import client
from touchstone.questions.models import Opening, Question
from touchstone.simulation import bank as simulated
from touchstone.simulation.bank_topics import TOPICS

EVERYONE = ("gu", "ren", "jin", "kong", "meng", "yun", "lin", "shi", "ji", "ge", "bai", "xu", "wang", "wu", "lv", "shen", "pan", "zhu")
OURS = {"jin", "kong", "meng", "yun"}


@pytest.fixture
def stand(cast: Cast) -> Stand:
    """Give both banks; body 丙's holds a question at every stage."""
    return stand_up(cast)


def address(view: str, stand: Stand, question: Question) -> str:
    """The address of a page that names a bank, a question or nothing."""
    leaf = view.partition(":")[2]
    args = [stand.bank.number] if leaf in {"bank", "bank_coverage", "bank_openings"} else [question.number] if leaf.startswith("question_") else []
    if leaf == "question":
        args = [question.number]
    return reverse(view, args=[] if leaf in {"question_new"} else args)


WHO_OPENS = {
    "body:bank": {"gu", "ren", *OURS},
    "body:questions": OURS,
    "body:question": OURS,
    "body:question_new": {"jin", "yun"},
    "body:question_appoint": {"yun"},
    "body:bank_coverage": {"gu", "ren", *OURS},
    "body:bank_openings": {"yun"},
    "body:bank_stale": {"yun"},
    "body:licences": OURS,
    "body:licence_new": {"yun"},
    "body:lendings": OURS,
    "authority:bank": {"ji", "ge", "bai", "xu", "wang", "wu"},
    "authority:bank_coverage": {"ji", "ge", "bai", "xu", "wang", "wu"},
    "authority:bank_openings": {"ji"},
    "authority:question": set(),
    "authority:questions": {"ji", "ge", "bai"},
}


@pytest.mark.parametrize("view", sorted(WHO_OPENS))
def test_who_opens_which_page(view: str, stand: Stand) -> None:
    """别的机构、别的区、没有题库岗位的打不开；区只看数量，不看试题；没登录的去登录页。"""
    made = stand.question("submitted")
    where = address(view, stand, made)
    answers = {who: client(who).get(where) for who in EVERYONE}
    assert {who for who, answer in answers.items() if answer.status_code == 200} == WHO_OPENS[view]
    assert {answer.status_code for answer in answers.values()} <= {200, 403}
    assert client("").get(where).status_code == 302


def test_no_list_and_no_record_holds_what_a_question_says(stand: Stand) -> None:
    """列表、导出、试题页、覆盖、调阅记录里都没有题干和答案；区和中心的页面也没有。"""
    made = stand.question("approved")
    secrets = (TOPICS[0].right, TOPICS[0].wrong[0], TOPICS[0].ask)
    pages = [("yun", view) for view in WHO_OPENS if view.startswith("body:") and view not in {"body:question_appoint"}]
    pages += [("wang", "authority:bank"), ("wang", "authority:bank_coverage"), ("ji", "authority:bank_openings"), ("ji", "authority:bank")]
    for who, view in pages:
        answer = client(who).get(address(view, stand, made))
        assert answer.status_code == 200, view
        assert not [word for word in secrets if word in answer.content.decode()], view
    for kind in ("csv", "xlsx"):
        answer = client("yun").get(address("body:questions", stand, made), {"export": kind})
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert not [word for word in secrets if word.encode() in content]
    assert not Opening.objects.exclude(reason="审题时阅读").exists()


def test_contents_are_shown_once_for_a_reason(stand: Stand) -> None:
    """写明事由才看得到内容；下一次打开页面又看不到；没有事由的写在表上。"""
    made = stand.question("approved")
    page, where = client("yun"), address("body:question", stand, made)
    assert "请填写调阅事由" in page.post(where, {"reason": ""}).content.decode()
    opened = page.post(where, {"reason": "复核答案"}).content.decode()
    assert TOPICS[0].right in opened
    assert "本次调阅已经记录" in opened
    assert TOPICS[0].right not in page.get(where).content.decode()
    assert Opening.objects.filter(question=made, reason="复核答案").count() == 1
    assert client("gu").post(where, {"reason": "想看看题"}).status_code == 403
    assert client("lin").post(where, {"reason": "想看看题"}).status_code == 403


def test_words_are_found_without_being_shown(stand: Stand) -> None:
    """按题中文字查找：找得到编号，看不到内容；没有题库岗位的不能查。"""
    made, other = stand.question("approved"), stand.question("approved", 1)
    where = address("body:questions", stand, made)
    found = client("jin").get(where, {"text": TOPICS[0].right}).content.decode()
    assert made.number in found
    assert other.number not in found
    assert client("gu").get(where, {"text": TOPICS[0].right}).status_code == 403


def test_posts_of_others_change_nothing(stand: Stand) -> None:
    """没有权限的人直接提交也办不成。"""
    made = stand.question("reviewed")
    before = list(Question.objects.values())
    for who in ("gu", "lin", "wang", "kong", "jin"):
        answer = client(who).post(reverse("body:question_act", args=[made.number]), {"act": "approve"})
        assert answer.status_code in {302, 403}, who
    assert list(Question.objects.values()) == before


def test_lists_ask_a_fixed_number_of_questions(stand: Stand) -> None:
    """列表的查询次数与题数无关。"""
    counts = []
    for place in (0, 1, 2):
        stand.question("approved", place)
        if place == 1:
            continue
        page = client("yun")
        for view in ("body:questions", "body:bank_openings"):
            where = reverse(view, args=[stand.bank.number] if view.endswith("openings") else [])
            with CaptureQueriesContext(connection, ) as seen:
                assert page.get(where).status_code == 200
            counts.append((view, len(seen)))
    assert len(set(counts)) == 2, counts


@pytest.mark.parametrize("kind", ["choice", "multiple", "true_false", "text_entry", "extended", "essay", "match", "order", "practical"])
def test_every_kind_is_written_opened_and_written_again(kind: str, stand: Stand) -> None:
    """每种题型：填写、保存、查看、再打开修改，内容不变。"""
    rows = {
        "choice": {"text_0": "甲项", "text_1": "乙项", "right_1": "on"},
        "multiple": {"text_0": "甲项", "text_1": "乙项", "text_2": "丙项", "right_0": "on", "right_2": "on"},
        "true_false": {"truth": "false"},
        "text_entry": {"stem": "先[[1]]再[[2]]。", "text_0": "停车；停机", "text_1": "检查"},
        "extended": {"text_0": "要点甲", "points_0": "3", "text_1": "要点乙", "points_1": "2"},
        "essay": {"text_0": "论点", "points_0": "10"},
        "match": {"text_0": "左甲", "other_0": "右甲", "text_1": "左乙", "other_1": "右乙"},
        "order": {"text_0": "第一步", "text_1": "第二步", "text_2": "第三步"},
        "practical": {"minutes": "60", "materials": "车床", "group_0": "装夹", "text_0": "夹牢", "points_0": "40", "rule_0": "未夹牢不得分",
                      "group_1": "加工", "text_1": "尺寸合格", "points_1": "60", "rule_1": "超差扣5分"},
    }  # fmt: skip
    part = "practical" if kind == "practical" else "theory"
    where = reverse("body:question_new") + f"?standard={simulated.STANDARD}&level=5&part={part}&kind={kind}"
    given = {"element": "1.1.1", "difficulty": "0.6", "secrecy": "1", "score": "1", "stem": "题干文字，选出正确的。", **rows[kind]}
    page = client("jin")
    answer = page.post(where, given)
    assert answer.status_code == 302, answer.content.decode()
    made = Question.objects.get()
    assert made.kind == kind
    edit = reverse("body:question_edit", args=[made.number])
    before = made.versions.get().digest
    form = page.get(edit)
    fields = {name: value for name, value in _values(form.context["form"], form.context["about"]).items() if value not in (None, False)}
    assert page.post(edit, {**fields, "base": before}).status_code == 302
    assert Question.objects.get().versions.get().digest == before
    opened = page.post(reverse("body:question", args=[made.number]), {"reason": "检查一遍"}).content.decode()
    assert {"choice": "乙项", "practical": "未夹牢不得分", "order": "第三步", "match": "右乙", "text_entry": "停机"}.get(kind, "题干") in opened


def _values(*forms: object) -> dict[str, object]:
    return {field.html_name: "on" if field.value() is True else field.value() for form in forms for field in form}  # type: ignore[attr-defined]
