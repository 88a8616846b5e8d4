"""公示打印: what hangs on the notice board, as masked as what stands on the page?"""

from datetime import timedelta

from touchstone.notices.models import PublicNotice
from touchstone.print.dates import chinese_date
from touchstone.print.lists import ListColumn, Seal, Sheet, print_list

_WIDTHS = {"序号": 12, "姓名": 26, "证件号码": 40, "准考证号": 34, "等级": 26, "结论": 16}


def print_notice(notice: PublicNotice) -> bytes:
    """This function will print a public notice with its list on A4, room for the seal included."""
    last = notice.closes_on - timedelta(days=1)
    span = f"公示期：{chinese_date(notice.opened_on)}至{chinese_date(last)}（{notice.working_days}个工作日）。"
    sheet = Sheet(
        title=notice.title,
        subtitle=notice.number,
        columns=tuple(ListColumn(name, _WIDTHS.get(name, 0), "name" if name == "姓名" else "text", name == "序号") for name in notice.columns),
        paragraphs=(notice.preface, f"{span}有异议的，请在公示期内向公示单位实名提出并附理由。"),
        facts=(("受理电话", notice.phone), ("依据", notice.clause)),
        totals=f"共 {len(notice.rows):,} 条",
        notes=("为保护个人信息，姓名和证件号码只显示一部分。",),
        seal=Seal(notice.office.name, chinese_date(notice.opened_on)),
        flipped=len(notice.columns) > 7,
    )
    return print_list(sheet, notice.rows)
