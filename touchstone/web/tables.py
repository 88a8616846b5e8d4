"""列表: how does a page show, narrow, sort, choose and hand out the rows of a long list?

`list_page` is the whole page: query box, columns, page sizes, totals, batch bar, export, empty state. The address holds
the query: `sort`, `page`, `per_page`, `column` (one for each shown), `export` (xlsx or csv), and the filter's own fields.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import django_tables2
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render

from touchstone.web.columns import Column, DayColumn, MomentColumn, NameColumn, NumberColumn, StateColumn, exporter
from touchstone.web.exports import sent_as
from touchstone.web.paging import SIZES, CappedPaginator, page_size, rows_of_page
from touchstone.web.templatetags.look import day

__all__ = [
    "BatchAction",
    "Column",
    "DayColumn",
    "Empty",
    "MomentColumn",
    "NameColumn",
    "NumberColumn",
    "StateColumn",
    "Table",
    "chosen_rows",
    "list_page",
]
EXPORTED_UP_TO = 200_000
OURS = ("sort", "page", "per_page", "column", "export")


class Table(django_tables2.Table):
    """The table every list builds on. `folded` names the columns that are not shown until chosen."""

    folded: Sequence[str] = ()

    class Meta:
        template_name = "tables/table.html"


@dataclass(frozen=True)
class BatchAction:
    """A button of the batch bar: what it posts as `action`, its words, its tone (primary, danger or none)."""

    value: str
    label: str
    tone: str = ""


@dataclass(frozen=True)
class Empty:
    """What a list says when there is nothing in it yet: a title, a sentence, and what to do."""

    title: str = "还没有记录"
    sentence: str = ""
    action_label: str = ""
    action_url: str = ""


def list_page(
    request: HttpRequest,
    *,
    queryset: QuerySet[Any],
    table: type[Table],
    title: str,
    filterset: type[Any] | None = None,
    template: str = "tables/list_page.html",
    unit: str = "条",
    empty: Empty | None = None,
    totals: Callable[[QuerySet[Any]], Mapping[str, Any]] | None = None,
    batch: Sequence[BatchAction] = (),
    batch_url: str = "",
    exported: Callable[[str, int], None] | None = None,
    exportable: bool = True,
    extra: Mapping[str, Any] | None = None,
) -> HttpResponseBase:
    """Show a list page, or send its rows when the address asks for an export.

    `totals` is given the filtered rows and gives words and figures for the foot; `batch` posts `action`, `row` (one for each
    chosen key) or `all_matching`, and `query` to `batch_url` (see `chosen_rows`); `exported` is told (format, rows) before
    an export leaves, to put it on record.
    """
    asked = filterset(request.GET, queryset=queryset, request=request) if filterset else None
    rows = _narrowed(asked, queryset)
    shown = _table(request, table, rows)
    paginator = CappedPaginator(shown.rows, rows, page_size(request.GET.get("per_page")))
    if exportable and request.GET.get("export") in {"xlsx", "csv"}:
        return _export(request, shown, paginator, title, exported)
    page = paginator.get_page(request.GET.get("page"))
    shown.data.data = rows_of_page(shown.data.data, page)
    context = {
        "title": title,
        "unit": unit,
        "table": shown,
        "rows": list(shown.rows),
        "page": page,
        "size": paginator.per_page,
        "sizes": SIZES,
        "count_label": paginator.count_label,
        "columns": _choices(shown),
        "filter_form": asked.form if asked else None,
        "chips": list(_chips(asked)) if asked else [],
        "kept": _pairs(request.GET, keep=set(OURS) - {"page", "export"}),
        "kept_for_columns": _pairs(request.GET, drop={"column", "page", "export"}),
        "query": request.GET.urlencode(),
        "empty": empty or Empty(),
        "totals": totals(rows) if totals else {},
        "batch": batch,
        "batch_url": batch_url or request.path,
        "request_key": uuid4(),
        "exportable": exportable,
    }
    return render(request, template, context | dict(extra or {}))


def chosen_rows(request: HttpRequest, *, queryset: QuerySet[Any], filterset: type[Any] | None = None) -> QuerySet[Any]:
    """Give the rows a batch post is about: those ticked, or all that match the query the page was showing."""
    if request.POST.get("all_matching"):
        asked = filterset(QueryDict(request.POST.get("query", "")), queryset=queryset, request=request) if filterset else None
        return _narrowed(asked, queryset)
    return queryset.filter(pk__in=[key for key in request.POST.getlist("row") if key.isascii() and key.isdecimal()])


def _narrowed(asked: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
    if asked is None:
        return queryset
    narrowed: QuerySet[Any] = asked.qs if asked.is_valid() else queryset.none()
    return narrowed


def _table(request: HttpRequest, table: type[Table], rows: QuerySet[Any]) -> Any:
    """Make the table sorted and with the columns the address asks for; rows that sort alike keep one order."""
    known = [name for name in request.GET.getlist("sort") if name.removeprefix("-") in table.base_columns]
    shown = table(rows, order_by=known or None)
    shown.request = request  # given to the constructor, it would count and page the rows a second time
    ordered = shown.data.data
    order = tuple(ordered.query.order_by or ordered.model._meta.ordering)
    shown.data.data = ordered.order_by(*order, "-pk" if order and str(order[0]).startswith("-") else "pk")
    wanted = request.GET.getlist("column")
    for column in shown.columns.iterall():
        if (column.name not in wanted) if wanted else (column.name in shown.folded):
            shown.columns.hide(column.name)
    return shown


def _choices(shown: Any) -> list[dict[str, Any]]:
    return [{"name": c.name, "label": c.header, "shown": c.visible} for c in shown.columns.iterall() if c.header]


def _chips(asked: Any) -> Iterator[str]:
    """Say in words what the list is narrowed to, one chip for each field used."""
    if not asked.is_valid():
        return
    for name, value in asked.form.cleaned_data.items():
        if value in (None, "", []) or (isinstance(value, QuerySet) and not value):
            continue
        field = asked.form[name]
        labels = {str(key): label for key, label in getattr(field.field, "choices", ()) if not isinstance(label, list)}
        yield f"{field.label}：{_in_words(value, labels)}"


def _in_words(value: Any, labels: Mapping[str, str]) -> str:
    if isinstance(value, slice):
        start, stop = (day(end) if isinstance(end, date) else str(end or "") for end in (value.start, value.stop))
        return f"{start}至{stop}" if start and stop else f"{start}起" if start else f"至{stop}"
    values = value if isinstance(value, list | tuple | QuerySet) else [value]
    return "、".join(day(each) if isinstance(each, date) else str(labels.get(str(each), each)) for each in values)


def _pairs(query: QueryDict, keep: set[str] | None = None, drop: set[str] | None = None) -> list[tuple[str, str]]:
    return [(name, value) for name, values in query.lists() for value in values if (keep is None or name in keep) and name not in (drop or set())]


def _export(
    request: HttpRequest,
    shown: Any,
    paginator: CappedPaginator,
    title: str,
    exported: Callable[[str, int], None] | None,
) -> HttpResponseBase:
    kind = request.GET["export"]
    ordered = shown.data.data
    found = ordered.order_by().values("pk")[: EXPORTED_UP_TO + 1].count()
    if found > EXPORTED_UP_TO:
        messages.error(request, f"查询结果超过{EXPORTED_UP_TO:,}条，一次导不完。请在查询条件中缩小范围后再导出。")
        back = request.GET.copy()
        back.pop("export")
        return redirect(f"{request.path}?{back.urlencode()}")
    if exported:
        exported(kind, found)
    columns = [column for column in shown.columns if column.header]
    cells = [exporter(shown, column) for column in columns]
    rows = ([cell(record) for cell in cells] for record in ordered.iterator(chunk_size=2000))
    return sent_as(kind, [str(column.header) for column in columns], rows, title)
