"""证书查验: is there a certificate on which this name and this number stand together?"""

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.certificates.queries import by_name_and_number, verify_path
from touchstone.policy.certificates.enterprise import parse_number
from touchstone.web.forms import Form

NOT_FOUND = "没有查到姓名与证书编号同时相符的证书。"


class VerifyForm(Form):
    """Both are needed: a number alone finds nothing, so that nobody learns names by counting numbers up."""

    name = forms.CharField(label="持证人姓名", max_length=60, widget=forms.TextInput({"autocomplete": "off", "placeholder": "与证书上一致"}))
    number = forms.CharField(
        label="证书编号",
        max_length=60,
        help_text="22位，以Y或S开头；企业标准证书17位，以QB开头。可以直接粘贴，空格和全角字符会自动处理。",
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "inputmode": "text", "placeholder": "证书编号"}),
    )

    def clean_number(self) -> str:
        """Read the number; what is wrong with it is said at the field."""
        try:
            return parse_number(self.cleaned_data["number"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


def verify(request: HttpRequest) -> HttpResponseBase:
    """This page will look a certificate up by name and number, and lead to its own page when found."""
    asked = {"name": request.GET.get("name", ""), "number": request.GET.get("number", "")}
    whole = bool(asked["name"].strip() and asked["number"].strip())
    form = VerifyForm(asked) if whole else VerifyForm(initial=asked)
    if whole and form.is_valid():
        certificate = by_name_and_number(form.cleaned_data["name"], form.cleaned_data["number"])
        if certificate is not None:
            return unkept(redirect(verify_path(certificate.number)))
        return unkept(render(request, "public/verify.html", {"form": form, "refusal": NOT_FOUND}))
    return unkept(render(request, "public/verify.html", {"form": form}))


def unkept(response: HttpResponseBase) -> HttpResponseBase:
    """This function will keep an answer that names a person out of caches, indexes and other sites' referrers."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
