"""收行: rows, by whatever way they came, go through the chain and are kept with an outcome each."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.accounts.people import id_index
from touchstone.kernel.numbers import mask_id_number, name_key
from touchstone.kernel.rules import records
from touchstone.ledger.operations import record
from touchstone.policy.certificates.chain import CHAIN, EXISTING, Followed, follow
from touchstone.sheets.certificates import CertificateRow
from touchstone.uploads.facts import Gathered, gather
from touchstone.uploads.models import Batch, Entry
from touchstone.uploads.operations._case import one_at_a_time, sealed
from touchstone.uploads.states import EntryState, Way

UNREADABLE = "reading"


def take(
    batch: Batch,
    rows: Sequence[CertificateRow],
    *,
    by: Actor,
    at: datetime,
    replaces: Mapping[int, Entry] | None = None,
    put_right: bool = False,
) -> list[Entry]:
    """This function will put rows (a chunk, in order) through the chain and keep every one with its outcome, with one ledger line for all; the batch
    is held by the caller. `replaces` names, by row number, the entry that a correction takes the place of; `put_right` says that the certificate
    itself was corrected, and not only what was told of it."""
    one_at_a_time()
    replaces, day = replaces or {}, localtime(at).date()
    without_plan = batch.way == Way.CORRECTION and not any(one.plan_number for one in replaces.values())
    existing = batch.way == Way.EXISTING or without_plan
    readable = [row for row in rows if not row.errors]
    found = gather(readable, batch.body, day, existing=existing, replacing=replaces, put_right=put_right)
    through = {one.row.number: one for one in found}
    links = EXISTING if existing else CHAIN
    made = []
    for row in rows:
        one = through.get(row.number)
        made.append(_unread(batch, row) if one is None else _entry(batch, one, follow(one.chain, day, links)))
        made[-1].replaces = replaces.get(row.number)
    Entry.objects.bulk_create(made, batch_size=500)
    passed = sum(one.state == EntryState.PASSED for one in made)
    batch.cursor, batch.total = batch.cursor + len(made), max(batch.total, batch.cursor + len(made))
    batch.passed, batch.broken = batch.passed + passed, batch.broken + len(made) - passed
    batch.save(update_fields=["cursor", "total", "passed", "broken"])
    if made:
        detail = {"rows": [made[0].row_number, made[-1].row_number], "passed": passed, "broken": len(made) - passed, "sha256": _fingerprint(made)}
        record("certificate_batch.rows_taken", batch.number, by=by.with_key(""), at=at, detail=detail)
    return made


def _unread(batch: Batch, row: CertificateRow) -> Entry:
    name = row.text("name")[:60]
    return Entry(
        batch=batch,
        row_number=row.number,
        number=row.text("number")[:30],
        name=name,
        name_key=name_key(name),
        plan_number=row.text("plan")[:40],
        state=EntryState.BROKEN,
        link=UNREADABLE,
        sentence=f"{row.sentence}请按模板的说明改正。"[:600],
    )


def _entry(batch: Batch, one: Gathered, came: Followed) -> Entry:
    told, values = one.chain.told, one.row.values
    broken = came.broken
    sentence = f"{broken.reason}。（依据：{broken.clause}）{came.next_step}" if broken is not None else ""
    return Entry(
        batch=batch,
        row_number=one.row.number,
        number=told.number,
        name=told.name[:60],
        name_key=name_key(told.name)[:60],
        id_kind=told.id_kind,
        id_sealed=sealed(told.id_number, batch.number, one.row.number),
        id_index=id_index(told.id_number, told.id_kind),
        id_masked=mask_id_number(told.id_number),
        education=one.row.text("education"),
        occupation_code=told.occupation_code,
        occupation_name=one.row.text("occupation"),
        trade_name=told.trade,
        level=str(int(told.level)),
        theory=values.get("theory"),
        practical=values.get("practical"),
        panel=values.get("panel"),
        issued_on=told.issued_on,
        plan_number=told.plan,
        candidate_number=one.chain.entrant.number if one.chain.entrant else "",
        state=EntryState.PASSED if broken is None else EntryState.BROKEN,
        link=broken.rule if broken is not None else "",
        sentence=sentence[:600],
        findings=records(came.findings),
    )


def _fingerprint(made: Sequence[Entry]) -> str:
    lines: list[list[Any]] = [[one.row_number, one.number, one.state, one.sentence] for one in made]
    return hashlib.sha256(json.dumps(lines, ensure_ascii=False).encode()).hexdigest()
