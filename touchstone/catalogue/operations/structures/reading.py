"""读结构表: what does each row of the workbook say, what is wrong with it, and what do all of them together make?"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from touchstone.kernel.numbers import name_key
from touchstone.policy.eligibility.levels import Level, parse_level
from touchstone.policy.exams.parts import Part, parts_of
from touchstone.policy.filing.scope import Basis
from touchstone.policy.questions.structure import (
    ContentFacts,
    ElementFacts,
    ElementKind,
    FormFacts,
    FunctionFacts,
    StructureFacts,
    WeightFacts,
    assessors_enough,
    columns_sum_up,
    minutes_long_enough,
    parent_of,
    shape_fault,
    stands_in_the_way,
    weighted_have_elements,
)
from touchstone.sheets.existing import Choices, ExistingRow
from touchstone.sheets.structures import CONTENT, FORMS, FUNCTION, KNOWLEDGE, SKILL, TREE, WEIGHTS

PARTS = {part.label: part for part in Part}
WEIGHTED = (Part.THEORY, Part.PRACTICAL)
_DASHES = {"—", "-", "–", "－", "/", "——", "0"}
_DEPTH = {FUNCTION: 1, CONTENT: 2, SKILL: 3, KNOWLEDGE: 3}
_KIND = {SKILL: ElementKind.SKILL, KNOWLEDGE: ElementKind.KNOWLEDGE}


def choices() -> Choices:
    """This function will give the words of the drop-downs that are the law's."""
    return {"parts": tuple(PARTS), "weighted_parts": tuple(part.label for part in WEIGHTED)}


@dataclass
class ReadRow:
    """One row and what was said of it."""

    sheet: str
    number: int
    subject: str
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        told = self.faults or self.notes
        return "；".join(dict.fromkeys(one.rstrip("。") for one in told)) + "。" if told else ""


