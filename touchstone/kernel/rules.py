"""规则: what does a rule find in the facts?

A rule is a function from facts and a day to a `Finding`. Findings are stored with the decision and never recomputed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec

from touchstone.kernel.law import Clause, Refusal

P = ParamSpec("P")


class Outcome(StrEnum):
    """What a rule can find. Not knowing is a third thing, neither yes nor no."""

    MET = "met"
    UNMET = "unmet"
    UNPROVEN = "unproven"

    @property
    def label(self) -> str:
        return {"met": "符合", "unmet": "不符合", "unproven": "待证明"}[self.value]


@dataclass(frozen=True)
class Finding:
    """What one rule found: outcome, reason, clause, and what to hand in where proof is missing."""

    outcome: Outcome
    reason: str
    clause: Clause
    ask_for: str = ""
    rule: str = ""
    title: str = ""

    def as_record(self) -> dict[str, str]:
        """This method will give the finding as it is stored: plain strings, the clause by title and label."""
        return {
            "rule": self.rule,
            "title": self.title,
            "outcome": self.outcome.value,
            "reason": self.reason,
            "clause": str(self.clause),
            "ask_for": self.ask_for,
        }


def met(reason: str, clause: Clause) -> Finding:
    """This function will state that the condition is fulfilled."""
    return Finding(Outcome.MET, reason, clause)


def unmet(reason: str, clause: Clause) -> Finding:
    """This function will state that the condition is not fulfilled."""
    return Finding(Outcome.UNMET, reason, clause)


def unproven(reason: str, clause: Clause, *, ask_for: str) -> Finding:
    """This function will state that the condition may be fulfilled but is not yet proved, and what would prove it."""
    return Finding(Outcome.UNPROVEN, reason, clause, ask_for=ask_for)


@dataclass(frozen=True)
class Rule:
    """A rule as the policy book lists it: a clause that is true or not."""

    key: str
    title: str
    module: str
    summary: str


_rules: dict[str, Rule] = {}


def rule(title: str) -> Callable[[Callable[P, Finding]], Callable[P, Finding]]:
    """This function will register a rule under its own dotted name and stamp name and title on what it finds."""

    def register(function: Callable[P, Finding]) -> Callable[P, Finding]:
        key = f"{function.__module__.removeprefix('touchstone.policy.')}.{function.__name__}"
        _rules[key] = Rule(key, title, function.__module__, (function.__doc__ or "").strip().split("\n")[0])

        @wraps(function)
        def find(*args: P.args, **kwargs: P.kwargs) -> Finding:
            found = function(*args, **kwargs)
            return Finding(found.outcome, found.reason, found.clause, found.ask_for, key, title)

        find.rule_key = key  # type: ignore[attr-defined]
        return find

    return register


def all_rules() -> tuple[Rule, ...]:
    """This function will give every rule loaded so far, in order of key."""
    return tuple(_rules[key] for key in sorted(_rules))


def weakest(findings: Iterable[Finding]) -> Outcome:
    """This function will give the outcome of a list of which all must hold: unmet, else unproven, else met."""
    outcomes = {finding.outcome for finding in findings}
    return next((o for o in (Outcome.UNMET, Outcome.UNPROVEN) if o in outcomes), Outcome.MET)


def strongest(findings: Iterable[Finding]) -> Outcome:
    """This function will give the outcome of a list of which any one suffices: met, else unproven, else unmet."""
    outcomes = {finding.outcome for finding in findings}
    return next((o for o in (Outcome.MET, Outcome.UNPROVEN) if o in outcomes), Outcome.UNMET)


class WordsMissing(Refusal):
    """Something had to be said in words, and nothing was."""


def written(text: str, sentence: str, clause: Clause, next_step: str) -> str:
    """This function will give what somebody wrote, without blanks around it. :raises WordsMissing: with the sentence, where nothing was written."""
    if not text.strip():
        raise WordsMissing(sentence, clause, next_step)
    return text.strip()


def must(finding: Finding, next_step: str) -> None:
    """This function will let pass what a rule finds fulfilled. :raises Refusal: with the rule's reason and clause."""
    all_met([finding], next_step)


def all_met(findings: Iterable[Finding], next_step: str) -> None:
    """This function will let pass findings that are all met. :raises Refusal: with the first that is not, the others as details."""
    missing = [finding for finding in findings if finding.outcome is not Outcome.MET]
    if missing:
        details = tuple(f"{one.reason}（依据：{one.clause}）" for one in missing[1:])
        raise Refusal(f"{missing[0].reason}。", missing[0].clause, next_step, details)


def records(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """This function will give findings as they are stored with a decision."""
    return [finding.as_record() for finding in findings]
