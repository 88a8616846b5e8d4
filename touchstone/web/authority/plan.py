"""计划: what will be evaluated on my ground, how far is it, and do I sign for it?"""

from secrets import token_bytes
from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.exams import permissions
from touchstone.exams.operations.asking import ask_for_supervisors
from touchstone.exams.operations.plan_report import sign_for_plan
from touchstone.exams.queries import plans as queries
from touchstone.exams.queries.courses import course_exams, history_of
from touchstone.exams.queries.dual import second_of
from touchstone.exams.queries.remarks import changed_scores, remarks
from touchstone.exams.queries.score_book import counted, standing_review
from touchstone.exams.queries.scripts import closed_at_computers
from touchstone.exams.queries.sittings import sittings, where_and_when
from touchstone.exams.states import Part, PlanState
from touchstone.experts.permissions import can, check_may_send_supervisors
from touchstone.experts.queries.dispatch import supervisions_for
from touchstone.filings.queries import root_of
from touchstone.filings.queries.supervised import watched_at
from touchstone.policy.districts import district_name
from touchstone.policy.supervision.who import Matter
from touchstone.web.dispatch_view import STATES
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.enterprise_standard_view import second_shown
from touchstone.web.plan_view import shown
from touchstone.web.supervision_view import card_of

if TYPE_CHECKING:
    from touchstone.exams.models import Plan


@authority_door
def plan(request: Request, number: str) -> HttpResponseBase:
    """This page will show a plan to those on whose ground it lies, and take the district's signature (签收)."""
    found = queries.plan(number, request.actor)
    if request.method == "POST":
        with told(request):
            if request.POST.get("act") == "supervise":
                return _supervise(request, found)
            sign_for_plan(number=number, opinion=request.POST.get("opinion", ""), by=request.actor, at=request.now)
            messages.success(request, "已签收。")
        return redirect("authority:plan", number)
    supervised = watched_at(Matter.SITTING, found.title, found.body, root_of(found.scope_item.filing), found.venue.district)
    context = shown(request, found) | {
        "crumbs": [{"label": "认定计划", "url": reverse("authority:plans")}, {"label": number, "url": ""}],
        "second": second_shown(second_of(found), request.today),
        "exempted": history_of(found),
        "combined": course_exams(found),
        "why_not": _why_not(request, found),
        "watched": _watched(request, found),
        "supervisors": card_of(supervised, found.exam_on),
        "request_key": uuid4(),
        "at_computers": closed_at_computers(found),
        "score_names": True,
        "score_history": changed_scores(found),
        "score_remarks": list(remarks(found)),
        "score_review": (review := standing_review(found)),
        "review_far": counted(review) if review else None,
        "district": district_name(found.venue.district),
        "home": district_name(found.body.district),
    }
    return render(request, "authority/plan.html", context)


def _watched(request: Request, found: "Plan") -> list[dict[str, object]]:
    """The sittings of a settled arrangement, with the supervisors this office sends; nothing for whoever sends none."""
    if found.state != PlanState.ARRANGED or not can(check_may_send_supervisors, request.actor, found.body, found.venue):
        return []
    held = list(sittings(found))
    asked = supervisions_for((one.number for one in held), request.actor)
    return [
        {"sitting": one, "part": Part(one.part).label, "where": where_and_when(one), "asked": asked.get(one.number),
         "state": STATES[asked[one.number].state] if one.number in asked else None, "begun": one.starts_at <= request.now}
        for one in held
    ]  # fmt: skip


def _supervise(request: Request, found: "Plan") -> HttpResponseBase:
    number = sittings(found).get(number=request.POST.get("sitting", "")).number
    asked = ask_for_supervisors(sitting_number=number, secret=token_bytes(32), by=request.actor, at=request.now)
    messages.success(request, "已申请派督导员，平台在几分钟内随机抽取；评价机构看不到。")
    return redirect("authority:dispatch_request", asked.number)


def _why_not(request: Request, found: "Plan") -> str:
    if found.signed_for_at is not None:
        return "已签收，无需重复办理。"
    if found.state == PlanState.CANCELLED:
        return "计划已取消，无需签收。"
    return permissions.why_not(request.actor, "sign_for_plan", found)
