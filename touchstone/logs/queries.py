"""公开日志查询: which logs are there, how far are they, and which receipt does an entry have?"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Min, QuerySet

from touchstone.logs.lines import CLOSED
from touchstone.logs.models import Checkpoint, Leaf, Log, Outbox, Sequencer
from touchstone.logs.places import folder_of, served_folder
from touchstone.trust.log.checkpoints import unchecked
from touchstone.trust.log.merkle import ProofWrong
from touchstone.trust.log.notes import NoteBroken, Verifier
from touchstone.trust.log.proofs import receipt
from touchstone.trust.log.tiles import TileBroken


def all_logs() -> QuerySet[Log]:
    """This function will give the logs, by name."""
    return Log.objects.order_by("name")


def log_named(name: str) -> Log | None:
    """This function will give a log, or none."""
    return Log.objects.filter(name=name).first()


@dataclass(frozen=True)
class Waiting:
    """How many entries wait for a log, and since when the oldest does."""

    count: int
    since: datetime | None


def waiting() -> Mapping[str, Waiting]:
    """This function will give what waits, by log."""
    rows = Outbox.objects.values_list("log").annotate(many=Count("id"), since=Min("written_at"))
    return {name: Waiting(many, since) for name, many, since in rows}


def sequencer() -> Sequencer | None:
    """This function will give the sign of life of the sequencer, or none where it never ran."""
    return Sequencer.objects.filter(pk=1).first()


def checkpoints_of(log: Log, limit: int = 20) -> list[Checkpoint]:
    """This function will give the latest signed sizes of a log, newest first."""
    return list(Checkpoint.objects.filter(log=log).order_by("-size")[:limit])


@dataclass(frozen=True)
class Counted:
    """The open logs at one moment: how many entries each has, and how many there are of each kind in all."""

    sizes: dict[str, int]
    kinds: dict[str, int]


def counted_now() -> Counted | None:
    """This function will count the entries of the open logs by kind, in one look; none while an entry waits for its place."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT '', '', count(*) FROM (SELECT 1 FROM logs_outbox WHERE NOT log = ANY(%s) LIMIT 1) w UNION ALL "
            "SELECT g.name, f.kind, count(*) FROM logs_leaf f JOIN logs_log g ON g.id = f.log_id WHERE NOT g.name = ANY(%s) GROUP BY g.name, f.kind",
            [sorted(CLOSED), sorted(CLOSED)],
        )
        rows = cursor.fetchall()
    sizes, kinds = dict[str, int](), dict[str, int]()
    for name, kind, many in rows:
        if not name:
            if many:
                return None
            continue
        sizes[name], kinds[kind] = sizes.get(name, 0) + many, kinds.get(kind, 0) + many
    return Counted(sizes, kinds)


def last_entry(name: str, kind: str, *, holding: str = "") -> dict[str, Any] | None:
    """This function will give the last entry of a kind in a log (that has a field), sent out or logged already, or none."""
    for rows in (
        Outbox.objects.filter(log=name, kind=kind).order_by("-pk"),
        Leaf.objects.filter(log__name=name, kind=kind).order_by("-index"),
    ):
        for entry in rows.values_list("entry", flat=True)[:50]:
            found: dict[str, Any] = json.loads(bytes(entry))
            if not holding or holding in found:
                return found
    return None


def entries_of(name: str, kind: str) -> Iterator[dict[str, Any]]:
    """This function will give the entries of a kind that a log holds, oldest first."""
    for entry in Leaf.objects.filter(log__name=name, kind=kind).order_by("index").values_list("entry", flat=True).iterator():
        yield json.loads(bytes(entry))


def receipt_of(leaf_hash: bytes) -> str | None:
    """This function will give the receipt (`.tlog-proof`) of an entry by its leaf hash, once it is published; where it stands twice, of the first.

    The receipt is checked before it is given: a damaged tile gives none.
    """
    leaf = Leaf.objects.filter(hash=leaf_hash).select_related("log").order_by("log_id", "index").first()
    if leaf is None:
        return None
    note = served_folder(leaf.log.name).checkpoint()
    try:
        size = unchecked(note).size if note else 0
        if leaf.index >= size:
            return None
        made = receipt(folder_of(leaf.log.name).fetch, note, size, leaf.index)
        made.check(leaf_hash, Verifier.read(leaf.log.key))
    except (NoteBroken, ProofWrong, TileBroken, FileNotFoundError):
        return None
    return made.text()
