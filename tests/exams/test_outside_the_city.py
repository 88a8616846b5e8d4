"""市域外考核点: a plan there is signed for by the district of registration, the centre is told, supervisors can be sent, certificates are issued."""

from datetime import date
from decimal import Decimal

import pytest

from tests.cast import Cast
from tests.exams.stage import Stage
from tests.exams.test_pages import enter
from tests.refusing import refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM
from touchstone.bodies.operations.subsidiaries import enter_subsidiary
from touchstone.certificates.queries import of_plan
from touchstone.exams.models import Plan
from touchstone.exams.operations.plan_report import sign_for_plan
from touchstone.experts.permissions import can, check_may_send_supervisors
from touchstone.simulation.identity import uscc
from touchstone.tasks.models import Copy, Task


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Give a plan at a venue in Suzhou, where body 甲 has a subsidiary."""
    stage = Stage(cast, people=2)
    venue = stage.plan.venue
    venue.district, venue.address = "", "苏州市虚构路1号"
    venue.save()
    enter_subsidiary(
        body=cast.body_a, name="苏州甲辰精密机械有限公司", uscc=uscc(701), province="32", address="苏州市虚构路1号", share=Decimal(70),
        since=date(2026, 1, 5), by=PLATFORM, at=cast.at,
    )  # fmt: skip
    return stage


def test_from_the_report_to_the_certificates(stage: Stage) -> None:
    """上报：由注册地所在区签收，市职鉴中心知悉；清单可以按外省市查询；注册地区可以派督导；照常考试、公示、发证。"""
    cast = stage.cast
    stage.reviewed()
    plan = Plan.objects.select_related("body", "venue").get(pk=stage.plan.pk)
    assert [one["outcome"] for one in plan.findings if one["rule"] == "exams.supervision.outside_venue_is_looked_after"] == ["met"]
    task = Task.objects.get(case=plan.number, matter="sign_for_plan")
    assert task.office.district == plan.body.district
    assert Copy.objects.get(case=plan.number).office.number == "CENTRE"
    refused_and_nothing_changed(lambda: sign_for_plan(number=plan.number, by=cast.du, at=cast.at), "注册", "exams")
    sign_for_plan(number=plan.number, by=cast.wang, at=cast.at)
    assert can(check_may_send_supervisors, cast.wang, plan.body, plan.venue)
    assert not can(check_may_send_supervisors, cast.du, plan.body, plan.venue)
    client = enter("wang")
    assert plan.number in client.get("/desk/plans?district=outside").content.decode()
    assert plan.number not in client.get("/desk/plans?district=310115").content.decode()
    assert "外省市" in client.get(f"/desk/plans/{plan.number}").content.decode()
    assert client.get("/desk/plans?district=outside&export=csv").status_code == 200
    stage.with_sittings().arranged().held().scored().announced().confirmed().certified()
    assert of_plan(plan.number).count() == 2
