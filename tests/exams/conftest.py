"""认定公用: body 甲 is filed for 车工 four to two, and has a plan."""

import pytest

from tests.cast import START, Cast, cast
from tests.exams.registering import TERMS, put_in_force, terms_from
from touchstone.exams.models import Plan
from touchstone.exams.operations.plan_report import report_plan
from touchstone.exams.operations.plans import draft_plan
from touchstone.filings.models import ScopeItem

__all__ = ["cast", "draft", "item", "plan"]


@pytest.fixture
def item(cast: Cast) -> ScopeItem:
    """Give the line 车工 四级 of body 甲's filed scope."""
    return put_in_force(cast, level=4)


@pytest.fixture
def draft(cast: Cast, item: ScopeItem) -> Plan:
    """Give a drafted plan."""
    terms = TERMS if cast.at == START else terms_from(cast.at.date())
    return draft_plan(scope_item_id=item.pk, terms=terms, by=cast.sun, at=cast.at)


@pytest.fixture
def plan(cast: Cast, draft: Plan) -> Plan:
    """Give a reported plan, open for registration until 17 March, with the exam on 27 March."""
    report_plan(number=draft.number, by=cast.sun, at=cast.at)
    return Plan.objects.select_related("body", "occupation", "trade", "venue").get(pk=draft.pk)
