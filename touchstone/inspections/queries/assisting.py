"""配合督导查询: which visits are known and whose are they to see, who may be asked to assist at one, who asks, and who answers?

`通知 三(三)1`: an industry authority assists in the supervision of its field. Nobody learns of a visit before its hour.
"""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.queries import industry_authorities
from touchstone.inspections.models import Assistance, Task
from touchstone.inspections.states import TaskState
from touchstone.policy.inspections import LAW, SUPERVISED
from touchstone.policy.roles import OfficeKind, Role

_CITY = {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}
_OFFICERS = (Role.SUPERVISOR, Role.DIRECTOR)


def known_visits(actor: Actor, at: datetime) -> QuerySet[Task]:
    """This function will give the visits that are known at a moment: to the city all, to a district its own, to an industry authority those of its
    field's bodies (and where it was asked to assist), the latest first."""
    rows = Task.objects.filter(opens_at__lte=at).exclude(state=TaskState.CANCELLED)
    rows = rows.select_related("body", "draw__plan__office").prefetch_related("assistance__office").order_by("-visit_on", "-id")
    kind = actor.office_kind
    if kind in _CITY:
        return rows
    if kind is OfficeKind.DISTRICT_BUREAU:
        return rows.filter(draw__plan__office_id=actor.office_id)
    if kind is OfficeKind.INDUSTRY_AUTHORITY:
        field = Q(body__industry=actor.industry)
        field &= Q(body__district=actor.district) if actor.district else Q()
        return rows.filter(field | Q(pk__in=Assistance.objects.filter(office_id=actor.office_id).values("task")))
    return rows.none()


def known_visit(number: str, actor: Actor, at: datetime) -> Task:
    """This function will give a visit that is known and the actor's to see. :raises NotAllowed: for another's, and before its hour."""
    found = known_visits(actor, at).filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这项任务，它还没有揭晓，或者不归您查看。", LAW, "检查任务在检查当日揭晓，揭晓以后再打开。")
    return found


def assistance_at(task: Task, actor: Actor) -> list[Assistance]:
    """This function will give who was asked to assist at a visit; an industry authority sees its own."""
    found = Assistance.objects.filter(task=task).select_related("office", "asked_by__person", "answered_by__person").order_by("id")
    return list(found.filter(office_id=actor.office_id) if actor.office_kind is OfficeKind.INDUSTRY_AUTHORITY else found)


def visit_of(number: str) -> str:
    """This function will give the number of the visit at which assistance was asked for; empty where there is none."""
    return Assistance.objects.filter(number=number).values_list("task__number", flat=True).first() or ""


def unanswered(actor: Actor) -> QuerySet[Assistance]:
    """This function will give what the actor's office was asked and has not answered, the oldest first."""
    return Assistance.objects.filter(office_id=actor.office_id, answered_at__isnull=True).select_related("task__body").order_by("id")


def offices_to_ask(task: Task) -> list[Any]:
    """This function will give the authorities of the visited body's field, the city's and that of the district where it is registered, that were not
    asked yet."""
    asked = set(Assistance.objects.filter(task=task).values_list("office_id", flat=True))
    found = [*industry_authorities(task.body.industry), *industry_authorities(task.body.industry, task.body.district or "-")]
    return [one for one in found if one.pk not in asked]


def check_may_ask(actor: Actor, task: Task) -> None:
    """This function will let pass the supervisors and directors of the office whose visit it is. :raises NotAllowed:"""
    if not actor.has(*_OFFICERS) or task.draw.plan.office_id != actor.office_id:
        sentence = f"请行业主管部门配合，由抽查单位（{task.draw.plan.office.name}）的质量督导员或者审批负责人提出。"
        raise NotAllowed(sentence, SUPERVISED, f"您当前身份为“{actor.label}”，请联系抽查单位。")


def may_ask(actor: Actor, task: Task) -> bool:
    """This function will say whether `check_may_ask` would let pass."""
    try:
        check_may_ask(actor, task)
    except NotAllowed:
        return False
    return True


def check_may_answer(actor: Actor, found: Assistance) -> None:
    """This function will let pass the people of the authority that was asked. :raises NotAllowed:"""
    if actor.office_id != found.office_id or not actor.has(Role.CONSENT_OFFICER, *_OFFICERS):
        raise NotAllowed(
            f"配合督导的邀请由{found.office.name}答复。", SUPERVISED, f"您当前身份为“{actor.label}”，请由被邀请的部门办理。"
        )
