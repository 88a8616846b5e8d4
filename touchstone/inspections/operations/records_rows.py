"""调取资料的行与待办: how are a call and its things taken for writing, and before whom does it stand?"""

from dataclasses import dataclass
from datetime import date, datetime

from touchstone.accounts.actor import Actor
from touchstone.inspections.models import RecordsCall, RecordsItem
from touchstone.kernel.law import Refusal
from touchstone.policy.roles import Role
from touchstone.policy.supervision.records import LAW
from touchstone.tasks.operations import open_task


@dataclass(frozen=True)
class OfficeTask:
    """A step of a call that the office owes."""

    matter: str

    def open(self, call: RecordsCall, title: str, *, by: Actor, at: datetime, due_on: date | None = None) -> None:
        """Put the step before the supervisors of the office that called."""
        open_task(
            case=call.number, matter=self.matter, title=title[:200], office_id=call.office_id, role=Role.SUPERVISOR, by=by, at=at, due_on=due_on
        )


JUDGE, ANSWER_TIME, LATE = OfficeTask("records_judge"), OfficeTask("records_time"), OfficeTask("records_late")
ANSWER = "records_answer"


def locked(number: str) -> RecordsCall:
    """This function will take a call for writing. :raises Refusal: where there is none."""
    found = RecordsCall.objects.select_for_update(of=("self",)).select_related("body__office", "office").filter(number=number).first()
    if found is None:
        raise Refusal("没有这次调取。", LAW, "请从“调取资料”列表中打开。")
    return found


def item_of(call: RecordsCall, place: int) -> RecordsItem:
    """This function will take one thing of a call that is taken for writing. :raises Refusal: where there is none."""
    found = RecordsItem.objects.select_for_update(of=("self",)).select_related("call__body").filter(call=call, place=place).first()
    if found is None:
        raise Refusal("这次调取没有这一项。", LAW, "请刷新页面后重试。")
    return found


def open_answer_task(call: RecordsCall, *, by: Actor, at: datetime) -> None:
    """This function will put a call before those of the body who may answer it."""
    title = f"提供资料：{call.office.name}调取，{call.due_on:%-m月%-d日}前"
    for role in (Role.BODY_PLANNER, Role.BODY_LEADER):
        open_task(case=call.number, matter=ANSWER, title=title, office_id=call.body.office_id, role=role, by=by, at=at, due_on=call.due_on)
