"""证书: which certificates were issued on my ground, and what does each rest on?"""

from typing import TYPE_CHECKING, Any

import django_filters
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.bodies.queries import bodies
from touchstone.certificates.queries import certificates as certificates_of
from touchstone.exams.operations.exports import record_export
from touchstone.exams.operations.undertakings import refer_undertaking
from touchstone.exams.queries.accused import may_refer_undertaking
from touchstone.kernel.numbers import name_key
from touchstone.policy.roles import OfficeKind
from touchstone.web.body.certificates import STATES, CertificateFilter, CertificateTable
from touchstone.web.certificate_view import seen_by, shown
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.places import DISTRICT_CHOICES
from touchstone.web.tables import Column, Empty, StateColumn, list_page

if TYPE_CHECKING:
    from django.db.models import QuerySet


class GroundTable(CertificateTable):
    """The same columns, the body's name among them. A city's certificates are narrowed by what few words tell apart, not sorted by it: for that, a
    million rows would be read."""

    page = "authority:certificate"
    occupation_label = Column("职业（工种）", orderable=False)
    level = Column("等级", accessor="level_label", orderable=False)
    scheme = Column("证书种类", accessor="get_scheme_display", orderable=False)
    body_name = Column("评价机构", orderable=False)
    state = StateColumn(STATES, "状态", accessor="standing", orderable=False)
    folded = ("plan_number", "scheme")


class GroundFilter(CertificateFilter):
    """The same, by body too."""

    body = django_filters.CharFilter(label="评价机构", method="of_body")
    district = django_filters.ChoiceFilter(label="机构注册地", choices=DISTRICT_CHOICES, field_name="body__district")

    def of_body(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return found.filter(body__in=list(bodies().filter(name_key__contains=name_key(value)).values_list("pk", flat=True)[:500]))


@authority_door
def certificates(request: Request) -> HttpResponseBase:
    """This page will list the certificates of the bodies on the actor's ground."""
    return list_page(
        request,
        queryset=certificates_of(request.actor),
        table=GroundTable,
        filterset=GroundFilter,
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
