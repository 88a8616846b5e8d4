"""预警权限: who may run a comparison, hand on, ask, answer, decide and reopen?

`通知 三(三)1`: the district that supervises the body decides on its ground, the city centre across districts; the body answers for its own.
"""

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.kernel.law import Refusal
from touchstone.monitoring.models import Alert
from touchstone.monitoring.states import MOVES, State
from touchstone.policy.monitoring.comparison import Severity
from touchstone.policy.monitoring.handling import SUPERVISED, WARNED
from touchstone.policy.roles import OfficeKind, Role

_CENTRE = frozenset({Role.DIRECTOR, Role.SUPERVISOR, Role.POLICY_OFFICER})


def _no(actor: Actor, sentence: str, next_step: str) -> NotAllowed:
    return NotAllowed(sentence, SUPERVISED, f"您当前身份为“{actor.label}”，{next_step}")


def check_may_run(actor: Actor) -> None:
    """This function will let pass the platform, and the city centre's people who supervise. :raises NotAllowed:"""
    if actor.is_platform or (actor.office_kind is OfficeKind.CITY_CENTRE and actor.has(*_CENTRE)):
        return
    raise NotAllowed(
        "比对由平台按期自动运行，需要立即运行的由市职鉴中心办理。",
        WARNED,
        f"您当前身份为“{actor.label}”，请等待下一次自动比对，或联系市职鉴中心。",
    )


def may_run(actor: Actor) -> bool:
    """This function will say whether `check_may_run` would let pass."""
    try:
        check_may_run(actor)
    except NotAllowed:
        return False
    return True


def check_may(actor: Actor, verb: str, alert: Alert) -> None:
    """This function will let pass who may do `verb` to a case: the office it lies with; a body only where it was asked.

    :raises NotAllowed: with a sentence.
    """
    if actor.is_platform:
        return
    roles = MOVES.roles(verb)
    title = next(line.title for line in MOVES if line.verb == verb)
    if not actor.has(*(Role(role) for role in roles)):
        names = "、".join(sorted(Role(role).label for role in roles if role != Role.PLATFORM))
        raise _no(actor, f"“{title}”由{names}办理。", "请换用有权限的身份或联系经办人。")
    if verb == "answer":
        asked = alert.concerned.filter(body__office_id=actor.office_id, asked_at__isnull=False)
        if actor.office_kind is not OfficeKind.ASSESSMENT_BODY or not asked.exists():
            raise _no(actor, "这件预警没有请您所在的机构说明。", "只有被请求说明的评价机构可以答复。")
        return
    if alert.owner_id != actor.office_id:
        raise _no(actor, f"这件预警由{alert.owner.name}承办。", "需要由您所在的单位承办的，请承办单位转交。")
    if verb == "dismiss" and alert.severity == Severity.HIGH and not actor.has(Role.DIRECTOR):
        raise _no(actor, "高级别预警认定不属实，须由审批负责人作出。", "请报审批负责人认定。")


def why_not(actor: Actor, verb: str, alert: Alert) -> str:
    """This function will give the sentence why the actor may not, or nothing when they may."""
    try:
        check_may(actor, verb, alert)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def check_may_lead_on(actor: Actor, alert: Alert) -> None:
    """This function will let pass who may uphold a case, once it is upheld and while nothing rests on it. :raises NotAllowed: :raises Refusal:"""
    check_may(actor, "uphold", alert)
    if alert.state != State.UPHELD or alert.led_to:
        raise Refusal("只有认定属实、还没有后续案件的预警可以提请处理。", WARNED, "请先认定，或在后续案件中继续办理。")


def may_lead_on(actor: Actor, alert: Alert) -> bool:
    """This function will say whether `check_may_lead_on` would let pass."""
    try:
        check_may_lead_on(actor, alert)
    except (NotAllowed, Refusal):
        return False
    return True
