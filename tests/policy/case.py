"""案例: one line of a table: which rule, which facts, which outcome, and a word its reason must hold."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from touchstone.kernel.rules import Finding, Outcome

MET, UNMET, UNPROVEN = Outcome.MET, Outcome.UNMET, Outcome.UNPROVEN


@dataclass(frozen=True)
class Case:
    """One line of a table."""

    name: str
    rule: Callable[..., Finding]
    facts: tuple[Any, ...]
    outcome: Outcome
    says: str = ""

    @property
    def title(self) -> str:
        key: str = self.rule.rule_key  # type: ignore[attr-defined]
        return f"{key.removeprefix('eligibility.')}·{self.name}·{self.outcome.label}"


def table(rule: Callable[..., Finding], *lines: tuple[Any, ...]) -> list[Case]:
    """Write a table for one rule: (name, facts, outcome) or (name, facts, outcome, word of the reason)."""
    return [Case(line[0], rule, line[1], line[2], line[3] if len(line) > 3 else "") for line in lines]
