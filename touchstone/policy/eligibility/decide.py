"""资格判定: does the applicant fulfil any one condition of the level on the day of application?

`day` is always the day of application (choice 10 of the notice's open points).
"""

from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Clause
from touchstone.kernel.rules import Finding, Outcome, strongest
from touchstone.policy.eligibility.applicant import Applicant
from touchstone.policy.eligibility.conditions import CONDITIONS, Condition, conditions_for, find_condition
from touchstone.policy.eligibility.levels import Level


@dataclass(frozen=True)
class Considered:
    """A condition and what its rule found."""

    condition: Condition
    finding: Finding

    def as_record(self) -> dict[str, str]:
        """This method will give the finding as it is stored, with key and words of the condition."""
        return {"condition": self.condition.key, "label": self.condition.label, **self.finding.as_record()}


@dataclass(frozen=True)
class Eligibility:
    """The outcome for a level, the condition it rests on, and everything that was considered."""

    level: Level
    day: date
    outcome: Outcome
    satisfied: Condition | None
    considered: tuple[Considered, ...]
    clause: Clause

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(one.finding for one in self.considered)

    @property
    def asks(self) -> tuple[str, ...]:
        """What would decide it: for each unproven condition, what to hand in."""
        if self.outcome != Outcome.UNPROVEN:
            return ()
        return tuple(f"按条件{one.condition.key}：{one.finding.ask_for}" for one in self.considered if one.finding.outcome == Outcome.UNPROVEN)

    @property
    def sentence(self) -> str:
        """The outcome as one Chinese sentence for pages, letters and the returned workbook."""
        if self.satisfied is not None:
            reason = next(one.finding.reason for one in self.considered if one.condition == self.satisfied)
            return f"符合{self.level.label}申报条件{self.satisfied.key}：{reason}（依据：{self.clause}）。"
        if self.outcome == Outcome.UNPROVEN:
            return f"{self.level.label}申报条件待证明，请补交下列任一组材料：{'；'.join(self.asks)}（依据：{self.clause}）。"
        reasons = "；".join(f"{one.condition.key} {one.finding.reason}" for one in self.considered)
        return f"不符合{self.level.label}任何一条申报条件：{reasons}（依据：{self.clause}）。请核对所填信息或改报较低等级。"

    def as_records(self) -> list[dict[str, str]]:
        """This method will give all findings as they are stored with the decision."""
        return [one.as_record() for one in self.considered]


def decide(applicant: Applicant, level: Level, day: date, *, claimed: str = "") -> Eligibility:
    """This function will decide about `level` on `day`; where several conditions are met, the `claimed` one is named.

    :raises Refusal: when `claimed` is no condition of the level on that day.
    """
    considered = tuple(Considered(one, one.rule(applicant, day)) for one in conditions_for(level, day))
    outcome = strongest(one.finding for one in considered)
    satisfied = [one.condition for one in considered if one.finding.outcome == Outcome.MET]
    preferred = find_condition(claimed, level, day) if claimed else None
    return Eligibility(
        level,
        day,
        outcome,
        preferred if preferred in satisfied else (satisfied[0] if satisfied else None),
        considered,
        CONDITIONS.on(day).clause,
    )


def check_claimed(applicant: Applicant, level: Level, condition: str, day: date) -> Finding:
    """This function will check only the condition the applicant names. :raises Refusal: when there is none such."""
    return find_condition(condition, level, day).rule(applicant, day)
