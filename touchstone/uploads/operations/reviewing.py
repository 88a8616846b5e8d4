"""审核: the office looks at the drawn rows, points out what is wrong, returns the batch, or refuses it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy.certificates.receiving import MEND_WITHIN
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task
from touchstone.uploads import permissions
from touchstone.uploads.models import Batch
from touchstone.uploads.operations._case import locked, words
from touchstone.uploads.operations.following import PUT_RIGHT
from touchstone.uploads.queries import is_looked_at_now
from touchstone.uploads.states import LAW, MOVES, REVIEW, UNDECIDED, BatchState, EntryState


@transaction.atomic
def look_at(*, number: str, rows: Iterable[int], by: Actor, at: datetime) -> int:
    """This function will note that somebody of the office looked at rows and found them right, and count them; an objection made before is lifted.
    Where data was taken in first (先收后查), the accepted rows are looked at; once all drawn ones were, the office's task is done."""
    batch = _looked_at_now(number, "look_at", by)
    wanted = list(rows)
    found = batch.entries.filter(row_number__in=wanted)
    if batch.state == BatchState.ACCEPTED:
        seen = found.filter(state=EntryState.ACCEPTED).update(objection="", looked_at=at, looked_by_id=by.user_id)
    else:
        seen = found.filter(state__in=UNDECIDED).update(state=EntryState.PASSED, objection="", looked_at=at, looked_by_id=by.user_id)
    if not seen:
        raise Refusal("没有选择可以查看的行。", REVIEW, "请选择核对通过的行。")
    record("certificate_batch.rows_looked_at", number, by=by, at=at, detail={"rows": sorted(wanted)[:200], "count": seen})
    _close_when_looked_at(batch, by=by, at=at)
    return seen


@transaction.atomic
def object_to(*, number: str, row: int, words_: str, by: Actor, at: datetime) -> None:
    """This function will point out a row as wrong, with the reason; of a row that was taken in first, its body is told to have the certificate
    corrected or revoked. :raises Refusal: without a reason, or for a row that is not under review."""
    batch = _looked_at_now(number, "object_to", by)
    said = words(words_, "请写明这一行错在哪里。")
    if batch.state == BatchState.ACCEPTED:
        _object_afterwards(batch, row, said, by=by, at=at)
        return
    entry = batch.entries.filter(row_number=row, state__in=UNDECIDED).first()
    if entry is None:
        raise Refusal(f"第{row}行不在审核之内。", REVIEW, "核对不通过、已更正的行不用审核。")
    entry.state, entry.objection, entry.looked_at, entry.looked_by_id = EntryState.OBJECTED, said, at, by.user_id
    entry.save(update_fields=["state", "objection", "looked_at", "looked_by"])
    record("certificate_batch.row_objected", number, by=by, at=at, reason=said, detail={"row": row})


@transaction.atomic
def return_for_correction(*, number: str, reason: str, by: Actor, at: datetime) -> Batch:
    """This function will return a batch to its body, with the rows pointed out. :raises Refusal: when no row was pointed out."""
    batch = _under_review(number, "return_for_correction", by)
    rows = list(batch.entries.filter(state=EntryState.OBJECTED).order_by("row_number").values_list("row_number", "objection"))
    if not rows:
        raise Refusal("还没有指出有误的行。", REVIEW, "请先在有误的行写明原因，再退回。")
    day = localtime(at).date()
    batch.reason = reason.strip()[:500]
    batch.due_on = calendar().add_working_days(day, in_force(MEND_WITHIN, day).value)
    batch.move_to(MOVES.check("return_for_correction", BatchState(batch.state)))
    close_tasks(case=number, by=by, at=at, outcome="已退回更正")
    open_task(
        case=number,
        matter="correct_certificate_data",
        title=f"证书数据被退回：{len(rows)}行有误，请更正后再提交",
        office_id=batch.body.office_id,
        role=Role.BODY_PLANNER,
        by=by,
        at=at,
        due_on=batch.due_on,
    )
    detail = {"rows": [list(one) for one in rows[:200]], "count": len(rows)}
    record("certificate_batch.returned", number, by=by, at=at, reason=batch.reason, detail=detail)
    return batch


@transaction.atomic
def refuse(*, number: str, reason: str, by: Actor, at: datetime) -> Batch:
    """This function will refuse a whole batch; nothing of it reaches the register. :raises Refusal: without a reason."""
    batch = _under_review(number, "refuse", by)
    batch.reason = words(reason, "不予接收须写明理由。")
    batch.decided_at, batch.decided_by_id, batch.due_on = at, by.user_id, None
    rows = batch.entries.filter(state__in=UNDECIDED).update(state=EntryState.REFUSED)
    batch.move_to(MOVES.check("refuse", BatchState(batch.state)))
    close_tasks(case=number, by=by, at=at, outcome="不予接收")
    record("certificate_batch.refused", number, by=by, at=at, reason=batch.reason, detail={"rows": rows, "clause": str(LAW)})
    return batch


def _object_afterwards(batch: Batch, row: int, said: str, *, by: Actor, at: datetime) -> None:
    entry = batch.entries.filter(row_number=row, state=EntryState.ACCEPTED).first()
    if entry is None:
        raise Refusal(f"第{row}行不在事后抽查之内。", REVIEW, "已更正、已撤销的行不用抽查。")
    entry.objection, entry.looked_at, entry.looked_by_id = said, at, by.user_id
    entry.save(update_fields=["objection", "looked_at", "looked_by"])
    record("certificate_batch.row_objected", batch.number, by=by, at=at, reason=said, detail={"row": row, "after": True})
    title = f"证书{entry.number}的数据经抽查有误，请办理证书更正或者撤销"
    day, office = localtime(at).date(), batch.body.office_id
    due_on = calendar().add_working_days(day, in_force(MEND_WITHIN, day).value)
    matter = f"{PUT_RIGHT}_{row}"
    open_task(case=batch.number, matter=matter, title=title, office_id=office, role=Role.BODY_PLANNER, by=by, at=at, due_on=due_on)
    _close_when_looked_at(batch, by=by, at=at)


def _close_when_looked_at(batch: Batch, *, by: Actor, at: datetime) -> None:
    """The office's task of looking at what was taken in first is done with the last drawn row."""
    if batch.state == BatchState.ACCEPTED and not batch.entries.filter(drawn=True, looked_at__isnull=True, state=EntryState.ACCEPTED).exists():
        close_tasks(case=batch.number, matter="review_certificate_data", by=by, at=at, outcome="抽查完毕")


def _looked_at_now(number: str, act: str, by: Actor) -> Batch:
    batch = locked(number)
    permissions.check_may(by, act, batch)
    if not is_looked_at_now(batch):
        raise Refusal(f"{number}当前为“{batch.state_label}”，不在审核之中。", REVIEW, "请查看流转记录了解当前由谁办理。")
    return batch


def _under_review(number: str, act: str, by: Actor) -> Batch:
    batch = locked(number)
    permissions.check_may(by, act, batch)
    if batch.state != BatchState.UNDER_REVIEW:
        raise Refusal(f"{number}当前为“{batch.state_label}”，不在审核之中。", REVIEW, "请查看流转记录了解当前由谁办理。")
    return batch
