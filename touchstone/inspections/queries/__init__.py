"""双随机查询: which plans, draws, visits and recusals may somebody see, and from when does anybody see where a visit goes?"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Prefetch, QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.people import field_key
from touchstone.accounts.queries import person_behind
from touchstone.inspections.models import Draw, DrawSet, InspectorOnRoster, OnRoster, Plan, PlanSet, Recusal, Task, TaskInspector
from touchstone.inspections.states import PUBLIC, DrawState, PlanState, TaskState
from touchstone.policy.inspections import LAW

if TYPE_CHECKING:
    from touchstone.accounts.models import Person
    from touchstone.bodies.models import Body

_PLACE = "inspections_draw|{number}|{what}"


def plans(actor: Actor) -> PlanSet:
    """This function will give the plans the actor may see, the latest year first."""
    return Plan.objects.visible_to(actor).select_related("office").annotate(draw_count=Count("draws")).order_by("-year", "office__number")


def plan(number: str, actor: Actor) -> Plan:
    """This function will give a plan the actor may see. :raises NotAllowed: for another's, and where there is none."""
    found = Plan.objects.visible_to(actor).select_related("office", "made_by__person", "approved_by__person").filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这份抽查计划，或者它不归您查看。", LAW, "请从“双随机抽查”中打开。")
    return found


def draws(actor: Actor) -> DrawSet:
    """This function will give the draws the actor may see, newest first."""
    return Draw.objects.visible_to(actor).select_related("plan__office").order_by("-id")


def draw(number: str, actor: Actor) -> Draw:
    """This function will give a draw the actor may see. :raises NotAllowed: for another's, and where there is none."""
    rows = draws(actor).select_related("entered_by__person", "attested_by__person", "replaces", "replaced_by")
    found = rows.filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这次抽取，或者它不归您查看。", LAW, "请从“双随机抽查”中打开。")
    return found


def draws_of(plan: Plan) -> QuerySet[Draw]:
    """This function will give the draws of a plan, newest first."""
    return plan.draws.order_by("-id")


def roster_of(draw: Draw) -> QuerySet[OnRoster]:
    """This function will give the bodies on a draw's roster, by stratum and number."""
    return draw.roster.select_related("body").order_by("stratum", "body__number")


def inspectors_on(draw: Draw) -> QuerySet[InspectorOnRoster]:
    """This function will give the inspectors on a draw's roster, by number."""
    return draw.inspectors.select_related("person").order_by("person__number")


@dataclass(frozen=True)
class VisitTold:
    """A visit as it may be seen at a moment: before its hour the day and the district, from then on also which body."""

    number: str
    draw: str
    visit_on: date
    district: str
    opens_at: datetime
    stratum: str
    body: "Body | None"
    people: tuple[str, ...]
    state: TaskState
    outcome: str
    words: str
    confirmed_at: datetime | None
    begun: bool

    @property
    def cancelled(self) -> bool:
        return self.state == TaskState.CANCELLED


def visits_of(draw: Draw, at: datetime) -> list[VisitTold]:
    """This function will give the visits of a draw as anybody may see them at a moment, by day: whose it is only from the hour on."""
    return _visits(Task.objects.filter(draw=draw), at)


def own_visits(actor: Actor, at: datetime) -> list[VisitTold]:
    """This function will give the visits the actor is sent on, the next ones first, of the last hundred."""
    person = person_behind(actor)
    own = TaskInspector.objects.filter(person=person).order_by("-visit_on").values_list("task", flat=True)[:100] if person else []
    return _visits(Task.objects.filter(pk__in=list(own)).exclude(state=TaskState.CANCELLED), at, named=True)[::-1]


def own_visit(number: str, actor: Actor, at: datetime) -> VisitTold:
    """This function will give one visit the actor is sent on. :raises NotAllowed: for another's."""
    found = [one for one in own_visits(actor, at) if one.number == number]
    if not found:
        raise NotAllowed("没有派给您的这项抽查任务。", LAW, "请从“我的抽查任务”中打开。")
    return found[0]


def _visits(rows: QuerySet[Task], at: datetime, named: bool = False) -> list[VisitTold]:
    people = Prefetch("inspectors", TaskInspector.objects.select_related("person").order_by("place"))
    rows = rows.select_related("body", "draw", "visit").prefetch_related(people).order_by("visit_on", "number")
    return [_visit(one, one.opens_at <= at, named) for one in rows]


