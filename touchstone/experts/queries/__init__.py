"""队伍查询: who belongs to the corps, who may judge what on a day, who has applied, and which courses are there?"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Case, CharField, Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When

from touchstone.accounts.actor import Actor
from touchstone.catalogue.queries import codes_now, codes_of
from touchstone.experts.facts import blocking, in_force
from touchstone.experts.models import Application, Assignment, Course, Enrolment, Member, Qualification, Standing, Tie, Unavailable
from touchstone.experts.states import ApplicationState
from touchstone.kernel.periods import Period, add_months
from touchstone.ledger.queries import history
from touchstone.parameters.queries import in_force as parameter
from touchstone.policy.experts.kinds import MemberKind
from touchstone.policy.experts.training import FIRST_REMINDER, LAST_REMINDER
from touchstone.policy.filing.changing import reminder_due
from touchstone.policy.roles import OfficeKind

if TYPE_CHECKING:
    from touchstone.accounts.models import User
    from touchstone.bodies.models import Body

MemberRows = QuerySet[Member]
QualificationRows = QuerySet[Qualification]
ApplicationRows = QuerySet[Application]
CourseRows = QuerySet[Course]
KINDS = [(kind.value, kind.label) for kind in MemberKind]
REMINDED = "member.qualification_ending"
"""The ledger line of a reminder; its detail names qualification and months."""
TIE_KINDS = Tie.Kind.choices
STATES_OF_QUALIFICATION = {
    "valid": ("有效", "ok"),
    "suspended": ("暂停", "warn"),
    "removed": ("已取消", "danger"),
    "expired": ("已期满", "neutral"),
    "coming": ("尚未生效", "info"),
}


def members(actor: Actor) -> MemberRows:
    """This function will give the members on the actor's ground, by number."""
    return Member.objects.visible_to(actor).select_related("person", "body").order_by("number")


def member(number: str, actor: Actor) -> Member | None:
    """This function will give a member on the actor's ground; None where there is none."""
    return Member.objects.visible_to(actor).select_related("person__user", "body").filter(number=number).first()


def own_member(actor: Actor) -> Member | None:
    """This function will give the member who acts; None where the actor is none."""
    return Member.objects.select_related("person__user", "body").filter(person__user__pk=actor.user_id or 0).first()


def with_state(found: QualificationRows, day: date) -> QualificationRows:
    """This function will note on each qualification how it stands on a day (`standing_on`: a key of STATES_OF_QUALIFICATION)."""
    measures = Standing.objects.filter(blocking(day), qualification=OuterRef("pk"))
    return found.annotate(
        removed=Exists(measures.filter(measure=Standing.Measure.REMOVAL)),
        suspended=Exists(measures.filter(measure=Standing.Measure.SUSPENSION)),
    ).annotate(
        standing_on=Case(
            When(removed=True, then=Value("removed")),
            When(until__lte=day, then=Value("expired")),
            When(suspended=True, then=Value("suspended")),
            When(since__gt=day, then=Value("coming")),
            default=Value("valid"),
            output_field=CharField(),
        )
    )


def qualifications(actor: Actor, day: date) -> QualificationRows:
    """This function will give the register of the corps on the actor's ground: every qualification ever granted, with how it stands."""
    return with_state(_seen_by(actor), day).order_by("-until", "number")


def _seen_by(actor: Actor) -> QualificationRows:
    rows = Qualification.objects.select_related("member__person", "member__body", "occupation", "office")
    if actor.is_platform or actor.office_kind in {OfficeKind.CITY_CENTRE, OfficeKind.CITY_BUREAU}:
        return rows
    return rows.filter(member__in=Member.objects.visible_to(actor))


def qualifications_of(found: Member, day: date) -> QualificationRows:
    """This function will give a member's qualifications, the latest first, with how each stands on a day."""
    rows = Qualification.objects.filter(member=found).select_related("occupation", "office", "body", "member__person")
    return with_state(rows, day).order_by("-until", "number")


