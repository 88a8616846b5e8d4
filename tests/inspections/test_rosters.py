"""抽查名单测试: is everybody on the roster whom the office inspects, nobody else, and each in the stratum that what came to light puts them in?"""

from datetime import date, timedelta
from typing import Any

from tests.cast import WideCast
from tests.inspections.stage import filed_body
from tests.monitoring.hits import raised
from tests.revocations.giving import DECIDED, Case
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.queries import city_centre, district_bureau
from touchstone.bodies.models import Body
from touchstone.bodies.operations import open_venue
from touchstone.filings.models import Filing
from touchstone.inspections.facts import supervised_by
from touchstone.monitoring.operations import answer, ask_bodies, uphold
from touchstone.policy.roles import Ownership
from touchstone.simulation.cast import FOREIGN, HOME


def in_force(body: Body, at, until: date = date(2029, 2, 2)) -> None:
    """Put a filing down as it would stand after acceptance."""
    Filing.objects.create(
        number=f"BA20269{body.pk:05d}", body=body, route="C2", state="accepted", begun_at=at, saved_at=at, decided_at=at,
        in_force_from=date(2026, 2, 2), until=until,
    )  # fmt: skip


def test_an_office_inspects_its_own_ground_and_nobody_else(wide_cast: WideCast) -> None:
    """区的名单：本区备案的企业、注册在本区的院校、市级备案机构设在本区的考核点；市的名单：市级备案的；过期和灭失的不在。"""
    cast, at = wide_cast, wide_cast.at
    own, away = filed_body(0, at), filed_body(1, at, district=FOREIGN)
    central, ended, gone = filed_body(2, at, ownership=Ownership.CENTRAL), filed_body(3, at), filed_body(4, at)
    social, school = cast.body_e, cast.body_f
    in_force(social, at)
    in_force(school, at)
    told: dict[str, Any] = {"address": "虚构路1号", "tenure": "owned", "leased_until": None, "by": PLATFORM, "at": at}
    open_venue(body=central, name="西部基地", district=FOREIGN, **told)
    open_venue(body=social, name="东部基地", district=HOME, **told)
    Filing.objects.filter(body=ended).update(until=at.date())
    Body.objects.filter(pk=gone.pk).update(gone_on=at.date())

    def numbers(office):
        return {line.body.number for line in supervised_by(office, at)}

    assert numbers(district_bureau(HOME)) == {own.number, social.number, school.number}
    assert numbers(district_bureau(FOREIGN)) == {away.number, central.number}
    assert numbers(city_centre()) == {central.number, social.number}


def stratum(body: Body, at) -> str:
    """Give the stratum a body is in at a moment."""
    return next(line.stratum for line in supervised_by(district_bureau(HOME), at) if line.body.pk == body.pk)


def test_certificates_ordered_to_be_revoked_raise_the_rate_for_a_year(wide_cast: WideCast) -> None:
    """证书被决定撤销的机构，一年之内进入较高比例的一层；一年以后回去。"""
    in_force(wide_cast.body_a, wide_cast.at)
    assert stratum(wide_cast.body_a, wide_cast.at) == "enterprise-clean"
    Case(wide_cast).ordered()
    assert stratum(wide_cast.body_a, DECIDED + timedelta(days=365)) == "enterprise-found"
    assert stratum(wide_cast.body_a, DECIDED + timedelta(days=366)) == "enterprise-clean"


def test_an_upheld_alert_raises_the_rate(wide_cast: WideCast) -> None:
    """预警认定属实的机构进入较高比例的一层；还没有认定的不算。"""
    in_force(wide_cast.body_a, wide_cast.at)
    alert = raised(wide_cast)
    wang, at = wide_cast.wang, alert.raised_at
    assert stratum(wide_cast.body_a, at) == "enterprise-clean"
    ask_bodies(number=alert.number, question="请说明登分情况。", by=wang, at=at)
    answer(number=alert.number, words="由一人代录。", files=[], by=wide_cast.sun, at=at)
    uphold(number=alert.number, reason="属实。", by=wang, at=at)
    assert stratum(wide_cast.body_a, at + timedelta(days=1)) == "enterprise-found"
