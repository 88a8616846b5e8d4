"""自动终止运行: which filings end of themselves today, why, and what came of each?"""

from datetime import date, datetime, timedelta

from django.db import transaction

from touchstone.accounts.actor import PLATFORM, Actor, NotAllowed
from touchstone.filings import permissions
from touchstone.filings.models import EndingForecast, EndingRow, EndingRun, Filing, Termination
from touchstone.filings.operations.terminate import terminate
from touchstone.filings.queries.ended import foreseen_before
from touchstone.filings.queries.ending import ending_facts, forecast_of, standing_filings, with_facts
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.policy.filing.ending import Ending, EndKind, canary, endings

_END = notice("三(四)3")


def run_endings(*, dry_run: bool, by: Actor, at: datetime) -> EndingRun:
    """This function will list what ends today by the grounds in force and, unless it is a dry run, end it: each filing by itself.

    A run of a day that was finished or stopped is given back as it was; one that was broken off goes on with what it had listed.
    A run whose count the canary does not believe ends nothing until somebody approves it.

    :raises NotAllowed: for a real run, unless by the platform; for a dry run, unless by who handles filings.
    """
    _check_may(dry_run, by)
    day = at.date()
    if dry_run:
        return _finished(_listed(day, True, by, at), at)
    run = EndingRun.objects.filter(day=day, dry_run=False).first() or _listed(day, False, by, at)
    if run.finished_at is not None or run.stopped_because:
        return run if run.finished_at else _finished(run, at)
    _end_listed(run, at)
    return _finished(run, at)


def end_approved(*, run: str, by: Actor, at: datetime) -> int:
    """This function will end what an approved run had listed and count the filings looked at; asked again, there is nothing left.

    :raises NotAllowed: unless by the platform, and once a second person has approved.
    """
    found = EndingRun.objects.filter(number=run, approved_at__isnull=False).first()
    if not by.is_platform or found is None:
        raise NotAllowed("中止的运行经核准后由平台继续办理。", _END, "请由市职鉴中心的审批负责人先核准。")
    return _end_listed(found, at)


def _check_may(dry_run: bool, by: Actor) -> None:
    if by.is_platform:
        return
    if not dry_run:
        raise NotAllowed("自动终止由平台运行。", _END, "可以在到期与终止页面查看预测和运行结果。")
    permissions.check_may(by, "list_endings")


def _finished(run: EndingRun, at: datetime) -> EndingRun:
    run.finished_at = at
    run.save(update_fields=["finished_at"])
    return run


@transaction.atomic
def _listed(day: date, dry_run: bool, by: Actor, at: datetime) -> EndingRun:
    run = EndingRun.objects.create(
        number=f"ZX{at:%Y}{next_serial(f'ending-run-{at:%Y}'):05d}", day=day, dry_run=dry_run, run_at=at, run_by_id=by.user_id
    )
    waiting = _waiting_rows(run)
    run.forecast = _foreseen(day, set(waiting))
    for one, facts in with_facts(standing_filings(), day):
        run.examined += 1
        for ending in endings(facts, day):
            row = _row(run, one, ending, waiting.get(one.pk, ""))
            run.selected += row.outcome == EndingRow.Outcome.LISTED
    found = canary(run.forecast, run.selected, run.examined, day)
    run.stopped_because = found.reason if found.outcome is not Outcome.MET else ""
    run.save()
    detail = {"examined": run.examined, "selected": run.selected, "forecast": run.forecast, "dry_run": dry_run}
    record("ending.run", run.number, by=by, at=at, reason=run.stopped_because, detail=detail)
    return run


def _row(run: EndingRun, one: Filing, ending: Ending, waits_in: str) -> EndingRow:
    undone = _undone(one, ending)
    spared = f"终止决定{undone.number}已撤销，同一事实不再据以终止" if undone else f"已列入{waits_in}，等待核准" if waits_in else ""
    return EndingRow.objects.create(
        run=run,
        filing=one,
        item_id=int(ending.line) if ending.line else None,
        ground=ending.ground,
        findings=[ending.why.as_record()],
        outcome=EndingRow.Outcome.SPARED if spared else EndingRow.Outcome.LISTED,
        sentence=spared or ending.why.reason,
    )


