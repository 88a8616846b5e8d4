"""还缺什么: what is still missing before a decision may be sealed, and where is it done?"""

from dataclasses import dataclass
from datetime import date

from touchstone.enforcement.facts.procedure import proposal_of, steps_of
from touchstone.enforcement.models import Case
from touchstone.kernel.rules import Finding, Outcome
from touchstone.policy.supervision.ladder import Measure

_WHERE = {
    "two_officers_handle": ("officers", "邀请同事"),
    "evidence_is_listed": ("evidence", "登记证据"),
    "body_was_notified": ("notify", "发出或送达告知书"),
    "body_was_heard_out": ("statement", "查看陈述申辩"),
    "hearing_was_held": ("hearing", "查看听证"),
    "lawyer_has_looked": ("lawyer", "法制审核"),
    "was_discussed": ("discussion", "集体讨论"),
    "another_decides_case": ("send-up", "报送审批"),
    "remedies_are_told": ("send-up", "报送审批"),
    "case_is_alive": ("charge", "查看事实"),
}


@dataclass(frozen=True)
class Step:
    """One finding before sealing, with the place on the page where it is closed."""

    finding: Finding
    anchor: str
    button: str

    @property
    def is_met(self) -> bool:
        return self.finding.outcome is Outcome.MET


def missing_before_sealing(case: Case, day: date, decides: int | None = None) -> list[Step]:
    """This function will give every step that what is put forward (or, before that, what the platform proposes) asks for, and how each stands."""
    measures = [Measure(one) for one in case.proposal] or list(proposal_of(case, day).names)
    found = []
    for one in steps_of(case, measures, day, decides):
        anchor, button = _WHERE.get(one.rule.rpartition(".")[2], ("charge", "查看"))
        found.append(Step(one, anchor, button))
    return found
