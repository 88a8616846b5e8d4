"""瓦片: in which file does a hash or an entry of a log stand, and what is read from such files? (C2SP tlog-tiles)"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from touchstone.trust.log.merkle import Edge, node_hash

WIDTH = 256
HEIGHT = 8
LONGEST_ENTRY = 65_535
Fetch = Callable[[str], bytes]
"""Path below the log's address → the bytes there. :raises FileNotFoundError: where there is nothing."""


class TileBroken(ValueError):
    """A tile or bundle does not hold what one of its name must hold."""


def tile_path(level: int | str, number: int, width: int = WIDTH) -> str:
    """This function will name the file of a tile, or of a bundle of entries (level `entries`)."""
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03d}")
    return f"tile/{level}/{'/'.join(groups)}" + (f".p/{width}" if width < WIDTH else "")


def widths(size: int) -> Iterator[tuple[int, int, int]]:
    """This function will give (level, number of full tiles, width of the partial one) for each level of a tree."""
    level = 0
    while size:
        yield level, size // WIDTH, size % WIDTH
        size, level = size // WIDTH, level + 1


def bundle(entries: Iterable[bytes]) -> bytes:
    """This function will write entries one after another, each with its length before it. :raises TileBroken: for one that is too long."""
    parts = []
    for one in entries:
        if len(one) > LONGEST_ENTRY:
            raise TileBroken(f"an entry of {len(one)} bytes is too long")
        parts += [len(one).to_bytes(2, "big"), one]
    return b"".join(parts)


def unbundled(packed: bytes) -> list[bytes]:
    """This function will read what `bundle` has written. :raises TileBroken:"""
    entries, at, end = [], 0, len(packed)
    while at < end:
        if at + 2 > end or (after := at + 2 + int.from_bytes(packed[at : at + 2], "big")) > end:
            raise TileBroken("a bundle ends in the middle of an entry")
        entries.append(packed[at + 2 : after])
        at = after
    return entries


def hashes_in(packed: bytes) -> list[bytes]:
    """This function will cut a tile into its hashes. :raises TileBroken:"""
    if len(packed) % 32 or not 0 < len(packed) <= WIDTH * 32:
        raise TileBroken(f"a tile of {len(packed)} bytes holds no row of hashes")
    return [packed[at : at + 32] for at in range(0, len(packed), 32)]


def summit(hashes: Sequence[bytes]) -> bytes:
    """This function will hash a full row of 2**n hashes together."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]


class Reader:
    """Reads tiles of a log as it stands at one size; what it gives is proved by whoever asked. A partial tile that is gone is looked for in the full
    one, which may have taken its place."""

    def __init__(self, fetch: Fetch, size: int) -> None:
        self.fetch, self.size = fetch, size
        self.row = lru_cache(maxsize=512)(self._row)

    def node(self, height: int, number: int) -> bytes:
        """This method will give the hash of a full subtree (see `merkle.Node`). :raises TileBroken: :raises FileNotFoundError:"""
        level, inside = divmod(height, HEIGHT)
        first = number << inside
        row = self.row(level, first // WIDTH)
        part = row[first % WIDTH : first % WIDTH + (1 << inside)]
        if len(part) != 1 << inside:
            raise TileBroken(f"tile {level}/{first // WIDTH} is too narrow")
        return summit(part)

    def entries(self, number: int) -> list[bytes]:
        """This method will give the entries of one bundle. :raises TileBroken: :raises FileNotFoundError:"""
        width = min(WIDTH, self.size - number * WIDTH)
        found = unbundled(self._fetched("entries", number, width))
        if len(found) < width:
            raise TileBroken(f"bundle {number} has {len(found)} entries, not {width}")
        return found[:width]

    def edge(self) -> Edge:
        """This method will put the right edge together from the last tile of each level. :raises TileBroken: :raises FileNotFoundError:"""
        found: list[bytes] = []
        for level, full, width in reversed(list(widths(self.size))):
            if width:
                part = Edge()
                part.grow(self.row(level, full)[:width])
                found += part.hashes
        return Edge(self.size, found)

    def _row(self, level: int, number: int) -> list[bytes]:
        width = min(WIDTH, (self.size >> (HEIGHT * level)) - number * WIDTH)
        if width <= 0:
            raise TileBroken(f"a log of {self.size} has no tile {level}/{number}")
        found = hashes_in(self._fetched(level, number, width))
        if len(found) < width:
            raise TileBroken(f"tile {level}/{number} has {len(found)} hashes, not {width}")
        return found[:width]

    def _fetched(self, level: int | str, number: int, width: int) -> bytes:
        try:
            return self.fetch(tile_path(level, number, width))
        except FileNotFoundError:
            if width == WIDTH:
                raise
            return self.fetch(tile_path(level, number))
