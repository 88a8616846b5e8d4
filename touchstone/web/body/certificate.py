"""证书: what does this certificate rest on, and what can be done with it?"""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.certificates.operations import print_batch, print_one
from touchstone.certificates.permissions import check_may
from touchstone.certificates.queries import credential_of, of_plan
from touchstone.jobs.certificates import DIRECTLY
from touchstone.policy.roles import Role
from touchstone.web.body.evaluation import own_plan
from touchstone.web.certificate_view import seen_by, shown
from touchstone.web.doors import Request, body_door, told
from touchstone.web.downloads import send

PDF = "application/pdf"


@body_door
def certificate(request: Request, number: str) -> HttpResponseBase:
    """This page will show a certificate with its basis and history."""
    found = seen_by(request, number)
    crumbs = [{"label": "证书", "url": reverse("body:certificates")}, {"label": number, "url": ""}]
    may_trace = found.body.office_id == request.actor.office_id and request.actor.has(Role.BODY_PLANNER, Role.BODY_LEADER)
    return render(request, "body/certificate.html", shown(request, found) | {"crumbs": crumbs, "may_trace": may_trace})


@body_door
def certificate_pdf(request: Request, number: str) -> HttpResponseBase:
    """This page will print one certificate; the print is put on record."""
    found = seen_by(request, number)
    with told(request):
        return send(print_one(number=found.number, by=request.actor, at=request.now), PDF, f"{found.number}.pdf", inline=True)
    return redirect("body:certificate", number)


@body_door
def credential_file(request: Request, number: str) -> HttpResponseBase:
    """This page will send the signed document of a certificate, which anybody can check without us."""
    found = seen_by(request, number)
    check_may(request.actor, "hand_out", found.body.office_id)
    credential = credential_of(found)
    if credential is None:
        messages.info(request, "这本证书在机构有发证密钥以前核发，后台补签以后可以下载。")
        return redirect("body:certificate", number)
    return send(credential.document.encode(), "application/vc+json", f"{found.number}.json")


@body_door
def plan_certificates(request: Request, number: str) -> HttpResponseBase:
    """This page will print all certificates of a small plan into one PDF."""
    plan = own_plan(request, number)
    numbers = list(of_plan(plan.number).filter(state="issued").values_list("number", flat=True)[: DIRECTLY + 1])
    if len(numbers) > DIRECTLY:
        messages.info(request, f"超过{DIRECTLY}本的由后台分批打印，请点“开始打印”。")
        return redirect("body:results", number)
    with told(request):
        return send(print_batch(numbers=numbers, case=plan.number, by=request.actor, at=request.now), PDF, f"{plan.number}证书.pdf")
    return redirect("body:results", number)
