"""目录调整测试: is every line that rests on what is gone flagged once, its body told, and the flag settled by what puts it right?"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.filings.conftest import people, select_for
from tests.filings.test_ending import undo
from tests.refusing import refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.calls.operations import enter_demand
from touchstone.calls.operations import flag as calls
from touchstone.catalogue import queries as catalogue
from touchstone.catalogue.models import Standard
from touchstone.catalogue.operations import carry_renamings as carry_standards
from touchstone.catalogue.operations import end_level, enter_occupation, enter_standard, recode_occupation
from touchstone.exams.models import Plan
from touchstone.exams.operations import flag as exams
from touchstone.exams.operations.plans import PlanTerms, draft_plan
from touchstone.files.queries import of_case
from touchstone.filings import operations, queries
from touchstone.filings.models import CatalogueFlag, Filing
from touchstone.filings.operations.ending_run import run_endings
from touchstone.jobs.life import carry_renamings, take_up_change
from touchstone.ledger.queries import entries, history
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


def test_selected_projects_are_told(wide_cast: Any) -> None:
    """已确定的评价项目所依据的等级退出目录，记入项目一次。"""
    cast = wide_cast
    select_for(cast.body_e, cast)
    turner = catalogue.occupation(TURNER, cast.at.date())
    assert turner
    level = next(row for row in catalogue.fileable_levels(turner) if row.level == 3 and row.trade is None)
    gone = cast.at.date() + timedelta(days=10)
    told: dict[str, Any] = {"edition": "ML1", "codes": [TURNER], "day": gone, "by": PLATFORM, "at": cast.at}
    assert calls.flag_resting_on(**told) == []
    end_level(level_id=level.pk, until=gone, reason="目录调整", by=cast.han, at=cast.at)
    (number,) = calls.flag_resting_on(**told)
    assert calls.flag_resting_on(**told) == []
    assert ["三级" in line.reason for line in history(number).filter(event="project.catalogue_changed")] == [True]




def renamed(cast: Any, at: datetime) -> None:
    """车工 is called 车床工 from today on, and the worker has taken it up."""
    enter_occupation(code=TURNER, name="车床工", since=at.date(), by=cast.han, at=at)
    assert taken_up(at) > 0


def taken_up(at: datetime) -> int:
    for line in entries().filter(event__startswith="occupation.").order_by("pk"):
        take_up_change(line, at)
    return carry_renamings(at)


def drafted(cast: Any, root: Filing, at: datetime, days: int) -> Plan:
    exam_on = at.date() + timedelta(days=days)
    terms = PlanTerms(exam_on, exam_on - timedelta(days=16), 20, "孙景明 021-00000000")
    return draft_plan(scope_item_id=root.scope.get(level=4).pk, terms=terms, by=cast.sun, at=at)


def test_a_new_name_is_told_in_writing_and_nothing_is_owed_or_ends(cast: Any, root: Filing) -> None:
    """职业更名：各行都标记为仅告知，一封告知书，没有待办和期限，不终止；自当日起各处用新名称，以前决定的不变。"""
    at = cast.at + LATER
    plan = drafted(cast, root, at, 60)
    renamed(cast, at + timedelta(days=1))
    later = at + timedelta(days=1)
    assert outcomes(cast, later.date()) == ["told"] * 3
    (letter,) = of_case(root.number, "职业更名告知书")
    assert letter.media == "application/pdf"
    assert not of_case(root.number, "目录调整告知书")
    assert "filing.catalogue_flag" not in {task.matter for task in open_on(root.number)}
    told = history(root.number).get(event="filing.occupation_renamed")
    assert "“车工”（6-18-01-01）自2026年5月2日起更名为“车床工”，编码不变" in told.reason
    assert {line.occupation.name for line in queries.scope_in_force(later.date(), root.body)} == {"车床工"}
    plan.refresh_from_db()
    assert plan.occupation.name == "车床工"
    assert history(plan.number).filter(event="plan.occupation_renamed").count() == 1
    assert not run_endings(dry_run=False, by=PLATFORM, at=at + timedelta(days=200)).rows.exists()
    lines = history(root.number).count()
    assert (taken_up(later), history(root.number).count()) == (0, lines)


def test_a_new_name_from_a_later_day_is_told_now_and_carried_then(cast: Any, root: Filing) -> None:
    """以后的日子起更名：现在告知，当日才改用新名称。"""
    at = cast.at + LATER
    since = at.date() + timedelta(days=10)
    enter_occupation(code=TURNER, name="车床工", since=since, by=cast.han, at=at)
    assert taken_up(at) == 0
    assert outcomes(cast, at.date()) == ["told"] * 3
    assert {line.occupation.name for line in queries.scope_in_force(at.date(), root.body)} == {"车工"}
    assert taken_up(at + timedelta(days=9)) == 0
    assert taken_up(at + timedelta(days=10)) > 0
    assert {line.occupation.name for line in queries.scope_in_force(since, root.body)} == {"车床工"}


def test_a_new_code_takes_levels_and_standards_with_it_and_nothing_is_lost(cast: Any, root: Filing) -> None:
    """改编码：等级、标准随之沿用，评价范围、考评人员和已有证书的职业继续对得上，没有范围因此终止。"""
    at = cast.at + LATER
    plan = drafted(cast, root, at, 60)
    recode_occupation(code=TURNER, new_code="6-18-01-99", since=at.date(), reason="职业分类调整", by=cast.han, at=at)
    assert taken_up(at) > 0
    assert outcomes(cast, at.date()) == ["told"] * 3
    turner = catalogue.occupation("6-18-01-99", at.date())
    assert turner
    assert catalogue.levels_of(turner, None, at.date())
    assert catalogue.occupation(TURNER, at.date()) is None
    assert {line.occupation.code for line in queries.scope_in_force(at.date(), root.body)} == {"6-18-01-99"}
    assert not operations.flag_resting_on(edition="ML9", codes=[TURNER, "6-18-01-99"], day=at.date(), by=PLATFORM, at=at)
    plan.refresh_from_db()
    assert plan.occupation.code == "6-18-01-99"
    assert catalogue.codes_of(TURNER) == catalogue.codes_of("6-18-01-99") == {TURNER, "6-18-01-99"}
    assert drafted(cast, root, at, 70).occupation.code == "6-18-01-99"


def test_standards_wait_for_the_day_of_the_new_code(cast: Any, root: Filing) -> None:
    """以后的日子起改编码：标准在那一天以前仍属原编码，到那一天才随过去，并留下记录。"""
    at = cast.at + LATER
    since = at.date() + timedelta(days=10)
    recode_occupation(code=TURNER, new_code="6-18-01-99", since=since, reason="职业分类调整", by=cast.han, at=at)
    taken_up(at + timedelta(days=9))
    assert set(Standard.objects.filter(occupation__code__in=[TURNER, "6-18-01-99"]).values_list("occupation__code", flat=True)) == {TURNER}
    taken_up(at + timedelta(days=10))
    assert set(Standard.objects.filter(occupation__code__in=[TURNER, "6-18-01-99"]).values_list("occupation__code", flat=True)) == {"6-18-01-99"}
    assert taken_up(at + timedelta(days=10)) == 0
    assert entries().filter(event="standards.carried", subject="6-18-01-99").count() == 1
    with pytest.raises(NotAllowed, match="平台自动"):
        carry_standards(renamings=[], by=cast.han, at=at)


def test_selected_projects_and_demand_carry_the_new_name(wide_cast: Any) -> None:
    """已确定的评价项目自更名之日起用新名称，并留下记录。"""
    cast = wide_cast
    select_for(cast.body_e, cast)
    enter_demand(occupation=TURNER, district="", year=2026, people=1200, source="行业调查", by=PLATFORM, at=cast.at)
    renamed(cast, cast.at)
    (line,) = entries().filter(event="project.occupation_renamed")
    assert "更名为“车床工”" in line.reason
    (line,) = entries().filter(event="demand.carried")
    assert (line.subject, line.detail) == (f"{TURNER}-city-2026", {"people": 1200})


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"code": "9-99-99-99"}, "没有现行的职业"),
        ({"new_code": "123"}, "形式不对"),
        ({"new_code": TURNER}, "与原编码相同"),
        ({"new_code": "6-18-04-01"}, "已有现行的职业"),
        ({"since": date(2020, 1, 1)}, "不能改编码"),
        ({"reason": " "}, "没有说明"),
    ],
    ids=["没有这个职业", "形式不对", "没有改", "编码已用", "早于起始日", "没有原因"],
)
def test_a_code_is_not_changed_just_so(cast: Any, changed: dict[str, Any], says: str) -> None:
    wanted = {"code": TURNER, "new_code": "6-18-01-99", "since": cast.at.date(), "reason": "调整"} | changed
    refused_and_nothing_changed(lambda: recode_occupation(**wanted, by=cast.han, at=cast.at), says, "catalogue")


def test_only_the_platform_tells_of_a_new_name(cast: Any) -> None:
    at = cast.at
    with pytest.raises(NotAllowed, match="平台自动"):
        operations.tell_of_renaming(edition="ML1", renamings=[], by=cast.wu, at=at)
    with pytest.raises(NotAllowed, match="平台自动"):
        operations.carry_renamings(renamings=[], by=cast.wu, at=at)
