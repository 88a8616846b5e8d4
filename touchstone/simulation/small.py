"""小型城市: bodies, filings and plans in every state, all by the real operations, so that a newcomer can start anywhere.

Body 甲 has venue, rooms and staff but has not filed; body 丙 has filed, plans, and has issued certificates.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.operations import enter_person, grant_role, open_log_in
from touchstone.accounts.queries import actors_of, user_named
from touchstone.bodies.operations import register_body
from touchstone.bodies.queries import bodies
from touchstone.calls.queries import lots_of
from touchstone.exams.operations.winding import wind_down
from touchstone.filings import operations as filings
from touchstone.filings.queries import scope_in_force
from touchstone.parameters.queries import calendar
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.roles import BodyKind, Ownership, Role
from touchstone.simulation import (
    appointments,
    bank,
    calls,
    certificate_data,
    complaints,
    computer_exam,
    enforcement,
    exam_papers,
    grading,
    guidance,
    inspections,
    oversight,
    own_system,
    populations,
    special,
)
from touchstone.simulation.association import file_client_papers, plan_for_demand, set_up_association
from touchstone.simulation.candidate import chen
from touchstone.simulation.cast import BODY_C, FOREIGN, HOME, PASSWORD, actor_of, set_up_body_c, set_up_cast, set_up_other_bodies
from touchstone.simulation.corps import set_up_corps
from touchstone.simulation.crowd import Crowd
from touchstone.simulation.evaluation import Evaluation, at_hour
from touchstone.simulation.filing import TURNER, add_venue, file_to, people_on
from touchstone.simulation.identity import phone, uscc
from touchstone.simulation.misconduct import tell_cases
from touchstone.simulation.premises import equip, random_of
from touchstone.simulation.revocations import tell_revocations
from touchstone.simulation.standards import loading as standards
from touchstone.simulation.suspicious import climbs_fast, names_one_not_here

if TYPE_CHECKING:
    from touchstone.bodies.models import Body
    from touchstone.exams.models import Plan

CHEF, SECURITY, CARE, PROGRAMMER = "4-03-02-01", "4-04-04-02", "4-10-01-05", "4-04-05-01"


@dataclass(frozen=True)
class Neighbour:
    """A further body of the city, what it evaluates, and how far its filing has come (empty: none)."""

    serial: int
    name: str
    kind: BodyKind
    ownership: Ownership
    district: str
    industry: str
    occupation: str
    stage: str = ""
    levels: tuple[int, ...] = (5, 4, 3)


_ENTERPRISE, _PRIVATE, _DISTRICT = BodyKind.ENTERPRISE, Ownership.PRIVATE, Ownership.DISTRICT
NEIGHBOURS = (
    Neighbour(4, "上海丁酉餐饮集团有限公司", _ENTERPRISE, _PRIVATE, HOME, "catering", CHEF, "consent_sought"),
    Neighbour(5, "上海戊戌数控设备有限公司", _ENTERPRISE, _DISTRICT, HOME, "machinery", TURNER, "submitted"),
    Neighbour(6, "上海己亥信息服务有限公司", _ENTERPRISE, _PRIVATE, HOME, "information", SECURITY, "returned", (4, 3)),
    Neighbour(7, "上海庚子机床有限公司", _ENTERPRISE, Ownership.FOREIGN, HOME, "machinery", TURNER, "announced"),
    Neighbour(8, "上海辛丑软件有限公司", _ENTERPRISE, _PRIVATE, "310105", "information", PROGRAMMER, "drafted", (4, 3)),
    Neighbour(9, "上海壬寅养老服务评价中心", BodyKind.SOCIAL, Ownership.ASSOCIATION, "310112", "civil_affairs", CARE),
    Neighbour(10, "上海癸卯职业技术学校", BodyKind.SCHOOL, Ownership.PUBLIC_INSTITUTION, "310110", "education", TURNER),
    Neighbour(11, "上海甲午工具制造有限公司", _ENTERPRISE, _PRIVATE, HOME, "machinery", TURNER, "ended", (5, 4)),
)


BODIES = 7 + len(NEIGHBOURS)


def build(*, seed: int, at: datetime, tell: Callable[[str], None]) -> Crowd:
    """This function will build the small city around the day of `at` and give the crowd from which more people can be drawn."""
    days = calendar()
    crowd = Crowd(random_of(seed, "small"))
    begun = at_hour(days.add_working_days(at.date(), -125), 9)
    tell("机构、人员和职业目录")
    body_a, body_b = set_up_cast(since=begun.date(), at=begun)
    tell("标准结构（示例）：用工作簿导入，由第二人核准")
    standards.stock(at=begun)
    equip(body_a, crowd, occupation=TURNER, district=HOME, by=PLATFORM, at=begun)
    equip(body_b, crowd, occupation=CHEF, district=FOREIGN, by=PLATFORM, at=begun)
    tell("已备案的机构，从填报到赋予站点序列码")
    body_c = _body_c(crowd, begun)
    filed = at_hour(days.add_working_days(at.date(), -110), 9)
    _file("signed", body_c, actor_of("gu", begun.date()), at=filed, levels=(5, 4, 3, 2, 1))
    tell("考评和督导队伍")
    set_up_corps(body_c, crowd, begun=begun, at=at)
    tell("各阶段的备案申请")
    for neighbour in NEIGHBOURS:
        _settle(neighbour, crowd, begun, at_hour(days.add_working_days(at.date(), -100 if neighbour.stage == "ended" else -3), 9))
    tell("评价项目和公开征集")
    _calls(at)
    _other_routes(crowd, begun, at_hour(days.add_working_days(at.date(), -2), 9))
    file_to("drafted", body_b, {"filer": actor_of("shi", begun.date())}, at=at_hour(days.add_working_days(at.date(), -1), 9), occupation=CHEF)
    tell("行业协会和需求数")
    file_client_papers(set_up_association(since=begun.date(), at=begun), at=begun)
    plan_for_demand(at=at_hour(days.add_working_days(at.date(), -2), 10))
    tell("各阶段的认定计划、考生、成绩和证书")
    _plans(body_c, crowd, at.date())
    draft_own = at_hour(days.add_working_days(at.date(), -1), 11)
    standards.draft_specification(body_c, by=actor_of("gu", draft_own.date()), at=draft_own)
    tell("评价对象：在岗职工、合作协议、委托、下属企业和学籍")
    yesterday = at_hour(days.add_working_days(at.date(), -1), 10)
    populations.enter_staff(body_a, crowd, at=yesterday)
    populations.enter_papers(body_c, crowd, at=yesterday)
    for school in bodies().filter(kind=BodyKind.SCHOOL):
        populations.enter_students(school, crowd, None, at=yesterday)
        populations.approve_college(school, at=yesterday)
    tell("市级题库和机构题库")
    bank.populate(body_c, at_hour(days.add_working_days(at.date(), -8), 8))
    tell("技术指导")
    own_system.connect(body_c, leader=actor_of("gu", yesterday.date()), holder=actor_of("ren", yesterday.date()), at=yesterday)
    guidance.advise(at=at_hour(days.add_working_days(at.date(), -4), 9))
    guidance.publish(at=at_hour(days.add_working_days(at.date(), -3), 9))
    composed = at_hour(days.add_working_days(at.date(), -3), 9)
    exam_papers.populate(keeper=actor_of("ji", composed.date()), at=composed)
    tell("正在进行的机考")
    computer_exam.populate(body_c, crowd, at=at)
    tell("特级技师评聘")
    appointments.populate(body_c, crowd, at=at)
    tell("一考双证、学徒工、直接认定和综合评审")
    special.populate(body_c, crowd, at=at)
    tell("双随机抽查")
    inspections.populate(at=at)
    tell("考核与分级")
    grading.populate(body_c, at=at)
    tell("调取资料、远程监控、专项督导和问题回溯")
    oversight.populate(body_c, at=at)
    tell("投诉举报、线索和未经备案的评价")
    complaints.populate(body_c, at=at)
    tell("机构违纪违规案件")
    enforcement.populate(waiting=BODY_C, decided=NEIGHBOURS[-1].name, at=at)
    return crowd


def _other_routes(crowd: Crowd, begun: datetime, at: datetime) -> None:
    """Bodies 丁, 戊 and 己 of the other routes: the central enterprise waits for the second of two districts, the school for its site visit."""
    bodies = set_up_other_bodies(since=begun.date(), at=begun)
    central, school = people_on("central_enterprise", at.date()), people_on("school", at.date())
    for body in bodies.values():
        equip(body, crowd, occupation=TURNER, district=HOME, by=PLATFORM, at=begun)
    add_venue(bodies["BODY-D"], "西部实训基地", FOREIGN, by=central["filer"], at=begun)
    number = file_to("consent_sought", bodies["BODY-D"], central, at=at)
    for who in ("consenter", "consenter_home"):
        filings.answer_consent(number=number, given=True, opinion="同意开展评价。", by=central[who], at=at)
    file_to("appointed", bodies["BODY-F"], school, at=at)


def _body_c(crowd: Crowd, at: datetime) -> "Body":
    body = set_up_body_c(since=at.date(), at=at)
    equip(body, crowd, occupation=TURNER, district=HOME, by=PLATFORM, at=at)
    return body


def _settle(one: Neighbour, crowd: Crowd, begun: datetime, at: datetime) -> None:
    person = crowd.grown_up(begun.date())
    body = register_body(
        name=one.name,
        uscc=uscc(one.serial, institution=one.kind is BodyKind.SCHOOL),
        kind=one.kind,
        ownership=one.ownership,
        district=one.district,
        industry=one.industry,
        address=f"{DISTRICTS[one.district]}虚构路{one.serial}00号",
        legal_representative=crowd.grown_up(begun.date()).name,
        founded_on=date(2000 + one.serial, 6, 1),
        contact_name=person.name,
        contact_phone=phone(one.serial),
        by=PLATFORM,
        at=begun,
    )
    filer = enter_person(name=person.name, id_number=person.id_number, phone=person.phone, by=PLATFORM, at=begun)
    user = open_log_in(person=filer, username=f"body{one.serial:02d}", password=PASSWORD, by=PLATFORM, at=begun)
    for role in (Role.BODY_FILER, Role.BODY_PLANNER, Role.BODY_LEADER):
        grant_role(person=filer, office=body.office, role=role, since=begun.date(), by=PLATFORM, at=begun)
    equip(body, crowd, occupation=one.occupation, district=one.district, by=PLATFORM, at=begun)
    if not one.stage:
        return
    (actor,) = actors_of(user, at.date())
    stage = {"returned": "submitted", "ended": "signed"}.get(one.stage, one.stage)
    number = _file(stage, body, actor, at=at, occupation=one.occupation, levels=one.levels)
    if one.stage == "ended":
        _end(number, actor, at_hour(calendar().add_working_days(at.date(), 60), 9))
    if one.stage == "returned":
        points = {"systems": "《题库与试卷保密办法》没有写明命题人员的保密责任，请补充。", "questions": "请说明外聘审题专家的来源。"}
        later = at_hour(calendar().add_working_days(at.date(), 1), 15)
        clerk = actor_of("zhou", at.date())
        filings.return_for_supplement(number=number, reason="管理制度和题库说明不完整，请补正。", points=points, by=clerk, at=later)


def _end(number: str, filer: Actor, at: datetime) -> None:
    """The body asked for the end of its filing, and it came about; its records are still owed. A dry run lists what would end of itself."""
    told = {"reason": "生产调整，不再开展该职业的评价。", "custodian": "由技能评价部整理，终止后10个工作日内移交。"}
    asked = filings.ask_end(number=number, lines=[], wanted_on=at.date(), **told, by=filer, at=at)
    filings.grant_end(request=asked.number, opinion="同意。", by=actor_of("wu", at.date()), at=at)
    ended = filings.end_as_asked(request=asked.number, by=PLATFORM, at=at)
    if ended is not None:
        wind_down(termination_number=ended.number, by=PLATFORM, at=at)
    filings.run_endings(dry_run=True, by=actor_of("wu", at.date()), at=at)


def _file(stage: str, body: "Body", filer: Actor, *, at: datetime, occupation: str = TURNER, levels: tuple[int, ...] = (5, 4, 3)) -> str:
    acts = partial(actor_of, day=at.date())
    people = {
        "filer": filer,
        "consenter": acts("he"),
        "clerk": acts("zhou"),
        "first": acts("zheng"),
        "second": acts("feng"),
        "director": acts("wu"),
        "registrar": acts("xu"),
    }
    return file_to(stage, body, people, at=at, occupation=occupation, levels=levels)


def _calls(at: datetime) -> None:
    """A project waiting for its decision, one selected; an open call for it with an application to check, and the next call being drafted."""
    days, day = calendar(), at.date()
    clerk, director = actor_of("tao", day), actor_of("han", day)
    then = at_hour(days.add_working_days(day, -6), 9)
    care = calls.selected_project(CARE, by=actor_of("tang", day), director=director, at=then)
    calls.recommend(TURNER, by=actor_of("pan", day), at=then)
    opened = calls.open_call(care, clerk=clerk, director=director, at=then, quota=2)
    applicant = user_named("body09")
    if applicant is not None:
        sent = at_hour(days.add_working_days(day, -4), 10)
        calls.sent_application(lots_of(opened)[0], by=actors_of(applicant, day)[0], at=sent)
    calls.drafted_call(care, clerk=clerk, at=at_hour(days.add_working_days(day, -1), 9), district=HOME, title="第二批社会培训评价组织公开征集公告")


def _plans(body: "Body", crowd: Crowd, today: date) -> None:
    planner, leader, supervisor = (actor_of(name, today) for name in ("ren", "gu", "wang"))
    by_level = {item.level: item for item in scope_in_force(today, body)}
    held: list[Plan] = []
    for stage, level, working_days, people, chen_too in (
        ("certified", 5, -45, 24, False),
        ("certified", 4, -30, 36, True),
        ("announced", 4, -4, 18, False),
        ("arranged", 3, 2, 16, True),
        ("registered", 5, 12, 20, False),
        ("drafted", 3, 14, 30, False),
    ):
        exam_on = calendar().add_working_days(today, working_days)
        open_now: dict[str, Any] = {"open_to_candidates": True, "fee": 280} if stage == "registered" else {}
        also = [chen(today, level)] if chen_too else []
        also += [climbs_fast(today, level)] if stage == "certified" else []
        one = Evaluation(by_level[level], exam_on, people, crowd, planner, leader, supervisor, tuple(also), **open_now)
        one.bring_to(stage)
        if stage in {"certified", "announced"}:
            held.append(one.plan)
    certificate_data.report(held[0].number, held[1].number, today=today)
    tell_cases(held[1], held[2], planner=planner, leader=leader, at=at_hour(today, 10))
    tell_revocations(held[0], held[1], today)
    certificate_data.hand_over(at=at_hour(calendar().add_working_days(today, -1), 17))
    claimant = names_one_not_here(today, 3, held[1])
    awaited = Evaluation(by_level[3], calendar().add_working_days(today, 4), 14, crowd, planner, leader, supervisor, (claimant,))
    awaited.bring_to("seated")
    awaited.send_assessors()
