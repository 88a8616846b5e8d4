"""评价机构查询: which bodies, venues, rooms and staff are there on a day?"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from touchstone.accounts.actor import Actor
from touchstone.bodies import permissions
from touchstone.bodies.models import (
    Agreement,
    Apprenticeship,
    Body,
    BodySet,
    Commission,
    EnterpriseStandard,
    ExpiryEvaluation,
    FormerFact,
    ModelStanding,
    Pilot,
    Room,
    RosterImport,
    RosterImportRow,
    StaffMember,
    Student,
    Subsidiary,
    Venue,
    Worker,
)
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.kernel.periods import Period
from touchstone.policy.documents import notice
from touchstone.policy.pilots import PilotKind
from touchstone.policy.roles import BodyKind, Ownership

if TYPE_CHECKING:
    from touchstone.accounts.models import Person

M = TypeVar("M", bound=Model)
DUTIES = StaffMember.Duty.choices
TENURES = Venue.Tenure.choices
PURPOSES = Room.Purpose.choices
KINDS = [(kind.value, kind.label) for kind in BodyKind]
OWNERSHIPS = [(ownership.value, ownership.label) for ownership in Ownership]
BodyRow = Body
BodyVenue = Venue
BodyRoom = Room
StandingRow = ModelStanding
StudentRow = Student
WorkerRow = Worker
SubsidiaryRow = Subsidiary
AgreementRow = Agreement
CommissionRow = Commission
RosterRun = RosterImport
PilotRow = Pilot
PILOT_KINDS = Pilot.Kind.choices
ROSTER_OUTCOMES = RosterImportRow.Outcome.choices
StaffSet = QuerySet[StaffMember]
VenueSet = QuerySet[Venue]


def body(number: str, actor: Actor | None = None) -> Body:
    """This function will give a body by its number. :raises Body.DoesNotExist: :raises NotAllowed: when not on the actor's ground."""
    found = Body.objects.select_related("office").get(number=number)
    if actor is not None:
        permissions.check_may_see(actor, found)
    return found


def bodies_named(numbers: Iterable[str]) -> QuerySet[Body]:
    """This function will give the bodies with these numbers, by number."""
    return Body.objects.select_related("office").filter(number__in=list(numbers)).order_by("number")


def rooms_compared() -> QuerySet[Room, Any]:
    """This function will give every room as a comparison of data reads it."""
    return Room.objects.order_by("pk").values("pk", "seats", venue_number=F("venue__number"), body=F("venue__body__number"))


def own_body(actor: Actor) -> Body:
    """This function will give the body in whose office the actor acts. :raises Body.DoesNotExist:"""
    return Body.objects.select_related("office").get(office_id=actor.office_id)


def bodies(actor: Actor | None = None) -> BodySet:
    """This function will give the bodies on the actor's ground (every body when no actor is named), by number."""
    found = Body.objects.order_by("number")
    return found.visible_to(actor) if actor is not None else found


def registered_in(district: str) -> QuerySet[Body, Any]:
    """This function will give the keys of the bodies registered in a district."""
    return Body.objects.filter(district=district).values("pk")


def lying_in(district: str) -> QuerySet[Venue, Any]:
    """This function will give the keys of the venues that lie in a district, those no longer in use among them."""
    return Venue.objects.filter(district=district).values("pk")


def search(text: str) -> BodySet:
    """This function will give the bodies whose name holds `text`, or whose credit code or number is `text`."""
    text = text.strip()
    key = name_key(text)
    if not key:
        return Body.objects.order_by("number")
    return Body.objects.filter(Q(name_key__holds=key) | Q(uscc=text.upper()) | Q(number=text.upper())).order_by("number")


NAMED_AT_ONCE = 2_000
"""So many bodies are looked for by their keys, which every list has an index of; where a name fits more, the newest rows are simply read."""


def named(text: str, path: str = "body") -> Q:
    """This function will give the condition by which a row is about a body whose name holds `text`; `path` leads from the row to the body."""
    key = name_key(text)
    found = list(Body.objects.filter(name_key__holds=key).order_by().values_list("pk", flat=True)[: NAMED_AT_ONCE + 1])
    return Q(**{f"{path}__name_key__holds": key}) if len(found) > NAMED_AT_ONCE else Q(**{f"{path}__in": found})


