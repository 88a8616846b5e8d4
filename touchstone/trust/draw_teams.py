"""抽查抽签: which objects does a draw choose in each stratum, who is sent to each in pairs, and does its record come out the same again?

A record of `cvd-draw/v1` with more strata (`quotas`) and, beside the roster of objects, a roster of `inspectors`: {id, most, recused_from}. Every
object drawn has `per_object` slots, named `<object>/1`, `<object>/2`; the people of a slot are those not recused from its object. What binds the
inspectors before the draw is keyed by the secret, for a list of few people could be guessed.
"""

import hashlib
import inspect
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import rfc8785

from touchstone.trust import draws
from touchstone.trust.draws import NAME, Entry, Slot, commitment, fingerprint, matched, ranked, roster_lines, roster_root, seed_of


@dataclass(frozen=True)
class Inspector:
    """Somebody who may be sent: how many objects at most, and the ids of the objects they must stay away from."""

    id: str
    most: int
    recused_from: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """This method will give the inspector as a record holds them."""
        return {"id": self.id, "most": self.most, "recused_from": sorted(self.recused_from)}


@dataclass(frozen=True)
class Terms:
    """What is fixed before a draw: its number, both rosters, how many of each stratum and how many inspectors an object has."""

    draw: str
    entries: Sequence[Entry]
    quotas: Mapping[str, int]
    inspectors: Sequence[Inspector]
    per_object: int


def code_digest() -> str:
    """This function will give the SHA-256 of the program text that draws."""
    return hashlib.sha256(inspect.getsource(draws).encode()).hexdigest()


def inspectors_root(inspectors: Iterable[Inspector], secret: bytes) -> str:
    """This function will bind a roster of inspectors under the secret, in hexadecimal: it tells nothing until the secret is told."""
    lines = [bytes(rfc8785.dumps(one.plain())) for one in sorted(inspectors, key=lambda one: unicodedata.normalize("NFC", one.id).encode())]
    return fingerprint(f"{NAME}/people", secret, *lines).hex()


def announcement(terms: Terms, sources: Sequence[str], secret: bytes) -> dict[str, Any]:
    """This function will give what is told of a draw before its public numbers exist. :raises RosterBroken:"""
    return {
        "draw": terms.draw,
        "roster_root": roster_root(terms.entries),
        "roster": len(terms.entries),
        "quotas": dict(terms.quotas),
        "inspectors": inspectors_root(terms.inspectors, secret),
        "per_object": terms.per_object,
        "sources": list(sources),
        "commitment": commitment(secret),
    }


def team_record(terms: Terms, sources: Sequence[tuple[str, str]], secret: bytes) -> dict[str, Any]:
    """This function will draw and match, and give the record from which anyone may do so again.

    :raises Unfilled: where the places cannot all be filled. :raises RosterBroken:
    """
    root = roster_root(terms.entries)
    seed = seed_of(terms.draw, root, sources, secret)
    selected = {
        stratum: [one.id for one in ranked(seed, [entry for entry in terms.entries if entry.stratum == stratum])][:count]
        for stratum, count in terms.quotas.items()
    }
    return {
        "format": NAME,
        "draw": terms.draw,
        "roster": [line.decode() for line in roster_lines(terms.entries)],
        "root": root,
        "quotas": dict(terms.quotas),
        "sources": [list(one) for one in sources],
        "secret": secret.hex(),
        "commitment": commitment(secret),
        "seed": seed.hex(),
        "selected": selected,
        "inspectors": [one.plain() for one in sorted(terms.inspectors, key=lambda one: one.id)],
        "per_object": terms.per_object,
        "announced": announcement(terms, [name for name, _ in sources], secret),
        "assignment": assigned(seed, selected, terms.inspectors, terms.per_object),
    }


def assigned(seed: bytes, selected: Mapping[str, Sequence[str]], inspectors: Sequence[Inspector], per_object: int) -> dict[str, str]:
    """This function will match the places at the objects drawn with inspectors, nobody at an object they are recused from. :raises Unfilled:"""
    free = {one: tuple(person.id for person in inspectors if one not in person.recused_from) for names in selected.values() for one in names}
    slots = [Slot(f"{one}/{place}", one, people) for one, people in free.items() for place in range(1, per_object + 1)]
    return matched(seed, slots, {person.id: person.most for person in inspectors})


def matched_again(record: Mapping[str, Any], made: Mapping[str, Any], entries: Sequence[Entry], secret: bytes) -> dict[str, Any]:
    """This function will match a record's places again, from the objects that were drawn again, and give assignment and announcement."""
    people = [Inspector(str(one["id"]), int(one["most"]), tuple(one["recused_from"])) for one in record["inspectors"]]
    per_object, quotas = int(record["per_object"]), {str(key): int(count) for key, count in record["quotas"].items()}
    terms = Terms(record["draw"], entries, quotas, people, per_object)
    return {
        "assignment": assigned(bytes.fromhex(made["seed"]), made["selected"], people, per_object),
        "announced": announcement(terms, [str(name) for name, _ in record["sources"]], secret),
    }
