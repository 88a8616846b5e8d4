"""虚构评价对象: whom may the bodies of the synthetic city evaluate: staff, partner school, client firm, subsidiary, own students?"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from touchstone.accounts.actor import PLATFORM
from touchstone.bodies import operations
from touchstone.kernel.periods import add_years
from touchstone.simulation.cast import actor_of
from touchstone.simulation.crowd import Crowd
from touchstone.simulation.identity import uscc

if TYPE_CHECKING:
    from touchstone.bodies.models import Agreement, Body

TURNER, FITTER = "6-18-01-01", "6-20-01-01"
PAPER = b"%PDF-1.4\n%synthetic\n"


def enter_staff(body: "Body", crowd: Crowd, *, at: datetime) -> None:
    """This function will enter a subsidiary outside the city and some people in post: directly, by an agency, at the subsidiary."""
    since = at.date() - timedelta(days=40)
    firm = operations.enter_subsidiary(
        body=body, name="苏州甲辰精密机械有限公司", uscc=uscc(701), province="32", address="苏州市虚构路1号", share=Decimal(70), since=since,
        by=PLATFORM, at=at,
    )  # fmt: skip
    _paper(firm.number, "股权关系证明", at)
    for form, through, subsidiary in (("直接用工", "", None), ("劳务派遣", "上海虚构人力资源有限公司", None), ("直接用工", "", firm)):
        someone = crowd.grown_up(at.date())
        operations.enter_worker(
            body=body, name=someone.name, id_number=someone.id_number, form=form, through=through, post="车工", since=since, subsidiary=subsidiary,
            evidence="劳务派遣协议2026-01号" if through else "", by=PLATFORM, at=at,
        )  # fmt: skip


def enter_papers(body: "Body", crowd: Crowd, *, at: datetime) -> None:
    """This function will enter a cooperation agreement with two students, and the commission of a small firm."""
    today = at.date()
    paper = operations.enter_agreement(
        body=body, school="上海虚构职业技术学院", school_uscc=uscc(702, institution=True), majors=["数控技术", "机械制造与自动化"], signed_on=today,
        since=today, until=add_years(today, 2), by=PLATFORM, at=at,
    )  # fmt: skip
    _paper(paper.number, "协议", at)
    enter_students(body, crowd, paper, at=at)
    commission = operations.enter_commission(
        body=body, client="上海虚构五金制品厂", client_uscc=uscc(703), lacks="没有考核场地和考评人员", occupations=[TURNER, FITTER], people=8,
        signed_on=today, since=today, until=add_years(today, 1), by=PLATFORM, at=at,
    )  # fmt: skip
    _paper(commission.number, "委托协议", at)


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


def _paper(number: str, label: str, at: datetime) -> None:
    operations.file_evidence(number=number, label=label, name=f"{label}.pdf", content=PAPER, by=PLATFORM, at=at)