@dataclass
class Workbook:
    """Everything read so far: the rows with what was said of them, and the facts they give."""

    title: str
    levels: frozenset[Level]
    basis: Basis
    day: date
    rows: list[ReadRow] = field(default_factory=list)
    functions: list[FunctionFacts] = field(default_factory=list)
    contents: list[ContentFacts] = field(default_factory=list)
    elements: list[ElementFacts] = field(default_factory=list)
    weights: list[WeightFacts] = field(default_factory=list)
    forms: list[FormFacts] = field(default_factory=list)
    _first: dict[tuple[object, ...], int] = field(default_factory=dict)
    _column: dict[tuple[Level, Part], list[ReadRow]] = field(default_factory=lambda: defaultdict(list))
    _weighted: list[tuple[WeightFacts, ReadRow]] = field(default_factory=list)
    _placed: list[tuple[str, ElementFacts | None, ReadRow]] = field(default_factory=list)

    def take(self, row: ExistingRow) -> None:
        """This method will take one row of one sheet."""
        taken = ReadRow(row.sheet, row.number, f"{row.text('code') or row.text('level')} {row.text('text') or row.text('part')}".strip()[:120])
        taken.faults += [error.sentence for error in row.errors]
        taken.notes += [f"{note.column}：{note.sentence}" for note in row.notes]
        self.rows.append(taken)
        {TREE: self._tree, WEIGHTS: self._weight, FORMS: self._form}[row.sheet](row, taken)

    def _tree(self, row: ExistingRow, taken: ReadRow) -> None:
        code, kind, text = row.text("code"), row.text("kind"), row.text("text")
        if not (code and kind):
            return
        if fault := shape_fault(code, _DEPTH[kind]):
            taken.faults.append(f"{kind}的{fault}")
            return
        level = self._level(row.text("level"), taken)
        if kind in {FUNCTION, CONTENT}:
            if level:
                taken.notes.append("职业功能和工作内容不分等级，等级没有读取")
            if len(text) > 80:
                taken.faults.append(f"名称有{len(text)}个字，超过80个字，请缩短")
            self._once((kind, code), f"编码{code}", taken)
            self.functions += [FunctionFacts(code, text)] if kind == FUNCTION else []
            self.contents += [ContentFacts(code, text)] if kind == CONTENT else []
            self._placed.append((code, None, taken))
            return
        element = ElementFacts(code, level, _KIND[kind], text, bool(row.text("weighty")))
        self._once((element.key,), element.title, taken)
        self.elements.append(element)
        self._placed.append((code, element, taken))

    def _weight(self, row: ExistingRow, taken: ReadRow) -> None:
        code, part = row.text("code"), PARTS.get(row.text("part"))
        names = {one.code: one.name for one in self.functions}
        if not code or part is None:
            return
        if code not in names:
            taken.faults.append(f"“结构”表里没有编码为{code}的职业功能")
        elif row.text("name") and name_key(row.text("name")) != name_key(names[code]):
            taken.notes.append(f"“结构”表里{code}的名称是“{names[code]}”")
        self._once(("weight", code, part), f"{code}的{part.label}", taken)
        for level in Level:
            text = row.text(f"level_{int(level)}").removesuffix("%").removesuffix("％")
            if not text or text in _DASHES:
                continue
            percent = _decimal(text)
            if percent is None or not 0 < percent <= 100:
                taken.faults.append(f"{level.label}的权重“{text[:12]}”应为大于0、不超过100的数，最多两位小数")
            elif level not in self.levels:
                taken.faults.append(f"标准没有{level.label}，不应填权重")
            else:
                weight = WeightFacts(code, level, part, percent)
                self.weights.append(weight)
                self._weighted.append((weight, taken))
                self._column[level, part].append(taken)

    def _form(self, row: ExistingRow, taken: ReadRow) -> None:
        level, part = self._level(row.text("level"), taken), PARTS.get(row.text("part"))
        numbers = {key: self._whole(row.text(key), label, taken) for key, label in _WHOLE.items()}
        limit = _decimal(row.text("disagreement_limit")) if row.text("disagreement_limit") else None
        if row.text("disagreement_limit") and (limit is None or not 0 < limit <= 100):
            taken.faults.append("评分差异上限应为大于0、不超过100的数")
        minutes = numbers["minutes"]
        if level is None or part is None or minutes is None:
            return
        form = FormFacts(level, part, row.text("form"), minutes, numbers["candidates_per_assessor"], numbers["least_assessors"], limit)
        if part not in parts_of(level, self.day):
            taken.faults.append(f"按规程，{level.label}不设{part.label}")
        self._once(("form", level, part), form.title, taken)
        for finding in (minutes_long_enough(form, self.day), assessors_enough(form, self.day)):
            if finding.outcome == "met":
                continue
            where = taken.faults if stands_in_the_way(finding, self.basis) else taken.notes
            where.append(f"{finding.reason}（{finding.clause.short}）")
        self.forms.append(form)

    def _level(self, text: str, taken: ReadRow) -> Level | None:
        if not text:
            return None
        level = parse_level(text)
        if level not in self.levels:
            taken.faults.append(f"标准没有{level.label}")
        return level

    def _whole(self, text: str, label: str, taken: ReadRow) -> int | None:
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) < 1000):
            taken.faults.append(f"{label}“{text[:12]}”应为1至999的整数")
            return None
        return int(text)

    def _once(self, key: tuple[object, ...], words: str, taken: ReadRow) -> None:
        first = self._first.setdefault((taken.sheet, *key), taken.number)
        if first != taken.number:
            taken.faults.append(f"{words}与第{first}行重复")

    def finish(self) -> StructureFacts:
        """This method will say of each row what only the whole shows, and give the facts."""
        facts = StructureFacts(
            self.title, self.levels, tuple(self.functions), tuple(self.contents), tuple(self.elements), tuple(self.weights), tuple(self.forms)
        )
        self._look_up()
        for (level, part), rows in self._column.items():
            if (finding := columns_sum_up(facts, level, part, self.day)).outcome != "met":
                for taken in rows:
                    taken.faults.append(finding.reason)
        self._bare(facts)
        return facts

    def _look_up(self) -> None:
        functions, contents = {one.code for one in self.functions}, {one.code for one in self.contents}
        elements = {one.key for one in self.elements}
        for code, element, taken in self._placed:
            above, depth = parent_of(code), code.count(".")
            if depth == 1 and above not in functions:
                taken.faults.append(f"没有编码为{above}的职业功能")
            elif depth == 2 and above not in contents:
                taken.faults.append(f"没有编码为{above}的工作内容")
            elif depth == 3 and element is not None and (element.level or 0, element.kind.value, above) not in elements:
                taken.faults.append(f"同一等级没有编码为{above}的{element.kind.label}")

    def _bare(self, facts: StructureFacts) -> None:
        for level, part in self._column:
            if weighted_have_elements(facts, level, part).outcome == "met":
                continue
            kind = ElementKind.KNOWLEDGE if part is Part.THEORY else ElementKind.SKILL
            covered = {one.code.split(".")[0] for one in self.elements if one.kind is kind and one.level in {None, level}}
            for weight, taken in self._weighted:
                if (weight.level, weight.part) == (level, part) and weight.function not in covered:
                    taken.faults.append(f"{level.label}给了权重，“结构”表里却没有它的{kind.label}")


