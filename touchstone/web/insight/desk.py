"""领导首页: how much of what is there on my ground right now, where in the city, and which rows are those?"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse

from touchstone.insight.operations import count_desk
from touchstone.insight.permissions import check_may_read, is_city
from touchstone.insight.queries import desk as queries
from touchstone.insight.queries.tiles import Group, Tile
from touchstone.policy.districts import DISTRICTS
from touchstone.web.doors import Request, authority_door
from touchstone.web.insight.tabs import tabs

if TYPE_CHECKING:
    from touchstone.insight.models import DeskCount


@authority_door
def leader(request: Request) -> HttpResponseBase:
    """This page will show the desk of the actor's office as it was counted last, and have it counted anew when asked to.

    :raises NotAllowed: for everybody but those who direct an office of the city or of a district.
    """
    check_may_read(request.actor)
    found = queries.of_office(request.actor.office_id)
    if request.method == "POST":
        return _again(request, found)
    if not queries.is_fresh(found, request.actor, request.now):
        found = count_desk(by=request.actor, at=request.now)
    assert found is not None
    figures, day = found.figures, request.today
    groups = _groups(queries.tiles_of(request.actor.office_kind), figures, day)
    context = {
        "counted_at": found.counted_at,
        "minutes": int(queries.EVERY.total_seconds()) // 60,
        "groups": groups,
        "nothing": not any(figures.get(one["key"]) for group in groups for one in group["tiles"]),
        "ground": "全市" if is_city(request.actor) else DISTRICTS[request.actor.district],
        "tabs": tabs("leader"),
        "city": _city(request, found, day) if is_city(request.actor) else None,
    }
    return render(request, "insight/leader.html", context)


def _again(request: Request, found: "DeskCount | None") -> HttpResponseBase:
    if queries.is_fresh(found, request.actor, request.now, within=queries.SHORTEST):
        messages.info(request, "一分钟内刚刚统计过，下面就是最新的数字。")
    else:
        count_desk(by=request.actor, at=request.now)
        messages.success(request, "已重新统计。")
    return redirect("authority:leader")


def address_of(tile: Tile, day: date, district: str = "") -> str:
    """This function will give the address of the rows a tile counts, in one district where one is named."""
    query = dict(tile.query(day)) | ({"district": district} if district else {})
    return f"{reverse(f'authority:{tile.page}')}?{urlencode(query)}"


def _groups(tiles: list[Tile], figures: Mapping[str, int], day: date) -> list[dict[str, Any]]:
    shown = []
    for group in Group:
        own = [_shown(one, figures.get(one.key, 0), day) for one in tiles if one.group is group]
        if own:
            shown.append({"label": group.label, "tiles": own})
    return shown


def _shown(tile: Tile, value: int, day: date) -> dict[str, Any]:
    tone = tile.tone if value else ""
    return {"key": tile.key, "label": tile.label, "value": value, "unit": tile.unit, "url": address_of(tile, day), "tone": tone, "hint": tile.hint}


def _city(request: Request, found: "DeskCount", day: date) -> dict[str, Any]:
    """The sixteen districts on the map by one of the tiles, and in a table by all of them."""
    tiles = queries.mapped(request.actor.office_kind)
    chosen = next((one for one in tiles if one.key == request.GET.get("map")), tiles[0])
    places = found.places.get(chosen.key, {})
    rows = [
        {
            "district": name,
            "cells": [
                {"label": one.label, "value": found.places.get(one.key, {}).get(code, 0), "url": address_of(one, day, code), "tone": one.tone}
                for one in tiles
            ],
        }
        for code, name in sorted(DISTRICTS.items())
    ]
    most = sorted(((places.get(code, 0), name) for code, name in DISTRICTS.items()), key=lambda one: (-one[0], one[1]))[:3]
    return {
        "option": _map(chosen, places, day),
        "title": f"各区{chosen.label}（{chosen.unit}）",
        "summary": "、".join(f"{name}{many:,}{chosen.unit}" for many, name in most if many) or "各区都没有",
        "outlines": static("shanghai_districts.geojson"),
        "choices": [{"label": one.label, "url": f"?{urlencode({'map': one.key})}", "active": one is chosen} for one in tiles],
        "heads": [one.label for one in tiles],
        "rows": rows,
    }


def _map(tile: Tile, places: Mapping[str, int], day: date) -> dict[str, Any]:
    data = [{"name": name, "value": places.get(code, 0), "url": address_of(tile, day, code)} for code, name in sorted(DISTRICTS.items())]
    return {
        "tooltip": {"trigger": "item", "formatter": "{b}：{c}" + tile.unit},
        "visualMap": {
            "min": 0, "max": max(1, *places.values()) if places else 1, "left": 0, "bottom": 0, "text": ["多", "少"],
            "inRange": {"color": ["#dbe7f6", "#1f4e9e"]},
        },
        "series": [
            {"type": "map", "map": "shanghai", "data": data, "label": {"show": False}, "select": {"disabled": True}, "nameProperty": "name"}
        ],
    }  # fmt: skip
