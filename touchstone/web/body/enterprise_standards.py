"""企业标准: which standards of its own has my enterprise filed for 一考双证, and how do their elements meet the national exam?"""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.bodies import operations, permissions, queries
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.dual import Element
from touchstone.policy.exams.parts import Part
from touchstone.web.body.register_page import Ending, EntryPage, crumbs_of, entry_page, register_of
from touchstone.web.doors import Request, body_door
from touchstone.web.enterprise_standard_view import element_rows, facts_of, state_of
from touchstone.web.entry_view import HINTS
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.occupation_field import OccupationField
from touchstone.web.paper_columns import badge, file_paper
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, Table, list_page

REGISTER = "enterprise_standards"
PLACES = tuple(range(1, 7))
_OWN = "own"
_TAKES = [("", "—"), *((part.value, part.label) for part in Part), (_OWN, "另行考核")]


class EnterpriseStandardTable(Table):
    """An enterprise's own standards."""

    number = Column("登记编号", attrs={"td": {"class": "ts-nowrap"}})
    code = Column("企业标准编号", attrs={"td": {"class": "ts-nowrap"}})
    title = Column("名称")
    occupation_code = Column("职业编码")
    grades = Column("企业等级", orderable=False)
    since = DayColumn("施行日")
    until = DayColumn("停用日")
    state = Column("状态", empty_values=(), accessor="number", orderable=False)
    folded = ("until",)

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("body:enterprise_standard", args=[value]), value)

    def value_number(self, value: str) -> str:
        return value

    def render_grades(self, value: dict[str, str]) -> str:
        return "、".join(grade for _, grade in sorted(value.items(), reverse=True))

    def render_state(self, record: Any) -> SafeString:
        return badge(*state_of(record, self.request.today))

    def value_state(self, record: Any) -> str:
        return state_of(record, self.request.today)[0]


class EnterpriseStandardFilter(django_filters.FilterSet):
    """Narrowing the list."""

    code = django_filters.CharFilter(label="企业标准编号", lookup_expr="icontains")
    title = django_filters.CharFilter(label="名称", lookup_expr="icontains")
    standing = django_filters.ChoiceFilter(label="状态", choices=[("open", "未停用"), ("ended", "已登记停用")], method="standing_so")

    def standing_so(self, found: Any, name: str, value: str) -> Any:
        return found.filter(until__isnull=value == "open")


