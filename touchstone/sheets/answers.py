"""作答表: the workbook that brings the answers to a used paper: candidate by candidate, question by question, and what each row says."""

import io
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from touchstone.sheets.cleaning import clean_code, clean_text
from touchstone.sheets.shapes import CellSentence, Row, Shape
from touchstone.sheets.templates import TemplateColumn, write_template

TICKET, LETTER, SEX, GROUP = "准考证号", "卷别", "性别", "分组"
MEN, WOMEN = "男", "女"
MOST = 20_000


@dataclass(frozen=True)
class AnswerRow:
    """The answers of one candidate as written: "" where nothing was answered."""

    number: int
    ticket: str
    letter: str
    sex: str
    group: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class AnswerOutcome:
    """What became of one row."""

    number: int
    row: AnswerRow | None
    sentence: str = ""


def shape_of(questions: int) -> Shape:
    """This function will give the shape of the workbook of a paper with so many questions."""
    columns = (TICKET, LETTER, SEX, GROUP, *(_header(place) for place in range(1, questions + 1)))
    return Shape("作答结果表", "作答", columns, "answers", "2026-1", (SEX, GROUP), MOST)


def _header(place: int) -> str:
    return f"第{place}题"


def answer_template(paper: str, letters: Collection[str], questions: int) -> bytes:
    """This function will give the empty workbook for a paper."""
    columns = [
        TemplateColumn(TICKET, True, width=22),
        TemplateColumn(LETTER, True, options=tuple(letters), width=8),
        TemplateColumn(SEX, options=(MEN, WOMEN), width=8),
        TemplateColumn(GROUP, width=18),
        *(TemplateColumn(_header(place), width=9) for place in range(1, questions + 1)),
    ]
    lines = [
        ("怎样填", "每名考生一行。选择题填试卷上印的字母（多选题连写，如ABD），判断题填“对”或“错”，填空题填答案（几个空用分号隔开）。"),
        ("人工评分的题", "简答题、论述题、实操任务和综合题填得分。没有作答的留空。"),
        ("性别和分组", "可以不填；填了就按性别和分组检验试题是否公平。分组可填机构、班级或者考场。"),
        ("上传以后", "只用来计算试题的难度、区分度等，不改变任何人的成绩。有问题的行不采用，并逐行说明原因。"),
    ]
    memory = io.BytesIO()
    write_template(memory, shape_of(questions), columns, lines, {"paper": paper})
    return memory.getvalue()


def parse_answers(rows: Iterable[Row], letters: Collection[str], questions: int) -> Iterator[AnswerOutcome]:
    """This function will read every row: which form, who (by ticket), what was answered; a second row of one ticket is refused."""
    seen: dict[str, int] = {}
    for row in rows:
        outcome = _parse(row, letters, questions)
        if outcome.row is not None and outcome.row.ticket in seen:
            outcome = AnswerOutcome(row.number, None, f"准考证号与第{seen[outcome.row.ticket]}行相同，只采用前一行。")
        elif outcome.row is not None:
            seen[outcome.row.ticket] = row.number
        yield outcome


def _parse(row: Row, letters: Collection[str], questions: int) -> AnswerOutcome:
    faults: list[CellSentence] = list(row.faults)
    ticket = clean_code(row.values.get(TICKET, "")).text[:40]
    letter = clean_code(row.values.get(LETTER, "")).text.upper().removesuffix("卷")
    sex = clean_text(row.values.get(SEX, "")).text
    if not ticket:
        faults.append(CellSentence(TICKET, "没有填写准考证号。"))
    if letter not in letters:
        faults.append(CellSentence(LETTER, f"卷别“{letter[:8]}”不是本卷的{'、'.join(letters)}卷。"))
    if sex not in {"", MEN, WOMEN}:
        faults.append(CellSentence(SEX, f"性别“{sex[:8]}”应为“男”或者“女”，也可以不填。"))
    if faults:
        return AnswerOutcome(row.number, None, "".join(dict.fromkeys(one.sentence for one in faults)))
    answers = tuple(clean_text(row.values.get(_header(place), "")).text[:200] for place in range(1, questions + 1))
    return AnswerOutcome(row.number, AnswerRow(row.number, ticket, letter, sex, clean_text(row.values.get(GROUP, "")).text[:60], answers))
