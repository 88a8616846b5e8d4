"""结果与公示: who passed, what stands before the public, what was objected, and which certificates were issued?"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.certificates.queries import count_of_plan
from touchstone.exams import permissions
from touchstone.exams.operations.issuing import issue_certificates
from touchstone.exams.operations.results import announce_results, answer_objection, withdraw_results
from touchstone.exams.queries.dual import second_of, second_outcomes
from touchstone.exams.queries.issuing import passed_without_certificate
from touchstone.exams.queries.remarks import of_objections
from touchstone.exams.queries.results import MATTER, result_counts, scores_by_candidate, with_courses
from touchstone.exams.queries.score_book import announceable
from touchstone.exams.queries.sittings import entrants, plan_parts
from touchstone.exams.states import PlanState, Result
from touchstone.jobs.certificates import DIRECTLY, printed_parts, start_printing
from touchstone.notices.queries import objections_of, of_case
from touchstone.policy.eligibility.apprenticeship import certified_at
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.results import Score
from touchstone.web.body.evaluation import around, own_plan
from touchstone.web.doors import Request, body_door, told
from touchstone.web.downloads import send_attachment
from touchstone.web.paging import CappedPaginator, page_size
from touchstone.web.plan_view import why_not

if TYPE_CHECKING:
    from touchstone.exams.models import Plan

_RESULTS = {"passed": ("合格", "ok"), "failed": ("不合格", "danger"), "absent": ("缺考", "warn"), "": ("待核定", "neutral")}
_COMMON = ("经复核评分记录，成绩无误。", "经复核，登分有误，中止公示并更正。", "异议内容与本次评价无关。")


@body_door
def results(request: Request, number: str) -> HttpResponseBase:
    """This page will show the results of a plan, announce them, answer objections and issue certificates."""
    plan = own_plan(request, number)
    if request.method == "POST":
        _act(request, plan)
        return redirect("body:results", number)
    return render(request, "body/results.html", around(plan, "results") | _shown(request, plan))


def _shown(request: Request, plan: "Plan") -> dict[str, Any]:
    people = entrants(plan)
    chosen = request.GET.get("result", "")
    if chosen in {one.value for one in Result}:
        people = people.filter(result=chosen)
    page = CappedPaginator(people, people, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    known, parts, by_second = scores_by_candidate(plan), plan_parts(plan), second_outcomes(plan)
    lines = [
        {
            "candidate": one,
            "marks": [(part.label, with_courses(known.get(one.pk, {}).get(part, Score()))) for part in parts],
            "label": _RESULTS[one.result][0],
            "tone": _RESULTS[one.result][1],
            "second": by_second.get(one.pk),
        }
        for one in page
    ]
    state, by = PlanState(plan.state), request.actor
    reviewed = announceable(plan)
    objections = list(objections_of(plan.number))
    asked = of_objections([one.number for one in objections])
    for one in objections:
        one.remarks = asked.get(one.number, [])  # type: ignore[attr-defined]
    certified = state == PlanState.CERTIFIED
    counted = count_of_plan(plan.number) if certified else {"all": 0, "revoked": 0}
    return {
        "page": page,
        "lines": lines,
        "parts": parts,
        "counts": result_counts(plan),
        "second": second_of(plan),
        "met_second": sum(one.result == Result.PASSED for one in by_second.values()),
        "notices": of_case(plan.number).filter(matter=MATTER),
        "objections": objections,
        "not_reviewed": "" if reviewed.outcome == "met" else f"{reviewed.reason}。",
        "review_clause": reviewed.clause,
        "common": _COMMON,
        "certified": certified,
        "record_alone": plan.is_for_apprentices and not certified_at(Level(plan.level), plan.exam_on),
        "certificates": counted,
        "without": passed_without_certificate(plan) if certified else [],
        "printing": printing_of(plan, counted["all"] - counted["revoked"]),
        "directly": counted["all"] <= DIRECTLY,
        "why_not_announce": why_not(request, "announce_results", plan),
        "why_not_issue": why_not(request, "issue_certificates", plan),
        "why_not_answer": permissions.why_not(by, "answer_objection", plan),
        "request_key": uuid4(),
    }


def printing_of(plan: "Plan", valid: int) -> dict[str, Any]:
    """This function will say how far the printing of a plan's certificates is."""
    parts = printed_parts(plan.number)
    done = sum(part.count for part in parts)
    return {"parts": parts, "done": done, "total": valid, "finished": bool(parts) and done >= valid, "begun": bool(parts)}


def _act(request: Request, plan: "Plan") -> None:
    by, at, number, post = request.actor, request.now, plan.number, request.POST
    acts: dict[str, Callable[[], object]] = {
        "announce": lambda: _say(request, announce_results(plan_number=number, by=by, at=at), "成绩已公示，期满后自动进入发证环节。"),
        "withdraw": lambda: _say(
            request, withdraw_results(plan_number=number, reason=post.get("reason", ""), by=by, at=at), "公示已中止，请更正成绩后重新公示。"
        ),
        "answer": lambda: _answer(request, plan),
        "issue": lambda: _issue(request, plan),
        "print": lambda: _say(request, start_printing(plan_number=number, by=by, at=at), "已开始打印，完成的部分可以先下载。"),
    }
    act = acts.get(post.get("act", ""))
    if act is not None:
        with told(request):
            act()


def _say(request: Request, done: object, words: str) -> None:
    messages.success(request, words)


def _answer(request: Request, plan: "Plan") -> None:
    number, upheld = request.POST.get("objection", ""), request.POST.get("upheld") == "1"
    objections_of(plan.number).get(number=number)
    answer_objection(number=number, upheld=upheld, answer=request.POST.get("answer", ""), by=request.actor, at=request.now)
    messages.success(request, "异议成立，公示已中止，请更正成绩后重新公示。" if upheld else "异议已答复，公示继续。")


def _issue(request: Request, plan: "Plan") -> None:
    outcomes = issue_certificates(plan_number=plan.number, by=request.actor, at=request.now)
    refused = [one for one in outcomes if one.sentence]
    if plan.is_for_apprentices:
        messages.success(request, "合格学徒的等级已定，记入学徒名册。")
    messages.success(request, f"已核发证书{len(outcomes) - len(refused)}本" + (f"，{len(refused)}人没有发证，原因见下。" if refused else "。"))


@body_door
def printing_progress(request: Request, number: str) -> HttpResponseBase:
    """This page will answer the polling for the printing of a plan's certificates."""
    plan = own_plan(request, number)
    counted = count_of_plan(plan.number)
    context = {"plan": plan, "printing": printing_of(plan, counted["all"] - counted["revoked"])}
    return render(request, "body/printing.html", context)


@body_door
def printed_part(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will give one printed part of a plan's certificates to those who may print."""
    plan = own_plan(request, number)
    permissions.check_may(request.actor, "score", plan)
    found = next((part for part in printed_parts(plan.number) if part.attachment.number == attachment), None)
    if found is None:
        messages.error(request, "没有这份打印文件，请重新打印。")
        return redirect(reverse("body:results", args=[number]))
    return send_attachment(found.attachment)