class EnterpriseStandardForm(Form):
    """A standard with its grades, and up to six elements, each a section of its own."""

    code = forms.CharField(label="企业标准编号", max_length=60, help_text="按已发布的企业标准填写，例如：Q/LG 001—2025。")
    title = forms.CharField(label="企业标准名称", max_length=120)
    occupation = OccupationField(label="对应的国家职业")
    since = forms.DateField(label="施行日", widget=DayInput(), help_text="同一编号的新版本，原版本到这一天停用。")
    paper = forms.FileField(
        label="企业标准文本", required=False, help_text="PDF、JPG或PNG；可以登记后再上传。",
        widget=forms.ClearableFileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip

    def __init__(self, *args: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occupation"].day = day  # type: ignore[attr-defined]
        for level in sorted(Level, reverse=True):
            self.fields[f"grade_{int(level)}"] = forms.CharField(
                label=f"{level.label}对应的企业等级", max_length=40, required=False, help_text="没有对应的留空。" if level == Level.FIVE else ""
            )
        for place in PLACES:
            self.fields[f"name_{place}"] = forms.CharField(label="要素名称", max_length=60, required=False)
            self.fields[f"takes_{place}"] = forms.ChoiceField(label="用哪一科成绩", choices=_TAKES, required=False)
            self.fields[f"weight_{place}"] = forms.IntegerField(label="权重（%）", min_value=1, max_value=100, required=False)
            self.fields[f"pass_mark_{place}"] = forms.IntegerField(label="合格分", min_value=0, max_value=100, required=False)
            self.fields[f"national_{place}"] = forms.CharField(
                label="对应的国家标准要素", max_length=120, required=False, help_text="另行考核的不填。"
            )
        self.sections = [  # type: ignore[misc]
            ("standard", "企业标准", ("code", "title", "occupation", "since", "paper")),
            ("grades", "等级对应", tuple(f"grade_{int(level)}" for level in sorted(Level, reverse=True))),
            *((f"element-{n}", f"要素{n}", tuple(f"{name}_{n}" for name in ("name", "takes", "weight", "pass_mark", "national"))) for n in PLACES),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask, of an element that was begun, for the rest of it."""
        given = super().clean() or {}
        for place in PLACES:
            if not given.get(f"name_{place}"):
                continue
            for name, label in (("takes", "用哪一科成绩"), ("weight", "权重"), ("pass_mark", "合格分")):
                if given.get(f"{name}_{place}") in (None, "") and f"{name}_{place}" not in self.errors:
                    self.add_error(f"{name}_{place}", f"请填写要素{place}的{label}。")
        return given

    def grades(self) -> dict[int, str]:
        """Give the enterprise's grades by national level."""
        return {int(level): self.cleaned_data[f"grade_{int(level)}"] for level in Level if self.cleaned_data[f"grade_{int(level)}"]}

    def elements(self) -> list[Element]:
        """Give the elements that were filled in."""
        given = self.cleaned_data
        return [
            Element(
                name=given[f"name_{n}"],
                takes=None if given[f"takes_{n}"] == _OWN else Part(given[f"takes_{n}"]),
                weight=given[f"weight_{n}"],
                pass_mark=given[f"pass_mark_{n}"],
                national=given[f"national_{n}"],
            )
            for n in PLACES
            if given.get(f"name_{n}")
        ]


@body_door
def enterprise_standards(request: Request) -> HttpResponseBase:
    """This page will list the enterprise's own standards; the export is put on record."""
    body = register_of(request, REGISTER)
    why_not = permissions.why_not_keep(request.actor, body)

    def on_record(kind: str, count: int) -> None:
        operations.record_export(body=body, what=REGISTER, kind=kind, count=count, by=request.actor.with_key(""), at=request.now)

    new = () if why_not else ("登记企业标准", reverse("body:enterprise_standard_new"))
    return list_page(
        request,
        queryset=queries.enterprise_standards_of(body),
        table=EnterpriseStandardTable,
        filterset=EnterpriseStandardFilter,
        title="企业标准",
        unit="项",
        empty=Empty("还没有登记企业标准", "登记企业标准和要素对应，并经批准试点后，认定计划可以一次考试、两个标准。", *new),
        exported=on_record,
        template="body/register.html",
        extra={
            "why_not": why_not,
            "actions": [(*new, "plus", "btn-primary")] if new else [],
            "crumbs": crumbs_of(REGISTER),
            "subtitle": "一考双证：国家标准和企业标准互融互通（通知 三(二)5）；企业标准不能代替国家职业标准。",
        },
    )


@body_door
def enterprise_standard_new(request: Request) -> HttpResponseBase:
    """This page will file a standard of the enterprise's own."""
    body = register_of(request, REGISTER)
    permissions.check_may_keep(request.actor, body)
    form = EnterpriseStandardForm(request.POST or None, request.FILES or None, day=request.today)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with told_in(form):
            made = operations.enter_enterprise_standard(
                body=body,
                code=given["code"],
                title=given["title"],
                occupation=given["occupation"].code,
                grades=form.grades(),
                elements=form.elements(),
                since=given["since"],
                by=request.actor,
                at=request.now,
            )
            messages.success(request, f"{made.code}已登记。")
            file_paper(request, made.number, "企业标准文本", given["paper"])
            return redirect("body:enterprise_standard", made.number)
    context = {"form": form, "back_url": reverse("body:enterprise_standards"), "crumbs": crumbs_of(REGISTER, ("登记企业标准", ""))}
    return render(request, "body/enterprise_standard_new.html", context)


@body_door
def enterprise_standard(request: Request, number: str) -> HttpResponseBase:
    """This page will show a standard with the map of its elements, and take it out of use. :raises Http404:"""
    body = register_of(request, REGISTER)
    found = queries.enterprise_standards_of(body).filter(number=number).first()
    if found is None:
        raise Http404
    ending = None
    if found.until is None:
        ending = Ending(
            f"停用{found.code}？",
            "停用之日起举行的考试不能再按它评定；此前的考试不受影响。",
            "停用",
            "停用日",
            lambda on, reason: operations.end_enterprise_standard(number=number, on=on, by=request.actor, at=request.now),
        )
    page = EntryPage(
        number=number,
        title=found.title,
        register=REGISTER,
        state=state_of(found, request.today),
        pairs=facts_of(found, request.today),
        evidence_hint=HINTS[REGISTER],
        ending=ending,
        template="body/enterprise_standard.html",
        extra={"elements": element_rows(found.elements, request.today), "findings": found.findings},
    )
    return entry_page(request, page, body)
