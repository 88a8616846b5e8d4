"""案卷页: which sealed archives are there, what lies in one, who looked into it and what for?"""

from typing import Any
from uuid import uuid4

import django_filters
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.enforcement import operations, permissions, queries
from touchstone.enforcement.operations.archiving import file_of
from touchstone.enforcement.permissions import can
from touchstone.exams.operations.exports import record_export
from touchstone.kernel.law import Refusal
from touchstone.policy.supervision.acts import Tier
from touchstone.policy.supervision.archive import Volume
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.downloads import send
from touchstone.web.enforcement.listing import tabs
from touchstone.web.enforcement.words import TIERS
from touchstone.web.filters import DayRangeFilter
from touchstone.web.tables import Column, DayColumn, Empty, StateColumn, Table, list_page

_MEDIA = {"pdf": "application/pdf", "json": "application/json", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}


class ArchiveTable(Table):
    """Sealed archives of cases."""

    number = Column("档号", attrs={"td": {"class": "ts-nowrap"}})
    party_name = Column("当事机构")
    case = Column("案件", accessor="case__number", order_by="case_id")
    tier = StateColumn(TIERS, "档次", accessor="case__tier", orderable=False)
    office = Column("承办单位", accessor="case__office__name", orderable=False)
    sealed_at = DayColumn("封存日期")
    kept_until = DayColumn("保存到")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("authority:case_archive", args=[value]), value)

    def value_number(self, value: str) -> str:
        return value


class ArchiveFilter(django_filters.FilterSet):
    """Searching the index."""

    number = django_filters.CharFilter(label="档号", lookup_expr="startswith")
    case = django_filters.CharFilter(label="案件编号", field_name="case__number", lookup_expr="startswith")
    party = django_filters.CharFilter(label="当事机构", field_name="party_name", lookup_expr="holds")
    tier = django_filters.ChoiceFilter(label="档次", field_name="case__tier", choices=[(one.value, one.label) for one in Tier])
    sealed = DayRangeFilter(label="封存日期", field_name="sealed_at")


@authority_door
def case_archives(request: Request) -> HttpResponseBase:
    """This page will list the sealed archives of cases the actor may see."""

    def exported(kind: str, count: int) -> None:
        record_export(case="case_archives", what="机构案卷目录", kind=kind, count=count, by=request.actor, at=request.now)

    return list_page(
        request,
        queryset=queries.archives(request.actor),
        table=ArchiveTable,
        filterset=ArchiveFilter,
        title="机构案卷",
        unit="卷",
        template="enforcement/archives.html",
        empty=Empty("没有案卷", "案件结案、认定不成立或者经申诉撤销以后归档封存，会出现在这里。"),
        exported=exported,
        extra={"tabs": tabs("archives")},
    )


@authority_door
def case_archive(request: Request, number: str) -> HttpResponseBase:
    """This page will show an archive's index card; its files only for a purpose that is put down. :raises NotAllowed:"""
    found = queries.archive(number, request.actor)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    purpose, by, at = request.POST.get("words", ""), request.actor, request.now
    if act == "export":
        with told(request):
            name, content = operations.export_archive(number=number, purpose=purpose, by=by, at=at)
            return send(content, "application/zip", name)
    elif act == "open":
        with told(request) as outcome:
            operations.open_archive(number=number, purpose=purpose, by=by, at=at)
        if not outcome.refused:
            return render(request, "enforcement/archive.html", _context(request, number, opened=True))
    elif act:
        _act(request, number, act, purpose)
    if act:
        return redirect("authority:case_archive", number)
    return render(request, "enforcement/archive.html", _context(request, found.number))


def _act(request: Request, number: str, act: str, purpose: str) -> None:
    with told(request):
        if act == "ask":
            operations.ask_leave(number=number, purpose=purpose, by=request.actor, at=request.now)
            messages.success(request, "已申请查阅，等待承办单位负责人同意。")
        elif act == "leave":
            key = request.POST.get("opening", "")
            operations.give_leave(opening=int(key) if key.isdigit() else 0, by=request.actor, at=request.now)
            messages.success(request, "已同意查阅，一次有效。")


def _context(request: Request, number: str, opened: bool = False) -> dict[str, Any]:
    found = queries.archive(number, request.actor)
    lines = [
        {"place": n, "volume": Volume(one["volume"]).label, "title": one["title"], "name": one["name"], "sha256": one["sha256"]}
        for n, one in enumerate(found.inventory, 1)
    ]
    return {
        "archive": found,
        "lines": lines,
        "opened": opened,
        "handles": permissions.handles_archive(request.actor, found),
        "approves": can(permissions.check_may_approve_opening, request.actor, found),
        "openings": list(queries.openings_of(found)[:100]),
        "pairs": [
            ("题名", found.title),
            ("案件", found.case.number),
            ("档次", found.case.get_tier_display()),
            ("承办单位", found.case.office.name),
            ("封存人", found.sealed_by.display_name if found.sealed_by else "平台"),
        ],
        "crumbs": [{"label": "机构案卷", "url": reverse("authority:case_archives")}, {"label": number}],
        "request_key": uuid4(),
    }


@authority_door
def case_archive_file(request: Request, number: str, place: int) -> HttpResponseBase:
    """This page will send one file of an archive, for a purpose that is put down. :raises NotAllowed: :raises Refusal: without a purpose or leave."""
    if request.method != "POST":
        return redirect("authority:case_archive", number)
    try:
        operations.open_archive(number=number, purpose=request.POST.get("words", ""), by=request.actor, at=request.now)
        name, content = file_of(queries.archive(number, request.actor), place)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("authority:case_archive", number)
    media = _MEDIA.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    return send(content, media, name, inline=True)
