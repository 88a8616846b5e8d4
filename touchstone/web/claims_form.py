"""申报表单: on what ground is somebody admitted, and what do they declare?"""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from touchstone.policy.eligibility.admission import GROUNDS, OWN_STAFF_FORMS, Ground
from touchstone.policy.eligibility.conditions import conditions_for
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.roles import BodyKind
from touchstone.sheets.registration_fields import EDUCATION
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.levels import LEVEL_CHOICES

_NONE = [("", "请选择")]


class GroundForm(Form):
    """The ground of admission (参评来源) and, for staff, the form of employment."""

    ground = forms.ChoiceField(label="参评来源")
    employment = forms.ChoiceField(label="用工形式", required=False, help_text="本单位职工须选择；一份报名表填一种，不同用工形式请分开上传。")

    def __init__(self, *args: Any, kind: BodyKind, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "ground" not in self.fields:
            return
        grounds = [(g.value, g.label) for g in Ground if g in GROUNDS.on(day).value[kind]]
        self._choices("ground", grounds)
        self._choices("employment", [*_NONE, *((form, form) for form in OWN_STAFF_FORMS.on(day).value)])
        self.initial.setdefault("ground", grounds[0][0])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class ClaimsForm(GroundForm):
    """What one person declares, whoever fills it in."""

    employer = forms.CharField(label="所在单位", max_length=120)
    condition = forms.ChoiceField(label="申报条件", help_text="同一等级符合任一条即可。")
    years_in_field = forms.DecimalField(label="从事本职业年数", min_value=0, max_value=70, decimal_places=1, help_text="如5或5.5。")
    certificate_level = forms.TypedChoiceField(
        label="已有证书等级", choices=[("", "没有"), *LEVEL_CHOICES], coerce=int, empty_value=None, required=False
    )
    certificate_number = forms.CharField(label="已有证书编号", max_length=40, required=False)
    education = forms.ChoiceField(label="文化程度", choices=[*_NONE, *((e, e) for e in EDUCATION)])
    major = forms.CharField(label="所学专业", max_length=100, help_text="没有填“无”。")
    started_work_on = forms.DateField(label="参加工作时间", widget=DayInput(), required=False)

    def __init__(self, *args: Any, level: int, day: date, **kwargs: Any) -> None:
        super().__init__(*args, day=day, **kwargs)
        self._choices("condition", [*_NONE, *((one.key, one.label) for one in conditions_for(Level(level), day))])

    def clean(self) -> dict[str, Any] | None:
        given = super().clean()
        if given and bool(given.get("certificate_level")) != bool(given.get("certificate_number")):
            self.add_error("certificate_number", "证书等级和证书编号要一起填写；没有证书的都不填。")
        return given

    def claims(self) -> dict[str, Any]:
        """Give what was declared, as it is kept."""
        given = self.cleaned_data
        held = {"level": given["certificate_level"], "number": given["certificate_number"].strip().upper()} if given["certificate_level"] else None
        started = given["started_work_on"]
        return {
            "years_in_field": str(given["years_in_field"] or Decimal(0)),
            "started_work_on": started.isoformat() if started else None,
            "certificate": held,
            "education": given["education"],
            "major": given["major"],
        }
