"""遴选办理: each application is checked against each condition, a call's applications are ranked, lot by lot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries.restricted import barred_from
from touchstone.calls import permissions
from touchstone.calls.facts import applicant_of, rules_day
from touchstone.calls.models import Application, Call
from touchstone.calls.operations._case import LAW, centre_owes, locked_application, locked_call, note, words
from touchstone.calls.states import APPLICATION_MOVES, CALL_MOVES, ApplicationState, CallState
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.kernel.rules import Outcome, records, weakest
from touchstone.parameters.queries import due
from touchstone.policy.calls.conditions import CONDITIONS, check_conditions
from touchstone.policy.calls.ranking import Contender, Score, in_order, scores, values_of
from touchstone.policy.calls.terms import SUPPLEMENT_WITHIN
from touchstone.policy.filing.terms import SELECTION_WITHIN
from touchstone.policy.roles import Role
from touchstone.policy.supervision.restrictions import Barred
from touchstone.tasks.operations import close_tasks, open_task


@dataclass(frozen=True)
class Ranked:
    """What a ranking came to for one application: its place and points, or why it has none."""

    application: Application
    proposed: bool
    sentence: str


def _check_being_judged(call: Call, act: str, *also: CallState) -> None:
    if call.state not in {CallState.OPEN, CallState.CLOSED, *also}:
        raise MoveRefused(f"本次征集当前为“{call.state_label}”，不能{act}。", LAW, "结果已公示的，异议成立、重新审核时才能更改。")


@transaction.atomic
def check_application(*, number: str, checked: Mapping[str, int | None], notes: Mapping[str, str], by: Actor, at: datetime) -> Application:
    """This function will set what was found beside what was declared, by key of the condition (None: not proved), and keep a finding for each.

    :raises WordsMissing: where what was found differs from what was declared and nothing says why. :raises MoveRefused: once the result is public.
    """
    application, call = locked_application(number)
    permissions.check_may(by, "check", application)
    target = APPLICATION_MOVES.check("check", ApplicationState(application.state))
    _check_being_judged(call, "核实条件", CallState.RANKED)
    found: dict[str, dict[str, int | str | None]] = {}
    for one in CONDITIONS.on(rules_day(call, at.date())).value:
        value, said = checked.get(one.key), notes.get(one.key, "").strip()
        if value != application.answers.get(one.key) and not said:
            words("", f"“{one.title}”的核实结果与申报不一致，须写明依据。", "例如：劳动合同只有4份，按4人认定。")
        found[one.key] = {"value": value, "note": said}
    application.checked = found
    barred = barred_from(application.body, Barred.WIDEN, at.date())
    findings = (*check_conditions(applicant_of(application, at.date()), rules_day(call, at.date())), barred)
    application.findings, application.qualified = records(findings), weakest(findings) is Outcome.MET
    application.checked_at, application.checked_by_id = at, by.user_id
    application.move_to(target)
    verdict = "符合条件" if application.qualified else "不符合条件"
    note("application.checked", application, by=by, at=at, note=verdict, findings=application.findings, clause=str(LAW))
    return application


@transaction.atomic
def return_application(*, number: str, reason: str, by: Actor, at: datetime) -> Application:
    """This function will send an application back with what is missing; the applicant has some working days, also after the call has
    closed, and never less than to its last day.

    :raises WordsMissing: when it does not say what has to be put right.
    """
    application, call = locked_application(number)
    permissions.check_may(by, "check", application)
    target = APPLICATION_MOVES.check("return_for_supplement", ApplicationState(application.state))
    _check_being_judged(call, "退回补正")
    application.returned_words = words(reason, "退回补正须一次写明需要补正的内容。", "请逐项写明缺什么、哪里不符合、怎样补正。")
    application.supplement_due_on = max(due(SUPPLEMENT_WITHIN, at), call.closes_on)
    application.move_to(target)
    open_task(
        case=number,
        matter="application.supplement",
        title=f"应征申请退回补正，请补齐后重新提交：{application.lot.project}",
        office_id=application.body.office_id,
        role=Role.BODY_FILER,
        by=by,
        at=at,
        due_on=application.supplement_due_on,
    )
    due_on = application.supplement_due_on.isoformat()
    note("application.returned", application, by=by, at=at, reason=application.returned_words, clause=str(LAW), due_on=due_on)
    return application


@transaction.atomic
def rank_call(*, number: str, by: Actor, at: datetime) -> list[Ranked]:
    """This function will rank the applications of a closed call, lot by lot, by the scales and the order of ties of its day; give what came of
    each. Ranking again, after a change, starts anew.

    :raises Refusal: while an application is unchecked or may still be put right, naming each.
    """
    call = locked_call(number)
    permissions.check_may(by, "rank")
    target = CALL_MOVES.check("rank", CallState(call.state))
    sent = Application.objects.select_for_update(of=("self",)).filter(lot__call=call, submitted_at__isnull=False)
    rows = list(
        sent.exclude(state=ApplicationState.WITHDRAWN)
        .select_related("lot__project__occupation", "lot__project__trade", "body__office")
        .order_by("lot_id", "id")
    )
    waiting = tuple(f"{one.body.name}（{one.number}）：{_why_waiting(one)}" for one in rows if _is_waiting(one, at))
    if waiting:
        raise Refusal(f"还有{len(waiting)}件应征申请没有核实，不能排序。", LAW, "请逐件核实条件后再排序。", waiting)
    day = rules_day(call, at.date())
    outcomes = [one for _, lot in groupby(rows, key=lambda row: row.lot_id) for one in _rank_lot(list(lot), day, by, at)]
    call.ranked_at = at
    call.move_to(target)
    close_tasks(case=number, matter="call.check", by=by, at=at, outcome="已排序")
    title = f"应征机构已排序，请审定并公示遴选结果：{call.title}"
    centre_owes(number, "call.announce", title, role=Role.DIRECTOR, by=by, at=at, due_on=due(SELECTION_WITHIN, at))
    order = {one.application.number: one.sentence for one in outcomes}
    note("call.ranked", call, by=by, at=at, note=f"{len(outcomes)}件", order=order, clause=str(LAW))
    return outcomes


def _is_waiting(one: Application, at: datetime) -> bool:
    if one.state == ApplicationState.RETURNED:
        return one.supplement_due_on is None or at.date() <= one.supplement_due_on
    return one.state == ApplicationState.SUBMITTED


def _why_waiting(one: Application) -> str:
    return f"退回补正，期限至{one.supplement_due_on}" if one.state == ApplicationState.RETURNED else "尚未核实条件"


def _rank_lot(rows: list[Application], day: date, by: Actor, at: datetime) -> list[Ranked]:
    able = {one.number: one for one in rows if one.state == ApplicationState.CHECKED and one.qualified}
    values = {number: values_of(applicant_of(one, day)) for number, one in able.items()}
    points = {number: scores(values[number], day) for number in able}
    order = in_order(
        Contender(number, sum(score.points for score in points[number]), values[number], one.submitted_at or one.begun_at)
        for number, one in able.items()
    )
    places = {contender.number: (place, contender.points) for place, contender in enumerate(order, start=1)}
    outcomes = []
    for one in rows:
        place, total = places.get(one.number, (None, None))
        one.rank, one.points = place, total
        one.scores = [_as_record(score) for score in points.get(one.number, ())]
        one.save(update_fields=["rank", "points", "scores"])
        why = reason_of(one)
        note("application.ranked", one, by=by, at=at, note=why, rank=place, points=total)
        outcomes.append(Ranked(one, proposed(one), why))
    return outcomes


def _as_record(score: Score) -> dict[str, str | int]:
    return {"name": score.name, "value": score.value, "points": score.points, "most": score.most}


def proposed(one: Application) -> bool:
    """This function will say whether a ranked application is among as many as its lot seeks."""
    return one.rank is not None and one.rank <= one.lot.quota


def reason_of(one: Application) -> str:
    """This function will say in words why an application is selected or not, as it stands after the ranking."""
    if one.state == ApplicationState.DRAFTED:
        return "截止前没有提交"
    if one.state == ApplicationState.RETURNED:
        return "退回补正后没有在期限内重新提交"
    if one.rank is None:
        lacking = [found["reason"] for found in one.findings if found["outcome"] != Outcome.MET]
        return f"不符合条件：{'；'.join(lacking)}" if lacking else "没有核实条件"
    place = f"符合条件，得{float(one.points or 0):g}分，排第{one.rank}名"
    return f"{place}，拟遴选{one.lot.quota}家" if proposed(one) else f"{place}，本项只遴选{one.lot.quota}家"
