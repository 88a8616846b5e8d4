"""读表对比: rows per second of a registration workbook (10,000 rows, 33 columns), read and checked, beside openpyxl and pandas.

Every contender hands the same rows to the same checks, so that only the reading differs; the counts of good rows must agree.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from random import Random

ROWS = 10_000
Answer = tuple[int, str]


def write(path: Path, seed: int = 1) -> None:
    """Write the workbook; about one row in twenty has a fault of some kind."""
    from touchstone.sheets.registration_fields import FIELDS
    from touchstone.sheets.registration_template import registration_template

    random = Random(seed)
    header = [field.header for field in FIELDS]
    path.write_bytes(registration_template(_options(), [[row[h] for h in header] for row in _rows(random)]))


def _options():
    from touchstone.sheets.registration_fields import PlanOptions

    return PlanOptions("JH202600001", ("车工",), ("四级/中级工",), ("4-1 累计工作满5年", "4-2 五级后工作满3年"))


def _rows(random: Random) -> Iterator[dict[str, str]]:
    from touchstone.sheets.registration_fields import FIELDS
    from touchstone.simulation.crowd import Crowd

    crowd = Crowd(random)
    for n in range(ROWS):
        someone = crowd.grown_up(date(2026, 3, 2))
        row = {
            "sequence": str(n + 1), "occupation": "车工", "level": "四级/中级工", "condition": "4-1 累计工作满5年", "id_kind": "居民身份证",
            "id_number": someone.id_number, "name": someone.name, "sex": "男" if someone.male else "女", "birthday": someone.birthday.isoformat(),
            "phone": f"199{n:08d}", "holds_certificate": "否", "education": "大学专科和专科学校", "region": "上海市浦东新区", "source": "国有企业",
            "employer": "上海甲辰精密机械有限公司", "registering_body": "上海甲辰精密机械有限公司", "assessment_kind": "初次认定", "major": "机电",
            "exam_kind": "正考", "ethnicity": "汉族", "started_work_on": "2008-07-01", "years_in_field": "9", "collect_by": "自取",
        }  # fmt: skip
        row |= random.choice(_FAULTS) if random.random() < 0.05 else {}
        yield {field.header: row.get(field.key, "") for field in FIELDS}


_FAULTS = (
    {"id_number": "310101199001011234"},
    {"birthday": "1899年1月1日"},
    {"phone": "12345"},
    {"level": "特级"},
    {"name": ""},
    {"years_in_field": "很多年"},
    {"holds_certificate": "是"},
)


def _check(rows: Iterable) -> Answer:
    from touchstone.sheets.registration import parse_rows

    outcomes = list(parse_rows(rows, _options()))
    return len(outcomes), f"合格{sum(1 for one in outcomes if one.row is not None)}"


def ours_isolated(path: str) -> Answer:
    """As the product does it: the archive checked, read in a limited process of its own, then checked."""
    from touchstone.sheets.archive import check_workbook
    from touchstone.sheets.child import read_rows
    from touchstone.sheets.registration_fields import SHAPE

    check_workbook(Path(path))
    with read_rows(Path(path), SHAPE) as reading:
        return _check(reading.rows)


def ours(path: str) -> Answer:
    """The same reader without the process around it."""
    from touchstone.sheets.reading import read_workbook
    from touchstone.sheets.registration_fields import SHAPE

    return _check(read_workbook(Path(path), SHAPE)[1])


def with_openpyxl(path: str) -> Answer:
    """openpyxl in read-only mode."""
    import openpyxl

    from touchstone.sheets.registration_fields import SHEET

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return _check(_as_rows(book[SHEET].iter_rows(values_only=True)))


def with_pandas_calamine(path: str) -> Answer:
    """pandas, reading through calamine."""
    return _with_pandas(path, "calamine")


def with_pandas_openpyxl(path: str) -> Answer:
    """pandas, reading through openpyxl."""
    return _with_pandas(path, "openpyxl")


def _with_pandas(path: str, engine: str) -> Answer:
    import pandas

    from touchstone.sheets.registration_fields import SHEET

    frame = pandas.read_excel(path, sheet_name=SHEET, header=None, dtype=object, engine=engine, keep_default_na=False, na_values=[])
    return _check(_as_rows(frame.itertuples(index=False, name=None)))


def _as_rows(lines: Iterable[tuple]) -> Iterator:
    """Lines of cells as the rows that the checks take: texts by header, from the line after the headers on."""
    from touchstone.sheets.cells import cell_text
    from touchstone.sheets.reading import plain_header
    from touchstone.sheets.registration_fields import SHAPE
    from touchstone.sheets.shapes import Row

    wanted = {plain_header(column): column for column in SHAPE.columns}
    headers: list[str | None] = []
    for number, line in enumerate(lines, 1):
        if not headers:
            found = [wanted.get(plain_header(str(cell or ""))) for cell in line]
            headers = found if sum(1 for one in found if one) > 20 else []
            continue
        values = {header: "" if cell is None else cell_text(cell)[0] for header, cell in zip(headers, line, strict=False) if header}
        if any(values.values()):
            yield Row(number, values)


CONTENDERS = (
    ("试金石（隔离进程，产品所用）", "bench.workbooks:ours_isolated"),
    ("试金石（同一进程）", "bench.workbooks:ours"),
    ("openpyxl 只读模式", "bench.workbooks:with_openpyxl"),
    ("pandas + calamine", "bench.workbooks:with_pandas_calamine"),
    ("pandas + openpyxl", "bench.workbooks:with_pandas_openpyxl"),
)
