"""资格审核办理: what stays unproven is refused or withdrawn, many are handled at once, and the review is closed."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.models import Candidate, ExceptionalCase, Plan, Upload
from touchstone.exams.operations.eligibility_evidence import check_evidence, decide_eligibility, under_review
from touchstone.exams.operations.outcomes import RowResult, first_of, refused
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.plans import locked
from touchstone.exams.operations.registration import earlier_decision, withdraw_candidate
from touchstone.exams.operations.registration_gate import RECORD
from touchstone.exams.queries.exceptions import counted_directly
from touchstone.exams.queries.payments import unpaid
from touchstone.exams.states import MOVES, CandidateState, PlanState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import unmet
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.exams.deadlines import ARRANGEMENT_BEFORE, registration_in_time
from touchstone.policy.exams.fees import fees_are_settled
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task

OPEN = (CandidateState.REGISTERED, CandidateState.UNPROVEN)


class ReviewUnfinished(Refusal):
    """The review cannot be closed yet."""


@transaction.atomic
def refuse_candidate(*, number: str, reason: str, by: Actor, at: datetime) -> Candidate:
    """This function will refuse a candidate whose condition stayed unproven. The reviewer's finding is added to the others.

    :raises Refusal: without a reason, or for a candidate who is eligible or refused already.
    """
    candidate = under_review(number, by, at)
    if candidate.state not in OPEN:
        state = CandidateState(candidate.state).label
        raise Refusal(f"该考生当前为“{state}”，不需要作此决定。", RECORD, "只有待审核、待补充证明的考生可以作不予通过决定。")
    if not reason.strip():
        raise Refusal("请填写不予通过的理由。", RECORD, "理由会告知考生，例如“未在报名截止前补交工作年限证明”。")
    detail = set_refused(candidate, reason, by=by, at=at)
    candidate.save(update_fields=["state", "findings", "satisfied_condition", "decided_at", "reviewed_by"])
    record("candidate.refused", number, by=by, at=at, reason=reason, detail=detail)
    return candidate


def set_refused(candidate: Candidate, reason: str, *, by: Actor, at: datetime) -> dict[str, Any]:
    """This function will set (not save) the reviewer's decision against a candidate and give what the ledger tells of it."""
    before = earlier_decision(candidate)
    finding = {**unmet(reason.strip(), RECORD).as_record(), "part": "review", "title": "审核人决定"}
    candidate.state, candidate.findings = CandidateState.INELIGIBLE, [*candidate.findings, finding]
    candidate.satisfied_condition, candidate.decided_at, candidate.reviewed_by_id = "", at, by.user_id
    return {"before": before, "findings": candidate.findings}


def review_batch(*, numbers: Sequence[str], act: str, by: Actor, at: datetime, reason: str = "", remark: str = "") -> list[RowResult]:
    """This function will do one thing (`employment` checked, `decide` anew, `refuse`, `withdraw`) to many candidates.

    Each is an operation of its own with its own outcome; one that is refused does not keep back the others.
    """
    verbs: dict[str, Callable[[str], Any]] = {
        "employment": lambda n: check_evidence(number=n, kind=ProofKind.EMPLOYMENT, facts={}, remark=remark or reason, by=by, at=at),
        "decide": lambda n: decide_eligibility(number=n, by=by, at=at),
        "refuse": lambda n: refuse_candidate(number=n, reason=reason, by=by, at=at),
        "withdraw": lambda n: withdraw_candidate(number=n, reason=reason, by=by, at=at),
    }
    if act not in verbs:
        raise Refusal("请选择要办理的事项。", RECORD, "可以核对用工证明、重新判定、不予通过或办理退出。")
    if not numbers:
        raise Refusal("没有选择考生。", RECORD, "请先勾选要办理的考生。")
    return [_row(number, verbs[act]) for number in numbers]


def _row(number: str, verb: Callable[[str], Any]) -> RowResult:
    try:
        candidate = verb(number)
    except Refusal as refusal:
        name = Candidate.objects.filter(number=number).values_list("name", flat=True).first() or ""
        return refused(number, name, str(refusal))
    except Candidate.DoesNotExist:
        return refused(number, "", "没有这名考生。")
    return RowResult(number, candidate.name, True, f"现为“{CandidateState(candidate.state).label}”。")


