"""职业目录权限: who may change the catalogue?"""

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.policy.documents import notice
from touchstone.policy.roles import Role

_WHO: dict[str, tuple[frozenset[Role], str]] = {
    "keep_list": (frozenset({Role.POLICY_OFFICER}), "国家公布的职业目录由市人力资源社会保障局、市职鉴中心的政策管理员维护"),
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
