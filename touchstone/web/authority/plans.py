"""认定计划: which evaluations are planned on my ground, when, where, and which are still to be signed for?"""

from typing import Any

import django_filters
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.exams.queries import plans as queries
from touchstone.exams.states import PlanState
from touchstone.kernel.numbers import name_key
from touchstone.policy.districts import DISTRICTS
from touchstone.web.body.plans import PlanFilter, PlanTable
from touchstone.web.doors import Request, authority_door
from touchstone.web.places import VENUE_DISTRICT_CHOICES
from touchstone.web.plan_view import STATES
from touchstone.web.tables import Column, DayColumn, Empty, StateColumn, list_page


class AuthorityPlanTable(PlanTable):
    """Plans of several bodies."""

    body = Column("评价机构", accessor="body__name", order_by="body__name_key")
    signed_for_at = DayColumn("区局签收", default="未签收")
    state = StateColumn(STATES, "状态")
    folded = ("registration_closes_on", "occupation")

    class Meta(PlanTable.Meta):
        sequence = ("number", "body", "title", "...")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("authority:plan", args=[value]), value)


class AuthorityPlanFilter(PlanFilter):
    """Narrowing the plans of several bodies."""

    body = django_filters.CharFilter(label="评价机构", method="of_body")
    district = django_filters.ChoiceFilter(label="考核点所在区", choices=VENUE_DISTRICT_CHOICES, method="lying_in")
    signed = django_filters.ChoiceFilter(label="签收", choices=[("no", "未签收"), ("yes", "已签收")], method="signed_so")

    def lying_in(self, found: Any, name: str, value: str) -> Any:
        return found.filter(venue__district=value if value in DISTRICTS else "")

    def of_body(self, found: Any, name: str, value: str) -> Any:
        return found.filter(body__name_key__holds=name_key(value))

    def signed_so(self, found: Any, name: str, value: str) -> Any:
        return found.exclude(state=PlanState.DRAFTED).filter(signed_for_at__isnull=value == "no")


@authority_door
def plans(request: Request) -> HttpResponseBase:
    """This page will list the plans on the actor's ground."""
    return list_page(
        request,
        queryset=queries.plans(request.actor),
        table=AuthorityPlanTable,
        filterset=AuthorityPlanFilter,
        title="认定计划",
        unit="份",
        empty=Empty("还没有上报的认定计划", "辖区内评价机构上报计划后会出现在这里。"),
    )
