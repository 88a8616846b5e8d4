"""公布: which figures, and which fingerprint of the ledger itself, does the platform put into the public logs every day?

The figures are counted twice: in the registers and in the logs. Both stand in the entry, so that anybody sees whether they agree.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models.functions import Now

from touchstone.ledger.models import Entry
from touchstone.ledger.operations import record
from touchstone.logs.lines import PublicLine
from touchstone.logs.queries import counted_now, entries_of, last_entry
from touchstone.trust.log.merkle import Edge, leaf_hash
from touchstone.trust.log.monitor import STATISTICS

if TYPE_CHECKING:
    from touchstone.accounts.actor import Actor

ROOT = "archive.root"
GRACE = timedelta(minutes=10)
"""Lines with smaller numbers that are still being committed come first."""
CHUNK = 50_000
_as_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@transaction.atomic
def publish_statistics(*, day: date, registers: Callable[[], Mapping[str, int]], by: "Actor", at: datetime) -> bool:
    """This function will put a day's figures into the public log: entries by kind up to a size of each log, and what the registers hold of some.
    False while entries wait for their places, or something is registered meanwhile, for then the two could not be compared.
    """
    register = registers()
    counted = counted_now()
    if counted is None or registers() != register:
        return False
    before = (last_entry("decisions", STATISTICS) or {}).get("before")
    if before is None:
        before = {kind: many - counted.kinds.get(kind, 0) for kind, many in register.items()}
    told = {"day": day.isoformat(), "sizes": counted.sizes, "logged": counted.kinds, "register": dict(register), "before": before}
    record("statistics.published", f"{day:%Y-%m-%d}", by=by, at=at, detail=told, public=PublicLine(STATISTICS, told))
    return True


@transaction.atomic
def root_ledger(*, mark: str, by: "Actor", at: datetime) -> int:
    """This function will put the fingerprint (RFC 6962) of the ledger's lines since the last time into the closed log, at most `CHUNK` at once, and
    count the lines; with the last piece the day is done, which a line on `mark` says."""
    last = int((last_entry("audit", ROOT, holding="ledger") or {}).get("ledger", [0, 0])[1])
    keys = list(Entry.objects.filter(pk__gt=last, recorded_at__lte=Now() - GRACE).order_by("pk").values_list("pk", flat=True)[:CHUNK])
    if len(keys) < CHUNK:
        record("ledger.day_rooted", mark, by=by, at=at, detail={"lines": len(keys)})
    if not keys:
        return 0
    told = {"ledger": [keys[0], keys[-1]], "lines": len(keys), "root": ledger_root(keys[0], keys[-1]).hex()}
    record("ledger.rooted", f"{keys[0]}-{keys[-1]}", by=by, at=at, detail=told, public=PublicLine(ROOT, told))
    return len(keys)


def disagreeing_pieces() -> tuple[int, list[tuple[int, int]]]:
    """This function will count the pieces of the ledger of which a fingerprint was logged, and name (first and last line) those that differ now."""
    pieces, wrong = 0, []
    for told in entries_of("audit", ROOT):
        if "ledger" not in told:
            continue
        first, last = told["ledger"]
        pieces += 1
        if ledger_root(first, last).hex() != told["root"]:
            wrong.append((first, last))
    return pieces, wrong


def ledger_root(first: int, last: int) -> bytes:
    """This function will give the root over the ledger's lines from one number to another, each as canonical JSON of all its fields."""
    edge = Edge()
    edge.grow(leaf_hash(line) for line in _lines(first, last))
    return edge.root()


def _lines(first: int, last: int) -> Iterator[bytes]:
    names = ("pk", "event", "subject", "actor_id", "actor_label", "office_id", "at", "reason", "detail", "request_key")
    for row in Entry.objects.filter(pk__gte=first, pk__lte=last).order_by("pk").values_list(*names).iterator(chunk_size=5000):
        told: dict[str, Any] = dict(zip(names, row, strict=True))
        yield _as_json({**told, "at": told["at"].isoformat()}).encode()
