"""标准结构变动与备案、计划: are the filings and plans told that rest on what changed, once, and are the others left alone?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.exams.operations.plans import PlanTerms, draft_plan
from touchstone.exams.operations.structure_flag import flag_structure as flag_plans
from touchstone.filings.models import Filing
from touchstone.filings.operations.structure_flag import flag_structure
from touchstone.ledger.queries import history
from touchstone.simulation.filing import TURNER
from touchstone.tasks.queries import open_on

pytestmark = pytest.mark.django_db
STANDARD, NEW = f"GZB {TURNER}-2018", "JG202600002"
LATER = timedelta(days=60)


@pytest.fixture
def root(filed_to: Callable[[str], str]) -> Filing:
    """Give body 甲's filing in force."""
    return Filing.objects.get(number=filed_to("signed"))


def only(level: int) -> Callable[[int], str]:
    return lambda asked: "权重已调整" if asked == level else ""


def test_a_filing_with_a_line_at_that_level_is_told_once(cast: Any, root: Filing) -> None:
    at = cast.at + LATER
    given: dict[str, Any] = {"standard": STANDARD, "structure": NEW, "day": at.date(), "by": PLATFORM, "at": at}
    assert flag_structure(touched=only(2), **given) == []
    assert flag_structure(touched=only(4), **(given | {"standard": "GZB 6-20-01-01-2019"})) == []
    assert flag_structure(touched=only(4), **given) == [root.number]
    assert flag_structure(touched=only(4), **given) == []
    line = history(root.number).get(event="filing.structure_changed")
    assert line.reason == f"所依据的标准自{at.date()}起有变动：四级/中级工权重已调整"
    with pytest.raises(NotAllowed):
        flag_structure(touched=only(4), **(given | {"by": cast.wu}))


def test_a_plan_examined_after_that_day_is_told_once(cast: Any, root: Filing) -> None:
    at = cast.at + LATER
    item = root.scope.get(level=4)
    for days in (20, 60):
        exam_on = at.date() + timedelta(days=days)
        draft_plan(scope_item_id=item.pk, terms=PlanTerms(exam_on, exam_on - timedelta(days=16), 20, "孙景明 021-00000000"), by=cast.sun, at=at)
    day = at.date() + timedelta(days=30)
    given: dict[str, Any] = {"standard": STANDARD, "structure": NEW, "day": day, "before": at + LATER, "by": PLATFORM, "at": at}
    assert flag_plans(touched=only(4), **(given | {"before": at})) == []
    assert flag_plans(touched=only(5), **given) == []
    told = flag_plans(touched=only(4), **given)
    assert len(told) == 1 and flag_plans(touched=only(4), **given) == []
    assert [task.matter for task in open_on(told[0])] == [f"plan.structure_{NEW}"]
