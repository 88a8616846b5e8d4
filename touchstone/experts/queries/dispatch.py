"""派遣查询: who was asked for and sent, and what is known of everybody who might be?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, DateField, F, Prefetch, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.timezone import localtime, make_aware
from psycopg.types.range import TimestamptzRange

from touchstone.accounts.actor import Actor
from touchstone.accounts.people import field_key
from touchstone.accounts.queries import finding_of, restrictions_on
from touchstone.experts.models import Assignment, DispatchDraw, DispatchRequest, Qualification, Tie, Unavailable
from touchstone.experts.queries import qualified
from touchstone.experts.states import ENGAGED, AssignmentState, RequestState
from touchstone.kernel.numbers import name_key
from touchstone.kernel.rules import Finding, Outcome
from touchstone.policy.experts.dispatch import is_free, may_judge, month_not_full, turn_has_come
from touchstone.policy.experts.kinds import MemberKind
from touchstone.policy.experts.standing import refusals_are_few
from touchstone.policy.roles import OfficeKind
from touchstone.policy.violations.acts import Party

if TYPE_CHECKING:
    from touchstone.accounts.models import Office, Restriction, User
    from touchstone.experts.models import Member

RequestRows = QuerySet[DispatchRequest]
STATES_OF_REQUEST = {
    RequestState.ASKED: ("待派遣", "info"),
    RequestState.DISPATCHED: ("已派遣", "ok"),
    RequestState.IMPOSSIBLE: ("无法派遣", "danger"),
    RequestState.CANCELLED: ("已取消", "neutral"),
}
RESERVE = "reserve"
"""The slot of whoever is drawn beyond those asked for, to review what the others did."""
_LATELY = timedelta(days=90)
_HERE = tuple(ENGAGED)
_PLACE = "experts_dispatchrequest|{number}|secret"


def requests(actor: Actor) -> RequestRows:
    """This function will give the requests an actor may see: the centre and the bureau all; a district those of venues and bodies on its ground; a
    body its own; newest sitting first."""
    rows = DispatchRequest.objects.select_related("body", "venue", "occupation").order_by("-starts_at", "-id")
    rows = rows.annotate(sent=Count("assignments", filter=Q(assignments__state__in=_HERE)))
    kind = actor.office_kind
    if actor.is_platform or kind in {OfficeKind.CITY_CENTRE, OfficeKind.CITY_BUREAU}:
        return rows
    if kind is OfficeKind.DISTRICT_BUREAU:
        return rows.filter(Q(district=actor.district) | Q(body__district=actor.district))
    if kind is OfficeKind.ASSESSMENT_BODY:
        return rows.filter(body__office_id=actor.office_id, corps_of=None)  # who comes to watch comes unannounced
    return rows.none()


def request(number: str, actor: Actor) -> DispatchRequest | None:
    """This function will give a request the actor may see; None where there is none."""
    return requests(actor).filter(number=number).first()


def request_for(case: str) -> DispatchRequest | None:
    """This function will give the standing request made for a case (a sitting's number); None where there is none."""
    return requests_for([case]).get(case)


def requests_for(cases: Iterable[str]) -> dict[str, DispatchRequest]:
    """This function will give the standing requests for assessors of several cases, by case, with their assignments."""
    rows = DispatchRequest.objects.filter(case__in=list(cases), corps_of=None).exclude(state=RequestState.CANCELLED)
    return {one.case: one for one in rows.prefetch_related(Prefetch("assignments", queryset=_with_person()))}


def supervisions_for(cases: Iterable[str], actor: Actor) -> dict[str, DispatchRequest]:
    """This function will give the standing requests of several cases for supervisors of the actor's office, by case."""
    rows = requests(actor).filter(case__in=list(cases), corps_of=actor.office_id or 0).exclude(state=RequestState.CANCELLED)
    return {one.case: one for one in rows}


def _with_person() -> QuerySet[Assignment]:
    return Assignment.objects.select_related("member__person", "member__body", "qualification").order_by("-leads", "id")


def sent_now(found: DispatchRequest) -> list[Assignment]:
    """This function will give who is sent as it stands, the leader first."""
    return [one for one in found.assignments.all() if one.state in ENGAGED]


def cases_sent_to(person_id: int) -> QuerySet[Assignment, str]:
    """This function will give the cases (sittings' numbers) to which a person is sent as it stands, as a query to look into."""
    rows = Assignment.objects.filter(member__person_id=person_id, state__in=_HERE)
    return rows.exclude(request__state=RequestState.CANCELLED).values_list("request__case", flat=True)


def cases_watched() -> QuerySet[Assignment, str]:
    """This function will give the cases (sittings' numbers) to which an office's external supervisors were sent, as a query to look into."""
    rows = Assignment.objects.filter(request__corps_of__isnull=False, state__in=_HERE).exclude(request__state=RequestState.CANCELLED)
    return rows.values_list("request__case", flat=True)


def assignments_in(found: DispatchRequest) -> QuerySet[Assignment]:
    """This function will give every assignment ever made for a request, those who stand first."""
    return _with_person().filter(request=found)


def assignment(number: str) -> Assignment | None:
    """This function will give an assignment by its number."""
    rows = Assignment.objects.select_related("request__body", "request__venue", "request__occupation", "member__person__user", "qualification")
    return rows.filter(number=number).first()


def draws_of(found: DispatchRequest) -> QuerySet[DispatchDraw]:
    """This function will give the draws made for a request, in order."""
    return DispatchDraw.objects.filter(request=found).select_related("request").order_by("sequence")


def empty_places(found: DispatchRequest) -> list[str]:
    """This function will name the slot of every place for which somebody was drawn who does not come, and nobody stands now."""
    if found.state != RequestState.DISPATCHED:
        return []
    held = Counter(Assignment.objects.filter(request=found, state__in=_HERE).values_list("slot", flat=True))
    return [slot["slot"] for slot in found.slots for _ in range(int(slot["count"]) - held[slot["slot"]])]


def sealed(secret: bytes, number: str) -> bytes:
    """This function will seal the secret of a request's draws for keeping."""
    return field_key().seal_bytes(secret, _PLACE.format(number=number))


def secret_of(found: DispatchRequest) -> bytes:
    """This function will open the secret of a request's draws, for drawing."""
    return field_key().open_bytes(bytes(found.secret_sealed), _PLACE.format(number=found.number))


def record_opens(found: DispatchRequest, at: datetime) -> bool:
    """This function will say whether nobody can be drawn for a request any more, so that its secret gives nothing away."""
    return found.starts_at <= at or found.state == RequestState.CANCELLED


def record_of(drawn: DispatchDraw, at: datetime) -> dict[str, Any] | None:
    """This function will give the record from which anyone may draw again, with the secret; None while the same secret rules draws to come."""
    if not record_opens(drawn.request, at):
        return None
    return {**drawn.record, "secret": secret_of(drawn.request).hex()}


def waiting_to_be_drawn(at: datetime) -> list[str]:
    """This function will give the numbers of the requests for which nobody has drawn yet and which have not begun."""
    rows = DispatchRequest.objects.filter(state=RequestState.ASKED, starts_at__gt=at)
    return list(rows.order_by("starts_at").values_list("number", flat=True)[:200])


def over_lately(at: datetime) -> list[str]:
    """This function will give the numbers of the requests with a promised secret that began, or were to begin, within the last month."""
    rows = DispatchRequest.objects.filter(starts_at__lte=at, starts_at__gt=at - timedelta(days=31)).exclude(commitment="")
    return list(rows.order_by("starts_at").values_list("number", flat=True))


def users_sent(subject: str, sent: "Iterable[str]") -> "list[User]":
    """This function will give the log-ins of those whom a line of the ledger is about: of one assignment, or of those a draw sent (by number)."""
    numbers = list(sent) or [subject]
    rows = Assignment.objects.filter(number__in=numbers).select_related("member__person__user")
    users = [getattr(one.member.person, "user", None) for one in rows]
    return [user for user in users if user is not None and user.is_active]


def asking_office(number: str) -> "Office":
    """This function will give the office that asked for people: the body's, or the one whose supervisors are sent."""
    found = DispatchRequest.objects.select_related("body__office", "corps_of").get(number=number)
    return found.corps_of or found.body.office


@dataclass
class Known:
    """What is known of one member who is qualified for a slot, for one request."""

    member: "Member"
    qualification: "Qualification"
    relations: list[str] = field(default_factory=list)
    away: bool = False
    engaged: bool = False
    this_month: int = 0
    lately: int = 0
    in_a_row: int = 0
    refusals: int = 0
    of_the_body: bool = False
    was_last: bool = False
    restriction: "Restriction | None" = None

    def findings(self, day: date) -> dict[str, Finding]:
        """This method will say, rule by rule, whether the member may be sent; each under the word by which those it keeps away are counted."""
        return {
            "回避": may_judge(self.relations),
            "当时不能承担": is_free(self.away, self.engaged),
            "连续次数已满": turn_has_come(self.in_a_row, day),
            "当月次数已满": month_not_full(self.this_month, self.member.per_month, day),
            "限制参加": finding_of(self.restriction, Party.STAFF, day),
            "推辞过多": refusals_are_few(self.refusals, day),
        }


def known_for(found: DispatchRequest, kinds: Iterable[MemberKind]) -> list[Known]:
    """This function will gather everybody qualified for a request as one of these kinds, by number, in a fixed number of queries; supervisors watch
    any occupation at any level, for the office whose they are."""
    day = localtime(found.starts_at).date()
    code = found.occupation.code if found.occupation else ""
    people: dict[int, Known] = {}
    if found.corps_of_id is None:
        rows = qualified(day, kinds=kinds, occupation=code, level=found.level)
    else:
        rows = qualified(day, kinds=kinds).filter(office=found.corps_of_id)
    for held in rows.select_related("member__body"):
        people.setdefault(held.member_id, Known(held.member, held))
    away = restrictions_on([one.member.person_id for one in people.values()], Party.STAFF, day)
    for one in people.values():
        one.restriction = away.get(one.member.person_id)
    _relations(found, people, day)
    _time(found, people)
    _turns(found, people)
    return [people[key] for key in sorted(people, key=lambda key: people[key].member.number)]


def _relations(found: DispatchRequest, people: dict[int, Known], day: date) -> None:
    """Ties declared, employer, colleagues, and candidates who are themselves of the corps."""
    bodies, persons = set(found.recuse_from.get("bodies", [])), set(found.recuse_from.get("persons", []))
    employers = set(found.recuse_from.get("employers", []))
    for key, known in people.items():
        member = known.member
        if member.body_id in bodies:
            known.of_the_body = True
        elif member.employer and name_key(member.employer) in employers:
            people[key].relations.append("考生的同事")
        if member.person_id in persons:
            known.relations.append("本人参加本次评价")
    ties = Tie.objects.filter(member__in=people, since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))
    for tie in ties.filter(Q(body__in=bodies) | Q(person__in=persons)):
        known = people[tie.member_id]
        if tie.kind == Tie.Kind.EMPLOYER:
            known.of_the_body = True
        else:
            known.relations.append(tie.get_kind_display())


