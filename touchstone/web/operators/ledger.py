"""操作存证: who changed what, when, and why?"""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import django_filters
from django.http import HttpResponseBase
from django.utils.timezone import make_aware

from touchstone.accounts import permissions
from touchstone.ledger import queries
from touchstone.web.doors import Request, operators_door
from touchstone.web.events import WORDS, event_words
from touchstone.web.tables import Column, MomentColumn, Table, list_page

if TYPE_CHECKING:
    from django.db.models import QuerySet


class EntryTable(Table):
    """Lines of the ledger; never altered, so there is nothing to do here but read."""

    number = Column("序号", accessor="pk", order_by="pk")
    at = MomentColumn("发生时间")
    event = Column("事项", orderable=False)
    subject = Column("对象编号", orderable=False)
    actor_label = Column("经办", orderable=False)
    reason = Column("意见", orderable=False)


    def render_event(self, value: str) -> str:
        return event_words(value)


class EntryFilter(django_filters.FilterSet):
    """Narrowing the ledger."""

    subject = django_filters.CharFilter(label="对象编号")
    event = django_filters.ChoiceFilter(label="事项", choices=sorted(WORDS.items(), key=lambda pair: pair[1]))
    since = django_filters.DateFilter(label="自", method="since_day")

    def since_day(self, found: "QuerySet[Any]", name: str, value: date) -> "QuerySet[Any]":
        return found.filter(at__gte=make_aware(datetime.combine(value, time())))  # as a moment, so that an index finds it


@operators_door
def ledger(request: Request) -> HttpResponseBase:
    """This page will list the ledger, newest first, to the audit administrator."""
    permissions.check_may(request.actor, "read_access_ledger")
    return list_page(request, queryset=queries.entries(), table=EntryTable, filterset=EntryFilter, title="操作存证", unit="条")

