"""翻页: which rows of a long list stand on this page, and how many are there in all, without counting a million each time?"""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

SIZES = (10, 20, 50, 100)
DEFAULT_SIZE = 20
COUNTED_UP_TO = 100_000


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
    """Counts exactly up to `most` rows (`COUNTED_UP_TO`, unless told) and says "100,000+" beyond; pages end there too."""

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


def page_size(asked: str | None) -> int:
    """Give the page size asked for if it is one we offer, else the default."""
    return int(asked) if asked in {str(size) for size in SIZES} else DEFAULT_SIZE
