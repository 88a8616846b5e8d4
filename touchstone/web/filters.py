"""查询条件: which kinds of condition do query boxes have beyond django-filter's own?"""

from typing import Any

import django_filters
from django import forms


class DayInput(forms.DateInput):
    """The browser's own day picker, filled in the form it understands."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayRangeWidget(django_filters.widgets.DateRangeWidget):
    """From one day to another, each with its own name for those who hear the page."""

    template_name = "forms/day_range.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.widgets = [DayInput({"aria-label": "从哪天起"}), DayInput({"aria-label": "到哪天止"})]


class DayRangeFilter(django_filters.DateFromToRangeFilter):
    """Rows whose day or moment lies between two days, both included; either may be left open.

    `newest_first`: what is narrowed to a time is put in the order of that time. In another order, the database may look for a week of last year
    through everything that came since.
    """

    def __init__(self, *args: Any, newest_first: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", DayRangeWidget)
        super().__init__(*args, **kwargs)
        self.newest_first = newest_first

    def filter(self, qs: Any, value: Any) -> Any:
        found = super().filter(qs, value)
        return found.order_by(f"-{self.field_name}", "-pk") if value and self.newest_first else found
