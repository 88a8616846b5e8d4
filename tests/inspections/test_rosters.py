"""抽查名单测试: is everybody on the roster whom the office inspects, nobody else, and each in the stratum of its grade?"""

from datetime import date, timedelta
from typing import Any

from tests.cast import Cast, WideCast
from tests.inspections.stage import Stage, filed_body
from tests.refusing import refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.queries import city_centre, district_bureau
from touchstone.bodies.models import Body
from touchstone.bodies.operations import open_venue, set_grade
from touchstone.filings.models import Filing
from touchstone.inspections.facts import strata_of, supervised_by
from touchstone.inspections.operations import begin_draw
from touchstone.policy.roles import Ownership
from touchstone.policy.supervision.grade import Grade
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


def test_the_grade_says_how_many_are_drawn(cast: Cast) -> None:
    """同类别、同等级为一层，一层按等级的比例抽；等级失效的，回到未定级的一层。"""
    at = cast.at
    for n, grade in enumerate([Grade.A] * 4 + [Grade.D] * 2 + [None] * 3):
        body = filed_body(n, at)
        if grade is not None:
            set_grade(body=body, grade=grade, points=80.0, reasons={"indicators": []}, run=f"DJ{n}", by=PLATFORM, at=at)

    def strata(when):
        return {one.key: (one.count, one.rate, one.drawn) for one in strata_of(supervised_by(district_bureau(HOME), when), when.date())}

    assert strata(at) == {"enterprise-A": (4, 10, 1), "enterprise-D": (2, 100, 2), "enterprise-none": (3, 30, 1)}
    assert strata(at + timedelta(days=366)) == {"enterprise-none": (9, 30, 3)}


def test_a_year_takes_what_the_grades_ask_for_and_no_more(cast: Cast) -> None:
    """两次抽取合计是一年的家数；抽满以后不再发起。"""
    stage = Stage(cast, bodies=3).planned()
    first = begin_draw(plan_number=stage.plan.number, visits_from=date(2026, 3, 16), by=cast.wang, at=cast.at)
    assert first.quotas == {"enterprise-none": 1}, "3家一年抽1家"
    refused_and_nothing_changed(
        lambda: begin_draw(plan_number=stage.plan.number, visits_from=date(2026, 9, 14), by=cast.wang, at=cast.at), "已经抽满", "inspections"
    )
