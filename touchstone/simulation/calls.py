"""虚构征集: how does a project of the synthetic city come to be selected, and a body for it, by the real operations?"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.calls import operations, queries
from touchstone.notices.queries import of_case
from touchstone.parameters.queries import calendar
from touchstone.policy.calls.conditions import CONDITIONS
from touchstone.policy.calls.terms import LEAST_OPEN_DAYS

if TYPE_CHECKING:
    from touchstone.calls.models import Application, Call, CallLot, Project

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj trailer<</Root 1 0 R>>\n"
FIT: Mapping[str, int] = {
    "legal_person": 1, "years": 6, "rating": 4, "department": 1, "staff": 8, "experts": 7, "seats": 60, "stations": 20, "quality": 1, "credit": 1,
}  # fmt: skip
"""What an organisation declares that fulfils every condition."""


def recommend(occupation: str, *, by: Actor, at: datetime, levels: tuple[int, ...] = (5, 4, 3)) -> "Project":
    """This function will recommend an occupation at some levels as a project."""
    return operations.recommend_project(
        occupation=occupation, trade="", levels=levels, reason="全市用工需求大，企业自主评价覆盖不到，需要面向社会开展评价。", yearly_demand=1200,
        employers=60, by=by, at=at,
    )  # fmt: skip


def selected_project(occupation: str, *, by: Actor, director: Actor, at: datetime, levels: tuple[int, ...] = (5, 4, 3)) -> "Project":
    """This function will have a project recommended and selected."""
    number = recommend(occupation, by=by, at=at, levels=levels).number
    return operations.select_project(number=number, opinion="需求明确，已有国家职业标准，确定为社会化评价项目。", by=director, at=at)


def drafted_call(
    *projects: "Project", clerk: Actor, at: datetime, district: str = "", quota: int = 1, title: str = "第一批社会培训评价组织公开征集公告"
) -> "Call":
    """This function will draft a call for projects in a district (empty: the whole city), as short as may be."""
    day = at.date()
    number = operations.draft_call(
        title=f"{day.year}年{title}",
        content="为统筹布局社会培训评价组织，现面向全市公开征集。符合条件的独立法人请在征集期内通过平台应征，逾期不予受理。",
        opens_on=day,
        closes_on=calendar().add_working_days(day, LEAST_OPEN_DAYS.on(day).value),
        by=clerk,
        at=at,
    ).number
    for project in projects:
        operations.add_lot(
            number=number, project=project.number, district=district, quota=quota, demand=project.yearly_demand, by=clerk, at=at
        )
    return queries.call(number, clerk)


def open_call(
    *projects: "Project", clerk: Actor, director: Actor, at: datetime, district: str = "", quota: int = 1
) -> "Call":
    """This function will draft and publish a call."""
    number = drafted_call(*projects, clerk=clerk, at=at, district=district, quota=quota).number
    return operations.publish_call(number=number, by=director, at=at)


def drafted_application(lot: "CallLot", *, by: Actor, at: datetime, answers: Mapping[str, int] = FIT) -> "Application":
    """This function will begin and fill in an application, every proof attached."""
    number = operations.begin_application(lot_id=lot.pk, by=by, at=at).number
    for one in CONDITIONS.on(at.date()).value:
        if answers.get(one.key):
            operations.attach_proof(number=number, label=one.proof, name=f"{one.proof}.pdf", content=PDF, by=by, at=at)
    statement = "设评价部，配专职人员和专家，按国家职业标准每月组织一次评价。"
    return operations.save_application(number=number, answers=answers, statement=statement, by=by, at=at)


def sent_application(lot: "CallLot", *, by: Actor, at: datetime, answers: Mapping[str, int] = FIT) -> "Application":
    """This function will fill in an application and submit it."""
    number = drafted_application(lot, by=by, at=at, answers=answers).number
    return operations.submit_application(number=number, by=by, at=at)


def check_as_declared(number: str, *, by: Actor, at: datetime) -> "Application":
    """This function will find everything to be as it was declared."""
    answers = queries.application(number, by).answers
    return operations.check_application(number=number, checked=answers, notes={}, by=by, at=at)


def closed_at(call: "Call", at: datetime) -> datetime:
    """This function will give the moment after a call's last day."""
    return at + timedelta(days=(call.closes_on - at.date()).days + 1)


def bring_to_result(call: "Call", *, clerk: Actor, director: Actor, at: datetime) -> datetime:
    """This function will close a call, check what came in as declared, rank, announce and conclude it; it gives the moment of the end."""
    closed = closed_at(call, at)
    operations.close_call(number=call.number, by=PLATFORM, at=closed)
    for one in queries.applications_of(call):
        check_as_declared(one.number, by=clerk, at=closed)
    operations.rank_call(number=call.number, by=clerk, at=closed)
    operations.announce_result(number=call.number, by=director, at=closed)
    over = closed + timedelta(days=(of_case(call.number)[0].closes_on - closed.date()).days)
    operations.conclude_call(number=call.number, by=PLATFORM, at=over)
    return over