def qualified(
    day: date, *, kinds: Iterable[MemberKind], occupation: str = "", level: int | None = None, body: "Body | None" = None
) -> QualificationRows:
    """This function will give the qualifications with which somebody may be sent on a day: in force, not suspended and not removed; of these kinds,
    for this occupation (by any code it has or had) at this level, of this body's own supervisors where it is named.

    A member who holds several that serve has several rows.
    """
    found = _usable(Qualification.objects.filter(kind__in=[kind.value for kind in kinds]), day)
    if occupation:
        found = found.filter(occupation__code__in=codes_of(occupation))
    if level is not None:
        found = found.filter(highest_level__lte=level)
    if body is not None:
        found = found.filter(body=body)
    return found.select_related("member__person", "occupation", "office").order_by("member__number", "number")


def _usable(found: QualificationRows, day: date) -> QualificationRows:
    return found.filter(in_force(day)).exclude(Exists(Standing.objects.filter(blocking(day), qualification=OuterRef("pk"))))


def fit_on(wanted: Iterable[tuple[int, date]]) -> set[tuple[int, date]]:
    """This function will give those pairs of a qualification (by key) and a day on which it was in force, not suspended and not removed; two
    queries."""
    pairs = set(wanted)
    keys = {key for key, _ in pairs}
    days = {one.pk: Period(one.since, one.until) for one in Qualification.objects.filter(pk__in=keys)}
    stopped: dict[int, list[Period]] = {}
    for one in Standing.objects.filter(qualification__in=keys).exclude(measure=Standing.Measure.WARNING):
        until = one.until if one.measure == Standing.Measure.SUSPENSION else None
        ends = min((day for day in (until, one.lifted_on) if day is not None), default=None)
        stopped.setdefault(one.qualification_id, []).append(Period(one.since, ends))
    return {(key, day) for key, day in pairs if key in days and day in days[key] and not any(day in held for held in stopped.get(key, []))}


def ties_between(judges: Iterable[int], people: Iterable[int]) -> dict[tuple[int, int], Period]:
    """This function will give, by (judge, person), for which days somebody of the corps has a declared tie to a person; both by key of the person."""
    found = Tie.objects.filter(member__person__in=list(judges), person__in=list(people))
    return {(judge, person): Period(since, until) for judge, person, since, until in found.values_list("member__person", "person", "since", "until")}


def qualification(number: str, day: date) -> Qualification | None:
    """This function will give a qualification with how it stands on a day, for anyone who knows its number."""
    return with_state(Qualification.objects.select_related("member__person", "occupation", "office"), day).filter(number=number).first()


def standings_of(found: Member) -> QuerySet[Standing]:
    """This function will give every measure ever taken against a member, the latest first."""
    rows = Standing.objects.filter(qualification__member=found)
    return rows.select_related("qualification", "decided_by__person", "answered_by__person").order_by("-decided_at")


def standing(number: str) -> Standing | None:
    """This function will give a measure by its number."""
    return Standing.objects.select_related("qualification__member__person__user", "qualification__member__body").filter(number=number).first()


def applications(actor: Actor) -> ApplicationRows:
    """This function will give the applications an actor may see: the centre and the bureau all; a district those it checks and those of its
    people; a body those of its people; a member their own. Drafts stay with those who write them."""
    rows = Application.objects.select_related("member__person", "occupation", "office", "body").order_by("-id")
    kind = actor.office_kind
    if kind in {OfficeKind.CITY_CENTRE, OfficeKind.CITY_BUREAU}:
        return rows.exclude(state=ApplicationState.DRAFTED)
    if kind is OfficeKind.DISTRICT_BUREAU:
        ground = Q(office_id=actor.office_id) | Q(member__district=actor.district)
        return rows.filter(ground).exclude(state=ApplicationState.DRAFTED)
    return rows.filter(member__in=Member.objects.visible_to(actor))


