"""办理公用: how is a project, a call or an application locked, and who owes the next step?"""

from datetime import date, datetime

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre
from touchstone.calls.models import Application, Call, Project
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, Outcome, written
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.policy.roles import Role
from touchstone.tasks.operations import open_task

LAW = notice("三(一)2")


class NothingToDo(Refusal):
    """There is nothing here to which this could be done."""


def locked_project(number: str) -> Project:
    """This function will give a project, locked until the transaction ends. :raises NothingToDo: when there is none of this number."""
    found = Project.objects.select_for_update(of=("self",)).select_related("occupation", "trade", "recommended_by_office")
    project = found.filter(number=number).first()
    if project is None:
        raise NothingToDo(f"没有编号为{number}的评价项目。", LAW, "请从项目列表中选择。")
    return project


def locked_call(number: str) -> Call:
    """This function will give a call, locked until the transaction ends. :raises NothingToDo: when there is none of this number."""
    found = Call.objects.select_for_update().filter(number=number).first()
    if found is None:
        raise NothingToDo(f"没有编号为{number}的征集公告。", LAW, "请从征集列表中选择。")
    return found


def locked_application(number: str) -> tuple[Application, Call]:
    """This function will give an application and its call, both locked, the call first, as everything that moves many applications does.

    :raises NothingToDo: when there is none of this number.
    """
    call_number = Application.objects.filter(number=number).values_list("lot__call__number", flat=True).first()
    if call_number is None:
        raise NothingToDo(f"没有编号为{number}的应征申请。", LAW, "请从应征申请列表中选择。")
    call = locked_call(call_number)
    found = Application.objects.select_for_update(of=("self",)).select_related("lot__project__occupation", "lot__project__trade", "body__office")
    return found.get(number=number), call


def words(text: str, sentence: str, next_step: str) -> str:
    """This function will give what was said, trimmed. :raises WordsMissing: when nothing was."""
    return written(text, sentence, LAW, next_step)


def must_hold(findings: tuple[Finding, ...], sentence: str, next_step: str) -> None:
    """This function will let pass what fulfils every rule. :raises Refusal: with each finding that is not met."""
    lacking = [found for found in findings if found.outcome is not Outcome.MET]
    if lacking:
        raise Refusal(sentence, LAW, next_step, tuple(f"{found.reason}（依据：{found.clause}）" for found in lacking))


def centre_owes(case: str, matter: str, title: str, *, role: Role, by: Actor, at: datetime, due_on: date | None = None) -> None:
    """This function will put a step before the city centre."""
    open_task(case=case, matter=matter, title=title, office_id=city_centre().pk, role=role, by=by, at=at, due_on=due_on)


def note(event: str, thing: Project | Call | Application, *, by: Actor, at: datetime, reason: str = "", **detail: object) -> None:
    """This function will write a line of the ledger; `state` is where the thing now stands."""
    record(event, thing.number, by=by, at=at, reason=reason, detail={"state": str(thing.state), **detail})
