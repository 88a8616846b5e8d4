"""虚构计划史: which evaluations has each body held, which are under way, and which are yet to come?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from touchstone.accounts.actor import PLATFORM
from touchstone.exams.operations.history import load_history
from touchstone.exams.states import PlanState
from touchstone.ledger.numbering import next_serials
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.parts import Part, parts_of
from touchstone.policy.roles import BodyKind, Role
from touchstone.simulation.evaluation import at_hour
from touchstone.simulation.history.bodies import PastBody
from touchstone.tasks.operations import open_task

_S = PlanState
STATES = ((25, _S.DRAFTED), (10, _S.REPORTED), (6, _S.REVIEWED), (1, _S.ARRANGED), (-3, _S.HELD), (-12, _S.ANNOUNCED), (-20, _S.CONFIRMED))
"""A plan whose exam is at least so many days ahead stands so."""
SEATED = {_S.ARRANGED, _S.HELD, _S.ANNOUNCED, _S.CONFIRMED, _S.CERTIFIED}
SCORED = {_S.ANNOUNCED, _S.CONFIRMED, _S.CERTIFIED}
LARGEST, LARGEST_WITH_PANEL = 240, 20


@dataclass
class PastPlan:
    """A plan as its candidates need it."""

    body: PastBody
    level: int
    exam_on: date
    state: PlanState
    people: int = 0
    key: int = 0
    number: str = ""
    title: str = ""

    @property
    def registered_on(self) -> date:
        return self.exam_on - timedelta(days=20)

    @property
    def parts(self) -> tuple[Part, ...]:
        return parts_of(Level(self.level), self.exam_on)


def draw_plans(bodies: list[PastBody], plans: int, candidates: int, random: Random, today: date, at: datetime) -> list[PastPlan]:
    """This function will let the bodies hold `plans` evaluations for `candidates` people in all.

    :raises ValueError: when the plans cannot seat so many.
    """
    found = []
    for n, body in enumerate(bodies):
        count = plans // len(bodies) + (n < plans % len(bodies))
        first, last = body.filed_from + timedelta(days=45), today + timedelta(days=40)
        span = (last - first).days / count
        for turn in range(count):
            exam_on = first + timedelta(days=int(span * turn + random.randrange(max(1, int(span)))))
            found.append(PastPlan(body, _level(body, random), exam_on, _state(exam_on, today, random)))
    _share_out(found, candidates, random)
    found.sort(key=lambda plan: (plan.exam_on, plan.body.number))
    _number(found)
    rows = [_row(plan) for plan in found]
    for plan, key in zip(found, load_history("plans", rows, by=PLATFORM, at=at), strict=True):
        plan.key = key
    _owe(found, at)
    return found


def _level(body: PastBody, random: Random) -> int:
    weights = {5: 40, 4: 35, 3: 20, 2: 0 if body.kind is BodyKind.SCHOOL else 5}
    levels = sorted(level for level in body.scope if weights[level]) or sorted(body.scope)
    return random.choices(levels, [weights[level] or 1 for level in levels])[0]


def _state(exam_on: date, today: date, random: Random) -> PlanState:
    if exam_on > today and random.random() < 0.04:
        return PlanState.CANCELLED
    return next((state for days, state in STATES if (exam_on - today).days >= days), PlanState.CERTIFIED)


def _share_out(plans: list[PastPlan], candidates: int, random: Random) -> None:
    open_ones = [plan for plan in plans if plan.state not in {PlanState.DRAFTED, PlanState.CANCELLED}]
    most = {id(plan): LARGEST_WITH_PANEL if Part.PANEL in plan.parts else LARGEST for plan in open_ones}
    if sum(most.values()) < candidates:
        raise ValueError(f"{len(open_ones)} plans cannot seat {candidates} people")
    weights = [random.uniform(0.4, 1.6) for _ in open_ones]
    each = candidates / sum(weights)
    for plan, weight in zip(open_ones, weights, strict=True):
        plan.people = min(most[id(plan)], int(each * weight))
    left = candidates - sum(plan.people for plan in open_ones)
    while left > 0:
        for plan in open_ones:
            if left and plan.people < most[id(plan)]:
                plan.people, left = plan.people + 1, left - 1


def _number(plans: list[PastPlan]) -> None:
    by_year: dict[int, list[PastPlan]] = {}
    for plan in plans:
        by_year.setdefault((plan.exam_on - timedelta(days=30)).year, []).append(plan)
    for year, drafted in by_year.items():
        for plan, serial in zip(drafted, next_serials(f"plan-{year}", len(drafted)), strict=True):
            plan.number = f"JH{year}{serial:05d}"
            plan.title = f"{plan.body.occupation.name}{Level(plan.level).short_label}认定（{plan.exam_on:%Y年%-m月}）"


def _row(plan: PastPlan) -> dict[str, Any]:
    item, standard = plan.body.scope[plan.level]
    reported = None if plan.state is PlanState.DRAFTED else at_hour(plan.exam_on - timedelta(days=25), 10)
    return {
        "number": plan.number,
        "body_id": plan.body.key,
        "scope_item_id": item,
        "occupation_id": plan.body.occupation.pk,
        "level": plan.level,
        "standard_id": standard.pk,
        "venue_id": plan.body.venue_id,
        "title": plan.title,
        "exam_on": plan.exam_on,
        "registration_closes_on": plan.exam_on - timedelta(days=13),
        "quota": max(plan.people, 30) + 10,
        "contact": f"{plan.body.contact} 021-00000000",
        "state": plan.state.value,
        "drafted_at": at_hour(plan.exam_on - timedelta(days=30), 9),
        "reported_at": reported,
        "signed_for_at": reported + timedelta(days=1) if reported and plan.state is not PlanState.REPORTED else None,
    }


def _owe(plans: list[PastPlan], at: datetime) -> None:
    """What is still to be done with plans under way lies in the work lists of the bodies."""
    owed = {
        PlanState.REPORTED: ("close_review", "报名和资格审核", Role.BODY_PLANNER, -13),
        PlanState.REVIEWED: ("arrange", "考务编排", Role.BODY_PLANNER, -7),
        PlanState.ARRANGED: ("close_sittings", "登记到考并确认考试结束", Role.BODY_PLANNER, 0),
        PlanState.HELD: ("enter_scores", "录入成绩", Role.BODY_PLANNER, 5),
        PlanState.CONFIRMED: ("issue_certificates", "核发证书", Role.BODY_LEADER, 20),
    }
    for plan in plans:
        if plan.state in owed:
            matter, words, role, days = owed[plan.state]
            due, office, title = plan.exam_on + timedelta(days=days), plan.body.office_id, f"{words}：{plan.title}"
            open_task(case=plan.number, matter=matter, title=title, office_id=office, role=role, by=PLATFORM, at=at, due_on=due)
