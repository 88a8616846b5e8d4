"""比对查询: what does a comparison of data read of evaluations, and what stands behind the public numbers it names?

Identities stay sealed; whoever writes them out makes an index of each.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, DateField, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import TruncMonth
from django.utils.timezone import make_aware

from touchstone.exams.facts import photo
from touchstone.exams.models import Candidate, Enquiry, Keying, Plan, Seat, SignIn, Sitting
from touchstone.exams.states import CandidateState, EnquiryState
from touchstone.files.queries import fingerprints
from touchstone.policy.eligibility.outside import Register

_OF_PLAN = ("plan__body", "plan__venue", "plan__occupation")


def venue_districts(plans: Iterable[str]) -> dict[str, str]:
    """This function will give, by plan, the district in which its venue lies; nothing for one outside the city."""
    return dict(Plan.objects.filter(number__in=list(plans)).order_by().values_list("number", "venue__district"))


def exam_days(plans: Iterable[str]) -> dict[str, date]:
    """This function will give, by plan, the day of its exam."""
    return dict(Plan.objects.filter(number__in=list(plans)).order_by().values_list("number", "exam_on"))


def photos_kept(candidates: Iterable[str]) -> dict[str, str]:
    """This function will give, by candidate, the SHA-256 of the photo they registered with; nothing for those who gave none."""
    return fingerprints(candidates, photo.LABEL)


def plans_around(numbers: Iterable[str]) -> set[str]:
    """This function will give the plans among some public numbers, and those that candidates and sittings among them belong to."""
    wanted = list(numbers)
    found = set(Plan.objects.filter(number__in=wanted).order_by().values_list("number", flat=True))
    found |= set(Candidate.objects.filter(number__in=wanted).order_by().values_list("plan__number", flat=True).distinct())
    return found | set(Sitting.objects.filter(number__in=wanted).order_by().values_list("plan__number", flat=True).distinct())


def months_of_plans(plans: Iterable[str]) -> dict[str, set[date]]:
    """This function will give, by table, the months in which rows of some plans lie."""
    of = list(plans)
    held = set(_months(Sitting.objects.filter(plan__number__in=of), "starts_at"))
    return {
        "candidates": set(_months(Candidate.objects.filter(plan__number__in=of), "applied_on")),
        "attendances": set(held),
        "sittings": held,
        "scores": set(_months(Plan.objects.filter(number__in=of), "exam_on")),
    }


def plans_named(numbers: Iterable[str]) -> dict[str, Plan]:
    """This function will give the plans with these numbers, each with its body and venue."""
    return {one.number: one for one in Plan.objects.select_related("body", "venue", "occupation").filter(number__in=list(numbers))}


def candidates_named(numbers: Iterable[str]) -> dict[str, Candidate]:
    """This function will give the candidates with these numbers, each with plan, body and venue."""
    return {one.number: one for one in Candidate.objects.select_related(*_OF_PLAN, "person").filter(number__in=list(numbers))}


def sittings_named(numbers: Iterable[str]) -> dict[str, Sitting]:
    """This function will give the sittings with these numbers, each with room, plan, body and venue."""
    return {one.number: one for one in Sitting.objects.select_related(*_OF_PLAN, "room").filter(number__in=list(numbers))}


def candidates_compared(since: date, until: date) -> QuerySet[Candidate, Any]:
    """This function will give those who applied from `since` until `until` (exclusive) as a comparison of data reads them, by number."""
    asked = Enquiry.objects.filter(candidate=OuterRef("pk"), state=EnquiryState.ANSWERED, superseded_at__isnull=True)
    found = Candidate.objects.exclude(state=CandidateState.WITHDRAWN).filter(applied_on__gte=since, applied_on__lt=until).order_by("number")
    return found.values(
        "number", "ground", "employer", "applied_on", of_plan=F("plan__number"), of_body=F("plan__body__number"),
        of_earlier=KT("claims__certificate__number"), school_asked=Exists(asked.filter(register=Register.SCHOOLING)),
        of_person=F("person__number"), of_id_sealed=F("person__id_sealed"),
    )  # fmt: skip


def attendances_compared(since: date, until: date) -> QuerySet[Seat, Any]:
    """This function will give the seats of sittings held from `since` until `until` (exclusive) and noted, by sitting and seat."""
    standing = SignIn.objects.filter(seat=OuterRef("pk"), replaced_at__isnull=True, present=True).exclude(how=SignIn.How.LISTED)
    found = Seat.objects.filter(present__isnull=False, **_held(since, until, "sitting__")).order_by("sitting_id", "seat_number")
    return found.values(
        "pk", "present", of_sitting=F("sitting__number"), starts_at=F("sitting__starts_at"), ends_at=F("sitting__ends_at"),
        of_plan=F("sitting__plan__number"), of_body=F("sitting__plan__body__number"), of_venue=F("sitting__room__venue__number"),
        of_candidate=F("candidate__number"), signed_at=Subquery(standing.values("noted_at")[:1]),
        signed_with=Subquery(standing.values("device")[:1]), written_in=F("script__devices"),
        of_person=F("candidate__person__number"), of_id_sealed=F("candidate__person__id_sealed"),
    )  # fmt: skip


def sittings_compared(since: date, until: date) -> QuerySet[Sitting, Any]:
    """This function will give the sittings held from `since` until `until` (exclusive), by number."""
    return Sitting.objects.filter(**_held(since, until)).order_by("number").values(
        "number", "part", "starts_at", "ends_at", "room_id", of_plan=F("plan__number"), of_body=F("plan__body__number"),
        of_venue=F("room__venue__number"), of_seats=F("room__seats"),
    )  # fmt: skip


def scores_compared(since: date, until: date) -> QuerySet[Keying, Any]:
    """This function will give the scores that people typed one by one, of plans examined from `since` until `until` (exclusive), and when; those that
    came with a whole workbook at one moment say nothing of how fast anybody typed."""
    found = Keying.objects.filter(replaced_at__isnull=True, candidate__plan__exam_on__gte=since, candidate__plan__exam_on__lt=until)
    return found.order_by("pk").values(
        "pk", "part", "value", "typed_at", "typed_by_id", candidate_number=F("candidate__number"), plan=F("candidate__plan__number"),
        exam_on=F("candidate__plan__exam_on"),
    )  # fmt: skip


def plans_compared() -> QuerySet[Plan, Any]:
    """This function will give every plan that was reported: the days of its sittings, and how many take part in it."""
    taking_part = Q(candidates__isnull=False) & ~Q(candidates__state=CandidateState.WITHDRAWN)
    held = Sitting.objects.filter(plan=OuterRef("pk")).order_by().values("plan")
    return Plan.objects.filter(reported_at__isnull=False).order_by("number").values("number", "exam_on", body_number=F("body__number")).annotate(
        registered=Count("candidates", filter=taking_part),
        first_at=Subquery(held.annotate(at=Min("starts_at")).values("at")),
        last_at=Subquery(held.annotate(at=Max("starts_at")).values("at")),
    )  # fmt: skip


def answers_compared(register: Register) -> QuerySet[Enquiry, Any]:
    """This function will give what an outside register has answered, with the person it was asked about and what that person claimed."""
    found = Enquiry.objects.filter(register=register, state=EnquiryState.ANSWERED, superseded_at__isnull=True).order_by("pk")
    return found.values(
        "number", "answer", "answered_at", employer=F("candidate__employer"), of_person=F("candidate__person__number"),
        of_id_sealed=F("candidate__person__id_sealed"),
    )  # fmt: skip


def months_compared() -> dict[str, list[date]]:
    """This function will give, by table, the first day of every month that has any row."""
    return {
        "candidates": _months(Candidate.objects.all(), "applied_on"),
        "attendances": _months(Sitting.objects.all(), "starts_at"),
        "sittings": _months(Sitting.objects.all(), "starts_at"),
        "scores": _months(Plan.objects.filter(candidates__keyings__isnull=False), "exam_on"),
    }


def _months(found: QuerySet[Any], column: str) -> list[date]:
    months = found.order_by().annotate(month=TruncMonth(column, output_field=DateField())).values_list("month", flat=True)
    return sorted(set(months.distinct()))


def _held(since: date, until: date, path: str = "") -> dict[str, datetime]:
    return {f"{path}starts_at__gte": _midnight(since), f"{path}starts_at__lt": _midnight(until)}


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
