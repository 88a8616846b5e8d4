"""常驻人物: the offices of the city and the people everyone meets, in the demo and in the tests."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from touchstone.accounts import operations, queries
from touchstone.accounts.actor import PLATFORM, VISITOR, Actor
from touchstone.accounts.people import Identity
from touchstone.bodies.operations import register_body
from touchstone.catalogue.operations import load_shipped
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.industries import INDUSTRIES
from touchstone.policy.roles import BodyKind, OfficeKind, Ownership, Role
from touchstone.simulation.identity import id_number, phone, uscc

if TYPE_CHECKING:
    from touchstone.accounts.models import Office, Person
    from touchstone.bodies.models import Body

HOME, FOREIGN = "310115", "310104"
PASSWORD = "touchstone-demo"  # noqa: S105 - of synthetic people only


@dataclass(frozen=True)
class DemoPerson:
    """Someone of the standing cast: log-in, name, office (by number), roles, and what a newcomer can try as them."""

    username: str
    name: str
    office_number: str
    office: str
    roles: tuple[Role, ...]
    can_try: str

    @property
    def post(self) -> str:
        return "、".join(role.label for role in self.roles)


def _bureau(code: str) -> str:
    return f"RS-{code}"


_HOME_BUREAU, _FOREIGN_BUREAU = f"{DISTRICTS[HOME]}人力资源和社会保障局", f"{DISTRICTS[FOREIGN]}人力资源和社会保障局"
BODY_A, BODY_B, BODY_C = "上海甲辰精密机械有限公司", "上海乙巳餐饮管理有限公司", "上海丙申智能装备有限公司"
BODY_D, BODY_E, BODY_F = "上海丁未航空动力有限公司", "上海戊申养老服务评价中心", "上海己未工程职业学院"
BODY_G = "上海市庚酉机械行业协会"
_WHOLE_BODY, _AUTHORITY = (Role.BODY_FILER, Role.BODY_PLANNER, Role.BODY_LEADER), (Role.CONSENT_OFFICER, Role.DIRECTOR)
_CENTRE, _JUDGES = "上海市职业技能鉴定中心", (Role.EXPERT, Role.QUESTION_REVIEWER)
_CORPS = "上海市考评与督导队伍"
_MARKET = "上海市市场监督管理局"

DEMO_PEOPLE: tuple[DemoPerson, ...] = (
    DemoPerson("lin", "林知夏", "BODY-A", BODY_A, (Role.BODY_FILER,), "填报备案申请，征求同意，提交，补正"),
    DemoPerson("sun", "孙景明", "BODY-A", BODY_A, (Role.BODY_PLANNER,), "编制认定计划，导入报名表，审核资格，编排考场，登记成绩"),
    DemoPerson("qian", "钱书瑶", "BODY-A", BODY_A, (Role.BODY_LEADER,), "公示成绩，核发证书，管理本机构岗位"),
    DemoPerson("he", "何思远", _bureau(HOME), _HOME_BUREAU, (Role.CONSENT_OFFICER,), "对区属企业的备案征求作出同意或不同意"),
    DemoPerson("zhou", "周明澜", _bureau(HOME), _HOME_BUREAU, (Role.INTAKE_CLERK,), "指派技术评估员，退回补正"),
    DemoPerson("zheng", "郑伯安", _bureau(HOME), _HOME_BUREAU, (Role.TECHNICAL_ASSESSOR,), "现场踏勘，独立评分"),
    DemoPerson("feng", "冯若溪", _bureau(HOME), _HOME_BUREAU, (Role.TECHNICAL_ASSESSOR,), "现场踏勘，独立评分（第二人）"),
    DemoPerson("wu", "吴志恒", _bureau(HOME), _HOME_BUREAU, (Role.DIRECTOR,), "作出备案决定，答复公示异议，暂停和恢复评价"),
    DemoPerson("wang", "王怀瑾", _bureau(HOME), _HOME_BUREAU, (Role.SUPERVISOR,), "签收认定计划，查看本区考点，用手机填写检查记录"),
    DemoPerson("jiang", "蒋云舟", f"HY-machinery-{HOME}", f"{DISTRICTS[HOME]}科技和经济委员会", (Role.CONSENT_OFFICER,), "以行业主管身份提出意见"),
    DemoPerson("xu", "许清和", "CENTRE", "上海市职业技能鉴定中心", (Role.REGISTRAR,), "签收各区备案结果，编配站点序列码"),
    DemoPerson("han", "韩亦诚", "CENTRE", "上海市职业技能鉴定中心", (Role.POLICY_OFFICER, Role.DIRECTOR), "维护职业目录，复核参数，发布公告"),
    DemoPerson("shen", "沈维桢", "BUREAU", "上海市人力资源和社会保障局", (Role.POLICY_OFFICER, Role.DIRECTOR), "提出参数新值，答复撤销申诉"),
    DemoPerson("lv", "吕方圆", _bureau(FOREIGN), _FOREIGN_BUREAU, (Role.INTAKE_CLERK, Role.DIRECTOR), "换一个区：看不到别区的事项"),
    DemoPerson("shi", "施予安", "BODY-B", BODY_B, (Role.BODY_FILER, Role.BODY_PLANNER, Role.BODY_LEADER), "换一家机构：看不到别家的事项"),
    DemoPerson("zhu", "朱启航", "OPS", "平台运行中心", (Role.SYSTEM_ADMINISTRATOR,), "设立机构，查看后台任务"),
    DemoPerson("qin", "秦守正", "OPS", "平台运行中心", (Role.SECURITY_ADMINISTRATOR,), "开通账号，授予和收回岗位"),
    DemoPerson("you", "尤见微", "OPS", "平台运行中心", (Role.AUDIT_ADMINISTRATOR,), "查看操作存证"),
    DemoPerson("gu", "顾清源", "BODY-C", BODY_C, (Role.BODY_FILER, Role.BODY_LEADER), "已备案的机构：申请变更和续期，看成绩公示和已核发的证书"),
    DemoPerson("ren", "任可欣", "BODY-C", BODY_C, (Role.BODY_PLANNER,), "已备案的机构：看各阶段的认定计划，继续办理"),
    DemoPerson("tao", "陶听雨", "CENTRE", _CENTRE, (Role.INTAKE_CLERK,), "受理市级备案，指派评估员和专家，办理征集"),
    DemoPerson("hua", "华锦程", "CENTRE", _CENTRE, (Role.TECHNICAL_ASSESSOR,), "市级备案的现场踏勘和评分"),
    DemoPerson("yan", "严若谷", "CENTRE", _CENTRE, (Role.TECHNICAL_ASSESSOR,), "市级备案的现场踏勘和评分（第二人）"),
    DemoPerson("ge", "葛文渊", "CENTRE", _CENTRE, _JUDGES, "院校备案的专家复核；市级题库审题：各自提出意见，交齐前互不可见"),
    DemoPerson("mo", "莫怀远", "CENTRE", _CENTRE, _JUDGES, "院校备案的专家复核，市级题库审题（第二人）"),
    DemoPerson("bai", "白露晞", "CENTRE", _CENTRE, (Role.EXPERT, Role.QUESTION_AUTHOR), "院校备案的专家复核（第三人），市级题库命题"),
    DemoPerson("ji", "季晴川", "CENTRE", _CENTRE, (Role.EXPERT, Role.BANK_KEEPER), "管理市级题库：审题、入库、许可和调阅记录"),
    DemoPerson("pan", "潘致和", "HY-machinery", "上海市装备制造行业主管部门", _AUTHORITY, "行业首页：推荐项目，对市级备案提出意见"),
    DemoPerson("tang", "唐映秋", "HY-civil_affairs", "上海市民政养老行业主管部门", _AUTHORITY, "推荐养老护理项目，答复社会评价组织的征求"),
    DemoPerson("lu", "陆平章", "HY-education", "上海市教育体育行业主管部门", _AUTHORITY, "答复院校备案的征求"),
    DemoPerson("mei", "梅承志", "HY-state_assets", "上海市国有资产行业主管部门", (Role.CONSENT_OFFICER,), "以上级主管部门身份答复央企的征求"),
    DemoPerson("du", "杜若飞", _bureau(FOREIGN), _FOREIGN_BUREAU, (Role.CONSENT_OFFICER, Role.SUPERVISOR), "以考核点所在区身份答复征求"),
    DemoPerson("cui", "崔行简", "BODY-D", BODY_D, _WHOLE_BODY, "在沪央企：向市职鉴中心备案，考核点分在两个区"),
    DemoPerson("xie", "谢知非", "BODY-E", BODY_E, _WHOLE_BODY, "社会培训评价组织：应征、入选、备案"),
    DemoPerson("fan", "范书成", "BODY-F", BODY_F, _WHOLE_BODY, "院校：区评估初审，市级专家复核"),
    DemoPerson("fu", "傅思齐", "BODY-G", BODY_G, _WHOLE_BODY, "行业协会：企业评价项目纳入社会化"),
    DemoPerson("jin", "金若水", "BODY-C", BODY_C, (Role.QUESTION_AUTHOR,), "命题：按标准的鉴定点编写试题，按审题意见修改"),
    DemoPerson("kong", "孔令仪", "BODY-C", BODY_C, (Role.QUESTION_REVIEWER,), "审题：独立提出意见，交齐前互不可见"),
    DemoPerson("meng", "孟知行", "BODY-C", BODY_C, (Role.QUESTION_REVIEWER,), "审题（第二人）"),
    DemoPerson("yun", "云天阔", "BODY-C", BODY_C, (Role.BANK_KEEPER,), "管理本机构题库：指定审题人、入库、覆盖、调阅记录、申请使用市级题库"),
    DemoPerson("song", "宋知行", "CORPS", _CORPS, (Role.CORPS_MEMBER,), "考评员（手机）：给正在进行的技能考核评分；我的资格、回避、时间和数据"),
    DemoPerson("ye", "叶秋白", "CORPS", _CORPS, (Role.CORPS_MEMBER,), "高级考评员（手机）：延续资格，查看本人数据与全市对照"),
    DemoPerson("luo", "罗怀真", "CORPS", _CORPS, (Role.CORPS_MEMBER,), "评价机构的内部质量督导员（手机）"),
    DemoPerson("wei", "卫如许", "CORPS", _CORPS, (Role.CORPS_MEMBER,), "市级外部质量督导员（手机）"),
    DemoPerson("ruan", "阮清和", "BODY-C", BODY_C, (Role.PAPER_KEEPER,), "保管本机构试卷的一份密钥：领取、到时启封、打印"),
    DemoPerson("shao", "邵明远", "CENTRE", _CENTRE, (Role.PAPER_KEEPER,), "保管市级试卷的一份密钥：领取、到时启封、打印"),
    DemoPerson("chen", "陈一诺", "CANDIDATES", "考生", (Role.CANDIDATE,), "考生（手机）：下一步做什么，我的报名、准考证、成绩和证书"),
    DemoPerson("jia", "贾云程", "CANDIDATES", "考生", (Role.CANDIDATE,), "考生（机考）：今天参加五级理论考试，从“考试安排”进入考场作答"),
    DemoPerson("zuo", "左听澜", "BODY-F", BODY_F, (Role.BODY_FILER, Role.BODY_PLANNER), "院校：登记课程成绩（由范书成确认），核定课证融通的免考"),
    DemoPerson("ning", "宁致远", "XB-MARKET", _MARKET, (Role.CASE_ADVISER,), "协办机构案件：只看到被征求意见的案件摘要，提出意见"),
)
"""Body 丙 and its people belong to the small city; the bare cast does without them, and meets 丁, 戊 and 己 only where it asks for them."""


def set_up_offices(*, since: date, at: datetime) -> None:
    """This function will set up the city's own offices, its industries and their authorities, and the sixteen districts."""
    for key, name in INDUSTRIES.items():
        operations.set_up_industry(key=key, name=name, by=PLATFORM, at=at)
    _office("BUREAU", OfficeKind.CITY_BUREAU, "上海市人力资源和社会保障局", "市人社局", since, at)
    _office("CENTRE", OfficeKind.CITY_CENTRE, "上海市职业技能鉴定中心", "市职鉴中心", since, at)
    _office("OPS", OfficeKind.OPERATOR, "平台运行中心", "平台运行", since, at)
    _office("CORPS", OfficeKind.CORPS, _CORPS, "考评与督导队伍", since, at)
    _office("CANDIDATES", OfficeKind.CANDIDATE, "考生", "考生", since, at)
    _office("XB-POLICE", OfficeKind.ADVISER, "上海市公安局", "市公安局", since, at)
    _office("XB-MARKET", OfficeKind.ADVISER, _MARKET, "市市场监管局", since, at)
    for key, name in INDUSTRIES.items():
        _office(f"HY-{key}", OfficeKind.INDUSTRY_AUTHORITY, f"上海市{name}行业主管部门", f"市{name}主管", since, at, industry=key)
    for code, name in DISTRICTS.items():
        _office(_bureau(code), OfficeKind.DISTRICT_BUREAU, f"{name}人力资源和社会保障局", f"{name}人社局", since, at, district=code)
        _office(f"HY-machinery-{code}", OfficeKind.INDUSTRY_AUTHORITY, f"{name}科技和经济委员会", f"{name}科经委", since, at, code, "machinery")
        _office(f"HY-catering-{code}", OfficeKind.INDUSTRY_AUTHORITY, f"{name}商务委员会", f"{name}商务委", since, at, code, "catering")