@transaction.atomic
def close_review(*, number: str, by: Actor, at: datetime) -> Plan:
    """This function will close the review: everyone is eligible, not eligible, or withdrawn; the roster stands.

    :raises ReviewUnfinished: naming how many are still open, or that nobody is eligible, or that a workbook is in work.
    """
    plan = locked(number)
    permissions.check_may(by, "close_review", plan)
    state = MOVES.check("close_review", PlanState(plan.state))
    check_not_stopped(plan, at.date())
    if plan.uploads.filter(state__in=[Upload.State.WAITING, Upload.State.RUNNING]).exists():
        raise ReviewUnfinished("有一份报名表正在处理，还不能完成审核。", RECORD, "请等处理完成后再办理。")
    counts = dict(plan.candidates.order_by().values_list("state").annotate(count=Count("pk")))
    left = sum(counts.get(one.value, 0) for one in OPEN)
    if left:
        raise ReviewUnfinished(f"还有{left}名考生没有审核结论。", RECORD, "请核对其佐证材料，或作不予通过决定、办理退出。")
    if ExceptionalCase.objects.filter(candidate__plan=plan, granted__isnull=True).exclude(candidate__state=CandidateState.WITHDRAWN).exists():
        raise ReviewUnfinished("还有直接认定或破格申请没有决定。", RECORD, "请机构负责人作出决定，或为该考生办理退出。")
    if not counts.get(CandidateState.ELIGIBLE.value):
        raise ReviewUnfinished("没有符合条件的考生，不能进入考务编排。", RECORD, "请继续报名，或取消本计划。")
    directly, examined = counted_directly(plan)
    if directly and examined:
        sentence = f"有{directly}人直接认定，{examined}人需要考试，不能在同一个计划中。"
        raise ReviewUnfinished(sentence, RECORD, "请为直接认定的人员办理退出，另行编制计划。")
    day = at.date()
    owing = unpaid(plan)
    settled = fees_are_settled(owing, day)
    if settled.outcome != "met":
        named = first_of([one.partition("（")[0] for one in owing])
        step = "请催缴，或在“缴费名单”写明理由免缴，或为其办理退出。"
        raise ReviewUnfinished(f"{settled.reason}：{named}。", settled.clause, step, tuple(owing))
    found = registration_in_time(day, plan.exam_on, calendar(), day)
    plan.move_to(state)
    detail = {"counts": counts, "in_time": found.as_record(), "fees": settled.as_record()}
    record("plan.reviewed", number, by=by, at=at, detail=detail)
    close_tasks(case=number, matter="close_review", by=by, at=at, outcome=f"符合条件{counts[CandidateState.ELIGIBLE.value]}人")
    open_task(
        case=number,
        matter="arrange",
        title=f"{'确认直接认定' if directly else '考务编排'}：{plan.title}"[:200],
        office_id=plan.body.office_id,
        role=Role.BODY_PLANNER,
        by=by,
        at=at,
        due_on=calendar().add_working_days(plan.exam_on, -ARRANGEMENT_BEFORE.on(day).value),
    )
    return plan


@transaction.atomic
def reopen_review(*, number: str, reason: str, by: Actor, at: datetime) -> Plan:
    """This function will open registration and review again. :raises Refusal: without a reason."""
    plan = locked(number)
    permissions.check_may(by, "reopen_review", plan)
    state = MOVES.check("reopen_review", PlanState(plan.state))
    check_not_stopped(plan, at.date())
    if not reason.strip():
        raise Refusal("请填写重新开放报名的理由。", RECORD, "理由会留在流转记录中。")
    from touchstone.exams.operations.plan_report import ask_to_register

    plan.move_to(state)
    record("plan.review_reopened", number, by=by, at=at, reason=reason)
    close_tasks(case=number, matter="arrange", by=by, at=at, outcome="重新开放报名")
    ask_to_register(plan, by=by, at=at)
    return plan
