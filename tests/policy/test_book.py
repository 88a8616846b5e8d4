"""政策手册与覆盖测试: is the book what the code says, and is a duty covered only by what a journey really drove?"""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from touchstone.cli.policy import BOOK, command, state_tables, tables_of
from touchstone.policy import reading
from touchstone.policy.book import CONTENTS, pages
from touchstone.policy.book.words import shown, table
from touchstone.policy.coverage import cover, is_covered, read_record
from touchstone.policy.duties import ROWS
from touchstone.policy.monitoring import RULES as COMPARISONS

DUTY = next(duty for row in ROWS for duty in row.duties if duty.key == "C2.3")
RULES = frozenset(one.key for one in reading.rules())


def test_book_names_every_rule_value_and_duty() -> None:
    book = pages({}, {})
    assert set(book) == {"README.md", *(name for name, _, _ in CONTENTS)}
    assert all(f"`{one.key}`" in book["rules.md"] for one in reading.rules())
    assert all(duty.sentence in book["duties.md"] for row in ROWS for duty in row.duties)
    for place, dated in reading.dated_values():
        if f"`{dated.key}`" not in book["parameters.md"]:
            assert place in {
                "eligibility.conditions.CONDITIONS",
                "filing.assessment_sheet.ENTERPRISE_SHEET",
                "filing.assessment_sheet.SOCIAL_SHEET",
                "filing.assessment_sheet.SCHOOL_SHEET",
                "filing.routes.CENTRAL_ENTERPRISE",
                "filing.routes.DISTRICT_ENTERPRISE",
                "filing.routes.SOCIAL_BODY",
                "filing.routes.SCHOOL",
                "supervision.acts.ACTS",
                "supervision.acts.TIERS",
                "supervision.checks.CHECKS",
                "supervision.items.ITEMS",
            }


def test_book_names_every_comparison() -> None:
    text = pages({}, {})["comparisons.md"]
    assert all(f"| `{rule.key}` | {rule.title} |" in text for rule in COMPARISONS)
    assert "（参数：`monitoring.phone_holders`）" in text


def test_book_writes_the_ladder_out() -> None:
    text = pages({}, {})["supervision.md"]
    assert "## 分类处理（自 2024-05-01 起，上海市《关于加强职业技能等级认定规范管理有关事项的通知》 三(四)2）" in text
    assert "| `sells_certificates` | 特别严重违纪违规 | 买卖、伪造、变造证书 | 是 | 公安机关 |" in text
    assert "| 暂停评价 | 两人办理、证据列明、告知、陈述申辩、办案和决定分开、告知救济、听证、法制审核 |" in text
    assert "| C级 | 60% | 30% | 30% | 先审后收 | 500 |" in text


def test_book_marks_our_defaults() -> None:
    lines = [line for line in pages({}, {})["parameters.md"].splitlines() if "`filing.term_years`" in line]
    assert lines == ["| `filing.term_years` | 备案有效期 | 3年 | 2024-05-01 | **本平台默认值 备案有效期** | 可改 |"]


def test_book_is_the_same_every_time_and_names_no_object() -> None:
    first = pages(state_tables(), {})
    assert first == pages(state_tables(), {})
    assert not [name for name, text in first.items() if " at 0x" in text or "<" in text]


def test_states_of_filings_are_in_the_book() -> None:
    text = pages(state_tables(), {})["states.md"]
    assert "## 备案状态" in text
    assert "退回补正" in text


def test_several_tables_of_one_app_are_told_apart() -> None:
    from types import ModuleType

    from touchstone.kernel.moves import Moves

    module = ModuleType("apps.states", "案件状态: which states?")
    vars(module).update({"PLAN_MOVES": Moves(), "PLAN_WAITING_ON": {}, "MOVES": Moves(), "WAITING_ON": {}})
    assert [one.title for one in tables_of(module)] == ["案件状态（plan）", "案件状态"]


SHOWN = [
    ("没有值", None, "不再适用"),
    ("是", True, "是"),
    ("数", 3, "3"),
    ("列表", ("甲", "乙"), "甲、乙"),
    ("集合按字序", frozenset({"乙", "丙"}), "丙、乙"),
    ("对照", {"甲": 1, "乙": 2}, "甲：1；乙：2"),
]


@pytest.mark.parametrize(("name", "value", "text"), SHOWN, ids=[line[0] for line in SHOWN])
def test_values_in_words(name, value, text) -> None:
    assert shown(value) == text


def test_a_bar_does_not_break_a_table() -> None:
    assert table(["甲"], [["a|b\nc"]])[2] == "| a\\|b c |"


