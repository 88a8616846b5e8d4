"""虚构评价对象: whom may the bodies of the synthetic city evaluate: staff, partner school, client firm, subsidiary, own students?"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from touchstone.accounts.actor import PLATFORM
from touchstone.bodies import operations
from touchstone.kernel.periods import add_years
from touchstone.print.dates import chinese_date
from touchstone.simulation.cast import actor_of
from touchstone.simulation.crowd import Crowd
from touchstone.simulation.identity import uscc
from touchstone.simulation.papers import period, signed_paper

if TYPE_CHECKING:
    from touchstone.bodies.models import Agreement, Body

TURNER, FITTER = "6-18-01-01", "6-20-01-01"


def enter_staff(body: "Body", crowd: Crowd, *, at: datetime) -> None:
    """This function will enter a subsidiary outside the city and some people in post: directly, by an agency, at the subsidiary."""
    since = at.date() - timedelta(days=40)
    firm = operations.enter_subsidiary(
        body=body, name="苏州甲辰精密机械有限公司", uscc=uscc(701), province="32", address="苏州市虚构路1号", share=Decimal(70), since=since,
        by=PLATFORM, at=at,
    )  # fmt: skip
    words = [f"{body.name}持有{firm.name}70%的股权，{firm.name}为其下属企业。"]
    facts = [("下属企业", firm.name), ("统一社会信用代码", firm.uscc), ("持股比例", "70%"), ("地址", firm.address)]
    _file(firm.number, "股权关系证明", signed_paper("股权关系证明", of=firm.name, to=body.name, words=words, facts=facts, day=since), at)
    for form, through, subsidiary in (("直接用工", "", None), ("劳务派遣", "上海虚构人力资源有限公司", None), ("直接用工", "", firm)):
        someone = crowd.grown_up(at.date())
        made = operations.enter_worker(
            body=body, name=someone.name, id_number=someone.id_number, form=form, through=through, post="车工", since=since, subsidiary=subsidiary,
            evidence="劳务派遣协议2026-01号" if through else "", by=PLATFORM, at=at,
        )  # fmt: skip
        if through:
            words = [f"兹派遣{someone.name}到{body.name}从事车工岗位工作，自{chinese_date(since)}起。"]
            agency = signed_paper("劳务派遣证明", of=through, to=body.name, words=words, facts=[("岗位", "车工"), ("协议", "2026-01号")], day=since)
            _file(made.number, "劳务派遣协议", agency, at)


def enter_papers(body: "Body", crowd: Crowd, *, at: datetime) -> None:
    """This function will enter a cooperation agreement with two students, and the commission of a small firm."""
    today = at.date()
    paper = _agreement(body, "上海虚构职业技术学院", 702, today, add_years(today, 2), at)
    enter_students(body, crowd, paper, at=at)
    _agreement(body, "上海虚构工程技术学校", 704, today - timedelta(days=340), today + timedelta(days=25), at)
    commission = operations.enter_commission(
        body=body, client="上海虚构五金制品厂", client_uscc=uscc(703), lacks="没有考核场地和考评人员", occupations=[TURNER, FITTER], people=8,
        signed_on=today, since=today, until=add_years(today, 1), by=PLATFORM, at=at,
    )  # fmt: skip
    words = [f"本单位没有考核场地和考评人员，不具备自主评价条件，委托{body.name}对本单位职工开展职业技能等级认定。"]
    facts = [("职业", "车工、钳工"), ("人数", "8人"), ("期限", period(today, commission.until - timedelta(days=1)))]
    _file(commission.number, "委托协议", signed_paper("委托协议", of=commission.client, to=body.name, words=words, facts=facts, day=today), at)
    roll = [(f"职工{n}", f"岗位：{post}") for n, post in enumerate(("车工", "车工", "钳工", "钳工"), 1)]
    listed = signed_paper("委托评价职工名单", of=commission.client, to=body.name, words=["首批职工四人，名单如下。"], facts=roll, day=today)
    _file(commission.number, "职工名单", listed, at)


def _agreement(body: "Body", school: str, serial: int, since: date, until: date, at: datetime) -> "Agreement":
    majors = ["数控技术", "机械制造与自动化"]
    paper = operations.enter_agreement(
        body=body, school=school, school_uscc=uscc(serial, institution=True), majors=majors, signed_on=since, since=since, until=until,
        by=PLATFORM, at=at,
    )  # fmt: skip
    words = [f"{school}与{body.name}开展校企合作，由{body.name}对本校毕业学年学生开展职业技能等级认定。"]
    facts = [("专业", "、".join(majors)), ("期限", period(since, until - timedelta(days=1)))]
    _file(paper.number, "协议", signed_paper("校企合作协议", of=school, to=body.name, words=words, facts=facts, day=since), at)
    return paper


def enter_students(body: "Body", crowd: Crowd, agreement: "Agreement | None", *, at: datetime) -> None:
    """This function will enter one student in the graduation year, and one in the year before it."""
    today = at.date()
    for years, major in ((0, "数控技术"), (1, "数控技术")):
        someone = crowd.grown_up(today, youngest=18, oldest=20)
        summer = date(today.year + years + (1 if (today.month, today.day) >= (6, 1) else 0), 7, 1)
        operations.enter_student(
            body=body, agreement=agreement, name=someone.name, id_number=someone.id_number, register_number=f"G{summer:%Y}{years + 1:04d}",
            major=major, programme="高职", full_time=True, enrolled_on=add_years(summer, -3) + timedelta(days=62), graduates_on=summer,
            by=PLATFORM, at=at,
        )  # fmt: skip


def approve_college(school: "Body", *, at: datetime) -> None:
    """This function will approve a school's pilot of 新型技师学院 for a year."""
    director = actor_of("han", at.date())
    operations.approve_pilot(
        body=school, kind="technician_college", occupations=[TURNER], plan="技师培养与企业岗位对接，检验取证率和就业率。", units=[],
        since=at.date(), until=add_years(at.date(), 1), filed=(), by=director, at=at,
    )  # fmt: skip


def _file(number: str, label: str, content: bytes, at: datetime) -> None:
    operations.file_evidence(number=number, label=label, name=f"{label}.pdf", content=content, by=PLATFORM, at=at)
