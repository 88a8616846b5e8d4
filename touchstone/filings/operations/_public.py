"""备案公开条目: what does the public log say of a filing that came into force, was changed, or ended?"""

from collections.abc import Mapping
from typing import Any

import rfc8785

from touchstone.filings.facts import scope_rows
from touchstone.filings.models import Filing
from touchstone.logs.lines import PublicLine, salt_of, sealed
from touchstone.policy.filing.purposes import Purpose

_KINDS = {Purpose.NEW: "filing.accepted", Purpose.AMEND: "filing.amended", Purpose.RENEW: "filing.renewed"}


def line_of_acceptance(filing: Filing) -> PublicLine:
    """This function will tell that an application came into force: whose, for which occupations and levels, from and until which month."""
    scope = sorted({f"{item.occupation.code}{f' {item.trade.name}' if item.trade else ''}/{item.level}" for item in scope_rows(filing)})
    assert filing.in_force_from is not None and filing.until is not None
    told = {"scope": scope, "from": f"{filing.in_force_from:%Y-%m}", "until": f"{filing.until:%Y-%m}"}
    return PublicLine(_KINDS[Purpose(filing.purpose)], {**_whose(filing), **told})


def line_of_end(root: Filing, kind: str, ground: str, number: str) -> PublicLine:
    """This function will tell that a filing, or lines of it, ended, or that an end (by its number) was undone."""
    return PublicLine(kind, {**_whose(root), "ground": ground, "decision": number})


def lines_of_draw(record: Mapping[str, Any]) -> list[PublicLine]:
    """This function will tell of a draw among experts: the fingerprint of the roster, and what came of it, sealed under the secret of its record."""
    name, salt = record["draw"], salt_of(bytes.fromhex(record["secret"]), record["draw"])
    kept = {key: value for key, value in record.items() if key != "secret"}
    seeded = {"draw": name, "roster_root": record["root"], "roster": len(record["roster"]), "commitment": record["commitment"]}
    return [
        PublicLine("draw.seeded", {**seeded, "seed": sealed(salt, record["seed"])}),
        PublicLine("draw.result", {"draw": name, "record": sealed(salt, bytes(rfc8785.dumps(kept)))}),
    ]


def _whose(filing: Filing) -> dict[str, str]:
    root = {"root": filing.root.number} if filing.root is not None else {}
    return {"filing": filing.number, "body": filing.body.number, **root}
