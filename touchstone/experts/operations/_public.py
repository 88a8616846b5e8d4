"""抽取公开条目: what does the public log say of a draw, before it, of it, and when its secret can be told?

Nobody is named. What was drawn is bound under the secret that was promised beforehand: when that is told, whoever has the record sees that it is the
one that was drawn.
"""

from collections.abc import Mapping
from typing import Any

import rfc8785
from django.utils.timezone import localtime

from touchstone.experts.models import DispatchRequest
from touchstone.logs.lines import PublicLine, salt_of, sealed


def line_of_request(found: DispatchRequest) -> PublicLine:
    """This function will tell that people will be drawn: for which places, under which promise, and in which month the secret is told."""
    slots = {one["slot"]: int(one["count"]) for one in found.slots}
    told = {"commitment": found.commitment, "slots": slots, "reveal_by": f"{localtime(found.starts_at):%Y-%m}"}
    return PublicLine("draw.announced", {"draw": found.number, "body": found.body.number, **told})


def lines_of_draw(record: Mapping[str, Any], secret: bytes) -> list[PublicLine]:
    """This function will tell of one draw: the fingerprint of the roster and the seed, and what came of it, both sealed until the secret is told."""
    name, kept = record["draw"], {key: value for key, value in record.items() if key != "secret"}
    salt = salt_of(secret, name)
    many, sources = len(record["roster"]), [source for source, _ in record["sources"]]
    seeded = {"draw": name, "roster_root": record["root"], "roster": many, "sources": sources}
    return [
        PublicLine("draw.seeded", {**seeded, "seed": sealed(salt, record["seed"])}),
        PublicLine("draw.result", {"draw": name, "record": sealed(salt, bytes(rfc8785.dumps(kept)))}),
    ]


def line_of_secret(found: DispatchRequest, secret: bytes) -> PublicLine:
    """This function will tell the secret: nobody can be drawn under it any more."""
    return PublicLine("draw.revealed", {"draw": found.number, "secret": secret.hex()})
