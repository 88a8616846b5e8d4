"""公布的数字测试: do published figures equal what anybody counts in the log, and is a changed line of the ledger found?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tests.cast import START, Cast
from tests.logs.stage import NearWitness, a_sequencer, send
from touchstone.filings import operations
from touchstone.jobs.public_log import publish_figures, root_the_ledger
from touchstone.ledger import publishing
from touchstone.ledger.models import Entry
from touchstone.ledger.publishing import disagreeing_pieces
from touchstone.logs.models import Log
from touchstone.logs.places import folder_of
from touchstone.logs.queries import last_entry
from touchstone.policy.filing.ending import EndKind
from touchstone.trust.log.monitor import STATISTICS, Seen, figures_wrong, kind_of, look
from touchstone.trust.log.notes import Verifier

NIGHT = START.replace(hour=3) + timedelta(days=1)


def test_figures_equal_what_anybody_counts(cast: Cast, filed_to: Callable[[str], str], witness: NearWitness) -> None:
    """备案一件、终止一件：夜里公布的数字与监看者逐条数出的一致；编入以前不公布；公布一次。"""
    number = filed_to("signed")
    told: dict[str, Any] = {"reason": "查实特别严重违规", "findings": [], "ground": "", "clause": "通知 三(四)3", "effective_on": START.date()}
    operations.terminate(number=number, kind=EndKind.ORDERED, by=cast.wu, at=START, **told)
    assert publish_figures(NIGHT) == 0, "还有条目等待编入，数字不能公布"
    a_sequencer(witness).step()
    assert [publish_figures(NIGHT), publish_figures(NIGHT)] == [1, 0]
    a_sequencer(witness).step()
    figures = last_entry("decisions", STATISTICS)
    assert figures is not None
    assert (figures["register"]["filing.accepted"], figures["register"]["filing.terminated"]) == (1, 1)
    kinds: list[str] = []
    key = Verifier.read(Log.objects.get(name="decisions").key)
    seen = look(folder_of("decisions").fetch, key, Seen("x"), take=lambda index, entry: kinds.append(kind_of(entry)))
    assert seen.faults == []
    counted = lambda name, size: {kind: kinds[:size].count(kind) for kind in kinds[:size]}  # noqa: E731
    assert figures_wrong(figures, counted) == []
    padded = {**figures, "logged": {**figures["logged"], "filing.accepted": 2}}
    assert "公布filing.accepted共2条，日志里数出1条" in figures_wrong(padded, counted)[0]


@pytest.mark.django_db
def test_a_changed_line_of_the_ledger_is_found(witness: NearWitness, monkeypatch: pytest.MonkeyPatch) -> None:
    """操作存证每天汇总一次；绕过触发器改了一行，核对指出是哪一段。"""
    monkeypatch.setattr(publishing, "GRACE", timedelta(seconds=-1))
    send(4)
    assert [root_the_ledger(NIGHT), root_the_ledger(NIGHT)] == [4, 0]
    a_sequencer(witness).step()
    assert disagreeing_pieces() == (1, [])
    line = Entry.objects.order_by("pk")[2]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE ledger_entry SET reason = '改过' WHERE id = %s", [line.pk])
        cursor.execute("ALTER TABLE ledger_entry ENABLE TRIGGER USER")
    pieces, wrong = disagreeing_pieces()
    assert pieces == 1 and wrong[0][0] <= line.pk <= wrong[0][1]
