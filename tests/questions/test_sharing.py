"""共建共享与过时: licences with a term, lending with its limit, contribution with its credit, questions whose standard moved, likeness."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.questions.conftest import Stand
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.accounts.models import Office
from touchstone.catalogue.operations import enter_standard
from touchstone.kernel.law import Refusal
from touchstone.measurement.interchange.marked import from_marked
from touchstone.measurement.interchange.question import Kind, Option
from touchstone.measurement.interchange.question import Question as Content
from touchstone.questions import operations, queries
from touchstone.questions.contents import grams_of
from touchstone.questions.models import Lending, Paper, Question
from touchstone.questions.states import QuestionState
from touchstone.simulation import bank as simulated
from touchstone.simulation.bank import STANDARD
from touchstone.tasks.queries import open_on

NEWER = "GZB 6-18-01-01-2026"


def licensed(stand: Stand, days: int = 180) -> str:
    """A licence of body 丙 for the turner's standard."""
    asked = operations.ask_licence(standard=STANDARD, reason="理论组卷", by=stand.yun, at=stand.at)
    operations.grant_licence(number=asked.number, until=stand.at.date() + timedelta(days=days), by=stand.ji, at=stand.at)
    return asked.number


def test_a_licence_has_a_term_and_is_decided_once(stand: Stand) -> None:
    """许可期限不能过长；只决定一次；有效期内不能重复申请；收回须写理由，收回后不能借用。"""
    asked = operations.ask_licence(standard=STANDARD, reason="理论组卷", by=stand.yun, at=stand.at)
    for until in (stand.at.date(), date(2027, 3, 3)):
        with pytest.raises(Refusal, match="12个月"):
            operations.grant_licence(number=asked.number, until=until, by=stand.ji, at=stand.at)
    operations.grant_licence(number=asked.number, until=date(2027, 3, 2), by=stand.ji, at=stand.at)
    with pytest.raises(Refusal, match="已经作出决定"):
        operations.refuse_licence(number=asked.number, reason="不同意", by=stand.ji, at=stand.at)
    with pytest.raises(Refusal, match="有效期至"):
        operations.ask_licence(standard=STANDARD, reason="再申请", by=stand.yun, at=stand.at)
    lent = stand.question("approved", city=True)
    operations.end_licence(number=asked.number, reason="转借他人", by=stand.ji, at=stand.at)
    with pytest.raises(Refusal) as caught:
        operations.lend_questions(paper="SJ1", numbers=[lent.number], body_id=stand.body.pk, by=stand.yun, at=stand.at)
    assert "没有使用市级题库" in "".join(caught.value.details)
    assert not Lending.objects.exists()


@pytest.mark.parametrize("who", ["yun", "wang", "han", "xu", "ge", "lin"])
def test_only_the_centre_decides_a_licence(who: str, stand: Stand) -> None:
    """许可只由市职鉴中心的题库管理员决定。"""
    asked = operations.ask_licence(standard=STANDARD, reason="理论组卷", by=stand.yun, at=stand.at)
    with pytest.raises(NotAllowed, match="市职鉴中心的题库管理员"):
        operations.grant_licence(number=asked.number, until=date(2026, 12, 31), by=getattr(stand, who), at=stand.at)


def test_lending_is_kept_once_per_paper_and_has_a_limit(stand: Stand) -> None:
    """同一试题同一试卷只记一次；一年内超过上限不再出借，未入库的不出借。"""
    licensed(stand)
    lent, draft = stand.question("approved", city=True), stand.question("drafted", 1, city=True)
    give: dict[str, Any] = {"body_id": stand.body.pk, "by": stand.yun, "at": stand.at}
    for paper in range(12):
        operations.lend_questions(paper=f"SJ{paper}", numbers=[lent.number], **give)
    assert operations.lend_questions(paper="SJ0", numbers=[lent.number], **give) == []
    with pytest.raises(Refusal) as caught:
        operations.lend_questions(paper="SJ12", numbers=[lent.number], **give)
    assert "最多12次" in "".join(caught.value.details)
    with pytest.raises(Refusal, match="未入库"):
        operations.lend_questions(paper="SJ13", numbers=[draft.number], **give)
    assert Lending.objects.count() == 12


