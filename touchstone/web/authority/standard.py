"""标准: what does this edition say and since when, who approved it, and how is a new one entered?"""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.bodies.queries import search as bodies_named
from touchstone.catalogue import operations, permissions, queries
from touchstone.policy.filing.scope import BASES, Basis
from touchstone.policy.roles import BodyKind
from touchstone.web.authority.occupation_forms import EndForm, day_field, levels_field
from touchstone.web.authority.standards import state_of
from touchstone.web.doors import Request, authority_door
from touchstone.web.forms import Form
from touchstone.web.levels import levels_label
from touchstone.web.occupation_field import OccupationField, written
from touchstone.web.refusing import told_in
from touchstone.web.structure_view import TONES

if TYPE_CHECKING:
    from touchstone.accounts.models import Office


class StandardForm(Form):
    """An edition of a standard."""

    kind = forms.ChoiceField(label="类别", choices=queries.STANDARD_KINDS, widget=forms.RadioSelect)
    number = forms.CharField(label="编号", max_length=40, help_text="国家职业标准按颁布的编号，评价规范按核准文件的编号。")
    title = forms.CharField(label="名称", max_length=120)
    edition = forms.CharField(label="版本", max_length=40, help_text="例如 2024年版。")
    occupation = OccupationField()
    trade = forms.CharField(label="工种", max_length=80, required=False, help_text="只适用于一个工种的填写；留空表示整个职业。")
    levels = levels_field()
    in_force_from = day_field("施行日")
    replaces = forms.CharField(label="替代的标准编号", max_length=40, required=False, help_text="被替代的版本自施行日起废止。")
    owner = forms.CharField(label="制定单位", max_length=120, required=False, help_text="评价规范必填：企业全称、机构编号或统一社会信用代码。")
    approved_on = day_field("核准日", required=False, help_text="评价规范已经核准的填写；尚未核准的留空，核准后再登记。")
    sections = (
        ("what", "标准", ("kind", "number", "title", "edition", "occupation", "trade", "levels", "in_force_from", "replaces")),
        ("specification", "评价规范（国家职业标准不填）", ("owner", "approved_on")),
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["occupation"]
        assert isinstance(field, OccupationField)
        field.day = day

    def clean_owner(self) -> "Office | None":
        """Find the enterprise that laid the specification down."""
        text = self.cleaned_data["owner"].strip()
        if not text or self.cleaned_data.get("kind") == Basis.NATIONAL:
            return None
        found = list(bodies_named(text).filter(kind=BodyKind.ENTERPRISE).select_related("office")[:6])
        exact = [body for body in found if text in {body.name, body.number, body.uscc}]
        if len(exact or found) == 1:
            return (exact or found)[0].office
        if not found:
            raise ValidationError(f"没有名称、编号或信用代码为“{text}”的企业。评价规范由已入驻的企业制定，请核对。")
        names = "、".join(body.name for body in found[:5])
        raise ValidationError(f"“{text}”对应多家企业：{names}{'等' if len(found) > 5 else ''}。请填写全称。")


class ApproveForm(Form):
    """The day of approval."""

    approved_on = day_field("核准日")


@authority_door
def standard_new(request: Request) -> HttpResponseBase:
    """This page will enter an edition of a standard."""
    permissions.check_may(request.actor, "keep_standards")
    about = queries.occupation(request.GET.get("code", ""), request.today)
    first = {"occupation": written(about)} if about is not None else {}
    form = StandardForm(request.POST or None, day=request.today, initial={"kind": Basis.NATIONAL.value} | first)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name not in {"request_key", "occupation"}}
        with told_in(form):
            made = operations.enter_standard(code=form.cleaned_data["occupation"].code, **given, by=request.actor, at=request.now)
            messages.success(request, f"已登记《{made.title}》（{made.edition}）。")
            return redirect("authority:standard", made.number)
    return render(request, "authority/standard_new.html", {"form": form, "crumbs": _crumbs("登记标准")})


@authority_door
def standard(request: Request, number: str) -> HttpResponseBase:
    """This page will show an edition, note its approval and end it. :raises Http404: for an unknown number."""
    found = queries.standards().filter(number=number).first()
    if found is None:
        raise Http404
    act = request.POST.get("act", "")
    made: dict[str, Form] = {
        "approve": ApproveForm(request.POST if act == "approve" else None, auto_id="approve_%s"),
        "end": EndForm(request.POST if act == "end" else None, auto_id="end_%s"),
    }
    if act in made and made[act].is_valid():
        with told_in(made[act]):
            messages.success(request, _carry_out(request, number, act, made[act].cleaned_data))
            return redirect("authority:standard", number)
    needs_approval = found.kind == Basis.SPECIFICATION and found.approved_on is None
    label, tone = state_of(found.in_force_from, found.until, needs_approval, request.today)
    bases = BASES.on(max(request.today, BASES.values[0].since))
    context = {
        "standard": found,
        "state": label,
        "tone": tone,
        "levels": levels_label(found.levels),
        "needs_approval": needs_approval,
        "users": "、".join(kind.label for kind in BodyKind if Basis(found.kind) in bases.value[kind]),
        "clause": bases.clause,
        "forms": made,
        "structures": [{"structure": one, "tone": TONES[one.state]} for one in queries.structures_of(found, request.actor)],
        "why_not_draft": permissions.why_not_draft(request.actor, found),
        "why_not": permissions.why_not(request.actor, "keep_standards"),
        "crumbs": _crumbs(found.title),
    }
    return render(request, "authority/standard.html", context)


def _carry_out(request: Request, number: str, act: str, given: dict[str, Any]) -> str:
    if act == "approve":
        operations.approve_specification(number=number, approved_on=given["approved_on"], by=request.actor, at=request.now)
        return "核准日已登记，制定单位可以依据该评价规范备案。"
    operations.end_standard(number=number, until=given["until"], reason=given["reason"], by=request.actor, at=request.now)
    return "废止日已登记。"


def _crumbs(last: str) -> list[dict[str, str]]:
    return [{"label": "标准", "url": reverse("authority:standards")}, {"label": last}]
