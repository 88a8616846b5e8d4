"""成绩锁定: settled scores are locked, and unlocked only by the leader's reason."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies.operations import check_left_alone
from touchstone.exams.models import Plan, ScoreLock
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.operations.scores import open_for_scores
from touchstone.exams.queries.score_book import standing_lock
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.exams.deadlines import NOTICE_FROM_WITHIN
from touchstone.policy.roles import Role
from touchstone.policy.supervision.records import Frozen
from touchstone.tasks.operations import close_tasks, open_task

REVIEW = "review_scores"


def lock_settled(plan: Plan, *, by: Actor, at: datetime) -> ScoreLock:
    """This function will lock a plan's scores, where they are not; it is part of concluding them and has no ledger line."""
    standing = standing_lock(plan)
    if standing is not None:
        return standing
    made = ScoreLock.objects.create(plan=plan, round=ScoreLock.objects.filter(plan=plan).count() + 1, locked_by_id=by.user_id, locked_at=at)
    due = max(calendar().add_working_days(plan.exam_on, NOTICE_FROM_WITHIN.on(plan.exam_on).value), at.date())
    title, office = f"抽查复核成绩：{plan.title}"[:200], plan.body.office_id
    open_task(case=plan.number, matter=REVIEW, title=title, office_id=office, role=Role.BODY_PLANNER, by=by, at=at, due_on=due)
    return made


@transaction.atomic
def unlock_scores(*, plan_number: str, reason: str, by: Actor, at: datetime) -> ScoreLock:
    """This function will lift the lock on a plan's scores: what was drawn for review counts no more, and everything is concluded, locked, drawn anew.

    :raises Refusal: without a reason, where nothing is locked, or while an office has the scores frozen.
    """
    plan = open_for_scores(plan_number, by, at, verb="unlock_scores", when_locked=True)
    check_left_alone(by=by, thing=Frozen.SCORES, reference=plan.number)
    if not reason.strip():
        raise Refusal("请写明解锁成绩的理由。", RECORD, "理由会留在流转记录和档案中。")
    lock = ScoreLock.objects.select_for_update(of=("self",)).filter(plan=plan, unlocked_at__isnull=True).first()
    if lock is None:
        raise Refusal("成绩没有锁定。", RECORD, "可以直接登记或更正成绩。")
    lock.unlocked_at, lock.unlocked_by_id, lock.unlock_reason = at, by.user_id, reason.strip()[:200]
    lock.save(update_fields=["unlocked_at", "unlocked_by", "unlock_reason"])
    record("scores.unlocked", plan.number, by=by, at=at, reason=reason.strip(), detail={"round": lock.round})
    for matter in (REVIEW, "announce_results"):
        close_tasks(case=plan.number, matter=matter, by=by, at=at, outcome="成绩已解锁")
    return lock
