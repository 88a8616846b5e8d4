"""虚构计划史: which evaluations has each body held, which are under way, which are yet to come, and when was each step done?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from touchstone.exams.operations.past import Moments
from touchstone.exams.states import PlanState
from touchstone.kernel.periods import Calendar
from touchstone.ledger.numbering import next_serials
from touchstone.parameters.queries import calendar
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.deadlines import NOTICE_WORKING_DAYS, PLAN_BEFORE, REGISTRATION_BEFORE
from touchstone.policy.exams.parts import Part, parts_of
from touchstone.policy.roles import BodyKind
from touchstone.simulation.evaluation import at_hour
from touchstone.simulation.history.bodies import PastBody

_S = PlanState
SCORED = {_S.ANNOUNCED, _S.CONFIRMED, _S.CERTIFIED}
SEATED = {_S.ARRANGED, _S.HELD, *SCORED}
LARGEST, LARGEST_WITH_PANEL = 240, 20


@dataclass
class PastPlan:
    """A plan as it was drawn, before anybody is in it; `notice` and `archive` are the numbers those will bear, empty where there is none."""

    body: str
    level: int
    exam_on: date
    state: PlanState
    people: int = 0
    number: str = ""
    notice: str = ""
    archive: str = ""

    def as_record(self) -> list[Any]:
        """This method will give the plan as a line of the ledger keeps it."""
        return [self.body, self.level, self.exam_on.isoformat(), self.state.value, self.people, self.number, self.notice, self.archive]

    @staticmethod
    def of_record(record: list[Any]) -> "PastPlan":
        """This method will read what `as_record` gave."""
        body, level, exam_on, state, people, number, notice, archive = record
        return PastPlan(body, level, date.fromisoformat(exam_on), PlanState(state), people, number, notice, archive)


class Timetable:
    """When the steps of an exam on a day are done, for a city whose today is `at`."""

    def __init__(self, at: datetime, days: Calendar) -> None:
        self.at, self.days = at, days
        self.of = cache(self._of)

    def _of(self, exam_on: date) -> Moments:
        def on(working_days: int, hour: int, minute: int = 0) -> datetime:
            return at_hour(self.days.add_working_days(exam_on, working_days), hour, minute)

        plan, closes = PLAN_BEFORE.on(exam_on).value, REGISTRATION_BEFORE.on(exam_on).value
        announced = on(2, 9)
        opened_on = self.days.add_working_days(announced.date(), 1)
        last = self.days.add_working_days(opened_on, NOTICE_WORKING_DAYS.on(announced.date()).value - 1)
        until = last + timedelta(days=1)
        return Moments(
            drafted=min(on(-plan - 5, 9), at_hour(self.at.date() - timedelta(days=1), 9)),
            reported=on(-plan - 4, 9),
            signed=on(-plan - 3, 10),
            registered=on(-plan - 3, 14),
            closes_on=self.days.add_working_days(exam_on, -closes),
            checked=on(-plan - 2, 15),
            reviewed=on(-closes, 10),
            seated=on(-6, 15),
            arranged=on(-6, 16),
            held=at_hour(exam_on, 20),
            scored=on(1, 10),
            concluded=on(1, 16),
            drawn=on(1, 16, 30),
            looked=on(1, 17),
            announced=announced,
            opened_on=opened_on,
            notice_until=until,
            confirmed=at_hour(until, 1),
            certified=at_hour(self.days.add_working_days(until, 1), 9),
        )

    def state_of(self, exam_on: date) -> PlanState:
        """This method will say how far an exam on a day has come."""
        moments = self.of(exam_on)
        steps = (
            (moments.reported, _S.DRAFTED),
            (moments.reviewed, _S.REPORTED),
            (moments.arranged, _S.REVIEWED),
            (moments.held, _S.ARRANGED),
            (moments.announced, _S.HELD),
            (moments.confirmed, _S.ANNOUNCED),
            (moments.certified, _S.CONFIRMED),
        )
        return next((state for until, state in steps if self.at < until), _S.CERTIFIED)


def draw_plans(bodies: list[PastBody], plans: int, candidates: int, random: Random, at: datetime) -> list[PastPlan]:
    """This function will let the bodies hold `plans` evaluations for `candidates` people in all.

    :raises ValueError: when the plans cannot seat so many.
    """
    found, today, table = [], at.date(), Timetable(at, calendar())
    for n, body in enumerate(bodies):
        count = plans // len(bodies) + (n < plans % len(bodies))
        first, last = body.filed_from + timedelta(days=45), today + timedelta(days=40)
        span = (last - first).days / count if count else 0
        for turn in range(count):
            exam_on = first + timedelta(days=int(span * turn + random.randrange(max(1, int(span)))))
            state = table.state_of(exam_on)
            if exam_on > today and random.random() < 0.04:
                state = PlanState.CANCELLED
            found.append(PastPlan(body.number, _level(body, random), exam_on, state))
    _share_out(found, candidates, random, table)
    found.sort(key=lambda plan: (plan.exam_on, plan.body))
    _number(found, table)
    return found


def _level(body: PastBody, random: Random) -> int:
    weights = {5: 40, 4: 35, 3: 20, 2: 0 if body.kind is BodyKind.SCHOOL else 5}
    levels = sorted(level for level in body.levels if weights[level]) or sorted(body.levels)
    return random.choices(levels, [weights[level] or 1 for level in levels])[0]


def _share_out(plans: list[PastPlan], candidates: int, random: Random, table: Timetable) -> None:
    open_ones = [plan for plan in plans if plan.state is not PlanState.CANCELLED and table.of(plan.exam_on).registered <= table.at]
    most = {id(plan): LARGEST_WITH_PANEL if Part.PANEL in parts_of(Level(plan.level), plan.exam_on) else LARGEST for plan in open_ones}
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


def _number(plans: list[PastPlan], table: Timetable) -> None:
    """Numbers run through all bodies by the day they were given; whoever fills the plans in later changes none."""

    def given(prefix: str, series: str, places: int, moment: str, own: list[PastPlan]) -> list[tuple[PastPlan, str]]:
        by_year: dict[int, list[PastPlan]] = {}
        for plan in sorted(own, key=lambda one: (getattr(table.of(one.exam_on), moment), one.exam_on, one.body)):
            by_year.setdefault(getattr(table.of(plan.exam_on), moment).year, []).append(plan)
        return [
            (plan, f"{prefix}{year}{serial:0{places}d}")
            for year, drawn in by_year.items()
            for plan, serial in zip(drawn, next_serials(f"{series}-{year}", len(drawn)), strict=True)
        ]

    for plan, number in given("JH", "plan", 5, "drafted", plans):
        plan.number = number
    for plan, number in given("GS", "notice", 6, "announced", [one for one in plans if one.state in SCORED and one.people]):
        plan.notice = number
    for plan, number in given("DA", "archive", 6, "certified", [one for one in plans if one.state is PlanState.CERTIFIED and one.people]):
        plan.archive = number
