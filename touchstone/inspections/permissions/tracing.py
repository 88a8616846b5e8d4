"""问题回溯权限: the body traces back itself; an office that supervises it may ask for it.

`通知 三(三)1`: 评价机构开展内部质量督导，建立问题回溯、责任追究机制。
"""

from datetime import date
from typing import TYPE_CHECKING

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.inspections.models import Tracing
from touchstone.inspections.permissions.records import check_may_call_for
from touchstone.inspections.states.tracing import TRACING_MOVES, TracingState
from touchstone.kernel.rules import Finding
from touchstone.policy.roles import OfficeKind, Role
from touchstone.policy.supervision.records import ITSELF

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

_BODY = (Role.BODY_PLANNER, Role.BODY_LEADER)


def check_may_begin(actor: Actor, body: "Body") -> None:
    """This function will let pass the planner and the leader of the body. :raises NotAllowed:"""
    if actor.office_kind is not OfficeKind.ASSESSMENT_BODY or actor.office_id != body.office_id or not actor.has(*_BODY):
        raise NotAllowed("问题回溯由本机构考务经办人或负责人开展。", ITSELF, f"您当前身份为“{actor.label}”，请联系本机构的经办人。")


def check_may_ask(actor: Actor, body: "Body", day: date) -> Finding:
    """This function will let pass the supervisors of an office that supervises the body. :raises NotAllowed:"""
    return check_may_call_for(actor, body, day)


def check_may(actor: Actor, verb: str, tracing: Tracing) -> None:
    """This function will let pass who may do `verb`: people of the body whose tracing it is. :raises NotAllowed:"""
    roles = [Role(role) for role in TRACING_MOVES.roles(verb)]
    if actor.office_kind is not OfficeKind.ASSESSMENT_BODY or tracing.body.office_id != actor.office_id or not actor.has(*roles):
        title = next(line.title for line in TRACING_MOVES if line.verb == verb)
        names = "、".join(sorted(role.label for role in roles))
        raise NotAllowed(f"“{title}”由本机构{names}办理。", ITSELF, f"您当前身份为“{actor.label}”，请换用有权限的身份。")


def may(actor: Actor, tracing: Tracing) -> set[str]:
    """This function will give the verbs that the actor may do to a tracing now."""
    found = set()
    for line in TRACING_MOVES:
        if TracingState(tracing.state) in line.sources:
            try:
                check_may(actor, line.verb, tracing)
            except NotAllowed:
                continue
            found.add(line.verb)
    return found
