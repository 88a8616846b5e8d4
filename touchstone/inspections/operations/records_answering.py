"""配合调取: the body hands over files or says what is not there, may ask once for more time, is reminded, and is late when its day has passed."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.files.operations import attach
from touchstone.inspections.models import RecordsCall, RecordsItem
from touchstone.inspections.operations.records_rows import ANSWER_TIME, JUDGE, LATE, item_of, locked, open_answer_task
from touchstone.inspections.permissions import records as permissions
from touchstone.inspections.states.records import CALL_MOVES, OWED, CallState, ItemState, MoreTime
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import records
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.supervision.acts import ACTS
from touchstone.policy.supervision.records import LAW, records_in_time
from touchstone.tasks.operations import close_tasks, send_copy

LABEL = "调取的资料"
MOST_FILES = 20
LATE_ACT = "records_late"
"""What not handing over in time may amount to; which it is, if any, is a person's finding."""


@transaction.atomic
def hand_over(*, number: str, place: int, words: str, files: Sequence[tuple[str, bytes]], by: Actor, at: datetime) -> RecordsItem:
    """This function will hand over one thing: files (name, content) with a remark. Until the call is finished more may be added.

    :raises Refusal: without a file, for what the platform holds itself, or what was received already.
    """
    call, item = _answerable(number, place, by)
    if not files:
        raise Refusal("请选择要提供的文件。", LAW, "没有这项资料的，请写明原因并点“没有这项资料”。")
    if len(files) > MOST_FILES:
        raise Refusal(f"一次最多提供{MOST_FILES}个文件。", LAW, "请分几次提供，或者合并成一个文件。")
    kept = [attach(case=item.number, label=LABEL, name=name, content=content, by=by, at=at) for name, content in files]
    item.answer, item.answered_at, item.answered_by_id = words.strip()[:600], at, by.user_id
    item.move_to(ItemState.HANDED)
    detail = {"item": item.number, "files": [[one.number, one.sha256] for one in kept]}
    record("records.handed_over", call.number, by=by, at=at, reason=item.answer, detail=detail)
    return item


@transaction.atomic
def say_not_there(*, number: str, place: int, reason: str, by: Actor, at: datetime) -> RecordsItem:
    """This function will say that a thing called for is not there, and why. :raises Refusal: without a reason."""
    call, item = _answerable(number, place, by)
    if not reason.strip():
        raise Refusal("请写明为什么没有这项资料。", LAW, "例如：未发生该业务；应当保存而未保存的如实写明。")
    item.answer, item.answered_at, item.answered_by_id = reason.strip()[:600], at, by.user_id
    item.move_to(ItemState.NOT_THERE)
    record("records.not_there", call.number, by=by, at=at, reason=item.answer, detail={"item": item.number})
    return item


def _answerable(number: str, place: int, by: Actor) -> tuple[RecordsCall, RecordsItem]:
    call = locked(number)
    permissions.check_may(by, "answer", call)
    CALL_MOVES.check("answer", CallState(call.state))
    item = item_of(call, place)
    if item.fingerprint:
        raise Refusal("这一项平台已有并已冻结，不需要提供。", LAW, "需要补充说明的，请写在其他项中。")
    if item.state in {ItemState.RECEIVED, ItemState.LACKING}:
        raise Refusal("这一项调取单位已经核收。", LAW, "需要补充的，请联系调取单位退回补交。")
    return call, item


@transaction.atomic
def finish_answer(*, number: str, by: Actor, at: datetime) -> RecordsCall:
    """This function will submit what was handed over: every thing was answered, and it is put down whether in time. :raises Refusal: otherwise."""
    call = locked(number)
    permissions.check_may(by, "finish", call)
    state = CALL_MOVES.check("finish", CallState(call.state))
    owed = [one.place for one in call.items.filter(state__in=[one.value for one in OWED]).order_by("place")]
    if owed:
        raise Refusal(f"第{'、'.join(str(one) for one in owed)}项还没有提供。", LAW, "请提供文件，或者写明没有的原因。")
    day = localtime(at).date()
    found = records_in_time(localtime(call.called_at).date(), day, day, calendar(), call.due_on)
    call.handed_at, call.findings = at, [*call.findings, *records([found])]
    if call.more_time == MoreTime.ASKED:
        call.more_time, call.more_time_answer = MoreTime.REFUSED, "资料已提供，不再需要延期"
    call.move_to(state)
    record("records.finished", number, by=by, at=at, detail={"findings": records([found])})
    close_tasks(case=number, by=by, at=at, outcome="已提供")
    JUDGE.open(call, f"核收资料：{call.body.name}", by=by, at=at)
    return call


