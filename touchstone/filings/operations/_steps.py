"""环节: a filing comes to a step of its route; who owes it then, and by when?"""

from datetime import datetime

from touchstone.accounts.actor import Actor
from touchstone.filings.models import Filing
from touchstone.filings.operations._case import bureau, owes
from touchstone.filings.queries.routing import reviewed_steps
from touchstone.filings.states import State
from touchstone.kernel.law import Dated
from touchstone.parameters.queries import due
from touchstone.policy.filing.terms import ASSESSMENT_WITHIN, DECISION_WITHIN, EXPERT_REVIEW_WITHIN, FIRST_OPINION_WITHIN
from touchstone.policy.roles import Role

OWED: dict[str, tuple[str, str, Role, Dated[int]]] = {
    "technical_assessment": ("filing.appoint", "请指派技术评估员", Role.INTAKE_CLERK, ASSESSMENT_WITHIN),
    "first_opinion": ("filing.first_opinion", "请提出初审意见", Role.DIRECTOR, FIRST_OPINION_WITHIN),
    "expert_re_review": ("filing.appoint_panel", "请选定复核专家", Role.INTAKE_CLERK, EXPERT_REVIEW_WITHIN),
    "decision": ("filing.decide", "请作出备案决定", Role.DIRECTOR, DECISION_WITHIN),
}
"""Step → matter of the task that opens it, its words, whose it is, and how long it may take."""


def first_step(filing: Filing, at: datetime) -> str:
    """This function will give the step at which a filing's review begins."""
    return reviewed_steps(filing, at.date())[0].key


def following_step(filing: Filing, key: str, at: datetime) -> str:
    """This function will give the step after `key`."""
    keys = [step.key for step in reviewed_steps(filing, at.date())]
    return keys[keys.index(key) + 1]


def come_to(filing: Filing, key: str, *, why: str = "", by: Actor, at: datetime) -> None:
    """This function will put a filing under review at a step and before the office and role that owe it; part of the operation that leads there."""
    filing.move_to(State.UNDER_REVIEW, step=key)
    matter, title, role, within = OWED[key]
    said = f"{why}，{title}" if why else title
    owes(filing, matter, said, office=bureau(filing), role=role, by=by, at=at, due_on=due(within, at))
