"""比对监控规则: which comparisons are made, on which clause, who answers a hit, and how is it told?

`通知 三(二)4` 动态化比对、智能化预警. The expression of each stands in the engine under the same key.
"""

from datetime import date

from touchstone.policy.monitoring import certificate_rules, people_rules, register_rules, site_rules
from touchstone.policy.monitoring.comparison import Asked, AskedOf, ComparisonRule, Owner, Population, Severity

RULES: tuple[ComparisonRule, ...] = (*certificate_rules.RULES, *register_rules.RULES, *site_rules.RULES, *people_rules.RULES)
_BY_KEY = {rule.key: rule for rule in RULES}


def rule_of(key: str) -> ComparisonRule:
    """This function will find a rule. :raises KeyError: when none has this key."""
    return _BY_KEY[key]


def in_force(day: date) -> tuple[Asked, ...]:
    """This function will give the rules that are asked on `day`, each with its numbers of that day."""
    return tuple(rule.on(day) for rule in RULES if rule.since <= day)


__all__ = ["RULES", "Asked", "AskedOf", "ComparisonRule", "Owner", "Population", "Severity", "in_force", "rule_of"]