def is_known_uscc(uscc: str) -> bool:
    """This function will say whether a body with this credit code has been registered."""
    return Body.objects.filter(uscc=uscc).exists()


def body_with_uscc(uscc: str) -> Body | None:
    """This function will give the body with a credit code; None when there is none."""
    return Body.objects.select_related("office").filter(uscc=uscc).first()


def body_told(text: str) -> Body | None:
    """This function will give the body of this very number, credit code or whole name; None when there is none. It reads by index only."""
    text = text.strip()
    known = Q(number=text.upper()) | Q(uscc=text.upper())
    return Body.objects.filter(known).first() or Body.objects.filter(name_key=name_key(text) or "-").order_by("number").first()


def body_with_name(name: str) -> Body | None:
    """This function will give a body of this very name; None when there is none."""
    return Body.objects.filter(name_key=name_key(name)).first()


def body_with_site_code(code: str) -> Body | None:
    """This function will give the body that holds a site code; None when nobody does."""
    return Body.objects.filter(site_code=code).first()


def venue(number: str) -> Venue:
    """This function will give a venue by its number. :raises Venue.DoesNotExist:"""
    return Venue.objects.select_related("body__office").get(number=number)


def venues() -> VenueSet:
    """This function will give every venue there ever was, with its body, by number."""
    return Venue.objects.select_related("body").order_by("number")


def venues_of(body: Body, day: date | None = None) -> QuerySet[Venue]:
    """This function will give the venues of a body in use on `day` (all when none), with the number of rooms and seats in use."""
    found = body.venues.annotate(open_rooms=Count("rooms", filter=Q(rooms__until__isnull=True))).order_by("number")
    return _standing(found, day, begins=False)


def rooms_of(venue: Venue, day: date | None = None) -> QuerySet[Room]:
    """This function will give the rooms of a venue in use on `day` (all when none)."""
    return _standing(venue.rooms.order_by("name", "id"), day, begins=False)


def rooms_of_body(body: Body, day: date) -> QuerySet[Room]:
    """This function will give every room in use on `day` at the body's venues."""
    found = Room.objects.filter(venue__body=body).filter(Q(venue__until__isnull=True) | Q(venue__until__gt=day))
    return _standing(found.select_related("venue").order_by("venue__number", "name"), day, begins=False)


def staff_of(body: Body, day: date | None = None, duty: str = "") -> QuerySet[StaffMember]:
    """This function will give the people serving a body on `day` (ever, when none), of one duty when named."""
    found = body.staff.select_related("person", "occupation").order_by("duty", "person__name_key", "id")
    return _standing(found.filter(duty=duty) if duty else found, day, begins=True)


def assessors_ever(bodies: Iterable[int]) -> dict[tuple[int, str], list[StaffMember]]:
    """This function will give everybody who ever served some bodies (by key) as assessor, by body and number of the person; one query."""
    found: dict[tuple[int, str], list[StaffMember]] = {}
    rows = StaffMember.objects.filter(body__in=set(bodies), duty=StaffMember.Duty.ASSESSOR).select_related("person", "occupation")
    for one in rows.order_by("since", "id"):
        found.setdefault((one.body_id, one.person.number), []).append(one)
    return found


def staff_ended(person: "Person") -> list[date]:
    """This function will give the days on which a person left a duty or a post with any body."""
    ended = StaffMember.objects.filter(person=person, until__isnull=False).values_list("until", flat=True)
    left = Worker.objects.filter(person=person, until__isnull=False).values_list("until", flat=True)
    return [day for day in (*ended, *left) if day is not None]


def staff_counts(body: Body, day: date) -> dict[str, int]:
    """This function will count the people of each duty on `day`; a duty without anyone counts 0."""
    found = dict(staff_of(body, day).order_by().values_list("duty").annotate(count=Count("person", distinct=True)))
    return {duty.value: found.get(duty.value, 0) for duty in StaffMember.Duty}


def districts_of(body: Body, day: date) -> list[str]:
    """This function will give the districts in which the body's venues lie on `day`; an empty code is outside the city."""
    return sorted(set(venues_of(body, day).values_list("district", flat=True)))


def model_standings(body: Body | None = None) -> QuerySet[ModelStanding]:
    """This function will give every standing as a model (of one body, when named), the latest first."""
    found = ModelStanding.objects.select_related("body", "named_by__person").order_by("-since", "-id")
    return found if body is None else found.filter(body=body)


