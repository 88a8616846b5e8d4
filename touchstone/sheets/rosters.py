"""名册: the workbooks in which a body lists its own staff, or the students of a school, and what each row says.

One template per roster; what stands in a row is cleaned as in a registration, and every fault of a row is named at once.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from touchstone.kernel.numbers import parse_id_number
from touchstone.sheets.cleaning import Cleaned, Unreadable, clean_code, clean_date, clean_name, clean_text
from touchstone.sheets.options import choose
from touchstone.sheets.shapes import RESULT_COLUMN, CellSentence, Row, Shape
from touchstone.sheets.templates import TemplateColumn, write_template

MOST = 5_000
YES, NO = "是", "否"


@dataclass(frozen=True)
class RosterColumn:
    """One column: the key its value gets, how it is read (name, id, date, code, text), and whether it must be filled."""

    key: str
    header: str
    reads_as: str = "text"
    required: bool = False
    example: str = ""
    width: int = 16
    longest: int = 60


@dataclass(frozen=True)
class Roster:
    """A kind of roster: its sheet and its columns."""

    shape: Shape
    columns: tuple[RosterColumn, ...]


def _roster(title: str, sheet: str, template: str, columns: Sequence[RosterColumn]) -> Roster:
    optional = tuple(one.header for one in columns if not one.required)
    shape = Shape(title, sheet, tuple(one.header for one in columns), template, "2026-1", optional, MOST)
    return Roster(shape, tuple(columns))


_NAME = RosterColumn("name", "姓名", "name", True, "陈一")
_ID = RosterColumn("id_number", "居民身份证号码", "id", True, "18位", 24, 24)
WORKERS = _roster(
    "在岗职工名册",
    "在岗职工",
    "workers",
    (
        _NAME,
        _ID,
        RosterColumn("form", "用工形式", "text", True, "直接用工", longest=20),
        RosterColumn("through", "派遣或承揽单位", "text", False, "用工形式不是直接用工的必填", 26, 120),
        RosterColumn("subsidiary", "所属下属企业", "text", False, "属于下属企业的职工填写", 26, 120),
        RosterColumn("post", "岗位", "text", False, "车工"),
        RosterColumn("since", "在岗起始日", "date", True, "2024-01-05"),
        RosterColumn("evidence", "用工证明", "text", False, "劳务派遣协议2026-01号", 30, 120),
    ),
)
STUDENTS = _roster(
    "学生名册",
    "学生",
    "students",
    (
        _NAME,
        _ID,
        RosterColumn("register_number", "学籍号", "code", True, "G2023010001", 20, 40),
        RosterColumn("major", "专业", "text", True, "数控技术"),
        RosterColumn("programme", "培养层次", "text", False, "高职", longest=40),
        RosterColumn("full_time", "全日制", "text", True, YES, longest=4),
        RosterColumn("enrolled_on", "入学日", "date", True, "2023-09-01"),
        RosterColumn("graduates_on", "预计毕业日", "date", True, "2026-07-01"),
    ),
)


@dataclass(frozen=True)
class RosterRow:
    """What became of one row: cleaned texts by key (empty when wrong), every fault, and what was put right."""

    number: int
    name: str
    values: dict[str, str] = field(default_factory=dict)
    faults: tuple[CellSentence, ...] = ()
    notes: tuple[CellSentence, ...] = ()


def roster_template(roster: Roster, options: dict[str, tuple[str, ...]], marks: dict[str, str]) -> bytes:
    """This function will give the empty workbook with the drop-downs of `options` (by key)."""
    columns = [
        TemplateColumn(one.header, one.required, options.get(one.key, ()), f"{'必填' if one.required else '选填'}。例：{one.example}", one.width)
        for one in roster.columns
    ]
    lines = [
        ("怎样填", f"在“{roster.shape.sheet}”表里从第2行起每人一行。红底的列必填，灰底的列选填。"),
        ("身份证号码", "整列已设为文本，请直接输入或按“粘贴为文本”粘贴；末位x自动改为X。"),
        ("日期", "2024-01-05、2024/1/5、2024年1月5日、20240105和Excel日期都能读。"),
        ("不要做的事", "不要合并单元格，不要改表头文字，不要设打开密码。"),
        ("上传以后", f"逐行登记，逐行有结果。有问题的行在“{RESULT_COLUMN}”列写明原因，改好后整份再传即可，已登记的行不会重复。"),
        ("一次多少人", f"一份最多{MOST:,}行。"),
    ]
    memory = io.BytesIO()
    write_template(memory, roster.shape, columns, lines, marks)
    return memory.getvalue()


def parse_roster(roster: Roster, rows: Iterable[Row], options: dict[str, tuple[str, ...]]) -> Iterator[RosterRow]:
    """This function will read every row; whoever stands in the workbook twice is refused the second time."""
    seen: dict[str, int] = {}
    for row in rows:
        found = _parse(roster, row, options)
        person = found.values.get("id_number", "")
        first = seen.setdefault(person, row.number) if person else row.number
        if first != row.number:
            again = CellSentence("居民身份证号码", f"与第{first}行是同一人，请删去其中一行。")
            found = RosterRow(row.number, found.name, {}, (again,))
        yield found


def _parse(roster: Roster, row: Row, options: dict[str, tuple[str, ...]]) -> RosterRow:
    faults, notes, values = list(row.faults), [], {}
    lost = {fault.column for fault in row.faults}
    for column in roster.columns:
        if column.header in lost:
            continue
        try:
            cleaned = _read(column, row.values.get(column.header, ""), options.get(column.key, ()))
        except Unreadable as fault:
            faults.append(CellSentence(column.header, fault.sentence))
            continue
        values[column.key] = cleaned.text
        notes += [CellSentence(column.header, note) for note in cleaned.notes]
    name = values.get("name", "") or clean_text(row.values.get("姓名", "")).text
    return RosterRow(row.number, name[:60], {} if faults else values, tuple(faults), tuple(notes))


_CLEANERS: dict[str, Callable[[str], Cleaned]] = {"text": clean_text, "name": clean_name, "code": clean_code, "id": clean_code, "date": clean_date}


def _read(column: RosterColumn, text: str, options: tuple[str, ...]) -> Cleaned:
    if not text.strip():
        if column.required:
            raise Unreadable(f"“{column.header}”没有填写，请补上。")
        return Cleaned("")
    cleaned = _CLEANERS[column.reads_as](text)
    if len(cleaned.text) > column.longest:
        raise Unreadable(f"“{column.header}”超过{column.longest}个字，请缩短。")
    if column.reads_as == "id":
        try:
            return Cleaned(parse_id_number(cleaned.text).text, cleaned.notes)
        except ValueError as fault:
            raise Unreadable(str(fault)) from fault
    if not options:
        return cleaned
    chosen = choose(cleaned.text, options)
    if chosen is None:
        shown = "、".join(options[:6]) + ("等" if len(options) > 6 else "")
        raise Unreadable(f"“{column.header}”填的“{cleaned.text[:20]}”不在选项内，请从下拉表中选择（{shown}）。")
    note = (f"“{cleaned.text}”读作“{chosen}”",) if chosen != cleaned.text else ()
    return Cleaned(chosen, (*cleaned.notes, *note))
