"""档案清单: how does a list of the archive look, and which files are bound or only named?"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from touchstone.exams.models import Plan, Sitting
from touchstone.exams.queries.results import trade_or_occupation
from touchstone.exams.states import Part
from touchstone.files.queries import content
from touchstone.policy.eligibility.levels import Level
from touchstone.print.dates import chinese_date
from touchstone.print.lists import ListColumn, Sheet, print_list
from touchstone.print.press import CannotPrint
from touchstone.print.volume import NOTHING, Leaf, Paper, pages_of

if TYPE_CHECKING:
    from touchstone.accounts.models import User
    from touchstone.files.models import Attachment

MOST_BYTES, MOST_FILES = 10 * 1024 * 1024, 300
"""How much of other people's files one volume takes in; the rest is named with its fingerprint. Keeps a volume printable and in memory."""
_BOUND = {"application/pdf", "image/jpeg", "image/png"}


def day_of(moment: datetime | date | None) -> str:
    """This function will write the day of a moment; nothing for none."""
    if moment is None:
        return ""
    return chinese_date(localtime(moment).date() if isinstance(moment, datetime) else moment)


def moment_of(moment: datetime | None) -> str:
    """This function will write a moment to the minute; a dash for none."""
    return "—" if moment is None else f"{localtime(moment):%Y-%m-%d %H:%M}"


def who(user: "User | None") -> str:
    """This function will name whoever did something; the platform where nobody did."""
    return user.person.name if user is not None and user.person is not None else "平台"


def where(sitting: Sitting) -> str:
    """This function will name a sitting by part and room."""
    return f"{Part(sitting.part).label} {sitting.room.name}"


def facts_of(plan: Plan) -> tuple[tuple[str, str], ...]:
    """This function will give what stands above each list of a plan's archive."""
    return (
        ("评价机构", plan.body.name),
        ("计划编号", plan.number),
        ("职业（工种）", trade_or_occupation(plan)),
        ("等级", Level(plan.level).label),
        ("考试日期", chinese_date(plan.exam_on)),
        ("考核点", plan.venue.name),
    )


def listed(
    plan: Plan,
    title: str,
    columns: Sequence[tuple[str, float]],
    rows: Iterable[Sequence[str]],
    *,
    signatures: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
    flipped: bool = False,
) -> Leaf:
    """This function will print a list for the archive: columns are (header, width in mm, 0 for what is left), the first is the serial number."""
    shown = [(str(n), *(word or "—" for word in row)) for n, row in enumerate(rows, 1)]
    code = {"准考证号", "证件号码", "证书编号", "时间", "座位"}
    sheet = Sheet(
        title=title,
        columns=(
            ListColumn("序号", 12, "code", True),
            *(ListColumn(name, width, "name" if name == "姓名" else "code" if name in code else "text") for name, width in columns),
        ),
        facts=facts_of(plan),
        totals=f"共 {len(shown):,} 条",
        notes=notes,
        signatures=signatures,
        footer=f"{plan.number}　{title}",
        flipped=flipped,
        size=9,
    )
    return Leaf(print_list(sheet, shown))


def paper(
    plan: Plan, title: str, leaves: Iterable[Leaf], *, number: str = "", day: datetime | date | None = None, remark: str = "", owner: str = ""
) -> Paper:
    """This function will give one paper of the catalogue, made by the plan's body unless another is named."""
    return Paper(title, number or plan.number, owner or plan.body.name, day_of(day), remark, leaves=tuple(leaves))


def list_paper(
    plan: Plan,
    title: str,
    columns: Sequence[tuple[str, float]],
    rows: Iterable[Sequence[str]],
    *,
    day: datetime | date | None = None,
    remark: str = "",
    owner: str = "",
    signatures: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
    flipped: bool = False,
) -> Paper:
    """This function will give a paper of the catalogue that is one list, under the paper's own title."""
    made = listed(plan, title, columns, rows, signatures=signatures, notes=notes, flipped=flipped)
    return paper(plan, title, [made], day=day, remark=remark, owner=owner)


def lacking(title: str, why: str, number: str = "") -> Paper:
    """This function will give a line of the catalogue for what is not there, with the reason."""
    return Paper(title, number, lacking=why)


def nothing(title: str, why: str) -> Paper:
    """This function will give a line of the catalogue for what could not come about, which is not missing."""
    return Paper(title, lacking=why, mark=NOTHING)


def bound_files(plan: Plan, title: str, files: Sequence["Attachment"], why_none: Paper) -> Paper:
    """This function will bind PDFs and pictures as far as a volume takes them in; what is not bound is told in the remark, and lies in the list of
    files with its fingerprint."""
    if not files:
        return why_none
    leaves: list[Leaf] = []
    taken, left = 0, 0
    for one in files:
        if one.media not in _BOUND or len(leaves) >= MOST_FILES or taken + one.size > MOST_BYTES:
            left += 1
            continue
        leaf = Leaf(content(one), f"{one.label}　{one.name}　{one.case}")
        try:
            if leaf.is_pdf:
                pages_of(leaf.content)
        except CannotPrint:
            left += 1
            continue
        taken += one.size
        leaves.append(leaf)
    remark = f"并入{len(leaves)}个文件" + (f"，另有{left}个只存电子件，名称和SHA-256见目录" if left else "")
    if not leaves:
        return lacking(title, f"{left}个文件都不能印制或超出装订容量，只存电子件，名称和SHA-256见目录")
    return paper(plan, title, leaves, remark=remark)


def file_rows(files: Iterable["Attachment"]) -> list[tuple[str, ...]]:
    """This function will give files as rows of a list: of what case, what, name, size, day, fingerprint."""
    return [(one.case, one.label, one.name, f"{one.size / 1024:,.0f}KB", moment_of(one.uploaded_at), one.sha256) for one in files]


FILE_COLUMNS = (("业务编号", 34), ("材料", 34), ("文件名", 44), ("大小", 18), ("上传时间", 28), ("SHA-256", 0))
