"""被打断的核对: a run that is killed again and again ends the same as one that never was."""

from typing import Any

import pytest

from tests.exams.stage import Stage
from tests.uploads.sending import PREFIX, SENT, rows_of, workbook
from touchstone.accounts.actor import PLATFORM
from touchstone.ledger.models import Entry as Line
from touchstone.uploads import operations
from touchstone.uploads.models import Entry
from touchstone.uploads.operations import processing


class Killed(BaseException):
    """The worker is gone."""


def outcome(number: str) -> list[tuple[Any, ...]]:
    """Give what came of every row."""
    return list(Entry.objects.filter(batch__number=number).order_by("row_number").values_list("row_number", "number", "state", "link"))


def test_killed_in_every_chunk(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """每块核对后都被打断，从断处继续，每行恰好一次。"""
    monkeypatch.setattr(processing, "CHUNK", 3)
    rows = rows_of(stage)
    rows += [rows[2] | {"number": f"{PREFIX}265{n:06d}", "name": "别人"} for n in range(600, 614)]
    batch = operations.receive(name="a.xlsx", content=workbook(rows), by=stage.cast.sun, at=SENT)

    def killed(cursor: int) -> None:
        raise Killed

    for _ in range(6):
        with pytest.raises(Killed):
            operations.process(number=batch.number, by=PLATFORM, at=SENT, after_chunk=killed)
    done = operations.process(number=batch.number, by=PLATFORM, at=SENT)
    assert (done.state, done.total, done.cursor, done.passed, done.broken) == ("checked", 17, 17, 3, 14)
    first = outcome(batch.number)
    assert Line.objects.filter(event="certificate_batch.rows_taken", subject=batch.number).count() == 6
    operations.revert(number=batch.number, reason="再来一次", by=stage.cast.sun, at=SENT)
    again = operations.receive(name="a.xlsx", content=workbook(rows), by=stage.cast.sun, at=SENT)
    operations.process(number=again.number, by=PLATFORM, at=SENT)
    reverted = [(row, number, "passed" if state == "reverted" else state, link) for row, number, state, link in outcome(batch.number)]
    assert outcome(again.number) == reverted
    assert [(row, number) for row, number, _, _ in first] == [(row, number) for row, number, _, _ in reverted]
