"""公开日志查询: which logs are there, how far are they, and which receipt does an entry have?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet

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


def counted_by_kind(name: str) -> dict[str, int]:
    """This function will count a log's entries by kind."""
    return dict(Leaf.objects.filter(log__name=name).values_list("kind").annotate(many=Count("kind")).order_by("kind"))


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
