"""试题表单: what must an author say for each kind of question, and how does it become the neutral form and back?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from touchstone.measurement.interchange.marked import to_marked
from touchstone.measurement.interchange.question import FALSE, TRUE, Kind, Media, Method, Option, Question, letter
from touchstone.questions.contents import neutral_kind
from touchstone.web.bank.content_rows import chosen, each_blank, filled_in, marked_by, matched, ordered, plainly, rescored, rows_of, text_of
from touchstone.web.forms import Form

_ONE = Decimal(1)
_ROW = re.compile(r"(text|other|right|points|group|rule)_\d{1,3}", re.ASCII)
MOST_ROWS = 60


@dataclass(frozen=True)
class Column:
    """One thing asked in each row of a kind's table."""

    key: str
    label: str
    form: str = "text"


@dataclass(frozen=True)
class Rows:
    """The table of a kind: its heading, what to do, its columns and how many rows there are."""

    title: str
    hint: str
    columns: tuple[Column, ...]
    count: int


_RIGHT = Column("right", "正确", "check")
_POINTS = Column("points", "分值", "number")
ROWS: Mapping[str, Rows] = {
    "choice": Rows("选项", "填写选项内容，勾选唯一正确的一项。", (Column("text", "内容"), _RIGHT), 6),
    "multiple": Rows("选项", "填写选项内容，勾选全部正确的选项（两个以上）。", (Column("text", "内容"), _RIGHT), 6),
    "text_entry": Rows("各空的答案", "按空的先后填写；一个空有几个可接受的答案的，用分号隔开，第一个为标准答案。", (Column("text", "答案"),), 6),
    "match": Rows("匹配项", "同一行的左右两项匹配；只有右项的行用来干扰；作答时右项打乱。", (Column("text", "左项"), Column("other", "右项")), 6),
    "order": Rows("步骤", "按正确的先后顺序填写；作答时打乱。", (Column("text", "内容"),), 8),
    "extended": Rows("评分要点", "逐条写明要点和分值，合计为本题分值。", (Column("text", "要点"), _POINTS), 8),
    "essay": Rows("评分要点", "逐条写明要点和分值，合计为本题分值。", (Column("text", "要点"), _POINTS), 8),
    "practical": Rows(
        "评分点", "按步骤写明看什么、多少分、出现哪些错误扣多少分，合计为本任务分值。",
        (Column("group", "考核步骤"), Column("text", "观察点（应达到的结果）"), _POINTS, Column("rule", "扣分规定")), 12,
    ),
}  # fmt: skip
AUTHORED = ("choice", "multiple", "true_false", "text_entry", "extended", "essay", "match", "order", "practical")


