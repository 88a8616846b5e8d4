"""细目表要求: what does a blueprint ask of every form, and how is it kept?"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from touchstone.parameters.queries import in_force
from touchstone.policy.questions import papers
from touchstone.policy.questions.papers import Asked


@dataclass(frozen=True)
class Terms:
    """What each form must be, beside the standard's weights.

    `kinds`: how many questions of each kind, with how many points each, in the order in which they are printed; `element_most`: of one element;
    `exposure_most` uses within `exposure_months`; `overlap_most`: shared by two forms, `last_overlap`: with the last `last_papers` papers, in
    questions; `difficulty`: band of the mean; `abilities`: where forms are made equally informative, up to `gap`, for at most `seconds`.
    """

    kinds: Mapping[str, Asked]
    minutes: int
    element_most: int
    exposure_months: int
    exposure_most: int
    overlap_most: int
    last_papers: int
    last_overlap: int
    difficulty: tuple[float, float]
    abilities: tuple[float, ...]
    gap: float
    seconds: int

    @property
    def size(self) -> int:
        return sum(one.count for one in self.kinds.values())

    @property
    def points(self) -> Decimal:
        return sum((one.count * one.points for one in self.kinds.values()), Decimal(0))

    def with_kinds(self, kinds: Mapping[str, Asked]) -> "Terms":
        """This method will give the same terms with other kinds."""
        return replace(self, kinds=kinds)

    def as_json(self) -> dict[str, Any]:
        """This method will give the terms as they are kept."""
        kinds = [[key, one.count, str(one.points)] for key, one in self.kinds.items()]
        return {**asdict(self), "kinds": kinds, "difficulty": list(self.difficulty), "abilities": list(self.abilities)}


def read_terms(kept: Mapping[str, Any]) -> Terms:
    """This function will read what `as_json` gave."""
    kinds = {key: Asked(count, Decimal(points)) for key, count, points in kept["kinds"]}
    low, high = kept["difficulty"]
    return Terms(**{**kept, "kinds": kinds, "difficulty": (low, high), "abilities": tuple(kept["abilities"])})


def default_terms(part: str, printed_minutes: int | None, day: date) -> Terms:
    """This function will give the terms that our parameters lay down for a part."""
    kinds = papers.MIX.on(day).value[part]
    size = sum(one.count for one in kinds.values())
    overlap, last = in_force(papers.OVERLAP_MOST, day).value, in_force(papers.LAST_OVERLAP, day).value
    low, high = papers.DIFFICULTY.on(day).value
    return Terms(
        kinds=kinds,
        minutes=papers.minutes_of(part, printed_minutes, day),
        element_most=in_force(papers.ELEMENT_MOST, day).value,
        exposure_months=in_force(papers.EXPOSURE_MONTHS, day).value,
        exposure_most=in_force(papers.EXPOSURE_MOST, day).value,
        overlap_most=size * overlap // 100,
        last_papers=in_force(papers.LAST_PAPERS, day).value,
        last_overlap=size * last // 100,
        difficulty=(low, high),
        abilities=papers.ABILITIES.on(day).value,
        gap=papers.GAP.on(day).value,
        seconds=in_force(papers.SECONDS, day).value,
    )
