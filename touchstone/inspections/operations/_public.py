"""双随机公开条目: what does the public log say of a draw before it, of it, when it is made void, and when its secret can be told?

No body and no inspector is named before the visits; what was drawn is bound under the secret that was promised beforehand.
"""

from collections.abc import Mapping
from typing import Any

import rfc8785
from django.utils.timezone import localtime

from touchstone.inspections.models import Draw
from touchstone.logs.lines import PublicLine, salt_of, sealed
from touchstone.trust.draw_teams import code_digest


def line_of_announcement(draw: Draw, announcement: Mapping[str, Any]) -> PublicLine:
    """This function will tell that a draw will be made: under which promise, over which rosters, from which public numbers, and by which program."""
    when = {one["name"]: one["at"] for one in draw.sources}
    told = {"office": draw.plan.office.number, "plan": draw.plan.number, "when": when, "code": code_digest()}
    return PublicLine("draw.announced", {**announcement, **told, "reveal_by": f"{draw.visits_from:%Y-%m}"})


def line_of_chance(draw: Draw) -> PublicLine:
    """This function will tell the public numbers, as two officers put them down."""
    return PublicLine("draw.seeded", {"draw": draw.number, "values": [list(one) for one in draw.values]})


def line_of_draw(record: Mapping[str, Any], secret: bytes) -> PublicLine:
    """This function will tell that a draw was made, its record sealed until the secret is told."""
    name, kept = record["draw"], {key: value for key, value in record.items() if key != "secret"}
    return PublicLine("draw.result", {"draw": name, "record": sealed(salt_of(secret, name), bytes(rfc8785.dumps(kept)))})


def line_of_unfilled(draw: Draw) -> PublicLine:
    """This function will tell that inspectors did not suffice, and for how many places."""
    return PublicLine("draw.unfilled", {"draw": draw.number, "places": draw.unfilled})


def line_of_void(draw: Draw, then: str) -> PublicLine:
    """This function will tell that a draw is void, in which state it was, and the number of the one in its stead (none: no other is made)."""
    assert draw.voided_at is not None
    return PublicLine("draw.voided", {"draw": draw.number, "reason": draw.void_because, "then": then, "on": f"{localtime(draw.voided_at):%Y-%m}"})


def line_of_secret(draw: Draw, secret: bytes) -> PublicLine:
    """This function will tell the secret: every visit is known, nobody can be drawn under it any more."""
    return PublicLine("draw.revealed", {"draw": draw.number, "secret": secret.hex()})
