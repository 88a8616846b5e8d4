"""考核与分级查询: which assessments, grades and evaluations may somebody see, what is public, and what is due?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.people import field_key
from touchstone.bodies.queries.grades import grades_of
from touchstone.exams.queries.yearly import exam_years
from touchstone.filings.queries import filings_in_force
from touchstone.grading.models import (
    Assessment,
    AssessmentSet,
    ExpertScore,
    GradeLine,
    GradeLineSet,
    GradeRun,
    Round,
    TermEvaluation,
    TermEvaluationSet,
)
from touchstone.grading.states import AssessmentState, WorkState
from touchstone.kernel.periods import add_months
from touchstone.kernel.rules import Finding, Outcome
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision.assessment import LAW, Band
from touchstone.policy.supervision.grade import LASTS_MONTHS, Grade
from touchstone.policy.supervision.treatment import enough_are_watched

if TYPE_CHECKING:
    from touchstone.bodies.models import Body
    from touchstone.filings.models import Filing

_PLACE = "grading_round|{number}|secret"


def rounds() -> QuerySet[Round]:
    """This function will give the rounds, the latest year first."""
    return Round.objects.order_by("-year")


def round_of(year: int) -> Round | None:
    """This function will give the round of a year; None where it was not opened."""
    return Round.objects.filter(year=year).first()


def round_named(number: str) -> Round | None:
    """This function will give a round by its number; None where there is none."""
    return Round.objects.filter(number=number).first()


def secret_sealed(number: str, secret: bytes) -> bytes:
    """This function will seal the secret of a round for keeping."""
    return field_key().seal_bytes(secret, _PLACE.format(number=number))


def secret_of(found: Round) -> bytes:
    """This function will open the secret of a round, for drawing the experts' sample."""
    return field_key().open_bytes(bytes(found.secret_sealed), _PLACE.format(number=found.number))


def assessments(actor: Actor) -> AssessmentSet:
    """This function will give the assessments the actor may see, the latest year first."""
    return Assessment.objects.visible_to(actor).select_related("round", "body", "office").order_by("-round__year", "number")


def assessment(number: str, actor: Actor) -> Assessment:
    """This function will give an assessment the actor may see. :raises NotAllowed: for another's, and where there is none."""
    found = Assessment.objects.visible_to(actor).select_related(
        "round", "body__office", "office", "reported_by__person", "first_by__person", "second_by__person"
    )
    one = found.filter(number=number).first()
    if one is None:
        raise NotAllowed("没有这件年度考核，或者它不归您查看。", LAW, "请从“考核与分级”中打开。")
    return one


def expert_scores(of: Assessment) -> QuerySet[ExpertScore]:
    """This function will give what the experts gave an assessment, in order of time."""
    return ExpertScore.objects.filter(assessment=of).select_related("expert__person").order_by("scored_at")


def experts_average(of: Assessment) -> float | None:
    """This function will give the experts' points on average; None where none gave any."""
    found: float | None = ExpertScore.objects.filter(assessment=of).aggregate(points=Avg("points"))["points"]
    return None if found is None else round(found, 1)


def standing_of_round(of: Round) -> dict[str, int]:
    """This function will count a round's assessments by state, those named excellent, and those drawn and looked at by experts."""
    rows = Assessment.objects.filter(round=of).order_by()
    states = dict(rows.values_list("state").annotate(many=Count("pk")))
    found = {one.value: states.get(one.value, 0) for one in AssessmentState}
    counted = rows.aggregate(
        all=Count("pk"), excellent=Count("pk", filter=Q(band=Band.EXCELLENT)), sampled=Count("pk", filter=Q(sampled=True))
    )
    looked_at = ExpertScore.objects.filter(assessment__round=of).values("assessment").distinct().count()
    return found | counted | {"looked_at": looked_at}


def bands_of(body: int, until_year: int) -> list[Band]:
    """This function will give the bands of a body's published years on end up to a year, the oldest first; a year without a result breaks the row."""
    rows = Assessment.objects.filter(body=body, state=AssessmentState.PUBLISHED, round__year__lte=until_year)
    known, year, bands = dict(rows.values_list("round__year", "band")), until_year, list[Band]()
    while year in known:
        bands.insert(0, Band(known[year]))
        year -= 1
    return bands


def last_assessments(bodies: Iterable[int], day: date) -> dict[int, tuple[str, float]]:
    """This function will give, by key of the body, number and points of its last assessment published within twelve months."""
    since = add_months(day, -LASTS_MONTHS.on(day).value)
    rows = Assessment.objects.filter(body__in=list(bodies), state=AssessmentState.PUBLISHED, points__isnull=False, published_at__date__gte=since)
    told = rows.order_by("round__year").values_list("body", "number", "points")
    return {body: (number, points) for body, number, points in told if points is not None}


def years_open() -> list[int]:
    """This function will give the years of which some body's own report is missing."""
    missing = Assessment.objects.filter(round=OuterRef("pk"), state=AssessmentState.REPORTING)
    return list(Round.objects.filter(Exists(missing)).order_by("year").values_list("year", flat=True))


