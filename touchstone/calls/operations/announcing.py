"""遴选结果办理: the ranking is put before the public, objections are answered, and at the end who is selected is fixed."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre
from touchstone.calls import permissions
from touchstone.calls.models import Application, Call
from touchstone.calls.operations._case import LAW, NothingToDo, centre_owes, locked_call, note, words
from touchstone.calls.operations.selecting import proposed, reason_of
from touchstone.calls.operations.settling import pass_over, select
from touchstone.calls.queries import MATTER, applications_of, lots_of
from touchstone.calls.states import CALL_MOVES, ApplicationState, CallState
from touchstone.kernel.law import Refusal
from touchstone.notices.operations import answer_objection, close_notice, publish_notice
from touchstone.notices.queries import objections_of, of_case
from touchstone.parameters.queries import calendar, due, in_force
from touchstone.policy.calls.terms import ANSWER_WITHIN, RESULT_NOTICE_DAYS
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.documents import our_default
from touchstone.policy.filing.terms import SELECTION_WITHIN
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks

if TYPE_CHECKING:
    from touchstone.notices.models import Objection

COLUMNS = ("评价项目", "区", "名次", "应征机构", "得分", "拟定结果")
_CLAUSE = our_default("遴选结果公示")


@dataclass(frozen=True)
class Settled:
    """What the end of a call came to for one application."""

    number: str
    selected: bool
    sentence: str


@transaction.atomic
def announce_result(*, number: str, by: Actor, at: datetime) -> Call:
    """This function will put the ranking of a call before the public, lot by lot, with every place and its points; lots nobody fits say so.

    :raises Refusal: when an application was checked again after the ranking.
    """
    call = locked_call(number)
    permissions.check_may(by, "announce")
    target = CALL_MOVES.check("announce", CallState(call.state))
    later = applications_of(call).filter(checked_at__gt=call.ranked_at)
    if names := tuple(f"{one.body.name}（{one.number}）" for one in later):
        raise Refusal("有应征申请在排序之后重新核实过，名次可能不再正确。", LAW, "请先重新排序，再公示。", names)
    days = in_force(RESULT_NOTICE_DAYS, at.date())
    published = publish_notice(
        matter=MATTER,
        case=number,
        title=f"{call.title}遴选结果公示",
        preface="应征机构经逐项核实条件，符合条件的按公布的计分办法排序，现将拟遴选结果予以公示。对公示内容有异议的，可在公示期内实名提出。",
        columns=COLUMNS,
        rows=_rows(call),
        office=city_centre(),
        working_days=days.value,
        clause=days.clause,
        calendar=calendar(),
        by=by,
        at=at,
    )
    call.move_to(target)
    close_tasks(case=number, by=by, at=at, outcome="已公示")
    note("call.announced", call, by=by, at=at, notice=published.number, clause=str(LAW))
    return call


def _rows(call: Call) -> list[list[str]]:
    ranked = [one for one in applications_of(call) if one.rank is not None]
    by_lot = {lot: list(found) for lot, found in groupby(ranked, key=lambda one: one.lot_id)}
    rows = []
    for lot in lots_of(call):
        where = [str(lot.project), DISTRICTS.get(lot.district, "全市")]
        for one in by_lot.get(lot.pk, []):
            rows.append([*where, str(one.rank), one.body.name, f"{float(one.points or 0):g}", "拟入选" if proposed(one) else "未入选"])
        if lot.pk not in by_lot:
            rows.append([*where, "", "没有符合条件的应征机构", "", "空缺"])
    return rows


@transaction.atomic
def take_up_call_objections(*, number: str, by: Actor, at: datetime) -> int:
    """This function will put unanswered objections to a call's result before the director and count them; it may be asked again."""
    call = locked_call(number)
    permissions.check_may(by, "clock")
    waiting = objections_of(number).filter(answered_at__isnull=True).count()
    if call.state == CallState.ANNOUNCED and waiting:
        title = f"遴选结果公示期间收到异议，请核查并答复：{call.title}"
        centre_owes(number, "call.objection", title, role=Role.DIRECTOR, by=by, at=at, due_on=due(ANSWER_WITHIN, at))
    return waiting


@transaction.atomic
def answer_call_objection(*, number: str, objection: str, upheld: bool, answer: str, by: Actor, at: datetime) -> "Objection":
    """This function will answer an objection to a call's result; one that is upheld ends the notice and has the conditions judged anew.

    :raises NothingToDo: when there is no such open objection. :raises WordsMissing: without an answer.
    """
    call = locked_call(number)
    permissions.check_may(by, "answer_objection")
    target = CALL_MOVES.check("reopen", CallState(call.state))
    found = objections_of(number).filter(number=objection, answered_at__isnull=True).first()
    if found is None:
        raise NothingToDo("没有待答复的这条异议。", _CLAUSE, "请刷新页面查看最新情况。")
    answer = words(answer, "请写明核查情况和答复意见。", "答复将告知异议人。")
    answered = answer_objection(number=objection, upheld=upheld, answer=answer, by=by, at=at)
    if upheld:
        close_notice(number=found.notice.number, outcome="中止", by=by, at=at)
        call.move_to(target)
        close_tasks(case=number, by=by, at=at, outcome="异议成立")
        title = f"异议成立，请重新核实应征条件并排序：{call.title}"
        centre_owes(number, "call.check", title, role=Role.INTAKE_CLERK, by=by, at=at, due_on=due(SELECTION_WITHIN, at))
        note("call.reopened", call, by=by, at=at, reason=answer, clause=str(_CLAUSE), objection=objection)
    else:
        if not objections_of(number).filter(answered_at__isnull=True).exists():
            close_tasks(case=number, matter="call.objection", by=by, at=at, outcome="异议不成立")
        note("call.objection_rejected", call, by=by, at=at, reason=answer, clause=str(_CLAUSE), objection=objection)
    return answered


@transaction.atomic
def conclude_call(*, number: str, by: Actor, at: datetime) -> list[Settled]:
    """This function will close a ripe notice and settle every application, as ranked: selected, good for a dated time, or told why not.

    :raises Refusal: while the notice runs or an objection is open.
    """
    call = locked_call(number)
    permissions.check_may(by, "clock")
    target = CALL_MOVES.check("conclude", CallState(call.state))
    standing = of_case(number).filter(closed_at__isnull=True).first()
    if standing is not None:
        close_notice(number=standing.number, outcome="期满无异议或异议不成立", by=by, at=at)
    over = [ApplicationState.WITHDRAWN, ApplicationState.SELECTED, ApplicationState.NOT_SELECTED]
    left = Application.objects.select_for_update(of=("self",)).filter(lot__call=call).exclude(state__in=over).select_related("lot__call")
    outcomes = []
    for one in left.order_by("lot_id", "rank", "id"):
        chosen, why = proposed(one), reason_of(one)
        if chosen:
            select(one, why, by, at)
        else:
            pass_over(one, why, by, at)
        outcomes.append(Settled(one.number, chosen, why))
    call.concluded_at = at
    call.move_to(target)
    close_tasks(case=number, by=by, at=at, outcome="已结束")
    chosen_ones = [one.number for one in outcomes if one.selected]
    note("call.concluded", call, by=by, at=at, note=f"入选{len(chosen_ones)}家", selected=chosen_ones, clause=str(LAW))
    return outcomes
