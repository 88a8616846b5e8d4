"""试题归属表单: of which standard, level, part and kind is a question, and to which element is it tied?"""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q

from touchstone.catalogue import queries as catalogue
from touchstone.questions.operations import About
from touchstone.questions.queries import BankRow
from touchstone.web.bank.content_form import AUTHORED
from touchstone.web.bank.words import KIND_CHOICES, PART_CHOICES, SECRECY_CHOICES
from touchstone.web.forms import Form
from touchstone.web.levels import LEVEL_CHOICES

if TYPE_CHECKING:
    from touchstone.catalogue.models import Standard

_NONE = [("", "请选择")]


def standards_for(bank: BankRow, day: date) -> list[tuple[str, str]]:
    """This function will offer the standards in force that a bank's questions may rest on: national ones and its own office's specifications."""
    found = catalogue.standards_in_force(catalogue.standards(), day).filter(Q(owner__isnull=True) | Q(owner_id=bank.office_id))
    return [(one.number, str(one)) for one in found.order_by("title", "number")]


class PlaceForm(Form):
    """Where a new question belongs: the first step."""

    standard = forms.ChoiceField(label="依据的标准或评价规范")
    level = forms.TypedChoiceField(label="等级", coerce=int, choices=[*_NONE, *LEVEL_CHOICES])
    part = forms.ChoiceField(label="科目", choices=[*_NONE, *PART_CHOICES])
    kind = forms.ChoiceField(label="题型", choices=[*_NONE, *((key, label) for key, label in KIND_CHOICES if key in AUTHORED)])

    def __init__(self, *args: Any, bank: BankRow, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standard"].choices = [*_NONE, *standards_for(bank, day)]  # type: ignore[attr-defined]


class AboutForm(Form):
    """To which element a question is tied, how hard and how secret it is; with `standards`, the edition may be changed too."""

    standard = forms.ChoiceField(label="依据的标准或评价规范")
    element = forms.CharField(label="鉴定点", max_length=40)
    difficulty = forms.DecimalField(
        label="预估难度", min_value=0, max_value=1, max_digits=3, decimal_places=2, initial="0.70", help_text="预计答对（得分）的比例，例如0.70。"
    )
    secrecy = forms.TypedChoiceField(label="密级", coerce=int, choices=SECRECY_CHOICES, initial=1)

    def __init__(
        self, *args: Any, standard: "Standard", level: int, part: str, day: date, standards: list[tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if standards is None:
            del self.fields["standard"]
        else:
            self.fields["standard"].choices = standards  # type: ignore[attr-defined]
            self.fields["standard"].initial = standard.number
        self.given = standard
        structure = catalogue.structure_of(standard, day)
        if structure is not None:
            choices = [*_NONE, *catalogue.element_titles(structure, level, part)]
            self.fields["element"] = forms.ChoiceField(label="鉴定点", choices=choices, initial=self.initial.get("element"))
        else:
            self.fields["element"].help_text = "该标准还没有登记结构，请按标准正文填写编码，例如 1.2.3。"

    def about(self, *, level: int, part: str, kind: str) -> About:
        """This method will give what the question is tied to."""
        given = self.cleaned_data
        standard = given.get("standard") or self.given.number
        return About(standard, level, part, kind, given["element"].strip(), Decimal(given["difficulty"]), given["secrecy"])