def model_on(body: Body, day: date) -> ModelStanding | None:
    """This function will give a body's standing as a model on `day`, if it has one."""
    return model_standings(body).filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day).first()


def is_model_on(day: date, path: str = "pk") -> Exists:
    """This function will say, in a query, whether a body is a model on `day`; `path` leads from the row to the body."""
    return Exists(ModelStanding.objects.filter(Q(until__isnull=True) | Q(until__gt=day), body=OuterRef(path), since__lte=day))


def former_facts(body: Body) -> QuerySet[FormerFact]:
    """This function will give what a body was before, the latest first."""
    return FormerFact.objects.filter(body=body).order_by("-until", "-id")


def employers_commissioning(bodies: Iterable[int], since: date, until: date) -> dict[int, int]:
    """This function will count, for each of some bodies (by key), the firms whose commission stood on any day from `since` to `until`."""
    ends = Coalesce("ended_on", "until")
    found = Commission.objects.filter(body_id__in=list(bodies), since__lte=until).annotate(ends=ends).filter(ends__gt=since).order_by()
    return dict(found.values_list("body_id").annotate(many=Count("client_uscc", distinct=True)))


def kind_on(day: date, path: str = "") -> Coalesce:
    """This function will give, in a query, the kind a body was of on `day`; `path` leads from the row to the body, such as `filing__body`."""
    former = FormerFact.objects.filter(body=OuterRef(path or "pk"), until__gt=day).order_by("until").values("kind")[:1]
    return Coalesce(Subquery(former), F(f"{path}__kind" if path else "kind"))


def students_by_person(body: Body, people: Iterable[int]) -> Mapping[int, list[Student]]:
    """This function will give, by person, every row a body's student registers ever had of them, the newest first."""
    found: dict[int, list[Student]] = {}
    for row in body.students.filter(person_id__in=list(people)).select_related("agreement").order_by("-enrolled_on", "-id"):
        found.setdefault(row.person_id, []).append(row)
    return found


def workers_by_person(body: Body, people: Iterable[int]) -> Mapping[int, list[Worker]]:
    """This function will give, by person, every row a body's register of staff ever had of them, the newest first."""
    found: dict[int, list[Worker]] = {}
    for row in body.workers.filter(person_id__in=list(people)).select_related("subsidiary").order_by("-since", "-id"):
        found.setdefault(row.person_id, []).append(row)
    return found


def employers_of(person: "Person", day: date) -> QuerySet[Worker, Any]:
    """This function will give the keys of the bodies with whom a person is in post on `day`."""
    return _standing(Worker.objects.filter(person=person), day, begins=True).order_by().values("body_id")


def worker_on(body: Body, person_id: int, day: date) -> Worker | None:
    """This function will give a person's row on a body's register of staff, if they are in post on `day`."""
    return _standing(body.workers.filter(person_id=person_id), day, begins=True).select_related("person").first()


def keeps_staff_register(body: Body, day: date) -> bool:
    """This function will say whether the body has entered anybody as in post on `day`."""
    return _standing(body.workers.all(), day, begins=True).exists()


def workers_of(body: Body) -> QuerySet[Worker]:
    """This function will give every row of a body's register of staff, those in post first."""
    return body.workers.select_related("person", "subsidiary").order_by(F("until").desc(nulls_first=True), "person__name_key", "id")


def students_of(body: Body, agreement: Agreement | None = None) -> QuerySet[Student]:
    """This function will give the rows of a school's own register, or of the roster under an agreement; those still there first."""
    found = body.students.filter(agreement=agreement).select_related("person", "agreement")
    return found.order_by(F("left_on").desc(nulls_first=True), "person__name_key", "id")


def all_students_of(body: Body) -> QuerySet[Student]:
    """This function will give the rows of all of a body's student registers, its own and those under agreements; those still there first."""
    return body.students.select_related("person", "agreement").order_by(F("left_on").desc(nulls_first=True), "person__name_key", "id")


def student(key: int, body: Body) -> Student | None:
    """This function will give a row of the body's student registers, its own or under an agreement; None when it is not the body's."""
    return body.students.select_related("person", "agreement").filter(pk=key).first()


def subsidiaries_with_workers(body: Body) -> QuerySet[Subsidiary]:
    """This function will give a body's subsidiaries with `workers_now`: how many of their people are entered as in post."""
    return body.subsidiaries.annotate(workers_now=Count("workers", filter=Q(workers__until__isnull=True))).order_by("number")


