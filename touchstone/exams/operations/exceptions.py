"""直接认定和破格: an enterprise puts somebody forward on merit, its leader decides, and a plan in which nobody is examined goes on to its results."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.facts.evaluating import kind_of_plan
from touchstone.exams.models import Candidate, ExceptionalCase, Plan
from touchstone.exams.operations.eligibility import registered_certificates
from touchstone.exams.operations.eligibility_evidence import decided_again, under_review
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.plans import RECORD, locked
from touchstone.exams.operations.registration import candidate_locked, earlier_decision
from touchstone.exams.queries.dual import second_of
from touchstone.exams.queries.exceptions import counted_directly, exceptions_of, granted_above
from touchstone.exams.queries.sittings import entrants
from touchstone.exams.states import MOVES, CandidateState, PlanState, Result
from touchstone.files.operations import attach
from touchstone.files.queries import of_case
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, Outcome, all_met, records, unmet
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.eligibility import exceptions as law
from touchstone.policy.eligibility.admission import Ground
from touchstone.policy.eligibility.exceptions import Mode
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.deadlines import NOTICE_FROM_WITHIN
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task

__all__ = ["add_merit_paper", "decide_exception", "hold_directly", "put_forward_exception", "take_back_exception"]


@transaction.atomic
def add_merit_paper(*, number: str, name: str, content: bytes, by: Actor, at: datetime) -> None:
    """This function will keep a paper that shows somebody's merit under the candidate. :raises Refusal: when the review is closed."""
    candidate = under_review(number, by, at)
    permissions.check_may(by, "put_forward_exception", candidate.plan)
    attach(case=candidate.number, label=ExceptionalCase.LABEL, name=name, content=content, by=by, at=at)


@transaction.atomic
def put_forward_exception(*, number: str, mode: Mode, merit: str, words: str, by: Actor, at: datetime) -> ExceptionalCase:
    """This function will put a candidate forward on a merit; what was put forward before and not decided is replaced.

    :raises Refusal: for those the exception is not open to, a merit that does not open the level, too far a leap, or no room.
    """
    candidate = under_review(number, by, at)
    permissions.check_may(by, "put_forward_exception", candidate.plan)
    before = ExceptionalCase.objects.filter(candidate=candidate).first()
    if before is not None and before.granted is not None:
        raise Refusal(f"{candidate.name}的{Mode(before.mode).label}已有决定。", RECORD, "决定不能改动；有新业绩的，请在以后的计划中提出。")
    if candidate.state == CandidateState.ELIGIBLE and mode is Mode.ABOVE:
        raise Refusal(f"{candidate.name}已符合申报条件，不需要破格。", RECORD, "按申报条件参加评价即可。")
    found = _findings(candidate, mode, merit, words, at)
    wrong = [one for one in found if one.outcome is Outcome.UNMET]
    if wrong:
        details = tuple(f"{one.reason}（依据：{one.clause}）" for one in wrong[1:])
        raise Refusal(f"{wrong[0].reason}。", wrong[0].clause, "请核对方式、情形和等级。", details)
    case = before or ExceptionalCase(candidate=candidate)
    case.mode, case.merit, case.words = mode, merit, words.strip()
    case.merit_words = law.MERITS.on(candidate.applied_on).value[merit].words
    case.findings, case.put_forward_at, case.put_forward_by_id = records(found), at, by.user_id
    case.save()
    detail = {"mode": mode.value, "merit": merit, "findings": case.findings}
    record("exception.put_forward", number, by=by, at=at, reason=case.words, detail=detail)
    title = f"{mode.label}：{candidate.name} {candidate.plan.title}"[:200]
    office, due = candidate.plan.body.office_id, candidate.plan.registration_closes_on
    open_task(case=candidate.plan.number, matter="decide_exception", title=title, office_id=office, role=Role.BODY_LEADER, by=by, at=at, due_on=due)
    return case


@transaction.atomic
def decide_exception(*, number: str, granted: bool, words: str, by: Actor, at: datetime) -> ExceptionalCase:
    """This function will decide about an exception; once granted the candidate is eligible, whatever the ladder says.

    :raises Refusal: without words, while papers are missing, when decided already, or when there is no room any more.
    """
    candidate = under_review(number, by, at)
    permissions.check_may(by, "decide_exception", candidate.plan)
    case = ExceptionalCase.objects.select_for_update().filter(candidate=candidate).first()
    if case is None or case.granted is not None:
        raise Refusal("没有等待决定的直接认定或破格申请。", RECORD, "请刷新页面查看最新情况。")
    if not words.strip():
        raise Refusal("请填写决定意见。", RECORD, "写明集体研究的情况和认可或者不认可的理由。")
    if granted:
        found = _findings(candidate, Mode(case.mode), case.merit, case.words, at)
        all_met(found, "请补齐后再认可。")
        case.findings = records(found)
    case.granted, case.decision = granted, words.strip()
    case.decided_at, case.decided_by_id = at, by.user_id
    case.save()
    before = earlier_decision(candidate)
    detail = {"mode": case.mode, "merit": case.merit, "granted": granted, "findings": case.findings}
    record("exception.decided", number, by=by, at=at, reason=case.decision, detail=detail)
    decided_again(candidate, before, "candidate.decided", {}, "", by=by.with_key(""), at=at)
    others = ExceptionalCase.objects.filter(candidate__plan=candidate.plan, granted__isnull=True).exists()
    if not others:
        close_tasks(case=candidate.plan.number, matter="decide_exception", by=by, at=at, outcome="已决定")
    return case


