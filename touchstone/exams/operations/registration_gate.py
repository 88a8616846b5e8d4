"""报名关口: is registration for this plan open today?"""

from datetime import date

from touchstone.exams.facts.evaluating import kind_of_plan
from touchstone.exams.models import Plan
from touchstone.exams.operations.plan_checks import check_in_force, check_not_stopped
from touchstone.exams.states import PlanState
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.policy.documents import notice
from touchstone.policy.eligibility.admission import GROUNDS, OWN_STAFF_FORMS, Ground, ground_open_to_body

RECORD = notice("三(二)4")


class RegistrationClosed(MoveRefused):
    """No registration can be taken now."""


def check_open(plan: Plan, day: date) -> None:
    """This function will let pass while the plan is reported, its registration has not ended and its scope is in force.

    :raises RegistrationClosed: with a sentence. :raises Stopped: :raises NotInScope: when the filing has ended.
    """
    if plan.state != PlanState.REPORTED:
        step = "请先上报计划。" if plan.state == PlanState.DRAFTED else "资格审核已完成的，可先重新开放报名。"
        raise RegistrationClosed(f"计划当前为“{PlanState(plan.state).label}”，不在报名阶段。", RECORD, step)
    check_not_stopped(plan, day)
    if day > plan.registration_closes_on:
        raise RegistrationClosed(f"报名已于{plan.registration_closes_on}截止。", RECORD, "确需补报的，请先变更计划的报名截止日并说明理由。")
    check_in_force(plan, day)


def why_closed(plan: Plan, day: date) -> str:
    """This function will give the sentence with which `check_open` would refuse, or nothing."""
    try:
        check_open(plan, day)
    except Refusal as refusal:
        return str(refusal)
    return ""


def check_ground(plan: Plan, ground: str, employment: str, day: date) -> None:
    """This function will let pass a ground of admission open to this kind of body, with a form of employment where staff are meant.

    :raises Refusal: with the clause, or where the plan admits from the register of apprentices alone.
    """
    if plan.is_for_apprentices:
        raise Refusal("学徒工转正定级从学徒名册登记考生，不用报名表。", notice("二(一)"), "请在计划的“登记期满学徒”页选择学徒。")
    if ground not in {g.value for g in Ground}:
        raise Refusal("请选择参评来源。", GROUNDS.on(day).clause, "参评来源决定是否可以由本机构评价。")
    found = ground_open_to_body(kind_of_plan(plan), Ground(ground), day)
    if found.outcome == "unmet":
        raise Refusal(f"{found.reason}。", found.clause, "请改选本机构可以接受的参评来源。")
    forms = OWN_STAFF_FORMS.on(day)
    if ground == Ground.OWN_STAFF and employment not in forms.value:
        raise Refusal("请选择用工形式。", forms.clause, f"可选：{'、'.join(forms.value)}。")
