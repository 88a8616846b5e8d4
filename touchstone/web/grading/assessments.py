"""年度考核清单: which years were opened, how far is each body's, and what can be done with many at once?"""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import A

from touchstone.bodies.queries import named
from touchstone.exams.operations.exports import record_export
from touchstone.grading import operations, permissions, queries
from touchstone.grading.states import AssessmentState
from touchstone.jobs.grading import defer_round
from touchstone.policy.roles import OfficeKind, Role
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.grading.batch import AT_ONCE, one_by_one
from touchstone.web.grading.words import BAND_CHOICES, BANDS, STATES, tabs
from touchstone.web.places import DISTRICT_CHOICES
from touchstone.web.tables import BatchAction, Column, DayColumn, Empty, NumberColumn, StateColumn, Table, chosen_rows, list_page

if TYPE_CHECKING:
    from touchstone.grading.models import Round


class AssessmentTable(Table):
    """Assessments of bodies."""

    number = Column("考核", linkify=("authority:assessment", [A("number")]), attrs={"td": {"class": "ts-nowrap"}})
    year = Column("年度", accessor="round__year")
    body = Column("评价机构", accessor="body__name", order_by=("body_id", "-pk"))
    office = Column("初评单位", accessor="office__short_name", order_by=("office_id", "state"))
    state = StateColumn(STATES, "状态", order_by=("state", "-pk"))
    first_points = NumberColumn("初评", default="—")
    second_points = NumberColumn("复评", default="—")
    band = StateColumn(BANDS, "等次")
    points = NumberColumn("得分", default="—")
    sampled = Column("专家抽查")
    reported_at = DayColumn("自评日期", default="—")
    published_at = DayColumn("公布日期", default="—")
    folded = ("sampled", "reported_at", "published_at")

    def render_sampled(self, value: bool) -> str:
        return "抽中" if value else "—"

    value_sampled = render_sampled


class AssessmentFilter(django_filters.FilterSet):
    """Narrowing the assessments."""

    year = django_filters.NumberFilter(label="年度", field_name="round__year")
    body = django_filters.CharFilter(label="评价机构", method="of_body")
    state = django_filters.ChoiceFilter(label="状态", choices=[(one.value, one.label) for one in AssessmentState])
    district = django_filters.ChoiceFilter(label="初评的区", field_name="office__district", choices=DISTRICT_CHOICES)
    band = django_filters.ChoiceFilter(label="等次", choices=BAND_CHOICES)
    sampled = django_filters.ChoiceFilter(label="专家抽查", choices=[("True", "抽中的"), ("False", "没有抽中的")])

    def of_body(self, found: Any, name: str, value: str) -> Any:
        return found.filter(named(value))


@authority_door
def assessments(request: Request) -> HttpResponseBase:
    """This page will list the assessments on the actor's ground, and open a year or draw the experts' sample where the actor may."""
    permissions.check_may_see_pages(request.actor)
    if request.method == "POST":
        _act(request)
        return redirect("authority:assessments")
    directs = request.actor.office_kind is OfficeKind.CITY_CENTRE and request.actor.has(Role.DIRECTOR)
    opened = [_shown(one) for one in queries.rounds()[:3]]
    years = [one for one in (request.today.year - 1, request.today.year) if queries.round_of(one) is None]
    return list_page(
        request,
        queryset=queries.assessments(request.actor),
        table=AssessmentTable,
        filterset=AssessmentFilter,
        title="考核与分级",
        unit="件",
        template="grading/assessments.html",
        empty=Empty("还没有年度考核", "市职鉴中心开展一个年度的考核以后，各机构的考核会出现在这里。"),
        batch=[BatchAction("tell", "告知拟定结果", "primary"), BatchAction("publish", "公布结果")] if directs else [],
        batch_url=reverse("authority:assessments_batch") if directs else "",
        exported=lambda kind, count: record_export(case="assessments", what="年度考核", kind=kind, count=count, by=request.actor, at=request.now),
        extra={
            "tabs": tabs("assessments"),
            "rounds": opened,
            "years": years if permissions.can_open(request.actor) else [],
            "may_open": permissions.can_open(request.actor),
            "request_key": uuid4(),
        },
    )


def _shown(found: "Round") -> dict[str, Any]:
    address = reverse("authority:assessment_round_progress", args=[found.number])
    return {"round": found, "counts": queries.standing_of_round(found), "address": address}


def _act(request: Request) -> None:
    by, at, post = request.actor, request.now, request.POST
    if post.get("act") == "open" and post.get("year", "").isdecimal():
        with told(request), transaction.atomic():
            made = operations.open_round(year=int(post["year"]), by=by, at=at)
            defer_round(made.number)
            messages.success(request, f"已开展{made.year}年度考核，正在准备各机构的考核表，可以离开本页。")
    if post.get("act") == "draw":
        with told(request):
            found = operations.draw_sample(number=post.get("round", ""), by=by, at=at)
            messages.success(request, f"已抽取{len(found.sample['chosen'])}家由专家评分，抽取记录可以下载核对。")


@authority_door
def round_progress(request: Request, number: str) -> HttpResponseBase:
    """This page will give the bar of a round anew. :raises Http404:"""
    found = queries.round_named(number)
    if found is None:
        raise Http404
    address = reverse("authority:assessment_round_progress", args=[number])
    return render(request, "grading/progress.html", {"run": found, "address": address, "label": "准备考核表"})


@require_POST
@authority_door
def assessments_batch(request: Request) -> HttpResponseBase:
    """This page will tell or publish the chosen results, those with the most points first, with an outcome for each."""
    act = request.POST.get("action", "")
    rows = chosen_rows(request, queryset=queries.assessments(request.actor), filterset=AssessmentFilter).order_by("-second_points", "number")
    chosen = list(rows[:AT_ONCE])
    if act not in {"tell", "publish"} or not chosen:
        messages.error(request, "没有选择考核。请勾选后再办理。")
        return redirect("authority:assessments")
    do = operations.tell_result if act == "tell" else operations.publish
    title, done = ("告知拟定结果", "已告知") if act == "tell" else ("公布考核结果", "已公布")
    return one_by_one(
        request,
        chosen,
        lambda row: do(number=row.number, by=request.actor.with_key(""), at=request.now),
        title=title,
        done=done,
        page="authority:assessment",
        back=reverse("authority:assessments"),
    )


@require_safe
def sample_file(request: Request, number: str) -> HttpResponseBase:
    """This page will send the record of the experts' sample, from which anybody draws it again. :raises Http404: before it was drawn."""
    found = queries.round_named(number)
    if found is None or not found.sample:
        raise Http404
    response = JsonResponse(found.sample, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{number}-sample.json"'
    return response
