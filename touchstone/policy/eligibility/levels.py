"""技能等级: which levels are examined, which are posts an enterprise appoints to, and how is each written?

`通知 二(一)`: 新八级工. Levels 5 to 1 are examined; 特级技师 and 首席技师 are posts.
"""

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """The five levels that are examined; the number is the place in the certificate number."""

    FIVE = 5
    FOUR = 4
    THREE = 3
    TWO = 2
    ONE = 1

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def short_label(self) -> str:
        return self.label.split("/")[0]


_LABELS = {
    Level.FIVE: "五级/初级工",
    Level.FOUR: "四级/中级工",
    Level.THREE: "三级/高级工",
    Level.TWO: "二级/技师",
    Level.ONE: "一级/高级技师",
}


class SeniorPost(StrEnum):
    """The two posts above level 1: an enterprise appoints to them, nobody sits an exam for them."""

    SPECIAL_TECHNICIAN = "special_technician"
    CHIEF_TECHNICIAN = "chief_technician"

    @property
    def label(self) -> str:
        return {"special_technician": "特级技师", "chief_technician": "首席技师"}[self.value]


Rank = Level | SeniorPost
"""What a certificate can be of: a level that was examined, or a post."""


def parse_level(text: str) -> Level:
    """This function will read a level as people write it: `五级/初级工`, `五级`, `初级工`, `5`, `5级`.

    :raises ValueError: with a sentence that names the choices.
    """
    wanted = text.strip().replace("／", "/").replace(" ", "")
    for level, label in _LABELS.items():
        if wanted in {label, *label.split("/"), str(int(level)), f"{int(level)}级"}:
            return level
    raise ValueError(f"“{text}”不是技能等级，请从“{'、'.join(_LABELS.values())}”中选择。")
