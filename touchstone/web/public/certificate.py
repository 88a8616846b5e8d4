"""查验结果: what does this certificate say, does it stand, and who answers for it?"""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from touchstone.certificates.operations import count_check
from touchstone.certificates.queries import by_number_and_check
from touchstone.filings.queries import filings_in_force
from touchstone.filings.queries.ended import last_end
from touchstone.policy.certificates.issuing import issuer_stays_answerable
from touchstone.policy.filing.ending import EndKind
from touchstone.uploads.queries import public_words_of
from touchstone.web.clock import now
from touchstone.web.public.verify import VerifyForm, unkept


def certificate(request: HttpRequest, number: str) -> HttpResponseBase:
    """This page will show a certificate to whoever comes with the check printed in its QR code; a bare number shows nothing."""
    found = by_number_and_check(number, request.GET.get("k", ""))
    if found is None:
        sentence = "这个地址不完整或已损坏，不能直接打开证书。"
        form = VerifyForm(initial={"number": number})
        return unkept(render(request, "public/verify.html", {"form": form, "refusal": sentence}, status=404))
    moment = getattr(request, "now", None) or now()
    if not request.user.is_authenticated:
        count_check(certificate=found, at=moment)
    credential = getattr(found, "credential", None)
    in_force = filings_in_force(moment.date(), found.body).exists()
    ended = last_end(found.basis.get("filing", ""), moment.date())
    ended_on = ended.effective_on if ended else None if in_force else moment.date()
    answers = issuer_stays_answerable(found.body_name, found.issued_on, ended_on, moment.date())
    context = {
        "certificate": found,
        "in_force": in_force,
        "ended": ended,
        "ended_kind": EndKind(ended.kind).label if ended else "",
        "answers": answers,
        "acceptance": public_words_of(found.number) if found.is_valid and not found.is_examined else "",
        "moment": moment,
        "check_address": "/v#" + credential.qr.partition("#")[2] if credential else "",
    }
    return unkept(render(request, "public/certificate.html", context))
