"""目录导入: does every row of a list get an outcome, and does a dry run change nothing?"""

from datetime import date

import pytest

from tests.bodies.people import AT, DAY
from touchstone.accounts.actor import PLATFORM
from touchstone.catalogue import operations, queries
from touchstone.catalogue.models import CatalogueImport, CatalogueImportRow, Occupation
from touchstone.catalogue.operations import importing
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.ledger.operations import AlreadyDone
from touchstone.sheets.tables import write_table

pytestmark = pytest.mark.django_db
LIST = """code,name,major
6-31-01-03,电气工,生产制造及有关人员
6-18-02-04,焊工,生产制造及有关人员
4-10-01-02,育婴员,社会生产服务和生活服务人员
4-10-01-2,保育师,
4-10-01-02,育婴师,
6-18-01-01,,
""".encode()


@pytest.fixture(autouse=True)
def known() -> None:
    operations.enter_occupation(code="6-31-01-03", name="电工", since=date(2022, 9, 28), industry="energy", by=PLATFORM, at=AT)
    operations.enter_occupation(code="6-18-02-04", name="焊工", since=date(2022, 9, 28), by=PLATFORM, at=AT)


def load(content: bytes = LIST, name: str = "list.csv", dry_run: bool = False) -> CatalogueImport:
    return operations.import_occupations(name=name, content=content, dry_run=dry_run, by=PLATFORM, at=AT)


def outcomes(run: CatalogueImport) -> list[tuple[int, str]]:
    return list(CatalogueImportRow.objects.filter(run=run).order_by("row_number").values_list("row_number", "outcome"))


EXPECTED = [(2, "renamed"), (3, "unchanged"), (4, "new"), (5, "refused"), (6, "refused"), (7, "refused")]


def test_every_row_gets_an_outcome_and_a_sentence() -> None:
    run = load()
    assert outcomes(run) == EXPECTED
    assert run.counts == {"rows": 6, "renamed": 1, "unchanged": 1, "new": 1, "refused": 3}
    assert all(row.sentence.endswith("。") for row in CatalogueImportRow.objects.filter(run=run))


def test_a_dry_run_reports_the_same_and_changes_nothing() -> None:
    before = list(Occupation.objects.order_by("pk").values())
    assert outcomes(load(dry_run=True)) == EXPECTED
    assert list(Occupation.objects.order_by("pk").values()) == before
    assert not Entry.objects.filter(event="catalogue.chunk_loaded").exists()


def test_new_codes_stand_from_the_classification_and_new_names_from_today() -> None:
    load()
    assert [(row.name, row.since, row.until) for row in queries.history("6-31-01-03")] == [
        ("电气工", DAY, None),
        ("电工", date(2022, 9, 28), DAY),
    ]
    found = queries.occupation("4-10-01-02", date(2022, 9, 28))
    assert found is not None
    assert (found.name, found.pinyin_key) == ("育婴员", "yuyingyuan yyy")
    assert queries.occupation("6-31-01-03", DAY).industry == "energy"  # type: ignore[union-attr]


def test_loading_again_changes_nothing_more() -> None:
    load()
    before = list(Occupation.objects.order_by("pk").values())
    assert dict(outcomes(load()))[2] == "unchanged"
    assert list(Occupation.objects.order_by("pk").values()) == before


def test_one_line_of_the_ledger_for_every_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)
    run = load()
    lines = Entry.objects.filter(event="catalogue.chunk_loaded", subject=run.number).order_by("id")
    assert [line.detail["rows"] for line in lines] == [[2, 3], [4, 5], [6, 7]]
    assert outcomes(run) == EXPECTED
    assert run.counts["rows"] == 6


def test_a_load_broken_off_is_completed_by_repeating_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)
    real, calls = importing._load, []

    def failing(*args: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise OSError("断电")
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "_load", failing)
    with pytest.raises(OSError, match="断电"):
        load()
    assert Occupation.objects.filter(code="6-31-01-03").count() == 2
    monkeypatch.setattr(importing, "_load", real)
    load()
    assert Occupation.objects.filter(code="6-31-01-03").count() == 2
    assert Occupation.objects.filter(code="4-10-01-02").count() == 1


def test_the_same_request_sent_twice_loads_once() -> None:
    by = PLATFORM.with_key("request-1")
    operations.import_occupations(name="list.csv", content=LIST, dry_run=False, by=by, at=AT)
    with pytest.raises(AlreadyDone):
        operations.import_occupations(name="list.csv", content=LIST, dry_run=False, by=by, at=AT)
    assert CatalogueImport.objects.count() == 1


def test_a_workbook_with_chinese_headers_is_read(tmp_path) -> None:
    path = tmp_path / "目录.xlsx"
    write_table(path, "职业目录", ["职业编码", "职业名称"], [["4-10-01-02", "育婴员"], ["6-18-02-04", "焊工"]])
    run = load(path.read_bytes(), "目录.xlsx")
    assert [outcome for _, outcome in outcomes(run)] == ["new", "unchanged"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        pytest.param("list.pdf", b"%PDF-", "请上传 .csv 或 .xlsx", id="不是表格"),
        pytest.param("list.csv", b"", "没有找到“职业编码”", id="空文件"),
        pytest.param("list.csv", b"code,name\n", "没有数据行", id="只有表头"),
        pytest.param("list.xlsx", b"code,name\n1,2\n", "", id="改了名字的文本"),
        pytest.param("list.csv", b"a,b\n1,2\n", "没有找到“职业编码”", id="没有编码列"),
    ],
)
def test_a_file_refused_leaves_nothing(name: str, content: bytes, says: str) -> None:
    lines = Entry.objects.count()
    with pytest.raises(Refusal) as told:
        load(content, name)
    assert says in str(told.value)
    assert not CatalogueImport.objects.exists()
    assert Entry.objects.count() == lines


def test_a_name_that_differs_only_in_width_is_not_a_renaming() -> None:
    run = load("code,name\n6-18-02-04,焊 工\n".encode())
    assert outcomes(run) == [(2, "unchanged")]
