"""存量行: what does this row of the workbook of what exists say, and what is wrong with it?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from touchstone.sheets.child import read_rows
from touchstone.sheets.cleaning import Cleaned, Unreadable, clean_code, clean_date, clean_name, clean_text
from touchstone.sheets.existing_fields import LEVELS, SHEETS, Field
from touchstone.sheets.options import choose, level_of
from touchstone.sheets.refusals import NoRows
from touchstone.sheets.shapes import CellSentence, Row

Choices = Mapping[str, tuple[str, ...]]
_CLEANERS = {"text": clean_text, "name": clean_name, "code": clean_code, "levels": clean_text}
_BETWEEN = re.compile(r"[、,，;；\s]+")


@dataclass(frozen=True)
class ExistingRow:
    """One row as read: its values by the keys of the fields, or every fault found; and what was put right."""

    sheet: str
    number: int
    values: Mapping[str, Any] = field(default_factory=dict)
    errors: tuple[CellSentence, ...] = ()
    notes: tuple[CellSentence, ...] = ()

    def text(self, key: str) -> str:
        """This method will give a value as text; "" for what was left empty or could not be read."""
        return str(self.values.get(key) or "")

    def day(self, key: str) -> date | None:
        """This method will give a day; None for what was left empty or could not be read."""
        found = self.values.get(key)
        return found if isinstance(found, date) else None

    @property
    def about(self) -> str:
        """What of the body the row is about, as far as it could be read."""
        parts = {"机构": ("name",), "考核点": ("name",), "备案": ("former_number",), "评价范围": ("code", "occupation", "trade")}[self.sheet]
        return " ".join(filter(None, (self.text(part) for part in parts)))

    @property
    def sentence(self) -> str:
        """Every fault in one sentence; empty when the row could be read."""
        return "；".join(error.sentence.rstrip("。") for error in self.errors) + "。" if self.errors else ""

    @property
    def righted(self) -> str:
        """What was put right, in one sentence; empty when nothing was."""
        return "；".join(f"{note.column}：{note.sentence}" for note in self.notes)


def read_existing(path: Path, choices: Choices) -> list[ExistingRow]:
    """This function will read the four sheets in their order; one without rows is passed over.

    :raises FileRefused: for a workbook that cannot be read, is not our template, or holds no row at all.
    """
    found: list[ExistingRow] = []
    for sheet, (shape, fields) in SHEETS.items():
        try:
            with read_rows(path, shape) as reading:
                found += parse_existing(sheet, fields, reading.rows, choices)
        except NoRows:
            continue
    if not found:
        raise NoRows("四张表里都没有数据行。请从表头下一行开始填写，再上传。")
    return found


def parse_existing(sheet: str, fields: tuple[Field, ...], rows: Iterator[Row], choices: Choices) -> Iterator[ExistingRow]:
    """This function will read every row and find all its faults at once, not only the first."""
    for row in rows:
        lost = {fault.column for fault in row.faults}
        errors, notes, values = list(row.faults), [], {}
        for one in fields:
            if one.header in lost:
                continue
            try:
                cleaned = _clean(one, row.values.get(one.header, ""))
                notes += [CellSentence(one.header, note) for note in cleaned.notes]
                values[one.key] = _value(one, cleaned.text, choices)
            except Unreadable as fault:
                named = fault.sentence if one.header in fault.sentence else f"“{one.header}”：{fault.sentence}"
                errors.append(CellSentence(one.header, named))
        yield ExistingRow(sheet, row.number, values, tuple(errors), tuple(notes))


def _clean(one: Field, text: str) -> Cleaned:
    if one.reads_as == "date":
        return clean_date(text) if text.strip() else Cleaned("")
    return _CLEANERS[one.reads_as](text)


def _value(one: Field, text: str, choices: Choices) -> Any:
    """The typed value. :raises Unreadable: with the sentence for the row."""
    if not text:
        if one.required:
            raise Unreadable(f"“{one.header}”没有填写，请补上。")
        return None
    if len(text) > one.longest:
        raise Unreadable(f"“{one.header}”有{len(text)}个字，超过{one.longest}个字的上限，请缩短。")
    if allowed := choices[one.choices] if one.choices else one.own:
        chosen = choose(text, allowed)
        if chosen is None:
            shown = "、".join(allowed[:7]) + ("等" if len(allowed) > 7 else "")
            raise Unreadable(f"“{one.header}”填的“{text[:20]}”不在选项内，请从下拉表中选择（{shown}）。")
        return chosen
    if one.reads_as == "date":
        return date.fromisoformat(text)
    return _levels(text) if one.reads_as == "levels" else text


def _levels(text: str) -> tuple[int, ...]:
    """五级、四级 → (5, 4); a whole label (五级/初级工) counts as one."""
    found = []
    for part in filter(None, _BETWEEN.split(text)):
        label = level_of(part)
        if label is None:
            raise Unreadable(f"等级“{part[:20]}”读不懂，请写五级、四级、三级、二级、一级，几个等级用顿号隔开。")
        found.append(5 - LEVELS.index(label))
    return tuple(sorted(set(found), reverse=True))
