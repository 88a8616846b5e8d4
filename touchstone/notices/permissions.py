"""公示与消息权限: who may announce to all?"""

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.policy.documents import notice
from touchstone.policy.roles import OfficeKind, Role

_OFFICES = {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}


def check_may_announce(actor: Actor) -> None:
    """This function will let pass a policy officer or director of the city's two offices. :raises NotAllowed: with a sentence."""
    if not can_announce(actor):
        raise NotAllowed(
            "公告由市人力资源社会保障局、市职鉴中心发布。", notice("一"), f"您当前身份为“{actor.label}”，请将需要公告的内容报送市职鉴中心。"
        )


def can_announce(actor: Actor) -> bool:
    """This function will say whether the actor may publish announcements."""
    return actor.office_kind in _OFFICES and actor.has(Role.POLICY_OFFICER, Role.DIRECTOR)
