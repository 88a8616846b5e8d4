"""调取资料: an office calls for records, what the platform holds is frozen from that moment, and what is handed over is received thing by thing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.bodies.operations import hold_records, release_records
from touchstone.inspections.facts.records import held_now, left_alone
from touchstone.inspections.models import RecordsCall, RecordsItem
from touchstone.inspections.operations.records_rows import JUDGE, item_of, locked, open_answer_task
from touchstone.inspections.permissions import records as permissions
from touchstone.inspections.queries.campaigns import named_under_way
from touchstone.inspections.states.records import CALL_MOVES, CallState, ItemState, RecordsKind
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must, records, written
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.parameters.queries import due
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision.items import ITEMS, Way, item_is_listed
from touchstone.policy.supervision.records import HANDED_OVER_WITHIN, LAW
from touchstone.tasks.operations import close_tasks, send_copy

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

MOST_ITEMS = 30


@dataclass(frozen=True)
class Wanted:
    """One thing called for: of what kind, in words, and under which number the platform knows it (none: the body holds it)."""

    kind: RecordsKind
    words: str
    reference: str = ""


@dataclass(frozen=True)
class CallTerms:
    """What a call says: the item of the list of inspections, purpose, what is wanted, by when (and why, where that is longer than laid down), and
    what it came from: a finding, a lead, a special campaign."""

    item: str
    purpose: str
    wanted: Sequence[Wanted]
    due_on: date | None = None
    term_reason: str = ""
    origin: str = ""
    campaign: str = ""


@transaction.atomic
def call_for_records(*, body: "Body", terms: CallTerms, by: Actor, at: datetime) -> RecordsCall:
    """This function will call for records of a body. What the platform holds of them is frozen: the fingerprint of every part is put down with the
    place in the ledger, any later change shows, and the body does not alter it where `Frozen` says so.

    :raises NotAllowed: for an office that does not supervise the body. :raises Refusal: without purpose or things wanted, for an item that is not on
        the list or not checked by records, a number the body has nothing under, and a term that is over or longer than laid down without a reason.
    """
    day = localtime(at).date()
    charge = permissions.check_may_call_for(by, body, day)
    last = due(HANDED_OVER_WITHIN, localtime(at))
    due_on = terms.due_on or last
    _check(terms, body, due_on, last, day)
    listed = item_is_listed(terms.item, Way.RECORDS, BodyKind(body.kind), day)
    must(listed, "请选择可以采用“调取资料”方式检查的事项。")
    call = RecordsCall.objects.create(
        number=f"DQ{at:%Y}{next_serial(f'records-{at:%Y}'):05d}",
        office_id=by.office_id,
        body=body,
        item=terms.item,
        purpose=terms.purpose.strip()[:2000],
        clause=str(ITEMS.on(day).value[terms.item].clause),
        charge=charge.as_record(),
        origin=terms.origin.strip()[:40],
        campaign=named_under_way(terms.campaign, by),
        called_at=at,
        called_by_id=by.user_id,
        first_due_on=due_on,
        due_on=due_on,
        term_reason=terms.term_reason.strip()[:200] if due_on > last else "",
        findings=records([charge, listed]),
    )
    items = [_item(call, place, one) for place, one in enumerate(terms.wanted, 1)]
    RecordsItem.objects.bulk_create(items)
    locked_things = [(one.locks, one.reference) for one in items if one.locks is not None]
    hold_records(body=body, things=locked_things, call=call.number, office_id=call.office_id, at=at)
    detail = {
        "body": body.number,
        "item": terms.item,
        "due_on": due_on.isoformat(),
        "items": [{"kind": one.kind, "words": one.words, "reference": one.reference, "fingerprint": one.fingerprint} for one in items],
        "findings": call.findings,
    }
    line = record("records.called", call.number, by=by, at=at, reason=call.purpose, detail=detail)
    call.position = line.pk
    if all(one.state == ItemState.HELD for one in items):
        # nothing is left for the body to bring: what there is stands frozen, and the body is shown that it was called for
        call.handed_at = at
        call.move_to(CallState.HANDED)
        send_copy(case=call.number, title=f"资料被调取：{call.number}", office_id=body.office_id, words=call.purpose, by=by, at=at)
        JUDGE.open(call, f"核对冻结的资料：{body.name}", by=by, at=at)
    else:
        call.save(update_fields=["position"])
        open_answer_task(call, by=by, at=at)
    return call


def _check(terms: CallTerms, body: "Body", due_on: date, last: date, day: date) -> None:
    if not terms.purpose.strip():
        raise Refusal("请写明调取的事由和用途。", LAW, "机构据此准备资料，超出用途不得使用。")
    if not terms.wanted or not all(one.words.strip() for one in terms.wanted):
        raise Refusal("请逐项写明调取的资料。", LAW, "至少一项，每项写清内容、期间。")
    if len(terms.wanted) > MOST_ITEMS:
        raise Refusal(f"一次最多调取{MOST_ITEMS}项。", LAW, "请分几次调取。")
    if due_on <= day:
        raise Refusal("提供期限应在今天以后。", LAW, f"通常至{last}，可以更短，须给机构留出准备时间。")
    if due_on > last and not terms.term_reason.strip():
        raise Refusal(f"期限最晚至{last}，更长的须写明理由。", HANDED_OVER_WITHIN.on(day).clause, "请缩短期限或者写明理由。")
    for one in terms.wanted:
        if one.reference.strip() and held_now(one.kind, one.reference.strip(), body) is None:
            name = one.kind.named_by or "编号"
            step = f"请核对{name}；平台没有的资料不填编号，由机构提供。"
            raise Refusal(f"{body.name}没有{name}为“{one.reference.strip()}”的{one.kind.label}。", LAW, step)


def _item(call: RecordsCall, place: int, one: Wanted) -> RecordsItem:
    reference = one.reference.strip()
    held = held_now(one.kind, reference, call.body) if reference else None
    return RecordsItem(
        number=f"{call.number}-{place:02d}",
        call=call,
        place=place,
        kind=one.kind.value,
        words=one.words.strip()[:300],
        reference=reference if held else "",
        frozen=held.parts if held else {},
        fingerprint=held.fingerprint if held else "",
        state=ItemState.HELD if held else ItemState.WAITING,
    )


@transaction.atomic
def judge_item(*, number: str, place: int, good: bool, words: str, by: Actor, at: datetime) -> RecordsItem:
    """This function will receive one thing (核收), or note it as lacking for good, with what was found of it; of what was frozen it is put down
    whether it was left alone.

    :raises Refusal: for what was not handed over yet and is not frozen, or as lacking without words.
    """
    call = locked(number)
    permissions.check_may(by, "judge", call)
    CALL_MOVES.check("judge", CallState(call.state))
    item = item_of(call, place)
    if item.state == ItemState.WAITING and (good or call.due_on >= localtime(at).date()):
        raise Refusal("这一项机构还没有提供。", LAW, "期限届满仍未提供的，可以登记为确认缺失。")
    if item.state == ItemState.NOT_THERE and good:
        raise Refusal("机构说明没有这一项，不能核收。", LAW, "请登记为确认缺失，或者退回补交。")
    if not good and not words.strip():
        raise Refusal("请写明缺失或者不符的情况。", LAW, "例如：应当保存而没有保存，缺哪一段。")
    kept = left_alone(item, at)
    item.findings = records([kept.finding]) if kept is not None else []
    item.outcome, item.judged_at, item.judged_by_id = words.strip()[:600], at, by.user_id
    item.move_to(ItemState.RECEIVED if good else ItemState.LACKING)
    detail = {"item": item.number, "good": good, "changed": kept.count if kept is not None else 0, "findings": item.findings}
    record("records.judged", number, by=by, at=at, reason=item.outcome, detail=detail)
    return item


@transaction.atomic
def send_back_item(*, number: str, place: int, reason: str, by: Actor, at: datetime) -> RecordsItem:
    """This function will ask for one thing again: what came does not answer the call. The day stays as it was. :raises Refusal: without a reason."""
    call = locked(number)
    permissions.check_may(by, "send_back", call)
    state = CALL_MOVES.check("send_back", CallState(call.state))
    item = item_of(call, place)
    if item.fingerprint:
        raise Refusal("这一项由平台冻结，不需要机构补交。", LAW, "请直接核对。")
    if not reason.strip():
        raise Refusal("请写明退回的理由。", LAW, "写清还缺什么，机构据此补交。")
    item.outcome, item.judged_at, item.judged_by_id, item.findings = reason.strip()[:600], at, by.user_id, []
    item.move_to(ItemState.WAITING)
    call.handed_at = None
    call.move_to(state)
    record("records.sent_back", number, by=by, at=at, reason=item.outcome, detail={"item": item.number})
    close_tasks(case=number, matter=JUDGE.matter, by=by, at=at, outcome="退回补交")
    open_answer_task(call, by=by, at=at)
    return item


@transaction.atomic
def release_item(*, number: str, place: int, reason: str, by: Actor, at: datetime) -> RecordsItem:
    """This function will let the body alter one frozen thing again before the call is closed; the fingerprints stay, and what is altered shows.

    :raises Refusal: without a reason, or for what is not held.
    """
    call = locked(number)
    permissions.check_may(by, "withdraw", call)  # who may give the whole call up may give up the hold on one thing
    CALL_MOVES.check("withdraw", CallState(call.state))
    item = item_of(call, place)
    why = written(reason, "请写明解除冻结的理由。", LAW, "例如：已经取证，允许机构更正。")
    if item.locks is None or not release_records(call=number, at=at, thing=item.locks, reference=item.reference):
        raise Refusal("这一项没有锁定，或者已经解除。", LAW, "请刷新页面后查看。")
    record("records.released", number, by=by, at=at, reason=why, detail={"item": item.number, "reference": item.reference})
    title = f"资料解除冻结：{item.reference}"
    send_copy(case=number, title=title, office_id=call.body.office_id, words=why[:500], by=by, at=at)
    return item


@transaction.atomic
def close_call(*, number: str, outcome: str, by: Actor, at: datetime) -> RecordsCall:
    """This function will close a call with what it came to; every thing has an outcome by then. :raises Refusal: otherwise, or without words."""
    call = locked(number)
    permissions.check_may(by, "close", call)
    state = CALL_MOVES.check("close", CallState(call.state))
    open_ones = [one for one in call.items.all() if one.state not in {ItemState.RECEIVED, ItemState.LACKING}]
    if open_ones:
        raise Refusal(f"还有{len(open_ones)}项没有核收意见。", LAW, "请逐项核收，或者登记为确认缺失。")
    if not outcome.strip():
        raise Refusal("请写明核收结论。", LAW, "写清发现了什么，没有发现问题的也写明。")
    call.outcome, call.closed_at, call.closed_by_id = outcome.strip()[:2000], at, by.user_id
    call.move_to(state)
    release_records(call=number, at=at)
    lacking = call.items.filter(state=ItemState.LACKING).count()
    record("records.closed", number, by=by, at=at, reason=call.outcome, detail={"lacking": lacking, "late": call.overdue_at is not None})
    close_tasks(case=number, by=by, at=at, outcome="已办结")
    return call


@transaction.atomic
def withdraw_call(*, number: str, reason: str, by: Actor, at: datetime) -> RecordsCall:
    """This function will withdraw a call: nothing is owed any longer, and what was handed over stays on record. :raises Refusal: without a reason."""
    call = locked(number)
    permissions.check_may(by, "withdraw", call)
    state = CALL_MOVES.check("withdraw", CallState(call.state))
    if not reason.strip():
        raise Refusal("请写明撤回的理由。", LAW, "理由告知机构。")
    call.outcome, call.closed_at, call.closed_by_id = reason.strip()[:2000], at, by.user_id
    call.move_to(state)
    release_records(call=number, at=at)
    record("records.withdrawn", number, by=by, at=at, reason=call.outcome)
    close_tasks(case=number, by=by, at=at, outcome="调取已撤回")
    send_copy(case=number, title=f"调取已撤回：{number}", office_id=call.body.office_id, words=call.outcome, by=by, at=at)
    return call
