"""义务: one sentence of the notice that the platform must carry, and what carries it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Duty:
    """One duty of a row (`C2.1`): its sentence, and the rules and pages that carry it (none: not yet)."""

    key: str
    sentence: str
    rules: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row of the mission: its clause in the notice, what it is about, and its duties."""

    key: str
    clause: str
    title: str
    duties: tuple[Duty, ...]


def row(key: str, clause: str, title: str, *duties: Duty) -> Row:
    """This function will write a row; its duties are numbered in order: C2.1, C2.2, …"""
    numbered = tuple(Duty(f"{key}.{n}", duty.sentence, duty.rules, duty.pages) for n, duty in enumerate(duties, 1))
    return Row(key, clause, title, numbered)


def duty(sentence: str, *, rules: tuple[str, ...] = (), pages: tuple[str, ...] = ()) -> Duty:
    """This function will write a duty, to be numbered by its row."""
    return Duty("", sentence, rules, pages)
