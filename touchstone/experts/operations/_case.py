"""队伍办理公用: how is a member, an application, a course or a request for people locked, and how is a line written?"""

from collections.abc import Iterable
from datetime import datetime

from touchstone.accounts.actor import Actor
from touchstone.experts.models import Application, Assignment, Course, DispatchRequest, Member, Qualification
from touchstone.kernel.law import Clause, Refusal
from touchstone.kernel.rules import Finding, Outcome, written
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice

LAW = notice("三(二)2")


class NothingToDo(Refusal):
    """There is nothing here to which this could be done."""


def locked_member(number: str) -> Member:
    """This function will give a member, locked until the transaction ends. :raises NothingToDo: when there is none of this number."""
    found = Member.objects.select_for_update(of=("self",)).select_related("person__user", "body").filter(number=number).first()
    if found is None:
        raise NothingToDo(f"没有编号为{number}的队伍成员。", LAW, "请从队伍名册中选择。")
    return found


def locked_application(number: str) -> Application:
    """This function will give an application, locked until the transaction ends. :raises NothingToDo: when there is none of this number."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("member__person__user", "member__body", "occupation", "office", "body")
    found = rows.filter(number=number).first()
    if found is None:
        raise NothingToDo(f"没有编号为{number}的队伍申请。", LAW, "请从申请列表中选择。")
    return found


def locked_course(number: str) -> Course:
    """This function will give a course, locked until the transaction ends. :raises NothingToDo: when there is none of this number."""
    found = Course.objects.select_for_update(of=("self",)).select_related("office").filter(number=number).first()
    if found is None:
        raise NothingToDo(f"没有编号为{number}的培训班。", LAW, "请从培训班列表中选择。")
    return found


def locked_qualification(number: str) -> Qualification:
    """This function will give a qualification, locked until the transaction ends. :raises NothingToDo: when there is none of this number."""
    rows = Qualification.objects.select_for_update(of=("self",)).select_related("member__person__user", "member__body", "occupation", "office")
    found = rows.filter(number=number).first()
    if found is None:
        raise NothingToDo(f"没有编号为{number}的资格。", LAW, "请从队伍名册中选择。")
    return found


def locked_request(number: str) -> DispatchRequest:
    """This function will give a request, locked until the transaction ends. :raises NothingToDo: when there is none of this number."""
    rows = DispatchRequest.objects.select_for_update(of=("self",)).select_related("body", "venue", "occupation")
    found = rows.filter(number=number).first()
    if found is None:
        raise NothingToDo(f"没有编号为{number}的派遣申请。", LAW, "请从派遣列表中选择。")
    return found


def locked_assignment(number: str) -> Assignment:
    """This function will give an assignment, locked until the transaction ends, its request before it: everybody locks in this order, so that nobody
    waits for somebody who waits for them. :raises NothingToDo: when there is none of this number."""
    of = Assignment.objects.filter(number=number).values_list("request__number", flat=True).first()
    if of is None:
        raise NothingToDo(f"没有编号为{number}的派遣单。", LAW, "请从派遣记录中选择。")
    request = locked_request(of)
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("member__person__user", "qualification")
    one = rows.get(number=number)
    one.request = request
    return one


def words(text: str, sentence: str, next_step: str) -> str:
    """This function will give what was said, trimmed. :raises WordsMissing: when nothing was."""
    return written(text, sentence, LAW, next_step)


def must_hold(findings: Iterable[Finding], sentence: str, next_step: str, clause: Clause = LAW) -> None:
    """This function will let pass what fulfils every rule. :raises Refusal: with each finding that is not met."""
    lacking = [found for found in findings if found.outcome is not Outcome.MET]
    if lacking:
        told = tuple(f"{found.title}：{found.reason}（依据：{found.clause}）" for found in lacking)
        raise Refusal(sentence, clause, next_step, told)


def note(event: str, thing: Member | Application | Course, *, by: Actor, at: datetime, reason: str = "", **detail: object) -> None:
    """This function will write a line of the ledger about a member, an application or a course."""
    if isinstance(thing, Application):
        detail = {"state": str(thing.state), "member": thing.member.number, **detail}
    record(event, thing.number, by=by, at=at, reason=reason, detail=detail)
