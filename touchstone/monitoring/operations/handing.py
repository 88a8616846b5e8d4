"""转交: whose case it is from now on, another office's or a colleague's."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import offices, people_with
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.monitoring import permissions
from touchstone.monitoring.models import Alert
from touchstone.monitoring.states import MOVES, State
from touchstone.policy.monitoring.handling import SUPERVISED, WARNED
from touchstone.policy.roles import OfficeKind, Role
from touchstone.tasks.operations import close_tasks, open_task

if TYPE_CHECKING:
    from touchstone.accounts.models import Office


@transaction.atomic
def assign(*, number: str, office: str = "", user_id: int | None = None, reason: str, by: Actor, at: datetime) -> Alert:
    """This function will hand a case on, to another office (by number: the city centre, or a district that the case concerns) or to a colleague.

    :raises Refusal: without a reason, or to whom it cannot go.
    """
    alert = locked(number)
    permissions.check_may(by, "assign", alert)
    MOVES.check("assign", State(alert.state))
    if not reason.strip():
        raise Refusal("转交须写明理由。", WARNED, "例如：涉及另一区的考核点，请牵头核实。")
    if office:
        _to_office(alert, office, reason.strip(), by=by, at=at)
    else:
        _to_colleague(alert, user_id, reason.strip(), by=by, at=at)
    return alert


def _to_office(alert: Alert, office: str, reason: str, *, by: Actor, at: datetime) -> None:
    found = next((one for one in takers(alert, at) if one.number == office), None)
    if found is None:
        raise Refusal("预警只能转交给市职鉴中心，或者它所涉及机构的监管区。", SUPERVISED, "请从列出的单位中选择。")
    alert.owner, alert.handler = found, None
    alert.save()
    record("alert.assigned", alert.number, by=by, at=at, reason=reason, detail={"to": found.number, "note": found.name})
    for matter, title in (("handle_alert", "预警核实"), ("decide_alert", "预警认定")):
        if close_tasks(case=alert.number, matter=matter, office_id=by.office_id, by=by, at=at, outcome=f"转交{found.short_name}"):
            title = f"{title}：{alert.title}"[:200]
            open_task(
                case=alert.number, matter=matter, title=title, office_id=found.pk, role=Role.SUPERVISOR, by=by, at=at, due_on=alert.due_on
            )


def _to_colleague(alert: Alert, user_id: int | None, reason: str, *, by: Actor, at: datetime) -> None:
    names = handlers(alert, at)
    if user_id is None or user_id not in names:
        raise Refusal("只能指定本单位的质量督导员或审批负责人经办。", SUPERVISED, "请从列出的人员中选择。")
    alert.handler_id = user_id
    alert.save()
    record("alert.assigned", alert.number, by=by, at=at, reason=reason, detail={"note": names[user_id]})


def takers(alert: Alert, at: datetime) -> "list[Office]":
    """This function will give the offices a case may go to: the city centre, and the districts that it concerns, but for the one that has it."""
    concerned = set(alert.concerned.values_list("district", flat=True))
    standing = offices(OfficeKind.CITY_CENTRE, OfficeKind.DISTRICT_BUREAU, day=at.date())
    return [one for one in standing if one.pk != alert.owner_id and (one.kind == OfficeKind.CITY_CENTRE or one.district in concerned)]


def handlers(alert: Alert, at: datetime) -> dict[int, str]:
    """This function will give, by log-in, the names of those in the owning office who may have the case."""
    found = {}
    for role in (Role.SUPERVISOR, Role.DIRECTOR):
        for person in people_with(role, alert.owner, at.date()).filter(user__is_active=True).select_related("user"):
            found[person.user.pk] = person.name
    return found


def locked(number: str) -> Alert:
    """This function will give a case, held until the transaction ends. :raises Alert.DoesNotExist:"""
    return Alert.objects.select_for_update(of=("self",)).select_related("owner").get(number=number)