class ContentForm(Form):
    """What a question of one kind says. `kept` is what it said before: texts that were not touched keep their format."""

    stem = forms.CharField(label="题干", max_length=20_000, widget=forms.Textarea({"rows": 4}))
    truth = forms.ChoiceField(label="正确答案", choices=[(TRUE, "正确"), (FALSE, "错误")], widget=forms.RadioSelect)
    score = forms.DecimalField(label="分值", min_value=Decimal("0.01"), max_value=1000, max_digits=7, decimal_places=2, initial=1)
    materials = forms.CharField(label="设备、工具和材料", required=False, max_length=10_000, widget=forms.Textarea({"rows": 2}))
    minutes = forms.IntegerField(label="考核时间（分钟）", min_value=1, max_value=2000)

    def __init__(self, *args: Any, kind: str, kept: Question | None = None, **kwargs: Any) -> None:
        before = rows_of(kept) if kept is not None else []
        if kept is not None:
            kwargs["initial"] = {**_initial(kept, kind, before), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.kind, self.kept = kind, kept
        self.row_count = self._rows_needed(len(before))
        help_text = "可以分行；**加粗**、^{上标}、_{下标}；图片用![说明](文件名)。"
        self.fields["stem"].help_text = help_text + ("空用[[1]]、[[2]]表示。" if kind == "text_entry" else "")
        left_out = {"practical": {"truth", "score"}, "true_false": {"materials", "minutes"}}.get(kind, {"truth", "materials", "minutes"})
        if kind in {"extended", "essay"}:
            left_out = {"truth", "score", "materials", "minutes"}
        for name in left_out:
            del self.fields[name]
        if kind == "text_entry":
            self.fields["score"].label = "每空的分值"
        for row in range(self.row_count):
            for column in self.rows.columns if self.rows else ():
                self.fields[f"{column.key}_{row}"] = _field(column, row)

    @property
    def rows(self) -> Rows | None:
        return ROWS.get(self.kind)

    @property
    def main(self) -> list[BoundField]:
        """The fields that are not in the table."""
        return [self[name] for name in ("stem", "truth", "score", "minutes", "materials") if name in self.fields]

    @property
    def table(self) -> list[tuple[str, list[tuple[str, BoundField]]]]:
        """The table: for each row its label and its fields with their column."""
        if self.rows is None:
            return []
        lettered = self.kind in {"choice", "multiple"}
        return [
            (letter(row) if lettered else str(row + 1), [(column.label, self[f"{column.key}_{row}"]) for column in self.rows.columns])
            for row in range(self.row_count)
        ]

    def _rows_needed(self, before: int) -> int:
        """As many as usual, two more than there were before, and as many as were sent."""
        if self.rows is None:
            return 0
        sent = [int(name.rpartition("_")[2]) + 1 for name in self.data if _ROW.fullmatch(name)]
        return max(self.rows.count, before + 2 if before else 0, min(max(sent, default=0), MOST_ROWS))

    def _given(self) -> list[dict[str, Any]]:
        """The rows in which something was written, each with its place."""
        keys = [column.key for column in self.rows.columns] if self.rows else []
        rows = [{"place": place, **{key: self.cleaned_data.get(f"{key}_{place}") for key in keys}} for place in range(self.row_count)]
        return [row for row in rows if row.get("text") or row.get("other")]

    def content(self, media: Sequence[Media] = ()) -> Question:
        """This method will give what the form says in the neutral form; what it cannot show (hints, feedback, what is fixed) stays as it was."""
        given, kind = self._given(), neutral_kind(self.kind)
        old = self.kept if self.kept is not None and self.kept.kind is kind else None
        base = old or Question(kind, (), shuffle=self.kind in {"match", "order"}, method=Method.WEIGHTS if kind is Kind.TEXT_ENTRY else Method.EXACT)
        made = replace(base, stem=text_of(self.cleaned_data["stem"], base.stem), media=tuple(media))
        if "minutes" in self.fields:
            made = replace(made, minutes=self.cleaned_data["minutes"])
        if "materials" in self.fields:
            made = replace(made, materials=text_of(self.cleaned_data["materials"] or "", base.materials))
        if self.kind in {"extended", "essay", "practical"}:
            return marked_by(made, given)
        score = self.cleaned_data.get("score") or _ONE
        changed = old is None or score != Decimal(self.initial["score"])
        if self.kind == "text_entry":
            return filled_in(made, given, score, changed)
        if changed:
            made = rescored(made, score)
        match self.kind:
            case "choice" | "multiple":
                return chosen(made, given)
            case "match":
                return matched(made, given)
            case "order":
                return ordered(made, given)
        options = made.options or (Option(TRUE, ("正确",)), Option(FALSE, ("错误",)))
        return replace(made, options=options, key=(self.cleaned_data["truth"],))


def _field(column: Column, row: int) -> forms.Field:
    label = f"第{row + 1}行{column.label}"
    if column.form == "check":
        return forms.BooleanField(label=label, required=False)
    if column.form == "number":
        widget = forms.NumberInput({"step": "any", "min": "0"})
        return forms.DecimalField(label=label, required=False, min_value=0, max_value=1000, max_digits=7, decimal_places=2, widget=widget)
    return forms.CharField(label=label, required=False, max_length=4000)


def _initial(content: Question, kind: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    score = each_blank(content) if kind == "text_entry" else content.points
    found: dict[str, Any] = {"stem": to_marked(content.stem)[0], "score": plainly(score), "minutes": content.minutes}
    found["materials"] = to_marked(content.materials)[0]
    if kind == "true_false":
        found["truth"] = content.key[0] if content.key else ""
    for row, values in enumerate(rows):
        found |= {f"{name}_{row}": value for name, value in values.items()}
    return found
