"""申请更正、补发: what is wrong on my certificate, what should stand there, and what proves it? One page, on the phone, free of charge."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.files.operations import LARGEST
from touchstone.kernel.law import Refusal
from touchstone.policy.certificates.revocation import CORRECTABLE, REISSUE_KEEPS_NUMBER, REQUEST_WITHIN
from touchstone.revocations.operations import Wanted, ask_correction, ask_reissue
from touchstone.revocations.states import ISSUER
from touchstone.web.certificate_view import seen_by
from touchstone.web.doors import Request, candidate_door
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in

_PROOFS = 6
_ASKED_OF_THE_BODY = {"证件号码"}


class AskForm(Form):
    """What is wrong, and what should stand instead."""

    words = forms.CharField(label="哪里有误", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, request: Request, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names: dict[str, str] = {}
        if kind == "reissue":
            self.fields["words"].label = "遗失或者损坏的情况"
            return
        for n, name in enumerate(one for one in CORRECTABLE.on(request.today).value if one not in _ASKED_OF_THE_BODY):
            self.names[f"change_{n}"] = name
            note = "不更正的留空。" if n == 0 else ""
            self.fields[f"change_{n}"] = forms.CharField(label=f"正确的{name}", required=False, max_length=60, help_text=note)


@candidate_door
def certificate_request_new(request: Request, number: str, kind: str) -> HttpResponseBase:
    """This page will take a request about one of the person's own certificates. :raises NotAllowed: for somebody else's."""
    found = seen_by(request, number)
    form = AskForm(request.POST or None, request=request, kind=kind)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            given = form.cleaned_data
            if kind == "reissue":
                made = ask_reissue(certificate_number=number, words=given["words"], by=request.actor, at=request.now)
            else:
                changes = {name: given[key] for key, name in form.names.items()}
                wanted = Wanted(given["words"], changes, _proofs(request))
                made = ask_correction(certificate_number=number, wanted=wanted, by=request.actor, at=request.now)
            messages.success(request, f"申请{made.number}已提交，由{found.body_name}核对办理。")
            return redirect("candidate:certificate_request", made.number)
    context = {
        "form": form,
        "certificate": found,
        "kind": kind,
        "days": REQUEST_WITHIN.on(request.today).value,
        "keeps": REISSUE_KEEPS_NUMBER.on(request.today).value,
        "crumbs": [{"label": "我的证书", "url": reverse("candidate:certificates")}, {"label": "申请补发" if kind == "reissue" else "申请更正"}],
    }
    return render(request, "revocations/asking.html", context)


def _proofs(request: Request) -> list[tuple[str, bytes]]:
    files = request.FILES.getlist("proof")[:_PROOFS]
    if any(file.size and file.size > LARGEST for file in files):
        raise Refusal(f"有文件超过{LARGEST // 1048576}MB。", ISSUER, "请压缩后再上传。")
    return [(file.name or "证明材料", file.read()) for file in files if file.size]
