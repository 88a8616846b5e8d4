"""往事·报名: how was a plan drafted, reported and signed for, who was registered in it, what was proved of them, and who was refused?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.facts.decision import Decided, decided
from touchstone.exams.facts.proofs import read_proof
from touchstone.exams.models import Candidate
from touchstone.exams.operations.eligibility_review import set_refused
from touchstone.exams.operations.past.book import Book
from touchstone.exams.operations.plan_checks import scope_findings
from touchstone.exams.operations.plans import told_of
from touchstone.exams.operations.registration import earlier_decision
from touchstone.exams.permissions import has_district
from touchstone.exams.states import CandidateState
from touchstone.kernel.rules import records
from touchstone.ledger.numbering import next_serials
from touchstone.policy.exams.deadlines import ARRANGEMENT_BEFORE, PLAN_SIGNED_WITHIN, REGISTRATION_BEFORE, plan_in_time, registration_in_time
from touchstone.policy.exams.fees import fees_are_settled
from touchstone.policy.roles import Role

if TYPE_CHECKING:
    from touchstone.accounts.models import Person


@dataclass(frozen=True)
class PastEntry:
    """Somebody who was registered: who, on what ground, what they declared, and what they can prove (facts and remark by kind).

    `handed_in` says whether they brought their papers.
    """

    person: "Person"
    ground: str
    employment: str
    employer: str
    condition: str
    claims: dict[str, Any]
    proofs: Mapping[str, Mapping[str, Any]]
    handed_in: bool = True


def drafted(book: Book) -> None:
    """This function will tell that the plan was drafted."""
    book.note("plan.drafted", book.plan.number, book.planner, book.moments.drafted, told_of(book.plan))


def reported(book: Book, bureau: int | None) -> None:
    """This function will report the plan, and put it before the district (`bureau`: its office) where the body has one."""
    plan, at = book.plan, book.moments.reported
    day = at.date()
    timely = [plan_in_time(day, plan.exam_on, book.calendar), registration_in_time(plan.registration_closes_on, plan.exam_on, book.calendar, day)]
    plan.reported_at, plan.findings = at, records([*scope_findings(plan, day), *timely])
    book.note("plan.reported", plan.number, book.planner, at, {"exam_on": plan.exam_on.isoformat(), "findings": plan.findings})
    if has_district(book.kind) and bureau is not None:
        title = f"认定计划签收：{plan.body.name} {plan.title}"
        due = min(book.calendar.add_working_days(day, PLAN_SIGNED_WITHIN.on(day).value), plan.exam_on)
        book.owe("sign_for_plan", title, bureau, Role.SUPERVISOR, book.planner, at, due)
    book.owe_planner("close_review", "报名和资格审核", book.planner, at, book.after(-REGISTRATION_BEFORE.on(day).value))


def signed_for(book: Book) -> None:
    """This function will tell that the district has received the plan, where the body has one."""
    if book.district is None or not has_district(book.kind):
        return
    at = book.plan.signed_for_at = book.moments.signed
    book.note("plan.signed_for", book.plan.number, book.district, at)
    book.done("sign_for_plan", book.district, at, "已签收")


def registered(book: Book, entries: Sequence[PastEntry]) -> None:
    """This function will register people and decide about each with what was declared only, then again with each proof that was checked."""
    plan, at = book.plan, book.moments.registered
    if not entries:
        return
    book.note("people.entered", plan.number, book.planner, at, {"new": len(entries)})
    for entry, serial in zip(entries, next_serials(f"candidate-{plan.number}", len(entries)), strict=True):
        one = Candidate(
            number=f"KS{plan.number[2:]}{serial:05d}",
            plan=plan,
            person=entry.person,
            name=entry.person.name,
            name_key=entry.person.name_key,
            ground=entry.ground,
            employment=entry.employment,
            employer=entry.employer,
            applied_on=at.date(),
            condition=entry.condition,
            claims=entry.claims,
        )
        _decide(book, one, at)
        book.candidates.append(one)
        detail = {"candidate": one.number, "state": one.state, "findings": one.findings}
        book.note("candidate.registered", one.number, book.planner, at, detail)
        if entry.handed_in:
            _check(book, one, entry.proofs, book.moments.checked)


def _decide(book: Book, one: Candidate, at: datetime) -> Decided:
    found = decided(
        one,
        level=book.plan.level,
        evaluator=book.evaluator,
        birthday=one.person.birthday,
        held=(),
        standard=book.standard,
        occupation=book.plan.occupation.code,
    )
    one.state, one.satisfied_condition, one.admitted_by = found.state, found.satisfied, found.admitted_by
    # as the table gives it back to the next operation, which writes it down
    one.findings, one.decided_at, one.reviewed_by_id = found.findings, at.astimezone(UTC), book.planner.user_id
    return found


def _check(book: Book, one: Candidate, proofs: Mapping[str, Mapping[str, Any]], at: datetime) -> None:
    if one.state != CandidateState.UNPROVEN:
        return
    for kind, brought in proofs.items():
        facts = {key: value for key, value in brought.items() if key not in {"attachments", "remark"}}
        proof = read_proof(ProofKind(kind), facts, birthday=one.person.birthday, day=one.applied_on)
        proof |= {"attachments": [], "remark": brought["remark"], "checked_by": book.planner.person_name, "checked_at": at.isoformat()}
        before = earlier_decision(one)
        one.proofs = {**one.proofs, kind: proof}
        found = _decide(book, one, at)
        told = {"kind": kind, "proof": proof, "before": before, "state": found.state.value, "satisfied": found.satisfied, "findings": found.findings}
        book.note("candidate.evidence_checked", one.number, book.planner, at, told, reason=brought["remark"])


def reviewed(book: Book) -> None:
    """This function will refuse who brought nothing that proves the condition, and close the review."""
    plan, at = book.plan, book.moments.reviewed
    for one in book.candidates:
        if one.state == CandidateState.UNPROVEN:
            reason = "未在报名截止前补交证明材料"
            book.note("candidate.refused", one.number, book.planner, at, set_refused(one, reason, by=book.planner, at=at), reason=reason)
    counts = dict(Counter(CandidateState(one.state).value for one in book.candidates))
    day = at.date()
    timely, nobody_owes = registration_in_time(day, plan.exam_on, book.calendar, day), fees_are_settled((), day)
    book.note("plan.reviewed", plan.number, book.planner, at, {"counts": counts, "in_time": timely.as_record(), "fees": nobody_owes.as_record()})
    book.done("close_review", book.planner, at, f"符合条件{counts.get('eligible', 0)}人")
    book.owe_planner("arrange", "考务编排", book.planner, at, book.after(-ARRANGEMENT_BEFORE.on(day).value))


def cancelled(book: Book, at: datetime, reason: str) -> None:
    """This function will cancel the plan."""
    book.note("plan.cancelled", book.plan.number, book.planner, at, {"candidates": len(book.candidates)}, reason=reason)
    book.done("", book.planner, at, "计划已取消")
