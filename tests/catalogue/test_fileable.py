"""可备案范围: what may be filed on which day, at which level, by which standard?

`通知 一` (the list) and `三(二)1` (the standard).
"""

from datetime import date

import pytest

from tests.bodies.people import AT, DAY, make_body
from touchstone.accounts.actor import PLATFORM
from touchstone.catalogue import operations, queries
from touchstone.catalogue.models import Occupation, Trade
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry

pytestmark = pytest.mark.django_db
SINCE = date(2024, 1, 1)
CODE = "6-31-01-03"


@pytest.fixture
def electrician() -> Occupation:
    occupation = operations.enter_occupation(code=CODE, name="电工", since=SINCE, industry="energy", by=PLATFORM, at=AT)
    operations.enter_trade(code=CODE, name="矿山电工", since=SINCE, by=PLATFORM, at=AT)
    operations.open_levels(code=CODE, trade="", levels=(5, 4, 3), since=date(2024, 5, 1), document="目录一", by=PLATFORM, at=AT)
    operations.open_levels(code=CODE, trade="矿山电工", levels=(2,), since=date(2024, 5, 1), document="目录一", by=PLATFORM, at=AT)
    return occupation


def trade(occupation: Occupation) -> Trade:
    found = queries.trade(occupation, "矿山电工", DAY)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("of_trade", "level", "day", "fileable"),
    [
        pytest.param(False, 3, date(2024, 4, 30), False, id="列入前一天"),
        pytest.param(False, 3, date(2024, 5, 1), True, id="列入当天"),
        pytest.param(False, 2, date(2024, 5, 1), False, id="职业整体没有二级"),
        pytest.param(True, 2, date(2024, 5, 1), True, id="工种有二级"),
        pytest.param(True, 3, date(2024, 5, 1), True, id="职业整体的等级也适用于工种"),
        pytest.param(True, 1, date(2024, 5, 1), False, id="一级没有列入"),
        pytest.param(False, 3, date(2026, 12, 31), True, id="终止前一天"),
        pytest.param(False, 3, date(2027, 1, 1), False, id="终止当天"),
    ],
)
def test_a_level_is_fileable_by_date(electrician: Occupation, of_trade: bool, level: int, day: date, fileable: bool) -> None:
    operations.end_occupation(code=CODE, until=date(2027, 1, 1), reason="职业分类调整", by=PLATFORM, at=AT)
    assert queries.is_fileable(electrician, trade(electrician) if of_trade else None, level, day) is fileable


def test_one_level_can_leave_the_list(electrician: Occupation) -> None:
    row = queries.fileable_levels(electrician).filter(level=4).get()
    operations.end_level(level_id=row.pk, until=date(2026, 12, 1), reason="目录二", by=PLATFORM, at=AT)
    assert queries.levels_of(electrician, None, date(2026, 11, 30)) == [5, 4, 3]
    assert queries.levels_of(electrician, None, date(2026, 12, 1)) == [5, 3]
    with pytest.raises(Refusal, match="已经终止备案"):
        operations.end_level(level_id=row.pk, until=date(2026, 12, 2), reason="目录二", by=PLATFORM, at=AT)


def test_renaming_keeps_levels_and_standards_and_the_old_name_for_the_days_before(electrician: Occupation) -> None:
    enter(number="GZB A", in_force_from=SINCE)
    renamed = operations.enter_occupation(code=CODE, name="电气工", since=date(2026, 10, 1), by=PLATFORM, at=AT)
    before, after = queries.occupation(CODE, date(2026, 9, 30)), queries.occupation(CODE, date(2026, 10, 1))
    assert before is not None
    assert after is not None
    assert (before.name, after.name, after.industry) == ("电工", "电气工", "energy")
    assert queries.is_fileable(renamed, None, 3, DAY)
    assert queries.is_fileable(electrician, None, 3, DAY), "旧名称下的备案范围仍然有效"
    assert queries.standards_on(renamed, None, 3, DAY).count() == 1


def test_a_code_used_again_starts_empty(electrician: Occupation) -> None:
    enter(number="GZB A", in_force_from=SINCE)
    operations.end_occupation(code=CODE, until=date(2026, 6, 1), reason="职业分类调整", by=PLATFORM, at=AT)
    again = operations.enter_occupation(code=CODE, name="充电桩工", since=date(2026, 9, 1), by=PLATFORM, at=AT)
    assert queries.occupation(CODE, date(2026, 7, 1)) is None
    assert queries.levels_of(again, None, DAY) == []
    assert not queries.trades_of(again, DAY).exists()
    assert not queries.standards_on(again, None, None, DAY).exists()


def enter(**changed: object) -> None:
    values = {"number": "GZB 1", "kind": "national", "code": CODE, "title": "电工国家职业技能标准", "edition": "2018年版", "levels": (5, 4, 3)}
    operations.enter_standard(**{**values, "in_force_from": date(2024, 1, 1), **changed}, by=PLATFORM, at=AT)  # type: ignore[arg-type]


