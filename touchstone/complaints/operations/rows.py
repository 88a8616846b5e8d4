"""线索取用: a lead held for the time of an operation, what it owes whom, and words that must be there."""

from datetime import date, datetime

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.complaints.models import Evaluator, Lead
from touchstone.complaints.states import MOVES, State
from touchstone.kernel.law import Clause
from touchstone.kernel.rules import written
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy.roles import Role
from touchstone.policy.supervision.complaints import LAW, TAKEN_UP_WITHIN
from touchstone.policy.supervision.unfiled import LAW as UNFILED_LAW
from touchstone.tasks.operations import close_tasks, open_task

DECIDE, VERIFY, CONFIRM, ANSWER = "decide_lead", "verify_lead", "confirm_lead", "answer_lead"
_TITLES = {DECIDE: "决定是否受理线索", VERIFY: "核实线索", CONFIRM: "确认线索的核实结论", ANSWER: "答复线索"}


def locked(number: str) -> Lead:
    """This function will give a lead, held until the transaction ends. :raises NotAllowed: where there is none."""
    found = Lead.objects.select_for_update(of=("self",)).select_related("office", "body").filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这件线索，或者它不归您查看。", LAW, "请从线索清单中打开。")
    return found


def locked_evaluator(number: str) -> Evaluator:
    """This function will give an evaluator, held until the transaction ends. :raises NotAllowed: where there is none."""
    found = Evaluator.objects.select_for_update(of=("self",)).select_related("office", "body").filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这件未经备案的评价，或者它不归您查看。", UNFILED_LAW, "请从清单中打开。")
    return found


def said(words: str, sentence: str, next_step: str, clause: Clause = LAW) -> str:
    """This function will give words without blanks around them. :raises Refusal: where there are none."""
    return written(words, sentence, clause, next_step)


def decided_until(received_on: date) -> date:
    """This function will give the last day on which it is decided whether a lead of a day is taken up."""
    return calendar().add_working_days(received_on, in_force(TAKEN_UP_WITHIN, received_on).value)


def owe(lead: Lead, matter: str, *, by: Actor, at: datetime, role: Role = Role.INTAKE_CLERK) -> None:
    """This function will put the next step of a lead before its office, and close what stood there before."""
    close_tasks(case=lead.number, by=by, at=at, outcome=State(lead.state).label)
    open_task(
        case=lead.number, matter=matter, title=f"{_TITLES[matter]}：{lead.about}"[:200], office_id=lead.office_id, role=role, by=by, at=at,
        due_on=lead.due_on,
    )


def moved(lead: Lead, verb: str) -> State:
    """This function will give the state a verb leads to. :raises MoveRefused:"""
    return MOVES.check(verb, State(lead.state))
