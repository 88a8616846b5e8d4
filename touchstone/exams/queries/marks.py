"""评分查询: by which points is a sitting marked, what has each assessor given, and what does it come to for each candidate?

Before everybody has handed in, nobody is told what another gave: `panels` gives the score only then, and the pages ask it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from touchstone.exams.models import Marking, MarkPhoto, MarkSending, PointMark, Remark, ScoreEntry, ScoringSheet, Seat, Sitting
from touchstone.exams.queries.assessors import assessors_of, reserve_of
from touchstone.exams.states import Part, ScoreSource
from touchstone.policy.exams.marking import Given, PanelScore, panel_score

if TYPE_CHECKING:
    from touchstone.exams.models import Plan
    from touchstone.experts.models import Assignment
    from touchstone.files.models import Attachment


@dataclass(frozen=True)
class Point:
    """A scoring point as it stands on a sheet."""

    key: str
    group: str
    words: str
    points: Decimal
    rule: str


@dataclass(frozen=True)
class Stands:
    """What stands for one point: what was given, and the word why."""

    value: Decimal | None
    words: str = ""


@dataclass
class Panel:
    """One candidate before the panel: the assessors' sheets, the review where there is one, and what they come to."""

    seat: Seat
    score: PanelScore
    markings: "dict[str, Marking]" = field(default_factory=dict)
    review: Marking | None = None
    reserve: "Assignment | None" = None

    @property
    def sheets(self) -> list[Marking]:
        return [*self.markings.values(), *([self.review] if self.review is not None else [])]

    @property
    def handed_in(self) -> int:
        return sum(1 for one in self.markings.values() if one.handed_in_at is not None)


def sheet_of(sitting: Sitting) -> ScoringSheet | None:
    """This function will give the scoring sheet that counts for a sitting; None where none was set."""
    return ScoringSheet.objects.filter(sitting=sitting).select_related("set_by__person").order_by("-version").first()


def has_sheet(sitting_number: str) -> bool:
    """This function will say whether a sitting is marked on phones."""
    return ScoringSheet.objects.filter(sitting__number=sitting_number).exists()


def sittings_on_phones(plan: "Plan") -> QuerySet[Sitting]:
    """This function will give the sittings of a plan that have a scoring sheet, in order of time."""
    rows = Sitting.objects.filter(plan=plan, scoring_sheets__isnull=False).select_related("room")
    return rows.order_by("starts_at", "number").distinct()


def points_of(sheet: ScoringSheet) -> list[Point]:
    """This function will give the points of a sheet in order."""
    return [Point(one["key"], one.get("group", ""), one["words"], Decimal(one["points"]), one.get("rule", "")) for one in sheet.points]


def standing_marks(markings: Iterable[Marking]) -> dict[int, dict[str, Stands]]:
    """This function will give what stands for each point of each marking: that of the latest sending. One query."""
    found: dict[int, dict[str, Stands]] = {}
    rows = PointMark.objects.filter(sending__marking__in=list(markings)).order_by("sending__sequence")
    for marking, point, value, words in rows.values_list("sending__marking_id", "point", "value", "words"):
        found.setdefault(marking, {})[point] = Stands(value, words)
    return found


def panels(sitting: Sitting, seats: Iterable[Seat] | None = None, sent: "list[Assignment] | None" = None) -> dict[int, Panel]:
    """This function will say, for each candidate of a sitting (or of `seats`), who has handed in and what the marks come to."""
    own = list(Seat.objects.filter(sitting=sitting).select_related("candidate").order_by("seat_number") if seats is None else seats)
    people = assessors_of(sitting) if sent is None else sent
    made: dict[int, list[Marking]] = {}
    for one in Marking.objects.filter(seat__in=own).select_related("assignment"):
        made.setdefault(one.seat_id, []).append(one)
    reserve = reserve_of(sitting)
    return {seat.pk: _panel(sitting, seat, people, made.get(seat.pk, []), reserve) for seat in own}


def _panel(sitting: Sitting, seat: Seat, people: "list[Assignment]", made: list[Marking], reserve: "Assignment | None") -> Panel:
    markings = {one.assignment.number: one for one in made if not one.review}
    review = next((one for one in made if one.review), None)
    totals = {number: one.total if one.handed_in_at is not None else None for number, one in markings.items()}
    given = [Given(one.number, totals.get(one.number), one.leads) for one in people]
    reviewed = review.total if review is not None and review.handed_in_at is not None else None
    by = review.assignment.number if review is not None else reserve.number if reserve is not None else ""
    return Panel(seat, panel_score(Part(sitting.part), given, reviewed, sitting.plan.exam_on, reserve=by), markings, review, reserve)


def waiting_for_review(sitting: Sitting) -> list[Panel]:
    """This function will give the candidates of a sitting whose marks lie too far apart and whom nobody has begun to review."""
    return [one for one in panels(sitting).values() if one.score.reviewer and one.review is None]


def marked_parts(candidates: Iterable[int]) -> set[tuple[int, str]]:
    """This function will say which candidates have marks of assessors in which part: there nobody types a score."""
    rows = Marking.objects.filter(seat__candidate__in=list(candidates))
    return set(rows.values_list("seat__candidate_id", "seat__sitting__part").distinct())


def taken_seats(seats: Iterable[Seat]) -> set[int]:
    """This function will say for which seats the assessors' score was taken as the part's score."""
    own = {(one.candidate_id, one.sitting.part): one.pk for one in seats}
    rows = ScoreEntry.objects.filter(candidate__in=[key[0] for key in own], source=ScoreSource.ASSESSORS, replaced_at__isnull=True)
    return {own[key] for key in rows.values_list("candidate_id", "part") if key in own}


def open_remarks(sitting: Sitting) -> dict[int, Remark]:
    """This function will give the open re-marks of a sitting, by seat."""
    return {one.seat_id: one for one in Remark.objects.filter(seat__sitting=sitting, closed_at__isnull=True)}


def sendings(markings: Iterable[Marking]) -> QuerySet[MarkSending]:
    """This function will give what came from phones for markings, in order, with what it changed."""
    return MarkSending.objects.filter(marking__in=list(markings)).prefetch_related("marks").order_by("marking", "sequence")


def photos(markings: Iterable[Marking]) -> dict[int, list[MarkPhoto]]:
    """This function will give the photos kept with each marking."""
    found: dict[int, list[MarkPhoto]] = {}
    for one in MarkPhoto.objects.filter(marking__in=list(markings)).select_related("attachment").order_by("id"):
        found.setdefault(one.marking_id, []).append(one)
    return found


def photo_among(markings: Iterable[Marking], attachment: str) -> "Attachment | None":
    """This function will give the file of that number if it is a photo kept with one of the markings; None where it is not."""
    return next((one.attachment for own in photos(markings).values() for one in own if one.attachment.number == attachment), None)


def totals_shown(given: Mapping[str, Stands]) -> Decimal:
    """This function will sum what stands so far."""
    return sum((one.value for one in given.values() if one.value is not None), Decimal(0))
