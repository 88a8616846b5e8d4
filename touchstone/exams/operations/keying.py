"""双人录入: two people type the same scores apart from each other; what agrees is entered, what differs is settled by a third look at the paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams.models import Candidate, Keying, Plan, ScoreEntry
from touchstone.exams.operations.outcomes import RowResult, counted, refused
from touchstone.exams.operations.scores import (
    ScoreLine,
    attendance,
    by_assessors,
    judge,
    kept_marks,
    open_for_scores,
    reopen,
    standing_scores,
)
from touchstone.exams.queries.marks import marked_parts
from touchstone.exams.queries.score_book import cells_to_key, keyings
from touchstone.exams.queries.sittings import entrants
from touchstone.exams.states import Part, ScoreSource
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must, records
from touchstone.ledger.operations import record
from touchstone.policy.exams.results import mark_is_possible
from touchstone.policy.exams.score_book import KEYING, keyed_by_enough, keyings_agree

_TWO = 2


@dataclass(frozen=True)
class Compared:
    """What a comparison came to: how many scores were entered, and how many differ."""

    agreed: int
    differing: int


@transaction.atomic
def key_scores(*, plan_number: str, lines: Sequence[ScoreLine], by: Actor, at: datetime) -> list[RowResult]:
    """This function will note what one of two people typed and tell what became of each line; nothing is said of the other.

    Whoever types first in a cell is its first, the next its second; one's own may be typed anew until both are compared.

    :raises MoveRefused: unless the exam was held and results are not announced. :raises Refusal: once the scores are locked.
    """
    plan = open_for_scores(plan_number, by, at)
    tickets = [line.ticket for line in lines]
    roster = {one.ticket_number or "": one for one in entrants(plan).filter(ticket_number__in=tickets)}
    present, kept = attendance(plan, tickets), kept_marks(plan)
    standing = standing_scores(plan, tickets) | kept
    marked, typed = marked_parts(one.pk for one in roster.values()), keyings(plan)
    results, fresh = [], 0
    for line in lines:
        key, candidate = line.key or line.ticket, roster.get(line.ticket)
        if candidate is None:
            results.append(refused(key, "", f"准考证号“{line.ticket}”不在本计划的考生名单中。"))
            continue
        faults = [
            sentence
            for part, mark in line.marks.items()
            if (sentence := by_assessors(part, mark, (candidate.pk, part) in marked, standing.get((line.ticket, part)))
                or judge(plan, line.ticket, part, mark, present, standing, kept)
                or _taken(typed.get((candidate.pk, part.value), {}), part, mark, by))
        ]  # fmt: skip
        if faults:
            results.append(refused(key, candidate.name, "；".join(faults) + "。"))
            continue
        for part, mark in line.marks.items():
            if mark is not None and (line.ticket, part) not in standing:
                fresh += _keyed(candidate, part, mark, typed.setdefault((candidate.pk, part.value), {}), by, at)
        results.append(RowResult(key, candidate.name))
    record("scores.keyed", plan.number, by=by, at=at, detail={**counted(results), "scores": fresh})
    return results


def _taken(turns: dict[int, Keying], part: Part, mark: Decimal | None, by: Actor) -> str:
    """Say why this person cannot type here, or nothing."""
    own = next((one for one in turns.values() if one.typed_by_id == by.user_id), None)
    if mark is None or (own is not None and own.value == mark):
        return ""
    if own is None and len(turns) >= _TWO:
        return f"{part.label}已由两人录入，不再需要您录入"
    if own is not None and own.compared_at is not None:
        return f"{part.label}已经比对，您录入的{own.value}分不能再改；与原卷不符的，在核实或更正时改正"
    return ""


def _keyed(candidate: Candidate, part: Part, mark: Decimal, turns: dict[int, Keying], by: Actor, at: datetime) -> int:
    own = next((one for one in turns.values() if one.typed_by_id == by.user_id), None)
    if own is not None and own.value == mark:
        return 0
    if own is not None:
        Keying.objects.filter(pk=own.pk).update(replaced_at=at)
    turn = own.turn if own is not None else 1 if 1 not in turns else _TWO
    made = Keying.objects.create(candidate=candidate, part=part, turn=turn, value=mark, typed_by_id=by.user_id or 0, typed_at=at)
    turns[turn] = made
    return 1


@transaction.atomic
def compare_keyings(*, plan_number: str, by: Actor, at: datetime) -> Compared:
    """This function will compare what two people typed, enter what agrees, and leave what differs for a third look; from then on neither is changed.

    :raises Refusal: while something was not typed by both, or nothing was typed.
    """
    plan = open_for_scores(plan_number, by, at)
    cells, typed = cells_to_key(plan), keyings(plan)
    both = [(cell, typed[cell]) for cell in cells if len(typed.get(cell, {})) == _TWO and not typed[cell][1].compared_at]
    if not any(cell in typed for cell in cells):
        raise Refusal("还没有人录入成绩，没有可以比对的。", KEYING, "请由两人分别录入全部成绩后再比对。")
    lacking = sum(len(typed.get(cell, {})) < _TWO for cell in cells)
    if lacking:
        raise Refusal(f"还有{lacking}项成绩没有由两人都录入，不能比对。", KEYING, "两人都录完再比对，比对以前互相看不到对方的录入。")
    if not both:
        raise Refusal("两次录入已经比对。", KEYING, "请逐项核实不一致的成绩。")
    fresh, differing = [], 0
    for (candidate, part), turns in both:
        found = keyings_agree(turns[1].value, turns[2].value)
        if found.outcome != "met":
            differing += 1
            continue
        findings = records([keyed_by_enough(len(turns), plan.exam_on), found])
        fresh.append(
            ScoreEntry(
                candidate_id=candidate, part=part, value=turns[1].value, source=ScoreSource.TWICE, findings=findings, entered_by_id=by.user_id,
                entered_at=at,
            )
        )  # fmt: skip
    Keying.objects.filter(pk__in=[one.pk for _, turns in both for one in turns.values()]).update(compared_at=at)
    ScoreEntry.objects.bulk_create(fresh, batch_size=2000)
    reopen(plan, {entry.candidate_id for entry in fresh})
    record("scores.compared", plan.number, by=by, at=at, detail={"agreed": len(fresh), "differing": differing})
    return Compared(len(fresh), differing)


@transaction.atomic
def settle_difference(*, plan_number: str, ticket: str, part: Part, mark: Decimal, reason: str, by: Actor, at: datetime) -> ScoreEntry:
    """This function will enter what a third look at the paper found where two people typed differently; both stay beside it.

    :raises Refusal: without saying what was looked at, for an impossible mark, or where nothing differs.
    """
    plan = open_for_scores(plan_number, by, at)
    if not reason.strip():
        raise Refusal("请写明第三次核对看了什么。", KEYING, "例如“见第3袋答题卡，总分栏为85分”。")
    candidate = entrants(plan).select_for_update(of=("self",)).filter(ticket_number=ticket).first()
    turns = keyings(plan).get((candidate.pk, part.value), {}) if candidate is not None else {}
    if candidate is None or len(turns) < _TWO or not turns[1].compared_at or (candidate.pk, part.value) not in cells_to_key(plan):
        raise Refusal("这项成绩没有等待核实的不一致。", KEYING, "可能已经核实，请刷新页面查看。")
    must(mark_is_possible(mark, plan.exam_on), "请核对原卷后重新填写。")
    findings = [keyed_by_enough(len(turns), plan.exam_on), keyings_agree(turns[1].value, turns[2].value)]
    entry = ScoreEntry.objects.create(
        candidate=candidate, part=part, value=mark, source=ScoreSource.TWICE, findings=records(findings), entered_by_id=by.user_id, entered_at=at,
        reason=reason.strip()[:200],
    )  # fmt: skip
    reopen(plan, {candidate.pk})
    detail = {"ticket": ticket, "part": part.value, "typed": [str(turns[1].value), str(turns[2].value)], "to": str(mark)}
    record("score.difference_settled", plan.number, by=by, at=at, reason=reason.strip(), detail=detail)
    return entry


def needs_two(plan: Plan) -> bool:
    """This function will say whether one person's typing is not enough for a plan's scores."""
    return keyed_by_enough(1, plan.exam_on).outcome != "met"
