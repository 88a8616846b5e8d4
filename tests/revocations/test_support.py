"""政策支持名单测试: tried first, entered after, once; what is wrong with a row is told and leaves the others."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from tests.refusing import all_refused_and_nothing_changed
from tests.revocations.giving import OPENED, Case
from touchstone.revocations import operations as acts
from touchstone.revocations import queries
from touchstone.revocations.models import SupportPayment
from touchstone.sheets.support import SHAPE, support_template
from touchstone.tasks.models import Copy


def filled(*rows: tuple[Any, ...]) -> bytes:
    """Fill the template with rows."""
    book = load_workbook(io.BytesIO(support_template()))
    sheet = book[SHAPE.sheet]
    for place, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            sheet.cell(place, column, value)
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()


def test_tried_then_entered_once_and_shown_where_it_matters(case: Case) -> None:
    """仅核对不登记；登记一次，再传不重复；影响范围里看得到；撤销执行后抄送导入单位。"""
    content = filled(
        (case.issued[0], "陈一鸣", "技能提升补贴", "BT-001", "1500", "2026-04-10"),
        (case.issued[1], "别人", "技能提升补贴", "BT-002", "1500", "2026-04-10"),
        ("Y000031300001265009999", "陈一鸣", "技能提升补贴", "BT-003", "1500", "2026-04-10"),
        (case.issued[2], "李四光", "技能提升补贴", "BT-004", "很多", "2026-04-10"),
    )
    take = {"name": "名单.xlsx", "content": content, "by": case.cast.wang, "at": OPENED}
    tried = acts.take_support_list(**take, dry_run=True)  # type: ignore[arg-type]
    assert (tried.taken, tried.row_count, SupportPayment.objects.count()) == (1, 4, 0)
    said = [row[3] for row in tried.outcomes]
    assert "姓名与证书不符" in said[1] and "没有这个编号" in said[2] and "金额" in said[3]
    acts.take_support_list(**take, dry_run=False)  # type: ignore[arg-type]
    again = acts.take_support_list(**take, dry_run=False)  # type: ignore[arg-type]
    assert SupportPayment.objects.count() == 1 and "没有重复登记" in again.outcomes[0][3]
    reach = queries.reach_of(case.issued, case.cast.wang)
    assert (reach.support_total, reach.support[0].paid_on) == (Decimal("1500.00"), date(2026, 4, 10))
    assert queries.payments(case.cast.han).count() == 1 and queries.payments(case.cast.lv).count() == 0
    case.ordered().executed()
    assert "BT-001" in Copy.objects.get(case=case.number).words


def test_who_may_not_and_what_is_no_list(case: Case) -> None:
    """只有区里的经办人导入；不是工作簿的说明原因。"""
    take = {"name": "名单.xlsx", "content": filled(), "dry_run": True, "at": OPENED}
    all_refused_and_nothing_changed(
        [
            ("机构导入", lambda: acts.take_support_list(**take, by=case.cast.qian), "经办人导入"),  # type: ignore[arg-type]
            ("审批负责人导入", lambda: acts.take_support_list(**take, by=case.cast.wu), "经办人导入"),  # type: ignore[arg-type]
            ("不是工作簿", lambda: acts.take_support_list(**{**take, "content": b"x"}, by=case.cast.wang), "。"),  # type: ignore[arg-type]
        ],
        "revocations",
    )
