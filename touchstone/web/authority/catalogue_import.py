"""目录导入: what would a list change, row by row, and, once it has been looked at, what did it change?"""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.catalogue import operations, permissions, queries
from touchstone.catalogue.operations.importing import OUTCOMES
from touchstone.files.operations import LARGEST
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.tables import Column, NumberColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.catalogue.models import CatalogueImport

_TONES = {"new": "ok", "unchanged": "neutral", "renamed": "warn", "refused": "danger"}
STATES = {key: (label, _TONES[key]) for key, label in OUTCOMES.items()}
LATEST = 20


class RowTable(Table):
    """Rows of a list with their outcomes."""

    row_number = NumberColumn("行号")
    code = Column("职业编码", attrs={"td": {"class": "ts-nowrap"}})
    name = Column("职业名称")
    outcome = StateColumn(STATES, "结果")
    sentence = Column("说明", orderable=False)

    def value_outcome(self, value: str) -> str:
        return OUTCOMES.get(value, value)


class RowFilter(django_filters.FilterSet):
    """Narrowing the rows."""

    outcome = django_filters.ChoiceFilter(label="结果", choices=list(OUTCOMES.items()))
    code = django_filters.CharFilter(label="职业编码", lookup_expr="startswith")
    name = django_filters.CharFilter(label="职业名称", lookup_expr="icontains")
    sentence = django_filters.CharFilter(label="说明中含有", lookup_expr="icontains")


@authority_door
def catalogue_import(request: Request) -> HttpResponseBase:
    """This page will take a list for a dry run and show every run so far."""
    permissions.check_may(request.actor, "keep_list")
    if request.method == "POST":
        return _try(request)
    context = {
        "runs": [_told_of(run) for run in queries.imports()[:LATEST]],
        "largest": LARGEST,
        "request_key": uuid4(),
        "crumbs": _crumbs("导入目录"),
    }
    return render(request, "authority/catalogue_import.html", context)


def _try(request: Request) -> HttpResponseBase:
    file = request.FILES.get("list")
    if file is None or not file.size:
        messages.error(request, "没有选择文件，或者文件是空的。请选择职业目录文件。")
        return redirect("authority:catalogue_import")
    with told(request):
        run = operations.import_occupations(name=file.name or "", content=file.read(), dry_run=True, by=request.actor, at=request.now)
        messages.success(request, f"试运行完成，共{run.counts['rows']:,}行，目录没有改动。请核对后再正式导入。")
        return redirect("authority:catalogue_import", run.number)
    return redirect("authority:catalogue_import")


@authority_door
def import_run(request: Request, number: str) -> HttpResponseBase:
    """This page will show what came of every row; after a dry run it loads the same file. :raises Http404: for an unknown number."""
    permissions.check_may(request.actor, "keep_list")
    run = queries.imports().filter(number=number).first()
    if run is None:
        raise Http404
    if request.method == "POST":
        with told(request):
            loaded = operations.load_tried(number=number, by=request.actor, at=request.now)
            messages.success(request, "已正式导入。")
            return redirect("authority:catalogue_import", loaded.number)
        return redirect("authority:catalogue_import", number)
    extra = _told_of(run) | {"crumbs": _crumbs(number), "loaded": queries.load_of(run) if run.dry_run else None}
    title = f"目录导入结果 {number}"
    return list_page(
        request,
        queryset=queries.rows_of_import(run),
        table=RowTable,
        filterset=RowFilter,
        title=title,
        unit="行",
        template="authority/import_run.html",
        extra=extra,
    )


def _told_of(run: "CatalogueImport") -> dict[str, Any]:
    counts = [{"key": key, "label": label, "count": run.counts.get(key, 0), "tone": _TONES[key]} for key, label in OUTCOMES.items()]
    changes = run.counts.get("new", 0) + run.counts.get("renamed", 0)
    return {"run": run, "counts": counts, "rows_in_all": run.counts.get("rows", 0), "whole": queries.is_whole(run), "changes": changes}


def _crumbs(last: str) -> list[dict[str, str]]:
    found = [{"label": "职业目录", "url": reverse("authority:catalogue")}, {"label": "导入目录", "url": reverse("authority:catalogue_import")}]
    return [found[0], {"label": last}] if last == "导入目录" else [*found, {"label": last}]
