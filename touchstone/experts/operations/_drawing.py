"""抽取: out of those who may be sent, whom does the seed choose? Plain: the same roster and seed give the same people, without a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from touchstone.policy.experts.dispatch import OWN_STAFF_AT_MOST, kept_at_most
from touchstone.trust.draws import NAME, Entry, commitment, ranked, roster_lines, roster_root, seed_of

SOURCE = "平台承诺的保密数"


@dataclass(frozen=True)
class OnRoster:
    """Somebody who may be sent: number, tickets, whether they judge at all levels (and so may lead), were in the last panel here, are of the body."""

    id: str
    tickets: int = 1
    may_lead: bool = False
    was_last: bool = False
    of_the_body: bool = False


@dataclass(frozen=True)
class Drawn:
    """What a draw gave: those chosen, the leader first; the reserves in order; who was passed over and why; and the record to draw again from."""

    chosen: tuple[str, ...]
    reserves: tuple[str, ...]
    passed_over: Mapping[str, str]
    seed: str
    record: dict[str, Any] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        return len(self.chosen) == int(self.record["count"])


def draw(number: str, slot: str, roster: Sequence[OnRoster], count: int, *, secret: bytes, day: date, taken: Sequence[OnRoster] = ()) -> Drawn:
    """This function will choose `count` of a roster for a slot. People are taken in the order of `cvd-draw/v1`; one is passed over when a third of
    the panel would not change, or too many would be of the body itself. `taken` are those who already stand (a replacement is being drawn). The
    first who may lead leads; where none may, the first does."""
    entries = [Entry(one.id, slot, one.tickets) for one in roster]
    root = roster_root(entries)
    seed = seed_of(number, root, [(SOURCE, number)], secret)
    by_id = {one.id: one for one in roster}
    order = [entry.id for entry in ranked(seed, entries)]
    whole = count + len(taken)
    kept, own = sum(one.was_last for one in taken), sum(one.of_the_body for one in taken)
    chosen: list[str] = []
    passed: dict[str, str] = {}
    for name in order:
        if len(chosen) == count:
            break
        one = by_id[name]
        if one.was_last and kept >= kept_at_most(whole, day):
            passed[name] = "上次已在该机构考评，本次须更换三分之一"
        elif one.of_the_body and own >= OWN_STAFF_AT_MOST.on(day).value:
            passed[name] = "被评价机构本单位人员"
        else:
            chosen.append(name)
            kept, own = kept + one.was_last, own + one.of_the_body
    chosen.sort(key=lambda name: not by_id[name].may_lead)  # stable: among those who may, the order of the draw
    reserves = tuple(name for name in order if name not in chosen and name not in passed)
    record = {
        "format": NAME,
        "draw": number,
        "slot": slot,
        "count": count,
        "roster": [line.decode() for line in roster_lines(entries)],
        "root": root,
        "sources": [[SOURCE, number]],
        "secret": secret.hex(),
        "commitment": commitment(secret),
        "seed": seed.hex(),
        "order": order,
        "may_lead": sorted(one.id for one in roster if one.may_lead),
        "was_last": sorted(one.id for one in roster if one.was_last),
        "of_the_body": sorted(one.id for one in roster if one.of_the_body),
        "passed_over": passed,
        "chosen": chosen,
        "reserves": list(reserves),
    }
    return Drawn(tuple(chosen), reserves, passed, seed.hex(), record)
