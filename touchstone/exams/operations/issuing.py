"""核发证书: when the notice is over, everyone who passed gets a certificate of the body that evaluated."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.certificates.operations import Award, Issued, issue
from touchstone.exams import permissions
from touchstone.exams.facts.evaluating import kind_of_plan
from touchstone.exams.models import Candidate, ExceptionalCase, Plan
from touchstone.exams.operations.apprentices import fix_levels
from touchstone.exams.operations.archive import owe_archive
from touchstone.exams.operations.dual import issue_second
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.plans import RECORD, locked
from touchstone.exams.queries.exceptions import exceptions_of
from touchstone.exams.queries.results import MATTER, scores_by_candidate
from touchstone.exams.queries.sittings import entrants
from touchstone.exams.queries.winding import standing_fate
from touchstone.exams.states import MOVES, Fate, Part, PlanState, Result
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import Period
from touchstone.kernel.rules import Outcome, records
from touchstone.ledger.operations import record
from touchstone.notices.queries import objections_of, of_case
from touchstone.parameters.queries import calendar
from touchstone.policy.certificates.issuing import IssueFacts, may_be_issued
from touchstone.policy.eligibility.apprenticeship import certified_at
from touchstone.policy.eligibility.exceptions import Mode
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.arrangement import issued_in_time
from touchstone.policy.exams.results import Score
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def issue_certificates(*, plan_number: str, by: Actor, at: datetime) -> list[Issued]:
    """This function will issue a certificate to everyone who passed, one more to whoever meets a second standard (一考双证), and tell what became
    of each; asked again, it issues only what is still lacking.

    :raises Refusal: naming what does not hold: the notice, an objection, the filing, the site code.
    """
    plan = locked(plan_number)
    permissions.check_may(by, "issue_certificates", plan)
    state = MOVES.check("issue_certificates", PlanState(plan.state))
    check_not_stopped(plan, at.date())
    found = may_be_issued(_facts(plan), at.date())
    missing = [finding for finding in found if finding.outcome is not Outcome.MET]
    if missing:
        details = tuple(f"{finding.reason}（依据：{finding.clause}）" for finding in missing)
        raise Refusal(f"{missing[0].reason}，不能核发证书。", missing[0].clause, "请在所列条件具备后再核发。", details[1:])
    people = list(entrants(plan).filter(result=Result.PASSED))
    fixed: dict[str, int] = {}
    if plan.is_for_apprentices:
        fixed = {"levels_fixed": fix_levels(plan, people, by=by, at=at)}
        people = people if certified_at(Level(plan.level), plan.exam_on) else []
    scores, exceptions = scores_by_candidate(plan), exceptions_of(plan)
    outcomes = issue(
        body=plan.body,
        kind=kind_of_plan(plan),
        occupation_code=plan.occupation.code,
        occupation_name=plan.occupation.name,
        trade_name=plan.trade.name if plan.trade else "",
        level=Level(plan.level),
        plan_number=plan.number,
        awards=[award_of(plan, one, scores.get(one.pk, {}), exceptions) for one in people],
        by=by,
        at=at,
    )
    outcomes += issue_second(plan, scores, by=by, at=at)
    plan.move_to(state)
    refused = sum(1 for one in outcomes if one.sentence)
    timely = issued_in_time(at.date(), plan.exam_on, calendar())
    detail = {"certificates": len(outcomes) - refused, "refused": refused, "findings": records([*found, timely]), **fixed}
    record("plan.certified", plan.number, by=by, at=at, detail=detail)
    owe_archive(plan, by=by, at=at)
    close_tasks(case=plan.number, matter="issue_certificates", by=by, at=at, outcome=f"已核发{len(outcomes) - refused}本")
    return outcomes


def _facts(plan: Plan) -> IssueFacts:
    standing = of_case(plan.number).filter(matter=MATTER).first()
    item, fate = plan.scope_item, standing_fate(plan)
    if item.since is None:
        raise Refusal("本计划所依据的备案范围没有生效日期。", RECORD, "请核对备案。")
    return IssueFacts(
        evaluator=plan.body.name,
        issuer=plan.body.name,
        passed=True,
        examined_on=plan.exam_on,
        notice_until=standing.closes_on - timedelta(days=1) if standing else None,
        objection_open=objections_of(plan.number).filter(answered_at__isnull=True).exists(),
        site_code=plan.body.site_code or "",
        filing=Period(item.since, item.until),
        finish_by=fate.finish_by if fate and fate.fate == Fate.FINISHES else None,
    )


def award_of(plan: Plan, one: Candidate, scores: Mapping[Part, Score], exceptions: Mapping[int, ExceptionalCase]) -> Award:
    """This function will give what a candidate who passed is awarded, with what it rests on."""
    marks = {part: score.mark for part, score in scores.items() if score.mark is not None}
    return Award(one.number, one.person_id, one.name, marks, _basis(plan, one, scores) | _by_exception(exceptions.get(one.pk)))


def _by_exception(case: ExceptionalCase | None) -> dict[str, str]:
    return {"exception": f"{Mode(case.mode).label}：{case.merit_words}"} if case is not None else {}


def _basis(plan: Plan, one: Candidate, scores: Mapping[Part, Score]) -> dict[str, Any]:
    proved, claimed = one.proofs.get("certificate") or {}, one.claims.get("certificate") or {}
    return {
        "condition": one.satisfied_condition,
        "earlier_certificate": proved.get("number") or claimed.get("number") or "",
        "ground": one.ground,
        "applied_on": one.applied_on.isoformat(),
        "plan": plan.number,
        "filing": plan.scope_item.filing.number,
        "standard": f"{plan.standard.number} {plan.standard.title} {plan.standard.edition}",
        "exam_on": plan.exam_on.isoformat(),
        "scores": {part.value: str(score.mark) for part, score in scores.items()},
        **({"exempt": exempt} if (exempt := "；".join(score.credit.words for score in scores.values() if score.credit)) else {}),
    }
