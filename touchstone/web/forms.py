"""表单: how does every form look, and what does each of them carry?"""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

CHOSEN = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)


class Renderer(TemplatesSetting):
    """Draws forms with our templates (`templates/forms/`); controls themselves are Django's."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class Form(forms.Form):
    """The form every page's form builds on.

    `request_key` is made with the blank form and comes back with every try of it: an operation that gets the same key
    twice has the effect of one. `sections` divides a long form: (anchor, title, names of fields).
    """

    request_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    sections: ClassVar[Sequence[tuple[str, str, Sequence[str]]]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            label = field.label or name
            given = getattr(field, "error_messages", {})
            if given.get("required") == forms.Field.default_error_messages["required"]:
                given["required"] = _asking_for(field, str(label))

    def clean_request_key(self) -> UUID:
        """Give the key this try came with, or a new one where a machine posts without."""
        return self.cleaned_data.get("request_key") or uuid4()

    def section_list(self) -> list[dict[str, Any]]:
        """Give the sections with their fields and whether each is filled: for the page and its section navigation."""
        return [self._section(*section) for section in self.sections]

    def _section(self, anchor: str, title: str, names: Sequence[str]) -> dict[str, Any]:
        fields = [self[name] for name in names if name in self.fields]
        missing = [field for field in fields if field.field.required and not _filled(field)]
        wrong = [field for field in fields if self.is_bound and field.errors]
        note = f"{len(wrong)}处要改正" if wrong else f"还缺{len(missing)}项" if missing else ""
        state = "missing" if missing or wrong else "complete"
        return {"id": anchor, "label": title, "fields": fields, "state": state, "note": note}


def day_given(text: str) -> date | None:
    """This function will read a day from a bare field or an address; None when there is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _asking_for(field: forms.Field, label: str) -> str:
    """Say what is missing, in the verb that fits the control."""
    if isinstance(field.widget, forms.CheckboxInput):
        return f"请勾选“{label}”。"
    verb = "选择" if isinstance(field.widget, CHOSEN) else "上传" if isinstance(field, forms.FileField) else "填写"
    return f"请{verb}{label}。"


def _filled(field: BoundField) -> bool:
    return field.value() not in (None, "", [], False)
