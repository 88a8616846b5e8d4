"""算出的列表: how does a page show rows that were reckoned just now and stand in no table, as every other list is shown?

The address holds the query as on `tables.list_page`; the rows are given whole, for they are few: groups, not cases.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import cached_property

from touchstone.web.doors import Request
from touchstone.web.exports import sent_as
from touchstone.web.paging import SIZES, CappedPaginator, page_size
from touchstone.web.tables import Empty, Table


class RowPaginator(CappedPaginator):
    """Pages over rows that are all here."""

    @cached_property
    def found(self) -> int:
        return len(self.object_list)


def reckoned_page(
    request: Request,
    *,
    rows: Sequence[Any],
    table: type[Table],
    title: str,
    template: str,
    unit: str,
    empty: Empty,
    totals: Mapping[str, str],
    hidden: Sequence[str] = (),
    exported: Callable[[str, int], None] | None = None,
    extra: Mapping[str, Any],
) -> HttpResponseBase:
    """Show rows as a list page, or send them when the address asks for an export; columns `hidden` do not exist on this page."""
    shown: Any = table(rows, order_by=request.GET.getlist("sort") or None)
    shown.request = request
    wanted = request.GET.getlist("column")
    for column in list(shown.columns.iterall()):
        if column.name in hidden or ((column.name not in wanted) if wanted else (column.name in shown.folded)):
            shown.columns.hide(column.name)
    kind = request.GET.get("export")
    if kind in {"xlsx", "csv"}:
        return _sent(shown, rows, title, kind, exported)
    paginator = RowPaginator(shown.rows, None, page_size(request.GET.get("per_page")))  # type: ignore[arg-type]
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "title": title,
        "unit": unit,
        "table": shown,
        "rows": list(page.object_list),
        "page": page,
        "size": paginator.per_page,
        "sizes": SIZES,
        "count_label": paginator.count_label,
        "columns": [{"name": c.name, "label": c.header, "shown": c.visible} for c in shown.columns.iterall() if c.name not in hidden],
        "kept_for_columns": [(name, one) for name, all_ in request.GET.lists() for one in all_ if name not in {"column", "page", "export"}],
        "empty": empty,
        "totals": totals,
        "exportable": True,
    }
    return render(request, template, context | dict(extra))


def _sent(shown: Any, rows: Sequence[Any], title: str, kind: str, exported: Callable[[str, int], None] | None) -> HttpResponseBase:
    if exported:
        exported(kind, len(rows))
    header, *lines = shown.as_values()
    return sent_as(kind, [str(one) for one in header], lines, title)
