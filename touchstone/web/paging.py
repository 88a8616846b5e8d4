"""翻页: which rows of a long list stand on this page, and how many are there in all, without counting a million each time?"""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.db.models.sql.where import WhereNode
from django.utils.functional import cached_property

SIZES = (10, 20, 50, 100)
DEFAULT_SIZE = 20
COUNTED_UP_TO = 10_000
"""Nobody leafs through more; whoever has more rows narrows the query, or takes the export."""


class CappedPage(Page):  # type: ignore[type-arg]
    """A page that knows which page numbers to offer: the first, the last, and those around it; None is a gap."""

    @property
    def around(self) -> Iterator[int | None]:
        last = self.paginator.num_pages
        before = 0
        for number in sorted({1, last, *range(max(1, self.number - 2), min(last, self.number + 2) + 1)}):
            if number > before + 1:
                yield None
            yield number
            before = number


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts exactly up to `most` rows (`COUNTED_UP_TO`, unless told) and says "10,000+" beyond; pages end there too."""

    def __init__(self, rows: Any, queryset: QuerySet[Any], per_page: int, most: int = 0) -> None:
        super().__init__(rows, per_page)
        self.queryset, self.most = queryset, most or COUNTED_UP_TO

    @cached_property
    def found(self) -> int:
        """The number of rows, or one more than the cap when there are more than that."""
        return self.queryset.order_by().values("pk")[: self.most + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self.found, self.most)

    @property
    def count_label(self) -> str:
        return f"{self.count:,}" + ("+" if self.found > self.most else "")

    def _get_page(self, *args: Any, **kwargs: Any) -> CappedPage:
        return CappedPage(*args, **kwargs)


def counted_up_to(rows: QuerySet[Any]) -> str:
    """Count rows in words, as a list counts its own: exactly up to `COUNTED_UP_TO`, "10,000+" beyond."""
    found = rows.order_by().values("pk")[: COUNTED_UP_TO + 1].count()
    return f"{min(found, COUNTED_UP_TO):,}" + ("+" if found > COUNTED_UP_TO else "")


def rows_of_page(rows: QuerySet[Any], page: Page) -> QuerySet[Any]:  # type: ignore[type-arg]
    """Give the rows of a page in one query that finds their keys first: what is joined and reckoned beside a row is so for these rows only,
    and not for all that come before them."""
    if rows.query.distinct or rows.query.group_by is not None or rows.query.combinator:
        return rows[max(page.start_index() - 1, 0) : page.end_index()]
    keys = rows.values("pk")[max(page.start_index() - 1, 0) : page.end_index()]
    shown = rows.all()
    if not any(_leads_to_many(join) for join in shown.query.alias_map.values()):
        # what narrowed the list has chosen the keys; asked again here, it would tempt the database to read the whole list twice
        shown.query.where = WhereNode()
    return shown.filter(pk__in=keys)


def _leads_to_many(join: Any) -> bool:
    field = getattr(join, "join_field", None)
    return field is not None and bool(field.one_to_many or field.many_to_many)


def page_size(asked: str | None) -> int:
    """Give the page size asked for if it is one we offer, else the default."""
    return int(asked) if asked in {str(size) for size in SIZES} else DEFAULT_SIZE
