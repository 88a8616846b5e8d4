"""登分查询: who typed what, where do two differ, are the scores locked, and how far is their review?"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from touchstone.exams.models import ComputerExam, Keying, ReviewedScore, ScoreEntry, ScoreLock, ScoreReview, Seat
from touchstone.exams.queries.exceptions import is_direct
from touchstone.exams.queries.marks import marked_parts
from touchstone.exams.queries.results import scores_by_candidate
from touchstone.exams.queries.sittings import entrants
from touchstone.exams.states import Part, ReviewOutcome
from touchstone.kernel.rules import Finding, met
from touchstone.policy.eligibility.exceptions import BY_ENTERPRISES
from touchstone.policy.exams.score_book import may_be_announced

if TYPE_CHECKING:
    from touchstone.exams.models import Candidate, Plan

Cell = tuple[int, str]
"""A candidate's key and a part."""


def standing_lock(plan: "Plan") -> ScoreLock | None:
    """This function will give the lock on a plan's scores, if they are locked."""
    return ScoreLock.objects.filter(plan=plan, unlocked_at__isnull=True).select_related("locked_by__person").first()


def locks(plan: "Plan") -> list[ScoreLock]:
    """This function will give every lock of a plan's scores, newest first."""
    return list(ScoreLock.objects.filter(plan=plan).select_related("locked_by__person", "unlocked_by__person").order_by("-round"))


def standing_review(plan: "Plan") -> ScoreReview | None:
    """This function will give the review of the scores as they are locked now, if it was drawn."""
    return ScoreReview.objects.filter(lock__plan=plan, lock__unlocked_at__isnull=True).select_related("lock", "drawn_by__person").first()


def review_rows(review: ScoreReview) -> list[ReviewedScore]:
    """This function will give the scores that are looked at again, by ticket and part."""
    rows = review.rows.select_related("entry__candidate", "seen_by__person", "settled_by__person")
    return list(rows.order_by("entry__candidate__ticket_number", "entry__part", "id"))


def places(plan: "Plan") -> dict[Cell, str]:
    """This function will say where each candidate sat for each part, so that the paper is found."""
    rows = Seat.objects.filter(sitting__plan=plan).values_list("candidate", "sitting__part", "sitting__room__name", "seat_number")
    return {(candidate, part): f"{room} {seat}号" for candidate, part, room, seat in rows}


@dataclass(frozen=True)
class Counted:
    """How far a review is."""

    rows: int
    waiting: int
    differing: int
    errors: int


def counted(review: ScoreReview) -> Counted:
    """This function will count the rows of a review by what came of them."""
    found = list(review.rows.values_list("outcome", flat=True))
    return Counted(
        len(found), found.count(ReviewOutcome.WAITING), found.count(ReviewOutcome.DIFFERS), found.count(ReviewOutcome.CORRECTED)
    )


def announceable(plan: "Plan") -> Finding:
    """This function will say whether a plan's scores are locked and reviewed, so that they may go before the public; where everybody is
    recognised directly there are none.
    """
    if is_direct(plan):
        return met("全部人员直接认定，没有成绩需要锁定和复核", BY_ENTERPRISES)
    lock, review = standing_lock(plan), standing_review(plan)
    if review is None:
        return may_be_announced(lock is not None, None, 0, 0)
    far = counted(review)
    return may_be_announced(True, far.rows, far.waiting, far.differing)


def cells_to_key(plan: "Plan") -> list[Cell]:
    """This function will give what still has to be typed: present, without a score, not marked by assessors and not written at the computer."""
    people = {one.pk for one in entrants(plan)}
    marked = marked_parts(people)
    at_the_computer = set(
        ComputerExam.objects.filter(sitting__plan=plan).values_list("sitting__seats__candidate", "sitting__part")
    )
    return [
        (candidate, part.value)
        for candidate, own in scores_by_candidate(plan).items()
        for part, score in own.items()
        if candidate in people and not score.absent and score.mark is None and not score.voided_by
        and (candidate, part.value) not in marked and (candidate, part.value) not in at_the_computer
    ]  # fmt: skip


def keyings(plan: "Plan") -> dict[Cell, dict[int, Keying]]:
    """This function will give what stands typed, by cell and turn."""
    found: dict[Cell, dict[int, Keying]] = {}
    rows = Keying.objects.filter(candidate__plan=plan, replaced_at__isnull=True).select_related("typed_by__person")
    for one in rows:
        found.setdefault((one.candidate_id, one.part), {})[one.turn] = one
    return found


def own_keyings(plan: "Plan", user_id: int | None) -> dict[Cell, Decimal]:
    """This function will give what one person typed, and nothing of what another did."""
    rows = Keying.objects.filter(candidate__plan=plan, replaced_at__isnull=True, typed_by=user_id or 0)
    return {(candidate, part): value for candidate, part, value in rows.values_list("candidate_id", "part", "value")}


@dataclass(frozen=True)
class Keyed:
    """How far the typing is: cells, and how many of them one and two people have typed; of the actor's own, how many."""

    cells: int
    once: int
    twice: int
    own: int


def keyed(plan: "Plan", user_id: int | None) -> Keyed:
    """This function will count what is typed, without saying what."""
    cells, known = cells_to_key(plan), keyings(plan)
    turns = [known.get(cell, {}) for cell in cells]
    own = sum(any(one.typed_by_id == user_id for one in each.values()) for each in turns)
    return Keyed(len(cells), sum(len(each) == 1 for each in turns), sum(len(each) > 1 for each in turns), own)


@dataclass(frozen=True)
class Difference:
    """A cell that two people typed differently, after they were compared."""

    candidate: "Candidate"
    part: Part
    first: Keying
    second: Keying


def differences(plan: "Plan") -> list[Difference]:
    """This function will give what two people typed differently and nobody has settled yet; nothing before it was compared."""
    open_cells = set(cells_to_key(plan))
    people = {one.pk: one for one in entrants(plan)}
    found = []
    for (candidate, part), turns in keyings(plan).items():
        if (candidate, part) in open_cells and len(turns) > 1 and all(one.compared_at for one in turns.values()):
            found.append(Difference(people[candidate], Part(part), turns[1], turns[2]))
    return sorted(found, key=lambda one: (one.candidate.ticket_number or "", one.part))


def entered_by(entries: Collection[ScoreEntry]) -> dict[int, set[int]]:
    """This function will say who entered each score: who put it in the book, and who typed it before it came there."""
    typed: dict[Cell, set[int]] = {}
    rows = Keying.objects.filter(candidate__in={one.candidate_id for one in entries}).values_list("candidate_id", "part", "typed_by")
    for candidate, part, user in rows:
        typed.setdefault((candidate, part), set()).add(user)
    return {one.pk: typed.get((one.candidate_id, one.part), set()) | ({one.entered_by_id} if one.entered_by_id else set()) for one in entries}
