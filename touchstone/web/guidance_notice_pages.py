"""指导通知和走访页: the lists and pages of notices and visits that bodies and offices share."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.guidance import operations, permissions, queries
from touchstone.guidance.states import NoticeKind, Topic
from touchstone.kernel.numbers import name_key
from touchstone.ledger.queries import history
from touchstone.web.doors import Request, told
from touchstone.web.events import told_lines
from touchstone.web.filters import DayRangeFilter
from touchstone.web.guidance_tabs import tabs
from touchstone.web.navigation import audience_of
from touchstone.web.paper_columns import badge
from touchstone.web.tables import Column, DayColumn, Empty, MomentColumn, NumberColumn, Table, list_page
from touchstone.web.templatetags.look import day

if TYPE_CHECKING:
    from touchstone.guidance.models import GuidanceVisit


class NoticeTable(Table):
    """Notices, each with how many bodies have read it."""

    title = Column("通知")
    kind = Column("类别", accessor="get_kind_display", order_by="kind")
    office = Column("发出单位", accessor="office__name")
    chosen = Column("发送范围", orderable=False)
    sent_at = DayColumn("发出日")
    read_by_on = DayColumn("阅知期限")
    sent = NumberColumn("发给（家）")
    read = NumberColumn("已阅（家）")

    def render_title(self, value: str, record: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse(f"{audience_of(self.request.actor)}:guidance_notice", args=[record.number]), value)

    def value_title(self, value: str) -> str:
        return value


class NoticeFilter(django_filters.FilterSet):
    """Narrowing notices."""

    title = django_filters.CharFilter(label="标题含有", lookup_expr="holds")
    kind = django_filters.ChoiceFilter(label="类别", choices=NoticeKind.choices)
    sent = DayRangeFilter(label="发出日", field_name="sent_at")


class OwnNoticeTable(Table):
    """Notices sent to one body."""

    title = Column("通知", accessor="notice__title")
    kind = Column("类别", accessor="notice__get_kind_display", order_by="notice__kind")
    office = Column("发出单位", accessor="notice__office__name")
    sent_at = DayColumn("发出日", accessor="notice__sent_at")
    read_by_on = DayColumn("阅知期限", accessor="notice__read_by_on")
    read_at = MomentColumn("已阅", default="尚未确认")

    def render_title(self, value: str, record: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("body:guidance_notice", args=[record.notice.number]), value)

    def value_title(self, value: str) -> str:
        return value


class OwnNoticeFilter(django_filters.FilterSet):
    """Narrowing a body's notices."""

    title = django_filters.CharFilter(label="标题含有", field_name="notice__title", lookup_expr="holds")
    kind = django_filters.ChoiceFilter(label="类别", field_name="notice__kind", choices=NoticeKind.choices)
    unread = django_filters.BooleanFilter(label="尚未确认", field_name="read_at", lookup_expr="isnull")


class ReadingTable(Table):
    """Whom a notice went to."""

    body = Column("机构", accessor="body__name", order_by="body__name_key")
    contact = Column("联系人", accessor="body__contact_name", default="—", orderable=False)
    read_at = MomentColumn("已阅时间", default="尚未确认")
    read_by = Column("确认人", accessor="read_by__display_name", default="—", orderable=False)


class ReadingFilter(django_filters.FilterSet):
    """Narrowing to those who have or have not read."""

    body = django_filters.CharFilter(label="机构", method="of_body")
    unread = django_filters.ChoiceFilter(label="阅知", choices=[("yes", "尚未确认"), ("no", "已阅")], method="unread_so")

    def of_body(self, found: Any, name: str, value: str) -> Any:
        return found.filter(body__name_key__holds=name_key(value))

    def unread_so(self, found: Any, name: str, value: str) -> Any:
        return found.filter(read_at__isnull=value == "yes")


class VisitTable(Table):
    """Visits with what became of them."""

    number = Column("编号")
    body = Column("机构", accessor="body__name", order_by="body__name_key")
    venue = Column("考核点", accessor="venue__name", default="—")
    visited_on = DayColumn("走访日期")
    topic = Column("主题", accessor="get_topic_display", order_by="topic")
    office = Column("走访单位", accessor="office__name")
    confirmed_at = MomentColumn("机构确认", default="待确认")
    follow_up_on = DayColumn("回访日期", default="—")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse(f"{audience_of(self.request.actor)}:guidance_visit", args=[value]), value)

    def value_number(self, value: str) -> str:
        return value

    def render_follow_up_on(self, value: Any, record: "GuidanceVisit") -> SafeString:
        late = record.followed_up_at is None and value < self.request.today
        return badge(day(value), "ok" if record.followed_up_at else "danger" if late else "info")

    def value_follow_up_on(self, value: Any) -> str:
        return str(value)


class VisitFilter(django_filters.FilterSet):
    """Narrowing visits."""

    body = django_filters.CharFilter(label="机构", method="of_body")
    topic = django_filters.ChoiceFilter(label="主题", choices=Topic.choices)
    visited = DayRangeFilter(label="走访日期", field_name="visited_on")
    open = django_filters.ChoiceFilter(label="进展", choices=[("confirm", "待机构确认"), ("follow", "待回访")], method="open_so")

    def of_body(self, found: Any, name: str, value: str) -> Any:
        return found.filter(body__name_key__holds=name_key(value))

    def open_so(self, found: Any, name: str, value: str) -> Any:
        waiting = {"confirmed_at__isnull": True} if value == "confirm" else {"follow_up_on__isnull": False, "followed_up_at__isnull": True}
        return found.filter(**waiting)


