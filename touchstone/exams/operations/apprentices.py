"""学徒工转正定级办理: apprentices are registered from the enterprise's register, and the level each came to is written down there."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies.operations import fix_level
from touchstone.bodies.queries import apprentices_of
from touchstone.exams import permissions
from touchstone.exams.models import Candidate, Plan
from touchstone.exams.operations.outcomes import RowResult, counted, refused
from touchstone.exams.operations.plans import RECORD, locked
from touchstone.exams.operations.registration_entry import take_over
from touchstone.exams.operations.registration_gate import check_open
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.ledger.operations import record
from touchstone.policy.eligibility.admission import DIRECT, Ground


@transaction.atomic
def register_apprentices(*, plan_number: str, numbers: Sequence[str], by: Actor, at: datetime) -> list[RowResult]:
    """This function will register apprentices, by the numbers of the enterprise's register, in a plan that fixes their level; each has an outcome.

    :raises Refusal: for a plan of another kind, nobody chosen, or while registration is closed.
    """
    plan = locked(plan_number)
    permissions.check_may(by, "register", plan)
    if not plan.is_for_apprentices:
        raise Refusal("本计划不是学徒工转正定级计划。", RECORD, "请编制学徒工转正定级计划，或按等级申报条件报名。")
    check_open(plan, at.date())
    if not numbers:
        raise Refusal("没有选择学徒。", RECORD, "请先勾选期满的学徒。")
    rows = {one.number: one for one in apprentices_of(plan.body).filter(number__in=numbers)}
    results = {number: refused(number, "", "学徒名册上没有这个编号。") for number in numbers if number not in rows}
    wanted = [rows[number] for number in dict.fromkeys(numbers) if number in rows]
    made = [
        Candidate(
            plan=plan,
            person=one.person,
            name=one.person.name,
            name_key=name_key(one.person.name),
            ground=Ground.OWN_STAFF,
            employment=DIRECT,
            employer=plan.body.name,
            applied_on=at.date(),
            claims={"apprenticeship": one.number},
        )
        for one in wanted
    ]
    for row, entered in zip(wanted, take_over(plan, made, by=by, at=at), strict=True):
        sentence = entered.sentence or entered.decision
        results[row.number] = RowResult(row.number, row.person.name, entered.new, sentence)
    found = [results[number] for number in dict.fromkeys(numbers)]
    detail = {**counted(found), "apprentices": [one.key for one in found if one.done][:200]}
    record("plan.apprentices_registered", plan.number, by=by, at=at, detail=detail)
    return found


def fix_levels(plan: Plan, passed: Sequence[Candidate], *, by: Actor, at: datetime) -> int:
    """This function will write down in the register of apprentices the level of each who passed, and count them; part of the issuing."""
    for one in passed:
        fix_level(number=one.admitted_by, level=plan.level, plan_number=plan.number, by=by, at=at)
    return len(passed)