def _time(found: DispatchRequest, people: dict[int, Known]) -> None:
    """Days blocked, other sittings at that time, how often this month and lately, refusals of a year."""
    day = localtime(found.starts_at).date()
    blocked = Unavailable.objects.filter(member__in=people, since__lte=localtime(found.ends_at).date(), until__gt=day)
    for key in blocked.values_list("member_id", flat=True):
        people[key].away = True
    rows: Any = Assignment.objects.filter(member__in=people)
    standing = rows.filter(state__in=_HERE)
    during = TimestamptzRange(found.starts_at, found.ends_at)
    for key in standing.filter(period__overlap=during).exclude(request=found).values_list("member_id", flat=True):
        people[key].engaged = True
    month = standing.filter(request__starts_at__year=day.year, request__starts_at__month=day.month)
    for key, count in month.values_list("member_id").annotate(Count("pk")):
        people[key].this_month = count
    lately = standing.filter(request__starts_at__gte=found.starts_at - _LATELY, request__starts_at__lt=found.starts_at)
    for key, count in lately.values_list("member_id").annotate(Count("pk")):
        people[key].lately = count
    refused = rows.filter(state=AssignmentState.REFUSED, answered_at__gt=found.asked_at - timedelta(days=365)).exclude(refusal_accepted=True)
    for key, count in refused.values_list("member_id").annotate(Count("pk")):
        people[key].refusals = count


