"""模板和资料页: the pages on templates and guidance papers that everyone shares."""

from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.accounts.actor import VISITOR
from touchstone.files.queries import of_case
from touchstone.guidance import operations, permissions, queries
from touchstone.guidance.states import PaperKind, Topic
from touchstone.web.doors import Request
from touchstone.web.downloads import send_attachment
from touchstone.web.guidance_tabs import tabs
from touchstone.web.navigation import audience_of
from touchstone.web.paper_columns import LastDayColumn, badge
from touchstone.web.tables import Column, DayColumn, Empty, NumberColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.guidance.models import Paper

STANDING = [("open", "现行"), ("over", "已停用或被替代")]


def state_of(paper: "Paper", today: date) -> tuple[str, str]:
    """This function will say how a paper stands on a day."""
    if paper.until is not None and paper.until <= today:
        return "已停用", "neutral"
    return ("未启用", "info") if today < paper.since else ("现行", "ok")


class PaperTable(Table):
    """Papers with edition, term and downloads; `space` is whose pages their links lead to, where it is not the reader's own."""

    space = ""
    title = Column("名称")
    edition = Column("版次")
    kind = Column("类别", accessor="get_kind_display", order_by="kind")
    topic = Column("主题", accessor="get_topic_display", order_by="topic")
    office = Column("发布单位", accessor="office__name")
    since = DayColumn("启用日")
    until = LastDayColumn("有效期至", default="长期")
    state = Column("状态", empty_values=(), accessor="number", orderable=False)
    downloads = NumberColumn("下载")

    def render_title(self, value: str, record: "Paper") -> SafeString:
        space = self.space or audience_of(self.request.actor)
        return format_html('<a href="{}">{}</a>', reverse(f"{space}:guidance_paper", args=[record.number]), value)

    def value_title(self, value: str) -> str:
        return value

    def render_state(self, record: "Paper") -> SafeString:
        return badge(*state_of(record, self.request.today))

    def value_state(self, record: "Paper") -> str:
        return state_of(record, self.request.today)[0]


class PublicPaperTable(PaperTable):
    """What everyone may take."""

    space = "public"


class PaperFilter(django_filters.FilterSet):
    """Narrowing papers."""

    title = django_filters.CharFilter(label="名称含有", lookup_expr="holds")
    kind = django_filters.ChoiceFilter(label="类别", choices=PaperKind.choices)
    topic = django_filters.ChoiceFilter(label="主题", choices=Topic.choices)
    standing = django_filters.ChoiceFilter(label="状态", choices=STANDING, method="standing_so")

    def standing_so(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        over = Q(until__lte=self.request.today)
        return found.filter(over) if value == "over" else found.exclude(over)


def papers(request: Request, *, public: bool = False) -> HttpResponseBase:
    """This page will list templates and guidance papers."""
    actor = VISITOR if public else request.actor
    new = not public and not permissions.why_not(permissions.check_may_advise, actor)
    return list_page(
        request,
        queryset=queries.papers(actor),
        table=PublicPaperTable if public else PaperTable,
        filterset=PaperFilter,
        title="模板和指导资料",
        unit="份",
        empty=Empty("还没有模板和资料", "市职鉴中心、各区和行业主管部门发布的模板、指导资料会出现在这里。"),
        template="public/guidance_list.html" if public else "guidance_list.html",
        extra={
            "tabs": tabs(actor, "guidance_papers"),
            "actions": [("发布资料", reverse("authority:guidance_paper_new"), "plus", "btn-primary")] if new else [],
            "subtitle": "请使用现行版次；被替代的版次留存备查。",
        },
    )


def paper(request: Request, number: str, *, public: bool = False) -> HttpResponseBase:
    """This page will show a paper with its file and its editions. :raises Http404:"""
    found = _found(request, number, public)
    space = "public" if public else audience_of(request.actor)
    back = reverse(f"{space}:guidance_papers")
    former, later = found.replaces, getattr(found, "replaced_by", None)
    context = {
        "paper": found,
        "state": state_of(found, request.today),
        "files": [{"name": one.name, "url": reverse(f"{space}:guidance_paper_file", args=[number]), "size": one.size} for one in of_case(number)],
        "former": former and {"paper": former, "url": reverse(f"{space}:guidance_paper", args=[former.number])},
        "later": later and {"paper": later, "url": reverse(f"{space}:guidance_paper", args=[later.number])},
        "can_end": not public and not permissions.why_not(permissions.check_may_replace, request.actor, found),
        "back_url": back,
        "crumbs": [{"label": "模板和指导资料", "url": back}, {"label": number, "url": ""}],
    }
    return render(request, "public/guidance_paper.html" if public else "guidance_paper.html", context)


def paper_file(request: Request, number: str, *, public: bool = False) -> HttpResponseBase:
    """This page will send a paper's file and count that. :raises Http404:"""
    found = _found(request, number, public)
    kept = of_case(found.number).first()
    if kept is None:
        raise Http404
    operations.count_download(number=number)
    return send_attachment(kept)


def _found(request: Request, number: str, public: bool) -> "Paper":
    found = queries.papers(VISITOR if public else request.actor).filter(number=number).first()
    if found is None:
        raise Http404
    return found
