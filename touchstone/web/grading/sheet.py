"""考核表: how does the sheet stand on a page, and how is it filled in, by the body, the offices and the experts?"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from touchstone.policy.supervision.assessment import SHEET
from touchstone.web.forms import Form

if TYPE_CHECKING:
    from touchstone.files.models import Attachment
    from touchstone.grading.models import Assessment


class ReportForm(Form):
    """A body's own report: under each heading points and words, beside what the platform knows."""

    def __init__(self, *args: Any, day: date, found: "Assessment", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts: list[tuple[str, str, Sequence[str]]] = []
        for one in SHEET.on(day).value:
            known, told = found.known.get(one.key, {}), found.report.get(one.key, {})
            suggested = known.get("points")
            points = forms.FloatField(label=f"自评分（0至{one.weight}）", min_value=0, max_value=one.weight)
            points.initial = told.get("points", suggested)
            points.help_text = known_words(known, suggested) if one.known else "平台没有这一项的数据，请据实填写。"
            words = forms.CharField(label=f"说明（{one.evidence}）", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
            words.initial = told.get("words", "")
            self.fields[f"points_{one.key}"], self.fields[f"words_{one.key}"] = points, words
            parts.append((f"h-{one.key}", one.label, [f"points_{one.key}", f"words_{one.key}"]))
        summary = forms.CharField(label="自评综述", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), initial=found.summary)
        self.fields["summary"] = summary
        self.sections = [*parts, ("h-summary", "综述", ["summary"])]  # type: ignore[misc]

    def report(self) -> dict[str, dict[str, Any]]:
        """Give what was written, by heading; what is not filled in yet is left out by whoever keeps it."""
        given, keys = self.cleaned_data, [name.removeprefix("points_") for name in self.fields if name.startswith("points_")]
        return {key: {"points": given.get(f"points_{key}"), "words": given.get(f"words_{key}") or ""} for key in keys}


class ScoreForm(Form):
    """Points for every heading, and an opinion."""

    def __init__(self, *args: Any, day: date, found: "Assessment", gap: bool = False, words: str = "意见", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in SHEET.on(day).value:
            told, known = found.report.get(one.key, {}), found.known.get(one.key, {}).get("points")
            field = forms.FloatField(label=one.label, min_value=0, max_value=one.weight, required=False)
            field.initial = found.second.get(one.key, found.first.get(one.key, told.get("points", known)))
            shown = [f"平台建议{known:g}分"] if known is not None else []
            shown += [f"自评{told['points']:g}分"] if told.get("points") is not None else []
            shown += [f"初评{found.first[one.key]:g}分"] if gap and one.key in found.first else []
            field.help_text = "，".join(shown)
            self.fields[f"points_{one.key}"] = field
        if gap:
            wide = forms.CharField(label="复评与初评不同的理由", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
            wide.help_text = "相差较大的必须写明。"
            self.fields["gap_because"] = wide
        self.fields["words"] = forms.CharField(label=words, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def scores(self) -> dict[str, float | None]:
        """Give the points by heading."""
        return {name.removeprefix("points_"): value for name, value in self.cleaned_data.items() if name.startswith("points_")}


def known_words(known: Mapping[str, Any], suggested: float | None) -> str:
    """This function will write what the platform knows under a heading in one line."""
    told = "；".join(f"{what}：{value}" for what, value in known.get("lines", []))
    return f"平台数据：{told or '没有'}。" + (f"据此建议{suggested:g}分。" if suggested is not None else "")


def sheet_shown(found: "Assessment", files: "Sequence[Attachment]", day: date) -> list[dict[str, Any]]:
    """This function will lay the sheet out line by line: what is known, what the body said, what each office gave."""
    by_heading: dict[str, list[Any]] = {}
    for one in files:
        by_heading.setdefault(one.label, []).append(one)
    return [
        {
            "heading": one,
            "known": found.known.get(one.key, {}),
            "told": found.report.get(one.key, {}),
            "files": by_heading.get(one.key, []),
            "first": found.first.get(one.key),
            "second": found.second.get(one.key),
        }
        for one in SHEET.on(day).value
    ]
