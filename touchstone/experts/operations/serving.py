"""履行派遣: the one sent accepts or refuses, signs in, reports; an office judges the reason of a refusal, the work done, and who did not come."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.experts import permissions
from touchstone.experts.models import Assignment, SittingMark
from touchstone.experts.operations._case import LAW, locked_assignment, words
from touchstone.experts.operations._filling import fill_again
from touchstone.experts.queries.dispatch import RESERVE
from touchstone.experts.states import ASSIGNMENT_MOVES, AssignmentState
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.parameters.queries import in_force
from touchstone.policy.experts.dispatch import SIGN_IN_BEFORE

MARKS: Mapping[str, str] = {
    "on_time": "按时到场、佩戴证件",
    "by_standard": "按标准和评分细则评分",
    "impartial": "公正，遵守回避和保密规定",
    "records": "记录完整、及时",
    "conduct": "对考生的态度",
}
"""What is judged of one assignment, each from 0 to 20."""
EACH = 20


@transaction.atomic
def accept_assignment(*, number: str, by: Actor, at: datetime) -> Assignment:
    """This function will note that the one sent will come. :raises Refusal: once it has begun."""
    one = _own(number, by)
    state = ASSIGNMENT_MOVES.check("accept", AssignmentState(one.state))
    if one.request.ends_at <= at and one.slot != RESERVE:
        raise Refusal("这一场次已经结束。", LAW, "如已到场考评，请联系市职鉴中心登记。")
    one.answered_at = at
    one.move_to(state)
    record("assignment.accepted", number, by=by, at=at, detail={"request": one.request.number})
    return one


@transaction.atomic
def refuse_assignment(*, number: str, reason: str, by: Actor, at: datetime) -> Assignment:
    """This function will note a refusal with its reason and draw somebody else at once. Whether the reason was good is judged by the office.

    :raises Refusal: without a reason, or once the sitting has begun.
    """
    one = _own(number, by)
    request = one.request
    state = ASSIGNMENT_MOVES.check("refuse", AssignmentState(one.state))
    why = words(reason, "请填写不能承担的原因。", "有正当理由的不计入推辞次数。")
    if request.starts_at <= at and one.slot != RESERVE:
        raise Refusal("场次已经开始，不能推辞。", LAW, "确实不能到场的，请立即电话联系市职鉴中心。")
    one.answered_at, one.refusal = at, why[:200]
    one.move_to(state)
    record("assignment.refused", number, by=by, at=at, reason=why, detail={"request": request.number})
    if one.slot == RESERVE:
        return one  # who asked for a reserve asks again
    fill_again(request, one.slot, reason=f"{one.member.person.name}推辞派遣单{number}", by=by, at=at)
    return one


@transaction.atomic
def sign_in(*, number: str, place: str, by: Actor, at: datetime) -> Assignment:
    """This function will note that the one sent is there. `place` is what their telephone says of where it is; empty where it says nothing.

    :raises Refusal: too early, or after the end.
    """
    one = _own(number, by)
    state = ASSIGNMENT_MOVES.check("sign_in", AssignmentState(one.state))
    minutes = in_force(SIGN_IN_BEFORE, at.date()).value
    opens = one.request.starts_at - timedelta(minutes=minutes)
    if at < opens:
        raise Refusal(f"还没有到签到时间，{localtime(opens):%m月%d日 %H:%M}起可以签到。", LAW, "请到场后再签到。")
    if at >= one.request.ends_at:
        raise Refusal("这一场次已经结束，不能再签到。", LAW, "如已到场考评，请联系市职鉴中心登记。")
    one.signed_in_at = at
    one.move_to(state)
    record("assignment.signed_in", number, by=by, at=at, detail={"request": one.request.number, "place": place.strip()[:120]})
    return one


@transaction.atomic
def report(*, number: str, text: str, items: Mapping[str, bool], by: Actor, at: datetime) -> Assignment:
    """This function will take the report of the one sent: how it went, and the points of a checklist. :raises Refusal: too early, or empty."""
    one = _own(number, by)
    state = ASSIGNMENT_MOVES.check("report", AssignmentState(one.state))
    if at < one.request.starts_at:
        raise Refusal("场次还没有开始，不能提交报告。", LAW, "请在考评结束后提交。")
    said = words(text, "请写明考评或督导的情况。", "没有异常的，也请写明“无异常”。")
    one.report, one.reported_at = {"words": said, "items": {key: bool(value) for key, value in items.items()}}, at
    one.move_to(state)
    record("assignment.reported", number, by=by, at=at, detail={"request": one.request.number, "irregular": [k for k, v in items.items() if not v]})
    return one


@transaction.atomic
def note_absence(*, number: str, reason: str, by: Actor, at: datetime) -> Assignment:
    """This function will note that somebody sent did not come. :raises Refusal: before it has begun, or without words."""
    one = locked_assignment(number)
    permissions.check_may_dispatch(by, one.request)
    state = ASSIGNMENT_MOVES.check("note_absence", AssignmentState(one.state))
    why = words(reason, "请填写未到场的情况。", "会记入本人的考核。")
    if at < one.request.starts_at:
        raise Refusal("场次还没有开始。", LAW, "开始以后仍未到场的，再登记。")
    one.move_to(state)
    record("assignment.absent", number, by=by, at=at, reason=why, detail={"request": one.request.number})
    return one


@transaction.atomic
def judge_refusal(*, number: str, good: bool, by: Actor, at: datetime) -> Assignment:
    """This function will say whether a refusal had a good reason; without one it counts. :raises Refusal: when it was no refusal."""
    one = locked_assignment(number)
    permissions.check_may_dispatch(by, one.request)
    if one.state != AssignmentState.REFUSED:
        raise Refusal("这份派遣没有推辞。", LAW, "请刷新页面查看。")
    one.refusal_accepted = good
    one.save(update_fields=["refusal_accepted"])
    record("assignment.refusal_judged", number, by=by, at=at, detail={"good": good})
    return one


@transaction.atomic
def mark_assignment(*, number: str, marks: Mapping[str, int], note: str, by: Actor, at: datetime) -> SittingMark:
    """This function will note how somebody did one assignment, item by item (0 to 20 each), once per judge; a second time replaces the first.

    :raises Refusal: for an item missing or out of range, or before the one sent was there.
    """
    one = locked_assignment(number)
    permissions.check_may_mark(by, one)
    if one.state not in {AssignmentState.SIGNED_IN, AssignmentState.REPORTED}:
        raise Refusal("该人员没有签到，不能评价。", LAW, "没有到场的，请登记未到场。")
    if set(marks) != set(MARKS) or any(not 0 <= value <= EACH for value in marks.values()):
        raise Refusal(f"每一项都要打分，0到{EACH}分。", LAW, "请补齐后再提交。")
    values: dict[str, Any] = {"marks": dict(marks), "total": Decimal(sum(marks.values())), "note": note.strip()[:300], "marked_at": at}
    made, _ = SittingMark.objects.update_or_create(assignment=one, marked_by_id=by.user_id, defaults=values)
    record("assignment.marked", number, by=by, at=at, detail={"total": int(made.total)})
    return made


def _own(number: str, by: Actor) -> Assignment:
    one = locked_assignment(number)
    permissions.check_may_serve(by, one.member)
    return one
