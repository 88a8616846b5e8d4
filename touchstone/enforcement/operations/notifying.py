"""告知和听取: what is about to be decided is told, the body speaks or asks for a hearing, and is answered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import users_of
from touchstone.enforcement import permissions
from touchstone.enforcement.facts.ground import filing_of
from touchstone.enforcement.facts.procedure import ever_officers, gravity_of_case, notice_of, procedure_of
from touchstone.enforcement.facts.wording import remedies_of
from touchstone.enforcement.models import Case
from touchstone.enforcement.operations._case import TELL, ask_officers, locked, note, today, words
from touchstone.enforcement.operations.letters import issue, write_notice
from touchstone.enforcement.states import LADDER, LAW, MOVES, LetterKind, State
from touchstone.files.operations import attach
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import add_months
from touchstone.kernel.rules import must
from touchstone.parameters.queries import calendar
from touchstone.policy.supervision.acts import Authority
from touchstone.policy.supervision.ladder import Measure, measures_fit
from touchstone.policy.supervision.procedure import HEARING_ASKED_WITHIN, HEARING_TOLD_BEFORE, evidence_is_listed, two_officers_handle
from touchstone.policy.supervision.terms import suspension_fits, time_given_is_in_bounds
from touchstone.print.dates import chinese_date
from touchstone.tasks.operations import close_tasks

STATEMENT = "陈述申辩材料"
_DAYS = (Measure.AT_ONCE, Measure.ORDER, Measure.RECTIFY)
_FILED = (Measure.SUSPEND, Measure.TERMINATE)


@dataclass(frozen=True)
class Proposed:
    """What is put forward: measures, the terms of each by its key (days, months, lines, to), and why they differ from what the platform proposes."""

    measures: Collection[Measure]
    terms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    deviation: str = ""


def put_forward(case: Case, proposed: Proposed, day: date) -> None:
    """This function will write what is put forward into a case, checked against the ladder and the terms. Part of the operation that does so.

    :raises Refusal: for what does not fit the tier, has no reason where it needs one, or terms out of bounds.
    """
    chosen = [one for one in Measure if one in set(proposed.measures)]
    found = gravity_of_case(case, day)
    must(measures_fit(found, chosen, proposed.deviation, day), "请按处理建议选择；需要不同的，写明理由。")
    terms: dict[str, dict[str, Any]] = {one.value: dict(proposed.terms.get(one.value, {})) for one in chosen}
    for one in chosen:
        _check_terms(case, one, terms[one.value], day)
    if Measure.HAND_OVER in chosen:
        wanted = terms[Measure.HAND_OVER.value].get("to") or [one.value for one in found.goes_to] or [Authority.COMPETENT.value]
        terms[Measure.HAND_OVER.value]["to"] = [Authority(one).value for one in wanted]
    if Measure.REVOKE in chosen:
        terms[Measure.REVOKE.value]["certificates"] = list(case.certificates)
    case.proposal, case.terms, case.deviation = [one.value for one in chosen], terms, proposed.deviation.strip()
    case.remedies = remedies_of(case, day)


def _check_terms(case: Case, measure: Measure, terms: dict[str, Any], day: date) -> None:
    if measure in _DAYS:
        days = int(terms.get("days") or 0)
        due = calendar().add_working_days(day, days) if measure is Measure.AT_ONCE else date.fromordinal(day.toordinal() + days)
        must(time_given_is_in_bounds(measure, day, due, day, calendar()), "请改填改正的天数。")
        terms["days"] = days
    if measure in _FILED and filing_of(case.body, day) is None:
        raise Refusal(f"{case.party_name}目前没有有效的备案，不能{measure.label}。", LADDER, "请核对备案；没有备案的，移送有关部门。")
    if measure is Measure.SUSPEND:
        months = int(terms.get("months") or 0)
        must(suspension_fits(day, add_months(day, months), day), "请改填暂停的月数。")
        terms["months"], terms["lines"] = months, [int(one) for one in terms.get("lines", [])]


@transaction.atomic
def notify_body(*, number: str, proposed: Proposed, by: Actor, at: datetime) -> Case:
    """This function will send the notice: what is about to be found and decided, and the body's rights. Its time runs from the day it is served.

    :raises NotAllowed: unless by those who handle it. :raises Refusal: with fewer than two officers, without evidence, for measures that do not
        fit.
    """
    case, day = locked(number), today(at)
    permissions.check_handles(by, case)
    permissions.check_may(by, "notify", case)
    state = MOVES.check("notify", State(case.state))
    facts = procedure_of(case)
    must(two_officers_handle(facts, day), "请邀请一名同事共同办理，由其接受。")
    must(evidence_is_listed(facts, day), "请先补齐证据清单。")
    put_forward(case, proposed, day)
    case.notified_at = at
    case.move_to(state)
    letter = write_notice(case, by=by, at=at)
    note("case.notified", case, by=by, at=at, letter=letter.number, measures=case.proposal, terms=case.terms, deviation=case.deviation)
    return case


@transaction.atomic
def state_case(*, number: str, statement: str, files: Sequence[tuple[str, bytes]] = (), by: Actor, at: datetime) -> Case:
    """This function will take what the body says, with its papers, until the case is sent up. What is added later stands beside the first.

    :raises NotAllowed: unless by its leader. :raises Refusal: without words, or before the notice was served.
    """
    case = _heard(number, by)
    text = words(statement, "没有填写陈述申辩的内容。", "没有意见的，可以放弃陈述申辩。")
    case.statement = f"{case.statement}\n{text}".strip() if case.statement else text
    case.stated_at, case.statement_answer, case.waived = at, "", False
    case.save()
    for name, content in files:
        attach(case=number, label=STATEMENT, name=name, content=content, by=by, at=at)
    note("case.stated", case, by=by, at=at, reason=text, files=len(files))
    ask_officers(case, "机构已陈述申辩，请复核并写明是否采纳", matter="case_answer", by=by, at=at)
    return case


@transaction.atomic
def waive_statement(*, number: str, by: Actor, at: datetime) -> Case:
    """This function will note that the body gives up speaking and asking for a hearing. :raises Refusal: once it has spoken."""
    case = _heard(number, by)
    if case.statement or case.hearing_asked_at:
        raise Refusal("已经陈述申辩或者要求听证，不需要放弃。", LAW, "请等待复核意见。")
    case.waived = True
    case.save()
    note("case.waived", case, by=by, at=at)
    close_tasks(case=number, matter=TELL, by=by, at=at, outcome="放弃陈述申辩")
    ask_officers(case, "机构放弃陈述申辩，可以报送审批", by=by, at=at)
    return case


def _heard(number: str, by: Actor) -> Case:
    """A case whose body may speak now. :raises Refusal:"""
    case = locked(number)
    permissions.check_speaks_for_body(by, case)
    letter = notice_of(case)
    if case.state != State.NOTIFIED or letter is None or not letter.is_served:
        raise Refusal(f"案件现为“{case.get_state_display()}”，现在不能陈述申辩。", LAW, "请先签收告知书；对决定不服的，可以申诉。")
    return case


@transaction.atomic
def answer_statement(*, number: str, answer: str, by: Actor, at: datetime) -> Case:
    """This function will say whether what the body said is taken up, and why. :raises Refusal: without words, or where nothing was said."""
    case = locked(number)
    permissions.check_handles(by, case)
    if case.state != State.NOTIFIED or not case.statement:
        raise Refusal("没有待复核的陈述申辩。", LAW, "请查看流转记录。")
    case.statement_answer = words(answer, "没有写明复核意见。", "请写明采纳哪些、不采纳哪些和理由。")
    case.save()
    note("case.statement_answered", case, by=by, at=at, reason=case.statement_answer)
    close_tasks(case=number, matter="case_answer", by=by, at=at, outcome="已复核")
    return case


@transaction.atomic
def ask_hearing(*, number: str, by: Actor, at: datetime) -> Case:
    """This function will take a body's wish to be heard, in its time. :raises Refusal: too late, twice, or before the notice was served."""
    case = _heard(number, by)
    letter = notice_of(case)
    assert letter is not None and letter.served_on is not None
    last = calendar().add_working_days(letter.served_on, HEARING_ASKED_WITHIN.on(letter.served_on).value)
    if today(at) > last:
        raise Refusal(f"可以要求听证到{last}为止，已经过期。", LAW, "仍可以陈述申辩；对决定不服的，可以申诉。")
    if case.hearing_asked_at is not None:
        raise Refusal("已经要求听证。", LAW, "请等待听证通知。")
    case.hearing_asked_at, case.waived = at, False
    case.save()
    note("case.hearing_asked", case, by=by, at=at)
    ask_officers(case, "机构要求听证，请确定听证日和主持人", matter="case_hearing", by=by, at=at)
    return case


