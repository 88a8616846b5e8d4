"""计划表单: what does a planner fill in, and which dates follow from the day of the exam?"""

from dataclasses import fields
from typing import Any

from django import forms

from touchstone.exams.operations.plans import PlanTerms
from touchstone.exams.states import PlanAdmission
from touchstone.filings.queries import scope_in_force
from touchstone.web.doors import Request
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.levels import level_label


class TermsForm(Form):
    """Days, people, contact."""

    exam_on = forms.DateField(label="考试日期", widget=DayInput())
    registration_closes_on = forms.DateField(label="报名截止日", widget=DayInput(), help_text="资格审核须在考试前完成，见下方期限。")
    quota = forms.IntegerField(label="计划人数", min_value=1, max_value=20_000)
    open_to_candidates = forms.BooleanField(
        label="开放考生本人报名", required=False, help_text="上报后列在公开的可报名计划中；不勾选的，只由本机构登记。"
    )
    fee = forms.IntegerField(label="收费标准（元/人）", min_value=0, initial=0, help_text="向考生公示；不收费的填0。有人报名后不能再改。")
    contact = forms.CharField(label="联系人及电话", max_length=120)
    title = forms.CharField(label="计划名称", max_length=120, required=False, help_text="不填则按职业、等级和月份自动命名。")
    remark = forms.CharField(label="说明", widget=forms.Textarea({"rows": 2}), required=False)

    def terms(self) -> PlanTerms:
        """Give what was filled in."""
        given = self.cleaned_data
        return PlanTerms(**{one.name: given[one.name] for one in fields(PlanTerms) if one.name in given})


class NewPlanForm(TermsForm):
    """The same, and under which line of the filed scope."""

    scope_item = forms.TypedChoiceField(label="评价范围", coerce=int, help_text="只列出今天有效的备案范围：职业（工种）、等级、标准和考核点。")
    admission = forms.ChoiceField(
        label="计划类别",
        choices=[(one.value, one.label) for one in PlanAdmission],
        initial=PlanAdmission.BY_LEVEL,
        help_text="学徒工转正定级从学徒名册登记考生，不看等级申报条件；保存后不能更改。",
    )
    field_order = ("scope_item", "admission")

    def __init__(self, *args: Any, lines: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scope_item"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "请选择"), *((str(key), label) for key, label in lines)]


class ChangeForm(TermsForm):
    """The same, with the reason a reported plan needs."""

    reason = forms.CharField(label="变更理由", widget=forms.Textarea({"rows": 2}), required=False, help_text="已上报的计划须填写，随计划报送所在区。")


def scope_lines(request: Request, body: Any) -> list[tuple[int, str]]:
    """This function will give the lines of scope a plan may rest on today, with the words of the choice."""
    return [
        (item.pk, f"{item.trade or item.occupation} · {level_label(item.level)} · {item.standard} · {item.venue}")
        for item in scope_in_force(request.today, body)
    ]
