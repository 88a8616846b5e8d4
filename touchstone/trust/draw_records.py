"""抽签记录: what is kept of a draw, and does it, or a list of example draws, come out the same when it is drawn again?"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from touchstone.trust.draw_teams import matched_again
from touchstone.trust.draws import NAME, Entry, RosterBroken, Slot, Unfilled, commitment, matched, ranked, roster_lines, roster_root, seed_of


def draw_record(draw: str, slot: str, entries: Sequence[Entry], count: int, *, source: str, secret: bytes) -> dict[str, Any]:
    """This function will draw the entries of one stratum under a secret and give the record from which anyone may draw again: roster, root, sources,
    secret with its commitment, seed, the order of all, and how many were wanted. Whoever chooses adds who was `chosen` and `passed_over`.

    :raises RosterBroken:
    """
    root, sources = roster_root(entries), [(source, draw)]
    seed = seed_of(draw, root, sources, secret)
    return {
        "format": NAME,
        "draw": draw,
        "slot": slot,
        "count": count,
        "roster": [line.decode() for line in roster_lines(entries)],
        "root": root,
        "sources": [list(one) for one in sources],
        "secret": secret.hex(),
        "commitment": commitment(secret),
        "seed": seed.hex(),
        "order": [entry.id for entry in ranked(seed, entries)],
    }


_UNREADABLE = (RosterBroken, LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)


def _told(error: BaseException) -> str:
    return f"缺少“{error.args[0]}”" if isinstance(error, KeyError) and error.args else "的写法不对"


class RecordMalformed(ValueError):
    """The file holds no record of a draw that can be read."""


def disagreements(vectors: Sequence[Mapping[str, Any]]) -> list[str]:
    """This function will draw every example again and name those that come out otherwise: `{seed, stratum, items, k, selected, slots, cand, cap,
    assignment}`, assignment null where none exists. One that cannot be read agrees with nothing, and is named too."""
    wrong = []
    for number, vector in enumerate(vectors, 1):
        try:
            wrong += [f"第{number}例{what}的不同" for what in _otherwise(vector)]
        except _UNREADABLE as error:
            wrong.append(f"第{number}例{_told(error)}")
    return wrong


def _otherwise(vector: Mapping[str, Any]) -> list[str]:
    """Name what of one example comes out otherwise."""
    seed = bytes.fromhex(vector["seed"])
    drawn = ranked(seed, [Entry(name, vector["stratum"], weight) for name, weight in vector["items"]])
    slots = [Slot(slot, thing, tuple(vector["cand"][slot])) for slot, thing in vector["slots"]]
    try:
        found: dict[str, str] | None = matched(seed, slots, vector["cap"])
    except Unfilled:
        found = None
    return [
        *(["抽中"] if [entry.id for entry in drawn[: vector["k"]]] != vector["selected"] else []),
        *(["派往各处"] if found != vector["assignment"] else []),
    ]


def draw_again(record: Mapping[str, Any]) -> dict[str, Any]:
    """This function will draw a record again from its roster, sources and secret (or its seed), and give root, seed, order, those selected in each
    stratum with the reserves, and in `differs` what the record says otherwise; of one that has `inspectors` also who is sent where and what was
    announced.

    `roster` holds {id, stratum, weight} or such lines as text; `quotas` {stratum: k}, or `slot` and `count` for one stratum; people whom a record
    passed over, each with a reason in the record, are stepped over. :raises RecordMalformed:
    """
    try:
        return _drawn_again(record)
    except RosterBroken as error:
        raise RecordMalformed(f"名单不成立：{error}") from error
    except _UNREADABLE as error:
        raise RecordMalformed(f"记录{_told(error)}，不能据以重新抽取") from error


def _drawn_again(record: Mapping[str, Any]) -> dict[str, Any]:
    entries = [_entry(line) for line in record["roster"]]
    root = roster_root(entries)
    sources = [(str(name), str(value)) for name, value in record.get("sources", [])]
    secret = bytes.fromhex(record.get("secret", ""))
    seed = seed_of(record["draw"], root, sources, secret) if sources else bytes.fromhex(record["seed"])
    quotas = dict(record.get("quotas") or {record["slot"]: int(record["count"])})
    passed = set(record.get("passed_over", {}))
    order = {stratum: [entry.id for entry in ranked(seed, [e for e in entries if e.stratum == stratum])] for stratum in quotas}
    standing = {stratum: [name for name in names if name not in passed] for stratum, names in order.items()}
    selected = {stratum: standing[stratum][: int(count)] for stratum, count in quotas.items()}
    made: dict[str, Any] = {
        "format": NAME,
        "root": root,
        "seed": seed.hex(),
        "commitment": commitment(secret),
        "order": order,
        "selected": selected,
        "reserves": {stratum: standing[stratum][int(count) :] for stratum, count in quotas.items()},
    }
    if "inspectors" in record:
        made |= matched_again(record, made, entries, secret)
    return {**made, "differs": _differs(record, made)}


def _entry(line: Any) -> Entry:
    held = json.loads(line) if isinstance(line, str) else line
    return Entry(held["id"], held["stratum"], int(held["weight"]))


def _differs(record: Mapping[str, Any], made: Mapping[str, Any]) -> list[str]:
    """Name what a record says otherwise than it comes out."""
    slot = record.get("slot")
    said: list[tuple[str, Any, Any]] = [(name, record.get(name), made[name]) for name in ("root", "seed", "commitment", "selected")]
    said += [(name, record.get(name), made[name]) for name in ("assignment", "announced") if name in made]
    if slot is not None:
        said += [("order", record.get("order"), made["order"][slot])]
        said += [("chosen", sorted(record["chosen"]) if "chosen" in record else None, sorted(made["selected"][slot]))]
    return [name for name, told, found in said if told is not None and told != found]
