"""征集公告办理: a call is drafted with its lots, published, closed by the clock, or cancelled."""

from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.calls import permissions
from touchstone.calls.models import Application, Call, CallLot
from touchstone.calls.operations._case import LAW, NothingToDo, centre_owes, locked_call, locked_project, note, words
from touchstone.calls.operations.settling import pass_over
from touchstone.calls.states import CALL_MOVES, ApplicationState, CallState, ProjectState
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.ledger.numbering import next_serial
from touchstone.parameters.queries import calendar, due, in_force
from touchstone.policy.calls.conditions import CONDITIONS
from touchstone.policy.calls.terms import LEAST_OPEN_DAYS
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.filing.terms import SELECTION_WITHIN
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks


def _check_days(opens_on: date, closes_on: date) -> None:
    if closes_on < opens_on:
        raise Refusal("截止日早于开始日。", LAW, "请改正日期。")


def _check_drafted(call: Call, act: str) -> None:
    if call.state != CallState.DRAFTED:
        raise MoveRefused(f"当前为“{call.state_label}”，不能{act}。", LAW, "已发布的公告不能修改；确需调整的，请取消后重新征集。")


@transaction.atomic
def draft_call(*, title: str, content: str, opens_on: date, closes_on: date, by: Actor, at: datetime) -> Call:
    """This function will begin a call; its lots are added next. :raises Refusal: for days out of order, or without a title or content."""
    permissions.check_may(by, "draft")
    title = words(title, "请填写征集公告的标题。", "例如：2026年第一批社会培训评价组织公开征集公告。")
    content = words(content, "请填写征集公告的正文。", "请写明征集目的、范围、应征方式和联系方式。")
    _check_days(opens_on, closes_on)
    call = Call.objects.create(
        number=f"ZJ{at:%Y}{next_serial(f'call-{at:%Y}'):04d}",
        title=title,
        content=content,
        opens_on=opens_on,
        closes_on=closes_on,
        drafted_at=at,
        drafted_by_id=by.user_id,
    )
    centre_owes(call.number, "call.publish", f"征集公告拟定中，定稿后请审定发布：{title}", role=Role.DIRECTOR, by=by, at=at)
    note("call.drafted", call, by=by, at=at, note=title)
    return call


@transaction.atomic
def change_call(*, number: str, title: str, content: str, opens_on: date, closes_on: date, by: Actor, at: datetime) -> Call:
    """This function will change a call that is not yet published. :raises MoveRefused: after that."""
    call = locked_call(number)
    permissions.check_may(by, "draft")
    _check_drafted(call, "修改公告")
    _check_days(opens_on, closes_on)
    call.title = words(title, "请填写征集公告的标题。", "请补充后再保存。")
    call.content = words(content, "请填写征集公告的正文。", "请补充后再保存。")
    call.opens_on, call.closes_on = opens_on, closes_on
    call.save()
    note("call.changed", call, by=by, at=at)
    return call


@transaction.atomic
def add_lot(*, number: str, project: str, district: str, quota: int, demand: int, by: Actor, at: datetime) -> CallLot:
    """This function will add what a drafted call seeks: a selected project in a district (empty: the whole city), how many bodies, for which
    yearly demand.

    :raises Refusal: for a project that is not selected, no quota, or a lot that is there already.
    """
    call = locked_call(number)
    permissions.check_may(by, "draft")
    _check_drafted(call, "增加征集项目")
    found = locked_project(project)
    if found.state != ProjectState.SELECTED:
        raise Refusal(f"“{found}”当前为“{found.state_label}”，只能征集已确定的评价项目。", LAW, "请先由行业主管部门推荐并遴选确定。")
    if district and district not in DISTRICTS:
        raise Refusal(f"没有代码为{district}的区。", LAW, "请从列表中选择，或选择全市。")
    if quota < 1:
        raise Refusal("拟遴选家数至少为1家。", LAW, "请按统筹布局的需要填写。")
    if call.lots.filter(project=found, district=district).exists():
        raise Refusal(f"本次征集已经有“{found}”{DISTRICTS.get(district, '全市')}这一项。", LAW, "需要调整家数的，请先移除再重新增加。")
    lot = CallLot.objects.create(call=call, project=found, district=district, quota=quota, demand=demand)
    said = f"{found} {DISTRICTS.get(district, '全市')} {quota}家"
    note("call.lot_added", call, by=by, at=at, note=said, project=found.number, district=district, quota=quota, demand=demand)
    return lot


