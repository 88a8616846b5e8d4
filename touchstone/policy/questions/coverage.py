"""题库覆盖: how many questions must there be for an element or a function, and how many are there?"""

import math
from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.exams.parts import Part

_SINCE = date(2024, 5, 1)
LAW = notice("三(二)3")
OURS = our_default("题库覆盖")
PARALLEL_PAPERS = Dated("题库应当能组出的平行试卷套数", Value(_SINCE, 3, OURS), key="questions.parallel_papers", unit="套", changeable=True)
THEORY_QUESTIONS = Dated("一套理论试卷的题数", Value(_SINCE, 100, OURS), key="questions.theory_questions", unit="题", changeable=True)
PRACTICAL_TASKS = Dated("一套技能考核试卷的任务数", Value(_SINCE, 4, OURS), key="questions.practical_tasks", unit="个", changeable=True)


@dataclass(frozen=True)
class CellFacts:
    """A function or an element of one level and part: its weight in percent (None: no weight table yet), and how many usable questions it has."""

    name: str
    weight: float | None
    approved: int
    part: str = Part.THEORY
    papers: int | None = None


def needed(cell: CellFacts, day: date) -> int:
    """This function will say how many questions a cell needs, so that the papers can be composed without sharing one."""
    each = (THEORY_QUESTIONS if cell.part == Part.THEORY else PRACTICAL_TASKS).on(day).value
    papers = PARALLEL_PAPERS.on(day).value if cell.papers is None else cell.papers
    return math.ceil(round((cell.weight or 0) / 100 * each, 6)) * papers


@rule("试题数量满足组卷需要")
def enough_questions(cell: CellFacts, day: date) -> Finding:
    """Whether a function or an element has as many usable questions as its weight asks for."""
    if cell.weight is None:
        return unproven(f"{cell.name}：还没有权重表", LAW, ask_for="标准的权重表")
    want = needed(cell, day)
    if cell.approved < want:
        return unmet(f"{cell.name}：应有{want}题，现有{cell.approved}题，还缺{want - cell.approved}题", OURS)
    return met(f"{cell.name}：应有{want}题，现有{cell.approved}题", OURS)