@transaction.atomic
def hold_directly(*, plan_number: str, by: Actor, at: datetime) -> Plan:
    """This function will take a plan in which everybody is recognised directly on to its results, without a sitting: each has passed by the decision.

    :raises Refusal: while anybody is to be examined, or before the day of the plan.
    """
    plan = locked(plan_number)
    permissions.check_may(by, "hold_directly", plan)
    state, day = MOVES.check("hold_directly", PlanState(plan.state)), localtime(at).date()
    check_not_stopped(plan, day)
    directly, examined = counted_directly(plan)
    if not directly or examined:
        sentence = f"本计划有{examined}名考生需要考试，不能整体直接认定。" if examined else "本计划没有直接认定的人员。"
        raise Refusal(sentence, RECORD, "直接认定的人员请单独编制计划；混在一起的，请重新开放报名后办理退出。")
    if second_of(plan) is not None:
        raise Refusal("一考双证的计划须组织考试，不能直接认定。", RECORD, "请另行编制计划。")
    if day < plan.exam_on:
        raise Refusal(f"认定日期为{plan.exam_on}，还没有到。", RECORD, "到认定日期再确认；确需提前的，请变更计划日期。")
    cases, people = exceptions_of(plan), list(entrants(plan))
    for one in people:
        one.result, one.result_findings = Result.PASSED, cases[one.pk].findings
    Candidate.objects.bulk_update(people, ["result", "result_findings"], batch_size=500)
    plan.move_to(state)
    record("plan.held_directly", plan.number, by=by, at=at, detail={"recognised": len(people)})
    close_tasks(case=plan.number, by=by, at=at, outcome="直接认定，不组织考试")
    due = calendar().add_working_days(plan.exam_on, NOTICE_FROM_WITHIN.on(plan.exam_on).value)
    title, office = f"公示直接认定结果：{plan.title}"[:200], plan.body.office_id
    open_task(case=plan.number, matter="announce_results", title=title, office_id=office, role=Role.BODY_LEADER, by=by, at=at, due_on=due)
    return plan


@transaction.atomic
def take_back_exception(*, number: str, words: str, by: Actor, at: datetime) -> Candidate:
    """This function will take back a direct recognition after an objection was found right: the person has not passed, the others go on.

    :raises Refusal: unless the notice was stopped, for an exam that was held, or without words.
    """
    candidate = candidate_locked(number)
    permissions.check_may(by, "decide_exception", candidate.plan)
    case = ExceptionalCase.objects.filter(candidate=candidate, granted=True, mode=Mode.DIRECT).first()
    if case is None or candidate.plan.state != PlanState.HELD or candidate.result != Result.PASSED:
        raise Refusal("现在没有可以撤回的直接认定。", RECORD, "公示中的，异议成立、公示中止后撤回；已经发证的，按证书撤销办理。")
    if not words.strip():
        raise Refusal("请写明撤回的理由。", RECORD, "写明异议核查的情况。")
    finding = {**unmet(words.strip(), RECORD).as_record(), "title": "撤回直接认定"}
    candidate.result, candidate.result_findings = Result.FAILED, [*candidate.result_findings, finding]
    candidate.save(update_fields=["result", "result_findings"])
    record("exception.taken_back", number, by=by, at=at, reason=words.strip(), detail={"findings": candidate.result_findings})
    return candidate


def _findings(candidate: Candidate, mode: Mode, merit: str, words: str, at: datetime) -> list[Finding]:
    plan, day = candidate.plan, candidate.applied_on
    level = Level(plan.level)
    held = registered_certificates([candidate.person_id], plan).get(candidate.person_id, [])
    proof = candidate.proofs.get("certificate") or {}
    levels = [*(Level(one.level) for one in held), *([Level(proof["level"])] if proof else [])]
    papers = of_case(candidate.number, ExceptionalCase.LABEL).count()
    return [
        law.open_to_own_staff(kind_of_plan(plan), Ground(candidate.ground), day),
        law.merit_opens_the_level(merit, mode, level, day),
        law.merit_is_shown(words, papers, day),
        law.leap_is_in_bounds(mode, min(levels, default=None), level, day),
        law.share_is_in_bounds(mode, granted_above(plan), plan.quota, day),
    ]
