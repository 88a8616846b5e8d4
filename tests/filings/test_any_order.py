"""任意次序: whatever is done to a filing in whatever order, somebody owes its next step, no consent is skipped and nothing is filed out of scope.

Bounded: some twenty-five cases of twenty steps each over all four routes, on the real database; each case is rolled back.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from tests.cast import WideCast
from tests.filings.conftest import ROUTES, people, ready
from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.queries import people_with
from touchstone.bodies.queries import venues_of
from touchstone.catalogue import queries as catalogue
from touchstone.filings import operations, queries
from touchstone.filings.states import GRANTED, OVER, WAITING_ON, State
from touchstone.jobs.filings import WHEN_DUE
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import Side
from touchstone.notices.operations import make_objection
from touchstone.notices.queries import objections_of, of_case
from touchstone.policy.roles import Role
from touchstone.simulation.filing import _STEPS, STAGES, TURNER, file_to
from touchstone.tasks.queries import open_on

ON = _STEPS  # how the next stage is reached when all goes well


def at_state(*states: State) -> Callable[[Any], bool]:
    """Tell whether a case is at one of these states: elsewhere a try would only be refused, which `go_on` tries often enough."""
    return lambda machine: machine.state in states




class Filings(RuleBasedStateMachine):
    """One filing of one route, and everything that anybody may try on it."""

    held: tuple[WideCast]
    drafts: dict[str, str]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        (self.cast,) = self.held
        self.at: datetime = self.cast.at
        self.number, self.state, self.who = "", "", dict[str, Actor]()

    def teardown(self) -> None:
        """Forget the case."""
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize(route=st.sampled_from(ROUTES), ahead=st.integers(0, len(STAGES) - 1))
    def begin(self, route: str, ahead: int) -> None:
        """Take the draft of a route some way ahead."""
        self.number, self.who = self.drafts[route], people(self.cast, route)
        for stage in STAGES[1 : ahead + 1]:
            ON[stage](self.number, self.who, self.at)
        self.state = self.case.state
        if self.state == State.ACCEPTED:
            self.at += timedelta(days=30)

    @property
    def case(self) -> Any:
        """The filing as it stands."""
        return queries.filing(self.number, PLATFORM)

    def attempt(self, verb: Callable[..., object], **how: Any) -> None:
        """Try an operation; to be refused is an answer too."""
        with suppress(Refusal):
            verb(at=self.at, **how)

    @property
    def handler(self) -> Actor:
        """The director who has the present step."""
        centre = self.case.step in {"expert_re_review", "decision", "public_notice"}
        return self.who.get("centre_director", self.who["director"]) if centre else self.who["director"]

    @rule(stage=st.sampled_from(STAGES[1:13]))
    def go_on(self, stage: str) -> None:
        """Somebody does what leads to a stage; at another stage that is refused."""
        with suppress(Refusal, transaction.TransactionManagementError, AssertionError), transaction.atomic():
            if stage == "accepted":
                operations.accept_filing(number=self.number, by=PLATFORM, at=self.at)
            else:
                ON[stage](self.number, self.who, self.at)

    @rule()
    def go_on_rightly(self) -> None:
        """Whatever stage is next and is not refused is reached."""
        before = (self.case.state, self.case.step, sorted(t.matter for t in open_on(self.number)))
        for stage in STAGES[1:12]:
            self.go_on(stage)
            if before != (self.case.state, self.case.step, sorted(t.matter for t in open_on(self.number))):
                return

    @precondition(at_state(State.CONSENT_SOUGHT))
    @rule(part=st.sampled_from(["consenter", "consenter_home", "consenter_away"]), given=st.booleans())
    def answer(self, part: str, given: bool) -> None:
        if part in self.who:
            self.attempt(operations.answer_consent, number=self.number, given=given, opinion="意见如上。", by=self.who[part])

    @precondition(at_state(State.CONSENT_SOUGHT))
    @rule()
    def recall(self) -> None:
        self.attempt(operations.recall_consent, number=self.number, reason="需要调整范围。", by=self.who["filer"])

    @precondition(at_state(State.DRAFTED, State.CONSENTED, State.RETURNED))
    @rule()
    def drop_a_line(self) -> None:
        line = self.case.scope.order_by("-level", "id").first()
        if line is not None:
            self.attempt(operations.remove_scope_item, number=self.number, item_id=line.pk, by=self.who["filer"])

    @precondition(at_state(State.DRAFTED, State.CONSENTED, State.RETURNED))
    @rule(level=st.sampled_from([1, 2, 3, 4]))
    def add_a_line(self, level: int) -> None:
        body, day = self.case.body, self.at.date()
        turner = catalogue.occupation(TURNER, day)
        assert turner is not None
        standard = catalogue.standards_on(turner, None, level, day)[0].number
        for venue in venues_of(body, day):
            line = {"occupation": TURNER, "trade": "", "level": level, "standard": standard, "venue": venue.number}
            self.attempt(operations.add_scope_item, number=self.number, by=self.who["filer"], **line)

    @precondition(at_state(State.UNDER_REVIEW))
    @rule(nth=st.integers(0, 3))
    def return_to(self, nth: int) -> None:
        steps = [*(step.key for step in queries.earlier_steps(self.case, self.at.date())), "consent"]
        step = steps[nth % len(steps)]
        self.attempt(operations.return_to_step, number=self.number, step=step, reason="请重新办理。", by=self.handler)

    @precondition(at_state(State.UNDER_REVIEW))
    @rule()
    def return_for_supplement(self) -> None:
        self.attempt(operations.return_for_supplement, number=self.number, reason="请补充。", points={}, by=self.handler)

    @precondition(at_state(State.UNDER_REVIEW))
    @rule()
    def ask(self) -> None:
        office, role = self.who["registrar"].office_id, Role.REGISTRAR
        self.attempt(operations.ask_opinion, number=self.number, office_id=office, role=role, question="请核对站点信息。", by=self.handler)

    @precondition(at_state(State.UNDER_REVIEW))
    @rule(back=st.booleans())
    def end_asking(self, back: bool) -> None:
        for asked in self.case.added_opinions.filter(answered_at__isnull=True, called_back_at__isnull=True):
            if back:
                self.attempt(operations.call_back_opinion, opinion_id=asked.pk, by=self.handler)
            else:
                self.attempt(operations.answer_opinion, opinion_id=asked.pk, answer="属实。", by=self.who["registrar"])

    @precondition(at_state(State.UNDER_REVIEW))
    @rule(accept=st.sampled_from([True, True, False]))
    def decide(self, accept: bool) -> None:
        director = self.who.get("centre_director", self.who["director"])
        self.attempt(operations.decide, number=self.number, accept=accept, opinion="意见如上。", by=director)

    @precondition(at_state(State.UNDER_REVIEW))
    @rule()
    def replace_an_expert(self) -> None:
        panel = queries.latest_panel(self.case)
        if panel is not None:
            seat = panel.members.filter(replaced_at__isnull=True).order_by("pk")[0]
            how = {"member_id": seat.pk, "person_id": self.cast.person("ji").pk, "reason": "出差。"}
            self.attempt(operations.replace_expert, number=self.number, by=self.who["centre_clerk"], **how)

    @precondition(at_state(State.ANNOUNCED))
    @rule(upheld=st.booleans())
    def object_and_answer(self, upheld: bool) -> None:
        standing = of_case(self.number).filter(closed_at__isnull=True).first()
        if standing is None:
            return
        self.attempt(make_objection, notice_number=standing.number, name="赵某", phone="13800000000", content="场地不实", by=PLATFORM)
        director = self.who.get("centre_director", self.who["director"])
        for objection in objections_of(self.number).filter(answered_at__isnull=True):
            how = {"objection": objection.number, "upheld": upheld, "answer": "已核查。"}
            self.attempt(operations.answer_filing_objection, number=self.number, by=director, **how)

    @precondition(at_state(State.RETURNED))
    @rule()
    def withdraw(self) -> None:
        self.attempt(operations.withdraw_filing, number=self.number, reason="不再申请。", by=self.who["filer"])

    @rule(days=st.integers(1, 20))
    def days_pass(self, days: int) -> None:
        self.at += timedelta(days=days)
        for job in WHEN_DUE:
            job(self.at)

    @invariant()
    def somebody_owes_it(self) -> None:
        """没有办结的件，总有人办理、有时钟在走，或者轮到申请单位。"""
        case = self.case if self.number else None
        self.state = case.state if case else ""
        if case is None or case.state in OVER:
            return
        match WAITING_ON[State(case.state)]:
            case Side.AUTHORITY:
                own = [t for t in open_on(self.number) if not t.matter.startswith("filing.opinion_") and t.office_id != case.body.office_id]
                assert own, f"{case.state_label} {case.step}：没有人办理"
                for task in own:
                    assert people_with(Role(task.role), task.office, self.at.date()).exists(), task.title
            case Side.CLOCK:
                assert of_case(self.number).filter(closed_at__isnull=True).count() == 1
            case Side.BODY:
                assert queries.is_editable(case)

    @invariant()
    def what_is_asked_can_be_answered(self) -> None:
        """等待答复的同意和加签，都有对应的待办。"""
        if not self.number:
            return
        matters = {(t.office_id, t.matter) for t in open_on(self.number)}
        for consent in self.case.consents.filter(answered_at__isnull=True, lapsed_at__isnull=True):
            assert self.case.state == State.CONSENT_SOUGHT and (consent.office_id, "filing.consent") in matters
        for asked in self.case.added_opinions.filter(answered_at__isnull=True, called_back_at__isnull=True):
            assert self.case.state == State.UNDER_REVIEW and (asked.office_id, f"filing.opinion_{asked.pk}") in matters

    @invariant()
    def no_consent_is_skipped(self) -> None:
        """进入审核以后，应当取得的同意都已取得，而且覆盖申报范围。"""
        if self.number and self.case.state in {State.UNDER_REVIEW, State.ANNOUNCED, *GRANTED}:
            wanted = queries.consents_wanted(self.case, self.at.date())
            assert (wanted or self.case.root_id) and all(group.finding.outcome == "met" for group in wanted)

    @invariant()
    def nothing_is_filed_out_of_scope(self) -> None:
        """没有备案的范围不生效；备案的范围与最后一次提交的一致，审核没有被跳过。"""
        if not self.number:
            return
        case = self.case
        if case.state not in GRANTED:
            assert not case.scope.filter(since__isnull=False).exists()
            return
        handed_in = queries.latest_submission(case)
        assert handed_in is not None
        shown = {(line["code"], line["level"], line["venue_number"]) for line in handed_in.content["scope"]}
        assert {(i.occupation.code, str(i.level), i.venue.number) for i in queries.scope_of(case)} == shown
        assert case.assessments.get(round=case.round, superseded_at__isnull=True).passed
        if queries.has_step(case, "expert_re_review", self.at.date()):
            assert case.panels.get(round=case.round, superseded_at__isnull=True).passed


def test_any_order(wide_cast):
    """任意次序办理，都不会没人管、漏同意、超范围。"""
    cast = wide_cast
    drafts = {route: file_to("drafted", ready(route, cast), people(cast, route), at=cast.at) for route in ROUTES}
    machine = type("Cases", (Filings,), {"held": (cast,), "drafts": drafts})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
