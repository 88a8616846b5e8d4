"""启用与停用: which comparison rules are asked on a day, and which has the office switched off?

Every rule is asked from its first day on; switching it off, or on again, is a value like any other that the office lays down: proposed by one person,
approved by another, in force from a day to come.
"""

from collections.abc import Mapping
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.policy.documents import our_default
from touchstone.policy.monitoring import RULES
from touchstone.policy.monitoring.comparison import Asked, AskedOf, ComparisonRule

_SINCE = date(2019, 1, 1)


def _switch(rule: ComparisonRule) -> Dated[bool]:
    value = Value(_SINCE, True, our_default("比对规则的启用"))
    return Dated(f"启用比对规则“{rule.title}”", value, key=f"monitoring.in_use.{rule.key}", changeable=True)


SWITCHES: Mapping[str, Dated[bool]] = {rule.key: _switch(rule) for rule in RULES}


def in_use(rule: str, day: date) -> bool:
    """This function will say whether a rule is asked on `day`."""
    return SWITCHES[rule].on(day).value


def compared(day: date) -> tuple[ComparisonRule, ...]:
    """This function will give the rules that the comparison of the register asks on `day`: those that look only at a file being handed in are asked
    there, those switched off nowhere."""
    return tuple(rule for rule in RULES if rule.population.asked_of is not AskedOf.FILES and rule.since <= day and in_use(rule.key, day))


def asked_on(day: date) -> tuple[Asked, ...]:
    """This function will give the same rules as an engine takes them, each with its numbers of that day."""
    return tuple(rule.on(day) for rule in compared(day))
