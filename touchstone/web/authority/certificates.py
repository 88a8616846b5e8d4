"""证书: which certificates were issued on my ground, and what does each rest on?"""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.certificates.queries import certificates as certificates_of
from touchstone.exams.operations.exports import record_export
from touchstone.exams.operations.undertakings import refer_undertaking
from touchstone.exams.queries.accused import may_refer_undertaking
from touchstone.policy.roles import OfficeKind
from touchstone.web.body.certificates import CertificateFilter, CertificateTable
from touchstone.web.certificate_view import seen_by, shown
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.tables import Empty, list_page


class GroundTable(CertificateTable):
    """The same columns, the body's name among them."""

    page = "authority:certificate"
    folded = ("plan_number", "scheme")


@authority_door
def certificates(request: Request) -> HttpResponseBase:
    """This page will list the certificates of the bodies on the actor's ground."""
    return list_page(
        request,
        queryset=certificates_of(request.actor),
        table=GroundTable,
        filterset=CertificateFilter,
        title="证书",
        unit="本",
        empty=Empty("还没有证书", "辖区内评价机构核发的证书会出现在这里。"),
        template="certificates/list.html",
        extra={"keys_url": "" if request.actor.office_kind is OfficeKind.INDUSTRY_AUTHORITY else reverse("authority:issuer_keys")},
        exported=lambda kind, count: record_export(
            case=request.actor.office_name[:64], what="证书", kind=kind, count=count, by=request.actor, at=request.now
        ),
    )


@authority_door
def certificate(request: Request, number: str) -> HttpResponseBase:
    """This page will show a certificate with its basis and history."""
    found = seen_by(request, number)
    if request.method == "POST" and request.POST.get("act") == "refer":
        with told(request):
            facts = request.POST.get("facts", "")
            refer_undertaking(candidate_number=found.candidate_number, facts=facts, by=request.actor, at=request.now)
            messages.success(request, "已交评价机构核查，机构的考务经办人收到待办。")
        return redirect("authority:certificate", number)
    crumbs = [{"label": "证书", "url": reverse("authority:certificates")}, {"label": number, "url": ""}]
    may_refer = found.is_valid and not found.is_examined and may_refer_undertaking(request.actor, found.candidate_number)
    return render(request, "body/certificate.html", shown(request, found) | {"crumbs": crumbs, "may_refer": may_refer})
