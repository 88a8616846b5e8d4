"""问答台页: the pages on questions and published answers that bodies, members of the corps, offices and the public share."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.accounts.actor import VISITOR
from touchstone.exams.operations.exports import record_export
from touchstone.guidance import operations, permissions, queries
from touchstone.guidance.states import Reach, State, Topic
from touchstone.parameters.queries import calendar
from touchstone.web.cases import case_url
from touchstone.web.doors import Request, told
from touchstone.web.filters import DayRangeFilter
from touchstone.web.forms import Form
from touchstone.web.guidance_tabs import tabs
from touchstone.web.navigation import audience_of
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.guidance.models import Inquiry

STATES = {State.WAITING.value: ("待答复", "warn"), State.ANSWERED.value: ("已答复", "ok")}
HELPFUL = {"True": ("有帮助", "ok"), "False": ("没有帮助", "warn")}


class InquiryTable(Table):
    """Questions with who asked, who has them and by when."""

    title = Column("问题")
    number = Column("编号", attrs={"td": {"class": "ts-nowrap"}})
    topic = Column("主题", accessor="get_topic_display", order_by="topic")
    asked_from = Column("提问单位", accessor="asked_from__name")
    office = Column("答复单位", accessor="office__name")
    asked_at = DayColumn("提问日")
    due_on = DayColumn("答复期限")
    state = StateColumn(STATES, "状态")
    helpful = StateColumn(HELPFUL, "评价", default="—")
    reach = Column("公开", accessor="get_reach_display", order_by="reach", default="—")
    folded = ("number", "helpful", "reach")

    def render_title(self, value: str, record: "Inquiry") -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse(f"{audience_of(self.request.actor)}:inquiry", args=[record.number]), value)

    def value_title(self, value: str) -> str:
        return value


class InquiryFilter(django_filters.FilterSet):
    """Narrowing questions; words are looked for in question and answers."""

    words = django_filters.CharFilter(label="问题或答复含有", field_name="searched", lookup_expr="holds")
    topic = django_filters.ChoiceFilter(label="主题", choices=Topic.choices)
    state = django_filters.ChoiceFilter(label="状态", choices=[*State.choices, ("late", "超期未答复")], method="standing_so")
    asked = DayRangeFilter(label="提问日", field_name="asked_at")

    def standing_so(self, found: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        if value == "late":
            return found.filter(state=State.WAITING, due_on__lt=self.request.today)
        return found.filter(state=value)


class AnswerTable(Table):
    """Published answers; `space` is whose pages their links lead to, where it is not the reader's own."""

    space = ""

    title = Column("问题", accessor="published_title")
    topic = Column("主题", accessor="get_topic_display", order_by="topic")
    answer = Column("答复", accessor="published_answer", orderable=False)
    office = Column("答复单位", accessor="published_by__name")
    published_at = DayColumn("公开日")

    def render_title(self, value: str, record: "Inquiry") -> SafeString:
        space = self.space or audience_of(self.request.actor)
        return format_html('<a href="{}">{}</a>', reverse(f"{space}:guidance_answer", args=[record.number]), value)

    def value_title(self, value: str) -> str:
        return value

    def render_answer(self, value: str) -> str:
        return value if len(value) <= 60 else f"{value[:60]}……"

    def value_answer(self, value: str) -> str:
        return value


class PublicAnswerTable(AnswerTable):
    """What everyone reads."""

    space = "public"


class AnswerFilter(django_filters.FilterSet):
    """Narrowing published answers."""

    words = django_filters.CharFilter(label="问题或答复含有", field_name="published_searched", lookup_expr="holds")
    topic = django_filters.ChoiceFilter(label="主题", choices=Topic.choices)
    published = DayRangeFilter(label="公开日", field_name="published_at")


