"""成绩登记: scores come in by form or workbook, one outcome for each row; a correction is a new fact with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.models import Candidate, Plan, ScoreEntry, Seat
from touchstone.exams.operations.outcomes import RowResult, counted, refused
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.plans import RECORD, locked
from touchstone.exams.queries.kept import kept_scores
from touchstone.exams.queries.marks import marked_parts
from touchstone.exams.queries.sittings import plan_parts
from touchstone.exams.states import CandidateState, Part, PlanState
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.ledger.operations import record
from touchstone.policy.exams.results import mark_is_possible


@dataclass(frozen=True)
class ScoreLine:
    """The scores of one candidate, by ticket; None says absent (缺考), a part left out is not touched."""

    ticket: str
    marks: Mapping[Part, Decimal | None]
    key: str = ""


@transaction.atomic
def enter_scores(*, plan_number: str, lines: Sequence[ScoreLine], by: Actor, at: datetime) -> list[RowResult]:
    """This function will enter scores and tell what became of each line. A line is taken whole or not at all.

    A score that stands already is not overwritten: the same again counts as done, another is refused to `correct_score`.

    :raises MoveRefused: unless the exam was held and results are not announced.
    """
    plan = open_for_scores(plan_number, by, at)
    tickets = [line.ticket for line in lines]
    roster = {one.ticket_number: one for one in _entrants(plan).filter(ticket_number__in=tickets)}
    present = _attendance(plan, tickets)
    standing = _standing(plan, tickets)
    marked = marked_parts(one.pk for one in roster.values())
    kept = _kept(plan)
    standing |= kept
    results, fresh = [], []
    for line in lines:
        key, candidate = line.key or line.ticket, roster.get(line.ticket)
        if candidate is None:
            results.append(refused(key, "", f"准考证号“{line.ticket}”不在本计划的考生名单中。"))
            continue
        faults = [
            sentence
            for part, mark in line.marks.items()
            if (sentence := _by_assessors(part, mark, (candidate.pk, part) in marked, standing.get((line.ticket, part)))
                or _judge(plan, line.ticket, part, mark, present, standing, kept))
        ]  # fmt: skip
        if faults:
            results.append(refused(key, candidate.name, "；".join(faults) + "。"))
            continue
        new = [(part, mark) for part, mark in line.marks.items() if mark is not None and (line.ticket, part) not in standing]
        for part, mark in new:
            standing[line.ticket, part] = mark
            fresh.append(ScoreEntry(candidate=candidate, part=part, value=mark, entered_by_id=by.user_id, entered_at=at))
        results.append(RowResult(key, candidate.name, True, "" if new else "没有新的成绩"))
    ScoreEntry.objects.bulk_create(fresh, batch_size=2000)
    _reopen(plan, {entry.candidate_id for entry in fresh})
    entered = [[entry.candidate.ticket_number, entry.part, str(entry.value)] for entry in fresh]
    record("scores.entered", plan.number, by=by, at=at, detail={**counted(results), "scores": len(fresh), "entered": entered[:200]})
    return results


@transaction.atomic
def correct_score(*, plan_number: str, ticket: str, part: Part, mark: Decimal, reason: str, by: Actor, at: datetime) -> ScoreEntry:
    """This function will put a new score in the place of a standing one; the old one is kept beside it.

    :raises Refusal: without a reason, without a standing score, for the same mark, or for one that is impossible.
    """
    plan = open_for_scores(plan_number, by, at)
    if not reason.strip():
        raise Refusal("请填写更正理由。", RECORD, "理由与原成绩一并保存，公示和检查时可查。")
    found = mark_is_possible(mark, plan.exam_on)
    if found.outcome != "met":
        raise Refusal(f"{found.reason}。", found.clause, "请核对评分记录后重新填写。")
    old = (
        ScoreEntry.objects.select_for_update(of=("self",))
        .select_related("candidate")
        .filter(candidate__plan=plan, candidate__ticket_number=ticket, part=part, replaced_at__isnull=True)
        .first()
    )
    if old is None:
        raise Refusal(f"该考生还没有{part.label}成绩。", RECORD, "请在成绩登记中录入。")
    if marked_parts([old.candidate_id]) & {(old.candidate_id, part.value)}:
        raise Refusal(f"{part.label}由考评人员评分，不能直接更正。", RECORD, "请在“评分”页对这名考生提出复核，由考评人员更正。")
    if old.value == mark:
        raise Refusal(f"更正后的成绩与原成绩相同（{mark}分）。", RECORD, "无需更正。")
    old.replaced_at = at
    old.save(update_fields=["replaced_at"])
    entry = ScoreEntry.objects.create(
        candidate=old.candidate, part=part, value=mark, entered_by_id=by.user_id, entered_at=at, reason=reason.strip()[:200]
    )
    _reopen(plan, {entry.candidate_id})
    detail = {"ticket": ticket, "part": part.value, "from": str(old.value), "to": str(mark)}
    record("score.corrected", plan.number, by=by, at=at, reason=reason.strip(), detail=detail)
    return entry


def open_for_scores(plan_number: str, by: Actor, at: datetime) -> Plan:
    """This function will give a plan, held, whose exam is over and whose results are not announced. :raises MoveRefused:"""
    plan = locked(plan_number)
    permissions.check_may(by, "score", plan)
    if plan.state != PlanState.HELD:
        state = PlanState(plan.state).label
        raise MoveRefused(f"当前为“{state}”，不能登记或更正成绩。", RECORD, "确认考试结束后、成绩公示前可以登记；公示中的须先中止公示。")
    check_not_stopped(plan, at.date())
    return plan


def _by_assessors(part: Part, mark: Decimal | None, marked: bool, standing: Decimal | None) -> str:
    """Say that where assessors gave marks nobody types a score; what was taken from them may be repeated."""
    if not marked or mark is None or mark == standing:
        return ""
    return f"{part.label}由考评人员在手机上评分，不能录入；请在“评分”页采用，有差错的提出复核"


def _kept(plan: Plan) -> dict[tuple[str, str], Decimal]:
    """The scores kept from earlier, by ticket and part: nobody sits these parts, and nothing is entered for them."""
    found = kept_scores(plan)
    tickets = dict(Candidate.objects.filter(pk__in=found).values_list("pk", "ticket_number"))
    return {(tickets[pk] or "", part.value): score.mark for pk, parts in found.items() for part, score in parts.items() if score.mark is not None}


def _judge(
    plan: Plan,
    ticket: str,
    part: Part,
    mark: Decimal | None,
    present: Mapping[tuple[str, str], bool],
    standing: Mapping[tuple[str, str], Decimal],
    kept: Mapping[tuple[str, str], Decimal],
) -> str:
    value = kept.get((ticket, part))
    if value is None:
        return _fault(plan, part, mark, present.get((ticket, part)), standing.get((ticket, part)))
    return "" if mark == value else f"{part.label}保留以前的成绩{value}分，本次不考"


def _fault(plan: Plan, part: Part, mark: Decimal | None, present: bool | None, standing: Decimal | None) -> str:
    """Say why this score cannot stand, or nothing."""
    if part not in plan_parts(plan):
        return f"本等级不考{part.label}"
    if present is None:
        return f"{part.label}没有安排座位"
    if mark is None:
        return f"{part.label}填了缺考，到考登记为已到考，请核对" if present else ""
    if not present:
        return f"{part.label}登记为缺考，不能录入成绩"
    found = mark_is_possible(mark, plan.exam_on)
    if found.outcome != "met":
        return f"{part.label}{found.reason}"
    if standing is not None and standing != mark:
        return f"{part.label}已有成绩{standing}分，改为{mark}分须用“更正成绩”并写明理由"
    return ""


def _entrants(plan: Plan) -> QuerySet[Candidate]:
    return Candidate.objects.filter(plan=plan, state=CandidateState.ELIGIBLE)


def _attendance(plan: Plan, tickets: Sequence[str]) -> dict[tuple[str, str], bool]:
    found = Seat.objects.filter(sitting__plan=plan, candidate__ticket_number__in=tickets)
    return {
        (ticket or "", part): bool(present)
        for ticket, part, present in found.values_list("candidate__ticket_number", "sitting__part", "present")
    }


def _standing(plan: Plan, tickets: Sequence[str]) -> dict[tuple[str, str], Decimal]:
    found = ScoreEntry.objects.filter(candidate__plan=plan, candidate__ticket_number__in=tickets, replaced_at__isnull=True)
    return {(ticket or "", part): value for ticket, part, value in found.values_list("candidate__ticket_number", "part", "value")}


def _reopen(plan: Plan, candidates: set[int]) -> None:
    """Results that were concluded before these scores are to be concluded again."""
    Candidate.objects.filter(plan=plan, pk__in=candidates).exclude(result="").update(result="", result_findings=[])