def _visit(one: Task, opened: bool, named: bool) -> VisitTold:
    told = tuple(sent.person.name if named else sent.person.number for sent in one.inspectors.all()) if opened else ()
    return VisitTold(
        one.number,
        one.draw.number,
        one.visit_on,
        one.district,
        one.opens_at,
        one.stratum if opened else "",
        one.body if opened else None,
        told,
        TaskState(one.state),
        one.get_outcome_display() if one.state == TaskState.CONFIRMED else "",
        one.words if one.state == TaskState.CONFIRMED else "",
        one.confirmed_at,
        hasattr(one, "visit"),
    )


def results() -> QuerySet[Task]:
    """This function will give the visits whose result is public, the latest first."""
    return Task.objects.filter(state=TaskState.CONFIRMED).select_related("body", "draw__plan__office", "visit").order_by("-confirmed_at", "-id")


def any_result() -> bool:
    """This function will say whether any result is public."""
    return Task.objects.filter(state=TaskState.CONFIRMED).exists()


def drawn_in_year(plan: Plan) -> set[int]:
    """This function will give the bodies (by key) that were drawn under a plan already, by draws that were not made void."""
    return set(Task.objects.filter(draw__plan=plan).exclude(state=TaskState.CANCELLED).values_list("body", flat=True))


def busy_days(people: Iterable[int], since: date) -> set[tuple[int, date]]:
    """This function will give the days from `since` on at which inspectors (by key) are sent already."""
    return set(TaskInspector.objects.filter(person__in=list(people), standing=True, visit_on__gte=since).values_list("person_id", "visit_on"))


def last_hour(draw: Draw) -> datetime | None:
    """This function will give the hour from which the last visit of a draw is known."""
    found: datetime | None = Task.objects.filter(draw=draw).aggregate(last=Max("opens_at"))["last"]
    return found


def to_reveal(at: datetime) -> list[str]:
    """This function will give the numbers of the draws of which every visit is known, and the secret not told yet."""
    waiting = Draw.objects.filter(state=DrawState.DRAWN).annotate(last=Max("tasks__opens_at")).filter(last__lte=at)
    return list(waiting.order_by("pk").values_list("number", flat=True))


def recusals(actor: Actor) -> QuerySet[Recusal]:
    """This function will give the recusals that stand in the actor's office, newest first."""
    found = Recusal.objects.filter(office_id=actor.office_id, ended_at__isnull=True)
    return found.select_related("person", "body").order_by("-id")


def recusal(key: int) -> Recusal:
    """This function will give a recusal. :raises Recusal.DoesNotExist:"""
    return Recusal.objects.select_related("person", "body").get(pk=key)


def sealed(draw_number: str, what: str, content: bytes) -> bytes:
    """This function will seal a draw's secret or record for keeping."""
    return field_key().seal_bytes(content, _PLACE.format(number=draw_number, what=what))


def secret_of(found: Draw) -> bytes:
    """This function will open the secret of a draw, for drawing and for telling it."""
    return field_key().open_bytes(bytes(found.secret_sealed), _PLACE.format(number=found.number, what="secret"))


def record_of(found: Draw) -> dict[str, Any] | None:
    """This function will give the record from which anyone draws again; None before the secret is told, or where nothing was drawn."""
    if found.state not in {DrawState.REVEALED, DrawState.VOIDED} or not found.record_sealed:
        return None
    return dict(json.loads(field_key().open_bytes(bytes(found.record_sealed), _PLACE.format(number=found.number, what="record"))))


def public_plans() -> QuerySet[Plan]:
    """This function will give the plans that were approved, the latest year first."""
    return Plan.objects.filter(state=PlanState.APPROVED).select_related("office").order_by("-year", "office__number")


def public_draws() -> QuerySet[Draw]:
    """This function will give the draws the public knows of, newest first."""
    return Draw.objects.filter(state__in=PUBLIC).select_related("plan__office").order_by("-id")


def public_draw(number: str) -> Draw | None:
    """This function will give a draw the public knows of; None where there is none."""
    return public_draws().select_related("replaces", "replaced_by").filter(number=number).first()


def recused_from(person: "Person") -> set[int]:
    """This function will give the bodies (by key) from which somebody stays away."""
    return set(Recusal.objects.filter(person=person, ended_at__isnull=True).values_list("body_id", flat=True))
