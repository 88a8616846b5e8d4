"""投诉举报: about whom, what happened, with a name or without; a number and a code are what one keeps of it.

The code is shown in the answer to the form and kept nowhere; the session remembers only which numbers were opened in this browser.
"""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from touchstone.bodies.queries import body_told, search
from touchstone.complaints.operations import Told, add_facts, file_complaint, open_receipt
from touchstone.complaints.operations.filing import KNOWN
from touchstone.complaints.queries import followed, own_leads
from touchstone.complaints.states import State
from touchstone.files.operations import LARGEST
from touchstone.kernel.numbers import half_width
from touchstone.parameters.queries import in_force
from touchstone.policy.supervision.complaints import KEPT_SECRET_YEARS, TAKEN_UP_WITHIN, TOLD_WITHIN, VERIFIED_WITHIN
from touchstone.web.complaints.words import STATES, files_sent, kept_back, steps_of
from touchstone.web.doors import Request, told
from touchstone.web.forms import Form
from touchstone.web.places import DISTRICT_CHOICES
from touchstone.web.refusing import told_in

OPENED = "complaints_opened"
OFFERED = 10


class ComplaintForm(Form):
    """What anybody may tell. `website` is for machines: people do not see it."""

    about = forms.CharField(label="机构或场所的名称", max_length=160, required=False, help_text="不知道名称的，写地点、网址或者证书编号也可以。")
    place = forms.CharField(label="地点或网址", max_length=200, required=False)
    district = forms.ChoiceField(label="在哪个区", required=False, choices=[("", "不清楚或不在本市"), *DISTRICT_CHOICES])
    certificate_number = forms.CharField(label="证书编号（有的话）", max_length=40, required=False)
    happened = forms.CharField(label="什么时间", max_length=120, required=False, widget=forms.TextInput({"placeholder": "例如：11月8日上午"}))
    facts = forms.CharField(
        label="发生了什么",
        max_length=8000,
        widget=forms.Textarea({"rows": 6, "placeholder": "请写清经过：谁、做了什么、您是怎么知道的"}),
    )
    named = forms.ChoiceField(
        label="是否留姓名", choices=[("no", "匿名"), ("yes", "实名，便于联系核实")], initial="no", widget=forms.RadioSelect
    )
    name = forms.CharField(label="您的姓名", max_length=60, required=False, widget=forms.TextInput({"autocomplete": "name"}))
    phone = forms.CharField(label="联系电话", max_length=20, required=False, widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}))
    consents = forms.BooleanField(label="核实中可以公开我的身份（不勾选就一律保密）", required=False)
    website = forms.CharField(label="请不要填写这一栏", required=False, widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}))

    def clean_phone(self) -> str:
        """A number of at least seven digits, where there is one."""
        phone = half_width(self.cleaned_data["phone"]).replace(" ", "")
        if phone and (sum(letter.isdigit() for letter in phone) < 7 or not set(phone) <= set("0123456789-+()")):
            raise forms.ValidationError("请填写手机号码，或带区号的固定电话。")
        return phone

    def clean_website(self) -> str:
        """Empty, or it was a machine; a person whose browser filled it in can empty it."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError("请清空这一栏后再提交。")
        return ""

    def clean(self) -> dict[str, Any]:
        """A name where one was chosen, none where not, whatever was typed before."""
        given = super().clean() or self.cleaned_data
        if given.get("named") == "yes":
            for field in ("name", "phone"):
                if field not in self.errors and not given.get(field):
                    self.add_error(field, "选择实名的，请填写；不愿意留的，请选择匿名。")
        else:
            given["name"], given["phone"], given["consents"] = "", "", False
        return given


def complaint_about(request: Request) -> HttpResponseBase:
    """This page will find on the register whom a complaint is about, and lead on to the form; somebody not on it is written there."""
    text = request.GET.get("q", "").strip()[:120]
    found = list(search(text)[:OFFERED]) if text else []
    context = {
        "text": text,
        "found": [(one, urlencode({"body": one.number})) for one in found],
        "unknown": urlencode({"about": text}) if text else "",
        "within": _within(request),
        "warnings_url": reverse("public:unfiled_warnings"),
    }
    return render(request, "public/complaint_about.html", context)


@sensitive_post_parameters("name", "phone", "facts")
def complaint(request: Request) -> HttpResponseBase:
    """This page will take a complaint from anybody and answer with its number and code; sent again, it answers the same."""
    number = request.GET.get("body", "")
    body = body_told(number) if number else None
    initial = {name: request.GET.get(name, "")[:160] for name in ("about", "certificate_number", "place")}
    form = ComplaintForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        asked = Told(**{name: given[name] for name in (
            "about", "place", "district", "certificate_number", "happened", "facts", "name", "phone", "consents"
        )})  # fmt: skip
        address = request.META.get("REMOTE_ADDR", "")
        about = body or (body_told(given["about"]) if given["about"].strip() else None)
        with told_in(form):
            made = file_complaint(told=asked, body=about, files=files_sent(request), address=address, by=request.actor, at=request.now)
            _remember(request, made.lead.number)
            context = {"lead": made.lead, "code": made.code, "within": _within(request), "asked": made.lead.questions.first()}
            return kept_back(render(request, "public/complaint_received.html", context))
    context = {"form": form, "body": body, "largest": LARGEST, "within": _within(request)}
    context["known"] = request.actor.office_kind in KNOWN
    return kept_back(render(request, "public/complaint.html", context))


class FollowForm(Form):
    """The receipt's number and its code."""

    number = forms.CharField(label="受理编号", max_length=24, widget=forms.TextInput({"autocomplete": "off", "placeholder": "TS开头"}))
    code = forms.CharField(label="查询码", max_length=24, widget=forms.TextInput({"autocomplete": "off", "placeholder": "例如 ABCDE-23456"}))


