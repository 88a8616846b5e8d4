"""协议列: how do agreements and commissions stand in lists, and how does the signed paper come with them?"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.bodies import operations
from touchstone.web.columns import DayColumn
from touchstone.web.doors import Request, told
from touchstone.web.templatetags.look import day

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

STATES = [("open", "有效"), ("later", "未生效"), ("over", "已到期或终止")]


class LastDayColumn(DayColumn):
    """The last day on which something holds, where the row keeps the first on which it no longer does."""

    def render(self, value: date) -> str:
        return day(value - timedelta(days=1))

    def value(self, value: date) -> str:
        return super().value(value - timedelta(days=1))


class PaperFilter(django_filters.FilterSet):
    """Narrowing to papers in force today, later, or over."""

    standing = django_filters.ChoiceFilter(label="状态", choices=STATES, method="standing_so")

    def standing_so(self, found: Any, name: str, value: str) -> Any:
        today = self.request.today
        over = Q(until__lte=today) | Q(ended_on__lte=today)
        if value == "over":
            return found.filter(over)
        return found.exclude(over).filter(since__gt=today) if value == "later" else found.exclude(over).filter(since__lte=today)


def period_words(since: date, until: date) -> str:
    """This function will write a period by its first and its last day; `until` is the day after the last."""
    return f"{day(since)}至{day(until - timedelta(days=1))}"


def file_paper(request: Request, number: str, label: str, paper: "UploadedFile[Any] | None") -> None:
    """This function will keep the paper that came with a new entry; a refused file leaves the entry and tells why."""
    if paper is None:
        return
    with told(request):
        content = paper.read()
        operations.file_evidence(
            number=number, label=label, name=paper.name or "原件", content=content, by=request.actor.with_key(""), at=request.now
        )


def day_after(last: date) -> date:
    """This function will give the first day after the last one that holds."""
    return last + timedelta(days=1)


def badge(label: str, tone: str) -> SafeString:
    """This function will draw a state in a list."""
    return format_html('<span class="ts-state ts-tone-{}">{}</span>', tone, label)


def period_state(since: date, until: date | None, day: date, *, ended: str = "已结束", ended_on: date | None = None) -> tuple[str, str]:
    """This function will say how something dated stands on a day: not begun, in force, ended early, or over."""
    if day < since:
        return "未生效", "info"
    if ended_on is not None and ended_on <= day:
        return "已提前终止", "neutral"
    if until is not None and until <= day:
        return ended, "neutral"
    return ("有效", "ok") if until is not None else ("在册", "ok")