def agreements_with_students(body: Body) -> QuerySet[Agreement]:
    """This function will give a body's agreements, the latest first, with `students_now`: how many stand on the roster of each."""
    found = body.agreements.select_related("school_body").annotate(students_now=Count("students", filter=Q(students__left_on__isnull=True)))
    return found.order_by("-since", "-number")


def body_of_entry(number: str) -> Body:
    """This function will give the body whose entry of a register, or import of a roster, this is. :raises Refusal: for an unknown number."""
    kind, rest = number[:2], number[2:]
    by_number = {
        "XY": "agreements", "WT": "commissions", "XS": "subsidiaries", "SD": "pilots", "QB": "enterprise_standards",
        "XT": "apprenticeships", "MC": "roster_imports", "KB": "pilots__course_batches",
    }  # fmt: skip
    by_key = {"ZG": "workers", "XJ": "students"}
    found: Body | None = None
    if kind in by_number:
        found = Body.objects.select_related("office").filter(**{f"{by_number[kind]}__number": number}).first()
    elif kind in by_key and rest.isdigit():
        found = Body.objects.select_related("office").filter(**{f"{by_key[kind]}__pk": int(rest)}).first()
    if found is None:
        raise Refusal(f"没有编号为“{number[:20]}”的登记。", notice("二(一)"), "请从列表中打开。")
    return found


def roster_imports_of(body: Body, roster: str, agreement: Agreement | None = None) -> QuerySet[RosterImport]:
    """This function will give the workbooks taken in for a register, the newest first."""
    return body.roster_imports.filter(roster=roster, agreement=agreement).select_related("run_by__person").order_by("-id")


def all_roster_imports_of(body: Body) -> QuerySet[RosterImport]:
    """This function will give every workbook taken in for a body's registers, the newest first."""
    return body.roster_imports.select_related("run_by__person", "agreement").order_by("-id")


def unfinished_rosters(before: datetime) -> list[str]:
    """This function will give the numbers of rosters that came before a moment and are neither done nor given up."""
    found = RosterImport.objects.filter(finished_at__isnull=True, failed_because="", run_at__lt=before)
    return list(found.values_list("number", flat=True))


def rows_of_roster(run: RosterImport) -> QuerySet[RosterImportRow]:
    """This function will give what came of every row of a roster."""
    return run.rows.order_by("row_number")


def population_counts(body: Body, day: date) -> dict[str, int]:
    """This function will count what stands in each of a body's registers on `day`: people, papers in force, subsidiaries, pilots."""
    in_force = Q(since__lte=day, until__gt=day) & (Q(ended_on__isnull=True) | Q(ended_on__gt=day))
    return {
        "workers": _standing(body.workers.all(), day, begins=True).count(),
        "agreements": body.agreements.filter(in_force).count(),
        "commissions": body.commissions.filter(in_force).count(),
        "students": body.students.filter(agreement=None).filter(Q(left_on__isnull=True) | Q(left_on__gt=day), graduates_on__gt=day).count(),
        "subsidiaries": _standing(body.subsidiaries.all(), day, begins=True).count(),
        "pilots": body.pilots.filter(in_force).count(),
        "apprentices": body.apprenticeships.filter(ended_on__isnull=True, fixed_on__isnull=True).count(),
        "enterprise_standards": _standing(body.enterprise_standards.all(), day, begins=True).count(),
    }


def pilots(actor: Actor | None = None) -> QuerySet[Pilot]:
    """This function will give the pilots of the bodies on the actor's ground (all when no actor is named), the newest first."""
    found = Pilot.objects.select_related("body", "approved_by__person").order_by("-since", "-number")
    return found.filter(body__in=Body.objects.visible_to(actor)) if actor is not None else found


def pilot(number: str, actor: Actor) -> Pilot | None:
    """This function will give a pilot on the actor's ground; None when there is none."""
    return pilots(actor).filter(number=number).first()


def pilot_terms(body: Body, kind: PilotKind) -> list[tuple[Period, list[str]]]:
    """This function will give term and occupations of each pilot of one kind of a body."""
    return [(Period(one.since, one.ended_on or one.until), one.occupations) for one in body.pilots.filter(kind=kind.value)]