def record(pages_driven: tuple[str, ...] = DUTY.pages, journeys: tuple[str, ...] = ("test_filing::happy",)) -> dict[str, dict[str, list[str]]]:
    """What a run of journeys leaves behind."""
    return {DUTY.key: {"journeys": list(journeys), "pages": list(pages_driven)}}


def test_duty_is_covered_by_a_journey_over_all_its_pages() -> None:
    assert is_covered(DUTY, record(), RULES)


COVERED_NOT = [
    ("没有旅程", {}, RULES),
    ("旅程没有通过", record(journeys=()), RULES),
    ("没有走到页面", record(pages_driven=("public:home",)), RULES),
    ("规则不存在", record(), frozenset()),
]


@pytest.mark.parametrize(("name", "run", "rules"), COVERED_NOT, ids=[line[0] for line in COVERED_NOT])
def test_duty_is_not_covered(name, run, rules) -> None:
    assert not is_covered(DUTY, run, rules)


def test_duty_without_pages_is_never_covered() -> None:
    bare = next(duty for row in ROWS for duty in row.duties if not duty.pages)
    assert not is_covered(bare, {bare.key: {"journeys": ["x"], "pages": ["public:home"]}}, RULES)


def test_row_works_when_all_its_duties_do() -> None:
    row = next(one for one in ROWS if one.key == "C2")
    whole = {duty.key: {"journeys": ["a", "b"], "pages": list(duty.pages)} for duty in row.duties}
    found = next(one for one in cover(whole) if one.row == "C2")
    assert found.working
    assert found.missing == ()
    assert found.tests == ("a", "b")
    part = next(one for one in cover(record()) if one.row == "C2")
    assert not part.working
    assert part.part == (f"C2.3 {DUTY.sentence}",)
    assert len(part.missing) == len(row.duties) - 1


def test_record_that_is_none_is_refused(tmp_path: Path) -> None:
    assert read_record(tmp_path / "journeys.json") == {}
    (tmp_path / "journeys.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ValueError, match="不是旅程记录"):
        read_record(tmp_path / "journeys.json")


def run(*words: str):
    """Run `touchstone policy …`."""
    return CliRunner().invoke(command, list(words))


def test_book_is_written_compared_and_told_apart(tmp_path: Path) -> None:
    folder = str(tmp_path / "book")
    assert run("book", "--check", "--folder", folder).exit_code == 1
    assert run("book", "--folder", folder).exit_code == 0
    assert run("book", "--check", "--folder", folder).exit_code == 0
    path = tmp_path / "book" / "parameters.md"
    path.write_text(path.read_text(encoding="utf-8").replace("3年", "4年", 1), encoding="utf-8")
    found = run("book", "--check", "--folder", folder)
    assert found.exit_code == 1
    assert "parameters.md" in found.output
    assert any(line.startswith("+") and "3年" in line for line in found.output.splitlines())
    (tmp_path / "book" / "old.md").write_text("旧页", encoding="utf-8")
    assert "多余的文件：old.md" in run("book", "--check", "--folder", folder).output
    run("book", "--folder", folder)
    assert not (tmp_path / "book" / "old.md").exists()


def test_coverage_as_data(tmp_path: Path) -> None:
    (tmp_path / "journeys.json").write_text(json.dumps(record()), encoding="utf-8")
    found = json.loads(run("coverage", "--json", "--folder", str(tmp_path)).output)
    assert [row["row"] for row in found] == [row.key for row in ROWS]
    assert set(found[0]) == {"row", "clause", "working", "part", "missing", "rules", "pages", "tests"}
    (c2,) = [row for row in found if row["row"] == "C2"]
    assert c2["part"] == [f"C2.3 {DUTY.sentence}"]
    assert c2["pages"] == list(DUTY.pages)
    assert c2["tests"] == ["test_filing::happy"]
    assert c2["clause"] == "三(一)1"


def test_coverage_for_people_says_not_yet(tmp_path: Path) -> None:
    text = run("coverage", "--folder", str(tmp_path)).output
    assert "尚未实现（not yet）" in text
    assert f"共{len(ROWS)}条：已实现0，部分实现0，尚未实现{len(ROWS)}。" in text


@pytest.mark.parametrize(("day", "count"), [("2024-04-30", 0), ("2024-05-01", 4)], ids=["通知施行前日", "通知施行首日"])
def test_routes_of_a_day(day: str, count: int) -> None:
    assert len(json.loads(run("routes", "--json", "--on", day).output)) == count


def test_routes_for_people() -> None:
    text = run("routes", "--on", str(date(2026, 6, 1))).output
    assert "征求同意：注册地区行业主管部门或注册地区人力资源社会保障局，10个工作日，三(一)1" in text


def test_book_lies_beside_the_code() -> None:
    assert BOOK.parts[-2:] == ("docs", "book")
