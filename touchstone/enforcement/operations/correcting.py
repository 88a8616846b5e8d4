"""约谈、改正和复查: the body is talked to, reports what it corrected, two re-examine it, and what was suspended may begin again."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.enforcement import permissions
from touchstone.enforcement.models import Case, CaseMeasure, Correction, ReExamination
from touchstone.enforcement.operations._case import ask_body, ask_director, ask_officers, locked, note, today, words
from touchstone.enforcement.operations.effects import CORRECT, SUMMON
from touchstone.enforcement.operations.letters import issue
from touchstone.enforcement.states import LADDER, MEASURE_MOVES, LetterKind, MeasureState, State
from touchstone.files.operations import attach
from touchstone.filings.operations import restore
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, met, must, records
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.supervision.ladder import Measure
from touchstone.policy.supervision.terms import RE_EXAMINED_BY, RE_EXAMINED_WITHIN, SUMMONED_BEFORE, correction_is_accepted, may_be_restored
from touchstone.print.dates import chinese_date
from touchstone.tasks.operations import close_tasks

REPORT = "改正情况附件"
_CORRECTED = (Measure.AT_ONCE, Measure.ORDER, Measure.RECTIFY)


@transaction.atomic
def summon(*, number: str, on: date, place: str, by: Actor, at: datetime) -> Case:
    """This function will send the letter that calls the body's head to a talk. :raises NotAllowed: :raises Refusal: for too early a day."""
    case = locked(number)
    permissions.check_handles(by, case)
    one = _measure(case, Measure.SUMMONS, MeasureState.RUNNING)
    before = SUMMONED_BEFORE.on(today(at))
    if on < calendar().add_working_days(today(at), before.value):
        raise Refusal(f"约谈通知应在约谈前至少{before.value}个工作日送达。", before.clause, "请选择更晚的日期。")
    where = words(place, "没有写明约谈的地点。", "请写明地点和房间。")
    told = [
        f"依据案件{case.number}的处理决定，请你单位主要负责人于{chinese_date(on)}到{where}接受约谈提醒。",
        "请准备说明问题的原因、整改的打算；不能按时到场的，请提前联系。",
    ]
    letter = issue(case, LetterKind.SUMMONS, told, by=by, at=at)
    one.due_on, one.terms = on, {**one.terms, "place": where, "letter": letter.number}
    one.save()
    note("case.summoned", case, by=by, at=at, note=f"{on} {where}", letter=letter.number)
    close_tasks(case=number, matter=SUMMON, by=by, at=at, outcome="已发约谈通知书")
    return case


@transaction.atomic
def record_talk(*, number: str, talk: str, by: Actor, at: datetime) -> CaseMeasure:
    """This function will put the talk down; the body signs it next. :raises Refusal: before its day, before the letter was served, without words."""
    case = locked(number)
    permissions.check_handles(by, case)
    one = _measure(case, Measure.SUMMONS, MeasureState.RUNNING)
    letter = case.letters.filter(number=one.terms.get("letter", "")).first()
    if letter is None or one.due_on is None:
        raise Refusal("还没有发约谈通知书。", LADDER, "请先确定约谈的日期和地点。")
    before = SUMMONED_BEFORE.on(today(at))
    if letter.served_on is None or calendar().add_working_days(letter.served_on, before.value) > one.due_on:
        raise Refusal(f"约谈通知应在约谈前至少{before.value}个工作日送达。", before.clause, "通知书没有按时送达的，请另定约谈日。")
    if today(at) < one.due_on:
        raise Refusal(f"约谈定于{one.due_on}。", LADDER, "请在约谈当天或者以后登记。")
    one.outcome = words(talk, "没有写约谈的内容。", "请写明谈了什么、机构怎样表态。")
    one.move_to(MEASURE_MOVES.check("report", MeasureState(one.state)))
    note("case.talked", case, by=by, at=at, reason=one.outcome)
    ask_body(case, f"请在约谈记录上签字（案件{number}）", matter="case_talk", by=by, at=at)
    return one


