"""回溯查询: from a candidate, somebody who assessed, a paper or a room at some time: which sittings, people and scores does it touch?

`body` keeps to what one body held; None is everything.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from touchstone.exams.models import Candidate, Plan, ScoreEntry, Seat, Sitting
from touchstone.exams.queries.assessors import assessors_of
from touchstone.exams.queries.registration import came_with
from touchstone.exams.states import Part
from touchstone.experts.queries.dispatch import cases_sent_to, requests_for, sent_now

if TYPE_CHECKING:
    from touchstone.accounts.models import Person
    from touchstone.bodies.models import Body

_READ = ("plan__body", "plan__venue", "room", "supervisor")


def candidate_named(number: str) -> Candidate | None:
    """This function will give a candidate by number."""
    return Candidate.objects.select_related("plan__body", "person").filter(number=number).first()


def sittings_of_candidate(candidate: Candidate) -> QuerySet[Sitting]:
    """This function will give the sittings in which a candidate had a seat."""
    return _sittings().filter(seats__candidate=candidate)


def others_seated(candidate: Candidate) -> QuerySet[Candidate, str]:
    """This function will give the numbers of the others who sat in the sittings of a candidate."""
    own = Seat.objects.filter(candidate=candidate).values("sitting")
    beside = Seat.objects.filter(sitting__in=own).exclude(candidate=candidate).values("candidate")
    return Candidate.objects.filter(pk__in=beside).order_by().values_list("number", flat=True)


def assessed_by_same(candidate: Candidate, body: "Body | None") -> QuerySet[Sitting]:
    """This function will give the other sittings in which somebody served who assessed a candidate (beyond theory, where there is such a part)."""
    own = list(sittings_of_candidate(candidate))
    judged = [one for one in own if one.part != Part.THEORY] or own
    numbers = {person["number"] for one in judged for person in one.invigilators}
    people = {one.member.person_id for sitting in judged for one in assessors_of(sitting)}
    rows = served_in(numbers, people, body)
    return rows.exclude(pk__in=[one.pk for one in own])


def served_in(numbers: Iterable[str], people: Iterable[int], body: "Body | None") -> QuerySet[Sitting]:
    """This function will give the sittings in which any of some people served: as the body named them (by number), or sent (by key)."""
    serves = Q(pk__in=[])
    for number in numbers:
        serves |= Q(invigilators__contains=[{"number": number}])
    # the numbers themselves, not a query to look into: so that both ways in go by their index, whatever many sittings there are
    serves |= Q(number__in=[case for person in people for case in cases_sent_to(person)])
    return _own(_sittings().filter(serves), body)


def registered_together(candidate: Candidate, body: "Body | None") -> QuerySet[Candidate]:
    """This function will give those who were registered for the same plan by the same employer, or by the same workbook."""
    same = Q(pk__in=[])
    if candidate.employer:
        same |= Q(employer=candidate.employer, plan=candidate.plan)
    row = came_with(candidate)
    if row is not None:
        in_file = row.upload.rows.filter(candidate__isnull=False).values("candidate")
        same |= Q(pk__in=in_file)
    rows = Candidate.objects.filter(same, plan__body=candidate.plan.body).exclude(pk=candidate.pk)
    if body is not None:
        rows = rows.filter(plan__body=body)
    return rows.select_related("plan").order_by("number")


def sittings_with_papers(papers: Collection[int], cases: Collection[str], body: "Body | None") -> QuerySet[Sitting]:
    """This function will give the theory sittings taken from some papers: those at the computer by the paper (by key), others by the plan they were
    composed for (by number)."""
    by_case = Q(computer__isnull=True, plan__number__in=list(cases), part=Part.THEORY)
    return _own(_sittings().filter(Q(computer__paper__in=list(papers)) | by_case), body)


def turned_by(sittings: QuerySet[Sitting], points: Decimal, needed: Decimal) -> QuerySet[ScoreEntry]:
    """This function will give the standing theory scores of those who sat in some sittings that lie so near the pass mark that `points` decide."""
    seated = Seat.objects.filter(sitting__in=sittings.order_by().values("pk")).values("candidate")
    near = Q(value__gte=needed, value__lt=needed + points) | Q(value__lt=needed, value__gte=needed - points)
    rows = ScoreEntry.objects.filter(near, candidate__in=seated, part=Part.THEORY, replaced_at__isnull=True)
    return rows.select_related("candidate__plan").order_by("candidate__number")


def seats_in(sittings: QuerySet[Sitting], *, present: bool = False) -> QuerySet[Seat]:
    """This function will give the seats of some sittings (of those who came, when asked)."""
    rows = Seat.objects.filter(sitting__in=sittings.order_by().values("pk"))
    if present:
        rows = rows.filter(present=True)
    return rows.select_related("candidate__plan", "sitting__room").order_by("sitting__number", "seat_number")


def numbers_seated(sittings: QuerySet[Sitting], *, present: bool = False) -> QuerySet[Candidate, str]:
    """This function will give the numbers of those who have a seat in some sittings."""
    seats = seats_in(sittings, present=present).order_by().values("candidate")
    return Candidate.objects.filter(pk__in=seats).order_by().values_list("number", flat=True)


def plans_of(sittings: QuerySet[Sitting]) -> QuerySet[Plan, str]:
    """This function will give the numbers of the plans of some sittings, as a query to look into."""
    return Plan.objects.filter(pk__in=sittings.order_by().values("plan")).order_by().values_list("number", flat=True)


def tied_among(sittings: QuerySet[Sitting], people: Collection[int], employers: Collection[str]) -> QuerySet[Candidate]:
    """This function will give those of some sittings who are of some people (by key), or work for one of some employers (by name)."""
    seated = Seat.objects.filter(sitting__in=sittings.order_by().values("pk")).values("candidate")
    tied = Q(person__in=list(people)) | Q(employer__in=list(employers))
    return Candidate.objects.filter(tied, pk__in=seated).select_related("plan").order_by("number")


def colleagues_in(sittings: QuerySet[Sitting], person: "Person") -> list[tuple[str, str, int]]:
    """This function will give who served in some sittings beside a person: number, name, in how many of them; most often first."""
    names: dict[str, str] = {}
    counted: Counter[str] = Counter()
    held = list(sittings)
    sent = requests_for(one.number for one in held)
    for one in held:
        here = {each["number"]: each["name"] for each in one.invigilators}
        asked = sent_now(sent[one.number]) if one.number in sent else []
        here |= {each.member.person.number: each.member.person.name for each in asked}
        here.pop(person.number, None)
        names |= here
        counted.update(here.keys())
    return [(number, names[number], many) for number, many in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]


def held_in_room(room_id: int, since: datetime, until: datetime, body: "Body | None") -> QuerySet[Sitting]:
    """This function will give the sittings held in a room at some time."""
    held = _sittings().filter(room_id=room_id, opened_at__isnull=False, opened_at__lt=until)
    return _own(held.filter(Q(closed_at__isnull=True) | Q(closed_at__gt=since)), body)


def plan_numbers(body: "Body") -> QuerySet[Plan, str]:
    """This function will give the numbers of a body's plans, as a query to look into."""
    return Plan.objects.filter(body=body).order_by().values_list("number", flat=True)


def _sittings() -> QuerySet[Sitting]:
    return Sitting.objects.select_related(*_READ).order_by("-starts_at", "number")


def _own(rows: QuerySet[Sitting], body: "Body | None") -> QuerySet[Sitting]:
    return rows.filter(plan__body=body) if body is not None else rows