@transaction.atomic
def remove_lot(*, number: str, lot_id: int, by: Actor, at: datetime) -> Call:
    """This function will take a lot off a drafted call. :raises NothingToDo: when it is not there."""
    call = locked_call(number)
    permissions.check_may(by, "draft")
    _check_drafted(call, "移除征集项目")
    lot = call.lots.select_related("project__occupation", "project__trade").filter(pk=lot_id).first()
    if lot is None:
        raise NothingToDo("这一项已经移除。", LAW, "请刷新页面查看。")
    note("call.lot_removed", call, by=by, at=at, note=str(lot.project))
    lot.delete()
    return call


@transaction.atomic
def publish_call(*, number: str, by: Actor, at: datetime) -> Call:
    """This function will publish a call: the conditions in force today are frozen with it, and rule it to its end.

    :raises Refusal: without lots, for days that are over or too short, or for the person who drafted it.
    """
    call = locked_call(number)
    permissions.check_may(by, "publish")
    target = CALL_MOVES.check("publish", CallState(call.state))
    if call.drafted_by_id == by.user_id:
        raise Refusal("征集公告由一人拟定、另一人审定发布。", LAW, "请由另一名审批负责人发布。")
    lots = list(call.lots.select_related("project__occupation", "project__trade"))
    if not lots:
        raise Refusal("征集公告还没有列出征集的项目。", LAW, "请由拟定人增加征集项目、区和家数后再发布。")
    gone = [f"“{lot.project}”当前为“{lot.project.state_label}”" for lot in lots if lot.project.state != ProjectState.SELECTED]
    if gone:
        raise Refusal("有征集项目不再是已确定的评价项目。", LAW, "请由拟定人移除后再发布。", tuple(gone))
    _check_long_enough(call, at.date())
    call.conditions = [
        {"key": one.key, "title": one.title, "demand": one.demand_on(at.date()), "proof": one.proof, "clause": str(one.clause)}
        for one in CONDITIONS.on(at.date()).value
    ]
    call.published_at = at
    call.move_to(target)
    close_tasks(case=number, by=by, at=at, outcome="已发布")
    days = {"opens_on": call.opens_on.isoformat(), "closes_on": call.closes_on.isoformat()}
    note("call.published", call, by=by, at=at, note=call.title, clause=str(LAW), conditions=call.conditions, **days)
    return call


def _check_long_enough(call: Call, today: date) -> None:
    if call.opens_on < today:
        raise Refusal(f"开始日{call.opens_on}已过。", LAW, "请由拟定人改为今天或者以后的日期。")
    least = in_force(LEAST_OPEN_DAYS, today)
    days = calendar()
    count = days.working_days_between(call.opens_on, call.closes_on) + days.is_working_day(call.opens_on)
    if count < least.value:
        raise Refusal(f"征集期只有{count}个工作日，应不少于{least.value}个工作日。", least.clause, "请由拟定人推迟截止日后再发布。")


@transaction.atomic
def close_call(*, number: str, by: Actor, at: datetime) -> Call:
    """This function will close a call whose last day is over, and put what came in before the clerk. :raises Refusal: while it is open."""
    call = locked_call(number)
    permissions.check_may(by, "clock")
    target = CALL_MOVES.check("close", CallState(call.state))
    if at.date() <= call.closes_on:
        raise Refusal(f"征集至{call.closes_on}截止，尚未期满。", LAW, "期满后由平台自动截止。")
    call.move_to(target)
    sent = Application.objects.filter(lot__call=call, submitted_at__isnull=False).exclude(state=ApplicationState.WITHDRAWN).count()
    title = f"征集已截止，请核实应征条件并排序：{call.title}"
    centre_owes(number, "call.check", title, role=Role.INTAKE_CLERK, by=by, at=at, due_on=due(SELECTION_WITHIN, at))
    note("call.closed", call, by=by, at=at, note=f"收到{sent}件", applications=sent)
    return call


@transaction.atomic
def cancel_call(*, number: str, reason: str, by: Actor, at: datetime) -> Call:
    """This function will cancel a call whose result is not yet public; every organisation that applied is told why.

    :raises WordsMissing: without a reason.
    """
    call = locked_call(number)
    permissions.check_may(by, "cancel")
    target = CALL_MOVES.check("cancel", CallState(call.state))
    reason = words(reason, "取消征集须写明理由。", "理由将向社会公布，并告知已应征的机构。")
    call.cancelled_because = reason
    call.move_to(target)
    close_tasks(case=number, by=by, at=at, outcome="已取消")
    over = [ApplicationState.WITHDRAWN, ApplicationState.SELECTED, ApplicationState.NOT_SELECTED]
    left = Application.objects.select_for_update().filter(lot__call=call).exclude(state__in=over).order_by("id")
    told = [pass_over(application, f"本次征集已取消：{reason}", by, at).number for application in left]
    note("call.cancelled", call, by=by, at=at, reason=reason, applications=told)
    return call
