"""成绩登记: scores come in by form or workbook, one outcome for each row; a correction is a new fact with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies.operations import check_left_alone
from touchstone.exams import permissions
from touchstone.exams.models import Candidate, Plan, ScoreEntry, Seat
from touchstone.exams.operations.outcomes import RowResult, counted, refused
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.plans import RECORD, locked
from touchstone.exams.queries.courses import not_sat
from touchstone.exams.queries.marks import marked_parts
from touchstone.exams.queries.score_book import standing_lock
from touchstone.exams.queries.sittings import entrants, plan_parts
from touchstone.exams.states import Part, PlanState
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.kernel.rules import Finding, must, records
from touchstone.ledger.operations import record
from touchstone.policy.exams.results import mark_is_possible
from touchstone.policy.exams.score_book import keyed_by_enough
from touchstone.policy.supervision.records import Frozen


@dataclass(frozen=True)
class ScoreLine:
    """The scores of one candidate, by ticket; None says absent (缺考), a part left out is not touched."""

    ticket: str
    marks: Mapping[Part, Decimal | None]
    key: str = ""


@transaction.atomic
def enter_scores(*, plan_number: str, lines: Sequence[ScoreLine], by: Actor, at: datetime, typed: bool = False) -> list[RowResult]:
    """This function will enter scores and tell what became of each line. A line is taken whole or not at all.

    A score that stands already is not overwritten: the same again counts as done, another is refused to `correct_score`. `typed`: from one person's
    keyboard, which is not enough where two are asked for; see `key_scores`.

    :raises MoveRefused: unless the exam was held and results are not announced. :raises Refusal: once the scores are locked.
    """
    plan = open_for_scores(plan_number, by, at)
    if typed:
        must(keyed_by_enough(1, plan.exam_on), "请在“成绩登记”页由两人分别录入，或者导入成绩表。")
    tickets = [line.ticket for line in lines]
    roster = {one.ticket_number: one for one in entrants(plan).filter(ticket_number__in=tickets)}
    present = attendance(plan, tickets)
    standing = standing_scores(plan, tickets)
    marked = marked_parts(one.pk for one in roster.values())
    kept = kept_marks(plan)
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
            if (sentence := by_assessors(part, mark, (candidate.pk, part) in marked, standing.get((line.ticket, part)))
                or judge(plan, line.ticket, part, mark, present, standing, kept))
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
    reopen(plan, {entry.candidate_id for entry in fresh})
    entered = [[entry.candidate.ticket_number, entry.part, str(entry.value)] for entry in fresh]
    record("scores.entered", plan.number, by=by, at=at, detail={**counted(results), "scores": len(fresh), "entered": entered[:200]})
    return results


@transaction.atomic
def correct_score(*, plan_number: str, ticket: str, part: Part, mark: Decimal, reason: str, by: Actor, at: datetime) -> ScoreEntry:
    """This function will put a new score in the place of a standing one before the scores are locked; the old one is kept beside it.

    :raises Refusal: without a reason, without a standing score, for the same mark, or for one that is impossible; once the scores are locked.
    """
    plan = open_for_scores(plan_number, by, at)
    old = standing_entry(plan, ticket, part)
    if marked_parts([old.candidate_id]) & {(old.candidate_id, part.value)}:
        raise Refusal(f"{part.label}由考评人员评分，不能直接更正。", RECORD, "请在“评分”页对这名考生提出复核，由考评人员更正。")
    return corrected(plan, old, mark, reason, by=by, at=at)


def standing_entry(plan: Plan, ticket: str, part: Part) -> ScoreEntry:
    """This function will give the score of a part that stands, held. :raises Refusal: where none does."""
    old = (
        ScoreEntry.objects.select_for_update(of=("self",))
        .select_related("candidate")
        .filter(candidate__plan=plan, candidate__ticket_number=ticket, part=part, replaced_at__isnull=True)
        .first()
    )
    if old is None:
        raise Refusal(f"该考生还没有{part.label}成绩。", RECORD, "请在成绩登记中录入。")
    return old


def corrected(plan: Plan, old: ScoreEntry, mark: Decimal, reason: str, *, by: Actor, at: datetime, findings: Sequence[Finding] = ()) -> ScoreEntry:
    """This function will replace a score by another with its reason: the one place where that is done. It is part of the operation that found why.

    :raises Refusal: without a reason, for the same mark, or for one that is impossible; while an office has the scores frozen.
    """
    check_left_alone(by=by, thing=Frozen.SCORES, reference=plan.number)
    if not reason.strip():
        raise Refusal("请填写更正理由。", RECORD, "理由与原成绩一并保存，公示和检查时可查。")
    must(mark_is_possible(mark, plan.exam_on), "请核对评分记录后重新填写。")
    if old.value == mark:
        raise Refusal(f"更正后的成绩与原成绩相同（{mark}分）。", RECORD, "无需更正。")
    old.replaced_at = at
    old.save(update_fields=["replaced_at"])
    entry = ScoreEntry.objects.create(
        candidate=old.candidate, part=old.part, value=mark, source=old.source, findings=records(findings), entered_by_id=by.user_id, entered_at=at,
        reason=reason.strip()[:200],
    )  # fmt: skip
    reopen(plan, {entry.candidate_id})
    detail = {"ticket": old.candidate.ticket_number, "part": old.part, "from": str(old.value), "to": str(mark)}
    record("score.corrected", plan.number, by=by, at=at, reason=reason.strip(), detail=detail)
    return entry


def open_for_scores(
    plan_number: str, by: Actor, at: datetime, *, verb: str = "score", when_locked: bool = False, announced_too: bool = False
) -> Plan:
    """This function will give a plan, held, whose exam is over and whose results are not announced, or (`announced_too`) not confirmed.

    :raises MoveRefused: at another state. :raises Refusal: once its scores are locked, but for what is done to locked scores (`when_locked`).
    """
    plan = locked(plan_number)
    permissions.check_may(by, verb, plan)
    if plan.state != PlanState.HELD and not (announced_too and plan.state == PlanState.ANNOUNCED):
        state = PlanState(plan.state).label
        raise MoveRefused(f"当前为“{state}”，不能登记或更正成绩。", RECORD, "确认考试结束后、成绩公示前可以登记；公示中的须先中止公示。")
    check_not_stopped(plan, at.date())
    if not when_locked and standing_lock(plan) is not None:
        raise Refusal("成绩已经锁定，不能再登记或更正。", RECORD, "对某名考生的成绩有疑问的，请提出复核；确需改动的，由机构负责人写明理由解锁。")
    return plan


def by_assessors(part: Part, mark: Decimal | None, marked: bool, standing: Decimal | None) -> str:
    """This function will say that where assessors gave marks nobody types a score; what was taken from them may be repeated."""
    if not marked or mark is None or mark == standing:
        return ""
    return f"{part.label}由考评人员在手机上评分，不能录入；请在“评分”页采用，有差错的提出复核"


def kept_marks(plan: Plan) -> dict[tuple[str, str], Decimal]:
    """This function will give the scores kept from earlier or given by course units, by ticket and part: nobody sits these parts, and nothing is
    entered for them."""
    found = not_sat(plan)
    tickets = dict(Candidate.objects.filter(pk__in=found).values_list("pk", "ticket_number"))
    return {(tickets[pk] or "", part.value): score.mark for pk, parts in found.items() for part, score in parts.items() if score.mark is not None}


def judge(
    plan: Plan,
    ticket: str,
    part: Part,
    mark: Decimal | None,
    present: Mapping[tuple[str, str], bool],
    standing: Mapping[tuple[str, str], Decimal],
    kept: Mapping[tuple[str, str], Decimal],
) -> str:
    """This function will say why a score cannot stand beside what is known of the candidate, or nothing."""
    value = kept.get((ticket, part))
    if value is None:
        return _fault(plan, part, mark, present.get((ticket, part)), standing.get((ticket, part)))
    return "" if mark == value else f"{part.label}保留以前的成绩{value}分（或以课程单元免考），本次不考"


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


def attendance(plan: Plan, tickets: Sequence[str]) -> dict[tuple[str, str], bool]:
    """This function will say, by ticket and part, who came."""
    found = Seat.objects.filter(sitting__plan=plan, candidate__ticket_number__in=tickets)
    return {
        (ticket or "", part): bool(present)
        for ticket, part, present in found.values_list("candidate__ticket_number", "sitting__part", "present")
    }


def standing_scores(plan: Plan, tickets: Sequence[str]) -> dict[tuple[str, str], Decimal]:
    """This function will give the scores that stand, by ticket and part."""
    found = ScoreEntry.objects.filter(candidate__plan=plan, candidate__ticket_number__in=tickets, replaced_at__isnull=True)
    return {(ticket or "", part): value for ticket, part, value in found.values_list("candidate__ticket_number", "part", "value")}


def reopen(plan: Plan, candidates: set[int]) -> None:
    """This function will have results that were concluded before these marks concluded again."""
    Candidate.objects.filter(plan=plan, pk__in=candidates).exclude(result="").update(result="", result_findings=[])
