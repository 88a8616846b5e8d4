"""一考双证: by which second standard is this plan's exam judged, what is still to be marked for it, and who meets it?"""

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.exams.operations.dual import (
    ElementLine,
    add_second_standard,
    correct_element_score,
    drop_second_standard,
    enter_element_scores,
)
from touchstone.exams.queries.dual import SETTABLE, element_marks, elements_of, own_elements, second_of, second_outcomes, standards_for
from touchstone.exams.queries.results import scores_by_candidate
from touchstone.exams.queries.results import shown as score_shown
from touchstone.exams.queries.sittings import entrants
from touchstone.exams.states import PlanState
from touchstone.policy.exams.dual import score_for
from touchstone.sheets.cleaning import Unreadable
from touchstone.sheets.scores import read_score
from touchstone.web.body.evaluation import around, own_plan
from touchstone.web.body.typed_mark import mark_typed
from touchstone.web.doors import Request, body_door, told
from touchstone.web.enterprise_standard_view import second_shown
from touchstone.web.paging import CappedPaginator, page_size
from touchstone.web.plan_view import why_not

if TYPE_CHECKING:
    from touchstone.exams.models import Candidate, Plan, SecondStandard

_TONES = {"passed": "ok", "failed": "danger", "absent": "warn"}


@body_door
def dual(request: Request, number: str) -> HttpResponseBase:
    """This page will set the second standard of a plan, take the marks of its own elements, and show what everyone came to by it."""
    plan = own_plan(request, number)
    results: list[Any] = []
    if request.method == "POST":
        results = _act(request, plan)
        if not results:
            return redirect("body:dual", number)
    second = second_of(plan)
    settable = plan.state in SETTABLE
    context = around(plan, "dual") | {
        "second": second_shown(second, request.today),
        "settable": settable,
        "choices": standards_for(plan) if settable and second is None else [],
        "why_not_set": why_not(request, "change_plan", plan),
        "why_not_score": why_not(request, "score", plan),
        "open_now": plan.state == PlanState.HELD,
        "results": results,
        "request_key": uuid4(),
        **(_marks(request, plan, second) if second and plan.state not in SETTABLE else {}),
    }
    return render(request, "body/dual.html", context)


def _marks(request: Request, plan: "Plan", second: "SecondStandard") -> dict[str, Any]:
    people = entrants(plan)
    page = CappedPaginator(people, people, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    scores, marks, outcomes = scores_by_candidate(plan), element_marks(plan), second_outcomes(plan)
    elements = elements_of(second)
    lines = []
    for one in page:
        outcome = outcomes.get(one.pk)
        cells = []
        for place, element in enumerate(elements):
            score = score_for(element, scores.get(one.pk, {}), marks.get(one.pk, {}), plan.exam_on)
            open_cell = element.takes is None and score.mark is None and not score.absent and not score.voided_by
            cells.append({"element": element, "text": score_shown(score), "open": open_cell, "name": f"mark-{one.pk}-{place}"})
        lines.append({"candidate": one, "cells": cells, "outcome": outcome, "tone": _TONES[outcome.result] if outcome else "neutral"})
    return {
        "page": page,
        "lines": lines,
        "elements": elements,
        "own": own_elements(second),
        "to_mark": any(cell["open"] for line in lines for cell in line["cells"]),
        "marked": [line["candidate"] for line in lines if marks.get(line["candidate"].pk)],
        "met": sum(one.result == "passed" for one in outcomes.values()),
        "concluded": len(outcomes),
    }


def _act(request: Request, plan: "Plan") -> list[Any]:
    """Do what was asked; the outcome of each line where not every one was taken."""
    act, post, number, by, at = request.POST.get("act", ""), request.POST, plan.number, request.actor, request.now
    with told(request):
        if act == "set":
            made = add_second_standard(plan_number=number, standard=post.get("standard", ""), by=by, at=at)
            messages.success(request, f"本计划的考试也按{made.standard.code}评定，对应企业等级“{made.grade}”。")
        elif act == "drop":
            drop_second_standard(plan_number=number, reason=post.get("reason", ""), by=by, at=at)
            messages.success(request, "已取消，本计划只按国家标准评价。")
        elif act == "enter":
            lines, wrong = _typed(request, plan)
            found = enter_element_scores(plan_number=number, lines=lines, by=by, at=at) if lines else []
            saved = sum(one.done for one in found)
            if saved:
                messages.success(request, f"已保存{saved}人的企业标准成绩，请在“成绩登记”页核定结论。")
            return [*wrong, *(one for one in found if not one.done)]
        elif act == "correct":
            given = {"ticket": post.get("ticket", ""), "element": post.get("element", ""), "reason": post.get("reason", "")}
            mark = mark_typed(given["element"], post.get("mark", ""))
            correct_element_score(plan_number=number, mark=mark, **given, by=by, at=at)
            messages.success(request, "成绩已更正，原成绩保留；请重新核定结论。")
    return []


def _read_mark(text: str) -> Decimal | None:
    """Read a mark as typed; None when it is none."""
    try:
        return read_score("成绩", text)
    except Unreadable:
        return None


def _typed(request: Request, plan: "Plan") -> tuple[list[ElementLine], list[dict[str, Any]]]:
    """The lines in which something was typed, and those in which it is no mark."""
    second = second_of(plan)
    lines, wrong = [], []
    for one in entrants(plan):
        marks: dict[str, Decimal] = {}
        fault = ""
        for place, element in enumerate(elements_of(second) if second else []):
            text = request.POST.get(f"mark-{one.pk}-{place}", "").strip()
            if not text:
                continue
            mark = _read_mark(text)
            if mark is None:
                fault = f"“{element.name}”的“{text}”不是0到100的分数。"
            else:
                marks[element.name] = mark
        if fault:
            wrong.append(_refused(one, fault))
        elif marks:
            lines.append(ElementLine(one.ticket_number or "", marks))
    return lines, wrong


def _refused(one: "Candidate", sentence: str) -> dict[str, Any]:
    return {"key": one.ticket_number, "name": one.name, "done": False, "sentence": sentence}


def dual_page_of(plan: "Plan") -> str:
    """This function will give the address of a plan's page of two standards, where it has them or a pilot lets it; else nothing."""
    if second_of(plan) is not None or (plan.state in SETTABLE and standards_for(plan)):
        return reverse("body:dual", args=[plan.number])
    return ""
