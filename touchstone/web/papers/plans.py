"""用于计划: for which plans of the visitor's body may a paper be chosen?"""

from touchstone.exams.queries.plans import plans
from touchstone.web.doors import Request


def plan_choices(request: Request) -> list[tuple[str, str]]:
    """This function will give the newest plans of the visitor's body, as a form offers them."""
    return [(one.number, f"{one.number}") for one in plans(request.actor)[:50]]
