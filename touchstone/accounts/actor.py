"""经办: who acts, in which office, in which roles?"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from touchstone.kernel.law import Refusal
from touchstone.policy.roles import OfficeKind, Role

if TYPE_CHECKING:
    from touchstone.accounts.models import Office


class NotAllowed(Refusal):
    """This person, in this office and role, may not do this."""


@dataclass(frozen=True)
class Actor:
    """Someone acting: a person in one office with the roles held there today, or the platform itself.

    `district` and `industry` are the office's ground: an empty district means the whole city, an empty industry all fields;
    `office_id` 0 means none.
    `request_key` names the request, so that one sent twice has one effect. `through` names the body's own system by which the person acts.
    """

    user_id: int | None = None
    person_name: str = ""
    office_id: int = 0
    office_name: str = ""
    office_kind: OfficeKind | None = None
    district: str = ""
    industry: str = ""
    roles: frozenset[Role] = frozenset()
    request_key: str = ""
    through: str = ""

    @property
    def label(self) -> str:
        if self.is_platform:
            return "平台自动办理"
        who = f"{self.office_name} {self.person_name}".strip() or "未登录访客"
        return f"{who[:60]}（经{self.through[:56]}）" if self.through else who

    @property
    def is_platform(self) -> bool:
        return Role.PLATFORM in self.roles

    @property
    def is_authority(self) -> bool:
        return self.office_kind is not None and self.office_kind.is_authority

    def has(self, *roles: Role) -> bool:
        """This method will say whether the actor holds any of the roles."""
        return bool(self.roles & frozenset(roles))

    def with_key(self, key: str) -> "Actor":
        """This method will give the same actor, acting on the request named `key`."""
        return replace(self, request_key=key)

    @staticmethod
    def of(office: "Office", *, user_id: int, person_name: str, roles: frozenset[Role], request_key: str = "") -> "Actor":
        """This method will make the actor of a person in an office."""
        return Actor(
            user_id,
            person_name,
            office.pk,
            office.name,
            OfficeKind(office.kind),
            office.district,
            office.industry,
            roles,
            request_key,
        )


PLATFORM = Actor(roles=frozenset({Role.PLATFORM}))
VISITOR = Actor()
