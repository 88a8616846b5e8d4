"""抽查名单测试: is everybody on the roster whom the office inspects, nobody else, and is a year spread over its draws?"""

from datetime import date, timedelta
from typing import Any

from tests.cast import Cast, WideCast
from tests.exams.stage import moment
from tests.inspections.stage import Stage, filed_body
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.queries import city_centre, district_bureau
from touchstone.bodies.models import Body
from touchstone.bodies.operations import open_venue, set_grade
from touchstone.filings.models import Filing
from touchstone.inspections.facts import strata_of, supervised_by
from touchstone.inspections.models import Task
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
    """区的名单：本区备案的企业、注册在本区的院校、市级备案机构设在本区的考核点；市职鉴中心监督检查全市；过期和灭失的不在。"""
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
        return {line.body.number for line in supervised_by(office, at.date())}

    assert numbers(district_bureau(HOME)) == {own.number, social.number, school.number}
    assert numbers(district_bureau(FOREIGN)) == {away.number, central.number}
    assert numbers(city_centre()) == {one.number for one in (own, away, central, social, school)}


def test_the_stratum_is_kind_and_grade_and_who_was_drawn_waits_a_year(cast: Cast) -> None:
    """层是机构类别和等级；一年的数目分摊到各次，当年抽过的不在下一次的名单里，合起来正好是一年应抽的数目。"""
    stage = Stage(cast)
    everybody = supervised_by(district_bureau(HOME), cast.at.date())
    assert {line.stratum for line in everybody} == {"enterprise-none"} and strata_of(everybody, cast.at.date())[0].drawn == 4
    first = stage.visited().body
    drawn = set(Task.objects.values_list("body", flat=True))
    assert len(drawn) == 2 and first.pk in drawn
    later = begin_draw(plan_number=stage.plan.number, visits_from=date(2026, 9, 14), by=cast.wang, at=moment(date(2026, 9, 1), 9))
    assert later.quotas == {"enterprise-none": 2} and later.roster.count() == 10
    assert not later.roster.filter(body__in=drawn).exists()


def test_the_grade_says_how_many_are_drawn(cast: Cast) -> None:
    """同类别、同等级为一层，一层按等级的比例抽；等级失效的，回到未定级的一层。"""
    at = cast.at
    for n, grade in enumerate([Grade.A] * 4 + [Grade.D] * 2 + [None] * 3):
        body = filed_body(n, at)
        if grade is not None:
            set_grade(body=body, grade=grade, points=80.0, reasons={"indicators": []}, run=f"DJ{n}", by=PLATFORM, at=at)

    def strata(when):
        day = when.date()
        return {one.key: (one.count, one.rate, one.drawn) for one in strata_of(supervised_by(district_bureau(HOME), day), day)}

    assert strata(at) == {"enterprise-A": (4, 10, 1), "enterprise-D": (2, 100, 2), "enterprise-none": (3, 30, 1)}
    assert strata(at + timedelta(days=366)) == {"enterprise-none": (9, 30, 3)}