class AskForm(Form):
    """A question."""

    topic = forms.ChoiceField(label="主题", choices=[("", "请选择"), *Topic.choices])
    title = forms.CharField(label="问题", max_length=120, help_text="用一句话写明要问什么。")
    words = forms.CharField(label="具体情况", max_length=4000, widget=forms.Textarea({"rows": 6}))
    case = forms.CharField(label="业务编号", required=False, max_length=64, help_text="与某件申请或计划有关的，填写其编号，例如BA开头的备案编号。")


class PublishForm(Form):
    """An answer as it goes on the list."""

    title = forms.CharField(label="公开的问题", max_length=120)
    words = forms.CharField(label="公开的问题说明", max_length=4000, widget=forms.Textarea({"rows": 4}))
    answer = forms.CharField(label="公开的答复", max_length=8000, widget=forms.Textarea({"rows": 6}))
    reach = forms.ChoiceField(label="公开范围", choices=Reach.choices, widget=forms.RadioSelect)


def inquiries(request: Request) -> HttpResponseBase:
    """This page will list the questions the actor sees; the export is put on record."""
    audience = audience_of(request.actor)
    may_ask = not permissions.why_not(permissions.check_may_ask, request.actor)
    new = ("提问", reverse(f"{audience}:inquiry_new")) if may_ask else ()

    def on_record(kind: str, count: int) -> None:
        record_export(case=request.actor.office_name[:64], what="技术咨询", kind=kind, count=count, by=request.actor, at=request.now)

    return list_page(
        request,
        queryset=queries.inquiries(request.actor),
        table=InquiryTable,
        filterset=InquiryFilter,
        title="问答台",
        unit="件",
        empty=Empty("还没有技术咨询", "提出的问题、答复和追问都会留存在这里。", *new),
        template="guidance_list.html",
        exported=on_record,
        extra={
            "tabs": tabs(request.actor, "inquiries"),
            "actions": [(*new, "plus", "btn-primary")] if new else [],
            "subtitle": "技术指导由市职鉴中心和各区答复，行业问题可以转行业主管部门（通知 一）。",
        },
    )


def inquiry_new(request: Request) -> HttpResponseBase:
    """This page will put a question."""
    permissions.check_may_ask(request.actor)
    audience = audience_of(request.actor)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("topic", "title", "words", "case")}
        with told_in(form):
            made = operations.ask(**given, by=request.actor, at=request.now)
            messages.success(request, f"问题{made.number}已提交，由{made.office.name}答复。")
            return redirect(f"{audience}:inquiry", made.number)
    list_url = reverse(f"{audience}:inquiries")
    crumbs = [{"label": "问答台", "url": list_url}, {"label": "提问", "url": ""}]
    hint = "请先在公开答复中查找。问题由负责指导的单位答复，可以追问一次。"
    context = {"form": form, "title": "提问", "button": "提交问题", "hint": hint, "crumbs": crumbs, "back_url": list_url}
    return render(request, "body/entry_new.html", context)


def inquiry(request: Request, number: str) -> HttpResponseBase:
    """This page will show a question with all that was said, and do what the actor may do next. :raises Http404:"""
    found = _found(request, number)
    audience = audience_of(request.actor)
    if request.method == "POST":
        _act(request, number)
        return redirect(f"{audience}:inquiry", number)
    waiting = found.state == State.WAITING
    why_not = permissions.why_not(permissions.check_may_answer, request.actor, found)
    is_asker = not permissions.why_not(permissions.check_is_asker, request.actor, found)
    context = {
        "inquiry": found,
        "state": STATES[found.state],
        "lines": found.lines.select_related("office", "passed_to", "said_by__person"),
        "left": calendar().working_days_between(request.today, found.due_on) if waiting else None,
        "case_url": case_url(found.case, request.actor) if found.case else "",
        "can_answer": waiting and not why_not,
        "can_publish": not waiting and not why_not,
        "why_not": why_not,
        "offices": queries.may_take(found, request.today) if waiting and not why_not else [],
        "is_asker": is_asker,
        "can_ask_again": is_asker and not waiting and found.asked_again_at is None,
        "can_mark": is_asker and not waiting,
        "publish_url": reverse("authority:inquiry_publish", args=[number]) if audience == "authority" else "",
        "crumbs": [{"label": "问答台", "url": reverse(f"{audience}:inquiries")}, {"label": number, "url": ""}],
        "request_key": uuid4(),
    }
    return render(request, "guidance_inquiry.html", context)


