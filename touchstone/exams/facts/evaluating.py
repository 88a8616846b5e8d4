"""评价身份: as which kind of body does a plan's body evaluate?"""

from touchstone.exams.models import Plan
from touchstone.filings.queries import body_kind_of
from touchstone.policy.roles import BodyKind


def kind_of_plan(plan: Plan) -> BodyKind:
    """This function will give the kind of the filing a plan rests on, which stays when the body becomes of another kind later."""
    return body_kind_of(plan.scope_item.filing)
