"""洞察权限: whose desk is this, who makes a month's report, who explains a district's measure, and who answers?

`通知 三(三)1`: the city plans and manages for all, a district its own ground. A desk is read by those who direct an office.
"""

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.insight.models import Explanation
from touchstone.policy.documents import notice
from touchstone.policy.roles import OfficeKind, Role

LAW = notice("三(三)1")
CITY = frozenset({OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE})
LED = CITY | {OfficeKind.DISTRICT_BUREAU}


def _no(actor: Actor, sentence: str, next_step: str) -> NotAllowed:
    return NotAllowed(sentence, LAW, f"您当前身份为“{actor.label}”，{next_step}")


def check_may_read(actor: Actor) -> None:
    """This function will let pass the directors of the city's offices and of the districts. :raises NotAllowed:"""
    if actor.office_kind not in LED or not actor.has(Role.DIRECTOR):
        raise _no(actor, "领导首页、月报和各区尺度由市人社局、市职鉴中心和各区人社局的审批负责人查看。", "请换用审批负责人身份。")


def check_may_explain(actor: Actor) -> None:
    """This function will let pass the director of a district, for the own district. :raises NotAllowed:"""
    if actor.office_kind is not OfficeKind.DISTRICT_BUREAU or not actor.has(Role.DIRECTOR):
        raise _no(actor, "与其他区的差异由该区人社局审批负责人说明。", "请由该区负责人说明。")


def check_may_answer(actor: Actor, explanation: Explanation) -> None:
    """This function will let pass the directors of the city's offices. :raises NotAllowed:"""
    if actor.office_kind not in CITY or not actor.has(Role.DIRECTOR):
        raise _no(actor, f"说明{explanation.number}由市职鉴中心或者市人社局的审批负责人答复。", "请等待市级答复。")


def may_explain(actor: Actor) -> bool:
    """This function will say whether `check_may_explain` would let pass."""
    try:
        check_may_explain(actor)
    except NotAllowed:
        return False
    return True


def is_city(actor: Actor) -> bool:
    """This function will say whether the actor reads for the whole city."""
    return actor.is_platform or actor.office_kind in CITY