def _office(number: str, kind: OfficeKind, name: str, short: str, since: date, at: datetime, district: str = "", industry: str = "") -> None:
    operations.set_up_office(
        number=number, kind=kind, name=name, short_name=short, district=district, industry=industry, phone="021-00000000",
        since=since, by=PLATFORM, at=at,
    )


def set_up_bodies(*, at: datetime) -> "tuple[Body, Body]":
    """This function will register the two bodies of the cast: 甲 in the home district, 乙 in the foreign one."""
    register = partial(register_body, kind=BodyKind.ENTERPRISE, address="虚构路100号", by=PLATFORM, at=at)
    body_a = register(
        name=BODY_A, uscc=uscc(1), ownership=Ownership.DISTRICT, district=HOME, industry="machinery", legal_representative="钱书瑶",
        founded_on=date(2008, 5, 12), contact_name="林知夏", contact_phone=phone(1),
    )
    body_b = register(
        name=BODY_B, uscc=uscc(2), ownership=Ownership.PRIVATE, district=FOREIGN, industry="catering", legal_representative="施予安",
        founded_on=date(2012, 9, 3), contact_name="施予安", contact_phone=phone(2),
    )
    return body_a, body_b


def set_up_body_c(*, since: date, at: datetime) -> "Body":
    """This function will register body 丙, an enterprise of the home district, with its people."""
    body = register_body(
        name=BODY_C, uscc=uscc(3), kind=BodyKind.ENTERPRISE, ownership=Ownership.DISTRICT, district=HOME, industry="machinery", address="虚构路300号",
        legal_representative="顾清源", founded_on=date(2010, 3, 18), contact_name="任可欣", contact_phone=phone(3), by=PLATFORM, at=at,
    )  # fmt: skip
    enter_people(bodies={"BODY-C": body.office}, since=since, at=at, only="BODY-C")
    return body


