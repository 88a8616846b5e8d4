"""走遍每条路线: from everything a filing can come to be, on every route, does something lead out, and does a way lead to its end?

Each route is walked in full: from every place (state, step, what is owed) every act is tried by those whose it is, and every place it leads to is
walked in turn. The database is put back after every act.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from tests.cast import WideCast
from tests.filings.conftest import ROUTES, people, ready
from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.queries import people_with
from touchstone.filings import operations, queries
from touchstone.filings.operations.conclude import judged
from touchstone.filings.states import OVER, WAITING_ON, State
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import Side
from touchstone.kernel.rules import Outcome
from touchstone.notices.operations import make_objection
from touchstone.notices.queries import objections_of, of_case
from touchstone.policy.roles import Role
from touchstone.simulation.filing import _STEPS, file_to, score, sight
from touchstone.tasks.queries import open_on
from touchstone.web.authority.filing import actions

Place = tuple[str, str, tuple[str, ...]]
FORWARD = ("consent_sought", "submitted", "appointed", "visited", "scored", "concluded", "opined", "panelled", "reviewed", "announced")
BEGIN_ANEW = "begin anew"
ANEW: Place = (State.DRAFTED, "", ())
"""A new application begins where the first one did."""
DIRECTOR_WATCHES = "filing.consent_late"


class Walk:
    """One route's filing, and every place it has been found to come to."""

    def __init__(self, route: str, cast: WideCast) -> None:
        self.cast, self.who, self.at = cast, people(cast, route), cast.at
        self.number = file_to("drafted", ready(route, cast), self.who, at=cast.at)
        self.ways: dict[Place, dict[str, Place]] = {}
        self.troubles: list[str] = []

    @property
    def case(self) -> Any:
        """The filing as it stands."""
        return queries.filing(self.number, PLATFORM)

    @property
    def place(self) -> Place:
        """Where the filing is: rounds and the numbers of single records are left out, for they only count."""
        case = self.case
        owed = sorted({f"{re.sub(r'[0-9]+', '', task.matter)}@{task.office.number}" for task in open_on(self.number)})
        answers = sorted(f"{c.office.number}={c.given}" for c in case.consents.filter(lapsed_at__isnull=True).select_related("office"))
        return case.state, case.step, (*owed, *(answers if case.state in {State.DRAFTED, State.CONSENT_SOUGHT} else ()), *self.assessed(case))

    def assessed(self, case: Any) -> Iterator[str]:
        """How far the assessment is, beyond what is owed: have two people seen every venue, do the scores lie close enough?"""
        assessment = queries.latest_assessment(case) if case.step == "technical_assessment" else None
        if assessment is None:
            return
        if all(found.outcome is not Outcome.UNPROVEN for found in queries.visit_findings(case, self.at.date())):
            yield "已踏勘"
        if judged(case, assessment, self.at.date()).outcome is not Outcome.UNPROVEN:
            yield "评分已齐"

    def go(self) -> None:
        """Walk on from here, and come back."""
        here = self.place
        if here in self.ways:
            return
        self.ways[here] = {}
        self.look(here)
        for name, act in self.acts():
            with transaction.atomic():
                try:
                    with transaction.atomic():
                        act()
                except (Refusal, AssertionError):
                    pass
                else:
                    if name == BEGIN_ANEW:
                        self.ways[here][name] = ANEW
                    elif (there := self.place) != here:
                        self.ways[here][name] = there
                        self.go()
                transaction.set_rollback(True)

    def look(self, here: Place) -> None:
        """Somebody owes what is next, can be found, and finds it on the page."""
        case = self.case
        if case.state in OVER or WAITING_ON[State(case.state)] is not Side.AUTHORITY:
            return
        owed = [task for task in open_on(self.number) if task.office_id != case.body.office_id]
        if not owed:
            self.troubles.append(f"{here}：没有人办理")
        for task in owed:
            if not people_with(Role(task.role), task.office, self.at.date()).exists():
                self.troubles.append(f"{here}：“{task.title}”没有可以办理的人")
            if task.matter == DIRECTOR_WATCHES or task.matter.startswith("filing.opinion_"):
                continue
            holders = [actor for actor in self.who.values() if actor.office_id == task.office_id and actor.has(Role(task.role))]
            if holders and not any(not one["why_not"] for actor in holders for one in actions(case, actor)):
                self.troubles.append(f"{here}：“{task.title}”在页面上没有办法办理")

    @property
    def director(self) -> Actor:
        """The director who has the present step."""
        centre = self.case.step in {"expert_re_review", "decision", "public_notice"}
        return self.who.get("centre_director", self.who["director"]) if centre else self.who["director"]

    def acts(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Everything that somebody may try at this state."""
        number, who, at, state = self.number, self.who, self.at, State(self.case.state)
        filer = who["filer"]
        for stage in FORWARD:
            yield stage, partial(_STEPS[stage], number, who, at)
        if state is State.CONSENT_SOUGHT:
            for part in [key for key in who if key.startswith("consenter")]:
                for given in (True, False):
                    answered = partial(operations.answer_consent, number=number, given=given, opinion="意见如上。", by=who[part], at=at)
                    yield f"{part} {given}", answered
            yield "recall", lambda: operations.recall_consent(number=number, reason="调整范围。", by=filer, at=at)
        if state in {State.DRAFTED, State.CONSENT_SOUGHT, State.CONSENTED, State.RETURNED}:
            yield "withdraw", lambda: operations.withdraw_filing(number=number, reason="不再申请。", by=filer, at=at)
        if state is State.UNDER_REVIEW:
            yield "return", lambda: operations.return_for_supplement(number=number, reason="请补充。", points={}, by=self.director, at=at)
            for step in [*(one.key for one in queries.earlier_steps(self.case, at.date())), "consent"]:
                sent_back = partial(operations.return_to_step, number=number, step=step, reason="请重新办理。", by=self.director, at=at)
                yield f"back to {step}", sent_back
            asked = self.case.added_opinions.filter(answered_at__isnull=True, called_back_at__isnull=True).exists()
            visiting = open_on(number).filter(matter__contains="_visit_").exists()
            if asked:
                yield "answer", self.answer
                yield "call back", self.call_back
            elif not visiting:
                yield "ask", self.ask
            yield "refuse", lambda: operations.decide(number=number, accept=False, opinion="理由如上。", by=self.director, at=at)
            if self.case.step == "technical_assessment":
                if visiting:
                    yield "visit objected to", self.object
                elif not asked:
                    yield "visit recorded", self.record
                yield "too far apart", self.score_apart
                yield "sheets returned", lambda: operations.return_sheets(number=number, reason="差距大。", by=who["clerk"], at=at)
        if state is State.ANNOUNCED:
            yield "accept", lambda: operations.accept_filing(number=number, by=PLATFORM, at=at + timedelta(days=20))
            for upheld in (True, False):
                yield f"objection {upheld}", partial(self.object_publicly, upheld=upheld)
        if state in {State.REFUSED, State.WITHDRAWN}:
            yield BEGIN_ANEW, lambda: operations.begin_filing(by=filer, at=at)

    def ask(self) -> None:
        """Ask another office beside the route."""
        registrar = self.who["registrar"]
        operations.ask_opinion(
            number=self.number, office_id=registrar.office_id, role=Role.REGISTRAR, question="请核对站点信息。", by=self.director, at=self.at
        )

    def _asked(self) -> Any:
        return self.case.added_opinions.get(answered_at__isnull=True, called_back_at__isnull=True).pk

    def answer(self) -> None:
        """Answer what was asked beside the route."""
        operations.answer_opinion(opinion_id=self._asked(), answer="属实。", by=self.who["registrar"], at=self.at)

    def call_back(self) -> None:
        """No longer ask."""
        operations.call_back_opinion(opinion_id=self._asked(), by=self.director, at=self.at)

    def record(self) -> None:
        """One assessor records a visit."""
        venue = self.case.scope.values_list("venue_id", flat=True).order_by("venue_id")[0]
        operations.record_visit(number=self.number, sight=sight(venue, self.at.date(), "某某", "属实。"), by=self.who["first"], at=self.at)

    def object(self) -> None:
        """The other saw it otherwise."""
        assessment = queries.latest_assessment(self.case)
        assert assessment is not None
        visit = assessment.visits.filter(confirmed_at__isnull=True).last()
        assert visit is not None
        operations.object_to_visit(number=self.number, visit_id=visit.pk, objection="与所见不同。", by=self.who["second"], at=self.at)

    def score_apart(self) -> None:
        """Both score, too far apart to be drawn together."""
        for part, points in (("first", "9"), ("second", "6")):
            by = self.who[part]
            operations.submit_sheet(number=self.number, scores=score(self.number, points, by=by, at=self.at), by=by, at=self.at)

    def object_publicly(self, *, upheld: bool) -> None:
        """Somebody objects to the notice, and is answered."""
        standing = of_case(self.number).filter(closed_at__isnull=True).get()
        make_objection(notice_number=standing.number, name="赵某", phone="13800000000", content="场地不实", by=PLATFORM, at=self.at)
        (objection,) = objections_of(self.number).filter(answered_at__isnull=True)
        operations.answer_filing_objection(
            number=self.number, objection=objection.number, upheld=upheld, answer="已核查。", by=self.director, at=self.at
        )


def reaching(ways: dict[Place, dict[str, Place]], ends: set[Place]) -> set[Place]:
    """Give the places from which some way leads to one of the ends."""
    found = set(ends)
    while more := {place for place, ways_on in ways.items() if place not in found and found & set(ways_on.values())}:
        found |= more
    return found


@pytest.mark.parametrize("route", ROUTES)
def test_from_everywhere_a_way_leads_out(route: str, wide_cast: WideCast) -> None:
    """每条路线走遍：每个环节都有人办理、页面上办得了，都能走到办结；不予备案和撤回之后可以重新申请。"""
    walk = Walk(route, wide_cast)
    walk.go()
    assert not walk.troubles, "\n".join(walk.troubles)
    seen = {state for state, _, _ in walk.ways}
    assert seen == {State.DRAFTED, State.CONSENT_SOUGHT, State.CONSENTED, State.UNDER_REVIEW, State.RETURNED, State.ANNOUNCED, State.ACCEPTED,
                    State.REFUSED, State.WITHDRAWN}  # fmt: skip
    steps = {step for _, step, _ in walk.ways if step}
    assert steps >= {step.key for step in queries.reviewed_steps(walk.case, walk.at.date())[:-1]} - {"report_to_centre"}
    dead = [place for place, ways in walk.ways.items() if not ways and place[0] != State.ACCEPTED]
    assert not dead, f"走不出去：{dead}"
    accepted = {place for place in walk.ways if place[0] == State.ACCEPTED}
    over = {place for place in walk.ways if place[0] in {State.ACCEPTED, State.REFUSED, State.WITHDRAWN}}
    assert reaching(walk.ways, over) == set(walk.ways)
    assert reaching(walk.ways, accepted) == set(walk.ways)