def to_remind(year: int, since: date) -> list[int]:
    """This function will give the keys of a year's assessments whose own report is missing and that were not reminded since a day."""
    rows = Assessment.objects.filter(state=AssessmentState.REPORTING, round__year=year)
    return list(rows.filter(Q(reminded_on__isnull=True) | Q(reminded_on__lt=since)).order_by("pk").values_list("pk", flat=True))


def public_results(year: int | None = None) -> QuerySet[Assessment]:
    """This function will give the results that were published (of a year, where named), the latest first."""
    rows = Assessment.objects.filter(state=AssessmentState.PUBLISHED).select_related("round", "body")
    return (rows.filter(round__year=year) if year else rows).order_by("-round__year", "-points", "number")


def public_years() -> list[int]:
    """This function will give the years of which results are published, the latest first."""
    published = Assessment.objects.filter(round=OuterRef("pk"), state=AssessmentState.PUBLISHED)
    return list(Round.objects.filter(Exists(published)).order_by("-year").values_list("year", flat=True))


def runs() -> QuerySet[GradeRun]:
    """This function will give the runs that computed grades, the latest first."""
    return GradeRun.objects.order_by("-pk")


def run(number: str) -> GradeRun | None:
    """This function will give a run by its number; None where there is none."""
    return GradeRun.objects.filter(number=number).first()


def standing_of_run(of: GradeRun) -> dict[str, dict[str, int]]:
    """This function will count a run's lines by state and by grade."""
    rows = GradeLine.objects.filter(run=of).order_by()
    return {
        "states": dict(rows.values_list("state").annotate(many=Count("pk"))),
        "grades": dict(rows.values_list("given").annotate(many=Count("pk"))),
    }


def lines(actor: Actor) -> GradeLineSet:
    """This function will give the proposed grades the actor may see, the latest first."""
    return GradeLine.objects.visible_to(actor).select_related("run", "body", "office").order_by("-run_id", "number")


def line(number: str, actor: Actor) -> GradeLine:
    """This function will give one the actor may see. :raises NotAllowed: for another's, and where there is none."""
    rows = GradeLine.objects.visible_to(actor).select_related("run", "body__office", "office", "reviewed_by__person", "confirmed_by__person")
    found = rows.filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这件定级，或者它不归您查看。", LAW, "请从“考核与分级”中打开。")
    return found


def unfinished(before: datetime) -> tuple[list[str], list[str]]:
    """This function will give the rounds and the runs that nobody has looked after since a moment, by number."""
    left = {"state": WorkState.RUNNING, "looked_after_at__lt": before}
    return (
        list(Round.objects.filter(**left).order_by("pk").values_list("number", flat=True)),
        list(GradeRun.objects.filter(**left).order_by("pk").values_list("number", flat=True)),
    )


def evaluations(actor: Actor) -> TermEvaluationSet:
    """This function will give the expiry evaluations the actor may see, the soonest end first."""
    return TermEvaluation.objects.visible_to(actor).select_related("body", "office").order_by("state", "until", "number")


def evaluation(number: str, actor: Actor) -> TermEvaluation:
    """This function will give one the actor may see. :raises NotAllowed: for another's, and where there is none."""
    rows = TermEvaluation.objects.visible_to(actor).select_related("body__office", "office", "opined_by__person", "decided_by__person")
    found = rows.filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这件期满评估，或者它不归您查看。", LAW, "请从“考核与分级”中打开。")
    return found


def filings_to_evaluate(last: date, day: date) -> list[str]:
    """This function will give the filings in force that end by `last` and have no evaluation of this term yet, by number."""
    rows = filings_in_force(day).filter(until__lte=last, until__gt=day, body__gone_on__isnull=True)
    evaluated = {(one.filing, one.until) for one in TermEvaluation.objects.filter(until__gt=day)}
    return [one.number for one in rows if (one.number, one.until) not in evaluated]


@dataclass(frozen=True)
class Watched:
    """A body's sittings of the last twelve months: how many were held, at how many external supervisors were, and whether its grade asks for more."""

    body: "Body"
    grade: Grade
    sittings: int
    watched: int
    finding: Finding

    @property
    def enough(self) -> bool:
        return self.finding.outcome is Outcome.MET


def watching(filings: "Iterable[Filing]", day: date) -> list[Watched]:
    """This function will say, for the bodies of some filings, whether external supervisors went to as many sittings as the grade asks for."""
    rows = list(filings)
    keys = [one.body_id for one in rows]
    years, grades = exam_years(keys, add_months(day, -LASTS_MONTHS.on(day).value), day), grades_of(keys, day)
    found = []
    for one in rows:
        year, grade = years[one.body_id], grades.get(one.body_id, Grade.NONE)
        finding = enough_are_watched(BodyKind(one.body.kind), grade, year.sittings, year.watched, day)
        found.append(Watched(one.body, grade, year.sittings, year.watched, finding))
    return found
