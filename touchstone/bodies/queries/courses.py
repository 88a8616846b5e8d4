"""课程成绩查询: which course units does a pilot match with what, which marks were handed in, and which stand for whom?"""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from touchstone.bodies.models import Body, CourseBatch, CourseResult, CourseRow, Pilot, Student
from touchstone.policy.exams.courses import Taught, UnitResult
from touchstone.policy.exams.parts import Part
from touchstone.policy.pilots import PilotKind

Row = CourseRow.Outcome
ROW_OUTCOMES = Row.choices


def taught_by(pilot: Pilot) -> list[Taught]:
    """This function will give a pilot's map of course units, as rules read it; a unit without part and weight exempts nothing."""
    return [
        Taught(one["unit"], one["element"], Part(one["part"]) if one.get("part") else None, int(one.get("share") or 0)) for one in pilot.units
    ]


def units_of(pilot: Pilot) -> list[str]:
    """This function will name the course units of a pilot once each, in order."""
    return list(dict.fromkeys(one["unit"] for one in pilot.units))


def joins_courses(pilot: Pilot) -> bool:
    """This function will say whether a pilot is one of 课证融通, under which course marks are entered."""
    return pilot.kind == PilotKind.COURSE_AND_CERTIFICATE.value


def batches_of(pilot: Pilot) -> QuerySet[CourseBatch]:
    """This function will give the batches of course marks of a pilot, the newest first, with how many rows are good, wrong and in all."""
    found = CourseBatch.objects.filter(pilot=pilot).select_related("entered_by__person", "confirmed_by__person")
    return found.annotate(
        all_rows=Count("rows"),
        good_rows=Count("rows", filter=Q(rows__outcome__in=[Row.READY, Row.ENTERED])),
        wrong_rows=Count("rows", filter=Q(rows__outcome=Row.REFUSED)),
    ).order_by("-id")


def batch(number: str, body: Body) -> CourseBatch | None:
    """This function will give a batch of a body; None where it is not its own."""
    found = CourseBatch.objects.select_related("pilot__body", "entered_by__person", "confirmed_by__person")
    return found.filter(number=number, pilot__body=body).first()


def rows_of_batch(of: CourseBatch) -> QuerySet[CourseRow]:
    """This function will give the rows of a batch in order."""
    return of.rows.order_by("row_number")


def results_of(pilot: Pilot) -> QuerySet[CourseResult]:
    """This function will give every course result of a pilot, those taken back too, the newest first."""
    return CourseResult.objects.filter(pilot=pilot).select_related("student__person", "batch").order_by("-id")


def standing_results(pilot: Pilot, people: Iterable[int]) -> dict[int, dict[str, UnitResult]]:
    """This function will give, by person and unit, the marks that stand for a pilot, and those that are handed in and not confirmed yet."""
    wanted = list(people)
    found: dict[int, dict[str, UnitResult]] = {}
    waiting = CourseRow.objects.filter(
        batch__pilot=pilot, batch__state=CourseBatch.State.HANDED_IN, outcome=Row.READY, student__person__in=wanted
    ).values_list("student__person_id", "unit", "mark", "passed_on", "batch__number")
    for person, unit, mark, passed_on, number in waiting:
        if mark is not None and passed_on is not None:
            found.setdefault(person, {})[unit] = UnitResult(mark, passed_on, False, number)
    standing = CourseResult.objects.filter(pilot=pilot, ended_at__isnull=True, student__person__in=wanted)
    for person, unit, mark, passed_on, number in standing.values_list("student__person_id", "unit", "mark", "passed_on", "number"):
        found.setdefault(person, {})[unit] = UnitResult(mark, passed_on, True, number)
    return found


def taken_back(numbers: Collection[str]) -> set[str]:
    """This function will say which of these course results no longer stand."""
    return set(CourseResult.objects.filter(number__in=numbers, ended_at__isnull=False).values_list("number", flat=True))


def students_on_register(body: Body) -> QuerySet[Student]:
    """This function will give a school's own students who have not left, not those of a partner by an agreement."""
    return body.students.filter(agreement__isnull=True, left_on__isnull=True).select_related("person")


def students_to_mark(body: Body, day: date) -> list[tuple[str, str]]:
    """This function will give register number and name of a school's own students who are on the register on `day`."""
    found = students_on_register(body).filter(enrolled_on__lte=day).order_by("register_number")
    return [(one.register_number, one.person.name) for one in found]


def result(number: str, body: Body) -> CourseResult | None:
    """This function will give a course result of a body; None where it is not its own."""
    found = CourseResult.objects.select_related("pilot__body", "student__person", "batch__entered_by__person", "batch__confirmed_by__person")
    return found.filter(number=number, pilot__body=body).first()
