"""监看: what is new in a log since it was looked at last, does it fit what was seen before, and do the published figures fit the entries?"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from touchstone.trust.log.checkpoints import Checkpoint, read_signed
from touchstone.trust.log.merkle import Edge, ProofWrong, check_consistency, consistency, leaf_hash
from touchstone.trust.log.notes import NoteBroken, Verifier, based, unbased
from touchstone.trust.log.tiles import WIDTH, Fetch, Reader, TileBroken

TakeEntry = Callable[[int, bytes], None]
STATISTICS = "statistics.daily"


@dataclass
class Seen:
    """What is remembered of a log between two looks: size, root, right edge, entries counted by kind, and what was found wrong."""

    origin: str
    size: int = 0
    root: bytes = b""
    edge: Edge = field(default_factory=Edge)
    kinds: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def as_record(self) -> dict[str, Any]:
        """This method will give what is kept in a file."""
        return {"origin": self.origin, "size": self.size, "root": based(self.root), "edge": based(self.edge.packed()), "kinds": self.kinds}

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> "Seen":
        """This method will read such a file. :raises NoteBroken: :raises LookupError: :raises ValueError:"""
        size = int(record["size"])
        return cls(record["origin"], size, unbased(record["root"]), Edge.read(size, unbased(record["edge"])), dict(record["kinds"]))


def look(fetch: Fetch, log: Verifier, seen: Seen, *, witnesses: Iterable[Verifier] = (), take: TakeEntry = lambda index, entry: None) -> Seen:
    """This function will look at a log again: its checkpoint must be signed and have grown from what was seen, its entries lead to its root.

    `faults` of what is given are the sentences of what does not fit; what was seen before is kept then.
    """
    try:
        there = read_signed(fetch("checkpoint").decode(), log, witnesses).checkpoint
        return _followed(fetch, there, seen, take)
    except FileNotFoundError as error:
        return _faulty(seen, f"缺少文件：{error}")
    except (NoteBroken, TileBroken, UnicodeDecodeError) as error:
        return _faulty(seen, f"读不出：{error}")
    except ProofWrong as error:
        return _faulty(seen, f"与上次看到的不是同一份历史：{error}")


def _followed(fetch: Fetch, there: Checkpoint, seen: Seen, take: TakeEntry) -> Seen:
    if there.size < seen.size:
        return _faulty(seen, f"上次看到{seen.size}条，现在只有{there.size}条：日志变短了")
    reader = Reader(fetch, there.size)
    if seen.size:
        check_consistency(seen.size, there.size, seen.root, there.root, consistency(reader.node, seen.size, there.size))
    edge, kinds = Edge(seen.size, seen.edge.hashes), dict(seen.kinds)
    for number in range(seen.size // WIDTH, -(-there.size // WIDTH)):
        first = number * WIDTH
        for at, entry in enumerate(reader.entries(number)):
            if first + at < seen.size:
                continue
            edge.grow([leaf_hash(entry)])
            kind = kind_of(entry)
            kinds[kind] = kinds.get(kind, 0) + 1
            take(first + at, entry)
    if edge.root() != there.root:
        return _faulty(seen, "条目算出的根哈希与检查点签名的不同")
    return Seen(seen.origin, there.size, there.root, edge, kinds)


def _faulty(seen: Seen, sentence: str) -> Seen:
    return Seen(seen.origin, seen.size, seen.root, seen.edge, seen.kinds, [sentence])


def kind_of(entry: bytes) -> str:
    """This function will say which kind an entry is of, or that it cannot be read."""
    try:
        return str(json.loads(entry)["kind"])
    except (ValueError, LookupError, TypeError):
        return "?"


def figures_wrong(statistics: Mapping[str, Any], counted: Callable[[str, int], Mapping[str, int] | None]) -> list[str]:
    """This function will hold published figures against the entries: `sizes` names each log and its size, `logged` the entries of each kind up to
    there, `before` what was there before the log began, `register` what the register holds.

    `counted` gives the entries of a log by kind up to a size, or none where it was not followed.
    """
    day, wrong = statistics.get("day", "?"), []
    made: dict[str, int] = {}
    for name, size in statistics.get("sizes", {}).items():
        found = counted(name, int(size))
        if found is None:
            return []
        for kind, many in found.items():
            made[kind] = made.get(kind, 0) + many
    for kind, told in statistics.get("logged", {}).items():
        if made.get(kind, 0) != told:
            wrong.append(f"{day}公布{kind}共{told}条，日志里数出{made.get(kind, 0)}条")
    for kind, held in statistics.get("register", {}).items():
        whole = statistics.get("before", {}).get(kind, 0) + statistics.get("logged", {}).get(kind, 0)
        if whole != held:
            wrong.append(f"{day}公布{kind}在册{held}件，启用前与日志合计{whole}件")
    return wrong
