"""机考设定: a sitting of theory is set to be taken at the computer, with its paper, or put back to paper and pen."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.models import ComputerExam, Plan, Sitting
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.plans import RECORD, locked
from touchstone.exams.queries.scripts import papers_for
from touchstone.exams.states import Part, PlanState
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.kernel.rules import must
from touchstone.ledger.operations import record
from touchstone.policy.exams.scripts import paper_serves

if TYPE_CHECKING:
    from touchstone.questions.models import Paper

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and figures that nobody mistakes on a blackboard."""
_CODE_LENGTH = 6


@transaction.atomic
def set_on_computer(*, sitting_number: str, paper_number: str, by: Actor, at: datetime) -> ComputerExam:
    """This function will set a sitting to be taken at the computer with a paper, or give it another paper, and draw the room's code.

    :raises Refusal: for another part, a paper that does not fit or is not the body's, or once the sitting's hour has come.
    """
    sitting, plan = _before_the_hour(sitting_number, by, at)
    if sitting.part != Part.THEORY:
        raise Refusal(f"{Part(sitting.part).label}不能用计算机考试。", RECORD, "请选择理论知识考试的场次。")
    paper = serving_paper(sitting, plan, paper_number)
    code = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))
    values = {"paper": paper, "set_by_id": by.user_id, "set_at": at}
    made, _ = ComputerExam.objects.update_or_create(sitting=sitting, defaults=values, create_defaults={**values, "code": code})
    record("sitting.on_computer", plan.number, by=by, at=at, detail={"sitting": sitting.number, "paper": paper.number})
    return made


@transaction.atomic
def set_on_paper(*, sitting_number: str, by: Actor, at: datetime) -> None:
    """This function will put a sitting back to paper and pen, for instance when the computers failed before it began.

    :raises Refusal: when it is not at the computer, or somebody has begun.
    """
    sitting = Sitting.objects.select_related("plan").get(number=sitting_number)
    plan = _open_plan(sitting, by, at)
    exam = ComputerExam.objects.filter(sitting=sitting).first()
    if exam is None:
        raise Refusal("本场次没有设为机考。", RECORD, "无需改动。")
    if exam.scripts.exists():
        raise Refusal("已有考生开始作答，不能改为纸笔考试。", RECORD, "机器故障的，请允许换机或者延长考试时间。")
    exam.delete()
    record("sitting.on_paper", plan.number, by=by, at=at, detail={"sitting": sitting.number})


def _open_plan(sitting: Sitting, by: Actor, at: datetime) -> Plan:
    plan = locked(sitting.plan.number)
    permissions.check_may(by, "arrange", plan)
    if plan.state not in {PlanState.REPORTED, PlanState.REVIEWED, PlanState.ARRANGED}:
        raise MoveRefused(f"当前为“{PlanState(plan.state).label}”，不能改动考试方式。", RECORD, "考试开始以前可以设定。")
    check_not_stopped(plan, at.date())
    return plan


def _before_the_hour(number: str, by: Actor, at: datetime) -> tuple[Sitting, Plan]:
    sitting = Sitting.objects.select_related("plan").get(number=number)
    plan = _open_plan(sitting, by, at)
    if at >= sitting.starts_at:
        raise Refusal(f"本场次在{localtime(sitting.starts_at):%H:%M}已经开始，不能再设定机考试卷。", RECORD, "请在考试开始以前设定。")
    return sitting, plan


def serving_paper(sitting: Sitting, plan: Plan, number: str) -> "Paper":
    """This function will give the paper of that number for a sitting. :raises Refusal: for one that does not fit, or that the plan may not use."""
    paper = next((one for one in papers_for(plan) if one.number == number), None)
    if paper is None:
        raise Refusal(f"没有可用于本计划的试卷{number}。", RECORD, "请从列表中选择本机构的试卷，或市职鉴中心为本计划组成的试卷。")
    asked = paper.blueprint
    must(paper_serves(sitting.part, plan.level, plan.standard.number, asked.part, asked.level, asked.standard.number), "请另选一份试卷。")
    return paper
