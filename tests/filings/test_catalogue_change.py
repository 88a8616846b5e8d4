"""目录调整测试: is every line that rests on what is gone flagged once, its body told, and the flag settled by what puts it right?"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.filings.conftest import people
from tests.filings.test_ending import undo
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.catalogue import queries as catalogue
from touchstone.catalogue.operations import end_level, enter_standard
from touchstone.exams.operations import flag as exams
from touchstone.exams.operations.plans import PlanTerms, draft_plan
from touchstone.files.queries import of_case
from touchstone.filings import operations, queries
from touchstone.filings.models import CatalogueFlag, Filing
from touchstone.filings.operations.ending_run import run_endings
from touchstone.ledger.queries import history
from touchstone.policy.filing.purposes import Change
from touchstone.simulation.filing import TURNER
from touchstone.simulation.filing_changes import add_line, amend, take_to
from touchstone.tasks.queries import open_on

pytestmark = pytest.mark.django_db
LATER = timedelta(days=60)
NEW = f"GZB {TURNER}-2026"


@pytest.fixture
def root(filed_to: Callable[[str], str]) -> Filing:
    """Give body 甲's filing in force."""
    return Filing.objects.get(number=filed_to("signed"))


def replace_standard(cast: Any, at: datetime) -> date:
    """Enter a new edition that replaces the one of 2018 a month from now."""
    day: date = at.date() + timedelta(days=30)
    enter_standard(
        number=NEW, kind="national", code=TURNER, title="车工国家职业标准", edition="2026年版", levels=[5, 4, 3, 2, 1], in_force_from=day,
        replaces=f"GZB {TURNER}-2018", by=cast.han, at=at,
    )  # fmt: skip
    return day


def flag(day: date, at: datetime, edition: str = "ML00000001") -> list[CatalogueFlag]:
    return operations.flag_resting_on(edition=edition, codes=[TURNER], day=day, by=PLATFORM, at=at)


def outcomes(cast: Any, day: date) -> list[str]:
    return [row.outcome for row in queries.catalogue_flags(cast.wu, day)]  # type: ignore[attr-defined]


def test_every_line_is_flagged_once_and_the_body_told(cast: Any, root: Filing) -> None:
    """新标准替代旧标准：三行都标记，一封告知书，一条待办；再跑一次没有新的；别区看不到。"""
    at = cast.at + LATER
    day = replace_standard(cast, at)
    assert len(flag(day, at)) == 3
    assert flag(day, at) == [] == flag(day, at, "ML00000002")
    (letter,) = of_case(root.number, "目录调整告知书")
    assert letter.media == "application/pdf"
    assert [task.due_on for task in open_on(root.number) if task.matter == "filing.catalogue_flag"] == [day + timedelta(days=180)]
    assert history(root.number).filter(event="filing.flagged").count() == 1
    assert outcomes(cast, at.date()) == ["open"] * 3
    assert not queries.catalogue_flags(cast.lv, at.date()).exists()


def test_nothing_lost_flags_nothing(cast: Any, root: Filing) -> None:
    """目录没有去掉什么，就不标记；只有平台可以标记。"""
    at = cast.at + LATER
    assert flag(at.date(), at) == []
    with pytest.raises(NotAllowed, match="平台自动"):
        operations.flag_resting_on(edition="ML1", codes=[TURNER], day=at.date(), by=cast.wu, at=at)


def test_amendment_settles_it(cast: Any, root: Filing) -> None:
    """申请变更标准：结果为已申请；生效后旧行终止、标记了结、待办关闭。"""
    at = cast.at + LATER
    day = replace_standard(cast, at)
    flag(day, at)
    later = at + timedelta(days=31)
    number = amend(root.number, {Change.STANDARD}, by=cast.lin, at=later)
    venue = root.body.venues.get().number
    for level in (5, 4, 3):
        add_line(number, TURNER, level, venue, by=cast.lin, at=later, standard=NEW)
    take_to("submitted", number, people(cast), at=later)
    assert outcomes(cast, later.date()) == ["asked"] * 3
    for stage in ("appointed", "visited", "scored", "concluded", "announced"):
        from touchstone.simulation.filing import _STEPS

        _STEPS[stage](number, people(cast), later)
    assert {flag.settled_by_case for flag in CatalogueFlag.objects.all()} == {number}
    assert not [task for task in open_on(root.number) if task.matter == "filing.catalogue_flag"]
    assert {line.standard.number for line in queries.scope_in_force(later.date(), root.body)} == {NEW}
    assert {line.standard.number for line in queries.scope_in_force(later.date() - timedelta(days=1), root.body)} == {f"GZB {TURNER}-2018"}


def test_line_ends_when_nobody_asks(cast: Any, root: Filing) -> None:
    """等级退出目录，期限内没有申请变更：该行自动终止，其他行继续；撤销终止后标记恢复。"""
    at = cast.at + LATER
    turner = catalogue.occupation(TURNER, at.date())
    assert turner
    level = next(row for row in catalogue.fileable_levels(turner) if row.level == 3 and row.trade is None)
    gone = at.date() + timedelta(days=10)
    end_level(level_id=level.pk, until=gone, reason="目录调整", by=cast.han, at=at)
    (one,) = flag(gone, at)
    assert one.due_on == gone + timedelta(days=90)
    overdue = at + timedelta(days=102)
    assert outcomes(cast, overdue.date()) == ["late"]
    run = run_endings(dry_run=False, by=PLATFORM, at=overdue)
    assert [(row.ground, row.item_id) for row in run.rows.all()] == [("line_lost", one.item_id)]
    assert {line.level for line in queries.scope_in_force(overdue.date(), root.body)} == {5, 4}
    one.refresh_from_db()
    ended = root.terminations.get()
    assert one.settled_by_case == ended.number
    undo(ended.number, cast.wu, cast)
    one.refresh_from_db()
    assert one.settled_at is None


def test_plans_that_rest_on_it_are_told(cast: Any, root: Filing) -> None:
    """考试日在旧标准废止之后的计划，告知计划经办人一次。"""
    at = cast.at + LATER
    day = replace_standard(cast, at)
    item = root.scope.get(level=4)
    for days in (20, 60):
        exam_on = at.date() + timedelta(days=days)
        terms = PlanTerms(exam_on, exam_on - timedelta(days=16), 20, "孙景明 021-00000000")
        draft_plan(scope_item_id=item.pk, terms=terms, by=cast.sun, at=at)
    told = exams.flag_resting_on(edition="ML1", codes=[TURNER], day=day, by=PLATFORM, at=at)
    assert len(told) == 1
    assert exams.flag_resting_on(edition="ML1", codes=[TURNER], day=day, by=PLATFORM, at=at) == []
    assert [task.matter for task in open_on(told[0])] == ["plan.catalogue_ML1"]


