"""机构系统权限: who may open keys for a body's own systems, and who may see how they are used?"""

from typing import TYPE_CHECKING

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.policy.roles import OfficeKind, Role
from touchstone.policy.systems import CONNECTED

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

ACTING = frozenset({Role.BODY_PLANNER, Role.BODY_LEADER, Role.BODY_FILER})
"""Roles in whose place a system may act."""


def check_may_keep_keys(actor: Actor, body: "Body") -> None:
    """This function will let pass the leader of the body (谁评价、谁负责). :raises NotAllowed:"""
    if actor.office_kind is not OfficeKind.ASSESSMENT_BODY or actor.office_id != body.office_id or not actor.has(Role.BODY_LEADER):
        sentence = "接口密钥由本机构负责人开通、更换和停用。"
        raise NotAllowed(sentence, CONNECTED, f"您当前身份为“{actor.label}”，请联系本机构负责人办理。")


def why_not_keep_keys(actor: Actor, body: "Body") -> str:
    """This function will give the sentence why the actor may not keep the body's keys; empty when they may."""
    try:
        check_may_keep_keys(actor, body)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def check_may_see_keys(actor: Actor) -> None:
    """This function will let pass the people of a body and the offices that supervise or operate. :raises NotAllowed:"""
    known = actor.office_kind is OfficeKind.ASSESSMENT_BODY or actor.office_kind is OfficeKind.OPERATOR or actor.is_authority
    if not known:
        raise NotAllowed("接口使用情况由评价机构和主管部门查看。", CONNECTED, f"您当前身份为“{actor.label}”。")