@transaction.atomic
def sign_talk(*, number: str, refused: str = "", by: Actor, at: datetime) -> CaseMeasure:
    """This function will have the body's leader sign the record of the talk, or an officer put down that it was refused and how (`refused`)."""
    case = locked(number)
    one = _measure(case, Measure.SUMMONS, MeasureState.REPORTED)
    if refused.strip():
        permissions.check_handles(by, case)
        one.signed_by_body = f"拒绝签字：{refused.strip()}"[:120]
    else:
        permissions.check_speaks_for_body(by, case)
        one.signed_by_body = by.person_name
    one.done_on = today(at)
    one.move_to(MEASURE_MOVES.check("finish", MeasureState(one.state)))
    note("case.talk_signed", case, by=by, at=at, note=one.signed_by_body)
    close_tasks(case=number, matter="case_talk", by=by, at=at, outcome="已签字")
    _tell_when_all_done(case, by=by, at=at)
    return one


@transaction.atomic
def report_correction(*, number: str, measure: Measure, report: str, files: Sequence[tuple[str, bytes]] = (), by: Actor, at: datetime) -> Correction:
    """This function will take what a body did about what it was told to correct, with its papers. :raises NotAllowed: :raises Refusal:"""
    case = locked(number)
    permissions.check_may_correct(by, case)
    one = _measure(case, measure)
    state = MEASURE_MOVES.check("report", MeasureState(one.state))
    text = words(report, "没有填写改正情况。", "请逐项写明怎样改正、由谁负责。")
    made = Correction.objects.create(measure=one, words=text, reported_at=at, reported_by_id=by.user_id)
    for name, content in files:
        attach(case=number, label=REPORT, name=name, content=content, by=by, at=at)
    one.move_to(state)
    note("case.corrected", case, by=by, at=at, reason=text, measure=measure.value, files=len(files), note=measure.label)
    close_tasks(case=number, matter=f"{CORRECT}_{measure.value}", by=by, at=at, outcome="已报告")
    due_on = calendar().add_working_days(today(at), RE_EXAMINED_WITHIN.on(today(at)).value)
    ask_officers(case, f"机构已报告{measure.label}的情况，请两人复查", matter=f"case_examine_{measure.value}", by=by, at=at, due_on=due_on)
    return made


@transaction.atomic
def re_examine(*, number: str, measure: Measure, good: bool, opinion: str, by: Actor, at: datetime) -> Correction:
    """This function will put down what one officer found; once as many as laid down have, the report is accepted, or the body corrects again.

    :raises NotAllowed: unless by those who handle it. :raises Refusal: without words, or one's own second time.
    """
    case, day = locked(number), today(at)
    permissions.check_handles(by, case)
    one = _measure(case, measure, MeasureState.REPORTED)
    found = Correction.objects.select_for_update().filter(measure=one, concluded_at__isnull=True).order_by("-id").first()
    if found is None:
        raise Refusal("没有待复查的改正报告。", LADDER, "请等待机构报告。")
    if found.examined.filter(user_id=by.user_id or 0).exists():
        raise Refusal("您已经提出复查意见。", LADDER, "请由另一名办理人复查。")
    text = words(opinion, "没有写明复查意见。", "请写明复查了什么、结果怎样。")
    ReExamination.objects.create(correction=found, user_id=by.user_id or 0, name=by.person_name, good=good, words=text, at=at)
    note("case.re_examined", case, by=by, at=at, reason=text, measure=measure.value, good=good, note="合格" if good else "不合格")
    if found.examined.count() >= RE_EXAMINED_BY.on(day).value:
        _conclude(case, one, found, by=by, at=at)
    return found