def _act(request: Request, number: str) -> None:
    given, words = request.POST, request.POST.get("words", "")
    acting: dict[str, Any] = {"number": number, "by": request.actor, "at": request.now}
    with told(request):
        match given.get("act"):
            case "answer":
                operations.answer(words=words, **acting)
                messages.success(request, "已答复，提问人会收到消息。")
            case "pass":
                office = given.get("office", "")
                made = operations.pass_on(office_id=int(office) if office.isdigit() else 0, words=words, **acting)
                messages.success(request, f"已转{made.office.name}答复。")
            case "again":
                operations.ask_again(words=words, **acting)
                messages.success(request, "追问已提交。")
            case "mark":
                operations.mark(helpful=given.get("helpful") == "yes", **acting)
                messages.success(request, "谢谢，评价已记录。")
            case "withdraw":
                operations.withdraw_answer(reason=words, **acting)
                messages.success(request, "已撤下公开的答复。")


def inquiry_publish(request: Request, number: str) -> HttpResponseBase:
    """This page will put an answer on the list, as edited. :raises Http404:"""
    found = _found(request, number)
    permissions.check_may_answer(request.actor, found)
    said = list(found.lines.all())
    asked = "\n".join(line.words for line in said if line.kind in {"asked", "asked_again"})
    answered = "\n".join(line.words for line in said if line.kind == "answered")
    initial = {
        "title": found.published_title or found.title,
        "words": found.published_words or asked,
        "answer": found.published_answer or answered,
        "reach": found.reach or Reach.PUBLIC,
    }
    form = PublishForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("title", "words", "answer", "reach")}
        with told_in(form):
            operations.publish_answer(number=number, **given, by=request.actor, at=request.now)
            messages.success(request, "答复已公开。")
            return redirect("authority:inquiry", number)
    back = reverse("authority:inquiry", args=[number])
    crumbs = [{"label": "问答台", "url": reverse("authority:inquiries")}, {"label": number, "url": back}, {"label": "公开答复", "url": ""}]
    hint = "请删去机构、个人的名称和编号，只留问题本身和答复。"
    context = {"form": form, "title": "公开答复", "button": "公开", "hint": hint, "crumbs": crumbs, "back_url": back}
    return render(request, "body/entry_new.html", context)


def answers(request: Request, *, public: bool = False) -> HttpResponseBase:
    """This page will list the published answers open to the actor, or to everyone."""
    return list_page(
        request,
        queryset=queries.answers(VISITOR if public else request.actor),
        table=PublicAnswerTable if public else AnswerTable,
        filterset=AnswerFilter,
        title="技术指导答复",
        unit="条",
        empty=Empty("还没有公开的答复", "市职鉴中心、各区和行业主管部门公开的答复会出现在这里。"),
        template="public/guidance_list.html" if public else "guidance_list.html",
        extra={"tabs": tabs(VISITOR if public else request.actor, "guidance_answers"), "subtitle": "答复已隐去机构和个人，供各方查阅。"},
    )


def answer(request: Request, number: str, *, public: bool = False) -> HttpResponseBase:
    """This page will show one published answer. :raises Http404:"""
    found = queries.answers(VISITOR if public else request.actor).filter(number=number).first()
    if found is None:
        raise Http404
    back = reverse(f"{'public' if public else audience_of(request.actor)}:guidance_answers")
    context = {"answer": found, "back_url": back, "crumbs": [{"label": "技术指导答复", "url": back}, {"label": number, "url": ""}]}
    return render(request, "public/guidance_answer.html" if public else "guidance_answer.html", context)


def _found(request: Request, number: str) -> "Inquiry":
    found = queries.inquiries(request.actor).filter(number=number).first()
    if found is None:
        raise Http404
    return found
