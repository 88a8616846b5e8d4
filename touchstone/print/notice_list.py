"""公示名单: what is put before the public, with identities masked?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from touchstone.kernel.numbers import mask_id_number, mask_name
from touchstone.print.dates import chinese_date
from touchstone.print.lists import ListColumn, Seal, Sheet, print_list


@dataclass(frozen=True)
class Notice:
    """The words around the list. The objection channels are required: a notice without them is none."""

    title: str
    body: str
    plan_number: str
    opening: str
    first_day: date
    last_day: date
    working_days: int
    telephone: str
    address: str
    issued_on: date


@dataclass(frozen=True)
class NoticeRow:
    """One person; name and number are masked here whatever comes in."""

    name: str
    id_number: str
    occupation: str
    level: str
    result: str


_COLUMNS = (
    ListColumn("序号", 14, "code", True),
    ListColumn("姓名", 32, "name"),
    ListColumn("证件号码", 36, "code"),
    ListColumn("职业（工种）"),
    ListColumn("等级", 26, "code"),
    ListColumn("结果", 20, "code", True),
)


def print_notice_list(notice: Notice, rows: Iterable[NoticeRow]) -> bytes:
    """This function will print the list for public notice; it never shows a full name or number."""
    shown = [(str(n), mask_name(row.name), mask_id_number(row.id_number), row.occupation, row.level, row.result) for n, row in enumerate(rows, 1)]
    span = f"{chinese_date(notice.first_day)}至{chinese_date(notice.last_day)}（{notice.working_days}个工作日）"
    sheet = Sheet(
        title=notice.title,
        subtitle=notice.plan_number,
        columns=_COLUMNS,
        paragraphs=(notice.opening, f"公示期：{span}。对名单有异议的，请在公示期内实名提出并附理由。"),
        facts=(("异议电话", notice.telephone), ("异议地址", notice.address)),
        totals=f"共 {len(shown):,} 人",
        notes=("为保护个人信息，姓名和证件号码只显示一部分。",),
        seal=Seal(notice.body, chinese_date(notice.issued_on)),
        footer=f"{notice.plan_number}　公示名单",
    )
    return print_list(sheet, shown)