def _turns(found: DispatchRequest, people: dict[int, Known]) -> None:
    """How often in a row up to now each was at this body, counted over its last days of judging; and who was there last time."""
    earlier = DispatchRequest.objects.filter(
        body=found.body_id, corps_of=found.corps_of_id, state=RequestState.DISPATCHED, starts_at__lt=found.starts_at
    )
    days: dict[date, set[int]] = {}
    for held_on, member in (
        Assignment.objects.filter(request__in=earlier, state__in=_HERE)
        .order_by("-request__starts_at")
        .values_list("request__starts_at", "member_id")[:2000]
    ):
        days.setdefault(localtime(held_on).date(), set()).add(member)
    turns = list(days.values())
    for key, known in people.items():
        known.was_last = bool(turns) and key in turns[0]
        known.in_a_row = next((n for n, there in enumerate(turns) if key not in there), len(turns))


def left_out_by_cause(findings: Iterable[Mapping[str, Finding]]) -> dict[str, int]:
    """This function will count, by the first rule that keeps each from being sent, how many are kept."""
    first = (next((word for word, one in found.items() if one.outcome is not Outcome.MET), None) for found in findings)
    return dict(Counter(word for word in first if word is not None))


def assignments_compared(since: date, until: date) -> QuerySet[Assignment, Any]:
    """This function will give who was sent to judge sittings that begin from `since` until `until` (exclusive), as a comparison of data reads it."""
    begins = {"request__starts_at__gte": _midnight(since), "request__starts_at__lt": _midnight(until)}
    found = Assignment.objects.filter(state__in=ENGAGED, request__corps_of=None, **begins).exclude(request__state=RequestState.CANCELLED)
    return found.order_by("pk").values(
        "number", "period", sitting=F("request__case"), body=F("request__body__number"), venue=F("request__venue__number"),
        occupation_code=F("request__occupation__code"), of_person=F("member__person__number"), of_id_sealed=F("member__person__id_sealed"),
    )  # fmt: skip


def qualifications_compared() -> QuerySet[Qualification, Any]:
    """This function will give every qualification to judge an occupation, as a comparison of data reads it."""
    return Qualification.objects.filter(occupation__isnull=False).order_by("pk").values(
        "number", "since", "until", occupation_code=F("occupation__code"), of_person=F("member__person__number"),
        of_id_sealed=F("member__person__id_sealed"),
    )  # fmt: skip


def months_dispatched() -> list[date]:
    """This function will give the first day of every month in which a sitting was judged by people who were sent."""
    months = DispatchRequest.objects.order_by().annotate(month=TruncMonth("starts_at", output_field=DateField())).values_list("month", flat=True)
    return sorted(set(months.distinct()))


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
