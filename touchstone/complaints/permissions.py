"""线索权限: who may handle, verify and answer a lead, who may learn who complained, and who may warn of an evaluator?

`通知 三(三)1`: the office a lead lies with handles it; verifying is for the two who were appointed, never for anybody it accuses.
"""

from collections.abc import Callable
from typing import Any

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.complaints.models import BodyWord, Evaluator, Lead
from touchstone.complaints.states import CLERKS, EVALUATOR_MOVES, MOVES
from touchstone.kernel.moves import Moves
from touchstone.policy.districts import district_name
from touchstone.policy.roles import OfficeKind, Role
from touchstone.policy.supervision.complaints import LAW
from touchstone.policy.supervision.unfiled import LAW as UNFILED_LAW

HANDLING = frozenset({OfficeKind.CITY_CENTRE, OfficeKind.DISTRICT_BUREAU})
_BODY = frozenset({Role.BODY_PLANNER, Role.BODY_LEADER, Role.BODY_FILER})
VERIFYING = frozenset({"note", "ask_body", "conclude", "send_back", "confirm"})


def _no(actor: Actor, sentence: str, next_step: str) -> NotAllowed:
    return NotAllowed(sentence, LAW, f"您当前身份为“{actor.label}”，{next_step}")


def _check_role(actor: Actor, moves: Moves[Any], verb: str) -> None:
    line = next(one for one in moves if one.verb == verb)
    if not actor.has(*(Role(role) for role in line.by)):
        names = "、".join(sorted(Role(role).label for role in line.by))
        raise _no(actor, f"“{line.title}”由{names}办理。", "请换用有权限的身份或联系经办人。")


def check_may_enter(actor: Actor) -> None:
    """This function will let pass the people of the centre and the districts who handle leads. :raises NotAllowed:"""
    if actor.office_kind not in HANDLING or not actor.has(*CLERKS):
        raise _no(actor, "线索由市职鉴中心和区人社局的经办人登记。", "请把线索转给他们，或者从公众页面投诉举报。")


def check_may(actor: Actor, verb: str, lead: Lead) -> None:
    """This function will let pass who may do `verb` to a lead: its office, in the role; verifying, who was appointed; nobody whom it accuses.

    :raises NotAllowed:
    """
    if lead.accused.filter(user_id=actor.user_id or 0).exists():
        raise _no(actor, "这件线索反映的是您本人，您应当回避。", "由本单位其他人员办理。")
    _check_role(actor, MOVES, verb)
    if lead.office_id != actor.office_id:
        raise _no(actor, f"这件线索由{lead.office.name}承办。", "需要由您所在的单位承办的，请承办单位转办。")
    if verb in VERIFYING and not verifies(actor, lead):
        raise _no(actor, "只有指定的核实人员可以办理。", "请先由经办人指定核实人员。")
    if verb in {"confirm", "send_back"} and lead.concluded_by_id == actor.user_id:
        raise _no(actor, "结论由另一名核实人员确认。", "请第二名核实人员办理。")


def verifies(actor: Actor, lead: Lead) -> bool:
    """This function will say whether somebody verifies a lead."""
    return lead.office_id == actor.office_id and lead.verifiers.filter(user_id=actor.user_id or 0).exists()


def check_may_lead_on(actor: Actor, lead: Lead) -> None:
    """This function will let pass the office of a lead, and the centre, which may take a case up from it. :raises NotAllowed:"""
    if actor.is_platform or (actor.has(*CLERKS) and (lead.office_id == actor.office_id or actor.office_kind is OfficeKind.CITY_CENTRE)):
        return
    raise _no(actor, f"这件线索由{lead.office.name}承办。", "由承办单位或者市职鉴中心据此立案。")


def check_may_answer(actor: Actor, word: BodyWord) -> None:
    """This function will let pass the people of the body that was asked. :raises NotAllowed:"""
    if actor.office_kind is not OfficeKind.ASSESSMENT_BODY or word.body.office_id != actor.office_id or not actor.has(*_BODY):
        raise _no(actor, "这件事没有请您所在的机构说明。", "只有被请求说明的评价机构可以答复。")


def of_the_body(actor: Actor, lead: Lead) -> bool:
    """This function will say whether somebody acts for the body a lead is about, or is accused by it."""
    own = lead.body is not None and lead.body.office_id == actor.office_id
    return own or actor.office_kind is OfficeKind.ASSESSMENT_BODY or lead.accused.filter(user_id=actor.user_id or 0).exists()


def check_may_see_evaluators(actor: Actor) -> None:
    """This function will let pass the offices of the city and the districts. :raises NotAllowed:"""
    if actor.office_kind not in HANDLING | {OfficeKind.CITY_BUREAU}:
        raise _no(actor, "线索由市人社局、市职鉴中心和区人社局查看。", "请返回您的首页。")


def check_may_note(actor: Actor, district: str) -> None:
    """This function will let pass who enters an evaluator that was seen: a district on its own ground, the centre everywhere. :raises NotAllowed:"""
    check_may_enter(actor)
    if actor.office_kind is OfficeKind.DISTRICT_BUREAU and district != actor.district:
        raise NotAllowed(
            f"这里在{district_name(district)}，不在本区。", UNFILED_LAW, f"您当前身份为“{actor.label}”，请转由该区人社局或者市职鉴中心登记。"
        )


def check_may_on(actor: Actor, verb: str, one: Evaluator) -> None:
    """This function will let pass the office on whose ground an evaluator is, in the role for `verb`; the director who warns is not who looked it
    up (our default: two people). :raises NotAllowed:"""
    _check_role(actor, EVALUATOR_MOVES, verb)
    if one.office_id != actor.office_id:
        raise _no(actor, f"这件由{one.office.name}办理。", "请联系承办单位。")
    if verb == "warn" and one.looked_up_by_id == actor.user_id:
        raise _no(actor, "公开提示由核对人以外的负责人决定。", "请另一名负责人决定，或者由他人重新核对。")


def why_not(check: Callable[..., None], *given: Any) -> str:
    """This function will give the sentence with which a check of this module would refuse, or nothing."""
    try:
        check(*given)
    except NotAllowed as refusal:
        return str(refusal)
    return ""
