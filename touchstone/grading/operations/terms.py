"""备案期满评估: before a filing ends its whole term is looked at, one proposes and another decides, and the renewal rests on it."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.bodies.operations import enter_expiry_evaluation
from touchstone.filings.queries import filing as filing_named
from touchstone.grading import permissions
from touchstone.grading.facts.known import leading_offices
from touchstone.grading.facts.terms import term_facts
from touchstone.grading.models import TermEvaluation
from touchstone.grading.operations._case import said
from touchstone.grading.states import TERM_MOVES, TermState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.roles import Role
from touchstone.policy.supervision.assessment import LAW, Band, evaluation_is_due, term_was_good
from touchstone.tasks.operations import close_tasks, open_task


@transaction.atomic
def open_evaluation(*, filing: str, by: Actor, at: datetime) -> TermEvaluation:
    """This function will open the evaluation of a filing near its end; opened twice, it is the same.

    :raises NotAllowed: unless by the city centre or the platform. :raises Refusal: before its time.
    """
    permissions.check_may_open(by)
    found, day = filing_named(filing, PLATFORM), localtime(at).date()
    if found.until is None:
        raise Refusal(f"{filing}不是有效的备案。", LAW, "请核对备案编号。")
    before = TermEvaluation.objects.filter(filing=filing, until=found.until).first()
    if before is not None:
        return before
    due = evaluation_is_due(term_facts(found, day).facts, day)
    if due.outcome is not Outcome.MET:
        raise Refusal(f"{due.reason}。", due.clause, "请在期满前办理。")
    office = leading_offices([found], day)[found.body_id]
    made = TermEvaluation.objects.create(
        number=f"QM{at:%Y}{next_serial(f'term-evaluation-{at:%Y}'):05d}",
        filing=filing,
        body=found.body,
        office=office,
        until=found.until,
        opened_at=at,
    )
    record("term_evaluation.opened", made.number, by=by, at=at, detail={"filing": filing, "until": found.until.isoformat(), "finding": due.reason})
    role = Role.SUPERVISOR if office.district else Role.INTAKE_CLERK
    title = f"备案期满评估：{found.body.name}（{found.until}期满）"
    open_task(case=made.number, matter="evaluate_term", title=title, office_id=office.pk, role=role, by=by, at=at, due_on=found.until)
    return made


@transaction.atomic
def opine_on_term(*, number: str, words: str, by: Actor, at: datetime) -> TermEvaluation:
    """This function will put down the opinion of who looked at the term, with what was known then, before the director.

    :raises Refusal: without words.
    """
    found, day = _locked(number), localtime(at).date()
    permissions.check_may(by, "opine", found)
    state = TERM_MOVES.check("opine", TermState(found.state))
    term = term_facts(filing_named(found.filing, PLATFORM), day)
    found.opinion, found.opined_at, found.opined_by_id = said(words, "没有写评估意见。")[:4000], at, by.user_id
    found.told, found.findings = term.lines, records([term_was_good(term.facts, day)])
    found.move_to(state)
    record("term_evaluation.opined", number, by=by, at=at, reason=found.opinion, detail={"told": term.lines, "findings": found.findings})
    close_tasks(case=number, by=by, at=at, outcome="已提出意见")
    title = f"决定备案期满评估：{found.body.name}"
    open_task(
        case=number, matter="decide_term", title=title, office_id=found.office_id, role=Role.DIRECTOR, by=by, at=at, due_on=found.until
    )
    return found


@transaction.atomic
def decide_term(*, number: str, passed: bool, words: str, by: Actor, at: datetime) -> TermEvaluation:
    """This function will decide what a term comes to; the renewal rests on it from now on.

    :raises Refusal: by who gave the opinion; for 合格 where the law does not find it good; without words where the finding is open or not followed.
    """
    found, day = _locked(number), localtime(at).date()
    permissions.check_may(by, "decide", found)
    state = TERM_MOVES.check("decide", TermState(found.state))
    if found.opined_by_id == by.user_id:
        raise Refusal("提出意见和作出结论不能由同一人办理。", LAW, "请由其他负责人决定。")
    term = term_facts(filing_named(found.filing, PLATFORM), day)
    finding = term_was_good(term.facts, day)
    if passed and finding.outcome is Outcome.UNMET:
        raise Refusal(f"{finding.reason}，不能评为合格。", finding.clause, "请评为不合格，或者在情形消除后再评。")
    if (passed and finding.outcome is Outcome.UNPROVEN) or (not passed and finding.outcome is Outcome.MET):
        said(words, f"{finding.reason}，结论没有写明理由。")
    found.passed, found.words, found.decided_at, found.decided_by_id = passed, words.strip()[:4000], at, by.user_id
    found.told, found.findings = term.lines, records([finding])
    found.move_to(state)
    summary = "；".join(one for one in (finding.reason, found.opinion, found.words) if one)
    band = Band(term.facts.bands[-1]).label if term.facts.bands else ""
    enter_expiry_evaluation(body=found.body, filing=found.filing, passed=passed, summary=summary, grade=band, by=by.with_key(""), at=at)
    detail = {"filing": found.filing, "passed": passed, "findings": found.findings, "note": "合格" if passed else "不合格"}
    record("term_evaluation.decided", number, by=by, at=at, reason=found.words, detail=detail)
    close_tasks(case=number, by=by, at=at, outcome="评估合格" if passed else "评估不合格")
    return found


def _locked(number: str) -> TermEvaluation:
    rows = TermEvaluation.objects.select_for_update(of=("self",)).select_related("body__office", "office")
    found = rows.filter(number=number).first()
    if found is None:
        raise Refusal(f"没有编号为{number}的期满评估。", LAW, "请从列表中打开。")
    return found
