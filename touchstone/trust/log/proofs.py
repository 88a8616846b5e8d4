"""回执: a few lines of text by which anyone, offline, sees that an entry is in a log that witnesses have seen. (C2SP tlog-proof)"""

from collections.abc import Iterable
from dataclasses import dataclass

from touchstone.trust.log.checkpoints import Signed, decimal, read_signed
from touchstone.trust.log.merkle import check_inclusion, inclusion
from touchstone.trust.log.notes import NoteBroken, Verifier, based, unbased
from touchstone.trust.log.tiles import Fetch, Reader

FIRST_LINE = "c2sp.org/tlog-proof@v1"


class ReceiptBroken(NoteBroken):
    """The text is no receipt."""


@dataclass(frozen=True)
class Receipt:
    """Where the entry stands, the hashes from it to the root, and the signed checkpoint that has this root."""

    index: int
    path: tuple[bytes, ...]
    note: str
    extra: bytes = b""

    def text(self) -> str:
        """This method will give the receipt as it is kept in a file (`.tlog-proof`)."""
        extra = [f"extra {based(self.extra)}"] if self.extra else []
        lines = [FIRST_LINE, *extra, f"index {self.index}", *map(based, self.path), "", self.note]
        return "\n".join(lines)

    @classmethod
    def read(cls, text: str) -> "Receipt":
        """This method will read such a text. :raises ReceiptBroken:"""
        head, gap, note = text.partition("\n\n")
        lines = head.split("\n")
        if not gap or not note or lines[0] != FIRST_LINE:
            raise ReceiptBroken(f"a receipt begins with {FIRST_LINE} and ends with a checkpoint")
        extra = unbased(lines[1][6:]) if len(lines) > 1 and lines[1].startswith("extra ") else None
        rest = lines[2:] if extra is not None else lines[1:]
        if not rest or not rest[0].startswith("index ") or extra == b"":
            raise ReceiptBroken("a receipt says the index of its entry")
        path = tuple(unbased(one) for one in rest[1:])
        if len(path) > 63 or any(len(one) != 32 for one in path):
            raise ReceiptBroken("a line of the path is no hash")
        return cls(decimal(rest[0][6:]), path, note, extra or b"")

    def check(self, leaf: bytes, log: Verifier, witnesses: Iterable[Verifier] = ()) -> Signed:
        """This method will let the receipt of a leaf hash pass and give the checkpoint, with whoever witnessed it.

        :raises NoteBroken: where the checkpoint is not signed by the log. :raises ProofWrong: where the leaf is not under its root.
        """
        signed = read_signed(self.note, log, witnesses)
        check_inclusion(leaf, self.index, signed.checkpoint.size, self.path, signed.checkpoint.root)
        return signed


def receipt(fetch: Fetch, note: str, size: int, index: int) -> Receipt:
    """This function will make the receipt of an entry from published tiles. :raises TileBroken: :raises FileNotFoundError: :raises ValueError:"""
    return Receipt(index, tuple(inclusion(Reader(fetch, size).node, index, size)), note)
