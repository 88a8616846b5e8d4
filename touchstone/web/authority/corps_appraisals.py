"""年度考核: how did everybody on my ground do in a year, what do they say, and which grade do they get?"""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from touchstone.experts import operations, permissions, queries
from touchstone.experts.queries import figures as asked
from touchstone.jobs.appraisals import defer_year
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.policy.experts.appraisal import CLAUSE, Grade
from touchstone.policy.roles import Role
from touchstone.web.authority.corps import seen_member
from touchstone.web.batches import next_batch
from touchstone.web.corps_view import GRADES
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in
from touchstone.web.tables import BatchAction, Column, Empty, NameColumn, NumberColumn, StateColumn, Table, chosen_rows, list_page

FIRST_YEAR = 2024


class AppraisalTable(Table):
    """A year's appraisals."""

    name = NameColumn("姓名", accessor="member__person__name", order_by="member__person__name_key")
    member = Column("队伍编号", accessor="member__number")
    employer = Column("工作单位", accessor="member__employer")
    sent = NumberColumn("派出", accessor="figures__sent", orderable=False)
    came = NumberColumn("到场", accessor="figures__came", orderable=False)
    late = NumberColumn("迟到", accessor="figures__late", orderable=False)
    refused = NumberColumn("推辞", accessor="figures__refused", orderable=False)
    mark = NumberColumn("现场评价", accessor="figures__mark", orderable=False, default="—")
    points = NumberColumn("得分", accessor="figures__points", orderable=False, default="—")
    proposed = StateColumn(GRADES, "建议等次")
    grade = StateColumn(GRADES, "决定等次", default="待决定")
    word = Column("本人意见", default="—", orderable=False)
    folded = ("word",)

    def render_name(self, value: str, record: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("authority:corps_appraisal", args=[record.year, record.member.number]), value)

    def value_name(self, value: str) -> str:
        return value


class AppraisalFilter(django_filters.FilterSet):
    """Narrowing a year."""

    name = django_filters.CharFilter(label="姓名", method="named")
    proposed = django_filters.ChoiceFilter(label="建议等次", choices=[(one.value, one.label) for one in Grade])
    decided = django_filters.ChoiceFilter(label="是否决定", choices=[("no", "待决定"), ("yes", "已决定")], method="decided_so")

    def named(self, found: Any, name: str, value: str) -> Any:
        return found.filter(member__person__name_key__contains=name_key(value))

    def decided_so(self, found: Any, name: str, value: str) -> Any:
        return found.filter(grade="") if value == "no" else found.exclude(grade="")


def _year(request: Request) -> int:
    asked_for = request.GET.get("year", "") or request.POST.get("year", "")
    return int(asked_for) if asked_for.isdigit() and FIRST_YEAR <= int(asked_for) <= request.today.year else request.today.year


@authority_door
def corps_appraisals(request: Request) -> HttpResponseBase:
    """This page will list a year's appraisals on the office's ground, draw the year up, and decide many as proposed."""
    permissions.check_may_plan(request.actor)
    year = _year(request)
    here = f"{reverse('authority:corps_appraisals')}?year={year}"
    if request.method == "POST" and request.POST.get("act") == "draw_up":
        with told(request), transaction.atomic():
            defer_year(operations.ask_for_year(year=year, by=request.actor, at=request.now).number)
            messages.success(request, f"正在汇总{year}年度的数据和建议等次。")
        return redirect(here)
    draws = permissions.can(permissions.check_may_draw_up, request.actor)
    batch = [BatchAction("as_proposed", "按建议等次决定", "primary")] if request.actor.has(Role.DIRECTOR) else []
    years = [
        {"label": f"{one}年度", "url": f"{reverse('authority:corps_appraisals')}?year={one}", "active": one == year}
        for one in range(request.today.year, FIRST_YEAR - 1, -1)
    ]
    return list_page(
        request,
        queryset=asked.appraisals(queries.members(request.actor), year),
        table=AppraisalTable,
        filterset=AppraisalFilter,
        title=f"{year}年度考核",
        unit="人",
        empty=Empty("还没有汇总", "汇总以后，每个人的数据和建议等次会出现在这里，本人可以填写意见。"),
        batch=batch,
        batch_url=f"{reverse('authority:corps_appraisals_decide')}?year={year}",
        template="authority/corps_appraisals.html",
        extra={
            "tabs": years,
            "year": year,
            "draws": draws,
            **_run(request, year),
            "crumbs": [{"label": "考评督导队伍", "url": reverse("authority:corps")}, {"label": "年度考核", "url": ""}],
        },
    )


