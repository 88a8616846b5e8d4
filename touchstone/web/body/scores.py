"""成绩登记: what did everyone score? By a grid that saves as one types, or by workbook."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from touchstone.exams import permissions
from touchstone.exams.operations.keying import compare_keyings, key_scores, needs_two, settle_difference
from touchstone.exams.operations.locking import unlock_scores
from touchstone.exams.operations.results import conclude
from touchstone.exams.operations.score_workbook import RETURNED, key_score_sheet, take_score_sheet
from touchstone.exams.operations.scores import ScoreLine, correct_score, enter_scores
from touchstone.exams.queries.marks import marked_parts, sittings_on_phones
from touchstone.exams.queries.results import corrections, result_counts, scores_by_candidate
from touchstone.exams.queries.score_book import differences, keyed, locks, own_keyings, standing_lock
from touchstone.exams.queries.sittings import entrants, plan_parts
from touchstone.exams.states import Part, PlanState
from touchstone.files.queries import of_case
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.policy.exams.parts import plain_mark
from touchstone.policy.exams.results import Score
from touchstone.sheets.cleaning import Unreadable
from touchstone.sheets.scores import Entrant, read_score, score_template
from touchstone.web.body.evaluation import around, own_plan
from touchstone.web.body.typed_mark import part_and_mark
from touchstone.web.doors import Request, body_door, told
from touchstone.web.downloads import XLSX, send, send_attachment
from touchstone.web.forms import Form
from touchstone.web.paging import CappedPaginator, page_size
from touchstone.web.plan_view import why_not
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.exams.models import Candidate, Plan

LARGEST = 20 * 1024 * 1024


class CorrectionForm(Form):
    """A score put right."""

    ticket = forms.CharField(label="准考证号", max_length=24)
    part = forms.ChoiceField(label="科目")
    mark = forms.DecimalField(label="更正后的成绩", min_value=0, max_value=100, decimal_places=1, max_digits=4)
    reason = forms.CharField(label="更正理由", max_length=200, help_text="例如“登分笔误，见技能评分记录第3页”。原成绩会保留。")

    def __init__(self, *args: Any, plan: "Plan", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [(part.value, part.label) for part in plan_parts(plan)]  # type: ignore[attr-defined]


@body_door
def scores(request: Request, number: str) -> HttpResponseBase:
    """This page will show the grid of scores, take a workbook, a correction, and conclude the results."""
    plan = own_plan(request, number)
    act = request.POST.get("act", "")
    initial = {"ticket": request.GET.get("correct", "")}
    form = CorrectionForm(request.POST if act == "correct" else None, plan=plan, initial=initial)
    if act == "correct" and form.is_valid():
        given = form.cleaned_data
        with told_in(form):
            call = {"ticket": given["ticket"].strip(), "part": Part(given["part"]), "mark": given["mark"], "reason": given["reason"]}
            correct_score(plan_number=number, **call, by=request.actor, at=request.now)
            messages.success(request, "成绩已更正，原成绩保留；请重新核定结论。")
            return redirect("body:scores", number)
    if act == "conclude":
        with told(request):
            counts = conclude(plan_number=number, by=request.actor, at=request.now)
            messages.success(request, f"成绩结论已核定，成绩已锁定：合格{counts['passed']}人，不合格{counts['failed']}人，缺考{counts['absent']}人。")
            return redirect("body:score_review", number)
        return redirect("body:scores", number)
    if act in {"compare", "settle", "unlock"}:
        with told(request):
            _two(request, number, act)
        return redirect("body:scores", number)
    report = _uploaded(request, plan) if act == "upload" else None
    return render(request, "body/scores.html", around(plan, "scores") | _shown(request, plan, form) | {"report": report})


def _two(request: Request, number: str, act: str) -> None:
    """Compare what two typed, settle where they differ, or unlock."""
    post, by, at = request.POST, request.actor, request.now
    if act == "compare":
        done = compare_keyings(plan_number=number, by=by, at=at)
        words = f"不一致{done.differing}项，请逐项核对原卷。" if done.differing else "没有不一致。"
        messages.success(request, f"两次录入一致{done.agreed}项，已登记；{words}")
    elif act == "settle":
        part, mark = part_and_mark(post)
        settle_difference(plan_number=number, ticket=post.get("ticket", ""), part=part, mark=mark, reason=post.get("reason", ""), by=by, at=at)
        messages.success(request, "已按第三次核对的结果登记。")
    else:
        unlock_scores(plan_number=number, reason=post.get("reason", ""), by=by, at=at)
        messages.success(request, "成绩已解锁；更正后须重新核定、重新抽查复核。")


def _shown(request: Request, plan: "Plan", form: CorrectionForm) -> dict[str, Any]:
    people, text = entrants(plan), request.GET.get("q", "").strip()
    if text:
        people = people.filter(ticket_number__endswith=text) if text.isdigit() else people.filter(name_key__contains=name_key(text))
    page = CappedPaginator(people, people, page_size(request.GET.get("per_page", "50"))).get_page(request.GET.get("page"))
    known = scores_by_candidate(plan)
    parts = plan_parts(plan)
    lock = standing_lock(plan)
    open_now, refusal = plan.state == PlanState.HELD and lock is None, why_not(request, "score", plan)
    two = open_now and needs_two(plan)
    mine = own_keyings(plan, request.actor.user_id) if two else {}
    far = keyed(plan, request.actor.user_id) if two else None
    differing = differences(plan) if two else []
    waiting = {(one.candidate.pk, one.part.value) for one in differing}
    marked = marked_parts(one.pk for one in page)
    missing = sum(1 for own in known.values() for score in own.values() if not score.absent and score.mark is None)
    return {
        "parts": parts,
        "page": page,
        "lines": [line_of(one, known.get(one.pk, {}), parts, marked, mine, waiting) for one in page],
        "lock": lock,
        "locks": locks(plan),
        "why_not_unlock": permissions.why_not(request.actor, "unlock_scores", plan),
        "held": plan.state == PlanState.HELD,
        "two": two,
        "far": far,
        "to_compare": far is not None and far.cells > 0 and far.twice == far.cells,
        "differences": differing,
        "on_phones": list(sittings_on_phones(plan)),
        "text": text,
        "missing": missing,
        "counts": result_counts(plan),
        "corrections": corrections(plan),
        "form": form,
        "open_now": open_now,
        "can_type": open_now and not refusal,
        "why_not": refusal,
        "returned": of_case(plan.number, RETURNED).reverse()[:3],
    }


def line_of(
    one: "Candidate",
    own: Mapping[Part, Score],
    parts: tuple[Part, ...],
    on_phones: Collection[tuple[int, str]],
    typed: Mapping[tuple[int, str], Decimal],
    waiting: Collection[tuple[int, str]] = (),
) -> dict[str, Any]:
    """This function will give one line of the grid; what assessors mark is not typed. `typed` is what the one who looks at it typed themselves;
    `waiting` is what two typed differently."""
    cells = [
        {
            "part": part,
            "score": own.get(part, Score()),
            "text": _text(own.get(part, Score())) or plain_mark(typed.get((one.pk, part.value))),
            "by_assessors": (one.pk, part.value) in on_phones,
            "waits": (one.pk, part.value) in waiting,
        }
        for part in parts
    ]
    marked = any(own.get(part, Score()).mark is not None for part in parts)
    entered = all(own.get(part, Score()).absent or own.get(part, Score()).mark is not None for part in parts)
    return {"candidate": one, "cells": cells, "complete": all(c["text"] for c in cells), "entered": entered, "has_mark": marked}


def _text(score: Score) -> str:
    return "缺考" if score.absent else plain_mark(score.in_the_exam)


def _uploaded(request: Request, plan: "Plan") -> Any:
    sent = request.FILES.get("workbook")
    if sent is None or sent.size is None:
        messages.error(request, "请选择填好的成绩表。")
        return None
    if sent.size > LARGEST:
        messages.error(request, "文件超过20MB，没有读取。成绩表只含文字，请删去多余的工作表或图片后再上传。")
        return None
    with told(request):
        alone = request.POST.get("how") != "key"
        call: dict[str, Any] = {"plan_number": plan.number, "name": sent.name or "", "content": sent.read(), "by": request.actor, "at": request.now}
        return take_score_sheet(**call) if alone else key_score_sheet(**call)
    return None


@require_POST
@body_door
def score_row(request: Request, number: str) -> HttpResponseBase:
    """This page will take one line of the grid and answer with that line: saved, or the sentence why not."""
    plan = own_plan(request, number)
    ticket, sentence, done = request.POST.get("ticket", ""), "", False
    try:
        line = ScoreLine(ticket, _typed(request, plan))
        if line.marks:
            call: dict[str, Any] = {"plan_number": number, "lines": [line], "by": request.actor, "at": request.now}
            (result,) = key_scores(**call) if needs_two(plan) else enter_scores(typed=True, **call)
            sentence, done = ("", True) if result.done else (result.sentence, False)
    except (Refusal, Unreadable) as fault:
        sentence = fault.sentence if isinstance(fault, Unreadable) else str(fault)
    one = entrants(plan).filter(ticket_number=ticket).first()
    if one is None:
        return HttpResponse(status=404)
    parts = plan_parts(plan)
    typed = own_keyings(plan, request.actor.user_id) if needs_two(plan) else {}
    line_shown = line_of(one, scores_by_candidate(plan).get(one.pk, {}), parts, marked_parts([one.pk]), typed)
    for cell in line_shown["cells"]:
        cell["text"] = cell["text"] or request.POST.get(cell["part"].value, "")
    context = {"plan": plan, "line": line_shown, "can_type": True, "two": needs_two(plan), "sentence": sentence, "saved": done}
    return render(request, "body/score_row.html", context)


def _typed(request: Request, plan: "Plan") -> dict[Part, Decimal | None]:
    found: dict[Part, Decimal | None] = {}
    for part in plan_parts(plan):
        text = request.POST.get(part.value, "").strip()
        if text:
            found[part] = read_score(part.label, text)
    return found


@body_door
def score_sheet(request: Request, number: str) -> HttpResponseBase:
    """This page will give the score sheet of a plan, prefilled with its candidates."""
    plan = own_plan(request, number)
    rows = [Entrant(one.ticket_number or "", one.name, one.person.id_masked) for one in entrants(plan) if one.ticket_number]
    content = score_template(plan.number, rows, Part.PANEL in plan_parts(plan))
    return send(content, XLSX, f"成绩登记表 {plan.number}.xlsx")


@body_door
def score_sheet_returned(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will give back a score sheet with its results. :raises Http404: for another plan's."""
    plan = own_plan(request, number)
    found = of_case(plan.number, RETURNED).filter(number=attachment).first()
    if found is None:
        raise Http404
    return send_attachment(found)
