"""成绩表上传: a filled score sheet is read, entered row by row, and given back with what became of each row."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.models import Plan
from touchstone.exams.operations.keying import key_scores
from touchstone.exams.operations.outcomes import RowResult, refused
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.operations.scores import ScoreLine, enter_scores
from touchstone.exams.queries.marks import marked_parts
from touchstone.exams.queries.sittings import entrants, plan_parts
from touchstone.exams.states import Part
from touchstone.files.operations import attach
from touchstone.files.operations import check as check_file
from touchstone.kernel.law import Refusal
from touchstone.sheets.child import read_rows, return_workbook
from touchstone.sheets.refusals import FileRefused
from touchstone.sheets.scores import PANEL, PRACTICAL, SHAPE, THEORY, ScoreOutcome, ScoreRow, parse_scores

if TYPE_CHECKING:
    from touchstone.files.models import Attachment

_COLUMNS = {Part.THEORY: THEORY, Part.PRACTICAL: PRACTICAL, Part.PANEL: PANEL}
SENT, RETURNED = "score_sheet", "score_sheet_returned"


@dataclass(frozen=True)
class SheetReport:
    """What became of a score sheet: a result for every row, and the same workbook with a result column."""

    results: list[RowResult]
    returned: "Attachment"


@transaction.atomic
def take_score_sheet(*, plan_number: str, name: str, content: bytes, by: Actor, at: datetime) -> SheetReport:
    """This function will enter the scores of a filled sheet; rows with a fault are told and left out, the others stand.

    :raises Refusal: for a file that is no score sheet of this plan.
    """
    return _taken(enter_scores, plan_number, name, content, by, at)


@transaction.atomic
def key_score_sheet(*, plan_number: str, name: str, content: bytes, by: Actor, at: datetime) -> SheetReport:
    """This function will take a filled sheet as what one of two people typed; the other's is not looked at.

    :raises Refusal: for a file that is no score sheet of this plan.
    """
    return _taken(key_scores, plan_number, name, content, by, at)


def _taken(enter: Callable[..., list[RowResult]], plan_number: str, name: str, content: bytes, by: Actor, at: datetime) -> SheetReport:
    plan = Plan.objects.select_related("body").get(number=plan_number)
    permissions.check_may(by, "score", plan)
    check_file(name, content, ("xlsx",))
    with tempfile.TemporaryDirectory(prefix="touchstone-scores-") as folder:
        path, target = Path(folder) / "sent.xlsx", Path(folder) / "returned.xlsx"
        path.write_bytes(content)
        try:
            outcomes = _read(plan, path)
            results = _entered(enter, plan, outcomes, by, at)
            return_workbook(path, target, SHAPE, {int(one.key): one.sentence if not one.done else "" for one in results})
        except FileRefused as fault:
            raise Refusal(fault.sentence, RECORD, "没有保存任何成绩；请从本页下载成绩表，填好后再上传。") from fault
        attach(case=plan.number, label=SENT, name=name, content=content, by=by, at=at)
        returned_name = f"{Path(name).stem}（核对结果）.xlsx"
        returned = attach(case=plan.number, label=RETURNED, name=returned_name, content=target.read_bytes(), by=by, at=at)
    return SheetReport(results, returned)


def _read(plan: Plan, path: Path) -> list[ScoreOutcome]:
    roster = {one.ticket_number or "": one.name for one in entrants(plan)}
    with read_rows(path, SHAPE) as reading:
        marked = reading.head.marks.get("plan", "")
        if marked != plan.number:
            raise Refusal(f"这是计划{marked or '（未标明）'}的成绩表，当前计划为{plan.number}。", RECORD, "请在本页下载本计划的成绩表再填写。")
        return list(parse_scores(reading.rows, roster, Part.PANEL in plan_parts(plan), _left_open(plan)))


def _entered(enter: Callable[..., list[RowResult]], plan: Plan, outcomes: list[ScoreOutcome], by: Actor, at: datetime) -> list[RowResult]:
    if not outcomes:
        raise Refusal("成绩表中没有一行成绩。", RECORD, "请填好成绩后再上传。")
    marked = _left_open(plan)
    lines = [_line(one.row, plan_parts(plan), marked.get(one.row.ticket, frozenset())) for one in outcomes if one.row is not None]
    entered = {one.key: one for one in enter(plan_number=plan.number, lines=lines, by=by, at=at)}
    return [entered.get(str(one.number)) or refused(str(one.number), "", one.sentence) for one in outcomes]


def _line(row: ScoreRow, parts: tuple[Part, ...], marked: frozenset[str]) -> ScoreLine:
    marks = {Part.THEORY: row.theory, Part.PRACTICAL: row.practical, Part.PANEL: row.panel}
    return ScoreLine(row.ticket, {part: marks[part] for part in parts if marks[part] is not None or _COLUMNS[part] not in marked}, str(row.number))


def _left_open(plan: Plan) -> dict[str, frozenset[str]]:
    """The columns of each ticket that assessors mark on phones, so that the sheet need not say them."""
    people = {one.pk: one.ticket_number or "" for one in entrants(plan)}
    found: dict[str, frozenset[str]] = {}
    for candidate, part in marked_parts(people):
        found[people[candidate]] = found.get(people[candidate], frozenset()) | {_COLUMNS[Part(part)]}
    return found
