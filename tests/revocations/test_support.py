"""政策支持名单测试: tried first, entered after, once; what is wrong with a row is told and leaves the others."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.refusing import all_refused_and_nothing_changed
from tests.revocations.giving import OPENED, Case
from touchstone.accounts import operations as accounts
from touchstone.accounts.actor import PLATFORM, VISITOR
from touchstone.bodies import operations as bodies
from touchstone.bodies.models import BodyRestriction
from touchstone.certificates.models import Certificate
from touchstone.policy.supervision.acts import Tier
from touchstone.policy.supervision.restrictions import restrictions_for
from touchstone.policy.violations.acts import Party
from touchstone.revocations import operations as acts
from touchstone.revocations import queries
from touchstone.revocations.models import SupportImport, SupportPayment
from touchstone.revocations.operations import support
from touchstone.sheets.support import SHAPE, support_template
from touchstone.tasks.models import Copy


class Killed(BaseException):
    """The worker is gone."""


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


def handed_in(case: Case, content: bytes, dry_run: bool = False) -> SupportImport:
    """Hand a list in and have it gone through."""
    run = acts.receive_support_list(name="名单.xlsx", content=content, dry_run=dry_run, by=case.cast.wang, at=OPENED)
    return acts.process_support_list(number=run.number, by=PLATFORM, at=OPENED)


def test_tried_then_entered_once_and_shown_where_it_matters(case: Case) -> None:
    """仅核对不登记；登记一次，再传不重复；影响范围里看得到；撤销执行后抄送导入单位。"""
    content = filled(
        (case.issued[0], "陈一鸣", "技能提升补贴", "BT-001", "1500", "2026-04-10"),
        (case.issued[1], "别人", "技能提升补贴", "BT-002", "1500", "2026-04-10"),
        ("Y000031300001265009999", "陈一鸣", "技能提升补贴", "BT-003", "1500", "2026-04-10"),
        (case.issued[2], "李四光", "技能提升补贴", "BT-004", "很多", "2026-04-10"),
    )
    tried = handed_in(case, content, dry_run=True)
    assert (tried.taken, tried.row_count, SupportPayment.objects.count()) == (1, 4, 0)
    said = list(tried.lines.order_by("row_number").values_list("sentence", flat=True))
    assert "姓名与证书不符" in said[1] and "没有这个编号" in said[2] and "金额" in said[3]
    entered = acts.enter_tried_list(number=tried.number, by=case.cast.wang, at=OPENED)
    assert acts.process_support_list(number=entered.number, by=PLATFORM, at=OPENED).taken == 1
    again = handed_in(case, content)
    assert SupportPayment.objects.count() == 1 and "没有重复登记" in again.lines.get(row_number=2).sentence
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
            ("机构导入", lambda: acts.receive_support_list(**take, by=case.cast.qian), "经办人导入"),  # type: ignore[arg-type]
            ("审批负责人导入", lambda: acts.receive_support_list(**take, by=case.cast.wu), "经办人导入"),  # type: ignore[arg-type]
            ("不是工作簿", lambda: acts.receive_support_list(**{**take, "content": b"x"}, by=case.cast.wang), "。"),  # type: ignore[arg-type]
        ],
        "revocations",
    )
    run = acts.receive_support_list(**take, by=case.cast.wang)  # type: ignore[arg-type]
    undo = lambda by, reason="错了": lambda: acts.undo_support_list(number=run.number, reason=reason, by=by, at=OPENED)  # noqa: E731
    all_refused_and_nothing_changed(
        [
            ("还在处理", lambda: acts.receive_support_list(**take, by=case.cast.wang), "一次只处理一份"),  # type: ignore[arg-type]
            ("经办人自己处理", lambda: acts.process_support_list(number=run.number, by=case.cast.wang, at=OPENED), "由平台"),
            ("没有处理完就撤销", undo(case.cast.wang), "没有可以撤销"),
            ("别的区撤销", undo(case.cast.lv), "本单位"),
            ("没有核对完就登记", lambda: acts.enter_tried_list(number=run.number, by=case.cast.wang, at=OPENED), "已经核对完"),
            ("未登录", undo(VISITOR), "经办人导入"),
        ],
        "revocations",
    )


def rows_about(case: Case, count: int) -> list[tuple[str, ...]]:
    """Give many payments on the first certificate, every tenth with a wrong name."""
    return [(case.issued[0], "别人" if n % 10 == 0 else "陈一鸣", "技能提升补贴", f"BT-{n:05d}", "100", "2026-04-10") for n in range(count)]


def test_killed_in_every_chunk_every_row_counts_once(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """每块处理后都被打断，从断处继续，每行恰好一次。"""
    monkeypatch.setattr(support, "CHUNK", 4)
    run = acts.receive_support_list(name="名单.xlsx", content=filled(*rows_about(case, 25)), dry_run=False, by=case.cast.wang, at=OPENED)

    def killed(cursor: int) -> None:
        raise Killed

    for _ in range(7):
        with pytest.raises(Killed):
            acts.process_support_list(number=run.number, by=PLATFORM, at=OPENED, after_chunk=killed)
    done = acts.process_support_list(number=run.number, by=PLATFORM, at=OPENED)
    assert (done.state, done.cursor, done.taken, done.lines.count()) == ("done", 25, 22, 25)
    assert SupportPayment.objects.count() == 22
    assert queries.unfinished_lists(OPENED) == []


def test_a_list_is_taken_back_as_a_whole(case: Case) -> None:
    """登记错了的名单整份撤销：各笔不再计入，发放编号空出，逐行结果留存；只能撤销一次。"""
    content = filled(*rows_about(case, 5))
    run = handed_in(case, content)
    assert queries.support_on(case.issued).count() == 4
    acts.undo_support_list(number=run.number, reason="选错了文件", by=case.cast.wang, at=OPENED)
    assert (queries.support_on(case.issued).count(), run.lines.count()) == (0, 5)
    undo = lambda reason: lambda: acts.undo_support_list(number=run.number, reason=reason, by=case.cast.wang, at=OPENED)  # noqa: E731
    all_refused_and_nothing_changed([("再撤一次", undo("又一次"), "没有可以撤销")], "revocations")
    again = handed_in(case, content)
    all_refused_and_nothing_changed(
        [("没有理由", lambda: acts.undo_support_list(number=again.number, reason=" ", by=case.cast.wang, at=OPENED), "撤销的理由")], "revocations"
    )
    assert queries.support_on(case.issued).count() == 4


def test_the_number_of_queries_does_not_grow_with_the_rows(case: Case) -> None:
    """处理一百行与处理三行的查询次数相同。"""

    def asked(count: int) -> int:
        run = acts.receive_support_list(name="名单.xlsx", content=filled(*rows_about(case, count)), dry_run=True, by=case.cast.wang, at=OPENED)
        with CaptureQueriesContext(connection) as seen:
            acts.process_support_list(number=run.number, by=PLATFORM, at=OPENED)
        return len(seen)

    assert asked(100) <= asked(3)


def test_restricted_body_and_person_are_not_supported(case: Case) -> None:
    """机构受限制期间核发的证书不享受政策支持，以前核发的照常；受限制的本人在限制期内不享受。"""
    cast, issued_on = case.cast, Certificate.objects.get(number=case.issued[0]).issued_on
    found = restrictions_for("AJ202600001", Tier.SERIOUS, issued_on)
    bodies.restrict(body=cast.body_a, restrictions=found, reason="处理决定", by=cast.wu, at=OPENED)
    line = (case.issued[0], "陈一鸣", "技能提升补贴", "BT-001", "1500", "2026-04-10")
    run = handed_in(case, filled(line), dry_run=True)
    assert run.taken == 0 and "AJ202600001" in run.lines.get().sentence
    bodies.lift(case="AJ202600001", reason="复核撤销", by=cast.wu, at=OPENED)
    BodyRestriction.objects.update(lifted_on=issued_on)
    holder = Certificate.objects.get(number=case.issued[0]).holder
    until: dict[str, Any] = {"since": date(2026, 4, 1), "until": date(2026, 4, 11)}
    told: dict[str, Any] = {"reason": "替考", "case": "WJ202600001", "clause": "通知 三(四)2", "by": PLATFORM, "at": OPENED}
    accounts.restrict_person(person=holder, party=Party.CANDIDATE, **until, **told)
    run = handed_in(case, filled(line), dry_run=True)
    assert run.taken == 0 and "WJ202600001" in run.lines.get().sentence
    later = (case.issued[0], "陈一鸣", "技能提升补贴", "BT-001", "1500", "2026-04-11")
    assert handed_in(case, filled(later), dry_run=True).taken == 1
