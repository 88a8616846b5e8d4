"""试题的一生: written, judged by two who do not see each other, revised, approved, retired; what it says is opened by one act only."""

import ast
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.architecture.sources import python_files, shown
from tests.questions.conftest import Stand
from touchstone.accounts.actor import NotAllowed
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.ledger.models import Entry
from touchstone.measurement.interchange.marked import from_marked
from touchstone.questions import operations, queries
from touchstone.questions.models import Opening, Question, QuestionVersion
from touchstone.questions.states import QuestionState
from touchstone.simulation import bank as simulated
from touchstone.simulation.bank_topics import TOPICS
from touchstone.trust.fields import SealBroken

SECRET = TOPICS[0].right


def test_what_a_question_says_lies_sealed_and_never_in_the_ledger(stand: Stand) -> None:
    """入库后，表里只有密文，存证里没有内容。"""
    made = stand.question("approved")
    assert made.state == QuestionState.APPROVED
    row = QuestionVersion.objects.get(question=made)
    assert SECRET.encode() not in bytes(row.sealed)
    operations.open_contents(number=made.number, reason="检查质量", by=stand.yun, at=stand.at)
    lines = [f"{one.event} {one.reason} {one.detail}" for one in Entry.objects.all()]
    assert any("question.opened" in line for line in lines)
    assert not [line for line in lines if SECRET in line or TOPICS[0].ask in line]


def test_a_version_moved_to_another_question_does_not_open(stand: Stand) -> None:
    """密文换到另一道题下，打不开。"""
    first, second = stand.question("drafted"), stand.question("drafted", 1)
    theirs = QuestionVersion.objects.get(question=second)
    QuestionVersion.objects.filter(question=first).update(sealed=theirs.sealed)
    with pytest.raises(SealBroken):
        operations.open_contents(number=first.number, reason="检查质量", by=stand.yun, at=stand.at)


def test_only_one_function_opens_contents() -> None:
    """除调阅以外，没有别的代码能解开试题。"""
    names = [
        shown(path)
        for path in python_files("touchstone")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "unsealed" for alias in node.names)
    ]
    assert names == ["touchstone/questions/operations/opening.py"]


def test_every_opening_is_kept_with_its_reason(stand: Stand) -> None:
    """谁、何时、为什么调阅，一次一条；没有事由不给看。"""
    made = stand.question("approved")
    with pytest.raises(operations.WordsMissing, match="须写明事由"):
        operations.open_contents(number=made.number, reason="看", by=stand.yun, at=stand.at)
    assert not Opening.objects.exists()
    opened = operations.open_contents(number=made.number, reason="核对答案", by=stand.yun, at=stand.at)
    assert opened.content == simulated.choice(TOPICS[0])
    (line,) = Opening.objects.all()
    assert (line.question, line.version, line.opened_by_id, line.reason) == (made, 1, stand.yun.user_id, "核对答案")


WHO = {
    1: {"jin", "kong", "meng", "yun"},
    2: {"jin", "kong", "meng", "yun"},
    3: {"kong", "meng", "yun"},
}


@pytest.mark.parametrize("secrecy", [1, 2, 3], ids=["内部", "秘密", "绝密"])
def test_who_may_open_at_which_secrecy(secrecy: int, stand: Stand) -> None:
    """按密级调阅：绝密入库后命题人不能看；中心、区和别的机构看不到机构题库的内容。"""
    made = stand.question("approved", secrecy=secrecy)
    able = set()
    for name in ("jin", "kong", "meng", "yun", "gu", "ren", "ji", "ge", "bai", "wang", "wu", "lin", "qian", "shi", "han", "zhu"):
        try:
            operations.open_contents(number=made.number, reason="试着看看", by=getattr(stand, name), at=stand.at)
            able.add(name)
        except NotAllowed as refusal:
            assert refusal.sentence
            assert refusal.next_step
    assert able == WHO[secrecy]
    assert Opening.objects.count() == len(able)


