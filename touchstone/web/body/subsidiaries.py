"""下属企业: which firms belong to my body, in the city and outside it, and whose workers may I therefore evaluate?"""

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.bodies import operations, permissions, queries
from touchstone.policy.provinces import HOME, PROVINCES, is_outside, province_name
from touchstone.web.body.register_forms import SubsidiaryForm
from touchstone.web.body.register_page import Ending, EntryPage, crumbs_of, entry_page, form_page, register_of
from touchstone.web.doors import Request, body_door
from touchstone.web.entry_view import HINTS, subsidiary_facts
from touchstone.web.paper_columns import badge, file_paper
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, NumberColumn, Table, list_page


class SubsidiaryTable(Table):
    """Subsidiaries of one body."""

    number = Column("编号", attrs={"td": {"class": "ts-nowrap"}})
    name = Column("企业名称")
    uscc = Column("统一社会信用代码")
    province = Column("所在地", attrs={"td": {"class": "ts-nowrap"}})
    share = NumberColumn("持股比例（%）")
    in_post = NumberColumn("登记在岗", accessor="workers_now", orderable=False)
    since = DayColumn("纳入日")
    until = DayColumn("退出日")
    state = Column("状态", empty_values=(), accessor="until", orderable=False)
    folded = ("uscc", "until")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("body:subsidiary", args=[value]), value)

    def value_number(self, value: str) -> str:
        return value

    def render_province(self, value: str) -> str:
        return f"{province_name(value)}（市域外）" if is_outside(value) else province_name(value)

    def render_share(self, value: Any) -> str:
        return f"{float(value):g}"

    def render_state(self, value: object) -> SafeString:
        return badge("已退出", "neutral") if value else badge("在册", "ok")

    def value_state(self, value: object) -> str:
        return "已退出" if value else "在册"


class SubsidiaryFilter(django_filters.FilterSet):
    """Narrowing the list of subsidiaries."""

    name = django_filters.CharFilter(label="名称或信用代码", method="named")
    province = django_filters.ChoiceFilter(label="所在省级行政区", choices=list(PROVINCES.items()))
    place = django_filters.ChoiceFilter(label="市域", choices=[("outside", "市域外"), ("inside", "本市")], method="lying_so")
    standing = django_filters.ChoiceFilter(label="状态", choices=[("open", "在册"), ("ended", "已退出")], method="standing_so")

    def named(self, found: Any, name: str, value: str) -> Any:
        return found.filter(Q(name__icontains=value.strip()) | Q(uscc=value.strip().upper()))

    def lying_so(self, found: Any, name: str, value: str) -> Any:
        return found.exclude(province=HOME) if value == "outside" else found.filter(province=HOME)

    def standing_so(self, found: Any, name: str, value: str) -> Any:
        return found.filter(until__isnull=value == "open")


@body_door
def subsidiaries(request: Request) -> HttpResponseBase:
    """This page will list the body's subsidiaries; the export is put on record."""
    body = register_of(request, "subsidiaries")
    why_not = permissions.why_not_keep(request.actor, body)

    def on_record(kind: str, count: int) -> None:
        operations.record_export(body=body, what="subsidiaries", kind=kind, count=count, by=request.actor.with_key(""), at=request.now)

    new = () if why_not else ("登记下属企业", reverse("body:subsidiary_new"))
    return list_page(
        request,
        queryset=queries.subsidiaries_with_workers(body),
        table=SubsidiaryTable,
        filterset=SubsidiaryFilter,
        title="下属企业",
        unit="家",
        empty=Empty("还没有登记下属企业", "登记下属企业并上传股权关系证明后，再把其职工登记为在岗职工，即可参评。", *new),
        totals=lambda rows: {"市域外": rows.filter(until__isnull=True).exclude(province=HOME).count()},
        exported=on_record,
        template="body/register.html",
        extra={
            "why_not": why_not,
            "actions": [(*new, "plus", "btn-primary")] if new else [],
            "crumbs": crumbs_of("subsidiaries"),
            "subtitle": "大型企业可以面向市域外下属企业开展技能人才自主评价（通知 三(二)5）。",
        },
    )


@body_door
def subsidiary_new(request: Request) -> HttpResponseBase:
    """This page will enter a subsidiary, with the proof of the holding."""
    body = register_of(request, "subsidiaries")
    permissions.check_may_keep(request.actor, body)
    form = SubsidiaryForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "uscc", "province", "address", "share", "since")}
        with told_in(form):
            made = operations.enter_subsidiary(body=body, **given, by=request.actor, at=request.now)
            messages.success(request, f"{made.name}已登记，请把其职工登记为在岗职工并选择该下属企业。")
            file_paper(request, made.number, "股权关系证明", form.cleaned_data["paper"])
            return redirect("body:subsidiary", made.number)
    return form_page(request, form, register="subsidiaries", title="登记下属企业", button="登记")


@body_door
def subsidiary(request: Request, number: str) -> HttpResponseBase:
    """This page will show a subsidiary with the proof of the holding, and let it leave. :raises Http404:"""
    body = register_of(request, "subsidiaries")
    found = queries.subsidiaries_with_workers(body).filter(number=number).first()
    if found is None:
        raise Http404
    ending = None
    if found.until is None:
        ending = Ending(
            f"登记{found.name}退出？",
            "退出之日起其职工不能再据此报名；此前申报的不受影响。",
            "登记退出",
            "退出日",
            lambda on, reason: operations.end_subsidiary(number=number, on=on, by=request.actor, at=request.now),
        )
    page = EntryPage(
        number=number,
        title=found.name,
        register="subsidiaries",
        state=("已退出", "neutral") if found.until else ("在册", "ok"),
        pairs=subsidiary_facts(found, found.workers_now),  # type: ignore[attr-defined]
        evidence_hint=HINTS["subsidiaries"],
        ending=ending,
    )
    return entry_page(request, page, body)
