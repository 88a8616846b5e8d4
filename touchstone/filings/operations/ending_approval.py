"""中止运行的核准: a run that the canary stopped goes on as it was listed, or is thrown away; and what will end is foreseen anew."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.filings import permissions
from touchstone.filings.models import EndingForecast, EndingRun
from touchstone.filings.operations._case import NothingToDo, words
from touchstone.filings.queries.ending import forecast_of, standing_filings
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.documents import our_default

_CANARY = our_default("自动终止的核准")


@transaction.atomic
def approve_run(*, run: str, reason: str, by: Actor, at: datetime) -> EndingRun:
    """This function will let a stopped run go on: the platform then ends exactly the rows it had listed, those whose ground still holds.

    :raises NotAllowed: unless by the director of 市职鉴中心. :raises Refusal: when the run was not stopped, was answered, or by who ran it.
    """
    found = _stopped(run, by)
    found.approved_at, found.approved_by_id = at, by.user_id
    found.approved_because = words(reason, "核准须写明核对的情况。", "例如：已逐件核对，因某类备案集中期满。")
    found.save(update_fields=["approved_at", "approved_by", "approved_because"])
    record("ending.run_approved", found.number, by=by, at=at, reason=found.approved_because, detail={"selected": found.selected})
    return found


@transaction.atomic
def discard_run(*, run: str, reason: str, by: Actor, at: datetime) -> EndingRun:
    """This function will throw a stopped run away: nothing of it ends; what still holds is listed again in the following night."""
    found = _stopped(run, by)
    found.discarded_at, found.discarded_by_id = at, by.user_id
    found.discarded_because = words(reason, "作废须写明原因。", "例如：存量数据截止日录入有误，已请改正。")
    found.save(update_fields=["discarded_at", "discarded_by", "discarded_because"])
    record("ending.run_discarded", found.number, by=by, at=at, reason=found.discarded_because, detail={"selected": found.selected})
    return found


def _stopped(run: str, by: Actor) -> EndingRun:
    permissions.check_may(by, "approve_run")
    found = EndingRun.objects.select_for_update().filter(number=run).first()
    if found is None:
        raise NothingToDo(f"没有编号为{run}的运行。", _CANARY, "请核对编号。")
    if not found.waits_for_approval:
        raise Refusal(f"运行{run}没有等待核准。", _CANARY, "可以查看每一行的办理结果。")
    if found.run_by_id is not None and found.run_by_id == by.user_id:
        raise Refusal("发起运行的人不能自己核准。", _CANARY, "请由另一名审批负责人核准。")
    return found


@transaction.atomic
def refresh_forecast(*, by: Actor, at: datetime) -> int:
    """This function will foresee anew what will end in the next twelve months and count it; the earlier forecast gives way.

    :raises NotAllowed: unless by the platform or who handles filings.
    """
    if not by.is_platform:
        permissions.check_may(by, "list_endings")
    EndingForecast.objects.all().delete()
    made = [
        EndingForecast(
            filing=one,
            item_id=int(ending.line) if ending.line else None,
            day=ending.day,
            ground=ending.ground,
            why=ending.why.as_record(),
            avert=ending.avert,
            foreseen_at=at,
        )
        for one, ending in forecast_of(standing_filings(), at.date())
    ]
    EndingForecast.objects.bulk_create(made, batch_size=1000)
    record("ending.foreseen", f"{at:%Y-%m-%d}", by=by, at=at, detail={"count": len(made)})
    return len(made)
