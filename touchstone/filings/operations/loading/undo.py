"""整份撤销: how is everything that one workbook made taken back by the worker, with a trace, while nothing rests on it?"""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.bodies.operations import take_back
from touchstone.filings import permissions
from touchstone.filings.models import Filing, Loading, LoadingRow, ScopeItem, Suspension
from touchstone.filings.operations._case import NothingToDo, words
from touchstone.filings.operations.loading.receive import RULE
from touchstone.filings.queries.loading import in_the_way, what_was_made
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record, record_many

SHOWN = 20


@transaction.atomic
def ask_undo(*, number: str, reason: str, by: Actor, at: datetime) -> Loading:
    """This function will line up that everything a workbook loaded is taken back; whoever calls it defers `undo_loading` in the same transaction.

    :raises Refusal: when it was a dry run, is not done, or undone; without a reason; when something rests on a row's things (a sentence for
        each, the first twenty).
    """
    loading = Loading.objects.select_for_update(of=("self",)).filter(number=number).first()
    if loading is None:
        raise NothingToDo(f"没有编号为{number}的装入件。", RULE, "请核对编号。")
    permissions.check_may_load(by, loading)
    if loading.dry_run:
        raise NothingToDo("试运行没有写入任何内容，不需要撤销。", RULE, "")
    if loading.undone_at is not None:
        raise NothingToDo(f"{number}已经撤销。", RULE, "不需要再办理。")
    if loading.undo_asked_at is not None:
        raise NothingToDo(f"{number}正在撤销。", RULE, "请等它完成，可以离开本页。")
    if loading.finished_at is None and not loading.failed_because:
        raise Refusal(f"{number}还在处理，不能撤销。", RULE, "请等它处理完成后再撤销。")
    reason = words(reason, "撤销须写明理由。", "例如：装入了错误的文件。")
    if standing := in_the_way(loading):
        raise _kept(number, standing)
    loading.undo_asked_at, loading.undone_by_id, loading.undone_because, loading.kept_because = at, by.user_id, reason, ""
    loading.save(update_fields=["undo_asked_at", "undone_by", "undone_because", "kept_because"])
    record("loading.undo_asked", number, by=by, at=at, reason=reason, detail={"sha256": loading.sha256})
    return loading


def _kept(number: str, standing: list[tuple[LoadingRow, str]]) -> Refusal:
    refusal = Refusal(f"{number}装入的内容已有{len(standing)}处被使用，不能整份撤销，没有撤销任何内容。", RULE, "请逐项办理终止或者变更。")
    refusal.details = tuple(f"{row.sheet}第{row.row_number}行：{sentence}" for row, sentence in standing[:SHOWN])
    return refusal


@transaction.atomic
def undo_loading(*, number: str, by: Actor, at: datetime) -> Loading:
    """This function will take back everything a workbook loaded, as was asked; the workbook, its rows and the ledger keep what was there.

    All of it or nothing, in one transaction: a worker that was killed has taken nothing back, and the next begins anew; whoever comes when it is
    done finds nothing to do. What came to rest on it since it was asked keeps it as it is, with the reason.
    """
    permissions.check_may_process_loading(by)
    loading = Loading.objects.select_for_update(of=("self",)).get(number=number)
    if loading.undone_at is not None or loading.undo_asked_at is None:
        return loading
    reason = loading.undone_because
    if standing := in_the_way(loading):
        refusal = _kept(number, standing)
        loading.undo_asked_at, loading.kept_because = None, "\n".join((refusal.sentence, *refusal.details))
        loading.save(update_fields=["undo_asked_at", "kept_because"])
        record("loading.undo_given_up", number, by=by, at=at, reason=refusal.sentence, detail={"in_the_way": len(standing)})
        return loading
    made = what_was_made(loading)
    Suspension.objects.filter(pk__in=made.pks["filings.Suspension"]).delete()
    ScopeItem.objects.filter(pk__in=made.pks["filings.ScopeItem"]).delete()
    filings = Filing.objects.filter(pk__in=made.pks["filings.Filing"])
    told = [(one.number, {"loading": number, "former_number": one.former_number}) for one in filings]
    record_many("filing.taken_back", told, by=by, at=at, reason=reason)
    filings.delete()
    rows = loading.rows.exclude(made={})
    bodies, venues = ([row.made[key] for row in rows if key in row.made] for key in ("body", "venue"))
    take_back(bodies=bodies, venues=venues, coded=made.coded, loading=number, by=PLATFORM, at=at)
    taken = rows.update(outcome=LoadingRow.Outcome.UNDONE)
    loading.undone_at = at
    loading.save(update_fields=["undone_at"])
    detail = {"rows": taken, "filings": len(told), "bodies": len(bodies), "venues": len(venues), "sha256": loading.sha256}
    record("loading.undone", number, by=by, at=at, reason=reason, detail=detail)
    return loading
