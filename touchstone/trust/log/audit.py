"""核对日志: is every byte of a published log what its entries make it, and which is not?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from touchstone.trust.log.checkpoints import Signed, read_signed
from touchstone.trust.log.merkle import Edge, leaf_hash
from touchstone.trust.log.notes import NoteBroken, Verifier
from touchstone.trust.log.tiles import WIDTH, Fetch, TileBroken, summit, tile_path, unbundled, widths

TakeEntry = Callable[[int, bytes], None]


@dataclass
class Audit:
    """What was found: the checkpoint, how many entries and files were read, and a sentence for everything that is not as it must be."""

    signed: Signed | None = None
    entries: int = 0
    files: int = 0
    faults: list[str] = field(default_factory=list)
    made: set[str] = field(default_factory=set)

    @property
    def whole(self) -> bool:
        return not self.faults


def audit(fetch: Fetch, log: Verifier, witnesses: Iterable[Verifier] = (), *, take: TakeEntry = lambda index, entry: None) -> Audit:
    """This function will read a whole published log, hash every entry anew, and compare every tile and the signed root with what that gives.

    `take` is shown every entry.
    """
    found = Audit()
    try:
        found.signed = read_signed(fetch("checkpoint").decode(), log, witnesses)
    except FileNotFoundError:
        found.faults.append("没有检查点")
        return found
    except (NoteBroken, UnicodeDecodeError) as error:
        found.faults.append(f"checkpoint：检查点不成立（{error}）")
        return found
    found.files += 1
    size, rows, edge = found.signed.checkpoint.size, list[list[bytes]](), Edge()
    for number in range(-(-size // WIDTH)):
        width = min(WIDTH, size - number * WIDTH)
        hashes = _bundle(fetch, number, width, found, take)
        edge.grow(hashes)
        _rise(fetch, 0, number, hashes, rows, found)
    for level, full, width in widths(size):
        if level and width:
            _compare(fetch, tile_path(level, full, width), b"".join(rows[level]), found)
    if edge.root() != found.signed.checkpoint.root:
        found.faults.append("checkpoint：条目算出的根哈希与检查点签名的不同")
    return found


def _bundle(fetch: Fetch, number: int, width: int, found: Audit, take: TakeEntry) -> list[bytes]:
    """The hashes of a bundle's entries; where it cannot be read, those of its tile stand in, so that the rest can still be looked at."""
    path = tile_path("entries", number, width)
    try:
        packed = fetch(path)
        entries = unbundled(packed)
        if len(entries) != width:
            raise TileBroken(f"{len(entries)} entries, not {width}")
    except (FileNotFoundError, TileBroken) as error:
        found.faults.append(f"{path}：条目读不出（{error if isinstance(error, TileBroken) else '文件缺失'}）")
        return _stand_in(fetch, number, width)
    found.files += 1
    found.made.add(path)
    for at, entry in enumerate(entries):
        take(number * WIDTH + at, entry)
    found.entries += width
    return [leaf_hash(entry) for entry in entries]


def _stand_in(fetch: Fetch, number: int, width: int) -> list[bytes]:
    try:
        packed = fetch(tile_path(0, number, width))
    except FileNotFoundError:
        packed = b""
    return [packed[at * 32 : at * 32 + 32].ljust(32, b"\0") for at in range(width)]


def _rise(fetch: Fetch, level: int, number: int, hashes: list[bytes], rows: list[list[bytes]], found: Audit) -> None:
    """Compare a tile, and with the last of a row the tiles above it."""
    while len(rows) <= level:
        rows.append([])
    if level == 0:
        _compare(fetch, tile_path(0, number, len(hashes)), b"".join(hashes), found)
        if len(hashes) < WIDTH:
            rows[0] = hashes
            return
        _rise(fetch, 1, number, [summit(hashes)], rows, found)
        return
    rows[level] += hashes
    if len(rows[level]) == WIDTH:
        row, rows[level] = rows[level], []
        _compare(fetch, tile_path(level, number // WIDTH), b"".join(row), found)
        _rise(fetch, level + 1, number // WIDTH, [summit(row)], rows, found)


def _compare(fetch: Fetch, path: str, made: bytes, found: Audit) -> None:
    found.made.add(path)
    try:
        there = fetch(path)
    except FileNotFoundError:
        found.faults.append(f"{path}：文件缺失")
        return
    found.files += 1
    if there != made:
        found.faults.append(f"{path}：第{_first_difference(there, made)}字节起与条目算出的不同")


def _first_difference(there: bytes, made: bytes) -> int:
    return next((at for at, (one, other) in enumerate(zip(there, made, strict=False)) if one != other), min(len(there), len(made))) + 1


def strangers(names: Iterable[str], audited: Audit, fetch: Fetch) -> Iterator[str]:
    """This function will name files of a folder that do not belong to the log: those beyond its checkpoint, and partial tiles of an earlier size
    that do not hold the beginning of what is there now."""
    whole = {name.partition(".p/")[0]: name for name in audited.made}
    for name in sorted(set(names) - audited.made - {"checkpoint"}):
        base, _, width = name.partition(".p/")
        now = whole.get(base)
        if not width.isdigit() or now is None:
            yield f"{name}：不是这份日志的文件"
            continue
        many, there, made = int(width), fetch(name), fetch(now)
        cut = made[: many * 32] if "/entries/" not in name else _beginning(made, many)
        if there != cut:
            yield f"{name}：早先的部分瓦片与现在的不同"


def _beginning(packed: bytes, many: int) -> bytes:
    at = 0
    for _ in range(many):
        at += 2 + int.from_bytes(packed[at : at + 2], "big")
    return packed[:at]