def test_reviewers_do_not_see_each_other_until_both_are_in(stand: Stand) -> None:
    """一人交了意见：另一人、命题人和管理员都看不到，交齐后都看得到。"""
    made = stand.question("in_review")
    judged_by = Question.objects.get(pk=made.pk).versions.get().reviews.exclude(passes=None).get().reviewer_id
    for name in ("jin", "kong", "meng", "yun"):
        actor = getattr(stand, name)
        seen = queries.reviews_shown(made, actor)
        assert [one.reviewer_id for one in seen] == ([actor.user_id] if name in {"kong", "meng"} else []), name
    last = stand.kong if stand.meng.user_id == judged_by else stand.meng
    simulated.judged(made.number, last, stand.at + timedelta(hours=9))
    assert all(len(queries.reviews_shown(made, getattr(stand, name))) == 2 for name in ("jin", "kong", "meng", "yun"))


def test_author_never_judges_and_two_are_needed(stand: Stand) -> None:
    """命题人不能审自己的题；只指定一人不行；没有岗位的人不行。"""
    made = stand.question("submitted")
    kong, meng, jin, gu = (getattr(stand, name).user_id for name in ("kong", "meng", "jin", "gu"))
    for chosen, why in (([kong], "应有2名"), ([kong, jin], "自己命的题"), ([kong, gu], "不是本题库的审题人"), ([kong, kong], "两次")):
        with pytest.raises(Refusal) as caught:
            operations.appoint_reviewers(number=made.number, reviewers=chosen, by=stand.yun, at=stand.at)
        assert why in caught.value.sentence + "".join(caught.value.details)
    assert operations.appoint_reviewers(number=made.number, reviewers=[kong, meng], by=stand.yun, at=stand.at)


def test_drawn_reviewers_follow_from_the_recorded_seed(stand: Stand) -> None:
    """抽取审题人的种子记在存证里，可以重算。"""
    made = stand.question("in_review")
    line = Entry.objects.get(event="question.reviewers_appointed", subject=made.number)
    assert len(line.detail["seed"]) == 32
    assert set(line.detail["reviewers"]) == {stand.kong.user_id, stand.meng.user_id}


def test_sent_back_it_becomes_a_new_version_with_a_reason_and_a_new_review(stand: Stand) -> None:
    """要求修改以后：不改不能再送审；修改须写理由，成为第2版，旧版仍在，重新审。"""
    made = stand.question("to_revise")
    assert made.state == QuestionState.TO_REVISE
    with pytest.raises(Refusal, match="还没有修改"):
        operations.submit_question(number=made.number, by=stand.jin, at=stand.at)
    opened = operations.open_contents(number=made.number, reason="编写修改", by=stand.jin, at=stand.at)
    better = replace(opened.content, stem=from_marked("改写后的题干，加工细长轴时应选用（　　）。"))
    rewrite: dict[str, Any] = {"number": made.number, "about": stand.about(better), "content": better, "base": opened.digest}
    rewrite |= {"by": stand.jin, "at": stand.at}
    with pytest.raises(operations.WordsMissing):
        operations.rewrite_question(reason="", **rewrite)
    operations.rewrite_question(reason="按审题意见改写题干", **rewrite)
    made.refresh_from_db()
    assert made.current == 2
    assert operations.open_contents(number=made.number, reason="比较版本", version=1, by=stand.yun, at=stand.at).content == opened.content
    operations.submit_question(number=made.number, by=stand.jin, at=stand.at)
    operations.appoint_reviewers(number=made.number, reviewers=None, by=stand.yun, at=stand.at)
    for judge in (stand.kong, stand.meng):
        simulated.judged(made.number, judge, stand.at)
    assert operations.approve_question(number=made.number, by=stand.yun, at=stand.at).state == QuestionState.APPROVED