def application(number: str, actor: Actor) -> Application | None:
    """This function will give an application the actor may see; None where there is none."""
    return applications(actor).select_related("member__person__user", "member__body").filter(number=number).first()


def applications_of(found: Member) -> ApplicationRows:
    """This function will give a member's applications, the latest first."""
    return Application.objects.filter(member=found).select_related("occupation", "office").order_by("-id")


def courses(actor: Actor) -> CourseRows:
    """This function will give every course, the latest first, with those enrolled counted; a district sees its own and the centre's."""
    rows = Course.objects.select_related("office").annotate(enrolled=Count("enrolments")).order_by("-begins_on", "-id")
    if actor.office_kind is OfficeKind.DISTRICT_BUREAU:
        return rows.filter(Q(office_id=actor.office_id) | Q(office__kind=OfficeKind.CITY_CENTRE))
    return rows


def course(number: str) -> Course | None:
    """This function will give a course by its number, with those enrolled counted."""
    return Course.objects.select_related("office").annotate(enrolled=Count("enrolments")).filter(number=number).first()


def enrolments_in(found: Course) -> QuerySet[Enrolment]:
    """This function will give those enrolled in a course, by number, with the number of the application they are trained for."""
    opened = Application.objects.filter(member=OuterRef("member"), kind=found.kind).order_by("-id")
    rows = Enrolment.objects.filter(course=found).select_related("member__person", "member__body").order_by("member__number")
    return rows.annotate(application=Subquery(opened.values("number")[:1]), application_state=Subquery(opened.values("state")[:1]))


def enrolments_of(found: Member) -> QuerySet[Enrolment]:
    """This function will give the courses a member was or is in, the latest first."""
    return Enrolment.objects.filter(member=found).select_related("course__office").order_by("-course__begins_on")


def courses_open_to(found: Member, day: date) -> CourseRows:
    """This function will give the courses a member may still enrol in: of a kind they were admitted to training for, not begun, with seats."""
    kinds = Application.objects.filter(member=found, state=ApplicationState.IN_TRAINING).values("kind")
    rows = Course.objects.filter(kind__in=kinds, closed_at__isnull=True, begins_on__gte=day).exclude(enrolments__member=found)
    rows = rows.filter(~Q(office__kind=OfficeKind.DISTRICT_BUREAU) | Q(office__district=found.district))
    return rows.select_related("office").annotate(enrolled=Count("enrolments")).filter(enrolled__lt=F("seats")).order_by("begins_on")


def training_of(waiting: Iterable[Application], day: date) -> list[tuple[Application, list[Course], list[Enrolment]]]:
    """This function will set beside each application in training the courses its member may still enrol in for it and those they are or were in, the
    latest first; in three queries, however many wait."""
    rows = list(waiting)
    members = {one.member_id for one in rows}
    enrolled: dict[int, list[Enrolment]] = {}
    for each in Enrolment.objects.filter(member__in=members).select_related("course__office").order_by("-course__begins_on"):
        enrolled.setdefault(each.member_id, []).append(each)
    open_ones = Course.objects.filter(kind__in={one.kind for one in rows}, closed_at__isnull=True, begins_on__gte=day).select_related("office")
    with_seats: list[Course] = list(open_ones.annotate(enrolled=Count("enrolments")).filter(enrolled__lt=F("seats")).order_by("begins_on"))
    found = []
    for one in rows:
        own = enrolled.get(one.member_id, [])
        joined = {each.course_id for each in own}
        courses = [course for course in with_seats if course.kind == one.kind and course.pk not in joined and _is_for(course, one.member)]
        found.append((one, courses, own))
    return found


def _is_for(course: Course, member: Member) -> bool:
    """A district trains those it manages, the centre everybody."""
    return course.office.kind != OfficeKind.DISTRICT_BUREAU or course.office.district == member.district


