"""处理决定: the body's leader decides, and what follows takes effect at once: scores void, eligibility taken, the person kept away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.accounts.operations import restrict_person
from touchstone.accounts.queries import city_centre, district_bureau
from touchstone.exams.operations.undertakings import disqualify
from touchstone.exams.operations.voiding import void_parts
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import all_met, records
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.exams.parts import Part
from touchstone.policy.roles import BodyKind
from touchstone.policy.violations.acts import UNTRUE, Party, Tier
from touchstone.policy.violations.hearing import APPEAL_WITHIN, was_heard
from touchstone.policy.violations.measures import Measure, bar_is_in_bounds, measure_fits, untrue_voids_all
from touchstone.revocations.operations import take_over_examined
from touchstone.tasks.operations import close_tasks
from touchstone.violations import permissions
from touchstone.violations.models import Violation
from touchstone.violations.operations.recording import locked
from touchstone.violations.states import LAW, MOVES, State


@dataclass(frozen=True)
class Decision:
    """What the leader decides: the measure, why, the part that counts for nothing, and until when (exclusive) the person is kept away."""

    measure: Measure
    reason: str
    part: Part | None = None
    until: date | None = None


@transaction.atomic
def decide_violation(*, number: str, decision: Decision, by: Actor, at: datetime) -> Violation:
    """This function will decide a case; scores are voided and the person is kept away from this moment on.

    :raises Refusal: before the person was heard, for a measure heavier than the tier allows, a term too long, or without reason.
    """
    case = locked(number)
    permissions.check_may(by, "decide", case)
    state = MOVES.check("decide", State(case.state))
    day, party, tier = localtime(at).date(), Party(case.party), Tier(case.tier)
    if not decision.reason.strip():
        raise Refusal("请写明处理理由。", LAW, "理由写入决定书，并告知本人。")
    told_on = localtime(case.notified_at).date() if case.notified_at else None
    found = [
        was_heard(told_on, bool(case.statement), case.waived, day, calendar()),
        measure_fits(party, tier, decision.measure, case.happened_on),
        untrue_voids_all(case.act, decision.measure, case.happened_on),
    ]
    if decision.measure is Measure.BARRED:
        if decision.until is None:
            raise Refusal("请填写限制到哪一天。", LAW, "限制到该日以前，该日起可以参加。")
        found.append(bar_is_in_bounds(party, tier, day, decision.until, case.happened_on))
    all_met(found, "请补齐后再作决定。")
    part = Part(case.part) if case.part else decision.part
    if decision.measure is Measure.PART_VOID and part is None:
        raise Refusal("请选择成绩无效的科目。", LAW, "案件没有对应的场次时，须指明科目。")
    case.measure, case.reason = decision.measure, decision.reason.strip()
    case.until = decision.until if decision.measure is Measure.BARRED else None
    case.decided_at, case.decided_by_id = at, by.user_id
    case.findings = [*case.findings, *records(found)]
    case.appeal_to = district_bureau(case.body.district) if case.body.kind != BodyKind.SOCIAL and case.body.district else city_centre()
    case.appeal_until = calendar().add_working_days(day, APPEAL_WITHIN.on(day).value)
    case.parts = _take_effect(case, part, by=by, at=at)
    case.move_to(state)
    detail = {
        "measure": case.measure,
        "parts": case.parts,
        "until": str(case.until or ""),
        "clause": case.clause,
        "appeal_until": case.appeal_until.isoformat(),
        "findings": records(found),
    }
    record("violation.decided", number, by=by, at=at, reason=case.reason, detail=detail)
    close_tasks(case=number, by=by, at=at, outcome="已作处理决定")
    return case


@transaction.atomic
def drop_violation(*, number: str, reason: str, by: Actor, at: datetime) -> Violation:
    """This function will end a case without a measure; the record stays. :raises Refusal: without a reason."""
    case = locked(number)
    permissions.check_may(by, "drop", case)
    state = MOVES.check("drop", State(case.state))
    if not reason.strip():
        raise Refusal("请写明不予处理的理由。", LAW, "理由与案件一并存档。")
    case.reason, case.decided_at, case.decided_by_id = reason.strip(), at, by.user_id
    case.move_to(state)
    record("violation.dropped", number, by=by, at=at, reason=case.reason)
    close_tasks(case=number, by=by, at=at, outcome="不予处理")
    return case


def _take_effect(case: Violation, part: Part | None, *, by: Actor, at: datetime) -> list[str]:
    """Push down what follows: to the scores of the plan, and to the person."""
    measure, party = Measure(case.measure), Party(case.party)
    voided: Sequence[Part] = ()
    if case.candidate is not None and measure is not Measure.RECORDED:
        only = (part,) if measure is Measure.PART_VOID and part is not None else ()
        voided = void_parts(candidate_number=case.candidate.number, parts=only, case=case.number, reason=case.act_words, by=by, at=at)
        if case.act in UNTRUE:
            disqualify(candidate_number=case.candidate.number, case=case.number, reason=case.act_words, by=by, at=at)
        statement = f"（案件{case.number}中）{case.statement or '放弃陈述申辩。'}" if case.statement or case.waived else ""
        reason = f"{case.act_words}：{case.reason}"
        take_over_examined(origin=case.number, reason=reason, statement=statement, by=by, at=at)
    if measure is Measure.BARRED and case.until is not None:
        since = localtime(at).date()
        told = {"reason": case.act_words, "case": case.number, "clause": case.clause}
        restrict_person(person=case.person, party=party, since=since, until=case.until, by=by, at=at, **told)
    return [one.value for one in voided]
