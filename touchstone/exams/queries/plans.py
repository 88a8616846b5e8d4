"""计划查询: which plans may this actor see, where does each stand, and by when is the next step due?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.exams.facts.evaluating import kind_of_plan
from touchstone.exams.models import Archive, Candidate, Plan, Upload
from touchstone.exams.states import ArchiveState, CandidateState, PlanState
from touchstone.kernel.law import Clause
from touchstone.kernel.periods import Calendar
from touchstone.ledger.queries import history
from touchstone.parameters.queries import calendar
from touchstone.policy.documents import notice
from touchstone.policy.exams.deadlines import Deadline, deadlines
from touchstone.policy.roles import BodyKind

if TYPE_CHECKING:
    from touchstone.ledger.models import Entry

_STEP_OF = {
    "plan": PlanState.DRAFTED,
    "registration": PlanState.REPORTED,
    "arrangement": PlanState.REVIEWED,
    "scores": PlanState.ARRANGED,
    "notice": PlanState.HELD,
    "report": PlanState.ANNOUNCED,
    "certificates": PlanState.CONFIRMED,
    "archive": PlanState.CERTIFIED,
}
_ORDER = tuple(PlanState)
_READ = ("body", "occupation", "trade", "standard", "venue")


@dataclass(frozen=True)
class DatedStep:
    """A deadline of a plan as a page shows it: passed and done, passed and not done, or working days left."""

    key: str
    title: str
    on: date
    clause: Clause
    provisional: bool
    days_left: int
    done: bool

    @property
    def late(self) -> bool:
        return not self.done and self.days_left < 0


def plans(actor: Actor) -> QuerySet[Plan]:
    """This function will give the plans an actor may see, the latest exam first, each with how many are registered."""
    # A count of its own for each plan shown, and not one over all candidates of all plans.
    theirs = Candidate.objects.filter(plan=OuterRef("pk")).exclude(state=CandidateState.WITHDRAWN).order_by().values("plan")
    registered = Coalesce(Subquery(theirs.annotate(count=Count("pk")).values("count")), 0)
    return Plan.objects.visible_to(actor).select_related("body", "occupation", "trade", "venue").annotate(registered=registered)


def plan(number: str, actor: Actor) -> Plan:
    """This function will give a plan with what its page shows. :raises NotAllowed: when it is not the actor's to see, or there is none."""
    found = Plan.objects.visible_to(actor).select_related(*_READ, "body__office", "scope_item__filing").filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这份认定计划，或者它不在您的管辖范围内。", notice("一"), "请核对计划编号，或返回计划列表查找。")
    return found


def board(actor: Actor, states: Sequence[PlanState], limit: int = 8) -> list[dict[str, Any]]:
    """This function will give the plans under way by state: how many, and the first few by day of exam."""
    counts = dict(Plan.objects.visible_to(actor).order_by().values_list("state").annotate(count=Count("pk")))
    rows: dict[str, list[Plan]] = {}
    place = Window(RowNumber(), partition_by="state", order_by=["exam_on", "id"])
    first = Plan.objects.visible_to(actor).filter(state__in=states).annotate(place=place).filter(place__lte=limit).values("pk")
    for one in plans(actor).filter(pk__in=first).order_by("exam_on", "id"):
        rows.setdefault(one.state, []).append(one)
    return [{"state": s, "label": s.label, "count": counts.get(s.value, 0), "plans": rows.get(s.value, [])[:limit]} for s in states]


def steps(plan: Plan, day: date) -> list[DatedStep]:
    """This function will give every deadline of a plan with its clause, and which are done, due or late on `day`."""
    days = calendar()
    return [_step(one, plan, day, days) for one in deadlines(plan.exam_on, days, day, kind=kind_of_plan(plan))]


def terms(exam_on: date, kind: BodyKind, day: date) -> tuple[Deadline, ...]:
    """This function will give the deadlines around an exam day by the values of `day`."""
    return deadlines(exam_on, calendar(), day, kind=kind)


def preview(exam_on: date, kind: BodyKind, day: date) -> list[DatedStep]:
    """This function will give the deadlines of an exam that is only being thought of."""
    days = calendar()
    return [
        DatedStep(one.key, one.title, one.on, one.clause, one.provisional, days.working_days_between(day, one.on), False)
        for one in terms(exam_on, kind, day)
    ]


def _step(one: Deadline, plan: Plan, day: date, days: Calendar) -> DatedStep:
    done = plan.state != PlanState.CANCELLED and _ORDER.index(PlanState(plan.state)) > _ORDER.index(_STEP_OF[one.key])
    if one.key == "archive" and plan.state in {PlanState.CONFIRMED, PlanState.CERTIFIED}:
        done = Archive.objects.filter(plan=plan, state=ArchiveState.SEALED).exists()
    return DatedStep(one.key, one.title, one.on, one.clause, one.provisional, days.working_days_between(day, one.on), done)


def timeline(plan: Plan) -> QuerySet["Entry"]:
    """This function will give what happened to a plan, oldest first."""
    return history(plan.number)


def uploads(plan: Plan) -> QuerySet[Upload]:
    """This function will give a plan's workbooks, newest first."""
    return plan.uploads.select_related("attachment", "returned", "uploaded_by__person").order_by("-id")
