"""样例: workbooks and rows that the tests of `sheets` share."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import openpyxl

from touchstone.kernel.numbers import id_check_place
from touchstone.sheets.child import read_rows
from touchstone.sheets.registration import RowOutcome, parse_rows
from touchstone.sheets.registration_fields import FIELDS, SHAPE, SHEET, PlanOptions
from touchstone.sheets.registration_template import registration_template
from touchstone.sheets.shapes import Head, Row

OPTIONS = PlanOptions(
    "沪技认〔2024〕第0001号",
    ("电工", "育婴员"),
    ("五级/初级工", "四级/中级工", "三级/高级工"),
    ("五级（1）年满16周岁，拟从事本职业", "四级（2）取得五级证书后满3年", "三级（2）取得四级证书后满4年"),
)
HEADERS = [field.header for field in FIELDS]


def id_number(serial: int, born: date = date(1990, 1, 1)) -> str:
    """An identity number with a right check place; district 310199 does not exist."""
    first = f"310199{born:%Y%m%d}{serial:03d}"
    return first + id_check_place(first)


def candidate(serial: int = 1, **changes: str) -> dict[str, str]:
    """The texts of one faultless row by header; `changes` by key."""
    born = date(1980, 1, 1) + timedelta(days=serial // 1000 * 7)
    number = id_number(serial % 1000, born)
    values = {
        "sequence": str(serial), "occupation": "电工", "level": "三级/高级工", "condition": OPTIONS.conditions[2],
        "id_kind": "居民身份证", "id_number": number, "name": "阿卜杜拉·买买提", "sex": "男" if int(number[16]) % 2 else "女",
        "birthday": born.isoformat(), "phone": f"138{serial:08d}", "holds_certificate": "是", "certificate_level": "四级/中级工",
        "certificate_number": "Y000031000001194000001", "education": "大学专科和专科学校", "region": "上海市浦东新区",
        "source": "国有企业", "employer": "上海某某有限公司", "registering_body": "上海某某有限公司", "assessment_kind": "晋级认定",
        "major": "机电", "exam_kind": "正考", "ethnicity": "维吾尔族", "started_work_on": "2008-07-01", "email": "",
        "years_in_field": "15", "household": "", "political": "", "diploma_number": "", "experience": "", "address": "",
        "collect_by": "自取", "postcode": "", "mailing_address": "",
    }  # fmt: skip
    values.update(changes)
    return {field.header: values[field.key] for field in FIELDS}


def texts(row: dict[str, str]) -> list[str]:
    return [row[header] for header in HEADERS]


def workbook(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    """The template of the plan, filled with rows."""
    path.write_bytes(registration_template(OPTIONS, [texts(row) for row in rows]))
    return path


def change(path: Path, how) -> Path:
    """Let a person change the data sheet by hand."""
    book = openpyxl.load_workbook(path)
    how(book[SHEET], book)
    book.save(path)
    return path


def read(path: Path) -> tuple[Head, list[Row]]:
    with read_rows(path, SHAPE) as reading:
        return reading.head, list(reading.rows)


def outcomes(path: Path) -> list[RowOutcome]:
    return list(parse_rows(read(path)[1], OPTIONS))


def outcome(**changes: str) -> RowOutcome:
    """What becomes of one faultless row with these changes, without a workbook around it."""
    return next(parse_rows([Row(2, candidate(1, **changes))], OPTIONS))


def repack(content: bytes, replace: dict[str, bytes]) -> bytes:
    """The same archive with parts replaced or added."""
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in replace:
                new.writestr(name, old.read(name))
        for name, part in replace.items():
            new.writestr(name, part)
    return memory.getvalue()
