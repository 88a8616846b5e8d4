"""哈希树: which root stands for these entries, and which few hashes prove that one is in it, or that it only grew? (RFC 6962)"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

Node = Callable[[int, int], bytes]
"""(height, number) → hash of the full subtree of 2**height entries that begins at number × 2**height."""
EMPTY = hashlib.sha256(b"").digest()
_sha256 = hashlib.sha256


class ProofWrong(ValueError):
    """The hashes given do not prove what they are to prove."""


def leaf_hash(entry: bytes) -> bytes:
    """This function will hash an entry."""
    return _sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """This function will hash two subtrees together."""
    return _sha256(b"\1" + left + right).digest()


class Edge:
    """The right edge of a tree: how many leaves it has, and the hashes of its full subtrees, largest first. All it takes to grow on."""

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        """:raises ValueError: where the hashes are not as many as a tree of that size has."""
        if len(hashes) != size.bit_count() or any(len(one) != 32 for one in hashes):
            raise ValueError(f"a tree of {size} has {size.bit_count()} full subtrees on its edge, not {len(hashes)}")
        self.size, self.hashes = size, list(hashes)

    @classmethod
    def read(cls, size: int, packed: bytes) -> "Edge":
        """This method will read what `packed` has written. :raises ValueError:"""
        return cls(size, [packed[at : at + 32] for at in range(0, len(packed), 32)])

    def packed(self) -> bytes:
        """This method will give the hashes in one piece."""
        return b"".join(self.hashes)

    def grow(self, leaves: Iterable[bytes]) -> None:
        """This method will append leaves by their hashes."""
        stack, size, push, pop = self.hashes, self.size, self.hashes.append, self.hashes.pop
        for one in leaves:
            full = size
            while full & 1:
                one = _sha256(b"\1" + pop() + one).digest()
                full >>= 1
            push(one)
            size += 1
        self.hashes, self.size = stack, size

    def root(self) -> bytes:
        """This method will give the root of the tree."""
        if not self.hashes:
            return EMPTY
        found = self.hashes[-1]
        for one in reversed(self.hashes[:-1]):
            found = node_hash(one, found)
        return found


def root_of(leaves: Iterable[bytes]) -> bytes:
    """This function will give the root over leaf hashes."""
    edge = Edge()
    edge.grow(leaves)
    return edge.root()


def range_hash(node: Node, start: int, end: int) -> bytes:
    """This function will hash the entries from `start` to before `end`; `start` is a multiple of the largest power of two below their number."""
    if start == end:
        return EMPTY
    many = end - start
    if many & (many - 1) == 0:
        height = many.bit_length() - 1
        return node(height, start >> height)
    split = start + _split(many)
    return node_hash(range_hash(node, start, split), range_hash(node, split, end))


def inclusion(node: Node, index: int, size: int) -> list[bytes]:
    """This function will prove that an entry is in a tree. :raises ValueError: where the tree has no such entry."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} has no entry {index}")
    start, end, path = 0, size, []
    while end - start > 1:
        split = start + _split(end - start)
        if index < split:
            path.append(range_hash(node, split, end))
            end = split
        else:
            path.append(range_hash(node, start, split))
            start = split
    return path[::-1]


def consistency(node: Node, old: int, size: int) -> list[bytes]:
    """This function will prove that a tree of `size` has grown from its first `old` entries. :raises ValueError: for sizes that cannot be."""
    if not 0 <= old <= size:
        raise ValueError(f"a tree of {size} has not grown from {old}")
    if old in (0, size):
        return []
    start, end, whole, path = 0, size, True, []
    while old != end:
        split = start + _split(end - start)
        if old <= split:
            path.append(range_hash(node, split, end))
            end = split
        else:
            path.append(range_hash(node, start, split))
            start, whole = split, False
    if not whole:
        path.append(range_hash(node, start, end))
    return path[::-1]


def check_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """This function will let pass a path that leads from a leaf to the root. :raises ProofWrong:"""
    if not 0 <= index < size:
        raise ProofWrong(f"a tree of {size} has no entry {index}")
    place, last, found = index, size - 1, leaf
    for one in path:
        if last == 0:
            raise ProofWrong("the path is too long")
        if place & 1 or place == last:
            found = node_hash(one, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, one)
        place, last = place >> 1, last >> 1
    if last:
        raise ProofWrong("the path is too short")
    if found != root:
        raise ProofWrong("the path leads to another root")


def check_consistency(old: int, size: int, old_root: bytes, root: bytes, path: Sequence[bytes]) -> None:
    """This function will let pass hashes that lead from the old root to the new one. :raises ProofWrong:"""
    if not 0 <= old <= size:
        raise ProofWrong(f"a tree of {size} has not grown from {old}")
    if old in (0, size):
        if path:
            raise ProofWrong("there is nothing to prove, and yet hashes")
        if (old == size and old_root != root) or (old == 0 and old_root != EMPTY):
            raise ProofWrong("two roots for one size")
        return
    given = list(path)
    if old & (old - 1) == 0:
        given.insert(0, old_root)
    if not given:
        raise ProofWrong("the path is too short")
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = given[0]
    for one in given[1:]:
        if last == 0:
            raise ProofWrong("the path is too long")
        if place & 1 or place == last:
            before, after = node_hash(one, before), node_hash(one, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, one)
        place, last = place >> 1, last >> 1
    if last:
        raise ProofWrong("the path is too short")
    if before != old_root:
        raise ProofWrong("the path comes from another old root")
    if after != root:
        raise ProofWrong("the path leads to another root")


def _split(many: int) -> int:
    return 1 << (many - 1).bit_length() - 1
