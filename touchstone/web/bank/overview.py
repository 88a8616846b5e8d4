"""题库概况: which banks are there, how full is one, what is due in it, and what guidance was given?"""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django_tables2 import A

from touchstone.bodies.queries import own_body
from touchstone.policy.districts import DISTRICTS, district_name
from touchstone.policy.roles import OfficeKind
from touchstone.questions import operations, permissions, queries
from touchstone.questions.queries import BankRow, BankSet
from touchstone.questions.states import QuestionState
from touchstone.web.bank.door import crumbs, tabs
from touchstone.web.bank.words import KIND_LABELS, STATES
from touchstone.web.doors import Request, authority_door, either_door, own_side, told
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, NumberColumn, Table, list_page


class GuidanceForm(Form):
    """What those who guide a bank write to it."""

    content = forms.CharField(label="指导意见", max_length=1000, widget=forms.Textarea({"rows": 3}))


class AnswerForm(Form):
    """What the bank answers."""

    answer = forms.CharField(label="答复", max_length=1000, widget=forms.Textarea({"rows": 3}))


class BankTable(Table):
    """Banks with their figures; never a question."""

    name = Column("题库", linkify=("authority:bank", [A("number")]))
    number = Column("编号", attrs={"td": {"class": "ts-nowrap"}})
    district = Column("所在区", accessor="body__district", empty_values=())
    question_count = NumberColumn("试题", empty_values=())
    approved_count = NumberColumn("已入库", empty_values=())
    stale_count = NumberColumn("过时", empty_values=())
    unanswered = NumberColumn("待答复指导", empty_values=())
    opened_at = DayColumn("建库")

    def render_district(self, value: str | None) -> str:
        return district_name(value) if value else "全市"

    def value_district(self, value: str | None) -> str:
        return self.render_district(value)

    def render_question_count(self, value: int | None) -> int:
        return value or 0

    render_approved_count = render_stale_count = render_unanswered = render_question_count


class BankFilter(django_filters.FilterSet):
    """Narrowing the list of banks."""

    name = django_filters.CharFilter(label="名称", lookup_expr="icontains")
    district = django_filters.ChoiceFilter(label="所在区", choices=list(DISTRICTS.items()), field_name="body__district")
    unanswered = django_filters.BooleanFilter(label="有待答复的指导意见", method="waiting")

    def waiting(self, found: BankSet, name: str, value: bool) -> BankSet:
        waiting = queries.with_guidance_waiting(found)
        return waiting if value else found.exclude(pk__in=waiting.values("pk"))


@either_door
def bank_home(request: Request) -> HttpResponseBase:
    """This page will lead to the bank of the visitor's office, or offer to open one; offices without one see the banks on their ground."""
    found = queries.own_bank(request.actor)
    if found is not None:
        return redirect(own_side(request, "bank", found.number))
    body = request.actor.office_kind is OfficeKind.ASSESSMENT_BODY
    act = "open_bank" if body else "open_city_bank"
    why_not = permissions.why_not(request.actor, act)
    if request.method == "POST":
        with told(request):
            if body:
                made = operations.open_bank(body=own_body(request.actor), by=request.actor, at=request.now)
            else:
                made = operations.open_city_bank(by=request.actor, at=request.now)
            messages.success(request, f"“{made.name}”已建立。")
            return redirect(own_side(request, "bank", made.number))
        return redirect(own_side(request, "bank_home"))
    if not body and request.actor.office_kind is not OfficeKind.CITY_CENTRE:
        return redirect("authority:banks")
    return render(request, "bank/none.html", {"why_not": why_not, "body": body})


@authority_door
def banks(request: Request) -> HttpResponseBase:
    """This page will list the banks on the visitor's ground with their figures."""
    empty = Empty("还没有题库", "评价机构建立题库以后，会列在这里。")
    found = queries.with_counts(queries.banks(request.actor))
    return list_page(request, queryset=found, table=BankTable, filterset=BankFilter, title="题库", unit="个", empty=empty, template="bank/banks.html")


@either_door
def bank(request: Request, number: str) -> HttpResponseBase:
    """This page will show how full a bank is, what is due in it, and the guidance it was given; never what a question says."""
    found = _bank(request, number)
    act = request.POST.get("act", "")
    guide, answer = GuidanceForm(request.POST if act == "guide" else None), AnswerForm(request.POST if act == "answer" else None)
    if request.method == "POST" and _done(request, found, act, guide, answer):
        return redirect(own_side(request, "bank", number))
    context = {
        "bank": found,
        "crumbs": _crumbs(request, found),
        "tabs": tabs(request, found, "bank"),
        "own": found.office_id == request.actor.office_id,
        "counts": _counts(request, found),
        "kinds": _by_kind(request, found),
        "stale": queries.stale(found).count(),
        "mine": queries.my_reviews(request.actor).count(),
        "notes": queries.guidance_of(found)[:50],
        "guide_form": guide if permissions.can(request.actor, "guide", found) else None,
        "answer_form": answer if permissions.can(request.actor, "answer_guidance", found) else None,
        "can_write": permissions.can(request.actor, "write", found),
    }
    return render(request, "bank/bank.html", context)


def _bank(request: Request, number: str) -> BankRow:
    try:
        return queries.bank(number, request.actor)
    except BankRow.DoesNotExist:
        raise Http404 from None


def _crumbs(request: Request, bank: BankRow) -> list[dict[str, str]]:
    first = [] if request.actor.office_kind is OfficeKind.ASSESSMENT_BODY else [{"label": "题库", "url": reverse("authority:banks")}]
    return [*first, {"label": bank.name}] if first else crumbs(request, bank)[:0]


def _done(request: Request, found: BankRow, act: str, guide: Form, answer: Form) -> bool:
    if act == "guide" and guide.is_valid():
        with told_in(guide):
            operations.write_guidance(bank=found.number, content=guide.cleaned_data["content"], by=request.actor, at=request.now)
            messages.success(request, "指导意见已送题库管理员。")
            return True
    if act == "answer" and answer.is_valid():
        with told_in(answer):
            said = request.POST.get("note", "")
            note = int(said) if said.isascii() and said.isdecimal() else 0
            operations.answer_guidance(note_id=note, answer=answer.cleaned_data["answer"], by=request.actor, at=request.now)
            messages.success(request, "已答复。")
            return True
    return False


def _counts(request: Request, bank: BankRow) -> list[dict[str, Any]]:
    found = dict(queries.questions(request.actor, bank).order_by().values_list("state").annotate(n=Count("pk")))
    own = bank.office_id == request.actor.office_id and request.actor.has(*permissions.BANK_ROLES)
    url = own_side(request, "questions") if own else ""
    return [
        {"label": label, "value": found.get(state, 0), "tone": tone, "url": f"{url}?state={state}" if url else ""}
        for state, (label, tone) in STATES.items()
    ]


def _by_kind(request: Request, bank: BankRow) -> list[tuple[str, int]]:
    rows = queries.questions(request.actor, bank).filter(state=QuestionState.APPROVED).order_by().values_list("kind").annotate(n=Count("pk"))
    return sorted(((KIND_LABELS.get(kind, kind), count) for kind, count in rows), key=lambda one: -one[1])
