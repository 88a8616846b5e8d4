"""整份撤销: how is everything that one workbook made taken back, with a trace, while nothing rests on it?"""

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
def undo_loading(*, number: str, reason: str, by: Actor, at: datetime) -> Loading:
    """This function will take back everything a workbook loaded; the workbook, its rows and the ledger keep what was there.

    :raises Refusal: when it was a dry run, is not done, or undone; without a reason; when something rests on a row's things (a sentence for
        each, the first twenty), and then nothing is taken back.
    """
    loading = Loading.objects.select_for_update(of=("self",)).filter(number=number).first()
    if loading is None:
        raise NothingToDo(f"没有编号为{number}的装入件。", RULE, "请核对编号。")
    permissions.check_may_load(by, loading)
    if loading.dry_run:
        raise NothingToDo("试运行没有写入任何内容，不需要撤销。", RULE, "")
    if loading.undone_at is not None:
        raise NothingToDo(f"{number}已经撤销。", RULE, "不需要再办理。")
    if loading.finished_at is None and not loading.failed_because:
        raise Refusal(f"{number}还在处理，不能撤销。", RULE, "请等它处理完成后再撤销。")
    reason = words(reason, "撤销须写明理由。", "例如：装入了错误的文件。")
    if standing := in_the_way(loading):
        refusal = Refusal(f"{number}装入的内容已有{len(standing)}处被使用，不能整份撤销，没有撤销任何内容。", RULE, "请逐项办理终止或者变更。")
        refusal.details = tuple(f"{row.sheet}第{row.row_number}行：{sentence}" for row, sentence in standing[:SHOWN])
        raise refusal
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
    loading.undone_at, loading.undone_by_id, loading.undone_because = at, by.user_id, reason
    loading.save(update_fields=["undone_at", "undone_by", "undone_because"])
    detail = {"rows": taken, "filings": len(told), "bodies": len(bodies), "venues": len(venues), "sha256": loading.sha256}
    record("loading.undone", number, by=by, at=at, reason=reason, detail=detail)
    return loading
