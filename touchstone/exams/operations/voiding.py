"""成绩无效: a decided case voids parts of a candidate's evaluation, and an undone one gives them back; what was concluded is concluded again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.certificates.operations import begin_examination, end_examination
from touchstone.exams.models import Candidate, VoidedPart
from touchstone.exams.operations.plans import locked
from touchstone.exams.operations.results import stop_notice
from touchstone.exams.operations.scores import reopen
from touchstone.exams.queries.results import scores_by_candidate
from touchstone.exams.queries.sittings import plan_parts
from touchstone.exams.states import Part, PlanState, Result
from touchstone.kernel.rules import records
from touchstone.ledger.operations import record
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.results import result


@transaction.atomic
def void_parts(*, candidate_number: str, parts: Sequence[Part], case: str, reason: str, by: Actor, at: datetime) -> list[Part]:
    """This function will void parts of a candidate's evaluation (all when none is named) by a case, and give those voided.

    Results before the public are taken back and announced anew; a certificate that was issued is examined, and its revocation put before the leader.
    The app that decided has checked who may.
    """
    candidate = Candidate.objects.select_for_update(of=("self",)).select_related("plan").get(number=candidate_number)
    chosen = [part for part in plan_parts(candidate.plan) if not parts or part in parts]
    VoidedPart.objects.bulk_create([VoidedPart(candidate=candidate, part=part, case=case, voided_at=at) for part in chosen])
    detail = {"case": case, "parts": [part.value for part in chosen]}
    record("scores.voided", candidate.number, by=by.with_key(""), at=at, reason=reason, detail=detail)
    _conclude_again(candidate, case, f"违纪违规处理{case}：{reason}", by=by, at=at)
    return chosen


@transaction.atomic
def give_back_parts(*, case: str, reason: str, by: Actor, at: datetime) -> int:
    """This function will undo what a case voided, and count the parts given back. The app that undid the decision has checked who may."""
    standing = list(VoidedPart.objects.select_for_update(of=("self",)).filter(case=case, undone_at__isnull=True))
    for key in {one.candidate_id for one in standing}:
        candidate = Candidate.objects.select_for_update(of=("self",)).select_related("plan").get(pk=key)
        VoidedPart.objects.filter(pk__in=[one.pk for one in standing if one.candidate_id == key]).update(undone_at=at)
        record("scores.given_back", candidate.number, by=by.with_key(""), at=at, reason=reason, detail={"case": case})
        _conclude_again(candidate, case, f"违纪违规处理{case}已撤销：{reason}", by=by, at=at)
    end_examination(case=case, reason=reason, by=by, at=at)
    return len(standing)


def _conclude_again(candidate: Candidate, case: str, reason: str, *, by: Actor, at: datetime) -> None:
    plan = locked(candidate.plan.number)
    if plan.state == PlanState.ANNOUNCED:
        stop_notice(plan, reason, by=by, at=at)
    if plan.state in {PlanState.HELD, PlanState.ANNOUNCED}:
        reopen(plan, {candidate.pk})
        return
    if plan.state not in {PlanState.CONFIRMED, PlanState.CERTIFIED} or not candidate.result:
        return
    found = result(scores_by_candidate(plan).get(candidate.pk, {}), Level(plan.level), plan.exam_on)
    before = candidate.result
    candidate.result, candidate.result_findings = Result.PASSED if found.passed else Result.FAILED, records(found.findings)
    candidate.save(update_fields=["result", "result_findings"])
    if plan.state == PlanState.CERTIFIED and candidate.result == Result.FAILED and before == Result.PASSED:
        begin_examination(candidate_number=candidate.number, case=case, reason=reason, by=by, at=at)
