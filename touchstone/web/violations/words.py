"""案件用语: how do states, measures and the people of a case stand on its pages?"""

from typing import TYPE_CHECKING, Any

from touchstone.policy.exams.parts import Part
from touchstone.policy.violations.acts import Party, Tier
from touchstone.policy.violations.measures import Measure
from touchstone.print.dates import chinese_date
from touchstone.violations.states import State

if TYPE_CHECKING:
    from touchstone.violations.models import Violation

_TONES = {
    State.RECORDED: "neutral",
    State.NOTIFIED: "info",
    State.HEARD: "info",
    State.DECIDED: "warn",
    State.DROPPED: "neutral",
    State.APPEALED: "info",
    State.UPHELD: "danger",
    State.UNDONE: "ok",
}
STATES = {state.value: (state.label, _TONES[state]) for state in State}
TIERS = {tier.value: (tier.label, tone) for tier, tone in zip(Tier, ("neutral", "warn", "danger"), strict=True)}


def measure_of(case: "Violation") -> str:
    """This function will say in words what was decided; a dash where nothing was."""
    if not case.measure:
        return "—"
    measure, party = Measure(case.measure), Party(case.party)
    if measure is Measure.PART_VOID:
        return "、".join(Part(part).label for part in case.parts) + "成绩无效"
    words = measure.label_for(party)
    return f"{words}（{chinese_date(case.until)}以前）" if case.until else words


def pairs_of(case: "Violation") -> list[tuple[str, Any]]:
    """This function will give what a case is about, as pairs."""
    return [
        ("当事人", case.person.name),
        ("证件号码", case.person.id_masked),
        ("对象", Party(case.party).label),
        ("评价机构", case.body.name),
        ("计划", case.candidate.plan.title if case.candidate else "—"),
        ("科目", Part(case.part).label if case.part else "—"),
        ("行为日期", chinese_date(case.happened_on)),
        ("档次", Tier(case.tier).label),
    ]