def test_a_contribution_is_judged_anew_and_earns_its_office_the_credit(stand: Stand) -> None:
    """推荐给市级题库：成为市级题库的新题、重新审题，命题人不变；出借一次记一分；本机构看不到市级题库的内容。"""
    own = stand.question("approved")
    with pytest.raises(NotAllowed):
        operations.contribute_question(number=own.number, reason="好题", by=stand.jin, at=stand.at)
    given = operations.contribute_question(number=own.number, reason="使用效果好", by=stand.yun, at=stand.at)
    assert (given.bank, given.state, given.contributed_by) == (stand.city, QuestionState.IN_REVIEW, Office.objects.get(pk=stand.bank.office_id))
    assert (given.written_by, given.secrecy) == (own.written_by, 2)
    for who in (stand.yun, stand.jin):
        with pytest.raises(NotAllowed):
            operations.open_contents(number=given.number, reason="看看改了没有", by=who, at=stand.at)
    Question.objects.filter(pk=given.pk).update(state=QuestionState.APPROVED)
    licensed(stand)
    operations.lend_questions(paper="SJ1", numbers=[given.number], body_id=stand.body.pk, by=stand.yun, at=stand.at)
    (credit,) = queries.credits_earned(stand.ji, stand.at)
    assert (credit.given, credit.approved, credit.lent, credit.credit) == (1, 1, 1, 1)
    assert operations.open_contents(number=given.number, reason="组卷核对", by=stand.yun, at=stand.at).content  # lent to its paper


def replaced(stand: Stand) -> None:
    """A new edition of the turner's standard takes the place of the old one."""
    enter_standard(
        number=NEWER, edition="2026年版", in_force_from=stand.at.date(), replaces=STANDARD, kind="national", code="6-18-01-01",
        title="车工国家职业技能标准", levels=[5, 4, 3, 2, 1], by=stand.han, at=stand.at,
    )  # fmt: skip
    operations.flag_resting_on(edition="ML1", codes=["6-18-01-01"], day=stand.at.date(), by=PLATFORM, at=stand.at)


def test_a_new_edition_marks_what_rests_on_the_old_and_each_is_settled(stand: Stand) -> None:
    """新版标准：标记一次；标记了的不能组卷、入库、送审；仍然适用的改为依据新版；修订后对应新版才能再送审。"""
    first, second = stand.question("approved"), stand.question("approved", 1)
    reviewed, retired = stand.question("reviewed", 2), stand.question("retired", 3)
    replaced(stand)
    assert operations.flag_resting_on(edition="ML1", codes=["6-18-01-01"], day=stand.at.date(), by=PLATFORM, at=stand.at) == []
    assert {one.pk for one in queries.stale(stand.bank)} == {first.pk, second.pk, reviewed.pk}
    assert Question.objects.get(pk=retired.pk).stale_because == ""
    with pytest.raises(Refusal, match="已经过时"):
        operations.approve_question(number=reviewed.number, by=stand.yun, at=stand.at)
    done = operations.settle_stale(numbers=[first.number, "ST0"], verdict="still_right", reason="内容没有变化", by=stand.yun, at=stand.at)
    assert [one.done for one in done] == [True, False]
    assert Question.objects.get(pk=first.pk).standard.number == NEWER
    operations.settle_stale(numbers=[second.number], verdict="revise", reason="要求提高", by=stand.yun, at=stand.at)
    opened = operations.open_contents(number=second.number, reason="编写修改", by=stand.jin, at=stand.at)
    with pytest.raises(Refusal, match="还没有修改"):
        operations.submit_question(number=second.number, by=stand.jin, at=stand.at)
    about = stand.about(opened.content, standard=NEWER)
    operations.rewrite_question(
        number=second.number, about=about, content=opened.content, reason="对应新版", base=opened.digest, by=stand.jin, at=stand.at
    )
    assert operations.submit_question(number=second.number, by=stand.jin, at=stand.at).stale_because == ""


def taken_off(stand: Stand, how: str, number: str) -> None:
    """Take a stale question off the work list, not by the page that settles many, but by its own page."""
    given: dict[str, Any] = {"number": number, "by": stand.yun, "at": stand.at}
    match how:
        case "停用":
            operations.retire_question(reason="工艺已经淘汰", **given)
        case "修订":
            operations.revise_question(reason="对应新版标准", **given)
        case "仍然适用":
            operations.confirm_still_right(reason="内容没有变化", **given)
        case "修订后重新入库":
            taken_off(stand, "修订", number)
            opened = operations.open_contents(number=number, reason="编写修改", by=stand.jin, at=stand.at)
            about = stand.about(opened.content, standard=NEWER)
            operations.rewrite_question(
                number=number, about=about, content=opened.content, reason="对应新版", base=opened.digest, by=stand.jin, at=stand.at
            )
            operations.submit_question(number=number, by=stand.jin, at=stand.at)
            operations.appoint_reviewers(reviewers=None, **given)
            for judge in ("kong", "meng"):
                simulated.judged(number, getattr(stand, judge), stand.at)
            operations.approve_question(**given)


