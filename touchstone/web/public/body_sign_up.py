"""评价机构入驻: how does a body come onto the platform, together with the person who acts for it first?"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.debug import sensitive_post_parameters

from touchstone.accounts.queries import user_named
from touchstone.bodies import operations, permissions, queries
from touchstone.kernel.law import Refusal
from touchstone.policy.roles import BodyKind, Ownership
from touchstone.web.doors import Request
from touchstone.web.filters import DayInput
from touchstone.web.places import DISTRICT_CHOICES, industry_choices
from touchstone.web.public.log_in_form import OwnLogInForm
from touchstone.web.public.login import come_in
from touchstone.web.refusing import told_in

_PICK = ("", "请选择")


class SignUpForm(OwnLogInForm):
    """Facts of the body, and its first person."""

    name = forms.CharField(label="机构名称", max_length=120, help_text="与营业执照或登记证书一致。")
    uscc = forms.CharField(
        label="统一社会信用代码",
        max_length=40,
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "spellcheck": "false",
                "hx-get": reverse_lazy("public:uscc_part"),
                "hx-trigger": "input changed delay:400ms, change",
                "hx-target": "#uscc-part",
                "hx-swap": "outerHTML",
            }
        ),
        help_text='18位，填写时即时校验。<span id="uscc-part"></span>',
    )
    kind = forms.ChoiceField(label="机构类别", choices=[_PICK, *queries.KINDS])
    ownership = forms.ChoiceField(label="所有制", choices=[_PICK, *queries.OWNERSHIPS], help_text="决定备案路线（通知 三(一)1）。")
    district = forms.ChoiceField(label="注册地所在区", choices=[_PICK, *DISTRICT_CHOICES])
    industry = forms.ChoiceField(label="所属行业")
    address = forms.CharField(label="注册地址", max_length=200)
    legal_representative = forms.CharField(label="法定代表人", max_length=60)
    founded_on = forms.DateField(label="成立日期", widget=DayInput())
    contact_name = forms.CharField(label="联系人", max_length=60)
    contact_phone = forms.CharField(label="联系电话", max_length=40, help_text="将在公开名录中显示，请填写单位电话。")
    person_name = forms.CharField(label="经办人姓名", max_length=60, widget=forms.TextInput({"autocomplete": "name"}))
    sections = (
        ("body", "机构", ("name", "uscc", "kind", "ownership", "district", "industry", "address", "legal_representative", "founded_on",
                         "contact_name", "contact_phone")),
        ("person", "第一位经办人", ("person_name", "id_number", "phone", "username", "password", "again")),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        industry = self.fields["industry"]
        assert isinstance(industry, forms.ChoiceField)
        industry.choices = [_PICK, *industry_choices()]


_FACTS = ("name", "uscc", "district", "industry", "address", "legal_representative", "founded_on", "contact_name", "contact_phone")


@sensitive_post_parameters("password", "again", "id_number")
def body_sign_up(request: Request) -> HttpResponseBase:
    """This page will register a body with its first person, log them in, and lead on to the body's own pages."""
    try:
        permissions.check_may_register(request.actor)
    except Refusal as refusal:
        return render(request, "public/body_sign_up.html", {"refusal": refusal})
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        person = operations.FirstPerson(given["person_name"], given["id_number"], given["phone"], given["username"], given["password"])
        facts = {name: given[name] for name in _FACTS}
        with told_in(form):
            body = operations.sign_up(
                person=person, kind=BodyKind(given["kind"]), ownership=Ownership(given["ownership"]), **facts, by=request.actor, at=request.now
            )
            come_in(request, user_named(given["username"]))
            messages.success(request, f"{body.name}已入驻，编号{body.number}。请登记考核点和人员，然后填报备案申请。")
            return redirect("body:profile")
    return render(request, "public/body_sign_up.html", {"form": form})


def uscc_part(request: Request) -> HttpResponseBase:
    """This fragment will say whether the credit code being typed is well formed and new here."""
    text = request.GET.get("uscc", "").strip()
    tone, sentence = "", ""
    if text:
        try:
            code = operations.checked_uscc(text)
            known = queries.is_known_uscc(code)
            tone, sentence = ("danger", "该代码的机构已经入驻，请向本机构负责人索取账号。") if known else ("ok", "校验位正确，尚未入驻。")
        except Refusal as refusal:
            tone, sentence = "danger", refusal.sentence
    return render(request, "public/uscc_part.html", {"tone": tone, "sentence": sentence})
