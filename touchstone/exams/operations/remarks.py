"""成绩复核: a score is looked at again by the assessors, a further marker, or a second person at the paper, and the candidate is told."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams.models import Plan, Remark, ScoreEntry, Seat
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.operations.results import stop_notice
from touchstone.exams.operations.scores import corrected, open_for_scores, standing_entry
from touchstone.exams.queries.marks import marked_parts
from touchstone.exams.queries.remarks import may_mark_again
from touchstone.exams.queries.score_book import entered_by
from touchstone.exams.queries.scripts import standing
from touchstone.exams.states import Part, PlanState, RemarkWay, ScoreSource
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import all_met
from touchstone.ledger.operations import record
from touchstone.notices.queries import objections_of
from touchstone.policy.exams.results import mark_is_possible
from touchstone.policy.exams.score_book import REVIEW, reviewer_is_another
from touchstone.questions.answered import by_people
from touchstone.questions.operations.delivering import delivered_form

if TYPE_CHECKING:
    from touchstone.exams.models import Script


@transaction.atomic
def ask_remark(
    *, plan_number: str, ticket: str, part: Part, reason: str, by: Actor, at: datetime, objection: str = "", marker: int = 0
) -> Remark:
    """This function will have a candidate's score looked at again. Assessors may then change what they gave, with a reason; of a script `marker`
    marks anew what people mark; otherwise a second person looks at the paper. `objection` is the number of the one it answers.

    :raises Refusal: without a reason or a score, for an objection that is not open, while a re-mark is, or where nobody else could mark.
    """
    plan = open_for_scores(plan_number, by, at, when_locked=True, announced_too=True)
    if not reason.strip():
        raise Refusal("请填写复核理由。", RECORD, "例如“考生对技能考核成绩有异议”。")
    if objection and not objections_of(plan.number).filter(number=objection, answered_at__isnull=True).exists():
        raise Refusal("没有这件待答复的异议。", RECORD, "请从“异议”中提出复核。")
    seat = Seat.objects.select_for_update(of=("self",)).select_related("candidate", "sitting").filter(
        sitting__plan=plan, sitting__part=part, candidate__ticket_number=ticket
    ).first()  # fmt: skip
    by_marks = seat is not None and bool(marked_parts([seat.candidate_id]) & {(seat.candidate_id, part.value)})
    taken = ScoreEntry.objects.filter(candidate__plan=plan, candidate__ticket_number=ticket, part=part, replaced_at__isnull=True)
    if seat is None or not (taken.filter(source=ScoreSource.ASSESSORS) if by_marks else taken).exists():
        raise Refusal("这名考生没有已经采用的考评人员评分，也没有已登记的成绩。", RECORD, "还没有采用的，考评人员可以自行更正并写明理由。")
    if Remark.objects.filter(seat=seat, closed_at__isnull=True).exists():
        raise Refusal("这名考生的复核正在进行。", RECORD, "请等复核办结。")
    way = RemarkWay.ASSESSORS if by_marks else RemarkWay.SCRIPT if _marked_by_people(seat, at) else RemarkWay.PAPER
    if way is RemarkWay.SCRIPT and marker not in {one.pk for one in may_mark_again(seat.script.exam, at)}:
        raise Refusal("请指定另一名评卷人重新评卷。", REVIEW, "不能是本场的一评、二评；请从本机构其他人员中选择。")
    made = Remark.objects.create(
        seat=seat, way=way, objection=objection, reason=reason.strip()[:200], asked_by_id=by.user_id, asked_at=at,
        assigned_to_id=marker if way is RemarkWay.SCRIPT else None,
    )  # fmt: skip
    detail = {"ticket": ticket, "part": part.value, "name": seat.candidate.name, "way": way.value, "objection": objection}
    record("marks.remark_asked", plan.number, by=by, at=at, reason=made.reason, detail=detail)
    return made


def _marked_by_people(seat: Seat, at: datetime) -> bool:
    script: Script | None = getattr(seat, "script", None)
    if script is None:
        return False
    form = delivered_form(script.exam.paper_id, script.letter, at)
    return any(by_people(form.placed[position].content) for position in standing(script))


@transaction.atomic
def answer_remark(*, plan_number: str, ticket: str, part: Part, mark: Decimal, words: str, by: Actor, at: datetime) -> Remark:
    """This function will say what somebody who had not entered a score found on the paper: it stands, or is corrected, and the candidate is told.

    :raises Refusal: without words, for an impossible mark, by who entered the score, or where no such re-mark is open.
    """
    plan = open_for_scores(plan_number, by, at, verb="review_scores", when_locked=True, announced_too=True)
    if not words.strip():
        raise Refusal("请写明复核看了什么、结果如何。", REVIEW, "复核结果会告知考生，例如“经核对答题卡，第12题漏计5分”。")
    rows = Remark.objects.select_for_update(of=("self",)).select_related("seat__candidate", "seat__sitting")
    remark = rows.filter(
        seat__sitting__plan=plan, seat__sitting__part=part, seat__candidate__ticket_number=ticket, way=RemarkWay.PAPER, closed_at__isnull=True
    ).first()
    if remark is None:
        raise Refusal("这名考生没有等待核对卷面的复核。", REVIEW, "可能已经办结，请刷新页面查看。")
    found = (mark_is_possible(mark, plan.exam_on), reviewer_is_another(by.user_id, _those(plan, ticket, part)))
    all_met(found, "请核对后重新填写，或由没有录入过这项成绩的人员复核。")
    return settled(plan, remark, mark, words.strip(), by=by, at=at)


def _those(plan: Plan, ticket: str, part: Part) -> set[int]:
    """Those who entered the score that stands."""
    one = standing_entry(plan, ticket, part)
    return entered_by([one])[one.pk]


def settled(plan: Plan, remark: Remark, mark: Decimal, words: str, *, by: Actor, at: datetime) -> Remark:
    """This function will end a re-mark with the mark it came to. One that differs corrects the score and stops a notice that stands. It is part of
    the operation that found the mark."""
    seat = remark.seat
    old = standing_entry(plan, seat.candidate.ticket_number or "", Part(seat.sitting.part))
    if mark != old.value:
        if plan.state == PlanState.ANNOUNCED:
            stop_notice(plan, f"复核后成绩有变动：{words}", by=by, at=at)
        corrected(plan, old, mark, f"复核：{words}", by=by.with_key(""), at=at)
    return closed(remark, old.value, mark, words, by=by, at=at)


def closed(remark: Remark, before: Decimal, after: Decimal, words: str, *, by: Actor, at: datetime) -> Remark:
    """This function will note what a re-mark came to, on the candidate's record, from where it is told to them."""
    remark.before, remark.after, remark.words, remark.closed_by_id, remark.closed_at = before, after, words[:200], by.user_id, at
    remark.save(update_fields=["before", "after", "words", "closed_by", "closed_at"])
    detail = {"plan": remark.seat.sitting.plan.number, "part": remark.seat.sitting.part, "from": str(before), "to": str(after)}
    record("remark.answered", remark.seat.candidate.number, by=by, at=at, reason=words, detail={**detail, "objection": remark.objection})
    return remark
