"""编入: how do entries get their places, and the new size its signature, in one transaction?

Only the sequencer calls this, one process at a time. The database moves the entries and hashes them; we read them again and hash them ourselves
before anything is signed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from touchstone.logs.models import Checkpoint, Leaf, Log
from touchstone.trust.log.checkpoints import Checkpoint as Lines
from touchstone.trust.log.merkle import Edge, leaf_hash
from touchstone.trust.log.notes import Signer

MOST = 50_000
"""Entries that get their places in one transaction."""
_MOVE = """
WITH moved AS (
  DELETE FROM logs_outbox WHERE id IN (SELECT id FROM logs_outbox WHERE log = %s ORDER BY id LIMIT %s) RETURNING id, kind, entry, written_at
)
INSERT INTO logs_leaf (log_id, index, kind, entry, hash, waited_from)
SELECT %s, %s + row_number() OVER (ORDER BY id) - 1, kind, entry, sha256('\\x00'::bytea || entry), written_at FROM moved
"""


class MustNotSign(Exception):
    """Something does not fit: signing on could make two histories of one log. A person has to look."""


@dataclass(frozen=True)
class Appended:
    """A signed size, and the entries and leaf hashes that came with it."""

    checkpoint: Checkpoint
    entries: list[bytes]
    hashes: list[bytes]


def last_checkpoint(log: Log) -> Checkpoint | None:
    """This function will give the largest signed size of a log."""
    return Checkpoint.objects.filter(log=log).order_by("-size").first()


@transaction.atomic
def open_log(name: str, *, origin: str, private: bytes, at: datetime) -> Log:
    """This function will give the log of a name, and open it, with a signed size of nothing, where there is none."""
    log = Log.objects.filter(name=name).first()
    if log is None:
        signer = Signer(origin, private)
        log = Log.objects.create(name=name, origin=origin, key=str(signer.verifier))
        _sign(log, Edge(), signer, at)
    return log


@transaction.atomic
def append(log: Log, signer: Signer, *, after: int, at: datetime, most: int = MOST, held: Callable[[], bool] = lambda: True) -> Appended | None:
    """This function will put up to `most` waiting entries into their places behind the first `after`, and sign the new size; none where none wait.

    `held` says whether the lock of the only sequencer is still ours.

    :raises MustNotSign: where the last signed size is another than `after`, the lock is lost, or an entry does not read as it was hashed.
    """
    last = last_checkpoint(log)
    if last is None or last.size != after:
        raise MustNotSign(f"数据库里最后签名的是{last.size if last else 0}条，应为{after}条，可能恢复了旧备份，或另有进程在编入。")
    edge = Edge.read(after, bytes(last.edge))
    if edge.root() != bytes(last.root):
        raise MustNotSign(f"第{after}条处的检查点与它的右缘不符，检查点表可能被改动。")
    if not held():
        raise MustNotSign("编入进程的锁已经失去，另一个进程可能正在编入。")
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [log.name, most, log.pk, after])
        moved = cursor.rowcount
    if not moved:
        return None
    entries, hashes = leaves_between(log, after, after + moved)
    if len(entries) != moved:
        raise MustNotSign(f"编入了{moved}条，只读回{len(entries)}条。")
    edge.grow(hashes)
    return Appended(_sign(log, edge, signer, at), entries, hashes)


def leaves_between(log: Log, start: int, end: int) -> tuple[list[bytes], list[bytes]]:
    """This function will read entries back, each hashed anew. :raises MustNotSign: where one is missing or does not read as it was hashed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry, hash FROM logs_leaf WHERE log_id = %s AND index >= %s AND index < %s ORDER BY index", [log.pk, start, end])
        rows = cursor.fetchall()
    entries = [bytes(entry) for entry, _ in rows]
    hashes = [leaf_hash(entry) for entry in entries]
    for at, (made, (_, kept)) in enumerate(zip(hashes, rows, strict=True)):
        if made != bytes(kept):
            raise MustNotSign(f"第{start + at}条读回的内容与它的哈希不符，条目表可能被改动。")
    if len(rows) != end - start:
        raise MustNotSign(f"第{start}条至第{end}条之间应有{end - start}条，读回{len(rows)}条。")
    return entries, hashes


def _sign(log: Log, edge: Edge, signer: Signer, at: datetime) -> Checkpoint:
    note = signer.signed(Lines(log.origin, edge.size, edge.root()).text())
    return Checkpoint.objects.create(log=log, size=edge.size, root=edge.root(), edge=edge.packed(), note=note, signed_at=at)


def waiting_logs() -> list[str]:
    """This function will name the logs for which entries wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT log FROM logs_outbox ORDER BY log")
        return [row[0] for row in cursor.fetchall()]


def leaf_count(log: Log) -> int:
    """This function will count the entries that have a place: one more than the last index."""
    last = Leaf.objects.filter(log=log).order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1
