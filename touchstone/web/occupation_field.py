"""职业选择框: which occupation did the person mean, typed by code, name or pinyin and picked from a list?

The list beside the box is `{% include "forms/occupation_options.html" %}`; the page loads htmx, which fills it while one types.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse_lazy

from touchstone.catalogue.queries import occupation, search

if TYPE_CHECKING:
    from touchstone.catalogue.models import Occupation

LIST = "occupation-options"


class OccupationField(forms.CharField):
    """A box for one occupation standing on `day` (set it in the form's `__init__`); cleans to the occupation or None."""

    day: date

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "职业")
        kwargs.setdefault("help_text", "输入编码、名称或拼音首字母，再从列表中选择。")
        attrs = {
            "list": LIST,
            "autocomplete": "off",
            "hx-get": reverse_lazy("public:occupation_options"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": f"#{LIST}",
        }
        kwargs.setdefault("widget", forms.TextInput(attrs))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> "Occupation | None":
        text = str(super().clean(value)).strip()
        return occupation_meant(text, self.day) if text else None


class OccupationsField(forms.CharField):
    """A box for several occupations, one a line, standing on `day` (set it in the form's `__init__`); cleans to their codes."""

    day: date

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "每行一个，写职业编码或名称，例如：6-18-01-01 车工。")
        kwargs.setdefault("widget", forms.Textarea({"rows": 3}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        return list(dict.fromkeys(occupation_meant(line, self.day).code for line in lines))


def occupation_meant(text: str, day: date) -> "Occupation":
    """This function will find the one occupation that a text means on `day`. :raises ValidationError: when none or several fit."""
    exact = occupation(text.split(maxsplit=1)[0], day)
    if exact is not None:
        return exact
    found = list(search(text, day)[:50])
    same = [each for each in found if each.name == text]
    if len(same) == 1 or len(found) == 1:
        return (same or found)[0]
    if not found:
        raise forms.ValidationError(f"目录中没有“{text}”。请按职业分类大典的名称或编码填写。")
    names = "、".join(each.name for each in found[:5])
    raise forms.ValidationError(f"“{text}”对应多个职业：{names}{'等' if len(found) > 5 else ''}。请从列表中选择一个。")


def written(occupation: "Occupation") -> str:
    """This function will write an occupation as the box shows it."""
    return f"{occupation.code} {occupation.name}"
