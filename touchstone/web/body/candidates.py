"""考生与资格审核: who is registered, what is still open, and what can be done with many at once?"""

from typing import TYPE_CHECKING, Any

import django_filters
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.exams.operations.eligibility_review import review_batch
from touchstone.exams.operations.exports import record_export
from touchstone.exams.operations.outcomes import counted
from touchstone.exams.queries import plans as plan_queries
from touchstone.exams.queries import registration as queries
from touchstone.exams.queries import winding
from touchstone.exams.queries.enquiries import STANDINGS, asked_of, candidates_with_questions, with_standing
from touchstone.exams.states import CandidateState, PlanState
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.policy.eligibility.admission import Ground
from touchstone.policy.eligibility.conditions import conditions_for
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.outside import Register
from touchstone.web.doors import Request, body_door
from touchstone.web.enquiry_words import summary_of
from touchstone.web.plan_view import why_not
from touchstone.web.tables import BatchAction, Column, DayColumn, Empty, NameColumn, StateColumn, Table, chosen_rows, list_page

if TYPE_CHECKING:
    from touchstone.exams.models import Candidate, Plan

TONES = {"registered": "neutral", "eligible": "ok", "unproven": "warn", "ineligible": "danger", "withdrawn": "neutral"}
STATES = {state.value: (state.label, TONES[state.value]) for state in CandidateState}
_GROUNDS = {ground.value: (ground.label, "neutral") for ground in Ground}
AT_ONCE = 500
"""Few enough to be shown beforehand by name and carried back unchanged."""
_ACTS = {
    "employment": ("用工证明已核", "写明核对了什么，例如“劳务派遣协议2026-01号，名单第1至30页”。"),
    "decide": ("重新判定", "按评价对象登记和证书登记库的最新内容重新判定，说明可以不填。"),
    "refuse": ("不予通过", "写明理由，会告知考生，例如“未在报名截止前补交工作年限证明”。"),
    "withdraw": ("办理退出", "写明理由，例如“本人申请”“已离职”。"),
}


class CandidateTable(Table):
    """Candidates; identity masked."""

    number = Column("考生编号")
    name = NameColumn("姓名", order_by="name_key")
    id_masked = Column("证件号码", accessor="person__id_masked", orderable=False)
    employment = Column("用工形式")
    employer = Column("所在单位")
    ground = StateColumn(_GROUNDS, "参评来源")
    condition = Column("申报条件")
    satisfied_condition = Column("符合条件", default="—")
    state = StateColumn(STATES, "资格")
    asks = Column("待补材料或理由", accessor="findings", orderable=False)
    enquiries = Column("外部核查", accessor="questions", orderable=False, empty_values=())
    applied_on = DayColumn("申报日期")
    ticket_number = Column("准考证号", default="—")
    entered_oneself = StateColumn({"True": ("本人报名", "info"), "False": ("机构登记", "neutral")}, "报名方式")
    admitted_by = Column("参评依据", default="—")
    folded = ("ground", "ticket_number", "applied_on", "entered_oneself", "admitted_by")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("body:candidate", args=[value]), value)

    def value_number(self, value: str) -> str:
        return value

    def render_asks(self, record: "Candidate") -> str:
        return short_reason(record)

    def render_enquiries(self, record: "Candidate") -> str:
        return summary_of(record.questions)  # type: ignore[attr-defined]

    def value_enquiries(self, record: "Candidate") -> str:
        return summary_of(record.questions)  # type: ignore[attr-defined]

    def value_asks(self, record: "Candidate") -> str:
        return short_reason(record)


class CandidateFilter(django_filters.FilterSet):
    """Narrowing the list of candidates."""

    name = django_filters.CharFilter(label="姓名", method="named")
    number = django_filters.CharFilter(label="考生编号", lookup_expr="startswith")
    state = django_filters.MultipleChoiceFilter(label="资格", choices=[(s.value, s.label) for s in CandidateState])
    condition = django_filters.CharFilter(label="申报条件", lookup_expr="startswith", help_text="如4-1")
    ground = django_filters.ChoiceFilter(label="参评来源", choices=[(g.value, g.label) for g in Ground])
    employment = django_filters.CharFilter(label="用工形式")
    employer = django_filters.CharFilter(label="所在单位", lookup_expr="icontains")
    enquiry = django_filters.ChoiceFilter(label="外部核查", choices=list(STANDINGS.items()), method="standing")
    register = django_filters.ChoiceFilter(label="外部登记", choices=[(r.value, r.label) for r in Register], method="of_register")

    def named(self, found: Any, name: str, value: str) -> Any:
        return found.filter(name_key__contains=name_key(value))

    def standing(self, found: Any, name: str, value: str) -> Any:
        return with_standing(found, self.form.cleaned_data.get("register") or "", value)

    def of_register(self, found: Any, name: str, value: str) -> Any:
        """Narrows together with how the question stands; alone, to everybody about whom the register was asked."""
        return found if self.form.cleaned_data.get("enquiry") else asked_of(found, value)