def _conclude(case: Case, one: CaseMeasure, found: Correction, *, by: Actor, at: datetime) -> None:
    measure, matter = Measure(one.measure), f"case_examine_{one.measure}"
    found.good, found.concluded_at = not found.examined.filter(good=False).exists(), at
    found.save()
    result = accepted(one, today(at))
    detail = {"measure": one.measure, "findings": records([result]), "note": measure.label}
    if found.good:
        one.done_on, one.outcome = today(at), result.reason
        one.move_to(MEASURE_MOVES.check("finish", MeasureState(one.state)))
        record("case.correction_accepted", case.number, by=by.with_key(""), at=at, detail=detail)
        _tell_when_all_done(case, by=by, at=at)
    else:
        one.move_to(MEASURE_MOVES.check("reject", MeasureState(one.state)))
        record("case.correction_rejected", case.number, by=by.with_key(""), at=at, detail=detail)
        title = f"{measure.label}复查不合格，请继续改正并报告（案件{case.number}）"
        ask_body(case, title, matter=f"{CORRECT}_{one.measure}", by=by, at=at, due_on=one.due_on)
    close_tasks(case=case.number, matter=matter, by=by, at=at, outcome="复查合格" if found.good else "复查不合格")


def accepted(one: CaseMeasure, day: date) -> Finding:
    """This function will find whether what was to be corrected was, in time, and re-examined by as many as laid down."""
    last = one.corrections.order_by("-id").first()
    reported_on = today(last.reported_at) if last else None
    examined = last.examined.count() if last else 0
    return correction_is_accepted(one.due_on or day, reported_on, examined, bool(last and last.good), day)


def rectified(case: Case, day: date) -> Finding:
    """This function will find whether everything a case told its body to correct is accepted; late is accepted too, once it is good."""
    for one in case.measures.filter(measure__in=[measure.value for measure in _CORRECTED]).order_by("-id"):
        if one.state != MeasureState.DONE:
            return accepted(one, day)
    return met("整改复查合格，或者没有要求整改", LADDER)


@transaction.atomic
def restore_evaluation(*, number: str, reason: str, by: Actor, at: datetime) -> Case:
    """This function will let a suspended body begin again: rectified and re-examined, and not before the shortest time is over.

    :raises NotAllowed: unless by the director of the office that filed it. :raises Refusal:
    """
    case, day = locked(number), today(at)
    permissions.check_in_charge(by, case)
    one = _measure(case, Measure.SUSPEND, MeasureState.RUNNING)
    assert one.carried_out_on is not None
    found = may_be_restored(rectified(case, day), one.carried_out_on, day)
    must(found, "整改复查合格并满最短时间以后再恢复。")
    reason = words(reason, "没有写明恢复的理由。", "请写明整改和复查的结论。")
    restore(number=one.effect, reason=reason, lines=one.terms.get("lines", []), by=by.with_key(""), at=at)
    one.done_on, one.outcome = day, f"自{day}起恢复评价"
    one.move_to(MEASURE_MOVES.check("finish", MeasureState(one.state)))
    issue(case, LetterKind.RESTORED, [f"你单位整改已经复查合格，自{chinese_date(day)}起恢复评价。", f"理由：{reason}"], by=by, at=at)
    note("case.restored", case, by=by, at=at, reason=reason, findings=records([found]))
    _tell_when_all_done(case, by=by, at=at)
    return case


def _measure(case: Case, measure: Measure, *states: MeasureState) -> CaseMeasure:
    """A measure of a served decision, held. :raises Refusal: where it is not there or not so far."""
    one = CaseMeasure.objects.select_for_update().filter(case=case, measure=measure).order_by("id").first()
    if one is None or case.state not in {State.SERVED, State.CLOSED}:
        raise Refusal(f"本案没有要办理的{measure.label}。", LADDER, "请查看处理决定。")
    if states and one.state not in states:
        raise Refusal(f"{measure.label}现为“{one.get_state_display()}”。", LADDER, "请查看流转记录。")
    return one


def _tell_when_all_done(case: Case, *, by: Actor, at: datetime) -> None:
    if not case.measures.exclude(state=MeasureState.DONE).exists():
        ask_officers(case, "各项处理已经完成，请结案", matter="case_close", by=by, at=at)
    elif case.measures.filter(measure=Measure.SUSPEND, state=MeasureState.RUNNING).exists():
        left = case.measures.exclude(state=MeasureState.DONE).exclude(measure=Measure.SUSPEND).exists()
        if not left:
            ask_director(case, "整改复查合格，请决定恢复评价", matter="case_restore", by=by, at=at)
