"""今日场次: which sittings are held on my ground today and in the coming days, how far is each, and what happened?"""

from datetime import timedelta
from typing import Any

import django_filters
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from touchstone.bodies.queries.grades import grade_on
from touchstone.exams.queries import serving
from touchstone.exams.states import Part, SittingPhase
from touchstone.kernel.numbers import name_key
from touchstone.policy.districts import DISTRICTS
from touchstone.web.doors import Request, authority_door
from touchstone.web.grading.words import GRADES
from touchstone.web.places import VENUE_DISTRICT_CHOICES
from touchstone.web.sittings.today import AHEAD, TONES
from touchstone.web.tables import Column, Empty, MomentColumn, NumberColumn, StateColumn, Table, list_page

_PHASES = {phase.value: (phase.label, TONES[phase]) for phase in SittingPhase}


class SittingTable(Table):
    """Sittings of several bodies."""

    number = Column("场次")
    starts_at = MomentColumn("开始")
    body = Column("评价机构", accessor="plan__body__name", order_by="plan__body__name_key")
    part = Column("科目")
    room = Column("考场", accessor="room__name", orderable=False)
    phase = StateColumn(_PHASES, "状态", orderable=False)
    present = NumberColumn("到考", orderable=False)
    seated = NumberColumn("应到", orderable=False)
    incidents_told = NumberColumn("考场情况", orderable=False)
    grade = StateColumn(GRADES, "机构等级", orderable=False)
    supervisor = Column("内部督导员", accessor="supervisor__name", default="—", orderable=False)
    venue = Column("考核点", accessor="plan__venue__name", orderable=False)
    opened_at = MomentColumn("开考时间", default="—")
    folded = ("venue", "opened_at")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("authority:sitting", args=[value]), value)

    def value_number(self, value: str) -> str:
        return value


class SittingFilter(django_filters.FilterSet):
    """Narrowing the sittings."""

    days = django_filters.ChoiceFilter(label="日期", choices=[("today", "今日"), ("coming", "今后两周")], method="of_days")
    phase = django_filters.ChoiceFilter(label="状态", choices=[(phase.value, phase.label) for phase in SittingPhase], method="in_phase")
    part = django_filters.ChoiceFilter(label="科目", choices=[(part.value, part.label) for part in Part])
    body = django_filters.CharFilter(label="评价机构", method="of_body")
    district = django_filters.ChoiceFilter(label="考核点所在区", choices=VENUE_DISTRICT_CHOICES, method="lying_in")
    told = django_filters.ChoiceFilter(label="考场情况", choices=[("yes", "有")], method="with_incidents")

    def of_days(self, found: Any, name: str, value: str) -> Any:
        day = localtime(self.request.now).date()
        return found.filter(serving.on_days(day, day) if value == "today" else serving.on_days(day + timedelta(days=1), day + AHEAD))

    def in_phase(self, found: Any, name: str, value: str) -> Any:
        if value == SittingPhase.CLOSED:
            return found.filter(closed_at__isnull=False)
        return found.filter(closed_at__isnull=True, opened_at__isnull=value == SittingPhase.PLANNED)

    def lying_in(self, found: Any, name: str, value: str) -> Any:
        return found.filter(plan__venue__district=value if value in DISTRICTS else "")

    def of_body(self, found: Any, name: str, value: str) -> Any:
        return found.filter(plan__body__name_key__holds=name_key(value))

    def with_incidents(self, found: Any, name: str, value: str) -> Any:
        return found.filter(incidents_told__gt=0)


@authority_door
def today(request: Request) -> HttpResponseBase:
    """This page will list the sittings on the actor's ground from yesterday to two weeks ahead."""
    day = localtime(request.now).date()
    rows = serving.sittings_on_ground(request.actor, day - timedelta(days=1), day + AHEAD).annotate(grade=grade_on(day, "plan__body"))
    return list_page(
        request,
        queryset=rows,
        table=SittingTable,
        filterset=SittingFilter,
        title="今日场次",
        unit="场",
        empty=Empty("近期没有场次", "辖区内的评价机构确认考务编排后，昨日到今后两周的场次会出现在这里。"),
        totals=_totals,
    )


def _totals(rows: Any) -> dict[str, Any]:
    found = serving.count_seats(rows)
    going_on = rows.filter(opened_at__isnull=False, closed_at__isnull=True).count()
    return {"进行中": f"{going_on}场", "到考": f"{found['present']}人", "应到": f"{found['all']}人"}
