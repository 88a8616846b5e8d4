"""请机构说明: the bodies that a case concerns are asked, and each answers for itself, with evidence."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.files.operations import attach
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.monitoring import permissions
from touchstone.monitoring.models import Alert
from touchstone.monitoring.operations.handing import locked
from touchstone.monitoring.states import MOVES, State
from touchstone.parameters.queries import calendar
from touchstone.policy.monitoring.handling import ANSWERED_WITHIN, WARNED
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task


@transaction.atomic
def ask_bodies(*, number: str, question: str, bodies: Collection[str] = (), by: Actor, at: datetime) -> Alert:
    """This function will ask the bodies named (all that the case concerns, when none is) to say how it came about, by a day; asked again, a body
    answers anew, and what it said before stays in the ledger.

    :raises Refusal: without words, or where the case concerns no (such) body.
    """
    alert = locked(number)
    permissions.check_may(by, "ask", alert)
    state = MOVES.check("ask", State(alert.state))
    if not question.strip():
        raise Refusal("请写明要机构说明什么。", WARNED, "例如：请说明该考生当日在两处考场签到的原因，并提供佐证。")
    asked = [one for one in alert.concerned.select_related("body") if not bodies or one.body.number in bodies]
    if not asked:
        raise Refusal("这件预警没有涉及所选的评价机构。", WARNED, "请从预警所列的机构中选择，或直接认定。")
    day = localtime(at).date()
    within = ANSWERED_WITHIN.on(day)
    due_on = calendar().add_working_days(day, within.value)
    for one in asked:
        one.question, one.asked_at, one.asked_by_id, one.answer_due_on = question.strip(), at, by.user_id, due_on
        one.answer, one.answered_at, one.answered_by_id = "", None, None
        one.save()
        open_task(
            case=number, matter="answer_alert", title=f"预警说明：{alert.title}"[:200], office_id=one.body.office_id, role=Role.BODY_PLANNER,
            by=by, at=at, due_on=due_on,
        )
    alert.move_to(state)
    close_tasks(case=number, matter="handle_alert", by=by, at=at, outcome="已请机构说明")
    open_task(
        case=number, matter="decide_alert", title=f"预警认定：{alert.title}（机构说明期到{due_on:%-m月%-d日}）"[:200], office_id=alert.owner_id,
        role=Role.SUPERVISOR, by=by, at=at, due_on=alert.due_on,
    )
    detail = {"bodies": [one.body.number for one in asked], "note": "、".join(one.body.name for one in asked), "due_on": due_on.isoformat()}
    record("alert.asked", number, by=by, at=at, reason=question.strip(), detail=detail | {"clause": str(within.clause)})
    return alert


@transaction.atomic
def answer(*, number: str, words: str, files: Sequence[tuple[str, bytes]] = (), by: Actor, at: datetime) -> Alert:
    """This function will take a body's answer with its evidence (name and bytes of each file); once all that were asked have answered, the case is
    the office's again.

    :raises Refusal: without words, answered before, or a file that cannot be taken.
    """
    alert = locked(number)
    permissions.check_may(by, "answer", alert)
    state = MOVES.check("answer", State(alert.state))
    own = alert.concerned.select_related("body").get(body__office_id=by.office_id)
    if own.answered_at is not None:
        raise Refusal("贵机构已经作出说明。", WARNED, "需要补充的，请联系承办单位再次请求说明。")
    if not words.strip():
        raise Refusal("请填写情况说明。", WARNED, "请写清经过和原因，可以附上佐证材料。")
    own.answer, own.answered_at, own.answered_by_id = words.strip(), at, by.user_id
    own.save()
    for name, content in files:
        attach(case=number, label=own.body.number, name=name, content=content, by=by, at=at)
    record("alert.answered", number, by=by, at=at, reason=own.answer, detail={"body": own.body.number, "note": own.body.name})
    close_tasks(case=number, matter="answer_alert", office_id=by.office_id, by=by, at=at, outcome="已作说明")
    if not alert.concerned.filter(asked_at__isnull=False, answered_at__isnull=True).exists():
        alert.move_to(state)
    return alert