@transaction.atomic
def ask_more_time(*, number: str, until: date | None, reason: str, by: Actor, at: datetime) -> RecordsCall:
    """This function will ask for more time, once. :raises Refusal: a second time, after the day has passed, without a reason or a later day."""
    call = locked(number)
    permissions.check_may(by, "ask_time", call)
    CALL_MOVES.check("ask_time", CallState(call.state))
    if call.more_time:
        raise Refusal(f"已经申请过延期（{MoreTime(call.more_time).label}），只能申请一次。", LAW, f"请在{call.due_on}前提供。")
    if localtime(at).date() > call.due_on:
        raise Refusal("提供期限已过，不能再申请延期。", LAW, "请尽快提供，并写明逾期原因。")
    if until is None or until <= call.due_on:
        raise Refusal(f"申请延至的日期应晚于{call.due_on}。", LAW, "请核对日期。")
    if not reason.strip():
        raise Refusal("请写明需要延期的理由。", LAW, "调取单位据此决定。")
    call.more_time, call.more_time_until, call.more_time_reason = MoreTime.ASKED, until, reason.strip()[:300]
    call.save(update_fields=["more_time", "more_time_until", "more_time_reason"])
    record("records.time_asked", number, by=by, at=at, reason=call.more_time_reason, detail={"until": until.isoformat()})
    ANSWER_TIME.open(call, f"答复延期申请：{call.body.name}", by=by, at=at, due_on=call.due_on)
    return call


@transaction.atomic
def answer_more_time(*, number: str, until: date | None, words: str, by: Actor, at: datetime) -> RecordsCall:
    """This function will grant more time until a day (as asked, or less), or refuse it (None), with a reason either way.

    :raises Refusal: where nothing was asked, without words, or for a day outside what was asked.
    """
    call = locked(number)
    permissions.check_may(by, "answer_time", call)
    CALL_MOVES.check("answer_time", CallState(call.state))
    if call.more_time != MoreTime.ASKED or call.more_time_until is None:
        raise Refusal("没有待答复的延期申请。", LAW, "机构申请延期以后答复。")
    if not words.strip():
        raise Refusal("请写明同意或者不同意的理由。", LAW, "理由告知机构。")
    if until is not None and not call.due_on < until <= call.more_time_until:
        raise Refusal(f"延期应晚于{call.due_on}，不晚于申请的{call.more_time_until}。", LAW, "请核对日期。")
    call.more_time, call.more_time_answer = MoreTime.GRANTED if until else MoreTime.REFUSED, words.strip()[:300]
    if until is not None:
        call.due_on, call.reminded_at, call.overdue_at = until, None, None
    call.save(update_fields=["more_time", "more_time_answer", "due_on", "reminded_at", "overdue_at"])
    told = {"granted": until is not None, "due_on": call.due_on.isoformat()}
    record("records.time_answered", number, by=by, at=at, reason=call.more_time_answer, detail=told)
    close_tasks(case=number, by=by, at=at, outcome="已答复延期申请")
    open_answer_task(call, by=by, at=at)
    title = f"延期申请{'已同意' if until else '未同意'}：{call.number}，{call.due_on:%-m月%-d日}前提供"
    send_copy(case=number, title=title, office_id=call.body.office_id, words=call.more_time_answer, by=by, at=at)
    return call


@transaction.atomic
def remind_of_records(*, number: str, by: Actor, at: datetime) -> bool:
    """This function will remind a body, once, that its day is near; it says whether that was new."""
    call = locked(number)
    permissions.check_may(by, "remind", call)
    if call.state != CallState.CALLED or call.reminded_at is not None:
        return False
    call.reminded_at = at
    call.save(update_fields=["reminded_at"])
    left = call.items.filter(state__in=[one.value for one in OWED]).count()
    record("records.reminded", number, by=by, at=at, detail={"due_on": call.due_on.isoformat(), "owed": left})
    title = f"资料提供期限将到：{call.due_on:%-m月%-d日}"
    send_copy(case=number, title=title, office_id=call.body.office_id, words=f"还有{left}项没有提供。", by=by, at=at)
    return True


@transaction.atomic
def note_records_late(*, number: str, by: Actor, at: datetime) -> bool:
    """This function will note, once, that a body's day has passed, and put that before the office, with what it may amount to."""
    call, day = locked(number), localtime(at).date()
    permissions.check_may(by, "note_late", call)
    if call.state != CallState.CALLED or call.overdue_at is not None or call.due_on >= day:
        return False
    found = records_in_time(localtime(call.called_at).date(), None, day, calendar(), call.due_on)
    call.overdue_at, call.findings = at, [*call.findings, *records([found])]
    call.save(update_fields=["overdue_at", "findings"])
    hint = ACTS.on(day).value[LATE_ACT]
    record("records.overdue", number, by=by, at=at, detail={"act": LATE_ACT, "findings": records([found])})
    LATE.open(call, f"资料逾期未提供：{call.body.name}", by=by, at=at)
    title = f"资料已过提供期限：{call.number}"
    send_copy(case=number, title=title, office_id=call.body.office_id, words=f"{found.reason}。可能构成：{hint.words}。", by=by, at=at)
    return True