def pilot_of(body: Body, kind: PilotKind, occupation: str, day: date) -> Pilot | None:
    """This function will give a body's pilot of one kind that covers an occupation on `day`; None when there is none."""
    found = body.pilots.filter(kind=kind.value, occupations__contains=[occupation], since__lte=day, until__gt=day)
    return found.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day)).order_by("since").first()


def enterprise_standards_of(body: Body) -> QuerySet[EnterpriseStandard]:
    """This function will give an enterprise's own standards, those in force first."""
    return body.enterprise_standards.order_by(F("until").desc(nulls_first=True), "code", "id")


def apprentices_of(body: Body) -> QuerySet[Apprenticeship]:
    """This function will give every row of an enterprise's register of apprentices, those whose term ends first before."""
    return body.apprenticeships.select_related("person").order_by(F("fixed_on").desc(nulls_first=True), "until", "number")


def apprenticeship_named(number: str) -> Apprenticeship | None:
    """This function will give the apprenticeship with this number; None where there is none."""
    return Apprenticeship.objects.select_related("person", "body").filter(number=number).first()


def apprenticeships_by_person(body: Body, people: Iterable[int]) -> Mapping[int, Apprenticeship]:
    """This function will give, by person, the apprenticeship with a body that counts: one that is open, else the latest."""
    rows = body.apprenticeships.filter(person_id__in=list(people)).order_by("since", "id")
    found: dict[int, Apprenticeship] = {}
    for row in rows:
        known = found.get(row.person_id)
        if known is None or (row.ended_on is None and row.fixed_on is None) or known.ended_on is not None:
            found[row.person_id] = row
    return found


def subsidiaries_of(body: Body, day: date | None = None) -> QuerySet[Subsidiary]:
    """This function will give the subsidiaries a body has on `day`, or every one it ever entered, by number."""
    return _standing(body.subsidiaries.order_by("number"), day, begins=True)


def agreements_of(body: Body) -> QuerySet[Agreement]:
    """This function will give every cooperation agreement of a body, by number."""
    return body.agreements.select_related("school_body").order_by("number")


def commissions_of(body: Body) -> QuerySet[Commission]:
    """This function will give every commission of a body, by number."""
    return body.commissions.order_by("number")


def expiry_evaluation(filing: str) -> ExpiryEvaluation | None:
    """This function will give the latest end-of-filing evaluation (备案期满评估) of a filing, by its number; None when there is none."""
    return ExpiryEvaluation.objects.filter(filing=filing).order_by("-evaluated_on", "-id").first()


def former_names(body: Body) -> list[FormerFact]:
    """This function will give the names a body had before, the latest first."""
    return [fact for fact in body.former_facts.order_by("-until", "-id") if fact.name != body.name]


def next_free_site_code(last: int = 0, kept: Iterable[str] = ()) -> str:
    """This function will suggest the lowest six-digit site code above `last` that no body has and that is not `kept` for one."""
    taken = {*Body.objects.filter(site_code__isnull=False).values_list("site_code", flat=True), *kept}
    return next(code for code in (f"{number:06d}" for number in range(last + 1, 1_000_000)) if code not in taken)


def _standing(found: QuerySet[M], day: date | None, *, begins: bool) -> QuerySet[M]:
    if day is None:
        return found
    found = found.filter(Q(until__isnull=True) | Q(until__gt=day))
    return found.filter(since__lte=day) if begins else found


def ties_of_people(people: Iterable[int], bodies: Iterable[int], left_since: date) -> set[tuple[int, int]]:
    """This function will give (person, body) for those of some people (by key) who serve one of some bodies, or did until `left_since` or later."""
    rows = StaffMember.objects.filter(person__in=list(people), body__in=list(bodies))
    return set(rows.filter(Q(until__isnull=True) | Q(until__gte=left_since)).values_list("person_id", "body_id"))


def standing_districts(bodies: Iterable[int], day: date) -> dict[int, list[str]]:
    """This function will give, by key of the body, the districts where its venues stand on `day`."""
    found: dict[int, list[str]] = {}
    rows = Venue.objects.filter(Q(until__isnull=True) | Q(until__gt=day), body__in=list(bodies), since__lte=day).exclude(district="")
    for body, district in rows.order_by("body_id", "district").values_list("body_id", "district").distinct():
        found.setdefault(body, []).append(district)
    return found
