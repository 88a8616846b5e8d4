"""四条路线: where does a filing of each route stand at each stop, whose is it, and does it come to its end?"""

import pytest

from tests.filings.conftest import ROUTES, people
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.queries import people_with
from touchstone.filings import queries
from touchstone.filings.operations._steps import OWED
from touchstone.filings.states import MOVES, OVER, WAITING_ON, State
from touchstone.kernel.moves import Side
from touchstone.policy.filing.routes import CONSENTS, GATES
from touchstone.policy.filing.routes import ROUTES as BY_KIND
from touchstone.policy.roles import Role
from touchstone.simulation.filing import STAGES
from touchstone.tasks.queries import open_on

CENTRE, HOME, AWAY = "CENTRE", "RS-310115", "RS-310104"
BY_CENTRE = {
    "submitted": [(CENTRE, "filing.appoint", "intake_clerk")],
    "appointed": [(CENTRE, "filing.assess_1", "technical_assessor"), (CENTRE, "filing.assess_2", "technical_assessor")],
    "scored": [(CENTRE, "filing.conclude", "intake_clerk")],
    "concluded": [(CENTRE, "filing.decide", "director")],
    "announced": [],
}
WHOSE: dict[str, dict[str, list[tuple[str, str, str]]]] = {
    "central_enterprise": {
        "consent_sought": [
            ("HY-machinery", "filing.consent", "consent_officer"),
            (AWAY, "filing.consent", "consent_officer"),
            (HOME, "filing.consent", "consent_officer"),
        ],
        **BY_CENTRE,
        "signed": [(AWAY, "filing.venue_told", "supervisor"), (HOME, "filing.venue_told", "supervisor")],
    },
    "district_enterprise": {
        "consent_sought": [(f"HY-machinery-{HOME[3:]}", "filing.consent", "consent_officer")],
        "submitted": [(HOME, "filing.appoint", "intake_clerk")],
        "concluded": [(HOME, "filing.decide", "director")],
        "signed": [],
    },
    "social_body": {
        "consent_sought": [
            ("HY-civil_affairs", "filing.consent", "consent_officer"),
            (AWAY, "filing.consent", "consent_officer"),
            (HOME, "filing.consent", "consent_officer"),
        ],
        **BY_CENTRE,
        "signed": [(AWAY, "filing.venue_told", "supervisor"), (HOME, "filing.venue_told", "supervisor")],
    },
    "school": {
        "consent_sought": [("HY-education", "filing.consent", "consent_officer")],
        "submitted": [(HOME, "filing.appoint", "intake_clerk")],
        "scored": [(HOME, "filing.conclude", "intake_clerk")],
        "concluded": [(HOME, "filing.first_opinion", "director")],
        "opined": [(CENTRE, "filing.appoint_panel", "intake_clerk")],
        "panelled": [(CENTRE, "filing.review", "expert")] * 3,
        "reviewed": [(CENTRE, "filing.decide", "director")],
        "announced": [],
        "signed": [],
    },
}


def owed(number: str) -> list[tuple[str, str, str]]:
    """Give the open tasks of a case: office, matter (a seat's number left off), role."""
    matters = ((t.office.number, "filing.review" if t.matter.startswith("filing.review_") else t.matter, t.role) for t in open_on(number))
    return sorted(matters)


@pytest.mark.parametrize(("route", "stage"), [(route, stage) for route, stages in WHOSE.items() for stage in stages])
def test_whose_it_is_at_every_stop(route, stage, wide_cast, on_route):
    """每条路线每一环节的待办在哪个单位哪个岗位。"""
    assert owed(on_route(route, stage)) == sorted(WHOSE[route][stage])


@pytest.mark.parametrize("route", ROUTES)
def test_accepted_registered_and_usable(route, wide_cast, on_route):
    """四条路线都能走到备案、登记、可以安排评价。"""
    filing = queries.filing(on_route(route, "signed"), PLATFORM)
    assert filing.state == State.ACCEPTED and len(filing.body.site_code or "") == 6
    assert all(group.finding.outcome == "met" for group in queries.consents_wanted(filing, wide_cast.at.date()))
    day = filing.in_force_from
    assert day is not None
    assert {queries.may_plan(queries.scope_item(i.pk), day).outcome for i in queries.scope_of(filing)} == {"met"}


@pytest.mark.parametrize("dated", [dated for _, dated in BY_KIND], ids=lambda dated: dated.meaning)
def test_every_step_has_somebody_and_leads_on(dated):
    """路线上的每个环节：要么有承办岗位的待办，要么由公示时钟或登记接着办。"""
    afterwards = {"public_notice", "report_to_centre", "sign_for_report", "registration"}
    for step in dated.values[0].value:
        assert step.key in CONSENTS | GATES | OWED.keys() | afterwards, step.title


@pytest.mark.parametrize("state", sorted(set(State) - OVER), ids=lambda state: State(state).label)
def test_every_open_state_leads_somewhere_and_is_somebodys(state):
    """没有办结的状态都有下一步，也都轮到某一方。"""
    assert [line for line in MOVES if state in line.sources]
    assert WAITING_ON[state] is not Side.NOBODY


@pytest.mark.parametrize("route", ROUTES)
def test_every_task_can_be_taken_by_somebody(route, wide_cast, on_route):
    """每一环节的待办，承办单位都有在任人员可以办理。"""
    number = on_route(route, "submitted")
    for task in open_on(number):
        assert people_with(Role(task.role), task.office, wide_cast.at.date()).exists(), task.title


def test_stages_a_route_lacks_change_nothing(wide_cast, on_route):
    """市属路线没有区初审和专家复核。"""
    filing = queries.filing(on_route("central_enterprise", "reviewed"), PLATFORM)
    assert filing.step == "decision" and not filing.panels.exists() and not filing.first_opinions.exists()
    assert STAGES.index("reviewed") < STAGES.index("announced") and people(wide_cast, "school")["expert_1"].has(Role.EXPERT)
