"""调取资料权限: which office may call for a body's records, and who answers for the body?

`通知 三(三)1`: each office on its own ground; `三(四)1`: the body cooperates.
"""

from datetime import date
from typing import TYPE_CHECKING

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.inspections.facts.records import supervises
from touchstone.inspections.models import RecordsCall
from touchstone.inspections.permissions import DRAWING
from touchstone.inspections.states.records import CALL_MOVES, CallState
from touchstone.kernel.rules import Finding, Outcome
from touchstone.policy.inspections import SUPERVISED
from touchstone.policy.roles import OfficeKind, Role

if TYPE_CHECKING:
    from touchstone.bodies.models import Body


def _no(actor: Actor, sentence: str, next_step: str) -> NotAllowed:
    return NotAllowed(sentence, SUPERVISED, f"您当前身份为“{actor.label}”，{next_step}")


def check_may_call(actor: Actor) -> None:
    """This function will let pass the supervisors of the city centre and of the districts. :raises NotAllowed:"""
    if actor.office_kind not in DRAWING or not actor.has(Role.SUPERVISOR):
        raise _no(actor, "调取资料由市职鉴中心和各区人社局的质量督导员办理。", "请换用质量督导员身份。")


def check_may_call_for(actor: Actor, body: "Body", day: date) -> Finding:
    """This function will give on what ground the actor's office may call for records of a body. :raises NotAllowed: where it has none."""
    check_may_call(actor)
    found = supervises(actor, body, day)
    if found.outcome is not Outcome.MET:
        raise NotAllowed(f"{found.reason}，不能调取它的资料。", found.clause, "请在“监管职责”中查看由哪个单位督导，并请其调取。")
    return found


def check_may(actor: Actor, verb: str, call: RecordsCall) -> None:
    """This function will let pass who may do `verb` to a call: the office that made it, the body it is about, or the clock. :raises NotAllowed:"""
    roles = [Role(role) for role in CALL_MOVES.roles(verb)]
    if actor.is_platform and Role.PLATFORM in roles:
        return
    if not actor.has(*roles):
        title = next(line.title for line in CALL_MOVES if line.verb == verb)
        raise _no(actor, f"“{title}”由{'、'.join(sorted(role.label for role in roles))}办理。", "请换用有权限的身份或联系经办人。")
    if Role.SUPERVISOR in roles and call.office_id != actor.office_id:
        raise _no(actor, f"这次调取由{call.office.name}办理。", "只能办理本单位的调取。")
    if Role.BODY_LEADER in roles and (actor.office_kind is not OfficeKind.ASSESSMENT_BODY or call.body.office_id != actor.office_id):
        raise _no(actor, "这次调取的不是您所在机构的资料。", "只能办理本机构收到的调取。")


def may(actor: Actor, call: RecordsCall) -> set[str]:
    """This function will give the verbs that the actor may do to a call now."""
    found = set()
    for line in CALL_MOVES:
        if CallState(call.state) in line.sources:
            try:
                check_may(actor, line.verb, call)
            except NotAllowed:
                continue
            found.add(line.verb)
    return found


def can_call(actor: Actor) -> bool:
    """This function will say whether `check_may_call` would let pass."""
    try:
        check_may_call(actor)
    except NotAllowed:
        return False
    return True