def short_reason(candidate: "Candidate") -> str:
    """This function will say in one line what a candidate's decision hangs on: what to hand in, or why not."""
    if candidate.state in {CandidateState.ELIGIBLE, CandidateState.WITHDRAWN}:
        return "—"
    wanted = "unproven" if candidate.state == CandidateState.UNPROVEN else "unmet"
    found = [one for one in candidate.findings if one["outcome"] == wanted]
    claimed = [one for one in found if one.get("condition") in {None, candidate.condition}] or found
    return "；".join(dict.fromkeys(one["ask_for"] or one["reason"] for one in claimed)) or "—"


@body_door
def candidates(request: Request, number: str) -> HttpResponseBase:
    """This page will list a plan's candidates with what is open, and hand many of them to one act."""
    plan = plan_queries.plan(number, request.actor)
    found = candidates_with_questions(plan)
    if request.method == "POST":
        return _batch(request, plan, found)
    refusal = why_not(request, "review", plan)
    open_now = plan.state == PlanState.REPORTED and not refusal

    def on_record(kind: str, count: int) -> None:
        record_export(case=number, what="candidates", kind=kind, count=count, by=request.actor, at=request.now)

    acts = _ACTS if open_now else {"withdraw": _ACTS["withdraw"]} if winding.stopped(plan, request.today) else {}
    batch = [BatchAction(key, label, "danger" if key in {"refuse", "withdraw"} else "") for key, (label, _) in acts.items()]
    extra = {
        "plan": plan,
        "counts": queries.counts(plan),
        "contradicted": with_standing(queries.candidates(plan), "", "contradicted").count(),
        "why_not": refusal,
        "open_now": open_now,
        "crumbs": _crumbs(number),
        "conditions": conditions_for(Level(plan.level), plan.registration_closes_on),
    }
    return list_page(
        request,
        queryset=found,
        table=CandidateTable,
        filterset=CandidateFilter,
        title="考生与资格审核",
        unit="人",
        empty=Empty("还没有考生", "请上传报名表，或逐人登记。", "去报名", reverse("body:registration", args=[number])),
        batch=batch,
        exported=on_record,
        template="body/candidates.html",
        extra=extra,
    )


def _batch(request: Request, plan: "Plan", found: Any) -> HttpResponseBase:
    """The first post shows who is meant and asks for the words; the second does it and shows an outcome for each."""
    act = request.POST.get("action", "")
    if act not in _ACTS:
        return redirect("body:candidates", plan.number)
    chosen = list(chosen_rows(request, queryset=found, filterset=CandidateFilter).order_by("id")[: AT_ONCE + 1])
    if len(chosen) > AT_ONCE:
        messages.error(request, f"一次最多办理{AT_ONCE}人。请用查询条件缩小范围，分几次办理。")
        return redirect("body:candidates", plan.number)
    label, hint = _ACTS[act]
    context: dict[str, Any] = {"plan": plan, "chosen": chosen, "act": act, "label": label, "hint": hint, "wanted": act != "decide"}
    context["crumbs"] = [*_crumbs(plan.number, linked=True), {"label": label, "url": ""}]
    if request.POST.get("confirmed"):
        numbers = [one.number for one in chosen]
        try:
            words = request.POST.get("words", "")
            results = review_batch(numbers=numbers, act=act, reason=words, remark=words, by=request.actor, at=request.now)
            context |= {"results": results, "figures": counted(results)}
        except Refusal as refusal:
            context["refusal"] = refusal
    return render(request, "body/candidates_batch.html", context)


def _crumbs(number: str, *, linked: bool = False) -> list[dict[str, str]]:
    return [
        {"label": "认定计划", "url": reverse("body:plans")},
        {"label": number, "url": reverse("body:plan", args=[number])},
        {"label": "考生与资格审核", "url": reverse("body:candidates", args=[number]) if linked else ""},
    ]
