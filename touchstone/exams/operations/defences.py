"""答辩: the chair calls candidates one by one and keeps the time, the questions are put down, and the minutes are signed by chair and members."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.models import Defence, DefenceQuestion, Marking, MinutesSignature, Seat, Sitting
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.queries.assessors import assessors_of
from touchstone.exams.queries.marks import taken_seats
from touchstone.exams.queries.panel import completeness, minutes_digest, panel_sitting_of, papers_of, printed_minutes
from touchstone.exams.states import PlanState, SittingPhase
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.kernel.rules import must, records
from touchstone.ledger.operations import record
from touchstone.policy.exams.panel import asked_enough, defence_long_enough, signed_after_marks


@transaction.atomic
def begin_defence(*, sitting_number: str, ticket: str, by: Actor, at: datetime) -> Defence:
    """This function will begin a candidate's defence and let the clock run; the chair calls one after another, whoever is late comes later.

    :raises MoveRefused: unless the sitting is open. :raises Refusal: for somebody not signed in, while papers lack or another stands there, or again.
    """
    sitting, seat = _before_the_panel(sitting_number, ticket, at)
    permissions.check_heads_panel(by, sitting)
    if sitting.phase is SittingPhase.CLOSED:
        raise MoveRefused("本场已经结束，不能再开始答辩。", RECORD, "没有答辩的考生，请联系评价机构另行安排。")
    if not seat.present:
        told = "登记为缺考" if seat.present is False else "还没有签到"
        raise Refusal(f"{seat.candidate.name}{told}，不能答辩。", RECORD, "请当班人员登记到考后再开始。")
    if Defence.objects.filter(seat=seat).exists():
        raise Refusal(f"{seat.candidate.name}的答辩已经开始过。", RECORD, "请刷新页面查看。")
    there = Defence.objects.filter(seat__sitting=sitting, ended_at__isnull=True).select_related("seat__candidate").first()
    if there is not None:
        raise Refusal(f"{there.seat.candidate.name}正在答辩。", RECORD, "请先结束正在进行的答辩。")
    papers = completeness(sitting.plan, papers_of([seat.candidate_id]).get(seat.candidate_id, []))
    must(papers, "请评价机构写明理由后代为补交，再开始答辩。")
    made = Defence.objects.create(number=f"{sitting.number}-D{seat.seat_number:03d}", seat=seat, begun_at=at, findings=records([papers]))
    record("defence.begun", made.number, by=by, at=at, detail={"sitting": sitting.number, "ticket": ticket, "order": seat.seat_number})
    return made


@transaction.atomic
def note_question(
    *, sitting_number: str, ticket: str, asked_by: str, question: str, answer: str, key: str, by: Actor, at: datetime
) -> DefenceQuestion:
    """This function will put down a question that a member (`asked_by`, an assignment's number) put, and what was answered; once by `key`.

    :raises Refusal: without words, for somebody who is not of the panel, before the defence or once anybody has signed.
    """
    sitting, seat = _before_the_panel(sitting_number, ticket, at)
    permissions.check_marks(by, sitting)
    before = DefenceQuestion.objects.filter(key=key, defence__seat=seat).first()
    if before is not None:
        return before
    defence = _unsigned(seat)
    asker = next((one for one in assessors_of(sitting) if one.number == asked_by), None)
    if asker is None:
        raise Refusal("请选择提问的评审委员。", RECORD, "只能选择本场的评审委员。")
    if not question.strip():
        raise Refusal("请写明所提的问题。", RECORD, "问题和回答要点都记入答辩记录。")
    made = DefenceQuestion.objects.create(
        defence=defence, asked_by=asker, question=question.strip()[:500], answer=answer.strip()[:2000], key=key[:64],
        noted_by_id=by.user_id, noted_at=at,
    )  # fmt: skip
    detail = {"asked_by": asker.number, "question": made.question, "answer": made.answer}
    record("defence.question_noted", defence.number, by=by.with_key(key), at=at, detail=detail)
    return made


@transaction.atomic
def strike_question(*, sitting_number: str, ticket: str, question_id: int, by: Actor, at: datetime) -> None:
    """This function will strike a question out of the minutes; it is kept, and counts no more. :raises Refusal: once anybody has signed."""
    sitting, seat = _before_the_panel(sitting_number, ticket, at)
    permissions.check_marks(by, sitting)
    defence = _unsigned(seat)
    struck = DefenceQuestion.objects.filter(pk=question_id, defence=defence, struck_at__isnull=True).update(struck_at=at)
    if not struck:
        raise Refusal("没有这条提问，或者已经删去。", RECORD, "请刷新页面查看。")
    record("defence.question_struck", defence.number, by=by, at=at, detail={"question": question_id})


@transaction.atomic
def end_defence(*, sitting_number: str, ticket: str, by: Actor, at: datetime, reason: str = "") -> Defence:
    """This function will end a candidate's defence; the time is the server's.

    :raises Refusal: with fewer questions than laid down, or too short a time without `reason`.
    """
    sitting, seat = _before_the_panel(sitting_number, ticket, at)
    permissions.check_heads_panel(by, sitting)
    defence = _held(seat)
    if defence.ended_at is not None:
        raise Refusal(f"{seat.candidate.name}的答辩已经结束。", RECORD, "请评审委员评分后在答辩记录上签字。")
    day = sitting.plan.exam_on
    found = [
        asked_enough(defence.questions.filter(struck_at__isnull=True).count(), day),
        defence_long_enough(int((at - defence.begun_at).total_seconds() // 60), day, printed_minutes(sitting.plan), reason),
    ]
    for finding, step in zip(found, ("请把所提的问题都记入答辩记录。", "确需提前结束的，请写明原因。"), strict=True):
        must(finding, step)
    defence.ended_at, defence.short_reason = at, reason.strip()[:200]
    defence.findings = [*defence.findings, *records(found)]
    defence.save(update_fields=["ended_at", "short_reason", "findings"])
    record("defence.ended", defence.number, by=by, at=at, reason=defence.short_reason, detail={"findings": records(found)})
    return defence


@transaction.atomic
def sign_minutes(*, sitting_number: str, ticket: str, agrees: bool, words: str, by: Actor, at: datetime) -> MinutesSignature:
    """This function will sign the minutes as they stand and vote: a member of the panel, after handing in the own marks, not knowing how others vote.

    :raises Refusal: before the defence is over or the marks are in, or again; against the candidate, only with words why.
    """
    sitting, seat = _before_the_panel(sitting_number, ticket, at)
    own = permissions.check_marks(by, sitting)
    defence = _held(seat)
    marked = Marking.objects.filter(seat=seat, assignment=own, review=False, handed_in_at__isnull=False).exists()
    must(signed_after_marks(defence.ended_at is not None, marked), "请先提交评分，再签字。" if defence.ended_at else "请等组长结束答辩。")
    if MinutesSignature.objects.filter(defence=defence, assignment=own, void_at__isnull=True).exists():
        raise Refusal("您已经在这份答辩记录上签字。", RECORD, "需要改的，请组长退回答辩记录后重新签字。")
    if not agrees and not words.strip():
        raise Refusal("不同意通过的，请写明评审意见。", RECORD, "意见记入答辩记录。")
    questions = DefenceQuestion.objects.filter(defence=defence, struck_at__isnull=True).order_by("id")
    made = MinutesSignature.objects.create(
        defence=defence, assignment=own, agrees=agrees, words=words.strip()[:300], sha256=minutes_digest(defence, questions), signed_by_id=by.user_id,
        signed_at=at,
    )  # fmt: skip
    record("defence.signed", defence.number, by=by, at=at, detail={"assignment": own.number, "version": defence.version, "sha256": made.sha256})
    return made


@transaction.atomic
def reopen_minutes(*, sitting_number: str, ticket: str, reason: str, by: Actor, at: datetime) -> Defence:
    """This function will open signed minutes again: what was signed is void and kept, and everybody signs and votes anew.

    :raises Refusal: without a reason, before anybody signed, or when the score was taken.
    """
    sitting, seat = _before_the_panel(sitting_number, ticket, at)
    permissions.check_heads_panel(by, sitting)
    defence = _held(seat)
    if not reason.strip():
        raise Refusal("请写明退回答辩记录的理由。", RECORD, "例如“漏记一个问题”或“评分与表决不一致，重新合议”。")
    if taken_seats([seat]):
        raise Refusal("这名考生的评审已经采用为成绩，答辩记录不能再改。", RECORD, "有差错的，由评价机构提出复核后更正评分。")
    void = MinutesSignature.objects.filter(defence=defence, void_at__isnull=True).update(void_at=at)
    if not void:
        raise Refusal("还没有人签字，可以直接修改。", RECORD, "请直接增删提问记录。")
    defence.version += 1
    defence.save(update_fields=["version"])
    record("defence.reopened", defence.number, by=by, at=at, reason=reason.strip(), detail={"version": defence.version, "void": void})
    return defence


def _before_the_panel(sitting_number: str, ticket: str, at: datetime) -> tuple[Sitting, Seat]:
    """The sitting and the candidate's seat in it, held until the transaction ends; the day has come, and results are not announced."""
    sitting = panel_sitting_of(sitting_number)
    if sitting.phase is SittingPhase.PLANNED:
        raise MoveRefused("本场还没有开考，不能答辩。", RECORD, "请在内部质量督导员开考以后开始。")
    if sitting.plan.state not in {PlanState.ARRANGED, PlanState.HELD}:
        raise MoveRefused(f"当前为“{PlanState(sitting.plan.state).label}”，答辩记录不再变动。", RECORD, "有异议的，由评价机构提出复核。")
    check_not_stopped(sitting.plan, at.date())
    rows = Seat.objects.select_for_update(of=("self",)).select_related("candidate", "sitting").filter(sitting=sitting)
    seat = rows.filter(candidate__ticket_number=ticket).first()
    if seat is None:
        raise Refusal(f"准考证号{ticket}不在本场。", RECORD, "请从本场考生中选择。")
    return sitting, seat


def _held(seat: Seat) -> Defence:
    found = Defence.objects.select_for_update().filter(seat=seat).first()
    if found is None:
        raise Refusal(f"{seat.candidate.name}还没有开始答辩。", RECORD, "请组长开始答辩。")
    return found


def _unsigned(seat: Seat) -> Defence:
    found = _held(seat)
    if MinutesSignature.objects.filter(defence=found, void_at__isnull=True).exists():
        raise Refusal("答辩记录已有人签字，不能再改。", RECORD, "确需修改的，请组长退回答辩记录，改后重新签字。")
    return found
