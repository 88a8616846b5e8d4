"""试题表单: what must an author say for each kind of question, and how does it become the neutral form and back?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from touchstone.measurement.interchange.marked import from_marked, to_marked
from touchstone.measurement.interchange.question import FALSE, TRUE, ZERO, Criterion, Kind, Media, Method, Option, Question, Slot, Weight, Weights
from touchstone.measurement.interchange.rich import Rich, blanks
from touchstone.questions.contents import neutral_kind
from touchstone.web.forms import Form

_LETTERS = "ABCDEFGHIJ"
_ONE = Decimal(1)


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
    "match": Rows("匹配项", "同一行的左右两项匹配；作答时右项打乱。", (Column("text", "左项"), Column("other", "右项")), 6),
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

    stem = forms.CharField(label="题干", max_length=4000, widget=forms.Textarea({"rows": 4}))
    truth = forms.ChoiceField(label="正确答案", choices=[(TRUE, "正确"), (FALSE, "错误")], widget=forms.RadioSelect)
    score = forms.DecimalField(label="分值", min_value=Decimal("0.5"), max_value=100, max_digits=5, decimal_places=1, initial=1)
    materials = forms.CharField(label="设备、工具和材料", required=False, max_length=2000, widget=forms.Textarea({"rows": 2}))
    minutes = forms.IntegerField(label="考核时间（分钟）", min_value=1, max_value=2000)

    def __init__(self, *args: Any, kind: str, kept: Question | None = None, **kwargs: Any) -> None:
        if kept is not None:
            kwargs["initial"] = {**_initial(kept, kind), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.kind, self.kept = kind, kept
        help_text = "可以分行；**加粗**、^{上标}、_{下标}；图片用![说明](文件名)。"
        self.fields["stem"].help_text = help_text + ("空用[[1]]、[[2]]表示。" if kind == "text_entry" else "")
        left_out = {"practical": {"truth", "score"}, "true_false": {"materials", "minutes"}}.get(kind, {"truth", "materials", "minutes"})
        if kind in {"extended", "essay"}:
            left_out = {"truth", "score", "materials", "minutes"}
        for name in left_out:
            del self.fields[name]
        for row in range(self.rows.count if self.rows else 0):
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
        letters = _LETTERS if self.kind in {"choice", "multiple"} else ""
        return [
            (letters[row] if letters else str(row + 1), [(column.label, self[f"{column.key}_{row}"]) for column in self.rows.columns])
            for row in range(self.rows.count)
        ]

    def _given(self) -> list[dict[str, Any]]:
        """The rows in which something was written."""
        if self.rows is None:
            return []
        rows = [{column.key: self.cleaned_data.get(f"{column.key}_{row}") for column in self.rows.columns} for row in range(self.rows.count)]
        return [row for row in rows if row.get("text")]

    def content(self, media: Sequence[Media] = ()) -> Question:
        """This method will give what the form says in the neutral form; what it cannot show (hints, feedback) stays as it was."""
        given, kind = self._given(), neutral_kind(self.kind)
        base = self.kept if self.kept is not None and self.kept.kind is kind else Question(kind, ())
        stem = _text(self.cleaned_data["stem"], base.stem)
        made = replace(base, stem=stem, media=tuple(media), points=self.cleaned_data.get("score") or _ONE)
        match self.kind:
            case "choice" | "multiple":
                options = tuple(Option(letter, from_marked(row["text"])) for letter, row in zip(_LETTERS, given, strict=False))
                key = tuple(letter for letter, row in zip(_LETTERS, given, strict=False) if row["right"])
                return replace(made, options=options, key=key if self.kind == "multiple" else key[:1] if len(key) == 1 else ())
            case "true_false":
                return replace(made, options=(Option(TRUE, ("正确",)), Option(FALSE, ("错误",))), key=(self.cleaned_data["truth"],))
            case "text_entry":
                return replace(made, slots=tuple(_slots(blanks(stem), given)), method=Method.WEIGHTS, points=Decimal(max(1, len(blanks(stem)))))
            case "match":
                options = tuple(Option(str(place), from_marked(row["text"])) for place, row in enumerate(given, 1))
                slots = tuple(Slot(f"r{place}", from_marked(row["other"] or "")) for place, row in enumerate(given, 1))
                return replace(made, options=options, slots=slots, key=tuple(f"{place} r{place}" for place in range(1, len(given) + 1)), shuffle=True)
            case "order":
                options = tuple(Option(str(place), from_marked(row["text"])) for place, row in enumerate(given, 1))
                return replace(made, options=options, key=tuple(one.key for one in options), shuffle=True)
        criteria = tuple(
            Criterion(str(place), from_marked(row["text"]), row["points"] or ZERO, row.get("rule") or "", row.get("group") or "")
            for place, row in enumerate(given, 1)
        )
        minutes, materials = self.cleaned_data.get("minutes"), from_marked(self.cleaned_data.get("materials") or "")
        points = sum((one.points for one in criteria), ZERO)
        return replace(made, criteria=criteria, points=points, method=Method.MARKER, minutes=minutes, materials=materials)


def _field(column: Column, row: int) -> forms.Field:
    label = f"第{row + 1}行{column.label}"
    if column.form == "check":
        return forms.BooleanField(label=label, required=False)
    if column.form == "number":
        widget = forms.NumberInput({"step": "0.5", "min": "0"})
        return forms.DecimalField(label=label, required=False, min_value=0, max_value=100, max_digits=5, decimal_places=1, widget=widget)
    return forms.CharField(label=label, required=False, max_length=600)


def _text(typed: str, before: Rich) -> Rich:
    """The text as it was, where what was typed says the same; else what was typed."""
    return before if before and to_marked(before)[0].split() == typed.split() else from_marked(typed)


def _slots(keys: Sequence[str], given: Sequence[Mapping[str, Any]]) -> Iterator[Slot]:
    for place, key in enumerate(keys):
        said = given[place]["text"] if place < len(given) else ""
        answers = [one.strip() for one in said.replace("；", ";").split(";") if one.strip()]
        yield Slot(key, answer=answers[0] if answers else "", weights=Weights(tuple(Weight(one, _ONE) for one in dict.fromkeys(answers))))


def _initial(content: Question, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = {"stem": to_marked(content.stem)[0], "score": content.points.normalize(), "minutes": content.minutes}
    found["materials"] = to_marked(content.materials)[0]
    if kind == "true_false":
        found["truth"] = content.key[0] if content.key else ""
    for row, values in enumerate(_row_values(content)):
        found |= {f"{name}_{row}": value for name, value in values.items()}
    return found


def _row_values(content: Question) -> Iterator[dict[str, Any]]:
    match content.kind:
        case Kind.CHOICE | Kind.MULTIPLE:
            yield from ({"text": to_marked(one.content)[0], "right": one.key in content.key} for one in content.options)
        case Kind.TEXT_ENTRY:
            yield from ({"text": "；".join(dict.fromkeys([one.answer, *(weight.of for weight in one.weights.entries)]))} for one in content.slots)
        case Kind.MATCH:
            left, right = ({one.key: to_marked(text)[0] for one, text in pairs} for pairs in _sides(content))
            yield from ({"text": left.get(option, ""), "other": right.get(slot, "")} for option, slot in (pair.split(" ") for pair in content.key))
        case Kind.ORDER:
            words = {one.key: to_marked(one.content)[0] for one in content.options}
            yield from ({"text": words[key]} for key in content.key)
        case Kind.EXTENDED | Kind.PRACTICAL:
            for one in content.criteria:
                yield {"text": to_marked(one.content)[0], "points": one.points.normalize(), "rule": one.rule, "group": one.group}


def _sides(content: Question) -> tuple[list[tuple[Any, Rich]], list[tuple[Any, Rich]]]:
    return [(one, one.content) for one in content.options], [(one, one.prompt) for one in content.slots]