def notices(request: Request) -> HttpResponseBase:
    """This page will list the notices the actor sees."""
    own = audience_of(request.actor) == "body"
    may_send = not permissions.why_not(permissions.check_may_advise, request.actor)
    return list_page(
        request,
        queryset=queries.own_readings(request.actor) if own else queries.notices(request.actor),
        table=OwnNoticeTable if own else NoticeTable,
        filterset=OwnNoticeFilter if own else NoticeFilter,
        title="培训和指导通知",
        unit="件",
        empty=Empty("还没有通知", "发给本机构的培训和指导通知会出现在这里。" if own else "发给机构的培训和指导通知会出现在这里。"),
        template="guidance_list.html",
        extra={
            "tabs": tabs(request.actor, "guidance_notices"),
            "actions": [("发出通知", reverse("authority:guidance_notice_new"), "plus", "btn-primary")] if may_send else [],
            "subtitle": "请各机构在期限内确认已阅。",
        },
    )


def notice(request: Request, number: str) -> HttpResponseBase:
    """This page will show a notice; a body confirms, an office sees who has not. :raises Http404:"""
    found = queries.notices(request.actor).filter(number=number).first()
    if found is None:
        raise Http404
    audience = audience_of(request.actor)
    if request.method == "POST":
        _act_on_notice(request, number)
        return redirect(f"{audience}:guidance_notice", number)
    training = queries.training_of(found)
    back = reverse(f"{audience}:guidance_notices")
    crumbs = [{"label": "培训和指导通知", "url": back}, {"label": number, "url": ""}]
    context = {"notice": found, "crumbs": crumbs, "back_url": back, "request_key": uuid4()}
    if audience == "body":
        own: dict[str, Any] = {"reading": queries.own_readings(request.actor).filter(notice=found).first(), "training": training}
        if training is not None:
            own |= {"people": queries.people_of(training, request.actor), "open": request.today <= training.sign_up_by}
        return render(request, "guidance_notice.html", context | own)
    return list_page(
        request,
        queryset=queries.readings(found, request.actor),
        table=ReadingTable,
        filterset=ReadingFilter,
        title=found.title,
        unit="家",
        template="guidance_readings.html",
        extra=context | {"training": training},
    )


def _act_on_notice(request: Request, number: str) -> None:
    given = request.POST
    acting: dict[str, Any] = {"number": number, "by": request.actor, "at": request.now}
    with told(request):
        match given.get("act"):
            case "sign_up":
                made = operations.sign_up(name=given.get("name", ""), post=given.get("post", ""), **acting)
                messages.success(request, f"已为{made.name}报名。")
            case "withdraw":
                person = given.get("person", "")
                operations.withdraw_sign_up(person=int(person) if person.isascii() and person.isdigit() else 0, **acting)
                messages.success(request, "已撤回报名。")
            case _:
                operations.confirm_reading(**acting)
                messages.success(request, "已确认阅知。")


def visits(request: Request) -> HttpResponseBase:
    """This page will list the visits the actor sees."""
    may_visit = not permissions.why_not(permissions.check_may_advise, request.actor)
    return list_page(
        request,
        queryset=queries.visits(request.actor),
        table=VisitTable,
        filterset=VisitFilter,
        title="指导走访",
        unit="次",
        empty=Empty("还没有指导走访", "两名工作人员上门指导以后登记在这里，由机构确认。"),
        template="guidance_list.html",
        extra={
            "tabs": tabs(request.actor, "guidance_visits"),
            "actions": [("登记走访", reverse("authority:guidance_visit_new"), "plus", "btn-primary")] if may_visit else [],
            "subtitle": "指导走访不是检查，不据此作出处理。",
        },
    )


def visit(request: Request, number: str) -> HttpResponseBase:
    """This page will show a visit; the body confirms it, the office follows it up. :raises Http404:"""
    found = queries.visits(request.actor).filter(number=number).first()
    if found is None:
        raise Http404
    audience = audience_of(request.actor)
    if request.method == "POST":
        acting: dict[str, Any] = {"number": number, "words": request.POST.get("words", ""), "by": request.actor, "at": request.now}
        with told(request):
            if request.POST.get("act") == "confirm":
                operations.confirm_visit(**acting)
                messages.success(request, "已确认走访记录。")
            elif request.POST.get("act") == "follow_up":
                operations.follow_up(**acting)
                messages.success(request, "回访情况已登记。")
        return redirect(f"{audience}:guidance_visit", number)
    own = not permissions.why_not(permissions.check_is_own_visit, request.actor, found)
    visited = not permissions.why_not(permissions.check_is_visited, request.actor, found)
    context = {
        "visit": found,
        "state": ("已确认", "ok") if found.confirmed_at else ("待机构确认", "warn"),
        "can_confirm": visited and found.confirmed_at is None,
        "can_follow_up": own and found.follow_up_on is not None and found.followed_up_at is None,
        "entries": told_lines(history(number)),
        "crumbs": [{"label": "指导走访", "url": reverse(f"{audience}:guidance_visits")}, {"label": number, "url": ""}],
        "request_key": uuid4(),
    }
    return render(request, "guidance_visit.html", context)
