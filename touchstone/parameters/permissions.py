"""参数权限: who may propose and who may approve a value?"""

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.policy.documents import notice
from touchstone.policy.roles import Role


def check_may_change(actor: Actor) -> None:
    """This function will let pass a policy officer. :raises NotAllowed: with a sentence."""
    if not actor.has(Role.POLICY_OFFICER):
        raise NotAllowed(
            "参数由市人力资源社会保障局、市职鉴中心的政策管理员提出，另一名政策管理员复核。",
            notice("四(三)"),
            f"您当前身份为“{actor.label}”，请将修改建议报送政策管理员。",
        )


def can_change(actor: Actor) -> bool:
    """This function will say whether the actor may propose or approve values."""
    return actor.has(Role.POLICY_OFFICER)
