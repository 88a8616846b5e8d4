"""证书数据测试公用: a plan whose certificates are issued or still to be issued, and the workbook a body fills in about it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.cast import Cast, set_up
from tests.exams.stage import Stage, moment, stage_again
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.people import opened_id_number
from touchstone.exams.models import Candidate
from touchstone.sheets.certificates import template
from touchstone.uploads import operations
from touchstone.uploads.models import Batch

ISSUED_ON = date(2026, 4, 7)
SENT, LATER = moment(date(2026, 4, 8), 9), moment(date(2026, 4, 9), 9)
PREFIX = "Y000031300001"


def confirmed() -> Stage:
    """Give a plan whose public notice is over; its body numbers its certificates in a system of its own."""
    return stage_again("uploads: confirmed", lambda: Stage(set_up()).reviewed().with_sittings().arranged().held().scored().announced().confirmed())


def certified() -> Stage:
    """Give a plan whose certificates were issued here."""
    return stage_again("uploads: certified", lambda: Stage(set_up()).all_the_way())


def rows_of(stage: Stage, serial: int = 501) -> list[dict[str, Any]]:
    """Give what a body's own system says of the certificates of a plan, by the keys of the columns."""
    found = Candidate.objects.filter(plan=stage.plan, result="passed").select_related("person").order_by("ticket_number")
    return [row_of(stage, one, serial + place) for place, one in enumerate(found)]


def row_of(stage: Stage, one: Candidate, serial: int) -> dict[str, Any]:
    """Give one row."""
    return {
        "name": one.name,
        "id_kind": "居民身份证",
        "id_number": opened_id_number(one.person),
        "education": "高中",
        "occupation_code": "6-18-01-01",
        "occupation": "车工",
        "trade": "",
        "level": "五级/初级工",
        "theory": "80",
        "practical": "85",
        "panel": "",
        "number": f"{PREFIX}265{serial:06d}",
        "issued_on": ISSUED_ON.isoformat(),
        "plan": stage.plan.number,
    }


def workbook(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Fill our template."""
    return template(rows)


def sent_in(cast: Cast, rows: Sequence[Mapping[str, Any]], at: Any = SENT) -> Batch:
    """Send a workbook in and have it gone through."""
    batch = operations.receive(name="证书数据.xlsx", content=workbook(rows), by=cast.sun, at=at)
    return operations.process(number=batch.number, by=PLATFORM, at=at)


def reviewed(cast: Cast, batch: Batch) -> Batch:
    """Everything drawn was looked at and found right."""
    drawn = list(batch.entries.filter(drawn=True).values_list("row_number", flat=True))
    operations.look_at(number=batch.number, rows=drawn, by=cast.zhou, at=LATER)
    return operations.accept(number=batch.number, by=cast.zhou, at=LATER)
