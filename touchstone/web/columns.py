"""列: which kinds of column do lists have?"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import django_tables2
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import is_aware, localtime
from django_tables2.rows import BoundRow

from touchstone.web.templatetags.look import counted, day, moment


class Column(django_tables2.Column):
    """Words as they are. `linkify` makes them a link, as everywhere in django-tables2."""

    def value(self, value: Any) -> Any:
        return value


def exporter(table: Any, bound: Any) -> Callable[[Any], Any]:
    """Give the function from a record to its cell in an export: the column's own `value`, or the table's `value_name`.

    Columns of this module are read straight from the record; any other goes the long way through its table row.
    """
    column, name = bound.column, bound.name
    hooked = hasattr(table, f"value_{name}") or hasattr(table, f"render_{name}") or not isinstance(column, Column)
    if hooked or (type(column) is Column and _has_choices(table, bound)):
        return lambda record: BoundRow(record, table=table).get_cell_value(name)
    resolve = bound.accessor.resolve

    def cell(record: Any) -> Any:
        found = resolve(record, safe=True, quiet=True)
        return None if found is None else column.value(found)

    return cell


def _has_choices(table: Any, bound: Any) -> bool:
    return bool(getattr(bound.accessor.get_field(table.data.model), "choices", None))


class NameColumn(Column):
    """A person's name, never broken over two lines."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"td": {"class": "ts-nowrap"}})
        super().__init__(*args, **kwargs)


class NumberColumn(Column):
    """A count, to the right, with separators."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"td": {"class": "ts-number"}, "th": {"class": "ts-number"}})
        super().__init__(*args, **kwargs)

    def render(self, value: int | float) -> str:
        return counted(value)

    def value(self, value: int | float) -> int | float:
        return value


class DayColumn(Column):
    """A day, as 2026年11月23日; exported as 2026-11-23."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"td": {"class": "ts-nowrap"}})
        super().__init__(*args, **kwargs)

    def render(self, value: Any) -> str:
        return day(value)

    def value(self, value: date | datetime) -> str:
        local = localtime(value) if isinstance(value, datetime) and is_aware(value) else value
        return f"{local:%Y-%m-%d}"


class MomentColumn(DayColumn):
    """A moment, as 2026年11月23日 14:03; exported as 2026-11-23 14:03."""

    def render(self, value: Any) -> str:
        return moment(value)

    def value(self, value: date | datetime) -> str:
        local = localtime(value) if isinstance(value, datetime) and is_aware(value) else value
        return f"{local:%Y-%m-%d %H:%M}"


class StateColumn(Column):
    """A state as a badge: `states` says for each value its label and tone."""

    def __init__(self, states: Mapping[str, tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.states = states

    def render(self, value: Any, record: Any, bound_column: Any) -> SafeString:
        stored = bound_column.accessor.resolve(record)  # `value` is already the label where the field has choices
        if stored == "":
            return SafeString("—")  # no state is no badge
        label, tone = self.states.get(str(stored), (str(value), "neutral"))
        return format_html('<span class="ts-state ts-tone-{}">{}</span>', tone, label)

    def value(self, value: Any) -> str:
        return self.states.get(str(value), (str(value), ""))[0]
