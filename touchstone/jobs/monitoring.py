"""比对任务: who compares what changed through the day, and everything by night?

A run is one job of the queue: it writes the data out, compares, and takes the hits, each step put down as it goes. A worker killed on the way is
followed by another, which goes on from the step that was reached; whatever was done already is done once.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from touchstone.accounts.actor import PLATFORM
from touchstone.kernel.law import Refusal
from touchstone.lake import Comparison, compare, tables_in
from touchstone.ledger.queries import has_lines_between, last_settled, subjects_between
from touchstone.monitoring import operations, queries
from touchstone.monitoring.facts import Changed, folder, parts_to_write, write_part
from touchstone.monitoring.states import RunKind, RunState
from touchstone.parameters.facts import apply_later_values
from touchstone.policy.monitoring.comparison import ComparisonRule
from touchstone.policy.monitoring.handling import COMPARED_EVERY, COMPARED_FROM
from touchstone.policy.monitoring.switches import asked_on, compared
from touchstone.web import clock

if TYPE_CHECKING:
    from touchstone.monitoring.models import Run

log = logging.getLogger(__name__)
PATIENCE = timedelta(minutes=3)
"""How long a run may show no progress before a second job looks after it."""
OWN = ("comparison.", "alert.")


@app.task(name="monitoring.compare", retry=3, lock="comparison")
def compare_all(number: str) -> None:
    """This job will carry a run through from where it stands; two at once never do."""
    apply_later_values()
    carry_through(number, clock.now)


def defer_run(number: str) -> None:
    """This function will line a run up, in the caller's transaction; once is enough while it waits."""
    try:
        compare_all.configure(queueing_lock=f"comparison-{number}").defer(number=number)
    except AlreadyEnqueued:
        return


def carry_through(number: str, now: Callable[[], datetime]) -> None:
    """This function will write out, compare and take what a run is about; what keeps it from going on is put down with it."""
    run = queries.run(number)
    if run is None or run.is_finished:
        return
    try:
        changed = _changed(run)
        if run.state in {RunState.WAITING, RunState.PUBLISHING}:
            _write_out(run, changed, now)
        found, seconds = _compare(run, now)
        _take(run, found, changed, now)
        operations.finish_run(number=number, seconds={"comparing": round(seconds, 2)}, by=PLATFORM, at=now())
    except Exception as trouble:
        log.exception("%s: 比对没有完成", number)
        operations.fail_run(number=number, fault=f"{type(trouble).__name__}: {trouble}", by=PLATFORM, at=now())


def _changed(run: "Run") -> Changed:
    if run.kind == RunKind.WHOLE:
        return Changed()
    return Changed(frozenset(subjects_between(run.since_entry, run.until_entry)), run.begun_at)


def _write_out(run: "Run", changed: Changed, now: Callable[[], datetime]) -> None:
    began, counts = monotonic(), dict[str, int]()
    parts = parts_to_write(changed if run.kind == RunKind.CHANGED else None)
    for done, part in enumerate(parts):
        operations.note_step(number=run.number, state=RunState.PUBLISHING, done=done, total=len(parts), at=now())
        counts[part.table] = counts.get(part.table, 0) + write_part(part, changed)
    operations.note_published(number=run.number, counts=counts, seconds=monotonic() - began, at=now())


def _compare(run: "Run", now: Callable[[], datetime]) -> tuple[Comparison, float]:
    began, asked = monotonic(), asked_on(localtime(run.begun_at).date())
    taken_up: list[str] = []

    def tell(key: str) -> None:
        taken_up.append(key)
        operations.note_step(number=run.number, state=RunState.COMPARING, done=len(taken_up) - 1, total=len(asked), at=now())

    since = run.begun_at if run.kind == RunKind.CHANGED else None
    found = compare(asked, tables_in(folder()), since=since, tell=tell)
    return found, monotonic() - began


def _take(run: "Run", found: Comparison, changed: Changed, now: Callable[[], datetime]) -> None:
    looked_at = sorted(changed.numbers) if run.kind == RunKind.CHANGED else None
    rules: list[ComparisonRule] = [rule for rule in compared(localtime(run.begun_at).date()) if rule.key in found.looked_at]
    for done, rule in enumerate(rules):
        operations.note_step(number=run.number, state=RunState.TAKING, done=done, total=len(rules), at=now())
        began, hits = monotonic(), [hit for hit in found.hits if hit.rule == rule.key]
        operations.take_hits(run=run, rule=rule, hits=hits, by=PLATFORM, at=now())
        operations.finish_rule(
            run=run, rule=rule, population=found.looked_at[rule.key], seconds=monotonic() - began, looked_at=looked_at, by=PLATFORM, at=now()
        )


def begin_what_is_due(at: datetime) -> str:
    """This function will begin the first run of all, the night's, or one of what changed, and give its number; nothing while one is under way or
    none is due."""
    if queries.is_running():
        return ""
    if not queries.runs().exists():  # a register that was never compared waits for no night
        return _begin(RunKind.WHOLE, at)
    day = localtime(at).date()
    if localtime(at).hour >= COMPARED_FROM.on(day).value and not queries.began_on(RunKind.WHOLE, day):
        return _begin(RunKind.WHOLE, at)
    before = queries.last_done()
    if before is None or before.begun_at > at - timedelta(minutes=COMPARED_EVERY.on(day).value):
        return ""
    # a run's own lines are no reason for another
    changed = has_lines_between(before.until_entry, last_settled(), but_not=OWN)
    return _begin(RunKind.CHANGED, at) if changed else ""


@transaction.atomic
def _begin(kind: RunKind, at: datetime) -> str:
    try:
        run = operations.begin_run(kind=kind, by=PLATFORM, at=at)
    except Refusal:
        return ""
    defer_run(run.number)
    return run.number


def take_up_left(at: datetime) -> int:
    """This function will line up again every run that nobody has looked after for a while, and count them."""
    left = queries.unfinished(at - PATIENCE)
    for number in left:
        defer_run(number)
    return len(left)
