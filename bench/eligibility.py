"""资格判定: decisions per second on a mixed set of applicants, beside a bare loop that calls an empty rule as often."""

from datetime import date
from functools import cache
from random import Random
from typing import Any

from bench.in_django import start_django

DAY, DECISIONS = date(2026, 3, 2), 20_000
Answer = tuple[int, str]


@cache
def _applicants() -> list[Any]:
    """One in ten of each kind cannot apply, half have proof of what they claim."""
    from touchstone.exams.facts.applicant import applicant_of
    from touchstone.policy.eligibility.levels import Level
    from touchstone.simulation.crowd import Crowd

    crowd, found = Crowd(Random(1)), []
    for n in range(DECISIONS):
        level = (5, 4, 4, 3, 3, 2, 1)[n % 7]
        someone, told = crowd.applies(level, DAY, able=n % 10 != 9)
        proofs = told.proofs if n % 2 else {}
        facts = {"birthday": someone.birthday, "condition": told.condition, "claims": told.claims, "proofs": proofs, "held": (), "day": DAY}
        found.append((Level(level), told.condition, applicant_of(**facts)))
    return found


def prepare() -> Answer:
    """Only make the applicants: what the two others have done before they are measured warm."""
    start_django()
    return len(_applicants()), "ready"


def ours() -> Answer:
    """Every decision, with its findings and sentence."""
    start_django()
    from touchstone.policy.eligibility.decide import decide

    counts: dict[str, int] = {}
    for level, condition, applicant in _applicants():
        found = decide(applicant, level, DAY, claimed=condition)
        assert found.as_records() and found.sentence
        counts[found.outcome.value] = counts.get(found.outcome.value, 0) + 1
    return DECISIONS, str(sorted(counts.items()))


def empty() -> Answer:
    """As many calls of a rule that looks at nothing: the limit of any such loop in this language."""
    start_django()
    from touchstone.kernel.rules import met
    from touchstone.policy.documents import notice
    from touchstone.policy.eligibility.conditions import conditions_for

    clause = notice("一")

    def nothing(applicant: Any, day: date) -> Any:
        return met("", clause)

    calls = 0
    for level, _, applicant in _applicants():
        for _ in conditions_for(level, DAY):
            nothing(applicant, DAY)
            calls += 1
    return DECISIONS, f"{calls} calls"


CONTENDERS = (("试金石 decide（全部条件、理由和条款）", "bench.eligibility:ours"), ("空规则循环（上限）", "bench.eligibility:empty"))
