"""征集测试公用: a project, a call and applications at any stage, made by the real operations; a second social body to be ranked with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import pytest

from tests.cast import WideCast
from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.operations import enter_person, grant_role, open_log_in
from touchstone.accounts.queries import actors_of
from touchstone.bodies.models import Body
from touchstone.bodies.operations import register_body
from touchstone.calls import operations, queries
from touchstone.calls.models import CallLot
from touchstone.policy.roles import BodyKind, Ownership, Role
from touchstone.simulation import calls as simulated
from touchstone.simulation.cast import FOREIGN, PASSWORD
from touchstone.simulation.identity import id_number, phone, uscc

CARE, TURNER = "4-10-01-05", "6-18-01-01"
STAGES = ("recommended", "selected", "drafted", "open", "applying", "sent", "returned", "closed", "checked", "ranked", "announced", "concluded")


@dataclass(frozen=True)
class Stand:
    """Where a stage was left: the numbers, and the moment."""

    project: str
    at: datetime
    call: str = ""
    application: str = ""
    lot: int = 0


def second_body(at: datetime) -> tuple[Body, Actor]:
    """Register 壬, a social body that is no association, and its filer (log-in `body91`)."""
    body = register_body(
        name="上海壬子康养服务有限公司", uscc=uscc(91), kind=BodyKind.SOCIAL, ownership=Ownership.PRIVATE, district=FOREIGN,
        industry="civil_affairs", address="虚构路91号", legal_representative="任小川", founded_on=date(2015, 3, 9), contact_name="任小川",
        contact_phone=phone(91), by=PLATFORM, at=at,
    )  # fmt: skip
    number = id_number(491, birthday=date(1988, 5, 5), male=False)
    person = enter_person(name="任小川", id_number=number, phone=phone(191), by=PLATFORM, at=at)
    user = open_log_in(person=person, username="body91", password=PASSWORD, by=PLATFORM, at=at)
    grant_role(person=person, office=body.office, role=Role.BODY_FILER, since=date(2026, 1, 1), by=PLATFORM, at=at)
    return body, actors_of(user, at.date())[0]


def lot_of(number: str) -> CallLot:
    """Give the only lot of a call."""
    lot: CallLot = queries.lots_of(queries.call(number, PLATFORM)).get()
    return lot


def brought_to(stage: str, cast: WideCast) -> Stand:
    """Take the care project and its first call to a stage; one application of body 戊 from `applying` on."""
    until, at = STAGES.index(stage), cast.at
    project = simulated.recommend(CARE, by=cast.tang, at=at)
    if until == 0:
        return Stand(project.number, at)
    project = operations.select_project(number=project.number, opinion="需求明确。", by=cast.han, at=at)
    if until == 1:
        return Stand(project.number, at)
    call = simulated.drafted_call(project, clerk=cast.tao, at=at)
    lot = lot_of(call.number)
    if until >= STAGES.index("open"):
        operations.publish_call(number=call.number, by=cast.han, at=at)
    application = ""
    if until >= STAGES.index("applying"):
        application = simulated.drafted_application(lot, by=cast.xie, at=at).number
    if until >= STAGES.index("sent"):
        operations.submit_application(number=application, by=cast.xie, at=at)
    if stage == "returned":
        operations.return_application(number=application, reason="专家聘书不清晰，请重新上传。", by=cast.tao, at=at)
    if until >= STAGES.index("closed"):
        at = simulated.closed_at(call, at)
        operations.close_call(number=call.number, by=PLATFORM, at=at)
    if until >= STAGES.index("checked"):
        simulated.check_as_declared(application, by=cast.tao, at=at)
    if until >= STAGES.index("ranked"):
        operations.rank_call(number=call.number, by=cast.tao, at=at)
    if until >= STAGES.index("announced"):
        operations.announce_result(number=call.number, by=cast.han, at=at)
    if stage == "concluded":
        at = at.replace(month=at.month + 1)
        operations.conclude_call(number=call.number, by=PLATFORM, at=at)
    return Stand(project.number, at, call.number, application, lot.pk)


@pytest.fixture
def stand(wide_cast: WideCast) -> Callable[[str], Stand]:
    """Give a function that takes the care project to a stage."""
    return lambda stage: brought_to(stage, wide_cast)
