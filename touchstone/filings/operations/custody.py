"""档案移交: how do the records of an ended filing come into the keeping of the office that filed it?"""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.filings import permissions
from touchstone.filings.models import Custody
from touchstone.filings.operations._case import NothingToDo, locked, note, words
from touchstone.filings.operations._ending import HAND_OVER, RECEIVE, owe_records
from touchstone.kernel.law import Refusal
from touchstone.policy.documents import notice
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task

_END = notice("三(四)3")
_LIST = "请逐项写明档案类别、册数和起止年份。"


@transaction.atomic
def hand_over_records(*, termination: str, volumes: str, by: Actor, at: datetime) -> Custody:
    """This function will hand over the records with a list of volumes; the keeper then has them before it.

    :raises WordsMissing: without a list. :raises Refusal: when they are handed over already, or there is nothing to hand over.
    """
    custody = _locked(termination, "hand_over_records", by)
    if custody.handed_over_at is not None:
        raise Refusal("档案已经移交，等待接收。", _END, "清单有误的，请联系接收单位退回后重新移交。")
    custody.volumes = words(volumes, "移交档案须附清单。", _LIST)
    custody.handed_over_at, custody.handed_over_by_id, custody.returned_because = at, by.user_id, ""
    custody.save()
    close_tasks(case=termination, matter=HAND_OVER, by=by, at=at, outcome="已移交")
    root = custody.termination.filing
    title = f"请接收评价档案：{root.body.name}"
    keeper = custody.keeper_id
    open_task(case=termination, matter=RECEIVE, title=title, office_id=keeper, role=Role.INTAKE_CLERK, by=by, at=at, due_on=custody.due_on)
    note("filing.records_handed_over", root, by=by, at=at, reason=custody.volumes, termination=termination, note=termination)
    return custody


@transaction.atomic
def receive_records(*, termination: str, by: Actor, at: datetime, volumes: str = "") -> Custody:
    """This function will receive what was handed over; or, where the body no longer can, take the records in with a list of the keeper's own."""
    custody = _locked(termination, "keep_records", by)
    if custody.handed_over_at is None:
        custody.volumes = words(volumes, "机构尚未移交，由接收单位代为收存的，须附清单。", _LIST)
        close_tasks(case=termination, matter=HAND_OVER, by=by, at=at, outcome="由接收单位代为收存")
    custody.received_at, custody.received_by_id = at, by.user_id
    custody.save()
    close_tasks(case=termination, matter=RECEIVE, by=by, at=at, outcome="已接收")
    note("filing.records_received", custody.termination.filing, by=by, at=at, reason=volumes, termination=termination, note=termination)
    return custody


@transaction.atomic
def return_records(*, termination: str, reason: str, by: Actor, at: datetime) -> Custody:
    """This function will send what was handed over back to the body, which owes it once more. :raises Refusal: when nothing was handed over."""
    custody = _locked(termination, "keep_records", by)
    if custody.handed_over_at is None:
        raise NothingToDo("机构尚未移交档案，没有可以退回的内容。", _END, "请等待移交，或者催办。")
    reason = words(reason, "退回档案须写明缺少或不符的内容。", "例如：缺2027年第3批成绩册。")
    custody.returned_because, custody.handed_over_at, custody.handed_over_by = reason, None, None
    custody.save()
    close_tasks(case=termination, matter=RECEIVE, by=by, at=at, outcome="已退回机构补齐")
    owe_records(custody, by=by, at=at)
    note("filing.records_returned", custody.termination.filing, by=by, at=at, reason=reason, termination=termination, note=termination)
    return custody


def _locked(termination: str, act: str, by: Actor) -> Custody:
    found = Custody.objects.select_related("termination__filing").filter(termination__number=termination).first()
    if found is None:
        raise NothingToDo(f"终止决定{termination}没有要移交的档案。", _END, "请核对编号；只终止部分范围的，档案仍由机构保管。")
    root = locked(found.termination.filing.number)
    permissions.check_may(by, act, root)
    custody = Custody.objects.select_for_update(of=("self",)).select_related("termination", "keeper").get(pk=found.pk)
    custody.termination.filing = root
    if custody.released_at is not None:
        raise Refusal("终止已撤销，档案不再移交。", _END, "已收存的档案，由接收单位退还机构。")
    if custody.received_at is not None:
        raise Refusal("档案已经接收。", _END, "不需要再办理。")
    return custody
