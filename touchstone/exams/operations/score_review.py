"""成绩抽查复核: locked scores are drawn by chance, read again from the paper by somebody else, and put right where they were wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from touchstone.accounts.actor import Actor
from touchstone.exams.models import Plan, ReviewedScore, ScoreEntry, ScoreReview
from touchstone.exams.operations.locking import REVIEW as MATTER
from touchstone.exams.operations.outcomes import RowResult, counted, refused
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.operations.scores import corrected, open_for_scores
from touchstone.exams.queries import score_book
from touchstone.exams.queries.sittings import entrants, plan_parts
from touchstone.exams.states import Part, ReviewOutcome, ScoreSource
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, records
from touchstone.ledger.operations import record
from touchstone.policy.exams.results import mark_is_possible
from touchstone.policy.exams.score_book import REVIEW, enough_drawn, errors_within_limit, reviewer_is_another, rows_to_draw
from touchstone.tasks.operations import close_tasks
from touchstone.trust.draw_records import draw_record
from touchstone.trust.draws import Entry


@dataclass(frozen=True)
class Seen:
    """What a reviewer read on the paper."""

    ticket: str
    part: Part
    mark: Decimal


@transaction.atomic
def draw_review(*, plan_number: str, secret: bytes, by: Actor, at: datetime) -> ScoreReview:
    """This function will draw, part by part, the locked scores that somebody looks at again (`cvd-draw/v1`); where two had typed differently, always.

    `secret` is 32 bytes that the door makes; roster, secret and order are kept, so that anyone may draw again.

    :raises Refusal: while the scores are not locked, or when they were drawn already.
    """
    plan = open_for_scores(plan_number, by, at, when_locked=True)
    lock = score_book.standing_lock(plan)
    if lock is None:
        raise Refusal("成绩还没有锁定，不能抽取复核样本。", RECORD, "请先在“成绩登记”页核定成绩结论。")
    if score_book.standing_review(plan) is not None:
        raise Refusal("复核样本已经抽取。", REVIEW, "请逐份复核；成绩解锁重新核定后另行抽取。")
    draws, findings, chosen = [], list[Finding](), dict[int, str]()
    for part in plan_parts(plan):
        own = {one.candidate.ticket_number or "": one for one in _standing(plan).filter(part=part)}
        if not own:
            continue
        drawn, found = draw_part(plan, lock.round, part, own, secret)
        draws.append(drawn)
        findings.append(found)
        chosen |= {own[ticket].pk: "drawn" for ticket in drawn["chosen"]}
        chosen |= {one.pk: "differed" for one in own.values() if one.pk not in chosen and _differed(one)}
    review = ScoreReview.objects.create(lock=lock, draws=draws, findings=records(findings), drawn_by_id=by.user_id, drawn_at=at)
    ReviewedScore.objects.bulk_create(ReviewedScore(review=review, entry_id=pk, why=why) for pk, why in chosen.items())
    _finish(plan, review, by, at)
    detail = {"round": lock.round, "rows": len(chosen), "draws": draws, "findings": review.findings}
    record("scores.review_drawn", plan.number, by=by, at=at, detail=detail)
    return review


def draw_part(plan: Plan, turn: int, part: Part, tickets: Iterable[str], secret: bytes) -> tuple[dict[str, Any], Finding]:
    """This function will draw the tickets of a part whose scores are looked at again, and give the record of the draw with what the rule finds."""
    roster = [Entry(ticket, part.value) for ticket in tickets]
    count = rows_to_draw(len(roster), plan.exam_on)
    drawn = draw_record(f"{plan.number}-{turn}-{part.value}", part.value, roster, count, source="平台保密数", secret=secret)
    drawn["chosen"] = drawn["order"][:count]
    return drawn, enough_drawn(len(roster), count, plan.exam_on)


def _standing(plan: Plan) -> QuerySet[ScoreEntry]:
    rows = ScoreEntry.objects.filter(candidate__in=entrants(plan), replaced_at__isnull=True).select_related("candidate")
    return rows.order_by("candidate__ticket_number", "part")


def _differed(one: ScoreEntry) -> bool:
    """Whether a third look settled this score, the first time it was entered."""
    return one.source == ScoreSource.TWICE and bool(one.reason)


@transaction.atomic
def look_again(*, plan_number: str, lines: Sequence[Seen], by: Actor, at: datetime) -> list[RowResult]:
    """This function will note what a reviewer read on the paper of drawn scores and tell what became of each: the same, or another mark, which is
    then settled. Nobody looks at what they entered themselves.

    :raises Refusal: before the draw, or once the review is finished.
    """
    plan = open_for_scores(plan_number, by, at, verb="review_scores", when_locked=True)
    review = _open_review(plan)
    own = {(one.entry.candidate.ticket_number or "", one.entry.part): one for one in _rows(review)}
    entered = score_book.entered_by([one.entry for one in own.values()])
    results = [_looked(plan, line, own.get((line.ticket, line.part.value)), entered, by, at) for line in lines]
    finished = _finish(plan, review, by, at)
    seen = [[line.ticket, line.part.value, str(line.mark)] for line, one in zip(lines, results, strict=True) if one.done]
    record("scores.looked_again", plan.number, by=by, at=at, detail={**counted(results), "seen": seen[:200], "finished": finished})
    return results


def _looked(plan: Plan, line: Seen, row: ReviewedScore | None, entered: dict[int, set[int]], by: Actor, at: datetime) -> RowResult:
    if row is None:
        return refused(line.ticket, "", f"准考证号“{line.ticket}”的{line.part.label}没有抽中，不用复核。")
    name = row.entry.candidate.name
    if row.outcome != ReviewOutcome.WAITING:
        if row.seen == line.mark:
            return RowResult(line.ticket, name, True, ReviewOutcome(row.outcome).label)
        return refused(line.ticket, name, f"{line.part.label}已经复核（{ReviewOutcome(row.outcome).label}），不能再改。")
    for found in (mark_is_possible(line.mark, plan.exam_on), reviewer_is_another(by.user_id, entered[row.entry_id])):
        if found.outcome != "met":
            return refused(line.ticket, name, f"{line.part.label}：{found.reason}。")
    row.outcome = ReviewOutcome.AGREES if line.mark == row.entry.value else ReviewOutcome.DIFFERS
    row.seen, row.seen_by_id, row.seen_at = line.mark, by.user_id, at
    row.save(update_fields=["outcome", "seen", "seen_by", "seen_at"])
    return RowResult(line.ticket, name, True, ReviewOutcome(row.outcome).label)


@transaction.atomic
def settle_found(*, plan_number: str, ticket: str, part: Part, mark: Decimal, reason: str, by: Actor, at: datetime) -> ReviewedScore:
    """This function will say, after another look at the paper, which mark is right where the reviewer read another one: the score is corrected, or
    it stands. Errors beyond the limit make everything else of the batch be looked at too.

    :raises Refusal: without a reason, or where the review found no difference.
    """
    plan = open_for_scores(plan_number, by, at, when_locked=True)
    review = _open_review(plan)
    if not reason.strip():
        raise Refusal("请写明核实看了什么、以哪个分数为准。", REVIEW, "例如“见第3袋答题卡，登分时看错一行”。")
    row = _rows(review).filter(entry__candidate__ticket_number=ticket, entry__part=part, outcome=ReviewOutcome.DIFFERS).first()
    if row is None:
        raise Refusal("这项成绩没有等待核实的不一致。", REVIEW, "可能已经核实，请刷新页面查看。")
    right = mark == row.entry.value
    if not right:
        corrected(plan, row.entry, mark, f"抽查复核：{reason.strip()}", by=by.with_key(""), at=at)
    row.outcome = ReviewOutcome.MISREAD if right else ReviewOutcome.CORRECTED
    row.settled_reason, row.settled_by_id, row.settled_at = reason.strip()[:200], by.user_id, at
    row.save(update_fields=["outcome", "settled_reason", "settled_by", "settled_at"])
    whole = _whole(plan, review, at)
    finished = _finish(plan, review, by, at)
    told = {"ticket": ticket, "part": part.value, "from": str(row.entry.value), "seen": str(row.seen), "to": str(mark)}
    detail = {**told, "outcome": row.outcome, "findings": records(whole), "finished": finished}
    record("score.review_settled", plan.number, by=by, at=at, reason=reason.strip(), detail=detail)
    return row


def _open_review(plan: Plan) -> ScoreReview:
    review = ScoreReview.objects.select_for_update(of=("self",)).filter(lock__plan=plan, lock__unlocked_at__isnull=True).first()
    if review is None:
        raise Refusal("还没有抽取复核样本。", REVIEW, "请先在“抽查复核”页抽取样本。")
    if review.finished_at is not None:
        raise Refusal("抽查复核已经完毕。", REVIEW, "对某名考生的成绩有疑问的，请提出复核。")
    return review


def _rows(review: ScoreReview) -> QuerySet[ReviewedScore]:
    return review.rows.select_for_update(of=("self",)).select_related("entry__candidate").order_by("id")


def _whole(plan: Plan, review: ScoreReview, at: datetime) -> list[Finding]:
    """Have everything looked at once the errors are too many; what was found about it."""
    far = score_book.counted(review)
    if review.whole_at is not None:
        return []
    found = errors_within_limit(far.errors, far.rows, plan.exam_on)
    if found.outcome != "met":
        before = set(review.rows.values_list("entry__candidate", "entry__part"))
        rest = [one for one in _standing(plan) if (one.candidate_id, one.part) not in before]
        ReviewedScore.objects.bulk_create(ReviewedScore(review=review, entry=one, why="whole") for one in rest)
        review.whole_at = at
        review.save(update_fields=["whole_at"])
    return [found]


def _finish(plan: Plan, review: ScoreReview, by: Actor, at: datetime) -> bool:
    far = score_book.counted(review)
    if far.waiting or far.differing:
        return False
    review.finished_at = at
    review.save(update_fields=["finished_at"])
    close_tasks(case=plan.number, matter=MATTER, by=by, at=at, outcome=f"复核{far.rows}份完毕")
    return True