@pytest.mark.parametrize("how", ["停用", "修订", "仍然适用", "修订后重新入库"])
def test_the_work_list_closes_however_the_last_question_is_settled(how: str, stand: Stand) -> None:
    """复核待办：还有一题没了结就开着，最后一题无论怎样了结都关上。"""
    first, last = stand.question("approved"), stand.question("approved", 1)
    replaced(stand)
    assert [task.matter for task in open_on(stand.bank.number)] == ["bank.stale"]
    taken_off(stand, how, first.number)
    assert [task.matter for task in open_on(stand.bank.number)] == ["bank.stale"]
    taken_off(stand, how, last.number)
    assert list(open_on(stand.bank.number)) == []


def test_the_work_list_closes_when_reviewers_send_the_last_one_back(stand: Stand) -> None:
    """审题中的过时试题，审题人要求修改，由命题人改：不再等管理员复核。"""
    judged = stand.question("in_review")
    replaced(stand)
    assert [task.matter for task in open_on(stand.bank.number)] == ["bank.stale"]
    simulated.judged(judged.number, stand.meng, stand.at, passes=False, word="依据旧版标准")
    assert list(open_on(stand.bank.number)) == []


def test_who_may_settle_and_flag(stand: Stand) -> None:
    """复核由题库管理员办理；标记由平台办理。"""
    made = stand.question("approved")
    with pytest.raises(NotAllowed):
        operations.flag_resting_on(edition="ML1", codes=["6-18-01-01"], day=stand.at.date(), by=stand.yun, at=stand.at)
    replaced(stand)
    for who in (stand.jin, stand.kong, stand.ji, stand.wang, stand.lin):
        (outcome,) = operations.settle_stale(numbers=[made.number], verdict="retire", reason="过时", by=who, at=stand.at)
        assert not outcome.done
    assert Question.objects.get(pk=made.pk).state == QuestionState.APPROVED


def test_a_question_in_a_paper_still_to_be_used_is_not_taken_away(stand: Stand) -> None:
    """试题在尚未使用的试卷里：不能停用、不能修订，说明是哪份试卷。"""
    made = stand.question("approved")
    blueprint = stand.bank.blueprints.create(
        number="XM1", standard=made.standard, level=5, part="theory", title="车工五级理论", made_at=stand.at
    )  # fmt: skip
    paper = Paper.objects.create(
        number="SJ20260009", blueprint=blueprint, bank=stand.bank, forms_asked=1, seed="0", composed_at=stand.at
    )  # fmt: skip
    paper.forms.create(letter="A").items.create(question=made, version=1, position=1, points=1)
    for act in (operations.retire_question, operations.revise_question):
        with pytest.raises(Refusal, match="SJ20260009"):
            act(number=made.number, reason="过时", by=stand.yun, at=stand.at)
    assert Question.objects.get(pk=made.pk).state == QuestionState.APPROVED


def test_likeness_is_found_in_the_own_and_the_citys_bank_only(stand: Stand) -> None:
    """查重：字序相近的找得到，说重合多少；不相干的、停用的找不到；不看标点和空格。"""
    near = stand.question("approved", 0)
    stand.question("retired", 1)
    city = stand.question("approved", 2, city=True)
    text = "车削细长轴时，为减小工件弯曲变形，应优先采用（ ）加大进给量 跟刀架 提高主轴转速 减小后角"
    (found,) = queries.alike_text(text, stand.bank, percent=55)
    assert found.question == near
    assert found.percent >= 90
    assert queries.alike_text(text, stand.city, percent=55) == []
    assert [one.question for one in queries.alike(city.grams, [stand.city.pk], percent=100)] == [city]
    assert queries.alike_text("完全无关的一句话，没有相同的词", stand.bank, percent=20) == []
    assert queries.alike_text("一", stand.bank, percent=20) == []
    assert grams_of("甲，乙 丙") == grams_of("甲乙丙")


def test_what_is_malformed_never_reaches_the_table(stand: Stand) -> None:
    """中性形式不成立的内容（引用了没有的附件、没有选项）：拒绝并说明，什么也没存。"""
    picture = Content(Kind.CHOICE, from_marked("看图 ![图](没有.png) 选择"), options=(Option("A", ("甲",)), Option("B", ("乙",))), key=("A",))
    bare = Content(Kind.CHOICE, from_marked("没有选项的题"))
    for content, why in ((picture, "附件"), (bare, "没有选项")):
        with pytest.raises(Refusal) as caught:
            operations.draft_question(bank=stand.bank.number, about=stand.about(content), content=content, by=stand.jin, at=stand.at)
        assert why in "".join(caught.value.details)
    assert not Question.objects.exists()
