"""试题统计办理: the answers to a used paper are handed in, and what they show of each question is reckoned and kept."""

import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import numpy as np
from django.db import transaction

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.files.operations import LARGEST, attach
from touchstone.files.queries import content as bytes_of
from touchstone.files.queries import of_case
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.parameters.queries import in_force
from touchstone.policy.questions.papers import CALIBRATE_AT, FIGURES_AT
from touchstone.questions import permissions
from touchstone.questions.marking import AnswerUnreadable, marked
from touchstone.questions.models import AnswerImport, ItemFigure, Paper, Question
from touchstone.questions.operations._case import LAW, NothingHere
from touchstone.questions.operations.composing import locked_paper
from touchstone.questions.operations.unsealing import opened_content, placed_of
from touchstone.questions.placing import Placed
from touchstone.questions.reckoning import Answered, Found, of_paper, reckoned
from touchstone.questions.states import PaperState
from touchstone.sheets.answers import AnswerRow, answer_template, parse_answers, shape_of
from touchstone.sheets.archive import check_workbook
from touchstone.sheets.child import read_rows
from touchstone.sheets.refusals import FileRefused

FILE = "作答结果"
MOST_TOLD = 200
Kept = list[tuple[AnswerRow, list[float], list[int]]]


def answers_template(paper: Paper) -> bytes:
    """This function will give the empty workbook for the answers to a paper."""
    letters = [one.letter for one in paper.forms.defer("sealed").order_by("letter")]
    return answer_template(paper.number, letters, _size(paper))


def _size(paper: Paper) -> int:
    return max((one.items.count() for one in paper.forms.defer("sealed")), default=0)


@transaction.atomic
def receive_answers(*, number: str, name: str, content: bytes, by: Actor, at: datetime) -> AnswerImport:
    """This function will take the answers to a used paper; the caller lines the reckoning up.

    :raises Refusal: for a paper that was not used, or a file that cannot be a workbook. Nothing is kept of it then.
    """
    paper = locked_paper(number)
    permissions.check_may(by, "compose", paper.bank)
    if paper.state != PaperState.USED:
        raise Refusal(f"试卷当前为“{paper.get_state_display()}”，还没有作答结果。", LAW, "请在考试结束、登记使用以后上传。")
    if not content or len(content) > LARGEST:
        raise Refusal("没有选择文件，或者文件超过上限。", LAW, "请选择从本页下载、填好的作答结果表。")
    try:
        check_workbook(content)
    except FileRefused as fault:
        raise Refusal(fault.sentence, LAW, "没有保存任何内容；请从本页下载作答结果表，填好后再上传。") from fault
    kept = attach(case=number, label=FILE, name=name, content=content, by=by.with_key(""), at=at)
    made = AnswerImport.objects.create(
        number=f"DT{at:%Y}{next_serial(f'answers-{at:%Y}'):05d}",
        paper=paper,
        name=name[:200],
        file=kept.number,
        begun_by_id=by.user_id,
        begun_at=at,
    )
    record("paper.answers_received", number, by=by, at=at, detail={"import": made.number, "sha256": kept.sha256})
    return made


def reckon_answers(*, number: str, by: Actor, at: datetime) -> AnswerImport:
    """This function will read a workbook of answers and keep the figures; done already, it changes nothing. For the platform only."""
    permissions.check_may(by, "clock")
    run = AnswerImport.objects.select_related("paper__bank").filter(number=number).first()
    if run is None:
        raise NothingHere(f"没有编号为{number}的作答结果。", LAW, "请从试卷页面查看。")
    if run.finished_at is not None or run.failed_because:
        return run
    placed = {one.letter: placed_of(opened_content(run.paper, one.letter)) for one in run.paper.forms.defer("sealed")}
    try:
        rows, refused = _read(run, placed)
    except FileRefused as fault:
        return _failed(number, fault.sentence, at)
    except Refusal as fault:
        return _failed(number, str(fault), at)
    forms = {letter: _answered(placed[letter], [one for one in rows if one[0].letter == letter]) for letter in placed}
    forms = {letter: one for letter, one in forms.items() if len(one.shares)}
    if not forms:
        return _failed(number, "没有一行可以采用的作答结果。", at, refused)
    least, enough = (in_force(one, at.date()).value for one in (FIGURES_AT, CALIBRATE_AT))
    found = reckoned(forms, least_group=least, calibrate_at=enough, before=_before(run.paper, placed))
    return _kept(number, forms, found, refused, at)


