"""变更和续期的任意次序: whatever is done to an amendment or a renewal, somebody owes its next step, and the filing it changes stays whole.

Bounded, like the test of new filings whose moves it shares: some ten cases of fifteen steps over two routes, each rolled back.
"""

from contextlib import suppress
from datetime import timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test

from tests.filings.conftest import people, ready
from tests.filings.test_any_order import Filings, at_state
from touchstone.filings import operations, queries
from touchstone.filings.models import Filing
from touchstone.filings.states import OVER, State
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import add_months
from touchstone.policy.filing.ending import EndKind
from touchstone.policy.filing.purposes import Change, Purpose
from touchstone.simulation.filing import STAGES, TURNER, file_to
from touchstone.simulation.filing_changes import add_line, amend, promise, take_to

CHANGED = ("district_enterprise", "school")


class Changes(Filings):
    """One amendment or renewal of a filing in force, and everything that anybody may try on it."""

    @initialize(route=st.sampled_from(CHANGED), purpose=st.sampled_from([Purpose.AMEND, Purpose.RENEW]), ahead=st.integers(0, len(STAGES) - 2))
    def begin(self, route: str, purpose: Purpose, ahead: int) -> None:
        """Take a drafted change some way ahead."""
        self.number, self.who = self.drafts[f"{route} {purpose}"], people(self.cast, route)
        begun = self.case.begun_at
        self.at += begun - self.at
        self.at = take_to(STAGES[ahead], self.number, self.who, at=self.at) if ahead else self.at
        self.state = self.case.state

    @property
    def root(self) -> Filing:
        """The filing that is changed, as it stands."""
        return Filing.objects.get(pk=self.case.root_id)

    @precondition(at_state(State.UNDER_REVIEW, State.ANNOUNCED))
    @rule()
    def end_the_filing(self) -> None:
        """The filing is ended while its change is under way."""
        director = self.who.get("centre_director", self.who["director"])
        told = {"kind": EndKind.ORDERED, "ground": "", "findings": [], "reason": "查实违规。", "clause": "通知 三(四)3"}
        with suppress(Refusal):
            operations.terminate(number=self.root.number, effective_on=self.at.date(), by=director, at=self.at, **told)  # type: ignore[arg-type]

    @invariant()
    def pending_only_while_a_renewal_is(self) -> None:
        """只有提交了而没有办结的续期，才使原备案期满后继续有效。"""
        if not self.number:
            return
        case, root = self.case, self.root
        open_renewal = case.purpose == Purpose.RENEW and case.submitted_at is not None and case.state not in OVER
        assert root.renewal_pending == (open_renewal and root.state != State.TERMINATED)

    @invariant()
    def no_line_outlives_its_filing(self) -> None:
        """范围各行不早于生效日，也不晚于原备案的截止日；同一职业等级考核点同一天只有一行。"""
        if not self.number:
            return
        root = self.root
        lines = queries.lines_of(root, self.at.date())
        assert root.until is not None
        assert all(line.since and line.until and line.since <= line.until <= root.until for line in lines)
        places = [(line.occupation.code, line.trade_id, line.level, line.venue_id) for line in lines]
        assert len(places) == len(set(places))


def test_changes_in_any_order(wide_cast):
    """变更、续期任意次序办理，都不会没人管、漏同意、超范围，也不会把原备案改坏。"""
    cast, drafts = wide_cast, {}
    for route in CHANGED:
        body, who = ready(route, cast), people(cast, route)
        root = Filing.objects.get(number=file_to("signed", body, who, at=cast.at))
        later = cast.at + timedelta(days=60)
        drafts[f"{route} {Purpose.AMEND}"] = amend(root.number, {Change.LEVEL}, by=who["filer"], at=later)
        add_line(drafts[f"{route} {Purpose.AMEND}"], TURNER, 2, body.venues.order_by("id")[0].number, by=who["filer"], at=later)
        assert root.until
        window = cast.at + (add_months(root.until, -3) - cast.at.date())
        renewal = operations.begin_renewal(number=root.number, by=who["filer"], at=window).number
        promise(renewal, by=who["filer"], at=window)
        drafts[f"{route} {Purpose.RENEW}"] = renewal
    machine = type("Cases", (Changes,), {"held": (cast,), "drafts": drafts})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=10,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