_WHOLE = {"minutes": "时间", "candidates_per_assessor": "每名考评人员最多考生数", "least_assessors": "最少考评人员数"}


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    exponent = number.as_tuple().exponent
    return number if number.is_finite() and isinstance(exponent, int) and exponent >= -2 else None


def as_plain(facts: StructureFacts) -> dict[str, list[list[object]]]:
    """This function will write facts as plain lists, to be kept."""
    return {
        "functions": [[one.code, one.name] for one in facts.functions],
        "contents": [[one.code, one.name] for one in facts.contents],
        "elements": [[one.code, int(one.level or 0), one.kind.value, one.text, one.weighty] for one in facts.elements],
        "weights": [[one.function, int(one.level), one.part.value, str(one.percent)] for one in facts.weights],
        "forms": [
            [int(f.level), f.part.value, f.form, f.minutes, f.candidates_per_assessor, f.least_assessors, _text(f.disagreement_limit)]
            for f in facts.forms
        ],
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def workbook_rows(facts: StructureFacts) -> dict[str, list[list[str]]]:
    """This function will write facts as the rows of the workbook they could be read from."""
    tree: list[list[str]] = []
    for function in facts.functions:
        tree.append([function.code, FUNCTION, "", function.name, ""])
        for content in facts.contents:
            if parent_of(content.code) != function.code:
                continue
            tree.append([content.code, CONTENT, "", content.name, ""])
            tree += [_element_row(one) for one in facts.elements if one.code.startswith(f"{content.code}.")]
    cells = {(one.function, one.part, one.level): one.percent for one in facts.weights}
    weights = [
        [one.code, one.name, part.label, *(_cell(cells.get((one.code, part, level))) for level in sorted(Level, reverse=True))]
        for part in WEIGHTED
        for one in facts.functions
        if any((one.code, part, level) in cells for level in Level)
    ]
    return {TREE: tree, WEIGHTS: weights, FORMS: [_form_row(one) for one in facts.forms]}


def _form_row(one: FormFacts) -> list[str]:
    limits = (one.candidates_per_assessor, one.least_assessors, one.disagreement_limit)
    return [one.level.label, one.part.label, one.form, str(one.minutes), *(_cell(number) for number in limits)]


def _element_row(one: ElementFacts) -> list[str]:
    kind = SKILL if one.kind is ElementKind.SKILL else KNOWLEDGE
    return [one.code, kind, one.level.label if one.level else "", one.text, "是" if one.weighty else ""]


def _cell(number: Decimal | int | None) -> str:
    if number is None:
        return ""
    text = f"{number:f}" if isinstance(number, Decimal) else str(number)
    return text.rstrip("0").rstrip(".") if "." in text else text