def test_two_editors_on_one_question_lose_nothing(stand: Stand) -> None:
    """两个人同时打开修改：后保存的被拦下，先保存的还在。"""
    made = stand.question("drafted")
    first = operations.open_contents(number=made.number, reason="编写修改", by=stand.jin, at=stand.at)
    second = operations.open_contents(number=made.number, reason="编写修改", by=stand.yun, at=stand.at)
    one, two = (replace(first.content, stem=from_marked(words)) for words in ("甲改的题干，正确的是（　　）。", "乙改的题干，正确的是（　　）。"))
    given: dict[str, Any] = {"number": made.number, "about": stand.about(one), "reason": "", "at": stand.at}
    operations.rewrite_question(content=one, base=first.digest, by=stand.jin, **given)
    with pytest.raises(operations.ChangedMeanwhile, match="没有覆盖"):
        operations.rewrite_question(content=two, base=second.digest, by=stand.yun, **given)
    assert operations.open_contents(number=made.number, reason="查看结果", by=stand.yun, at=stand.at).content == one


def test_what_is_incomplete_is_refused_with_every_fault(stand: Stand) -> None:
    """没有答案、等级不对、题型不合科目：一次说全。"""
    content = replace(simulated.choice(TOPICS[0]), key=())
    with pytest.raises(Refusal) as caught:
        about = stand.about(content, element="", part="practical")
        operations.draft_question(bank=stand.bank.number, about=about, content=content, by=stand.jin, at=stand.at)
    told = "".join(caught.value.details)
    assert "没有写明对应的鉴定点" in told
    assert "单选题不用于技能考核" in told
    assert "没有答案" in told
    assert not Question.objects.exists()


def test_a_repeat_is_not_sent_for_review(stand: Stand) -> None:
    """与已入库的试题几乎一样：送审时拦下，说明与哪一题重复。"""
    first = stand.question("approved")
    again = stand.question("drafted")
    with pytest.raises(Refusal, match=first.number):
        operations.submit_question(number=again.number, by=stand.jin, at=stand.at)


@pytest.mark.parametrize("stage", ["drafted", "submitted", "to_revise", "reviewed", "approved"])
def test_a_question_is_retired_with_a_reason(stage: str, stand: Stand) -> None:
    """停用须写理由；停用以后仍可查到历史，可以修订后重新入库。"""
    made = stand.question(stage)
    with pytest.raises(operations.WordsMissing):
        operations.retire_question(number=made.number, reason=" ", by=stand.yun, at=stand.at)
    assert operations.retire_question(number=made.number, reason="工艺淘汰", by=stand.yun, at=stand.at).state == QuestionState.RETIRED
    with pytest.raises(MoveRefused):
        operations.retire_question(number=made.number, reason="再停一次", by=stand.yun, at=stand.at)
    assert operations.revise_question(number=made.number, reason="恢复使用", by=stand.jin, at=stand.at).state == QuestionState.TO_REVISE


def test_many_at_once_with_an_outcome_for_each(stand: Stand) -> None:
    """批量入库：每题一个结果，办不成的说明原因，不影响别的。"""
    ready, draft = stand.question("reviewed"), stand.question("drafted", 1)
    outcomes = operations.approve_questions(numbers=[ready.number, draft.number, "ST0"], by=stand.yun, at=stand.at)
    assert [one.done for one in outcomes] == [True, False, False]
    assert "编写中" in outcomes[1].sentence


def test_usable_questions_for_a_paper(stand: Stand) -> None:
    """组卷可用的：已入库、不过时；没有许可时不含市级题库，有许可时含。"""
    own, city = stand.question("approved"), stand.question("approved", 1, city=True)
    stand.question("reviewed", 2)
    standard = own.standard
    asked: dict[str, Any] = {"standard": standard, "level": 5, "part": "theory", "day": stand.at.date()}
    assert [one.number for one in queries.usable(stand.bank, **asked)] == [own.number]
    licence = operations.ask_licence(standard=standard.number, reason="理论组卷", by=stand.yun, at=stand.at)
    operations.grant_licence(number=licence.number, until=stand.at.date() + timedelta(days=90), by=stand.ji, at=stand.at)
    found = queries.usable(stand.bank, **asked)
    assert [(one.number, one.from_city) for one in found] == [(own.number, False), (city.number, True)]
    assert [one.number for one in queries.usable(stand.city, **asked)] == [city.number]
    assert queries.usable(stand.bank, **asked, elements=["9.9.9"]) == []