def set_up_other_bodies(*, since: date, at: datetime) -> "dict[str, Body]":
    """This function will register the bodies of the other three routes with their people: 丁 (在沪央企), 戊 (社会培训评价组织), 己 (院校)."""
    register = partial(register_body, address="虚构路200号", by=PLATFORM, at=at)
    bodies = {
        "BODY-D": register(
            name=BODY_D, uscc=uscc(41), kind=BodyKind.ENTERPRISE, ownership=Ownership.CENTRAL, district=HOME, industry="machinery",
            legal_representative="崔行简", founded_on=date(1998, 4, 8), contact_name="崔行简", contact_phone=phone(41),
        ),
        "BODY-E": register(
            name=BODY_E, uscc=uscc(42), kind=BodyKind.SOCIAL, ownership=Ownership.ASSOCIATION, district=HOME, industry="civil_affairs",
            legal_representative="谢知非", founded_on=date(2011, 6, 20), contact_name="谢知非", contact_phone=phone(42),
        ),
        "BODY-F": register(
            name=BODY_F, uscc=uscc(43, institution=True), kind=BodyKind.SCHOOL, ownership=Ownership.PUBLIC_INSTITUTION, district=HOME,
            industry="education", legal_representative="范书成", founded_on=date(1985, 9, 1), contact_name="范书成", contact_phone=phone(43),
        ),
    }  # fmt: skip
    for key, body in bodies.items():
        enter_people(bodies={key: body.office}, since=since, at=at, only=key)
    return bodies


