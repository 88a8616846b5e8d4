"""比对运行: a run is begun, goes step by step, and ends; one of each kind at a time."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.ledger.queries import last_settled
from touchstone.monitoring import permissions
from touchstone.monitoring.models import Run
from touchstone.monitoring.queries import last_done
from touchstone.monitoring.states import UNFINISHED, RunKind, RunState
from touchstone.policy.monitoring.handling import WARNED


@transaction.atomic
def begin_run(*, kind: RunKind, by: Actor, at: datetime) -> Run:
    """This function will begin a comparison of everything, or of what the ledger tells since the run before.

    :raises Refusal: while one of the kind is under way.
    """
    permissions.check_may_run(by)
    if (under_way := Run.objects.filter(kind=kind, state__in=UNFINISHED).first()) is not None:
        raise Refusal(f"{kind.label}比对{under_way.number}正在进行。", WARNED, "请等它完成后再开始，进度见比对运行页。")
    before = last_done()
    run = Run.objects.create(
        number=f"BD{at:%Y}{next_serial(f'comparison-{at:%Y}'):06d}",
        kind=kind,
        since_entry=before.until_entry if before is not None and kind is RunKind.CHANGED else 0,
        until_entry=last_settled(),
        begun_at=at,
        begun_by_id=by.user_id,
        looked_after_at=at,
    )
    detail = {"kind": kind.value, "since": run.since_entry, "until": run.until_entry, "note": kind.label}
    record("comparison.begun", run.number, by=by, at=at, detail=detail)
    return run


@transaction.atomic
def note_step(*, number: str, state: RunState, done: int, total: int, at: datetime) -> Run:
    """This function will put down how far a run is, for those who watch it. It writes no ledger line: nothing has happened yet."""
    run = locked(number)
    if not run.is_finished:
        run.done, run.total, run.looked_after_at = done, total, at
        run.move_to(state)
    return run


@transaction.atomic
def note_published(*, number: str, counts: Mapping[str, int], seconds: float, at: datetime) -> Run:
    """This function will put down how many rows of each table a run wrote out, and how long it took."""
    run = locked(number)
    run.counts, run.seconds, run.looked_after_at = dict(counts), {**run.seconds, "publishing": round(seconds, 2)}, at
    run.save()
    return run


@transaction.atomic
def finish_run(*, number: str, seconds: Mapping[str, float], by: Actor, at: datetime) -> Run:
    """This function will end a run with the sums of what its rules found; done twice, it is done once."""
    run = locked(number)
    if run.is_finished:
        return run
    lines = list(run.rules.all())
    run.hits, run.opened = sum(one.hits for one in lines), sum(one.opened for one in lines)
    run.reopened, run.withdrawn = sum(one.reopened for one in lines), sum(one.withdrawn for one in lines)
    run.seconds, run.finished_at, run.looked_after_at = {**run.seconds, **seconds}, at, at
    run.done, run.total = len(lines), len(lines)
    run.move_to(RunState.DONE)
    detail = {"hits": run.hits, "opened": run.opened, "reopened": run.reopened, "withdrawn": run.withdrawn, "rules": len(lines)}
    record("comparison.finished", number, by=by, at=at, detail=detail)
    return run


@transaction.atomic
def fail_run(*, number: str, fault: str, by: Actor, at: datetime) -> Run:
    """This function will end a run that cannot go on, and say why; what it had taken stays, and the next run goes over everything it left."""
    run = locked(number)
    if not run.is_finished:
        run.fault, run.finished_at = fault[:300], at
        run.move_to(RunState.FAILED)
        record("comparison.failed", number, by=by, at=at, reason=run.fault)
    return run


def locked(number: str) -> Run:
    """This function will give a run, held until the transaction ends. :raises Run.DoesNotExist:"""
    return Run.objects.select_for_update().get(number=number)