def _run(request: Request, year: int) -> dict[str, Any]:
    return {"run": asked.last_run(request.actor, year), "address": reverse("authority:corps_appraisals_progress", args=[year])}


@authority_door
def corps_appraisals_progress(request: Request, year: int) -> HttpResponseBase:
    """This fragment will show how far a year is drawn up; when it is, the whole page is asked for."""
    permissions.check_may_plan(request.actor)
    context = _run(request, year)
    response = render(request, "authority/corps_appraisals_progress.html", context)
    if context["run"] is None or context["run"].finished_at:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@authority_door
def corps_appraisals_decide(request: Request) -> HttpResponseBase:
    """This page will decide the chosen appraisals as proposed, one by one, and show what came of each."""
    year = _year(request)
    rows = chosen_rows(request, queryset=asked.appraisals(queries.members(request.actor), year), filterset=AppraisalFilter)
    outcomes = []
    batch = next_batch(request, rows)
    for row in batch.rows:
        by = request.actor.with_key("")
        try:
            operations.decide_appraisal(member=row.member.number, year=year, grade=row.proposed, reason="", by=by, at=request.now)
            outcomes.append({"name": row.member.person.name, "ok": True, "sentence": f"决定为{Grade(row.proposed).label}"})
        except Refusal as refusal:
            outcomes.append({"name": row.member.person.name, "ok": False, "sentence": str(refusal)})
    crumbs = [{"label": "年度考核", "url": f"{reverse('authority:corps_appraisals')}?year={year}"}, {"label": "决定等次", "url": ""}]
    return render(request, "authority/corps_outcomes.html", {"outcomes": outcomes, "batch": batch, "title": "决定等次的结果", "crumbs": crumbs})


class GradeForm(Form):
    """The grade, and why it differs."""

    grade = forms.ChoiceField(label="等次", choices=[(one.value, one.label) for one in Grade], widget=forms.RadioSelect)
    reason = forms.CharField(label="理由（与建议不同的必填）", max_length=1000, required=False, widget=forms.Textarea({"rows": 3}))


@authority_door
def corps_appraisal(request: Request, year: int, number: str) -> HttpResponseBase:
    """This page will show one member's year with its parts, and decide the grade. :raises Http404:"""
    member = seen_member(request, number)
    found = asked.appraisals_of(member).filter(year=year).first()
    if found is None:
        raise Http404
    why_not = permissions.why_not(permissions.check_may_measure, request.actor, member)
    form = None if found.grade or why_not else GradeForm(request.POST or None, initial={"grade": found.proposed})
    if request.method == "POST" and form is not None and form.is_valid():
        given = form.cleaned_data
        with told_in(form):
            operations.decide_appraisal(member=number, year=year, grade=given["grade"], reason=given["reason"], by=request.actor, at=request.now)
            messages.success(request, f"{member.person.name}{year}年度考核已决定，本人会收到通知。")
            return redirect("authority:corps_appraisal", year, number)
    context = {
        "member": member,
        "appraisal": found,
        "parts": [
            {"title": part["title"], "share": None if part["share"] is None else round(part["share"] * 100), "weight": part["weight"]}
            for part in found.figures.get("parts", [])
        ],
        "points": found.figures.get("points"),
        "proposed": GRADES[found.proposed],
        "grade": GRADES.get(found.grade),
        "clause": str(CLAUSE),
        "form": form,
        "why_not": why_not,
        "crumbs": [
            {"label": "年度考核", "url": f"{reverse('authority:corps_appraisals')}?year={year}"},
            {"label": member.person.name, "url": reverse("authority:corps_member", args=[number])},
            {"label": f"{year}年度", "url": ""},
        ],
    }
    return render(request, "authority/corps_appraisal.html", context)