@transaction.atomic
def set_hearing(*, number: str, on: date, leader: int, place: str, by: Actor, at: datetime) -> Case:
    """This function will fix a hearing: the day, and who leads it, who does not handle the case. :raises Refusal: too early to be told in time."""
    case = locked(number)
    permissions.check_handles(by, case)
    if case.state != State.NOTIFIED or case.hearing_asked_at is None:
        raise Refusal("机构没有要求听证。", LAW, "不需要安排听证。")
    before = HEARING_TOLD_BEFORE.on(today(at))
    if (on - today(at)).days < before.value:
        raise Refusal(f"听证通知应在听证前{before.value}日送达。", before.clause, "请选择更晚的日期。")
    user = users_of(case.office, today(at)).filter(pk=leader).first()
    if user is None or user.person is None or user.pk in ever_officers(case):
        raise Refusal("听证应由本单位不办理本案的人主持。", LAW, "请另选主持人。")
    case.hearing_on, case.hearing_led_by_id = on, user.pk
    case.save()
    told = [f"你单位要求听证。定于{chinese_date(on)}在{place.strip() or case.office.name}举行，由{user.person.name}主持。"]
    told.append("你单位可以委托一至二人参加，可以陈述、质证、申辩。认为主持人应当回避的，请在听证前提出。")
    issue(case, LetterKind.HEARING, told, by=by, at=at)
    note("case.hearing_set", case, by=by, at=at, note=f"{on} {user.person.name}", on=on.isoformat())
    close_tasks(case=number, matter="case_hearing", by=by, at=at, outcome="已安排听证")
    return case


@transaction.atomic
def hold_hearing(*, number: str, record_text: str, by: Actor, at: datetime) -> Case:
    """This function will have who leads the hearing put its record down, on its day or after. :raises Refusal:"""
    case = locked(number)
    permissions.check_apart(by, case)
    if case.hearing_on is None or case.state != State.NOTIFIED or case.hearing_led_by_id != by.user_id:
        raise Refusal("听证笔录由确定的主持人登记。", LAW, "请由听证主持人办理。")
    if today(at) < case.hearing_on:
        raise Refusal(f"听证定于{case.hearing_on}，还没有举行。", LAW, "请在听证当天或者以后登记。")
    case.hearing_held_on, case.hearing_record = case.hearing_on, words(record_text, "没有写听证笔录。", "请写明各方的意见。")
    case.save()
    note("case.hearing_held", case, by=by, at=at, reason=case.hearing_record)
    return case
