"""需求数测试: who may enter what is wanted, what comes of each row of a sheet, and does a refusal leave everything as it was?"""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cast import Cast
from touchstone.accounts.actor import VISITOR, Actor, NotAllowed
from touchstone.calls.models import DemandFigure
from touchstone.calls.operations import enter_demand, take_demand_workbook
from touchstone.calls.operations.demand_workbook import DISTRICT_WORDS
from touchstone.calls.queries import figures_shown_to, latest_demand
from touchstone.files.queries import content
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.ledger.operations import AlreadyDone
from touchstone.sheets.demand import demand_template
from touchstone.sheets.shapes import RESULT_COLUMN

TURNER, CHEF = "6-18-01-01", "4-03-02-01"
HOME, FOREIGN = "310115", "310104"


def enter(cast: Cast, by: Actor, **changed: object) -> DemandFigure:
    """Enter one figure, some of it changed."""
    facts: dict[str, object] = {"occupation": TURNER, "district": HOME, "year": 2026, "people": 1200, "source": "2026年行业用工调查"}
    return enter_demand(**(facts | changed), by=by, at=cast.at)  # type: ignore[arg-type]


def sheet(folder: Path, rows: Sequence[Sequence[str | int]]) -> bytes:
    """Fill our template as somebody would with Excel."""
    path = folder / "filled.xlsx"
    path.write_bytes(demand_template(list(DISTRICT_WORDS), 2026))
    book = load_workbook(path)
    for line, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            book["需求"].cell(line, column).value = value
    book.save(path)
    return path.read_bytes()


def test_entered_again_is_put_right_and_what_stood_is_on_record(cast: Cast) -> None:
    """同一职业、区、年度再填一次，是更正：只有一条，存证里留着原来的数。"""
    enter(cast, cast.tao)
    enter(cast, cast.tao, people=1500)
    assert DemandFigure.objects.get().people == 1500
    assert [line.detail["before"] for line in Entry.objects.filter(event="demand.entered").order_by("id")] == [None, 1200]


def test_one_request_has_one_effect(cast: Cast) -> None:
    """同一请求发两次，只登记一次。"""
    enter(cast, cast.tao.with_key("k1"))
    with pytest.raises(AlreadyDone):
        enter(cast, cast.tao.with_key("k1"), people=9)
    assert DemandFigure.objects.get().people == 1200


WHO: dict[str, tuple[str, dict[str, str]]] = {
    "市职鉴中心填全市": ("tao", {"district": ""}),
    "市人社局填各区": ("shen", {}),
    "区填本区": ("zhou", {}),
    "行业主管填本领域": ("pan", {"district": ""}),
    "区行业主管填本领域本区": ("jiang", {}),
}
WHO_NOT: dict[str, tuple[str, dict[str, str], str]] = {
    "区填别区": ("zhou", {"district": FOREIGN}, "只能填报本区"),
    "区填全市": ("zhou", {"district": ""}, "只能填报本区"),
    "行业主管填别的领域": ("pan", {"occupation": CHEF}, "不属于装备制造"),
    "区行业主管填别区": ("jiang", {"district": FOREIGN}, "只能填报本区"),
    "登记员": ("xu", {}, "由市人社局"),
    "评价机构": ("lin", {}, "由市人社局"),
}


@pytest.mark.parametrize("name", list(WHO))
def test_who_may_enter(name: str, cast: Cast) -> None:
    who, changed = WHO[name]
    enter(cast, getattr(cast, who), **changed)
    assert DemandFigure.objects.count() == 1


@pytest.mark.parametrize("name", list(WHO_NOT))
def test_who_may_not_enter(name: str, cast: Cast) -> None:
    who, changed, says = WHO_NOT[name]
    with pytest.raises(NotAllowed, match=says):
        enter(cast, getattr(cast, who), **changed)
    assert not DemandFigure.objects.exists()
    assert not Entry.objects.filter(event="demand.entered").exists()


def test_a_visitor_enters_nothing(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        enter(cast, VISITOR)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"occupation": "9-99-99-99"}, "不在现行职业目录"),
        ({"district": "310199"}, "没有这个区"),
        ({"year": 2020}, "2020年不能填报"),
        ({"people": -1}, "不能小于0"),
        ({"source": " "}, "没有写明需求数的来源"),
    ],
    ids=["目录外的职业", "没有的区", "过去的年度", "负数", "没有来源"],
)
def test_what_cannot_be_entered(changed: dict[str, object], says: str, cast: Cast) -> None:
    with pytest.raises(Refusal, match=says):
        enter(cast, cast.tao, **changed)
    assert not DemandFigure.objects.exists()


