"""目录表单: with which forms are occupations, trades and levels entered and ended?"""

from typing import Any

from django import forms

from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.levels import LEVEL_CHOICES
from touchstone.web.places import industry_choices


def day_field(label: str, **kwargs: Any) -> forms.DateField:
    """This function will give a box for a day."""
    return forms.DateField(label=label, widget=DayInput, **kwargs)


def levels_field(label: str = "等级") -> forms.TypedMultipleChoiceField:
    """This function will give a box for one or several levels."""
    return forms.TypedMultipleChoiceField(label=label, choices=LEVEL_CHOICES, coerce=int, widget=forms.CheckboxSelectMultiple)


def reason_field(label: str) -> forms.CharField:
    """This function will give a box for the reason of an ending."""
    return forms.CharField(label=label, max_length=300, widget=forms.Textarea({"rows": 2}))


class OccupationForm(Form):
    """An occupation, from a day on."""

    code = forms.CharField(label="职业编码", max_length=12, help_text="按职业分类大典填写，例如 4-03-02-01。")
    name = forms.CharField(label="职业名称", max_length=80, help_text="编码已在目录中而名称不同的，自起始日起更名，工种、等级和标准沿用。")
    industry = forms.ChoiceField(label="行业", required=False)
    major = forms.CharField(label="大类", max_length=80, required=False)
    since = day_field("起始日")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        industry = self.fields["industry"]
        assert isinstance(industry, forms.ChoiceField)
        industry.choices = [("", "不归入行业"), *industry_choices()]


class TradeForm(Form):
    """A trade, from a day on."""

    name = forms.CharField(label="工种名称", max_length=80)
    since = day_field("起始日")


class LevelsForm(Form):
    """Levels that become fileable."""

    levels = levels_field("可备案等级")
    trade = forms.CharField(label="工种", max_length=80, required=False, help_text="只对一个工种开放的填写工种名称；留空表示整个职业。")
    since = day_field("起始日")
    document = forms.CharField(label="依据的文件", max_length=120, help_text="文件名称或文号，随目录公开。")


class EndForm(Form):
    """An end, with its reason."""

    until = day_field("终止日（当天起不再有效）")
    reason = reason_field("原因和依据的文件")


class RecodeForm(Form):
    """Another code for the same occupation."""

    new_code = forms.CharField(label="新的职业编码", max_length=12, help_text="例如 4-03-02-01。工种、等级和标准随之沿用；各机构的评价范围不变。")
    since = day_field("起始日")
    reason = reason_field("原因和依据的文件")


FORMS: dict[str, type[Form]] = {"levels": LevelsForm, "trade": TradeForm, "recode": RecodeForm, "end": EndForm}
