"""备案范围的写法: how is a body's scope told in few lines: occupation, trade, levels, until when, where?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from touchstone.policy.districts import district_name
from touchstone.web.levels import levels_label

if TYPE_CHECKING:
    from touchstone.filings.models import ScopeItem


@dataclass
class ScopeLine:
    """One occupation (trade) of a body's scope, with everything filed for it."""

    code: str
    name: str
    levels: set[int] = field(default_factory=set)
    standards: dict[str, None] = field(default_factory=dict)
    places: dict[str, None] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None

    @property
    def levels_label(self) -> str:
        return levels_label(self.levels)


def scope_lines(items: Iterable["ScopeItem"]) -> list[ScopeLine]:
    """This function will gather lines of scope by occupation and trade; `until` is the earliest day on which one of them ends."""
    found: dict[tuple[str, str], ScopeLine] = {}
    for item in items:
        trade = item.trade.name if item.trade else ""
        name = f"{item.occupation.name}（{trade}）" if trade else item.occupation.name
        line = found.setdefault((item.occupation.code, trade), ScopeLine(item.occupation.code, name))
        line.levels.add(item.level)
        line.standards[str(item.standard)] = None
        line.places[f"{item.venue.name}（{district_name(item.venue.district)}）"] = None
        line.since = min(filter(None, (line.since, item.since)), default=None)
        line.until = min(filter(None, (line.until, item.until)), default=None)
    return list(found.values())
