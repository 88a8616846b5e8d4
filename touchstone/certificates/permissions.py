"""证书权限: who issues, revokes, prints and looks through certificates, whose are the keys that sign them, and who shows one to others?

`通知 一`: 谁评价、谁负责、谁发证. A body acts on its own certificates; the city centre may revoke any. A body's leader keeps its keys, the city
centre vouches for them. What a certificate says is its holder's to show.
"""

from typing import TYPE_CHECKING

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.kernel.law import Clause
from touchstone.policy.documents import notice
from touchstone.policy.roles import OfficeKind, Role

if TYPE_CHECKING:
    from touchstone.certificates.models import Certificate

_BODY, _CENTRE = OfficeKind.ASSESSMENT_BODY, OfficeKind.CITY_CENTRE
_WHO: dict[str, tuple[frozenset[tuple[OfficeKind, Role]], str, Clause]] = {
    "issue": (frozenset({(_BODY, Role.BODY_LEADER)}), "证书由评价机构负责人核发", notice("一")),
    "print": (
        frozenset({(_BODY, Role.BODY_LEADER), (_BODY, Role.BODY_PLANNER)}),
        "证书由发证机构的负责人或考务经办人打印",
        notice("一"),
    ),
    "revoke": (
        frozenset({(_BODY, Role.BODY_LEADER), (_CENTRE, Role.DIRECTOR)}),
        "证书由发证机构负责人或市职鉴中心审批负责人撤销",
        notice("三(四)2"),
    ),
    "make_key": (frozenset({(_BODY, Role.BODY_LEADER)}), "发证密钥由评价机构负责人生成", notice("一")),
    "retire_key": (
        frozenset({(_BODY, Role.BODY_LEADER), (_CENTRE, Role.REGISTRAR), (_CENTRE, Role.DIRECTOR)}),
        "发证密钥由本机构负责人或市职鉴中心停用",
        notice("一"),
    ),
    "countersign_key": (
        frozenset({(_CENTRE, Role.REGISTRAR), (_CENTRE, Role.DIRECTOR)}),
        "发证密钥由市职鉴中心的备案登记员或审批负责人加签",
        notice("一"),
    ),
    "hand_out": (
        frozenset({(_BODY, Role.BODY_LEADER), (_BODY, Role.BODY_PLANNER)}),
        "签名证书由发证机构的负责人或考务经办人下载",
        notice("一"),
    ),
}


def check_may(actor: Actor, act: str, body_office_id: int) -> None:
    """This function will let pass who may do `act` to certificates of the body behind an office.

    :raises NotAllowed: with a sentence.
    """
    if actor.is_platform:
        return
    who, sentence, clause = _WHO[act]
    if not any(kind is actor.office_kind and actor.has(role) for kind, role in who):
        raise NotAllowed(f"{sentence}。", clause, f"您当前身份为“{actor.label}”，请换用有权限的身份或联系经办人。")
    if actor.office_kind is _BODY and actor.office_id != body_office_id:
        what = "本机构的发证密钥" if act.endswith("_key") else "本机构核发的证书"
        raise NotAllowed(f"只能办理{what}。", clause, "其他机构的请联系该机构办理。")


def check_may_enter(actor: Actor) -> None:
    """This function will let pass those who accept certificate data at an office of human resources, and the platform. :raises NotAllowed:"""
    handlers = (Role.INTAKE_CLERK, Role.REGISTRAR, Role.DIRECTOR)
    if actor.is_platform or (actor.office_kind in {OfficeKind.DISTRICT_BUREAU, _CENTRE} and actor.has(*handlers)):
        return
    sentence = "机构自行编号或平台上线以前的证书，由审核证书数据的人社部门接收后登记。"
    raise NotAllowed(sentence, notice("三(三)1"), f"您当前身份为“{actor.label}”，请由该部门办理。")


def why_not(actor: Actor, act: str, body_office_id: int) -> str:
    """This function will give the sentence why the actor may not, or nothing when they may."""
    try:
        check_may(actor, act, body_office_id)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def can(actor: Actor, act: str, body_office_id: int) -> bool:
    """This function will say whether `check_may` would let pass."""
    return not why_not(actor, act, body_office_id)


def check_is_holders(actor: Actor, certificate: "Certificate") -> None:
    """This function will let pass the person who holds the certificate. :raises NotAllowed:"""
    if actor.office_kind is not OfficeKind.CANDIDATE or not actor.user_id or _user_of(certificate) != actor.user_id:
        raise NotAllowed("证书只能由持证人本人出示和分享。", notice("一"), "请用持证人本人的账号登录，在“我的证书”中打开。")


def _user_of(certificate: "Certificate") -> int | None:
    user = getattr(certificate.holder, "user", None)
    return user.pk if user else None