def test_a_new_edition_takes_over_on_its_day(electrician: Occupation) -> None:
    enter(number="GZB 1")
    enter(number="GZB 2", edition="2026年版", in_force_from=date(2026, 10, 1), replaces="GZB 1")

    def on(day: date) -> list[str]:
        return [each.number for each in queries.standards_on(electrician, None, 3, day)]

    assert on(date(2023, 12, 31)) == []
    assert on(date(2024, 1, 1)) == on(date(2026, 9, 30)) == ["GZB 1"]
    assert on(date(2026, 10, 1)) == ["GZB 2"]
    assert not queries.standards_on(electrician, None, 2, DAY).exists(), "标准没有的等级"


def test_a_specification_serves_only_its_owner(electrician: Occupation) -> None:
    mine, yours = make_body(1).office, make_body(2).office
    enter(number="GF 1", kind="specification", owner=mine, approved_on=None)
    assert not queries.standards_on(electrician, None, 3, DAY).exists()
    assert not queries.standards_on(electrician, None, 3, DAY, owner_office=yours).exists()
    (found,) = queries.standards_on(electrician, None, 3, DAY, owner_office=mine)
    assert found.approved_on is None
    operations.approve_specification(number="GF 1", approved_on=DAY, by=PLATFORM, at=AT)
    assert queries.standard("GF 1").approved_on == DAY
    with pytest.raises(Refusal, match="已于2026年11月02日核准"):
        operations.approve_specification(number="GF 1", approved_on=DAY, by=PLATFORM, at=AT)


def test_an_edition_older_than_the_list_can_be_entered(electrician: Occupation) -> None:
    """职业列入目录之前颁布的标准，也可以登记。"""
    enter(number="GZB 2018", in_force_from=date(2018, 12, 31))
    assert queries.standards().get().occupation == electrician


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"number": "GZB 0"}, "已经登记", id="编号已用"),
        pytest.param({"number": " "}, "编号没有填写", id="没有编号"),
        pytest.param({"title": ""}, "名称没有填写", id="没有名称"),
        pytest.param({"kind": "house"}, "没有说明", id="没有类别"),
        pytest.param({"code": "6-99-99-99"}, "没有职业", id="目录中没有的职业"),
        pytest.param({"trade": "船上电工"}, "没有工种", id="没有这个工种"),
        pytest.param({"levels": ()}, "等级没有选择", id="没有等级"),
        pytest.param({"levels": (6,)}, "等级没有选择", id="六级"),
        pytest.param({"kind": "specification"}, "没有说明由哪家机构制定", id="评价规范没有制定单位"),
        pytest.param({"replaces": "GZB 9"}, "不是该职业现行的较早版本", id="替代不存在的版本"),
        pytest.param({"replaces": "GZB 0"}, "不是该职业现行的较早版本", id="同日替代"),
    ],
)
def test_a_standard_refused_changes_nothing(electrician: Occupation, changed: dict[str, object], says: str) -> None:
    enter(number="GZB 0")
    lines = Entry.objects.count()
    with pytest.raises(Refusal, match=says) as told:
        enter(**changed)
    assert told.value.clause is not None
    assert told.value.next_step
    assert queries.standards().count() == 1
    assert Entry.objects.count() == lines


@pytest.mark.parametrize(
    ("values", "says"),
    [
        pytest.param({"code": "6-31-1-3"}, "形式不对", id="编码少一位"),
        pytest.param({"name": ""}, "名称没有填写", id="没有名称"),
        pytest.param({"name": "电气工", "since": SINCE}, "已是“电工”", id="同一天更名"),
        pytest.param({"name": "电气工", "since": date(2023, 1, 1)}, "已是“电工”", id="在列入之前更名"),
    ],
)
def test_an_occupation_refused_changes_nothing(electrician: Occupation, values: dict[str, object], says: str) -> None:
    lines = Entry.objects.count()
    with pytest.raises(Refusal, match=says):
        operations.enter_occupation(**{"code": CODE, "name": "电工", "since": DAY, **values}, by=PLATFORM, at=AT)  # type: ignore[arg-type]
    assert list(Occupation.objects.values_list("name", "until")) == [("电工", None)]
    assert Entry.objects.count() == lines


@pytest.mark.parametrize(
    "text", ["电工", "diangong", "DG", "6-31-01", "矿山", "６－３１－０１－０３"], ids=["名称", "拼音", "首字母", "编码开头", "工种", "全角编码"]
)
def test_search_finds(electrician: Occupation, text: str) -> None:
    operations.enter_occupation(code="6-18-02-04", name="焊工", since=SINCE, by=PLATFORM, at=AT)
    assert list(queries.search(text, DAY)) == [electrician]


def test_search_finds_nothing_for_nonsense_and_everything_for_nothing(electrician: Occupation) -> None:
    assert not queries.search("占星师", DAY).exists()
    assert list(queries.search("", DAY)) == [electrician]
    assert not queries.search("电工", date(2023, 12, 31)).exists()