@sensitive_post_parameters("code")
def complaint_track(request: Request) -> HttpResponseBase:
    """This page will open a complaint by number and code; the code never stands in an address."""
    form = FollowForm(request.POST or None, initial={"number": request.GET.get("number", "")[:24]})
    if request.method == "POST" and form.is_valid():
        address = request.META.get("REMOTE_ADDR", "")
        with told_in(form):
            found = open_receipt(number=form.cleaned_data["number"], code=form.cleaned_data["code"], address=address, at=request.now)
            if found is not None:
                _remember(request, found.number)
                return redirect("public:complaint_case", found.number)
            form.add_error(None, "受理编号和查询码不相符，请核对。查询码只在提交时显示一次，遗失的可以重新反映。")
    return kept_back(render(request, "public/complaint_track.html", {"form": form}))


@sensitive_post_parameters("words")
def complaint_case(request: Request, number: str) -> HttpResponseBase:
    """This page will show how far a complaint is and its answer, to who has shown its code or whose own it is, and take what they add."""
    known = number in request.session.get(OPENED, []) or own_leads(request.actor).filter(number=number).exists()
    found = followed(number) if known else None
    if found is None:
        return redirect(f"{reverse('public:complaint_track')}?{urlencode({'number': number})}")
    if request.method == "POST":
        given = {name: request.POST.get(name, "")[:4000] for name in ("words", "happened", "about")}
        with told(request):
            add_facts(number=number, files=files_sent(request), by=request.actor, at=request.now, **given)
        return redirect("public:complaint_case", number)
    main = found.joined_to if found.joined_to is not None else found
    label, tone = STATES[found.state]
    context = {
        "lead": found,
        "main": main,
        "state_label": label,
        "tone": tone,
        "steps": steps_of(found),
        "questions": found.questions.order_by("pk"),
        "may_add": found.state in {State.RECEIVED, State.ASKED, State.TAKEN_UP},
        "asked": found.state == State.ASKED,
        "reply": found.reply or main.reply,
        "told_at": found.told_at or main.told_at,
        "verdict": main.get_verdict_display() if main.told_at and main.verified_at else "",
        "largest": LARGEST,
    }
    return kept_back(render(request, "public/complaint_case.html", context))


def _remember(request: Request, number: str) -> None:
    opened = [one for one in request.session.get(OPENED, []) if one != number]
    request.session[OPENED] = [*opened, number][-20:]


def _within(request: Request) -> dict[str, int]:
    day = request.today
    return {
        "taken_up": in_force(TAKEN_UP_WITHIN, day).value,
        "verified": in_force(VERIFIED_WITHIN, day).value,
        "told": in_force(TOLD_WITHIN, day).value,
        "years": in_force(KEPT_SECRET_YEARS, day).value,
    }