def enter_people(*, bodies: "dict[str, Office]", since: date, at: datetime, password: str = PASSWORD, only: str = "") -> None:
    """This function will enter every person of the cast (of one office, when `only` names it) with a log-in and their roles.

    People of bodies that are not given are left out.
    """
    for one in DEMO_PEOPLE:
        left_out = one.office_number.startswith("BODY-") and one.office_number not in bodies
        if left_out or (only and one.office_number != only):
            continue
        shown = identity_of(one.username)
        person = operations.enter_person(name=one.name, id_number=shown.id_number, phone=shown.phone, by=PLATFORM, at=at)
        operations.open_log_in(person=person, username=one.username, password=password, by=PLATFORM, at=at)
        office = bodies.get(one.office_number) or queries.office(one.office_number)
        for role in one.roles:
            operations.grant_role(person=person, office=office, role=role, since=since, by=PLATFORM, at=at)


def identity_of(username: str) -> Identity:
    """This function will give somebody of the cast as they show their papers. :raises StopIteration: for a name not in it."""
    serial, one = next((serial, one) for serial, one in enumerate(DEMO_PEOPLE) if one.username == username)
    birthday = date(1970 + serial % 25, 1 + serial % 12, 3 + serial % 25)
    return Identity(one.name, id_number(serial, birthday=birthday, male=serial % 2 == 0), phone(100 + serial))


def people_to_be_proved() -> list[Identity]:
    """This function will give who can come in by the simulated identity provider: the candidate of the cast, and somebody nobody has met yet."""
    return [identity_of("chen"), Identity("程新来", id_number(499, birthday=date(1998, 8, 8), male=True), phone(499))]


def set_up_cast(*, since: date, at: datetime) -> "tuple[Body, Body]":
    """This function will make the whole standing cast on an empty database: catalogue, offices, two bodies, people."""
    load_shipped(by=PLATFORM, at=at)
    set_up_offices(since=since, at=at)
    body_a, body_b = set_up_bodies(at=at)
    enter_people(bodies={"BODY-A": body_a.office, "BODY-B": body_b.office}, since=since, at=at)
    return body_a, body_b


def actor_of(username: str, day: date) -> Actor:
    """This function will give someone of the cast as they act on a day; a visitor where there is no such log-in. :raises IndexError:"""
    user = queries.user_named(username)
    return queries.actors_of(user, day)[0] if user else VISITOR


def person_of(username: str) -> "Person":
    """This function will give someone of the cast as a person."""
    user = queries.user_named(username)
    if user is None or user.person is None:
        raise LookupError(username)
    return user.person
