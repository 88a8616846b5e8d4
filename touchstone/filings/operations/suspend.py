"""暂停与恢复: from which day may a filing, or some of its lines, not be used, and who says that it may again?

A suspension ends only by a decision: the planned day reminds, and restores nothing by itself.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.filings import permissions
from touchstone.filings.models import Filing, Suspension
from touchstone.filings.operations._case import NothingToDo, bureau, locked, note, owes, words
from touchstone.filings.queries.changing import STANDING, line_told
from touchstone.filings.queries.routing import root_of
from touchstone.filings.queries.scope import lines_of, open_suspensions
from touchstone.filings.states import MOVES, State
from touchstone.kernel.law import Refusal
from touchstone.ledger.queries import history
from touchstone.policy.documents import notice
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks

LADDER = notice("三(四)2")
TOLD = "filing.suspended"
"""The matter of the task with which a body is told of its suspension."""


@transaction.atomic
def suspend(
    *,
    number: str,
    reason: str,
    clause: str,
    since: date,
    by: Actor,
    at: datetime,
    lines: Sequence[int] = (),
    planned_until: date | None = None,
    case: str = "",
    at_fault: Sequence[str] = (),
) -> list[Suspension]:
    """This function will suspend a filing (or, where `lines` are named, those lines) from `since` on; nothing may be planned on it meanwhile.

    `case` names the case it rests on, `at_fault` the plans (by number) that the violation itself concerns: none of their sittings is held.

    :raises NotAllowed: unless by the director of the office that filed it.
    :raises Refusal: when it does not stand or is suspended already, a line is not its own, or the days do not fit.
    """
    root = _root(number)
    permissions.check_may(by, "suspend", root, case=case)
    if root.state not in STANDING:
        raise Refusal(f"备案{root.number}当前为“{root.state_label}”，不能暂停评价。", LADDER, "只有有效的备案可以暂停。")
    reason = words(reason, "暂停评价须写明理由。", "请写明查明的事实和整改要求。")
    if since < at.date():
        raise Refusal(f"暂停起始日{since}早于今天，不能追溯暂停。", LADDER, "请选择今天或以后的日子。")
    if planned_until is not None and planned_until <= since:
        raise Refusal("预定恢复日应晚于暂停起始日。", LADDER, "请改填以后的日子；说不准的可以留空。")
    standing = {one.pk: one for one in lines_of(root, at.date())}
    if unknown := set(lines) - set(standing):
        raise NothingToDo(f"备案{root.number}没有所选的评价范围（{len(unknown)}项），或者该范围已经终止。", LADDER, "请重新选择要暂停的范围。")
    open_ones = {one.item_id for one in open_suspensions(root)}
    wanted: list[int | None] = list(dict.fromkeys(lines)) if lines else [None]
    if None in open_ones or open_ones & set(wanted):
        raise Refusal("该备案或者所选的范围已经暂停。", LADDER, "需要调整预定恢复日的，请在本件中办理；需要恢复的，请办理恢复评价。")
    made = [
        Suspension.objects.create(
            filing=root,
            item_id=item,
            since=since,
            planned_until=planned_until,
            reason=reason,
            clause=clause or str(LADDER),
            case=case,
            at_fault=list(at_fault),
            suspended_at=at,
            suspended_by_id=by.user_id,
        )
        for item in wanted
    ]
    if not lines and since <= at.date():
        root.move_to(MOVES.check("suspend", State(root.state)))
    told = [line_told(standing[pk]) for pk in dict.fromkeys(lines)]
    title = f"自{since}起暂停评价，请停止安排新的评价并按要求整改"
    owes(root, TOLD, title, office=root.body.office, role=Role.BODY_FILER, by=by, at=at, due_on=planned_until)
    note(
        "filing.lines_suspended" if lines else "filing.suspended",
        root,
        by=by,
        at=at,
        reason=reason,
        note=f"自{since}起",
        clause=clause or str(LADDER),
        since=since.isoformat(),
        planned_until=planned_until.isoformat() if planned_until else "",
        case=case,
        lines=told,
        items=list(dict.fromkeys(lines)),
    )
    return made


@transaction.atomic
def restore(*, number: str, reason: str, by: Actor, at: datetime, lines: Sequence[int] = (), case: str = "") -> list[Suspension]:
    """This function will end the suspension of a filing (or, where `lines` are named, of those lines) from today on; `case`
    names the case whose reversal brings it about.

    :raises NotAllowed: unless by the director of the office that filed it. :raises NothingToDo: when it is not suspended.
    """
    root = _root(number)
    permissions.check_may(by, "suspend", root, case=case)
    open_ones = list(open_suspensions(root))
    ended = [one for one in open_ones if (one.item_id in set(lines) if lines else one.item_id is None)]
    if not ended or (lines and len(ended) != len(set(lines))):
        raise NothingToDo("没有可以恢复的暂停。", LADDER, "请在备案件中查看当前暂停的范围。")
    reason = words(reason, "恢复评价须写明理由。", "请写明整改情况和复查结论。")
    if not lines and root.state == State.SUSPENDED:
        root.move_to(MOVES.check("restore", State(root.state)))
    for one in ended:
        one.until = max(at.date(), one.since)  # one that had not begun never was in force
        one.restored_at, one.restored_by_id, one.restored_because = at, by.user_id, reason
        one.save()
        close_tasks(case=root.number, matter=_reminder(one), by=by, at=at, outcome="已恢复评价")
    if len(ended) == len(open_ones):
        close_tasks(case=root.number, matter=TOLD, by=by, at=at, outcome="已恢复评价")
    told = [line_told(one.item) for one in ended if one.item]
    event = "filing.lines_restored" if lines else "filing.restored"
    note(event, root, by=by, at=at, reason=reason, clause=str(LADDER), lines=told, items=[one.item_id for one in ended if one.item_id])
    return ended


@transaction.atomic
def replan_restoration(*, suspension_id: int, planned_until: date, reason: str, by: Actor, at: datetime) -> Suspension:
    """This function will move the day on which a suspension is planned to end. :raises NothingToDo: when it has ended. :raises Refusal:"""
    found = _open(suspension_id)
    root = _root(found.filing.number)
    permissions.check_may(by, "suspend", root)
    reason = words(reason, "调整预定恢复日须写明理由。", "例如：整改尚未完成。")
    if planned_until <= max(at.date(), found.since):
        raise Refusal("预定恢复日应晚于今天和暂停起始日。", LADDER, "今天就恢复的，请办理恢复评价。")
    before, found.planned_until = found.planned_until, planned_until
    found.save(update_fields=["planned_until"])
    close_tasks(case=root.number, matter=_reminder(found), by=by, at=at, outcome=f"预定恢复日改为{planned_until}")
    told = {"formerly": before.isoformat() if before else "", "planned_until": planned_until.isoformat()}
    note("filing.restoration_replanned", root, by=by, at=at, reason=reason, note=f"改为{planned_until}", suspension=found.pk, **told)
    return found


@transaction.atomic
def begin_suspension(*, suspension_id: int, by: Actor, at: datetime) -> bool:
    """This function will bring a suspension of a whole filing, decided for a later day, into the filing's state on that day, once."""
    found = _open(suspension_id)
    root = _root(found.filing.number)
    _check_platform(by)
    if found.item_id is not None or found.since > at.date() or root.state != State.ACCEPTED:
        return False
    root.move_to(MOVES.check("suspend", State(root.state)))
    note("filing.suspension_begun", root, by=by, at=at, note=f"自{found.since}起", clause=found.clause)
    return True


