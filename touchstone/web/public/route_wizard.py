"""该走哪条备案路线: a few plain questions, and what lies before a body that wants to be filed."""

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import render

from touchstone.bodies.queries import KINDS, OWNERSHIPS
from touchstone.kernel.law import Refusal
from touchstone.parameters.queries import in_force
from touchstone.policy.documents import NOTICE_2024
from touchstone.policy.filing.wizard import Applicant, Guidance, guide
from touchstone.policy.roles import BodyKind, Ownership
from touchstone.web.doors import Request
from touchstone.web.forms import Form
from touchstone.web.places import DISTRICT_CHOICES

OUTSIDE = "outside"


class WizardForm(Form):
    """What decides the route; nothing is kept."""

    kind = forms.ChoiceField(label="是什么机构", choices=[("", "请选择"), *KINDS], help_text="面向社会开展评价的，选社会培训评价组织。")
    ownership = forms.ChoiceField(label="所有制", choices=[("", "请选择"), *OWNERSHIPS])
    district = forms.ChoiceField(label="在哪里登记注册", choices=[("", "请选择"), *DISTRICT_CHOICES, (OUTSIDE, "不在本市")])
    venues = forms.MultipleChoiceField(
        label="考核点设在哪里", choices=[*DISTRICT_CHOICES, (OUTSIDE, "本市以外")], widget=forms.CheckboxSelectMultiple, help_text="可以多选。"
    )
    superior = forms.BooleanField(label="有市级上级主管部门", required=False)


def route_wizard(request: Request) -> HttpResponseBase:
    """This page will answer at once from the address, so that the answer can be kept, sent and printed."""
    form = WizardForm(request.GET or None)
    guidance, refusal = None, None
    if form.is_bound and form.is_valid():
        try:
            guidance = guide(_applicant(form), request.today, in_force)
        except Refusal as no:
            refusal = no
    context = {"form": form, "guidance": guidance, "refusal": refusal, "steps": _steps(guidance) if guidance else []}
    return render(request, "public/route_wizard.html", context)


def _applicant(form: WizardForm) -> Applicant:
    given = form.cleaned_data
    return Applicant(
        BodyKind(given["kind"]),
        Ownership(given["ownership"]),
        "" if given["district"] == OUTSIDE else given["district"],
        tuple("" if code == OUTSIDE else code for code in given["venues"]),
        given["superior"],
    )


def _steps(guidance: Guidance) -> list[dict[str, str]]:
    titles = {step.key: step.title for step in guidance.steps}
    return [
        {
            "title": step.title,
            "offices": step.offices,
            "days": f"{step.working_days}个工作日" if step.working_days is not None else "不限时",
            "beside": "、".join(titles[key] for key in step.parallel_with if key in titles),
            "clause": f"通知 {step.clause.label}" if step.clause.document is NOTICE_2024 else str(step.clause),
        }
        for step in guidance.steps
    ]
