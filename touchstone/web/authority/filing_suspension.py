"""暂停与恢复页: the director suspends a filing or some of its lines, and decides when they may be used again."""

from typing import Any

from django import forms
from django.http import HttpResponseBase

from touchstone.filings import operations, permissions, queries
from touchstone.web.authority.filing_acts import opinion_field, show_act
from touchstone.web.doors import Request, authority_door
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form


class SuspendForm(Form):
    """What is suspended, from when, until about when, why, and by which clause."""

    lines = forms.TypedMultipleChoiceField(
        label="暂停的范围",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="不选为整件备案暂停；只暂停部分范围的，请选择。",
    )
    since = forms.DateField(label="暂停起始日", widget=DayInput())
    planned_until = forms.DateField(
        label="预定恢复日", required=False, widget=DayInput(), help_text="到期提醒您决定，不会自动恢复；说不准的可以留空。"
    )
    clause = forms.CharField(label="依据", max_length=160, initial="通知 三(四)2")
    case = forms.CharField(label="来源案件编号", max_length=40, required=False)
    reason = opinion_field("暂停理由")


class RestoreForm(Form):
    """Which suspension, whether it ends or goes on, and why."""

    which = forms.TypedChoiceField(label="哪一项暂停", coerce=int, widget=forms.RadioSelect)
    goes_on = forms.TypedChoiceField(
        label="决定",
        choices=[("no", "恢复评价，自今天起"), ("yes", "继续暂停，调整预定恢复日")],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
        empty_value=None,
    )
    planned_until = forms.DateField(label="新的预定恢复日（继续暂停的填写）", required=False, widget=DayInput())
    reason = opinion_field("理由")

    def clean(self) -> dict[str, Any]:
        """A new day is needed where the suspension goes on."""
        given = super().clean() or {}
        if given.get("goes_on") and not given.get("planned_until"):
            self.add_error("planned_until", "继续暂停的，请填写新的预定恢复日。")
        return given


@authority_door
def filing_suspend(request: Request, number: str) -> HttpResponseBase:
    """This page will suspend a filing, or some lines of it, from a day on."""
    found = queries.root_of(queries.filing(number, request.actor))
    permissions.check_may(request.actor, "suspend", found)
    form = SuspendForm(request.POST or None, initial={"since": request.today, "clause": "通知 三(四)2"})
    lines = queries.lines_of(found, request.today)
    form.fields["lines"].choices = [(line.pk, queries.line_told(line)) for line in lines]  # type: ignore[attr-defined]

    def suspend(given: dict[str, Any]) -> str:
        told = {key: given[key] for key in ("lines", "since", "planned_until", "clause", "case", "reason")}
        operations.suspend(number=found.number, **told, by=request.actor, at=request.now)
        return f"已暂停评价，自{given['since']:%Y年%m月%d日}起不能安排新的评价；机构和正在进行的认定计划都会收到告知。"

    return show_act(request, found.number, act="suspend", template="suspend", form=form, carry_out=suspend)


@authority_door
def filing_restore(request: Request, number: str) -> HttpResponseBase:
    """This page will end a suspension, or move the day on which it is planned to end."""
    found = queries.root_of(queries.filing(number, request.actor))
    permissions.check_may(request.actor, "suspend", found)
    form = RestoreForm(request.POST or None)
    open_ones = list(queries.open_suspensions(found))
    form.fields["which"].choices = [  # type: ignore[attr-defined]
        (one.pk, f"{queries.line_told(one.item) if one.item else '整件备案'}（自{one.since:%Y年%m月%d日}起：{one.reason}）") for one in open_ones
    ]

    def decide(given: dict[str, Any]) -> str:
        chosen = next(one for one in open_ones if one.pk == given["which"])
        if given["goes_on"]:
            day = given["planned_until"]
            operations.replan_restoration(suspension_id=chosen.pk, planned_until=day, reason=given["reason"], by=request.actor, at=request.now)
            return f"继续暂停，预定恢复日改为{day:%Y年%m月%d日}。"
        lines = [chosen.item_id] if chosen.item_id else []
        operations.restore(number=found.number, lines=lines, reason=given["reason"], by=request.actor, at=request.now)
        return "已恢复评价，自今天起可以安排新的评价。"

    return show_act(request, found.number, act="suspend", template="restore", form=form, carry_out=decide, suspensions=open_ones)