@transaction.atomic
def remind_to_restore(*, suspension_id: int, by: Actor, at: datetime) -> bool:
    """This function will, once for each planned day, put a suspension whose day has come before the director who decides on it."""
    found = _open(suspension_id)
    root = _root(found.filing.number)
    _check_platform(by)
    planned = found.planned_until
    if planned is None or planned > at.date():
        return False
    seen = history(root.number).filter(event="filing.restoration_due", detail__suspension=found.pk, detail__planned_until=planned.isoformat())
    if seen.exists():
        return False
    what = f"“{line_told(found.item)}”" if found.item else ""
    title = f"预定恢复日{planned}已到，请决定{what}恢复评价或者延长暂停"
    owes(root, _reminder(found), title, office=bureau(root, "decision"), role=Role.DIRECTOR, by=by, at=at, due_on=planned)
    note("filing.restoration_due", root, by=by, at=at, note=f"预定恢复日{planned}", suspension=found.pk, planned_until=planned.isoformat())
    return True


def _reminder(suspension: Suspension) -> str:
    return f"filing.restore_{suspension.pk}"


def _root(number: str) -> Filing:
    found = root_of(locked(number))
    return found if found.number == number else locked(found.number)


def _open(suspension_id: int) -> Suspension:
    rows = Suspension.objects.select_for_update(of=("self",))
    rows = rows.select_related("filing", "item__occupation", "item__trade", "item__venue", "item__standard")
    found = rows.filter(pk=suspension_id, restored_at__isnull=True).first()
    if found is None:
        raise NothingToDo("该暂停已经恢复。", LADDER, "请在备案件中查看。")
    return found


def _check_platform(by: Actor) -> None:
    if not by.is_platform:
        raise NotAllowed("到期的提醒由平台自动办理。", LADDER, "可以直接办理恢复评价。")