def _read(run: AnswerImport, placed: Mapping[str, list[Placed]]) -> tuple[Kept, list[list[object]]]:
    size = max(len(one) for one in placed.values())
    file = of_case(run.paper.number).filter(number=run.file).first()
    if file is None:
        raise Refusal("上传的文件找不到了。", LAW, "请重新上传。")
    rows, refused = list[tuple[AnswerRow, list[float], list[int]]](), list[list[object]]()
    with tempfile.TemporaryDirectory(prefix="touchstone-answers-") as folder:
        path = Path(folder) / "answers.xlsx"
        path.write_bytes(bytes_of(file))
        with read_rows(path, shape_of(size)) as reading:
            if (said := reading.head.marks.get("paper", "")) != run.paper.number:
                raise Refusal(f"这是试卷{said or '（未标明）'}的作答结果表，当前试卷为{run.paper.number}。", LAW, "请在本页下载本试卷的表再填写。")
            for outcome in parse_answers(reading.rows, sorted(placed), size):
                if outcome.row is None:
                    refused.append([outcome.number, outcome.sentence])
                    continue
                try:
                    told = [marked(one, outcome.row.answers[one.position - 1]) for one in placed[outcome.row.letter]]
                except AnswerUnreadable as fault:
                    refused.append([outcome.number, fault.sentence])
                    continue
                rows.append((outcome.row, [one.share for one in told], [one.option for one in told]))
    return rows, refused


def _answered(placed: list[Placed], rows: Kept) -> Answered:
    return Answered(
        placed,
        np.array([shares for _, shares, _ in rows], float).reshape(len(rows), len(placed)),
        np.array([options for _, _, options in rows], np.int64).reshape(len(rows), len(placed)),
        [row.sex for row, _, _ in rows],
        [row.group for row, _, _ in rows],
    )


def _before(paper: Paper, placed: Mapping[str, list[Placed]]) -> dict[str, dict[str, object]]:
    """The latest calibrated parameters of the paper's questions from other papers."""
    numbers = {one.question for form in placed.values() for one in form}
    rows = ItemFigure.objects.filter(question__number__in=numbers).exclude(paper=paper.number).exclude(model={})
    return {row.question.number: row.model for row in rows.select_related("question").order_by("id")}


@transaction.atomic
def _kept(number: str, forms: Mapping[str, Answered], found: Mapping[str, Found], refused: list[list[object]], at: datetime) -> AnswerImport:
    run = AnswerImport.objects.select_for_update(of=("self",)).select_related("paper").get(number=number)
    if run.finished_at is not None:
        return run
    keys = dict(Question.objects.filter(number__in=found).values_list("number", "pk"))
    ItemFigure.objects.bulk_create(
        ItemFigure(
            question_id=keys[question],
            paper=run.paper.number,
            answered=one.answered,
            difficulty=round(one.difficulty, 4),
            discrimination=None if one.discrimination is None else round(one.discrimination, 4),
            options=one.options,
            dif=one.dif,
            model=one.model,
            computed_at=at,
        )
        for question, one in sorted(found.items())
    )
    run.finished_at, run.persons = at, sum(len(one.shares) for one in forms.values())
    run.refused, run.report = refused[:MOST_TOLD], {"forms": of_paper(forms), "refused": len(refused)}
    run.save()
    record("paper.answers_reckoned", run.paper.number, by=PLATFORM, at=at, detail={"import": number, "persons": run.persons, "refused": len(refused)})
    return run


@transaction.atomic
def _failed(number: str, sentence: str, at: datetime, refused: list[list[object]] | None = None) -> AnswerImport:
    run = AnswerImport.objects.select_for_update(of=("self",)).select_related("paper").get(number=number)
    run.failed_because, run.refused = sentence[:400], (refused or [])[:MOST_TOLD]
    run.save(update_fields=["failed_because", "refused"])
    record("paper.answers_failed", run.paper.number, by=PLATFORM, at=at, reason=run.failed_because, detail={"import": number})
    return run
