"""终止备案: on which grounds does a filing end, and what must be true?

`通知 三(四)3`: by the body's own wish (自愿), of itself (自动: an open, dated set of grounds), or by order (责令).
"""

from enum import StrEnum


class EndKind(StrEnum):
    """The three ways in which a filing ends."""

    VOLUNTARY = "voluntary"
    AUTOMATIC = "automatic"
    ORDERED = "ordered"

    @property
    def label(self) -> str:
        return {"voluntary": "自愿终止", "automatic": "自动终止", "ordered": "责令终止"}[self.value]