def test_who_reads_which_figures(cast: Cast) -> None:
    """区看本区和全市的数，行业主管看本领域的数，评价机构不看。"""
    enter(cast, cast.tao)
    enter(cast, cast.tao, district="")
    enter(cast, cast.tao, district=FOREIGN, occupation=CHEF)
    seen = {who: figures_shown_to(getattr(cast, who)).count() for who in ("shen", "zhou", "lv", "pan", "jiang", "lin")}
    assert seen == {"shen": 3, "zhou": 2, "lv": 2, "pan": 2, "jiang": 2, "lin": 0}


def test_the_latest_figure_up_to_a_year_counts(cast: Cast) -> None:
    """当年没有填的，用以前最近一年的数；以后年度的数现在不算。"""
    enter(cast, cast.tao, year=2025, people=100)
    enter(cast, cast.tao, year=2027, people=900)
    assert [one.people for one in latest_demand(cast.at.date())] == [100]


def test_every_row_of_a_sheet_has_an_outcome(cast: Cast, tmp_path: Path) -> None:
    """好的行登记，坏的行各有一句原因，表原样退回并带结果；全角、逗号、“年”字照常认得。"""
    rows: list[tuple[str | int, ...]] = [
        (TURNER, "车工", "浦东新区", "2026年", "1,200", "行业用工调查"),
        (CHEF, "", "全市", "２０２６", 800, "行业用工调查"),
        (TURNER, "车工", "浦东新区", 2026, 5, "重复的行"),
        (TURNER, "铣工", "徐汇区", 2026, 5, "名称与编码不符"),
        ("9-99-99-99", "", "徐汇区", 2026, 5, "目录外"),
        (TURNER, "", "苏州", 2026, "很多", ""),
    ]
    report = take_demand_workbook(name="需求.xlsx", content=sheet(tmp_path, rows), by=cast.tao, at=cast.at)
    assert [row.done for row in report.rows] == [True, True, False, False, False, False]
    told = [row.sentence for row in report.rows]
    assert "与第2行" in told[2] and "不符" in told[3] and "不在现行职业目录" in told[4]
    assert all(word in told[5] for word in ("苏州", "很多", "来源没有填写"))
    assert {(one.occupation.code, one.district, one.people) for one in DemandFigure.objects.all()} == {(TURNER, HOME, 1200), (CHEF, "", 800)}
    returned = tmp_path / "returned.xlsx"
    returned.write_bytes(content(report.returned))
    lines = list(load_workbook(returned)["需求"].values)
    place = lines[0].index(RESULT_COLUMN)
    assert str(lines[1][place]).startswith("通过") and "苏州" in str(lines[6][place])
    entry = Entry.objects.get(event="demand.imported")
    assert (entry.detail["rows"], entry.detail["taken"]) == (6, 2) and len(entry.detail["outcomes_sha256"]) == 64


def test_a_district_s_sheet_stays_on_its_ground(cast: Cast, tmp_path: Path) -> None:
    """区上传的表里别区的行不登记，本区的行照常登记；再传一次不变。"""
    rows = [(TURNER, "", "浦东新区", 2026, 300, "调查"), (TURNER, "", "徐汇区", 2026, 300, "调查")]
    report = take_demand_workbook(name="需求.xlsx", content=sheet(tmp_path, rows), by=cast.zhou, at=cast.at)
    assert [row.done for row in report.rows] == [True, False]
    again = take_demand_workbook(name="需求.xlsx", content=sheet(tmp_path, rows), by=cast.zhou, at=cast.at)
    assert "与已有的数相同" in again.rows[0].sentence
    assert DemandFigure.objects.count() == 1


def test_another_workbook_is_refused_whole(cast: Cast, tmp_path: Path) -> None:
    """不是我们的模板，整份不收，一句说明去哪里下载。"""
    from touchstone.sheets.scores import score_template

    with pytest.raises(Refusal, match="需求"):
        take_demand_workbook(name="成绩.xlsx", content=score_template("JH1", [], False), by=cast.tao, at=cast.at)
    assert not DemandFigure.objects.exists()
    assert not Entry.objects.filter(event="demand.imported").exists()
