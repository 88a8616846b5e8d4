"""首页统计: how much does each tile of an office's desk come to now, and by district; and is what was counted last still to be shown?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import offices
from touchstone.insight.models import DeskCount
from touchstone.insight.permissions import CITY, LED
from touchstone.insight.queries.tiles import TILES, Tile
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.roles import OfficeKind

EVERY, AT_MOST = timedelta(minutes=5), timedelta(minutes=15)
"""How often the queue counts, and from which age on a page no longer waits for the queue."""
SHORTEST = timedelta(minutes=1)
"""How soon somebody may have it counted again."""


@dataclass(frozen=True)
class Counted:
    """What a desk comes to: by tile, and by tile and district."""

    figures: Mapping[str, int]
    places: Mapping[str, Mapping[str, int]]


def tiles_of(kind: OfficeKind | None) -> list[Tile]:
    """This function will give the tiles an office of this kind has."""
    return [one for one in TILES if one.is_for(kind)]


def mapped(kind: OfficeKind | None) -> list[Tile]:
    """This function will give the tiles that are told by district: to the city alone, for a district's desk is one district's."""
    return [one for one in tiles_of(kind) if one.place] if kind in CITY else []


def counted(actor: Actor, at: datetime) -> Counted:
    """This function will count every tile of the actor's desk, and for the city each by district too, in one query more."""
    tiles = tiles_of(actor.office_kind)
    figures = {one.key: one.rows(actor, at).order_by().count() for one in tiles}
    places = {one.key: _by_district(one, actor, at) for one in mapped(actor.office_kind)}
    return Counted(figures, places)


def _by_district(tile: Tile, actor: Actor, at: datetime) -> dict[str, int]:
    """A row that concerns two districts is counted in both, as the list narrowed to either shows it."""
    rows = tile.rows(actor, at).order_by().values_list(tile.place).annotate(many=Count("pk", distinct=True))
    return {code: many for code, many in rows if code in DISTRICTS}


def of_office(office_id: int) -> DeskCount | None:
    """This function will give what an office's desk came to when it was counted last."""
    return DeskCount.objects.filter(office=office_id).first()


def is_fresh(found: DeskCount | None, actor: Actor, at: datetime, within: timedelta = AT_MOST) -> bool:
    """This function will say whether figures may still be shown: not too old, not of a clock that ran ahead, and of every tile there is."""
    if found is None or not timedelta() <= at - found.counted_at <= within:
        return False
    return all(one.key in found.figures for one in tiles_of(actor.office_kind))


def due_to_count(at: datetime) -> list[Actor]:
    """This function will give, for every desk somebody has opened and that was not counted for a while, the office to count it for."""
    due = DeskCount.objects.exclude(counted_at__gt=at - EVERY, counted_at__lte=at).values("office")
    return [as_read_by(one) for one in offices(*LED).filter(pk__in=due)]


def as_read_by(office: object) -> Actor:
    """This function will give somebody of an office, in nobody's name: a desk shows each of its directors the same."""
    return Actor.of(office, user_id=0, person_name="", roles=frozenset())  # type: ignore[arg-type]
