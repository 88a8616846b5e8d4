"""人员与机构权限: who may arrange offices, people and roles?"""

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.policy.documents import notice
from touchstone.policy.roles import OfficeKind, Role

_WHO: dict[str, tuple[frozenset[Role], str]] = {
    "arrange_offices": (frozenset({Role.SYSTEM_ADMINISTRATOR}), "设立和变更机构由系统管理员办理"),
    "grant_roles": (frozenset({Role.SECURITY_ADMINISTRATOR, Role.BODY_LEADER}), "授予和收回岗位由安全管理员办理，评价机构的岗位由本机构负责人办理"),
    "read_access_ledger": (frozenset({Role.AUDIT_ADMINISTRATOR}), "查看操作存证由审计管理员办理"),
}


def check_may(actor: Actor, act: str, office: object | None = None) -> None:
    """This function will let pass who may do `act` (in `office`). :raises NotAllowed: with a sentence."""
    if actor.is_platform:
        return
    roles, sentence = _WHO[act]
    if not actor.has(*roles):
        raise NotAllowed(f"{sentence}。", notice("一"), f"您当前身份为“{actor.label}”，请换用有权限的身份或联系经办人。")
    own_desk = actor.office_kind is OfficeKind.ASSESSMENT_BODY
    if own_desk and getattr(office, "pk", None) != actor.office_id:
        raise NotAllowed("评价机构只能管理本机构人员的岗位。", notice("一"), "其他机构的岗位请由该机构负责人办理。")


def can(actor: Actor, act: str, office: object | None = None) -> bool:
    """This function will say whether `check_may` would let pass."""
    try:
        check_may(actor, act, office)
    except NotAllowed:
        return False
    return True
