"""取消入选: a selection ends before its time, by the city centre, on a ground and with reasons; what was filed on it stays filed."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.calls import permissions
from touchstone.calls.models import Selection
from touchstone.calls.operations._case import LAW, NothingToDo, words
from touchstone.calls.operations.filing_owed import MATTER
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.calls.ending import GROUNDS_TO_END, clause_of_ground
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def end_selection(*, selection_id: int, ground: str, reason: str, by: Actor, at: datetime) -> Selection:
    """This function will end a body's selection for a project from `at`'s day on: it passes no gate any more for what is handed in afterwards.

    :raises NothingToDo: when there is none such. :raises Refusal: for an unknown ground, or when it is over already.
    :raises WordsMissing: without a reason.
    """
    found = Selection.objects.select_for_update(of=("self",)).select_related("application", "body", "project__occupation", "project__trade")
    selection = found.filter(pk=selection_id).first()
    if selection is None:
        raise NothingToDo("没有这项入选。", LAW, "请从入选机构列表中选择。")
    permissions.check_may(by, "end_selection")
    day = at.date()
    if selection.ended_on is not None or selection.until <= day:
        raise Refusal(f"{selection.body.name}的“{selection.project}”入选资格已经取消或期满。", LAW, "无需重复办理。")
    label = GROUNDS_TO_END.on(day).value.get(ground)
    if label is None:
        raise Refusal("没有选择取消的情形。", LAW, "请选择一种情形，并写明查实的情况。")
    reason = words(reason, "取消入选资格须写明理由。", "理由告知该机构，并随结果向社会公布。")
    selection.ended_on, selection.ended_because = day, f"{label}：{reason}"
    selection.save(update_fields=["ended_on", "ended_because"])
    application = selection.application
    if application is not None:
        close_tasks(case=application.number, matter=MATTER, by=by, at=at, outcome="入选资格已取消")
    detail = {"selection": selection.pk, "project": selection.project.number, "ground": ground, "clause": str(clause_of_ground(ground))}
    subject = application.number if application else selection.body.number
    record("selection.ended", subject, by=by, at=at, reason=selection.ended_because, detail=detail)
    return selection
