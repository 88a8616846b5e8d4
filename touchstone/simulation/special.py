"""虚构特殊情形: one plan judged by two standards, apprentices at the end of their time, a direct recognition to be decided, a panel of level 2."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from touchstone.accounts.actor import PLATFORM
from touchstone.bodies.operations import approve_pilot, enter_apprentice, enter_enterprise_standard, file_evidence
from touchstone.exams.operations.dual import add_second_standard
from touchstone.exams.operations.exceptions import add_merit_paper, put_forward_exception
from touchstone.filings.queries import scope_in_force
from touchstone.kernel.periods import add_years
from touchstone.parameters.queries import calendar
from touchstone.policy.eligibility.exceptions import Mode
from touchstone.policy.exams.dual import Element
from touchstone.policy.exams.parts import Part
from touchstone.simulation.cast import actor_of
from touchstone.simulation.crowd import Crowd
from touchstone.simulation.evaluation import Evaluation, at_hour
from touchstone.simulation.filing import TURNER
from touchstone.simulation.papers import period, signed_paper

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

ELEMENTS = (
    Element("车工应知", Part.THEORY, 30, 60, "基础知识、相关知识"),
    Element("车工应会", Part.PRACTICAL, 50, 70, "轴类零件加工"),
    Element("本企业数控产线操作", None, 20, 60),
)
HOURS = {"theory": (time(8), time(10)), "practical": (time(10, 15), time(13, 15)), "panel": (time(14), time(16))}
"""A skills test of level 2 lasts three hours at least."""
_MERIT = "全国机械行业职业技能竞赛车工组一等奖，解决曲轴加工振纹难题。"


def populate(body: "Body", crowd: Crowd, *, at: datetime) -> None:
    """This function will give a filed enterprise what its planner and leader can go on with."""
    today = at.date()
    items = {item.level: item for item in scope_in_force(today, body)}
    planner, leader, supervisor = (actor_of(name, today) for name in ("ren", "gu", "wang"))

    def plan(level: int, working_days: int, people: int) -> Evaluation:
        return Evaluation(items[level], calendar().add_working_days(today, working_days), people, crowd, planner, leader, supervisor)

    yesterday = at_hour(calendar().add_working_days(today, -1), 16)  # after those who register for plans twelve working days ahead
    _apprentices(body, crowd, at=yesterday)
    _by_two_standards(body, plan(5, 12, 6), at=yesterday)
    _recognised_directly(plan(3, 12, 4), at=yesterday)
    panel = plan(2, 3, 6)
    panel.hours = HOURS
    panel.bring_to("arranged")


def _by_two_standards(body: "Body", one: Evaluation, *, at: datetime) -> None:
    approve_pilot(
        body=body, kind="dual_certificates", occupations=[TURNER], plan="国家标准与企业标准一次考核、分别发证。", units=[], since=at.date(),
        until=add_years(at.date(), 1), filed={TURNER}, by=actor_of("han", at.date()), at=at,
    )  # fmt: skip
    own = enter_enterprise_standard(
        body=body, code="Q/BS 001—2025", title="数控车工岗位技能要求", occupation=TURNER, grades={5: "一星级技工", 4: "二星级技工"},
        elements=ELEMENTS, since=at.date() - timedelta(days=30), by=actor_of("gu", at.date()), at=at,
    )  # fmt: skip
    number = one.bring_to("registered")
    add_second_standard(plan_number=number, standard=own.number, by=one.planner, at=at)


def _recognised_directly(one: Evaluation, *, at: datetime) -> None:
    one.bring_to("registered")
    candidate = one.plan.candidates.filter(employment="直接用工").exclude(state="withdrawn").order_by("number").first()
    if candidate is None:
        return
    facts = [("竞赛", "全国机械行业职业技能竞赛"), ("名次", "车工组一等奖")]
    paper = signed_paper("获奖证书", of="竞赛组委会", to=candidate.name, words=[f"{candidate.name}获车工组一等奖。"], facts=facts, day=at.date())
    add_merit_paper(number=candidate.number, name="获奖证书.pdf", content=paper, by=one.planner, at=at)
    put_forward_exception(number=candidate.number, mode=Mode.DIRECT, merit="award", words=_MERIT, by=one.planner, at=at)


def _apprentices(body: "Body", crowd: Crowd, *, at: datetime) -> None:
    """One whose time is over and who can be evaluated, one still learning."""
    for number, until in enumerate((at.date(), add_years(at.date(), 1)), 1):
        someone, since = crowd.grown_up(at.date(), youngest=19, oldest=24), add_years(until, -2)
        made = enter_apprentice(
            body=body, name=someone.name, id_number=someone.id_number, occupation=TURNER, agreement=f"XTXY-{number:03d}", master="时工",
            master_skill="高级技师", trained_by="", since=since, until=until, by=PLATFORM, at=at,
        )  # fmt: skip
        words = [f"{body.name}与{someone.name}签订学徒培养协议，师傅时工。"]
        facts = [("职业", "车工"), ("学徒期", period(since, until - timedelta(days=1)))]
        paper = signed_paper("学徒培养协议", of=someone.name, to=body.name, words=words, facts=facts, day=since)
        file_evidence(number=made.number, label="培养协议", name="培养协议.pdf", content=paper, by=PLATFORM, at=at)
