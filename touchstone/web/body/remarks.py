"""成绩复核页: whose score is looked at again and why, how, and what came of it?"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.exams import permissions
from touchstone.exams.operations.remarks import answer_remark, ask_remark
from touchstone.exams.queries import remarks as queries
from touchstone.exams.queries.results import standing_entries
from touchstone.exams.queries.score_book import entered_by
from touchstone.exams.states import Part, PlanState, RemarkWay
from touchstone.notices.queries import objections_of
from touchstone.web.body.evaluation import around, own_plan
from touchstone.web.body.typed_mark import part_and_mark
from touchstone.web.doors import Request, body_door, told
from touchstone.web.forms import Form
from touchstone.web.plan_view import why_not
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.exams.models import Plan, Remark


class AskForm(Form):
    """Whose score is looked at again, and why."""

    seat = forms.ChoiceField(label="考生和科目")
    reason = forms.CharField(label="复核理由", max_length=200, help_text="例如“考生对理论成绩有异议，认为漏计一题”。")
    marker = forms.ChoiceField(label="复核评卷人", required=False, help_text="机考主观题由另一名评卷人重新评卷；其他情况不用选。")

    def __init__(self, *args: Any, plan: "Plan", at: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].choices = [  # type: ignore[attr-defined]
            (f"{who.ticket_number}|{one.sitting.part}", f"{who.name} {one.sitting.get_part_display()} {who.ticket_number}")
            for one in queries.seats_to_ask(plan)
            for who in (one.candidate,)
        ]
        exam = queries.computer_exam_of(plan)
        if exam is None:
            del self.fields["marker"]
        else:
            people = queries.may_mark_again(exam, at)
            self.fields["marker"].choices = [("", "不需要"), *((str(one.pk), str(one.person)) for one in people)]  # type: ignore[attr-defined]


@body_door
def remarks(request: Request, number: str) -> HttpResponseBase:
    """This page will list the re-marks of a plan, ask for one, and take what was found on a paper."""
    plan = own_plan(request, number)
    act = request.POST.get("act", "")
    objection = request.POST.get("objection", "") or request.GET.get("objection", "")
    form = AskForm(request.POST if act == "ask" else None, plan=plan, at=request.now)
    if act == "ask" and form.is_valid():
        given = form.cleaned_data
        ticket, part = given["seat"].split("|")
        with told_in(form):
            call: dict[str, Any] = {"ticket": ticket, "part": Part(part), "reason": given["reason"], "objection": objection}
            made = ask_remark(plan_number=number, marker=int(given.get("marker") or 0), by=request.actor, at=request.now, **call)
            messages.success(request, f"已提出复核：{RemarkWay(made.way).label}。")
            return redirect("body:remarks", number)
    if act == "answer":
        with told(request):
            _answer(request, plan)
        return redirect("body:remarks", number)
    return render(request, "body/remarks.html", around(plan, "remarks") | _shown(request, plan, form, objection))


def _shown(request: Request, plan: "Plan", form: AskForm, objection: str) -> dict[str, Any]:
    rows = list(queries.remarks(plan))
    standing = standing_entries(plan)
    entered = entered_by(list(standing.values()))
    may = not permissions.why_not(request.actor, "review_scores", plan)
    open_now = plan.state in {PlanState.HELD, PlanState.ANNOUNCED}
    return {
        "rows": [_row(request, plan, one, standing.get((one.seat.candidate_id, one.seat.sitting.part)), entered, may and open_now) for one in rows],
        "form": form,
        "objection": objections_of(plan.number).filter(number=objection, answered_at__isnull=True).first() if objection else None,
        "open_now": open_now,
        "why_not": why_not(request, "score", plan),
        "why_not_look": permissions.why_not(request.actor, "review_scores", plan),
    }


def _row(request: Request, plan: "Plan", one: "Remark", entry: Any, entered: dict[int, set[int]], may: bool) -> dict[str, Any]:
    own = entry is not None and request.actor.user_id in entered[entry.pk]
    sitting = one.seat.sitting
    where = {RemarkWay.ASSESSORS: "sitting_marks", RemarkWay.SCRIPT: "marking"}.get(RemarkWay(one.way), "")
    return {
        "remark": one,
        "candidate": one.seat.candidate,
        "part": sitting.get_part_display(),
        "part_key": sitting.part,
        "where": reverse(f"body:{where}", args=[plan.number, sitting.number]) if where and one.closed_at is None else "",
        "paper": one.way == RemarkWay.PAPER and one.closed_at is None,
        "may_answer": one.way == RemarkWay.PAPER and one.closed_at is None and may and not own,
        "own": own,
    }


def _answer(request: Request, plan: "Plan") -> None:
    post = request.POST
    part, mark = part_and_mark(post)
    done = answer_remark(
        plan_number=plan.number, ticket=post.get("ticket", ""), part=part, mark=mark, words=post.get("words", ""), by=request.actor, at=request.now
    )
    if done.before == done.after:
        messages.success(request, "复核已办结：成绩无误，结果告知考生。")
    else:
        messages.success(request, f"复核已办结：成绩由{done.before}分更正为{done.after}分，结果告知考生；请重新核定结论。")
