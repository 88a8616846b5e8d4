"""评分表: by which scoring points is a practical or panel sitting marked? Set before it is opened, in versions, never after."""

import hashlib
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.models import ScoringSheet, Sitting
from touchstone.exams.operations.computer_exams import serving_paper
from touchstone.exams.operations.day import locked_sitting
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.states import Part, PlanState, SittingPhase
from touchstone.files.operations import check as check_file
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.kernel.rules import must, records
from touchstone.ledger.operations import record
from touchstone.measurement.interchange.rich import plain
from touchstone.policy.exams.marking import TENTH, sheet_adds_up
from touchstone.policy.exams.parts import plain_mark
from touchstone.questions.operations.delivering import delivered_form
from touchstone.sheets.child import read_rows
from touchstone.sheets.refusals import FileRefused
from touchstone.sheets.scoring import SHAPE, parse_scoring

_OPEN_PLANS = {PlanState.REPORTED, PlanState.REVIEWED, PlanState.ARRANGED}
MOST_POINTS = 200


@dataclass(frozen=True)
class PointLine:
    """A scoring point: what is looked at, its full points, the step it belongs to, and how points are taken off."""

    words: str
    points: Decimal
    group: str = ""
    rule: str = ""


@transaction.atomic
def set_scoring_sheet(*, sitting_number: str, points: Sequence[PointLine], origin: str, by: Actor, at: datetime) -> ScoringSheet:
    """This function will set the scoring points of a sitting as a new version; earlier ones are kept. `origin` says where they come from.

    :raises Refusal: for theory, or where they do not sum to the full mark. :raises MoveRefused: once the sitting was opened.
    """
    sitting = locked_sitting(sitting_number)
    check_may_set(sitting, by, at)
    lines = [one for one in points if one.words.strip() or one.points]
    if len(lines) > MOST_POINTS:
        raise Refusal(f"评分点多于{MOST_POINTS}个。", RECORD, "请合并后再设定。")
    if any(not one.words.strip() for one in lines):
        raise Refusal("有评分点没有写明考核内容。", RECORD, "请补写后再保存。")
    found = sheet_adds_up([one.points for one in lines], sitting.plan.exam_on)
    must(found, "请核对各评分点的分值后再保存。")
    rows = [_row(n, one) for n, one in enumerate(lines, 1)]
    last = ScoringSheet.objects.filter(sitting=sitting).order_by("-version").values_list("version", flat=True).first() or 0
    made = ScoringSheet.objects.create(
        sitting=sitting, version=last + 1, points=rows, origin=origin[:200], findings=records([found]), set_by_id=by.user_id, set_at=at
    )
    digest = hashlib.sha256(json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    detail = {"sitting": sitting.number, "version": made.version, "points": len(rows), "sha256": digest, "origin": made.origin}
    record("sitting.scoring_sheet_set", sitting.plan.number, by=by, at=at, detail=detail)
    return made


def set_sheet_from_paper(*, sitting_number: str, paper_number: str, letter: str, by: Actor, at: datetime) -> ScoringSheet:
    """This function will set the scoring points that an opened paper's practical questions have in the bank.

    :raises Refusal: for a paper that does not serve the sitting, that is not opened yet, or whose questions have no scoring points.
    """
    sitting = Sitting.objects.select_related("plan__body", "plan__standard").get(number=sitting_number)
    check_may_set(sitting, by, at)
    paper = serving_paper(sitting, sitting.plan, paper_number)
    lines = []
    for one in delivered_form(paper.pk, letter, at).placed.values():
        share = one.points / one.content.points if one.content.points else Decimal(1)
        lines += [
            PointLine(plain(point.content).strip(), (point.points * share).quantize(TENTH), point.group, point.rule) for point in one.content.criteria
        ]
    if not lines:
        raise Refusal("这份试卷的试题没有评分点。", RECORD, "请用模板填写评分表。")
    return set_scoring_sheet(sitting_number=sitting_number, points=lines, origin=f"试卷{paper.number} {letter}卷的评分点", by=by, at=at)


@transaction.atomic
def take_scoring_workbook(*, sitting_number: str, name: str, content: bytes, by: Actor, at: datetime) -> ScoringSheet:
    """This function will set the scoring points of a filled template; it is taken whole or not at all. :raises Refusal: naming the row at fault."""
    sitting = Sitting.objects.select_related("plan__body").get(number=sitting_number)
    check_may_set(sitting, by, at)
    check_file(name, content, ("xlsx",))
    with tempfile.TemporaryDirectory(prefix="touchstone-scoring-") as folder:
        path = Path(folder) / "sent.xlsx"
        path.write_bytes(content)
        try:
            with read_rows(path, SHAPE) as reading:
                rows = list(parse_scoring(reading.rows))
        except FileRefused as fault:
            raise Refusal(fault.sentence, RECORD, "请从本页下载评分表模板，填好后再上传。") from fault
    for row in rows:
        if row.errors:
            raise Refusal(f"第{row.number}行：{row.errors[0].sentence}", RECORD, "请改正后整份再传。")
    points = [PointLine(row.words, row.points, row.group, row.rule) for row in rows]
    return set_scoring_sheet(sitting_number=sitting_number, points=points, origin=f"表格“{name}”", by=by, at=at)


def check_may_set(sitting: Sitting, by: Actor, at: datetime) -> None:
    """This function will let pass who may set the scoring sheet of a sitting now. :raises Refusal: with a sentence."""
    permissions.check_may(by, "arrange", sitting.plan)
    if sitting.part == Part.THEORY:
        raise Refusal("理论知识考试不用评分表。", RECORD, "请选择技能考核或综合评审的场次。")
    if sitting.phase is not SittingPhase.PLANNED:
        raise MoveRefused("本场已经开考，评分表不能再改。", RECORD, "考评人员按已定的评分表评分。")
    if sitting.plan.state not in _OPEN_PLANS:
        raise MoveRefused(f"当前为“{PlanState(sitting.plan.state).label}”，不能设定评分表。", RECORD, "请在开考以前设定。")
    check_not_stopped(sitting.plan, at.date())


def _row(place: int, one: PointLine) -> dict[str, str]:
    points = plain_mark(one.points)
    return {"key": str(place), "group": one.group.strip()[:60], "words": one.words.strip()[:300], "points": points, "rule": one.rule.strip()[:300]}
