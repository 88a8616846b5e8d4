"""模拟特殊情形: what a newcomer finds of two standards, apprentices, direct recognition and the panel was made by the real operations."""

from datetime import date, timedelta

import pytest

from tests.cast import START, set_up
from tests.exams.registering import put_in_force
from touchstone.accounts.actor import PLATFORM
from touchstone.exams.models import ExceptionalCase, Plan, SecondStandard
from touchstone.exams.states import Part, PlanState
from touchstone.simulation import special
from touchstone.simulation.cast import set_up_body_c
from touchstone.simulation.crowd import Crowd
from touchstone.simulation.filing import TURNER
from touchstone.simulation.premises import equip, random_of


@pytest.mark.django_db
def test_special_cases_to_go_on_with() -> None:
    """一考双证报名中，一项直接认定待决定，二级已编排综合评审，两名学徒中一名期满。"""
    cast = set_up()
    begun = START - timedelta(days=60)
    body, crowd = set_up_body_c(since=begun.date(), at=begun), Crowd(random_of(1, "special"))
    equip(body, crowd, occupation=TURNER, district="310115", by=PLATFORM, at=begun)
    for level in (5, 3, 2):
        put_in_force(cast, level=level, of=body)
    special.populate(body, crowd, at=START)
    assert SecondStandard.objects.get().plan.state == PlanState.REPORTED
    assert ExceptionalCase.objects.get().granted is None
    panel = Plan.objects.get(level=2)
    assert panel.state == PlanState.ARRANGED
    assert panel.sittings.filter(part=Part.PANEL).exists()
    over = [one for one in body.apprenticeships.all() if one.until <= START.date()]
    assert len(over) == 1
    assert over[0].since < date(2024, 3, 3)
