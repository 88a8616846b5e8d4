"""我的证书: which certificates do I hold, how do I show one to somebody, with a line or without, and how often was it looked up?"""

import base64
import secrets
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.certificates import queries
from touchstone.certificates.facts import qr_content
from touchstone.certificates.facts.shared import FACTS, chosen
from touchstone.certificates.operations import share, withdraw_share
from touchstone.kernel.rules import Outcome
from touchstone.policy.certificates.keys import SHARE_LASTS_AT_MOST, share_is_open
from touchstone.print.codes import qr_svg
from touchstone.revocations.queries import open_requests, own_rows
from touchstone.web.doors import Request, candidate_door, told
from touchstone.web.downloads import send
from touchstone.web.offline import manifest, worker

if TYPE_CHECKING:
    from touchstone.certificates.models import Certificate, Share

DAYS = (1, 7, 30, 90)
USUAL = ("name", "occupation", "level", "body", "issued_on")


@candidate_door
def certificates(request: Request) -> HttpResponseBase:
    """This page will list the person's own certificates, each with the page by which anybody checks it."""
    asked = open_requests(request.actor)
    notices: dict[str, str] = {}
    for row in own_rows(request.actor):
        notices.setdefault(row.certificate_number, row.number)
    lines = [
        {
            "row": one,
            "path": queries.verify_path(one.number),
            "asked": asked.get(one.number, ""),
            "told": notices.get(one.number, ""),
        }
        for one in queries.own_certificates(request.actor)
    ]
    return render(request, "candidate/certificates.html", {"lines": lines})


@candidate_door
def certificate(request: Request, number: str) -> HttpResponseBase:
    """This page will show one of the person's own certificates with its QR code, share chosen facts of it, and tell how often it was looked up."""
    found = queries.own_certificate(number, request.actor)
    if request.method == "POST":
        _acted(request, found)
        return redirect("candidate:certificate", number)
    most = SHARE_LASTS_AT_MOST.on(request.today).value
    context = {
        "certificate": found,
        "credential": getattr(found, "credential", None),
        "code": picture(qr_content(found)),
        "code_address": qr_content(found),
        "path": queries.verify_path(number),
        "facts": [{"key": key, "label": label, "usual": key in USUAL} for key, label in FACTS.items()],
        "days": [days for days in DAYS if days <= most],
        "shares": [_shared(request, one, secret) for one, secret in queries.shares_of(found)],
        "checks": queries.checks_by_month(found),
        "crumbs": [{"label": "我的证书", "url": reverse("candidate:certificates")}, {"label": number, "url": ""}],
    }
    return render(request, "candidate/certificate.html", context)


@candidate_door
def credential_file(request: Request, number: str) -> HttpResponseBase:
    """This page will send the signed document of one of the person's own certificates."""
    found = queries.own_certificate(number, request.actor)
    credential = getattr(found, "credential", None)
    if credential is None:
        messages.info(request, "这本证书在机构有发证密钥以前核发，后台补签以后可以下载。")
        return redirect("candidate:certificate", number)
    return send(credential.document.encode(), "application/vc+json", f"{number}.json")


@candidate_door
def receipt_file(request: Request, number: str) -> HttpResponseBase:
    """This page will send the receipt of one of the person's own certificates from the public log."""
    receipt = queries.receipt_for(queries.own_certificate(number, request.actor))
    if receipt is None:
        messages.info(request, "公开日志还没有公布这本证书的记录，通常在核发后一分钟内；请稍后再下载。")
        return redirect("candidate:certificate", number)
    return send(receipt.encode(), "text/plain; charset=utf-8", f"{number}.tlog-proof")


@candidate_door
def wallet(request: Request) -> HttpResponseBase:
    """This page will show the person's own certificates with their QR codes; the phone keeps it when its holder wishes."""
    cards = [{"row": one, "code": picture(qr_content(one))} for one in queries.own_certificates(request.actor) if one.is_valid]
    answer = render(request, "candidate/wallet.html", {"cards": cards, "moment": request.now})
    answer["Cache-Control"] = "no-store"
    return answer


def wallet_worker_file(request: Request) -> HttpResponseBase:
    """This page will send the script that keeps the page for when there is no line."""
    return worker("wallet-worker.js")


def wallet_manifest_file(request: Request) -> HttpResponseBase:
    """This page will tell a phone how the page is installed."""
    return manifest("我的职业技能等级证书", "我的证书", reverse("candidate:wallet"))


def picture(text: str) -> str:
    """This function will draw a QR code as an address of its own picture, which a kept page needs no line for."""
    return "data:image/svg+xml;base64," + base64.b64encode(qr_svg(text).encode()).decode()


def _acted(request: Request, found: "Certificate") -> None:
    given = request.POST
    with told(request):
        if given.get("act") == "share":
            days = int(given["days"]) if given.get("days", "").isdecimal() else 0
            facts, purpose = given.getlist("facts"), given.get("purpose", "")
            share(
                number=found.number, facts=facts, days=days, purpose=purpose, secret=secrets.token_urlsafe(16), by=request.actor, at=request.now,
            )  # fmt: skip
            messages.success(request, "分享链接已生成，只显示您选的内容；到期自动失效，也可以随时收回。")
        elif given.get("act") == "withdraw":
            withdraw_share(number=given.get("share", ""), by=request.actor, at=request.now)
            messages.success(request, "分享已收回，原来的链接不再显示内容。")


def _shared(request: Request, one: "Share", secret: str) -> dict[str, Any]:
    is_open = share_is_open(one.until, one.withdrawn_at is not None, request.now).outcome is Outcome.MET
    address = settings.PUBLIC_URL.rstrip("/") + reverse("public:shared", args=[secret])
    return {
        "row": one,
        "labels": [FACTS[key] for key in chosen(one.facts)],
        "is_open": is_open,
        "address": address if is_open else "",
        "code": picture(address) if is_open else "",
    }
