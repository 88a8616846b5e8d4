"""日志目录: how do tiles come onto the disk so that no crash leaves a published log that is not whole?"""

import os
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from touchstone.trust.log.merkle import Edge
from touchstone.trust.log.tiles import WIDTH, Reader, TileBroken, bundle, summit, tile_path, widths

CHECKPOINT = "checkpoint"


AT_ONCE = 128
"""Files that are open while they are synced, several at a time: a disk takes a hundred together in the time of a dozen one by one."""


def write_durably(files: Sequence[tuple[Path, bytes]]) -> None:
    """This function will put bytes where paths say, each whole and on the disk, or leave what was there: draft, fsync, rename. Folders are not
    synced. :raises OSError:"""
    for at in range(0, len(files), AT_ONCE):
        some = files[at : at + AT_ONCE]
        drafts = [path.with_name(f".{path.name}.draft") for path, _ in some]
        opened: list[int] = []
        try:
            for draft, (_, content) in zip(drafts, some, strict=True):
                opened.append(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644))
                view = memoryview(content)
                while view:
                    view = view[os.write(opened[-1], view) :]
            if len(some) > 1:
                with ThreadPoolExecutor(8) as together:
                    list(together.map(os.fsync, opened))
            else:
                os.fsync(opened[0])
        finally:
            for descriptor in opened:
                os.close(descriptor)
        for draft, (path, _) in zip(drafts, some, strict=True):
            draft.rename(path)


def sync_folder(path: Path) -> None:
    """This function will have the disk know which files are in a folder. :raises OSError:"""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Folder:
    """The folder of one log, as any web server may serve it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fetch(self, name: str) -> bytes:
        """This method will read a file (see `tiles.Fetch`). :raises FileNotFoundError:"""
        return (self.path / name).read_bytes()

    def checkpoint(self) -> str:
        """This method will give the published checkpoint, or an empty text where there is none yet."""
        try:
            return (self.path / CHECKPOINT).read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""

    def put_checkpoint(self, note: str) -> None:
        """This method will replace the published checkpoint; from then on its tiles are what clients look for. :raises OSError:"""
        self._make(self.path)
        write_durably([(self.path / CHECKPOINT, note.encode())])
        sync_folder(self.path)

    def put(self, files: Sequence[tuple[str, bytes]]) -> None:
        """This method will write files and sync their folders once each. :raises OSError:"""
        paths = [(self.path / name, content) for name, content in files]
        folders = dict.fromkeys(path.parent for path, _ in paths)
        for folder in folders:
            self._make(folder)
        write_durably(paths)
        for folder in folders:
            sync_folder(folder)

    def clear_partial(self, before: int, after: int) -> None:
        """This method will remove the partial tiles whose full ones came with the growth from one size to another."""
        old = {level: full for level, full, _ in widths(before)}
        for level, full, _ in widths(after):
            for number in range(old.get(level, 0), min(full, old.get(level, 0) + 1)):
                for kind in (level, "entries") if level == 0 else (level,):
                    shutil.rmtree(self.path / f"{tile_path(kind, number)}.p", ignore_errors=True)

    def _make(self, folder: Path) -> None:
        if folder.is_dir():
            return
        missing = [folder, *(one for one in folder.parents if not one.exists())]
        folder.mkdir(parents=True, exist_ok=True)
        for one in reversed(missing):
            sync_folder(one.parent)


class Growing:
    """A log's tiles on the way from one size to the next: the last row of each level, and the entries of the last bundle."""

    def __init__(self, size: int = 0, rows: Sequence[Sequence[bytes]] = (), last: Sequence[bytes] = ()) -> None:
        self.size, self.rows, self.last = size, [list(row) for row in rows], list(last)

    @classmethod
    def found_in(cls, reader: Reader) -> "Growing":
        """This method will take up where published tiles end. :raises TileBroken: :raises FileNotFoundError:"""
        size = reader.size
        rows = [reader.row(level, full) if width else [] for level, full, width in widths(size)]
        last = reader.entries(size // WIDTH) if size % WIDTH else []
        return cls(size, rows, last)

    def edge(self) -> Edge:
        """This method will give the right edge, by the rows kept."""
        found: list[bytes] = []
        for row in reversed(self.rows):
            part = Edge()
            part.grow(row)
            found += part.hashes
        return Edge(self.size, found)

    def grown(self, entries: Sequence[bytes], hashes: Sequence[bytes]) -> tuple["Growing", list[tuple[str, bytes]]]:
        """This method will give the tiles after more entries, and the files that are new; we stay as we are, in case they cannot be written."""
        after = Growing(self.size, self.rows, self.last)
        files = list(after._take(entries, hashes))
        return after, files

    def _take(self, entries: Sequence[bytes], hashes: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
        if len(entries) != len(hashes):
            raise TileBroken("every entry has its hash")
        at = 0
        while at < len(entries):
            room = WIDTH - self.size % WIDTH
            some = entries[at : at + room]
            self.last += some
            self._push(0, hashes[at : at + room])
            self.size, at = self.size + len(some), at + len(some)
            if len(self.last) == WIDTH:
                yield tile_path("entries", self.size // WIDTH - 1), bundle(self.last)
                self.last = []
                yield from self._full()
        for level, full, width in widths(self.size):
            if width:
                yield tile_path(level, full, width), b"".join(self.rows[level])
        if self.last:
            yield tile_path("entries", self.size // WIDTH, len(self.last)), bundle(self.last)

    def _full(self) -> Iterator[tuple[str, bytes]]:
        level = 0
        while level < len(self.rows) and len(self.rows[level]) == WIDTH:
            row, number = self.rows[level], (self.size >> (8 * (level + 1))) - 1
            yield tile_path(level, number), b"".join(row)
            self.rows[level] = []
            self._push(level + 1, [summit(row)])
            level += 1

    def _push(self, level: int, hashes: Sequence[bytes]) -> None:
        if level == len(self.rows):
            self.rows.append([])
        self.rows[level] += hashes
