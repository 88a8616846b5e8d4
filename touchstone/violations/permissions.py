"""违纪违规权限: who may record, tell, speak, decide, appeal and answer?"""

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.queries import user_behind
from touchstone.policy.roles import OfficeKind, Role
from touchstone.violations.models import Violation
from touchstone.violations.states import LAW, MOVES

_PLANNERS = frozenset({Role.BODY_PLANNER, Role.BODY_LEADER})
_PERSONS = {OfficeKind.CANDIDATE, OfficeKind.CORPS}


def _no(actor: Actor, sentence: str, next_step: str) -> NotAllowed:
    return NotAllowed(sentence, LAW, f"您当前身份为“{actor.label}”，{next_step}")


def check_may_record(actor: Actor) -> None:
    """This function will let pass the planners and the leader of a body. :raises NotAllowed:"""
    if actor.office_kind is not OfficeKind.ASSESSMENT_BODY or not actor.has(*_PLANNERS):
        raise _no(actor, "参评人员和工作人员的违纪违规由其评价机构的考务经办人或负责人立案。", "请由该机构办理，或联系所在区人社局。")


def may_record(actor: Actor) -> bool:
    """This function will say whether `check_may_record` would let pass."""
    try:
        check_may_record(actor)
    except NotAllowed:
        return False
    return True


def check_may(actor: Actor, verb: str, case: Violation) -> None:
    """This function will let pass who may do `verb` to a case: the body its own, the person what is about themselves, the office appeals to it.

    :raises NotAllowed: with a sentence.
    """
    line = next(one for one in MOVES if one.verb == verb)
    if not actor.has(*(Role(role) for role in line.by)):
        names = "、".join(sorted(Role(role).label for role in line.by))
        raise _no(actor, f"“{line.title}”由{names}办理。", "请换用有权限的身份或联系经办人。")
    if actor.office_kind in _PERSONS:
        user = user_behind(actor)
        if user is None or user.person_id != case.person_id:
            raise _no(actor, "只有当事人本人可以陈述申辩和申诉。", "请由当事人本人登录办理，或者书面提交经办单位代为登记。")
    elif actor.office_kind is OfficeKind.ASSESSMENT_BODY:
        if case.body.office_id != actor.office_id:
            raise _no(actor, "只能办理本机构的案件。", "其他机构的案件由该机构办理。")
    elif case.appeal_to_id != actor.office_id:
        raise _no(actor, "这件申诉不由您所在的单位受理。", "申诉由监管该评价机构的区人社局或市职鉴中心受理。")


def why_not(actor: Actor, verb: str, case: Violation) -> str:
    """This function will give the sentence why the actor may not, or nothing when they may."""
    try:
        check_may(actor, verb, case)
    except NotAllowed as refusal:
        return str(refusal)
    return ""
