"""成绩表: which template does a sitting fill with scores, and what do its rows say?"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from touchstone.sheets.cleaning import Unreadable, clean_code, clean_name, clean_text
from touchstone.sheets.shapes import CellSentence, Row, Shape
from touchstone.sheets.templates import TemplateColumn, write_template

TICKET, NAME, ID_NUMBER, THEORY, PRACTICAL, PANEL, REMARK = (
    "准考证号",
    "姓名",
    "证件号码",
    "理论成绩",
    "技能成绩",
    "综合评审成绩",
    "备注",
)
ABSENT = "缺考"
SHAPE = Shape(
    "成绩登记表",
    "成绩",
    (TICKET, NAME, ID_NUMBER, THEORY, PRACTICAL, PANEL, REMARK),
    "scores",
    "2024.1",
    (PANEL, REMARK),
)


@dataclass(frozen=True)
class Entrant:
    """Who stands on the score sheet of a sitting."""

    ticket: str
    name: str
    masked_id: str


@dataclass(frozen=True)
class ScoreRow:
    """The scores of one candidate; None is absent (缺考), or not asked for in `panel` below level 2."""

    number: int
    ticket: str
    name: str
    theory: Decimal | None
    practical: Decimal | None
    panel: Decimal | None
    remark: str


@dataclass(frozen=True)
class ScoreOutcome:
    """What became of one row of the score sheet."""

    number: int
    row: ScoreRow | None
    errors: tuple[CellSentence, ...] = ()

    @property
    def sentence(self) -> str:
        """One sentence for the result column; empty when the row passed."""
        return "；".join(error.sentence.rstrip("。") for error in self.errors) + "。" if self.errors else ""


def score_template(sitting_number: str, entrants: Sequence[Entrant], with_panel: bool) -> bytes:
    """This function will give the score sheet of a sitting, prefilled with its entrants.

    `with_panel` adds 综合评审成绩, asked for at levels 1 and 2.
    """
    columns = [
        TemplateColumn(TICKET, True, width=22, locked=True),
        TemplateColumn(NAME, True, width=14, locked=True),
        TemplateColumn(ID_NUMBER, True, width=22, locked=True),
        TemplateColumn(THEORY, True, width=12, score=True),
        TemplateColumn(PRACTICAL, True, width=12, score=True),
        *([TemplateColumn(PANEL, True, width=14, score=True)] if with_panel else []),
        TemplateColumn(REMARK, width=24),
    ]
    lines = [
        (
            "怎样填",
            "在“成绩”表里填写分数，百分制，最多一位小数；没有到考填“缺考”，不要空着。每一科都要达到合格线，不取平均。",
        ),
        ("不要改", "准考证号、姓名、证件号码由系统填好，用来核对，请不要改动或调换。"),
        ("上传以后", "系统逐行核对，有问题的行在末列写明原因，改好后整份再传。"),
    ]
    memory = io.BytesIO()
    rows = [(one.ticket, one.name, one.masked_id) for one in entrants]
    write_template(memory, SHAPE, columns, lines, {"plan": sitting_number}, rows)
    return memory.getvalue()


def parse_scores(
    rows: Iterable[Row], roster: Mapping[str, str], with_panel: bool, may_be_blank: Mapping[str, frozenset[str]] | None = None
) -> Iterator[ScoreOutcome]:
    """This function will check every row against the roster (ticket number → name); `may_be_blank` names columns that a ticket may leave open."""
    seen: dict[str, int] = {}
    for row in rows:
        outcome = _parse(row, roster, with_panel, may_be_blank or {})
        if outcome.row is not None:
            first = seen.setdefault(outcome.row.ticket, row.number)
            if first != row.number:
                again = f"第{row.number}行与第{first}行的准考证号相同，请删去其中一行。"
                outcome = ScoreOutcome(row.number, None, (CellSentence(TICKET, again),))
        yield outcome


def _parse(row: Row, roster: Mapping[str, str], with_panel: bool, may_be_blank: Mapping[str, frozenset[str]]) -> ScoreOutcome:
    errors = list(row.faults)
    ticket = clean_code(row.values.get(TICKET, "")).text
    name = clean_name(row.values.get(NAME, "")).text
    if ticket not in roster:
        errors.append(CellSentence(TICKET, f"准考证号“{ticket[:30]}”不在本场名单中，请核对是否用错了场次的表。"))
    elif roster[ticket] != name:
        errors.append(CellSentence(NAME, f"准考证号{ticket}的考生是“{roster[ticket]}”，表中写的是“{name[:20]}”，请核对是否错行。"))
    scores: dict[str, Decimal | None] = {}
    blank = may_be_blank.get(ticket, frozenset())
    for column in (THEORY, PRACTICAL, PANEL) if with_panel else (THEORY, PRACTICAL):
        if column in blank and not row.values.get(column, "").strip():
            scores[column] = None
            continue
        try:
            scores[column] = read_score(column, row.values.get(column, ""))
        except Unreadable as fault:
            errors.append(CellSentence(column, fault.sentence))
    if errors:
        return ScoreOutcome(row.number, None, tuple(errors))
    remark = clean_text(row.values.get(REMARK, "")).text[:200]
    return ScoreOutcome(row.number, ScoreRow(row.number, ticket, name, scores[THEORY], scores[PRACTICAL], scores.get(PANEL), remark))


def read_score(column: str, text: str) -> Decimal | None:
    """This function will read a score of 0 to 100 with at most one decimal, or None for 缺考. :raises Unreadable:"""
    bare = clean_code(text).text.replace("．", ".").removesuffix("分")
    if bare in (ABSENT, "缺"):
        return None
    if not bare:
        raise Unreadable(f"“{column}”没有填写；没有到考请填“{ABSENT}”。")
    if not re.fullmatch(r"\d{1,3}(\.\d)?", bare, re.ASCII) or Decimal(bare) > 100:
        raise Unreadable(f"“{column}”填的“{text.strip()[:20]}”应为0到100的分数，最多一位小数。")
    return Decimal(bare)
