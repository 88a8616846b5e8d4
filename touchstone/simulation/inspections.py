"""虚构双随机抽查: how does a district come to a plan of the year and a draw that anybody can check, by the real operations?"""

from datetime import date, datetime, timedelta
from hashlib import sha256

from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.operations import enter_person, grant_role, open_log_in
from touchstone.accounts.queries import district_bureau
from touchstone.inspections import operations as acts
from touchstone.inspections.operations import PlanTerms, SourceTold
from touchstone.inspections.queries import own_visits, to_reveal
from touchstone.parameters.queries import calendar
from touchstone.policy.inspections import Source, VisitOutcome
from touchstone.policy.roles import Role
from touchstone.policy.supervision.items import items_drawn
from touchstone.simulation.cast import HOME, PASSWORD, actor_of
from touchstone.simulation.evaluation import at_hour
from touchstone.simulation.identity import id_number, phone

OUTCOMES = {Source.UNION: "03 08 11 19 27 33 + 05", Source.SUPER: "04 12 18 25 33 + 03 11", Source.SEVEN: "3 5 0 9 1 7 12"}
SECOND = "nie"
"""The log-in of the second inspector of the home district, beside 王怀瑾; of no other part in the city."""


def populate(*, at: datetime) -> None:
    """This function will give the home district a second inspector, a plan for the rest of the year, and a draw some weeks ago that came to its end.

    The numbers of the lotteries are invented, the secret is made from the day so that the same city grows the same.
    """
    days = calendar()
    morning = {n: at_hour(days.add_working_days(at.date(), n), 9) for n in (-30, -25, -24, -20, -1)}
    _second_inspector(morning[-30])
    wang, wu = (actor_of(name, morning[-30].date()) for name in ("wang", "wu"))
    first = morning[-20].date()
    items = [one.key for one in items_drawn(first)][:6]
    terms = PlanTerms(items, range(first.month, 13), "重点检查申报条件审核和考评人员派遣。")
    plan = acts.draft_plan(year=first.year, terms=terms, by=wang, at=morning[-30]).number
    acts.submit_plan(number=plan, by=wang, at=morning[-30])
    acts.approve_plan(number=plan, opinion="同意，请按计划实施。", by=wu, at=morning[-30] + timedelta(hours=2))
    draw = acts.begin_draw(plan_number=plan, visits_from=first, by=wang, at=morning[-25]).number
    evening = morning[-25] + timedelta(hours=12, minutes=15)
    sources = [SourceTold(one, evening, "彩票中心官方网站开奖公告（虚构）") for one in OUTCOMES]
    secret = sha256(f"inspections {first}".encode()).digest()
    acts.announce(number=draw, sources=sources, secret=secret, by=wang, at=morning[-25] + timedelta(hours=1))
    told = {one.plain()["name"]: OUTCOMES[one.source] for one in sources}
    acts.enter_chance(number=draw, outcomes=told, by=wang, at=morning[-24])
    acts.attest_chance(number=draw, outcomes=told, by=wu, at=morning[-24] + timedelta(minutes=20))
    acts.draw_and_match(number=draw, by=wang, at=morning[-24] + timedelta(minutes=40))
    for number in to_reveal(morning[-1]):
        acts.reveal(number=number, by=PLATFORM, at=morning[-1])
    second = actor_of(SECOND, morning[-1].date())
    for visit in own_visits(wang, morning[-1]):
        words = "查阅备案材料、两场次档案和派遣记录，未发现问题。"
        acts.report_visit(number=visit.number, outcome=VisitOutcome.CLEAN, words=words, by=wang, at=morning[-1])
        acts.confirm_visit(number=visit.number, by=second, at=morning[-1] + timedelta(hours=1))


def _second_inspector(at: datetime) -> None:
    number = id_number(498, birthday=date(1986, 4, 9), male=True)
    person = enter_person(name="聂清扬", id_number=number, phone=phone(498), by=PLATFORM, at=at)
    open_log_in(person=person, username=SECOND, password=PASSWORD, by=PLATFORM, at=at)
    grant_role(person=person, office=district_bureau(HOME), role=Role.SUPERVISOR, since=at.date(), by=PLATFORM, at=at)