def ties_of(found: Member) -> QuerySet[Tie]:
    """This function will give a member's ties, open ones first."""
    return Tie.objects.filter(member=found).select_related("person", "body").order_by("-until", "-since")


def blocked_days_of(found: Member, day: date) -> QuerySet[Unavailable]:
    """This function will give the days from `day` on which a member cannot be sent."""
    return Unavailable.objects.filter(member=found, until__gt=day).order_by("since")


def assignments_of(found: Member) -> QuerySet[Assignment]:
    """This function will give a member's assignments, the latest first."""
    return Assignment.objects.filter(member=found).select_related("request__body", "request__venue", "request__occupation").order_by("-period", "-id")


def expiring(actor: Actor, day: date, months: int) -> QualificationRows:
    """This function will give the qualifications on the actor's ground that are in force and end within some months."""
    return with_state(_usable(_seen_by(actor), day).filter(until__lte=add_months(day, months)), day).order_by("until", "number")


def _users_awaiting(held: Course | None) -> "list[User]":
    if held is None:
        return []
    waiting = Application.objects.filter(kind=held.kind, state=ApplicationState.IN_TRAINING).values("member")
    rows = Member.objects.filter(pk__in=waiting, person__user__is_active=True).exclude(enrolments__course=held).select_related("person__user")
    if held.office.kind == OfficeKind.DISTRICT_BUREAU:
        rows = rows.filter(district=held.office.district)
    return [row.person.user for row in rows]


def users_of_case(case: str) -> "list[User]":
    """This function will give the log-in of the member whom an application or a register number is about, and, of a course, those of all who wait
    for one of its kind on its ground; none where they have none."""
    if case.startswith("PX"):
        return _users_awaiting(course(case))
    rows = Member.objects.select_related("person__user")
    found = rows.filter(applications__number=case).first() if case.startswith("SQ") else rows.filter(number=case).first()
    user = getattr(found.person, "user", None) if found else None
    return [user] if user is not None and user.is_active else []


def ending_within(found: QualificationRows, day: date, months: int) -> QualificationRows:
    """This function will narrow qualifications to those in use on a day that end within some months."""
    return _usable(found, day).filter(until__lte=add_months(day, months))


def supply(day: date, actor: Actor) -> dict[tuple[str, str], dict[int, int]]:
    """This function will count the members who may judge on a day: by occupation (the code it has then) and managing district, for each level the
    highest they reach; somebody with two qualifications for one occupation counts once, at the higher."""
    rows = _usable(_seen_by(actor), day).filter(occupation__isnull=False).select_related(None).order_by()
    highest = rows.values_list("occupation__code", "member__district", "member").annotate(top=Min("highest_level"))
    now = codes_now(day)
    best: dict[tuple[str, str, int], int] = {}
    for code, district, person, top in highest:
        key = (now.get(code, code), district, person)
        best[key] = min(top, best.get(key, top))
    found: dict[tuple[str, str], dict[int, int]] = {}
    for (code, district, _), top in best.items():
        counts = found.setdefault((code, district), {})
        counts[top] = counts.get(top, 0) + 1
    return found


def to_be_reminded(day: date) -> list[str]:
    """This function will give the numbers of the qualifications in force whose members may be owed a reminder on a day: one that ends within the
    time of the first, and of which nobody was told since the nearest reminder's day; in two queries, however many there are."""
    months = sorted(parameter(one, day).value for one in (FIRST_REMINDER, LAST_REMINDER))
    rows = Qualification.objects.filter(in_force(day), until__lte=add_months(day, months[-1])).order_by("until", "id")
    due = {row.number: (row.until, row.member.number) for row in rows.select_related("member")}
    sent: dict[str, list[int]] = {}
    for line in history(*{member for _, member in due.values()}).filter(event=REMINDED):
        sent.setdefault(line.detail["qualification"], []).append(line.detail["months"])
    return [number for number, (until, _) in due.items() if reminder_due(until, day, months, sent.get(number, ())) is not None]
