"""发证密钥状态: how does a key come to sign certificates, and how does it end?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, Side, move
from touchstone.policy.documents import notice
from touchstone.policy.roles import Role


class KeyState(StrEnum):
    """A key's way: made by the body, countersigned by the city, and retired; what it signed stays verifiable."""

    MADE = "made"
    COUNTERSIGNED = "countersigned"
    RETIRED = "retired"

    @property
    def label(self) -> str:
        return {"made": "待加签", "countersigned": "使用中", "retired": "已停用"}[self.value]


_CLAUSE = notice("一")
MOVES = Moves(
    move(
        "countersign",
        {KeyState.MADE},
        KeyState.COUNTERSIGNED,
        by={Role.REGISTRAR, Role.DIRECTOR, Role.PLATFORM},
        title="加签发证密钥",
        clause=_CLAUSE,
    ),
    move(
        "retire",
        {KeyState.MADE, KeyState.COUNTERSIGNED},
        KeyState.RETIRED,
        by={Role.BODY_LEADER, Role.REGISTRAR, Role.DIRECTOR, Role.PLATFORM},
        title="停用发证密钥",
        clause=_CLAUSE,
    ),
)
WAITING_ON = {KeyState.MADE: Side.AUTHORITY, KeyState.COUNTERSIGNED: Side.NOBODY, KeyState.RETIRED: Side.NOBODY}


class Standing(StrEnum):
    """What the published lists say of a signed certificate."""

    VALID = "valid"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
