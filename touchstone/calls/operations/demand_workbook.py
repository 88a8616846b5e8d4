"""导入需求表: many demand figures from a workbook, each row taken or told why not, and the workbook given back with the results."""

import hashlib
import json
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.calls import permissions
from touchstone.calls.models import DemandFigure
from touchstone.calls.operations.demand import LAYOUT, check_figure, one_at_a_time, standing_figures, write
from touchstone.catalogue.queries import occupations
from touchstone.files.operations import attach
from touchstone.files.operations import check as check_file
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.districts import DISTRICTS
from touchstone.sheets.child import read_rows, return_workbook
from touchstone.sheets.demand import SHAPE, DemandOutcome, parse_demand
from touchstone.sheets.refusals import FileRefused
from touchstone.sheets.shapes import PASSED
from touchstone.sheets.told import RowTold

if TYPE_CHECKING:
    from touchstone.catalogue.models import Occupation
    from touchstone.files.models import Attachment

CITY = "全市"
DISTRICT_WORDS = {CITY: "", **{name: code for code, name in DISTRICTS.items()}}
SENT, RETURNED = "demand_sheet", "demand_sheet_returned"


@dataclass(frozen=True)
class DemandReport:
    """What became of a demand sheet, row by row, and the same workbook with a result column."""

    number: str
    rows: list[RowTold]
    returned: "Attachment"

    @property
    def taken(self) -> int:
        return sum(row.done for row in self.rows)


@transaction.atomic
def take_demand_workbook(*, name: str, content: bytes, by: Actor, at: datetime) -> DemandReport:
    """This function will enter the figures of a filled demand sheet; rows with a fault are told and left out, the others stand.

    :raises NotAllowed: for those who plan nothing. :raises Refusal: for a file that is not our template.
    """
    permissions.check_may_enter_demand(by)
    check_file(name, content, ("xlsx",))
    with tempfile.TemporaryDirectory(prefix="touchstone-demand-") as folder:
        path, target = Path(folder) / "sent.xlsx", Path(folder) / "returned.xlsx"
        path.write_bytes(content)
        try:
            with read_rows(path, SHAPE) as reading:
                told = _taken(list(parse_demand(reading.rows, tuple(DISTRICT_WORDS))), by, at)
            return_workbook(path, target, SHAPE, {row.number: f"{PASSED}，{row.sentence}" if row.done else row.sentence for row in told})
        except FileRefused as fault:
            raise Refusal(fault.sentence, LAYOUT, "没有登记任何需求数；请从本页下载模板，填好后再上传。") from fault
        number = f"XQ{at:%Y}{next_serial(f'demand-{at:%Y}'):05d}"
        attach(case=number, label=SENT, name=name, content=content, by=by, at=at)
        returned = attach(case=number, label=RETURNED, name=f"{Path(name).stem}（核对结果）.xlsx", content=target.read_bytes(), by=by, at=at)
    report = DemandReport(number, told, returned)
    digest = hashlib.sha256(json.dumps([(row.number, row.done, row.sentence) for row in told], ensure_ascii=False).encode()).hexdigest()
    record("demand.imported", number, by=by, at=at, detail={"rows": len(told), "taken": report.taken, "outcomes_sha256": digest})
    return report


def _taken(outcomes: list[DemandOutcome], by: Actor, at: datetime) -> list[RowTold]:
    """Enter the rows that can be entered: two reads for all, one write for each figure that is new or has changed."""
    one_at_a_time(at.year)
    codes = {one.row.code for one in outcomes if one.row}
    listed = {found.code: found for found in occupations(at.date()).filter(code__in=codes)}
    kept = standing_figures(codes)
    return [_one(outcome, listed, kept, by, at) for outcome in outcomes]


def _one(
    outcome: DemandOutcome, listed: "dict[str, Occupation]", kept: dict[tuple[str, str, int], DemandFigure], by: Actor, at: datetime
) -> RowTold:
    row = outcome.row
    if row is None:
        return RowTold(outcome.number, "", False, outcome.sentence)
    found, district = listed.get(row.code), DISTRICT_WORDS[row.district]
    title = f"{found.name if found else row.code} {row.district} {row.year}年"
    try:
        check_figure(found, row.code, district, row.year, row.people, row.source, by=by, at=at, name=row.name)
    except Refusal as refusal:
        return RowTold(row.number, title, False, str(refusal))
    figure = kept.get((row.code, district, row.year))
    if figure is None:
        write(DemandFigure(occupation=found, district=district, year=row.year), row.people, row.source, by=by, at=at)
        return RowTold(row.number, title, True, "已登记。")
    before = figure.people
    if (before, figure.source) == (row.people, row.source):
        return RowTold(row.number, title, True, "与已有的数相同。")
    write(figure, row.people, row.source, by=by, at=at)
    return RowTold(row.number, title, True, f"原为{before:,}，已改为{row.people:,}。" if before != row.people else "来源已更新。")
