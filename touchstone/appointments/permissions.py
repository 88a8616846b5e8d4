"""评聘权限: who announces, puts forward, checks, records the review, appoints, appraises and ends?"""

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.appointments.models import Appointment, Round
from touchstone.appointments.states import LAW, MOVES
from touchstone.policy.roles import OfficeKind, Role

_DESK = frozenset({Role.BODY_PLANNER, Role.BODY_LEADER})
_LEADER = frozenset({Role.BODY_LEADER})
_ACTS: dict[str, tuple[frozenset[Role], str]] = {
    "announce": (_DESK, "评聘公告由企业的考务经办人或负责人发布"),
    "nominate": (_DESK, "推荐由企业的考务经办人或负责人登记"),
    "check": (_DESK, "申报材料由企业的考务经办人或负责人核对"),
    "answer_objection": (_LEADER, "公示异议由企业负责人答复"),
    "appraise": (_DESK, "年度考核由企业的考务经办人或负责人登记"),
    "renew": (_LEADER, "续聘由企业负责人决定"),
    "end": (_LEADER, "聘任的终止由企业负责人决定"),
    "end_term": (frozenset({Role.PLATFORM}), "聘期届满的终止由平台自动办理"),
}


def _no(actor: Actor, sentence: str, next_step: str) -> NotAllowed:
    return NotAllowed(sentence, LAW, f"您当前身份为“{actor.label}”，{next_step}")


def check_may(actor: Actor, act: str, of: Round | Appointment | None = None) -> None:
    """This function will let pass who may do `act` to a round or an appointment of their own enterprise (or begin one, with none).

    :raises NotAllowed: with a sentence.
    """
    if act in _ACTS:
        roles, sentence = _ACTS[act]
    else:
        line = next(one for one in MOVES if one.verb == act)
        roles = frozenset(Role(role) for role in line.by)
        sentence = f"“{line.title}”由{'、'.join(sorted(role.label for role in roles))}办理"
    if actor.is_platform and Role.PLATFORM in roles:
        return
    if actor.office_kind is not OfficeKind.ASSESSMENT_BODY or not actor.has(*roles):
        raise _no(actor, f"{sentence}。", "请换用有权限的身份或联系经办人。")
    if of is not None and of.body.office_id != actor.office_id:
        raise _no(actor, "只能办理本企业的评聘。", "其他企业的评聘由该企业办理。")


def check_may_apply(actor: Actor) -> None:
    """This function will let pass a person at their own desk; whether the enterprise employs them is found from its register. :raises NotAllowed:"""
    if actor.office_kind is not OfficeKind.CANDIDATE or not actor.has(Role.CANDIDATE):
        raise _no(actor, "本人申报由职工用自己的账号提交。", "企业推荐的，由企业经办人登记。")


def why_not(actor: Actor, act: str, of: Round | Appointment | None = None) -> str:
    """This function will give the sentence why the actor may not, or nothing when they may."""
    try:
        check_may(actor, act, of)
    except NotAllowed as refusal:
        return str(refusal)
    return ""
