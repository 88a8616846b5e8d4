"""遴选排序: who among those that fulfil the conditions comes first? By points, and where points are equal by a stated order: never by chance,
never by hand.

`通知 三(一)2` asks that organisations be selected and says nothing of how: the scales and the order are our default.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from touchstone.kernel.law import Dated, Value
from touchstone.policy.calls.conditions import Applicant
from touchstone.policy.documents import our_default

_SINCE, _OURS = date(2024, 5, 1), our_default("遴选排序")


@dataclass(frozen=True)
class Scale:
    """How one answer earns points: `points` for each full `per`, at most `most`."""

    key: str
    name: str
    per: int
    unit: str
    points: int
    most: int

    @property
    def title(self) -> str:
        return f"{self.name}每{self.per}{self.unit}得{self.points}分、最多{self.most}分"


SCALES: Dated[tuple[Scale, ...]] = Dated(
    "遴选计分办法（满分100分）",
    Value(
        _SINCE,
        (
            Scale("years", "相关工作年限", 1, "年", 2, 20),
            Scale("staff", "专职工作人员", 1, "人", 2, 20),
            Scale("experts", "本职业专家", 1, "人", 2, 20),
            Scale("seats", "理论考场座位", 10, "座", 1, 10),
            Scale("stations", "技能考核工位", 2, "个", 1, 10),
            Scale("rating", "社会组织评估等级", 1, "A", 2, 10),
            Scale("model", "示范性机构", 1, "项", 10, 10),
        ),
        _OURS,
    ),
    key="calls.scales",
)
TIES: Dated[tuple[str, ...]] = Dated(
    "得分相同时的先后",
    Value(_SINCE, ("相关工作年限长的在先", "专职工作人员多的在先", "本职业专家多的在先", "首次提交早的在先", "应征编号小的在先"), _OURS),
    key="calls.ties",
)
"""What people read; `in_order` below is the same order, and a test holds the two together."""
_COMPARED = ("years", "staff", "experts")


@dataclass(frozen=True)
class Score:
    """The points one scale gave, and for what."""

    name: str
    value: int
    points: int
    most: int


@dataclass(frozen=True)
class Contender:
    """One organisation in the ranking of a lot."""

    number: str
    points: int
    values: Mapping[str, int]
    submitted_at: datetime


def values_of(applicant: Applicant) -> dict[str, int]:
    """This function will give what counts for the ranking: every answer as it was checked, and whether it is a model."""
    checked = {key: shown.checked for key, shown in applicant.shown.items() if shown.checked is not None}
    return {**checked, "model": int(applicant.is_model)}


def scores(values: Mapping[str, int], day: date) -> tuple[Score, ...]:
    """This function will give the points of every scale in force on `day`."""
    return tuple(
        Score(scale.name, values.get(scale.key, 0), min(scale.most, values.get(scale.key, 0) // scale.per * scale.points), scale.most)
        for scale in SCALES.on(day).value
    )


def in_order(contenders: Iterable[Contender]) -> list[Contender]:
    """This function will put contenders in order: more points, then `TIES` one after another."""
    return sorted(contenders, key=lambda one: (-one.points, *(-one.values.get(key, 0) for key in _COMPARED), one.submitted_at, one.number))