def _waiting_rows(run: EndingRun) -> dict[int, str]:
    """The filings listed by an earlier run that was stopped and waits for somebody to approve or discard it: it has them, not this one."""
    unanswered = EndingRun.objects.filter(dry_run=False, approved_at__isnull=True, discarded_at__isnull=True)
    stopped = unanswered.exclude(stopped_because="").exclude(pk=run.pk)
    rows = EndingRow.objects.filter(run__in=stopped, outcome=EndingRow.Outcome.LISTED)
    return dict(rows.values_list("filing_id", "run__number"))


def _foreseen(day: date, waiting: set[int]) -> int:
    """How many were foreseen for today before today, by the last forecast, of those for which nothing was asked since and which still stand.

    A facts' error that makes hundreds of filings expire overnight is not in a forecast made the night before. Where there is none, the
    forecast is made up for the eve.
    """
    stood = EndingForecast.objects.filter(foreseen_at__date__lt=day)
    made_anew = EndingForecast.objects.filter(foreseen_at__date__gte=day).exists()
    if made_anew or not foreseen_before(day):
        return sum(ending.day <= day and one.pk not in waiting for one, ending in forecast_of(standing_filings(), day - timedelta(days=1), 1))
    due = stood.filter(day__lte=day, filing__in=standing_filings().order_by().values("pk")).exclude(filing__in=waiting)
    asked = Filing.objects.filter(root__isnull=False, submitted_at__isnull=False).values_list("root", "submitted_at")
    last: dict[int, datetime] = dict(asked.filter(root__in=due.values("filing")).order_by("submitted_at"))  # type: ignore[arg-type]
    return sum(row.filing_id not in last or last[row.filing_id] < row.foreseen_at for row in due)


def _undone(filing: Filing, ending: Ending) -> Termination | None:
    """The undone end of the same filing on the same ground and the same facts, if there is one: an appeal settles that matter."""
    found = filing.terminations.filter(ground=ending.ground, undone_at__isnull=False)
    return next((one for one in found if any(f.get("reason") == ending.why.reason for f in one.findings)), None)


def _end_listed(run: EndingRun, at: datetime) -> int:
    """End what a run has listed, each filing by itself; the row says what came of it."""
    listed = run.rows.filter(outcome=EndingRow.Outcome.LISTED).order_by("filing_id").values_list("filing_id", flat=True)
    filings = list(listed.distinct())
    for filing_id in filings:
        _end(run, filing_id, at)
    return len(filings)


def _end(run: EndingRun, filing_id: int, at: datetime) -> None:
    rows = run.rows.filter(filing_id=filing_id, outcome=EndingRow.Outcome.LISTED)
    listed = list(rows.select_related("filing__body__office").order_by("id"))
    root = listed[0].filing
    holding = {(one.ground, one.line) for one in endings(ending_facts(root, run.day), run.day)} if root.until else set()
    if not {(row.ground, str(row.item_id or "")) for row in listed} <= holding:
        rows.update(outcome=EndingRow.Outcome.SPARED, sentence="办理时该情形已不存在，没有终止")
        return
    expired = root.until is not None and root.until <= run.day and not root.renewal_pending
    try:
        terminate(
            number=root.number,
            kind=EndKind.AUTOMATIC,
            ground=listed[0].ground,
            findings=[finding for row in listed for finding in row.findings],
            reason="；".join(row.sentence for row in listed),
            clause=listed[0].findings[0]["clause"],
            effective_on=root.until if expired and root.until else at.date(),
            lines=[row.item_id for row in listed if row.item_id],
            by=PLATFORM,
            at=at,
            run=run,
        )
    except Refusal as refusal:
        rows.update(outcome=EndingRow.Outcome.FAILED, sentence=str(refusal)[:400])
    except Exception as failure:  # noqa: BLE001 - the failure of one filing must not stop the others; the row says so
        rows.update(outcome=EndingRow.Outcome.FAILED, sentence=f"平台故障：{type(failure).__name__}")
    else:
        rows.update(outcome=EndingRow.Outcome.ENDED)
