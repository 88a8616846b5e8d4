"""报名选项: what may stand in the drop-downs of a plan's registration workbook and form?"""

from datetime import date

from touchstone.exams.models import Plan
from touchstone.policy.eligibility.conditions import condition_labels
from touchstone.policy.eligibility.levels import Level
from touchstone.sheets.registration_fields import PlanOptions


def occupation_label(plan: Plan) -> str:
    """This function will name what is evaluated: the occupation, with its trade where there is one."""
    return f"{plan.occupation.name}（{plan.trade.name}）" if plan.trade else plan.occupation.name


def options_of(plan: Plan, day: date) -> PlanOptions:
    """This function will give the options of a plan on the day of application."""
    level = Level(plan.level)
    return PlanOptions(plan.number, (occupation_label(plan),), (level.label,), condition_labels(level, day))
