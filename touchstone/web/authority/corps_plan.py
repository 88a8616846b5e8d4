"""队伍规划: where are there too few assessors for what bodies are filed for, occupation by occupation, level by level, district by district?"""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from touchstone.accounts.actor import PLATFORM
from touchstone.catalogue.queries import names_of
from touchstone.experts import permissions, queries
from touchstone.filings.queries import scope_in_force
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.exams.staffing import LEAST_ASSESSORS
from touchstone.web.doors import Request, authority_door
from touchstone.web.levels import level_label
from touchstone.web.places import DISTRICT_CHOICES


@authority_door
def corps_plan(request: Request) -> HttpResponseBase:
    """This page will set the assessors in use beside the bodies filed, and mark where there are fewer than one panel, or none."""
    permissions.check_may_plan(request.actor)
    own = request.actor.district
    district = own or request.GET.get("district", "")
    rows = _rows(request, district if district in DISTRICTS else "")
    context = {
        "rows": rows,
        "short": sum(row["gap"] for row in rows),
        "least": LEAST_ASSESSORS.on(request.today).value,
        "people": sum(sum(counts.values()) for counts in queries.supply(request.today, request.actor).values()),
        "district": district,
        "districts": [] if own else DISTRICT_CHOICES,
        "where": DISTRICTS.get(district, "全市"),
        "crumbs": [{"label": "考评督导队伍", "url": reverse("authority:corps")}, {"label": "队伍规划", "url": ""}],
    }
    return render(request, "authority/corps_plan.html", context)


def _rows(request: Request, district: str) -> list[dict[str, Any]]:
    """One row for each occupation and level that is filed or has assessors: bodies filed, assessors in the district, in the whole city."""
    day = request.today
    supply = queries.supply(day, PLATFORM)  # counts of the whole city are no secret, names are
    reach_here, reach_all = _reach(supply, district), _reach(supply, "")
    scope = scope_in_force(day).order_by()
    if district:
        scope = scope.filter(venue__district=district)
    filed: dict[tuple[str, int], set[int]] = {}
    for code, level, body in scope.values_list("occupation__code", "level", "filing__body").distinct():
        filed.setdefault((code, level), set()).add(body)
    wanted = set(filed) | {(code, level) for (code, _), counts in supply.items() for top in counts for level in range(top, 6)}
    names = names_of({code for code, _ in wanted}, day)
    least = LEAST_ASSESSORS.on(day).value
    rows = []
    for code, level in sorted(wanted, key=lambda one: (one[0], -one[1])):
        here, everywhere = reach_here.get((code, level), 0), reach_all.get((code, level), 0)
        bodies = len(filed.get((code, level), ()))
        if not bodies and not here:
            continue
        gap = bool(bodies) and everywhere < least
        tone, word = ("danger", "不够一组") if gap else ("warn", "本区不够一组") if bodies and here < least else ("ok", "可以满足")
        link = f"{reverse('authority:corps')}?tab=assessors&occupation={code}&level={level}&standing=valid"
        rows.append(
            {
                "code": code,
                "name": names.get(code, code),
                "level": level_label(level),
                "bodies": bodies,
                "here": here,
                "everywhere": everywhere,
                "gap": gap,
                "tone": tone,
                "word": word if bodies else "没有备案机构",
                "url": f"{link}&district={district}" if district else link,
            }
        )
    return rows


def _reach(supply: dict[tuple[str, str], dict[int, int]], district: str) -> dict[tuple[str, int], int]:
    """How many reach each level of each occupation (1 is the highest): an assessor up to level 3 judges 5, 4 and 3."""
    found: dict[tuple[str, int], int] = {}
    for (code, place), counts in supply.items():
        if district and place != district:
            continue
        for top, count in counts.items():
            for level in range(top, 6):
                found[code, level] = found.get((code, level), 0) + count
    return found
