"""告知承诺不实: somebody's undertaking is doubted from outside, found false by a case, or was not after all."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.certificates.operations import begin_examination
from touchstone.exams import permissions
from touchstone.exams.models import Candidate
from touchstone.exams.operations.registration import candidate_locked, earlier_decision
from touchstone.exams.operations.registration_gate import RECORD
from touchstone.exams.states import CandidateState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import unmet
from touchstone.ledger.operations import record
from touchstone.policy.documents import our_default
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task

DOUBTED = "undertaking_doubted"


@transaction.atomic
def refer_undertaking(*, candidate_number: str, facts: str, by: Actor, at: datetime) -> Candidate:
    """This function will hand what an office found out about somebody's undertaking to the body that evaluated them, which looks into it and decides.

    :raises NotAllowed: unless whoever supervises the body asks. :raises Refusal: without facts, or when it is decided already.
    """
    candidate = candidate_locked(candidate_number)
    permissions.check_may_refer(by, candidate)
    if not facts.strip():
        raise Refusal("请写明发现了什么、依据什么材料。", RECORD, "评价机构据此核查，并听取本人陈述申辩。")
    if candidate.disqualified_by:
        raise Refusal(f"这名考生的资格已经取消（案件{candidate.disqualified_by}）。", RECORD, "请在违纪违规案件中查看。")
    record("candidate.undertaking_doubted", candidate_number, by=by, at=at, reason=facts.strip())
    title = f"核查告知承诺：{candidate.name} {candidate.plan.title}（{by.office_name}提出）"[:200]
    office = candidate.plan.body.office_id
    open_task(case=candidate_number, matter=DOUBTED, title=title, office_id=office, role=Role.BODY_PLANNER, by=by, at=at)
    return candidate


@transaction.atomic
def disqualify(*, candidate_number: str, case: str, reason: str, by: Actor, at: datetime) -> Candidate:
    """This function will take eligibility from somebody whose undertaking a case has found false, and have examined whatever certificate came of it.
    The decision before stays with it, and comes back when the case is undone. The app that decided has checked who may.
    """
    candidate = candidate_locked(candidate_number)
    before = earlier_decision(candidate)
    kept = {"state": candidate.state, "satisfied": candidate.satisfied_condition}
    finding = unmet(f"告知承诺不实，取消资格（案件{case}）：{reason}", our_default("考生告知承诺")).as_record()
    candidate.findings = [*candidate.findings, {**finding, "part": "undertaking", "title": "告知承诺", "before": kept}]
    candidate.disqualified_by, candidate.satisfied_condition = case, ""
    if candidate.state != CandidateState.WITHDRAWN:
        candidate.state = CandidateState.INELIGIBLE
    candidate.save(update_fields=["findings", "disqualified_by", "satisfied_condition", "state"])
    record("candidate.disqualified", candidate_number, by=by.with_key(""), at=at, reason=reason, detail={"case": case, "before": before})
    begin_examination(candidate_number=candidate_number, case=case, reason=f"告知承诺不实，案件{case}：{reason}", by=by, at=at)
    return candidate


@transaction.atomic
def requalify(*, case: str, reason: str, by: Actor, at: datetime) -> int:
    """This function will give back what a case took that was undone, and count whom it gave it back to. The app that undid it has checked who may."""
    numbers = list(Candidate.objects.filter(disqualified_by=case).values_list("number", flat=True))
    for number in numbers:
        candidate = candidate_locked(number)
        taken = next(one for one in candidate.findings if one.get("part") == "undertaking")
        candidate.findings = [one for one in candidate.findings if one is not taken]
        candidate.disqualified_by, candidate.satisfied_condition = "", taken["before"]["satisfied"]
        if candidate.state != CandidateState.WITHDRAWN:
            candidate.state = taken["before"]["state"]
        candidate.save(update_fields=["findings", "disqualified_by", "satisfied_condition", "state"])
        record("candidate.requalified", number, by=by.with_key(""), at=at, reason=reason, detail={"case": case})
    return len(numbers)


def close_doubt(*, candidate_number: str, case: str, by: Actor, at: datetime) -> None:
    """This function will close what was put before a body about somebody's undertaking: a case has been opened. Part of that operation."""
    close_tasks(case=candidate_number, matter=DOUBTED, by=by, at=at, outcome=f"已立案{case}")
