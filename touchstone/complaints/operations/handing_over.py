"""移送: a matter goes to the authorities that handle it, each with a receipt and an answer that are followed."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.complaints import permissions
from touchstone.complaints.facts import seen
from touchstone.complaints.models import Evaluator, HandOver
from touchstone.complaints.operations.rows import locked_evaluator, said
from touchstone.complaints.states import EVALUATOR_MOVES, EvaluatorState
from touchstone.files.operations import attach
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import records
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.supervision.acts import Authority
from touchstone.policy.supervision.clocks import Clock, clock_is_kept, last_day
from touchstone.policy.supervision.unfiled import LAW, check_evaluator, handled_by
from touchstone.tasks.operations import close_tasks


def authorities_of(one: Evaluator) -> tuple[Authority, ...]:
    """This function will give the authorities to which the matter goes, by what was found when it was looked up."""
    if one.looked_up_at is None:
        return ()
    day = localtime(one.looked_up_at).date()
    return handled_by(check_evaluator(seen(one), day), day)


@transaction.atomic
def hand_over(
    *, number: str, authority: Authority | str, recipient: str, words: str, file: tuple[str, bytes] | None = None, by: Actor, at: datetime
) -> HandOver:
    """This function will note that a matter went to one of the authorities it is for, with the letter.

    :raises NotAllowed: :raises Refusal: for another authority, the second time, or without words. :raises FileRefused:
    """
    one = locked_evaluator(number)
    permissions.check_may_on(by, "hand_over", one)
    EVALUATOR_MOVES.check("hand_over", EvaluatorState(one.state))
    to = authorities_of(one)
    if authority not in to:
        names = "、".join(each.label for each in to) or "没有需要移送的部门"
        raise Refusal("这件事不由所选的部门处理。", LAW, f"按核对结果：{names}。")
    if one.hand_overs.filter(authority=authority).exists():
        raise Refusal(f"已经移送{Authority(authority).label}。", LAW, "请登记回执和答复；补充材料的，附在原移送之后。")
    assert one.looked_up_at is not None
    assert by.user_id is not None
    since, day = localtime(one.looked_up_at).date(), localtime(at).date()
    made = HandOver.objects.create(
        evaluator=one,
        authority=authority,
        recipient=said(recipient, "没有写收件单位。", "例如：浦东新区市场监督管理局。", LAW)[:120],
        words=said(words, "没有写移送说明。", "请写明发现的情况和移送的理由。", LAW),
        due_on=last_day(Clock.HAND_OVER, since, calendar()),
        findings=records([clock_is_kept(Clock.HAND_OVER, since, day, False, day, calendar())]),
        sent_at=at,
        sent_by_id=by.user_id,
    )
    if file is not None:
        attach(case=number, label=f"移送{made.get_authority_display()}", name=file[0], content=file[1], by=by, at=at)
    if set(one.hand_overs.values_list("authority", flat=True)) >= {each.value for each in to}:
        close_tasks(case=number, matter="hand_over_unfiled", by=by, at=at, outcome="已移送")
    detail = {"authority": made.authority, "note": made.recipient, "findings": made.findings}
    record("unfiled.handed_over", number, by=by, at=at, reason=made.words, detail=detail)
    return made


@transaction.atomic
def note_receipt(*, number: str, authority: str, receipt: str, by: Actor, at: datetime) -> HandOver:
    """This function will put down the receipt of an authority. :raises NotAllowed: :raises Refusal: the second time, or without a number."""
    made = _sent(number, authority, by)
    if made.received_at is not None:
        raise Refusal(f"回执已经登记：{made.receipt}。", LAW, "有答复的，请登记答复。")
    made.receipt, made.received_at = said(receipt, "没有写回执编号。", "请照回执填写；没有编号的写签收人单位和日期。", LAW)[:80], at
    made.save(update_fields=["receipt", "received_at"])
    record("unfiled.hand_over_received", number, by=by, at=at, detail={"authority": authority, "note": made.receipt})
    return made


@transaction.atomic
def note_answer(
    *, number: str, authority: str, words: str, file: tuple[str, bytes] | None = None, by: Actor, at: datetime
) -> HandOver:
    """This function will put down what an authority answered. :raises NotAllowed: :raises Refusal: the second time, or without words."""
    made = _sent(number, authority, by)
    if made.answered_at is not None:
        raise Refusal("这个部门的答复已经登记。", LAW, "有补充答复的，请写入办结说明。")
    made.answer, made.answered_at = said(words, "没有写部门的答复。", "请摘要填写，附上来文。", LAW), at
    made.save(update_fields=["answer", "answered_at"])
    if file is not None:
        attach(case=number, label=made.label, name=file[0], content=file[1], by=by, at=at)
    record("unfiled.hand_over_answered", number, by=by, at=at, reason=made.answer, detail={"authority": authority, "note": made.recipient})
    return made


def _sent(number: str, authority: str, by: Actor) -> HandOver:
    one = locked_evaluator(number)
    permissions.check_may_on(by, "hand_over", one)
    made = one.hand_overs.filter(authority=authority).first()
    if made is None:
        raise Refusal("还没有移送这个部门。", LAW, "请先登记移送。")
    return made
