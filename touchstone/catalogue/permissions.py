"""职业目录权限: who may change the catalogue?"""

from datetime import date
from typing import TYPE_CHECKING

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.policy.documents import notice
from touchstone.policy.roles import OfficeKind, Role

if TYPE_CHECKING:
    from touchstone.accounts.models import Office
    from touchstone.catalogue.models import Standard, Structure

_WHO: dict[str, tuple[frozenset[Role], str]] = {
    "keep_list": (frozenset({Role.POLICY_OFFICER}), "国家公布的职业目录由市人力资源社会保障局、市职鉴中心的政策管理员维护"),
    "clock": (frozenset(), "到期的事项由平台自动办理"),
    "keep_standards": (
        frozenset({Role.POLICY_OFFICER, Role.REGISTRAR}),
        "国家职业标准和评价规范由市人力资源社会保障局、市职鉴中心的政策管理员或者备案登记员登记",
    ),
}


def check_may(actor: Actor, act: str) -> None:
    """This function will let pass who may do `act`. :raises NotAllowed: with a sentence."""
    if actor.is_platform:
        return
    roles, sentence = _WHO[act]
    if not actor.has(*roles):
        raise NotAllowed(f"{sentence}。", notice("一"), f"您当前身份为“{actor.label}”，请将需要更新的内容报送市职鉴中心。")


def can(actor: Actor, act: str) -> bool:
    """This function will say whether `check_may` would let pass."""
    return why_not(actor, act) == ""


def why_not(actor: Actor, act: str) -> str:
    """This function will give the sentence why the actor may not; empty when they may."""
    try:
        check_may(actor, act)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def check_may_enter(actor: Actor, kind: str, owner: "Office | None", approved_on: date | None) -> None:
    """This function will let pass who may enter an edition: an enterprise its own specification, not as approved; offices any. :raises NotAllowed:"""
    own = owner is not None and owner.pk == actor.office_id and actor.has(Role.BODY_FILER)
    if kind == "specification" and own and approved_on is None:
        return
    check_may(actor, "keep_standards")


def check_may_draft(actor: Actor, standard: "Standard") -> None:
    """This function will let pass who may write down what an edition says: the centre and the bureau a national standard, an enterprise its own
    specification. :raises NotAllowed: with a sentence."""
    if actor.is_platform:
        return
    if standard.kind == "specification":
        if actor.office_id and actor.office_id == standard.owner_id and actor.has(Role.BODY_FILER):
            return
        raise NotAllowed(
            f"《{standard.title}》的结构由制定单位的备案经办人编写和导入。", notice("三(二)1"), f"您当前身份为“{actor.label}”，可以查看，不能改动。"
        )
    check_may(actor, "keep_standards")


def check_may_decide(actor: Actor, structure: "Structure") -> None:
    """This function will let pass who may approve or return a structure: a second person, the centre's policy officer. :raises NotAllowed:"""
    if actor.is_platform:
        return
    if actor.office_kind is not OfficeKind.CITY_CENTRE or not actor.has(Role.POLICY_OFFICER):
        raise NotAllowed("标准结构由市职鉴中心的政策管理员核准。", notice("三(二)1"), f"您当前身份为“{actor.label}”。")
    if actor.user_id in {structure.loaded_by_id, structure.submitted_by_id}:
        raise NotAllowed("编写或者提请核准的人不能自己核准。", notice("三(二)1"), "请由市职鉴中心的另一位政策管理员核准。")


def why_not_draft(actor: Actor, standard: "Standard") -> str:
    """This function will give the sentence why the actor may not write down what an edition says; empty when they may."""
    try:
        check_may_draft(actor, standard)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def why_not_decide(actor: Actor, structure: "Structure") -> str:
    """This function will give the sentence why the actor may not decide on a structure; empty when they may."""
    try:
        check_may_decide(actor, structure)
    except NotAllowed as refusal:
        return str(refusal)
    return ""
