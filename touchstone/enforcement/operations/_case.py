"""案件公用办理: how is a case held, its line written, and its people and its body told?"""

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.enforcement.models import Case, Officer
from touchstone.enforcement.states import LAW
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import written
from touchstone.ledger.operations import record
from touchstone.policy.roles import Role
from touchstone.tasks.operations import open_personal_task, open_task

HANDLE, DECIDE, TELL, APPROVE = "case_handle", "case_decide", "case_tell", "case_approve"


def locked(number: str) -> Case:
    """This function will give a case, held until the transaction ends. :raises Refusal: where there is none."""
    found = Case.objects.select_for_update(of=("self",)).select_related("office", "body__office", "appeal_to").filter(number=number).first()
    if found is None:
        raise Refusal(f"没有案件{number[:40]}。", LAW, "请从“机构案件”列表中打开。")
    return found


def words(text: str, sentence: str, next_step: str) -> str:
    """This function will give what was written, tidied. :raises Refusal: where nothing was."""
    return written(text, sentence, LAW, next_step)


def note(event: str, case: Case, *, by: Actor, at: datetime, reason: str = "", **detail: Any) -> None:
    """This function will write the ledger line of an act on a case."""
    record(event, case.number, by=by, at=at, reason=reason, detail=detail)


def ask_officers(case: Case, title: str, *, matter: str = HANDLE, by: Actor, at: datetime, due_on: date | None = None) -> None:
    """This function will put a step before those who handle a case. Part of the operation that owes it."""
    for user in Officer.objects.filter(case=case, accepted_at__isnull=False, left_at__isnull=True).values_list("user_id", flat=True):
        open_personal_task(
            case=case.number,
            matter=matter,
            title=f"{title}：{case.party_name}"[:200],
            office_id=case.office_id,
            role=Role.SUPERVISOR,
            user_id=user,
            by=by,
            at=at,
            due_on=due_on,
        )


def ask_director(case: Case, title: str, *, matter: str = DECIDE, by: Actor, at: datetime, due_on: date | None = None) -> None:
    """This function will put a step before the director of the office. Part of the operation that owes it."""
    title = f"{title}：{case.party_name}"[:200]
    open_task(case=case.number, matter=matter, title=title, office_id=case.office_id, role=Role.DIRECTOR, by=by, at=at, due_on=due_on)


def ask_body(case: Case, title: str, *, matter: str = TELL, by: Actor, at: datetime, due_on: date | None = None) -> None:
    """This function will put a step before the leader of the body, where there is one on the platform. Part of the operation that owes it."""
    if case.body is not None:
        office = case.body.office_id
        open_task(case=case.number, matter=matter, title=title[:200], office_id=office, role=Role.BODY_LEADER, by=by, at=at, due_on=due_on)


def today(at: datetime) -> date:
    """This function will give the day of a moment in the city."""
    return localtime(at).date()
