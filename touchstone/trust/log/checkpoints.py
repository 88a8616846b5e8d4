"""检查点: what does a log stand for at one size, in the very lines that are signed? (C2SP tlog-checkpoint)"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from touchstone.trust.log.merkle import EMPTY
from touchstone.trust.log.notes import NoteBroken, Opened, Verifier, based, opened, parted, unbased

_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


class CheckpointBroken(NoteBroken):
    """The text is no checkpoint."""


@dataclass(frozen=True)
class Checkpoint:
    """A log's name, its size, and its root at that size."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """This method will give the lines that are signed."""
        return f"{self.origin}\n{self.size}\n{based(self.root)}\n"

    @classmethod
    def read(cls, text: str) -> "Checkpoint":
        """This method will read such lines; further lines are passed over. :raises CheckpointBroken:"""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
            raise CheckpointBroken("a checkpoint has a name, a size and a root, each on a line")
        made = cls(lines[0], decimal(lines[1]), unbased(lines[2]))
        if len(made.root) != 32 or (made.size == 0 and made.root != EMPTY):
            raise CheckpointBroken("the root is none of a tree of that size")
        return made


@dataclass(frozen=True)
class Signed:
    """A checkpoint with its note and what was found of its signatures."""

    checkpoint: Checkpoint
    note: str
    signatures: Opened


def read_signed(note: str, log: Verifier, witnesses: Iterable[Verifier] = ()) -> Signed:
    """This function will open a signed checkpoint of a log, which the log itself must have signed.

    :raises NoteBroken: where it is misshapen, of another log, or not signed by it.
    """
    found = opened(note, [log, *witnesses])
    if log not in found.by:
        raise NoteBroken("the log itself did not sign this")
    made = Checkpoint.read(found.text)
    if made.origin != log.name:
        raise NoteBroken(f"this is a checkpoint of {made.origin}, not of {log.name}")
    return Signed(made, note, found)


def unchecked(note: str) -> Checkpoint:
    """This function will read a checkpoint without looking at its signatures, to know whose it claims to be. :raises NoteBroken:"""
    return Checkpoint.read(parted(note)[0])


def decimal(text: str) -> int:
    """This function will read a number as it must be written. :raises CheckpointBroken:"""
    if not _NUMBER.fullmatch(text):
        raise CheckpointBroken(f"{text[:30]!r} is no number")
    return int(text)
