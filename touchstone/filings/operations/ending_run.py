"""自动终止运行: which filings end of themselves today, why, and what came of each?"""

from datetime import date, datetime, timedelta

from django.db import transaction

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.filings.models import EndingRow, EndingRun, Filing, Termination
from touchstone.filings.operations.terminate import terminate
from touchstone.filings.queries.ending import ending_facts, forecast_of, standing_filings
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.policy.filing.ending import Ending, EndKind, canary, endings


def run_endings(*, dry_run: bool, by: Actor, at: datetime) -> EndingRun:
    """This function will list what ends today by the grounds in force and, unless it is a dry run, end it: each filing by itself.

    A run of a day that was finished or stopped is given back as it was. A run whose count the canary does not believe ends nothing.

    :raises NotAllowed: unless by the platform.
    """
    if not by.is_platform:
        raise NotAllowed("自动终止由平台运行。", notice("三(四)3"), "可以在到期与终止页面查看预测和运行结果。")
    day = at.date()
    earlier = EndingRun.objects.filter(day=day, dry_run=False).first()
    if earlier is not None and not dry_run:
        return earlier
    run = _listed(day, dry_run, by, at)
    if not (dry_run or run.stopped_because):
        for row in run.rows.filter(outcome=EndingRow.Outcome.LISTED).values_list("filing_id", flat=True).distinct():
            _end(run, row, by, at)
    run.finished_at = at
    run.save(update_fields=["finished_at"])
    return run


@transaction.atomic
def _listed(day: date, dry_run: bool, by: Actor, at: datetime) -> EndingRun:
    filings = standing_filings()
    eve = day - timedelta(days=1)
    foreseen = sum(ending.day <= day for _, ending in forecast_of(filings, eve, 1))
    run = EndingRun.objects.create(
        number=f"ZX{at:%Y}{next_serial(f'ending-run-{at:%Y}'):05d}", day=day, dry_run=dry_run, run_at=at, run_by_id=by.user_id, forecast=foreseen
    )
    selected = 0
    for one in filings:
        run.examined += 1
        for ending in endings(ending_facts(one, day), day):
            undone = _undone(one, ending)
            selected += undone is None
            EndingRow.objects.create(
                run=run,
                filing=one,
                item_id=int(ending.line) if ending.line else None,
                ground=ending.ground,
                findings=[ending.why.as_record()],
                outcome=EndingRow.Outcome.SPARED if undone else EndingRow.Outcome.LISTED,
                sentence=f"终止决定{undone.number}已撤销，同一事实不再据以终止" if undone else ending.why.reason,
            )
    run.selected = selected
    found = canary(run.forecast, selected, run.examined, day)
    run.stopped_because = found.reason if found.outcome is not Outcome.MET else ""
    run.save()
    detail = {"examined": run.examined, "selected": selected, "forecast": run.forecast, "dry_run": dry_run}
    record("ending.run", run.number, by=by, at=at, reason=run.stopped_because, detail=detail)
    return run


def _undone(filing: Filing, ending: Ending) -> Termination | None:
    """The undone end of the same filing on the same ground and the same facts, if there is one: an appeal settles that matter."""
    found = filing.terminations.filter(ground=ending.ground, undone_at__isnull=False)
    return next((one for one in found if any(f.get("reason") == ending.why.reason for f in one.findings)), None)


def _end(run: EndingRun, filing_id: int, by: Actor, at: datetime) -> None:
    rows = run.rows.filter(filing_id=filing_id, outcome=EndingRow.Outcome.LISTED)
    first = rows.select_related("filing").order_by("id")[0]
    until = first.filing.until
    expired = until is not None and until <= run.day and not first.filing.renewal_pending
    try:
        terminate(
            number=first.filing.number,
            kind=EndKind.AUTOMATIC,
            ground=first.ground,
            findings=[finding for row in rows for finding in row.findings],
            reason="；".join(row.sentence for row in rows),
            clause=first.findings[0]["clause"],
            effective_on=until if expired and until else run.day,
            lines=[row.item_id for row in rows if row.item_id],
            by=by.with_key(""),
            at=at,
            run=run,
        )
    except Refusal as refusal:
        rows.update(outcome=EndingRow.Outcome.FAILED, sentence=str(refusal)[:400])
    except Exception as failure:  # noqa: BLE001 - the failure of one filing must not stop the others; the row says so
        rows.update(outcome=EndingRow.Outcome.FAILED, sentence=f"平台故障：{type(failure).__name__}")
    else:
        rows.update(outcome=EndingRow.Outcome.ENDED)
