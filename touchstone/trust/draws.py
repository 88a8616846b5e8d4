"""抽签: who is drawn, and who is sent to whom, so that anyone with the seed finds the same? (`cvd-draw/v1`)

Integers and SHA-256 only. A roster's entries draw tickets under the seed; the smallest are selected, the next ones are the reserves. A weight of w is
w tickets. Slots are then matched with people: slots and each slot's people stand in an order the seed gives, and the result is the first complete
assignment in that order.
"""

import hashlib
import unicodedata
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import rfc8785

NAME = "cvd-draw/v1"


def fingerprint(*parts: str | bytes) -> bytes:
    """This function will hash parts, each with its length before it, so that no two lists of parts run together; text is NFC in UTF-8."""
    digest = hashlib.sha256()
    for part in parts:
        held = part if isinstance(part, bytes) else unicodedata.normalize("NFC", part).encode()
        digest.update(len(held).to_bytes(4, "big") + held)
    return digest.digest()


@dataclass(frozen=True)
class Entry:
    """One entry of a roster: id, stratum, and how many tickets it has (at least 1)."""

    id: str
    stratum: str
    weight: int = 1

    def line(self) -> bytes:
        """This method will give the entry as a line of canonical JSON (RFC 8785)."""
        return bytes(rfc8785.dumps({"id": unicodedata.normalize("NFC", self.id), "stratum": self.stratum, "weight": self.weight}))


class RosterBroken(ValueError):
    """A roster has two entries of one id, or an entry without a ticket."""


def roster_lines(entries: Iterable[Entry]) -> list[bytes]:
    """This function will give the lines of a roster, sorted by the bytes of the id. :raises RosterBroken:"""
    held = sorted(entries, key=lambda entry: _key(entry.id))
    if len({_key(entry.id) for entry in held}) < len(held) or any(entry.weight < 1 for entry in held):
        raise RosterBroken("ids must differ and weights be at least 1")
    return [entry.line() for entry in held]


def roster_root(entries: Iterable[Entry]) -> str:
    """This function will give the tree hash (RFC 6962) of a roster, in hexadecimal. :raises RosterBroken:"""
    return _tree([hashlib.sha256(b"\0" + line).digest() for line in roster_lines(entries)]).hex()


