"""评价对象表单: what must be said about a worker, a student, an agreement, a commission, a subsidiary?"""

import re
from datetime import date, timedelta
from typing import Any

from django import forms

from touchstone.policy.eligibility.admission import DIRECT
from touchstone.policy.provinces import PROVINCES
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.occupation_field import OccupationsField


def _day(label: str, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), **kwargs)


class NameList(forms.CharField):
    """Several names, one a line (or parted by 、); cleans to a list."""

    def clean(self, value: Any) -> list[str]:
        return [one.strip() for one in re.split(r"[\n、，,；;]", str(super().clean(value))) if one.strip()]


class WorkerForm(Form):
    """A person in post."""

    name = forms.CharField(label="姓名", max_length=60)
    id_number = forms.CharField(label="居民身份证号码", max_length=24, widget=forms.TextInput({"autocomplete": "off"}))
    form = forms.ChoiceField(label="用工形式")
    through = forms.CharField(label="派遣或承揽单位", max_length=120, required=False, help_text="直接用工的不用填写。")
    subsidiary = forms.ChoiceField(label="所属下属企业", required=False, help_text="本单位职工的不用选择；下属企业须先登记。")
    post = forms.CharField(label="岗位", max_length=60, required=False)
    since = _day("在岗起始日")
    evidence = forms.CharField(
        label="用工证明", max_length=120, required=False, help_text="写明合同或协议的名称和编号，例如：劳务派遣协议2026-01号；也可登记后上传扫描件。"
    )

    def __init__(self, *args: Any, kinds: tuple[str, ...], subsidiaries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [("", "请选择"), *((kind, kind) for kind in kinds)]  # type: ignore[attr-defined]
        self.fields["subsidiary"].choices = [("", "不属于下属企业"), *subsidiaries]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the agency beside its field."""
        given = super().clean() or {}
        if given.get("form") and given["form"] != DIRECT and not given.get("through"):
            self.add_error("through", f"{given['form']}须写明派遣或承揽单位。")
        return given


class StudentForm(Form):
    """A student on a register."""

    name = forms.CharField(label="姓名", max_length=60)
    id_number = forms.CharField(label="居民身份证号码", max_length=24, widget=forms.TextInput({"autocomplete": "off"}))
    register_number = forms.CharField(label="学籍号", max_length=40)
    major = forms.CharField(label="专业", max_length=60)
    programme = forms.CharField(label="培养层次", max_length=40, required=False, help_text="例如：中职、高职、应用型本科、技师")
    full_time = forms.TypedChoiceField(label="学习形式", choices=[("yes", "全日制"), ("no", "非全日制")], coerce=lambda text: text == "yes")
    enrolled_on = _day("入学日")
    graduates_on = _day("预计毕业日", help_text="毕业学年自预计毕业日前12个月起。")

    def __init__(self, *args: Any, majors: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if majors:
            self.fields["major"] = forms.ChoiceField(label="专业", choices=[(one, one) for one in majors], help_text="协议约定的专业")


class PaperForm(Form):
    """What agreements and commissions have in common: days, and the signed paper itself."""

    signed_on = _day("签订日")
    since = _day("有效期自")
    last_day = _day("有效期至", help_text="含当日。")
    paper = forms.FileField(
        label="协议扫描件", required=False, help_text="PDF、JPG或PNG。没有原件的协议不能作为参评依据；可以登记后再上传。",
        widget=forms.ClearableFileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip

    @property
    def until(self) -> date:
        """The first day on which it no longer holds."""
        last: date = self.cleaned_data["last_day"]
        return last + timedelta(days=1)


class AgreementForm(PaperForm):
    """A cooperation agreement with a school."""

    school = forms.CharField(label="合作院校", max_length=120)
    school_uscc = forms.CharField(label="院校统一社会信用代码", max_length=18)
    majors = NameList(label="专业", widget=forms.Textarea({"rows": 3}), help_text="协议约定的专业，每行一个。")
    field_order = ("school", "school_uscc", "majors", "signed_on", "since", "last_day", "paper")


class CommissionForm(PaperForm):
    """A commission by a firm without the conditions."""

    client = forms.CharField(label="委托单位", max_length=120)
    client_uscc = forms.CharField(label="委托单位统一社会信用代码", max_length=18)
    lacks = forms.CharField(label="不具备自主评价条件的说明", widget=forms.Textarea({"rows": 2}), help_text="缺少的场地、设备或人员。")
    occupations = OccupationsField(label="委托评价的职业")
    people = forms.IntegerField(label="委托人数", min_value=1, max_value=100_000, help_text="协议约定的人数，报名时不能超过。")
    field_order = ("client", "client_uscc", "lacks", "occupations", "people", "signed_on", "since", "last_day", "paper")

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occupations"].day = day  # type: ignore[attr-defined]


class SubsidiaryForm(Form):
    """A subsidiary, in the city or outside it."""

    name = forms.CharField(label="企业名称", max_length=120)
    uscc = forms.CharField(label="统一社会信用代码", max_length=18)
    province = forms.ChoiceField(label="所在省级行政区", choices=[("", "请选择"), *PROVINCES.items()], help_text="上海市以外的为市域外下属企业。")
    address = forms.CharField(label="地址", max_length=200)
    share = forms.DecimalField(label="持股比例（%）", min_value=0, max_value=100, max_digits=5, decimal_places=2)
    since = _day("纳入日", help_text="成为下属企业之日。")
    paper = forms.FileField(
        label="股权关系证明", required=False, help_text="PDF、JPG或PNG。没有证明的不能作为参评依据；可以登记后再上传。",
        widget=forms.ClearableFileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip
