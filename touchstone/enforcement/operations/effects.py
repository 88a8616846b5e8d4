"""执行: a served decision takes effect at once, each measure by the operation that exists for it; what is reversed is undone the same way."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.enforcement.facts.ground import filing_of
from touchstone.enforcement.facts.procedure import acts_of, gravity_of_case
from touchstone.enforcement.models import Case, CaseMeasure
from touchstone.enforcement.operations._case import ask_body, ask_officers, note, today
from touchstone.enforcement.operations.letters import issue
from touchstone.enforcement.states import LADDER, MEASURE_MOVES, LetterKind, MeasureState
from touchstone.filings.operations import reinstate, restore, suspend, terminate
from touchstone.filings.states import State as FilingState
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import add_months
from touchstone.kernel.rules import records
from touchstone.parameters.queries import calendar
from touchstone.policy.certificates.revocation import Cause
from touchstone.policy.filing.ending import EndKind
from touchstone.policy.supervision.acts import Authority
from touchstone.policy.supervision.clocks import Clock, last_day
from touchstone.policy.supervision.ladder import Measure, revoked_where_called_for
from touchstone.policy.supervision.terms import due, suspension_fits
from touchstone.revocations.operations import open_case

SUMMON, CORRECT, TRANSFER = "case_summon", "case_correct", "case_transfer"
_CAUSES = {"out_of_scope_data": Cause.OUT_OF_SCOPE, "wrong_data_kept": Cause.WRONG}
_CORRECTED = {Measure.AT_ONCE, Measure.ORDER, Measure.RECTIFY}


def carry_out(case: Case, *, by: Actor, at: datetime) -> None:
    """This function will bring every measure of a served decision about. What cannot be (a filing that ended meanwhile) is told on the measure
    and before the officers; the others are not held up. Part of the operation that serves."""
    done = []
    for one in case.measures.select_for_update().order_by("id"):
        try:
            with transaction.atomic():
                _BEGIN[Measure(one.measure)](case, one, by, at)
        except Refusal as refusal:
            one.refresh_from_db()
            one.outcome = f"没有能够执行：{refusal}"
            one.save()
            ask_officers(case, f"{one.get_measure_display()}没有能够执行，请核对", matter="case_stuck", by=by, at=at)
        done.append({"measure": one.measure, "state": str(one.state), "effect": one.effect, "outcome": one.outcome})
    opened = case.measures.filter(measure=Measure.REVOKE).exclude(effect="").exists()
    revoked = revoked_where_called_for(gravity_of_case(case, today(at)), len(case.certificates), opened, today(at))
    note("case.carried_out", case, by=PLATFORM, at=at, measures=done, findings=records([revoked]))


def _run(one: CaseMeasure, at: datetime) -> None:
    one.carried_out_on = today(at)
    one.move_to(MEASURE_MOVES.check("carry_out", MeasureState(one.state)))


def _done(one: CaseMeasure, at: datetime, outcome: str) -> None:
    one.carried_out_on, one.done_on, one.outcome = one.carried_out_on or today(at), today(at), outcome
    one.move_to(MEASURE_MOVES.check("finish", MeasureState(one.state)))


def _correct(case: Case, one: CaseMeasure, by: Actor, at: datetime) -> None:
    measure, served_on = Measure(one.measure), case.served_on or today(at)
    days = int(one.terms.get("days") or 0)
    wanted = calendar().add_working_days(served_on, days) if measure is Measure.AT_ONCE else served_on + timedelta(days=days)
    last = due(measure, served_on, today(at), calendar())
    one.due_on = min(wanted, last) if last else wanted
    _run(one, at)
    title = f"{measure.label}：请在{one.due_on}以前改正并报告（案件{case.number}）"
    ask_body(case, title, matter=f"{CORRECT}_{one.measure}", by=by, at=at, due_on=one.due_on)


def _summon(case: Case, one: CaseMeasure, by: Actor, at: datetime) -> None:
    _run(one, at)
    ask_officers(case, "请发约谈通知书", matter=SUMMON, by=by, at=at)


def _warn(case: Case, one: CaseMeasure, by: Actor, at: datetime) -> None:
    _done(one, at, "警告已送达，记入机构档案")


def _suspend(case: Case, one: CaseMeasure, by: Actor, at: datetime) -> None:
    filing = _filing(case, today(at))
    until = add_months(today(at), int(one.terms.get("months") or 0))
    fits = suspension_fits(today(at), until, today(at))
    suspend(
        number=filing,
        reason=f"案件{case.number}处理决定：{case.decision_reason}",
        clause=str(LADDER),
        since=today(at),
        planned_until=until,
        lines=one.terms.get("lines", []),
        case=case.number,
        at_fault=case.plans,
        by=PLATFORM,
        at=at,
    )
    one.effect, one.due_on, one.terms = filing, until, {**one.terms, "findings": records([fits])}
    _run(one, at)


def _terminate(case: Case, one: CaseMeasure, by: Actor, at: datetime) -> None:
    ended = terminate(
        number=_filing(case, today(at)),
        kind=EndKind.ORDERED,
        ground="ordered",
        findings=case.findings,
        reason=f"案件{case.number}处理决定：{case.decision_reason}",
        clause=str(LADDER),
        effective_on=today(at),
        case=case.number,
        by=PLATFORM,
        at=at,
    )
    one.effect = ended.number
    _done(one, at, f"备案自{today(at)}起终止（{ended.number}）")


def _filing(case: Case, day: date) -> str:
    found = filing_of(case.body, day)
    if found is None:
        raise Refusal(f"{case.party_name}已经没有有效的备案。", LADDER, "请核对备案的状态。")
    return found.number


def _revoke(case: Case, one: CaseMeasure, by: Actor, at: datetime) -> None:
    if not case.certificates:
        _done(one, at, "没有应当撤销的证书数据")
        return
    cause = next((_CAUSES[act] for act in acts_of(case) if act in _CAUSES), Cause.FRAUD)
    one.effect = open_case(
        cause=cause,
        origin=case.number,
        clause_words=str(LADDER),
        certificate_numbers=case.certificates,
        reason=case.facts,
        by=PLATFORM,
        at=at,
    )
    _done(one, at, f"{len(case.certificates)}本证书已立撤销案件{one.effect}")


def _hand_over(case: Case, one: CaseMeasure, by: Actor, at: datetime) -> None:
    authority = Authority(one.authority)
    pieces = case.evidence.filter(withdrawn_at__isnull=True).order_by("place")
    told = [
        f"我单位办理的案件{case.number}涉嫌违反法律法规，现移送你部门依法处理。",
        f"当事机构：{case.party_name}。",
        f"事实：{case.facts}",
        f"随案移送：案卷目录1份，证据副本{pieces.count()}件（{'；'.join(f'{piece.place}. {piece.title}' for piece in pieces)}）。",
    ]
    letter = issue(case, LetterKind.HAND_OVER, told, to=authority.label, closing=["请出具回执，并将处理结果函告我单位。"], by=by, at=at)
    one.effect, one.due_on = letter.number, last_day(Clock.HAND_OVER, today(at), calendar())
    _run(one, at)
    ask_officers(case, f"请把移送书送交{authority.label}并登记回执", matter=TRANSFER, by=by, at=at, due_on=one.due_on)


_BEGIN: dict[Measure, Callable[[Case, CaseMeasure, Actor, datetime], None]] = {
    Measure.AT_ONCE: _correct,
    Measure.SUMMONS: _summon,
    Measure.ORDER: _correct,
    Measure.WARNING: _warn,
    Measure.RECTIFY: _correct,
    Measure.SUSPEND: _suspend,
    Measure.TERMINATE: _terminate,
    Measure.HAND_OVER: _hand_over,
    Measure.REVOKE: _revoke,
}


def undo(case: Case, reason: str, *, at: datetime) -> list[dict[str, str]]:
    """This function will undo what a decision brought about and tell each: a suspension is restored, a termination reinstated; a case of
    revocation goes its own way and is named. Part of the operation that reverses."""
    told = []
    for one in case.measures.select_for_update().order_by("-id"):
        before, effect = MeasureState(one.state), one.effect
        try:
            with transaction.atomic():
                outcome = _undone(case, one, reason, at) if before is not MeasureState.DECIDED else "尚未执行"
        except Refusal as refusal:  # the decision is reversed all the same; what stands in the way is told, and put right by hand
            outcome = f"没有能够自动恢复：{refusal}"
            ask_officers(case, f"{one.get_measure_display()}没有能够自动恢复，请办理", matter="case_stuck", by=PLATFORM, at=at)
        one.outcome, one.done_on = outcome, today(at)
        one.move_to(MEASURE_MOVES.check("undo", before))
        told.append({"measure": one.measure, "effect": effect, "outcome": outcome})
    return told


def _undone(case: Case, one: CaseMeasure, reason: str, at: datetime) -> str:
    measure = Measure(one.measure)
    words = f"案件{case.number}经申诉撤销：{reason}"
    if measure is Measure.SUSPEND and one.effect and one.state == MeasureState.RUNNING:
        restore(number=one.effect, reason=words, lines=one.terms.get("lines", []), case=case.number, by=PLATFORM, at=at)
        return "暂停评价已撤销，备案恢复"
    if measure is Measure.TERMINATE and one.effect:
        back = reinstate(termination=one.effect, reason=words, case=case.number, by=PLATFORM, at=at)
        return f"终止备案已撤销，备案{back.filing.number}恢复为“{FilingState(back.filing.state).label}”"
    if measure is Measure.REVOKE and one.effect:
        return f"撤销案件{one.effect}由承办单位依本次结论撤案或者逐本复核"
    if measure is Measure.HAND_OVER:
        return "已移送的，由承办单位函告收件部门"
    return "不再执行" if measure in _CORRECTED | {Measure.SUMMONS} else "已撤销"