def _tree(leaves: Sequence[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + _tree(leaves[:split]) + _tree(leaves[split:])).digest()


def commitment(secret: bytes) -> str:
    """This function will give what is published of a secret before the draw."""
    return hashlib.sha256(b"cvd-draw/v1/commit" + secret).hexdigest()


def seed_of(draw: str, root: str, sources: Sequence[tuple[str, str]], secret: bytes = b"") -> bytes:
    """This function will make the seed of a draw from its number, the roster's root, the (name, value) of each source, and the secret."""
    parts: list[str | bytes] = [f"{NAME}/seed", draw, root]
    for name, value in sources:
        parts += [name, value]
    return fingerprint(*parts, secret)


def score(seed: bytes, entry: Entry) -> bytes:
    """This function will give the smallest of an entry's tickets."""
    return min(fingerprint(f"{NAME}/ticket", seed, entry.stratum, entry.id, number.to_bytes(4, "big")) for number in range(entry.weight))


def ranked(seed: bytes, entries: Iterable[Entry]) -> list[Entry]:
    """This function will order the entries of one stratum: the first k are selected, those that follow are the reserves, in order."""
    return sorted(entries, key=lambda entry: (score(seed, entry), _key(entry.id)))


def _key(name: str) -> bytes:
    return unicodedata.normalize("NFC", name).encode()


@dataclass(frozen=True)
class Slot:
    """A place to be filled at an object, and the people who may fill it."""

    id: str
    object: str
    people: tuple[str, ...]


class Unfilled(ValueError):
    """No complete assignment exists; `slots` are those that stay empty when all are filled in the order of the draw as far as can be."""

    def __init__(self, slots: Sequence[str]) -> None:
        super().__init__("unfilled: " + ", ".join(slots))
        self.slots = tuple(slots)


def matched(seed: bytes, slots: Sequence[Slot], most: Mapping[str, int]) -> dict[str, str]:
    """This function will fill the slots: nobody twice at one object, nobody beyond their `most`; the first complete assignment in the seed's order.

    :raises Unfilled: where there is none.
    """
    order = sorted(slots, key=lambda slot: (fingerprint(f"{NAME}/slot", seed, slot.id), _key(slot.id)))
    liked = {
        slot.id: sorted(set(slot.people), key=lambda person: (fingerprint(f"{NAME}/pair", seed, slot.id, person), _key(person))) for slot in slots
    }
    table = _Table(liked, {slot.id: slot.object for slot in slots}, most)
    empty = [slot.id for slot in order if not table.seat(slot.id)]
    if empty:
        raise Unfilled(empty)
    for slot in order:
        next(person for person in liked[slot.id] if table.insist(slot.id, person))
    return table.held


class _Table:
    """A complete assignment under way, changed along augmenting paths; what is fixed stays."""

    def __init__(self, liked: Mapping[str, Sequence[str]], objects: Mapping[str, str], most: Mapping[str, int]) -> None:
        self.liked, self.objects, self.most = liked, objects, most
        self.held: dict[str, str] = {}
        self.at: dict[tuple[str, str], str] = {}  # (object, person) → slot
        self.slots_of: dict[str, dict[str, None]] = {}
        self.fixed: set[str] = set()

    def seat(self, slot: str) -> bool:
        """This method will find somebody for a slot, moving others where that helps; False where nobody can be found."""
        return self._augment(slot)

    def insist(self, slot: str, person: str) -> bool:
        """This method will fix a person in a slot if all the others can still be filled; otherwise nothing changes."""
        if self.held.get(slot) == person:
            self.fixed.add(slot)
            return True
        before = self.held[slot]
        there = self.at.get((self.objects[slot], person))
        if there in self.fixed:
            return False
        self._rise(slot)
        if there is not None:
            self._rise(there)
            self._sit(slot, person)
            displaced = [there]
        elif len(self.slots_of.get(person, {})) < self.most.get(person, 0):
            self._sit(slot, person)
            displaced = []
        else:
            return self._make_room(slot, person, before)
        self.fixed.add(slot)
        if all(self._augment(one) for one in displaced):
            return True
        self.fixed.discard(slot)
        self._rise(slot)
        self._sit(slot, before)
        for one in displaced:
            self._sit(one, person)
        return False

    def _make_room(self, slot: str, person: str, before: str) -> bool:
        """Move one of a full person's other slots elsewhere, any that can be."""
        self.fixed.add(slot)
        for other in list(self.slots_of.get(person, {})):
            if other in self.fixed:
                continue
            self._rise(other)
            self._sit(slot, person)
            if self._augment(other):
                return True
            self._rise(slot)
            self._sit(other, person)
        self.fixed.discard(slot)
        self._sit(slot, before)
        return False

    def _sit(self, slot: str, person: str) -> None:
        self.held[slot] = person
        self.at[self.objects[slot], person] = slot
        self.slots_of.setdefault(person, {})[slot] = None

    def _rise(self, slot: str) -> None:
        person = self.held.pop(slot)
        del self.at[self.objects[slot], person]
        del self.slots_of[person][slot]

    def _augment(self, start: str) -> bool:
        """Search, breadth first, for a chain of moves that ends at somebody with time left."""
        came: dict[str, tuple[str, str] | None] = {start: None}  # slot → (slot that takes its person, that person)
        full: set[str] = set()
        queue = deque([start])
        while queue:
            slot = queue.popleft()
            for person in self.liked[slot]:
                if self.held.get(slot) == person:
                    continue
                there = self.at.get((self.objects[slot], person))
                if there is not None:
                    if there not in came and there not in self.fixed:
                        came[there] = (slot, person)
                        queue.append(there)
                    continue
                if len(self.slots_of.get(person, {})) < self.most.get(person, 0):
                    self._move(slot, person, came)
                    return True
                if person not in full:
                    full.add(person)
                    for other in self.slots_of.get(person, {}):
                        if other not in came and other not in self.fixed:
                            came[other] = (slot, person)
                            queue.append(other)
        return False

    def _move(self, slot: str, person: str, came: Mapping[str, tuple[str, str] | None]) -> None:
        """Carry out the chain, from its end back to its beginning."""
        while True:
            if slot in self.held:
                self._rise(slot)
            step = came[slot]
            moved, taken = slot, person
            if step is None:
                self._sit(moved, taken)
                return
            slot, person = step
            self._sit(moved, taken)
