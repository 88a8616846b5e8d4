"""综合评审页: whose papers are in, how far has the panel read and heard them, what has it concluded, and what is to be printed?"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.exams.facts.panel_papers import WORDS, defence_minutes, panel_summary
from touchstone.exams.operations.panel_papers import hand_in_paper
from touchstone.exams.queries import panel as queries
from touchstone.exams.queries.assessors import assessors_of
from touchstone.exams.queries.marks import panels, sheet_of
from touchstone.exams.queries.sittings import plan_parts, sittings, where_and_when
from touchstone.exams.states import Part, PlanState
from touchstone.kernel.law import Refusal
from touchstone.policy.exams.panel import PAPER_KINDS
from touchstone.web.body.evaluation import around, own_plan
from touchstone.web.candidate.evidence import given_file
from touchstone.web.doors import Request, body_door, told
from touchstone.web.downloads import send_printed
from touchstone.web.plan_view import why_not
from touchstone.web.templatetags.look import OUTCOME_TONES

if TYPE_CHECKING:
    from touchstone.exams.models import Plan, Sitting


@body_door
def panel(request: Request, number: str) -> HttpResponseBase:
    """This page will show the papers and the panels of a plan, and take a paper for somebody. :raises Http404: for a level that has no panel."""
    plan = own_plan(request, number)
    if Part.PANEL not in plan_parts(plan):
        raise Http404
    if request.method == "POST":
        _acted(request, plan)
        return redirect("body:panel", number)
    due = queries.due_on(plan, request.today)
    lines = queries.papers_of_plan(plan)
    read = queries.readings_of(plan)
    context = around(plan, "panel") | {
        "due": due,
        "late": request.today > due,
        "kinds": list(PAPER_KINDS.items()),
        "lines": [
            {
                "candidate": one.candidate,
                "finding": one.finding,
                "papers": [{"row": paper, "label": PAPER_KINDS[paper.kind], "read": read.get(paper.pk, 0)} for paper in one.papers],
            }
            for one in lines
        ],
        "lacking": sum(one.finding.outcome != "met" for one in lines),
        "sittings": [_sitting(one) for one in sittings(plan).filter(part=Part.PANEL).select_related("plan")],
        "why_not": why_not(request, "score", plan),
        "open_now": plan.state in {PlanState.REPORTED, PlanState.REVIEWED, PlanState.ARRANGED},
        "request_key": uuid4(),
    }
    return render(request, "body/panel.html", context)


def _sitting(found: "Sitting") -> dict[str, Any]:
    """A panel as the body sees it: marks, votes and conclusions only once they are whole."""
    people = assessors_of(found)
    marked = panels(found, sent=people)
    rows = []
    for one in queries.stands_of(found, people=people):
        score = marked[one.seat.pk].score.score
        concluded = queries.conclusion_of(one, score, found.plan.exam_on)
        whole = len(concluded) > 1
        rows.append({
            "seat": one.seat,
            "phase": one.phase,
            "defence": one.defence,
            "questions": len(one.questions),
            "score": score if whole else None,
            "conclusion": (WORDS[concluded[-1].outcome], OUTCOME_TONES[concluded[-1].outcome], concluded[-1].reason) if whole else None,
        })  # fmt: skip
    return {
        "row": found,
        "where": where_and_when(found),
        "members": len(people),
        "has_sheet": sheet_of(found) is not None,
        "rows": rows,
        "asked": bool(people),
    }


def _acted(request: Request, plan: "Plan") -> None:
    file, post = given_file(request), request.POST
    if file is None:
        return
    with told(request):
        wanted = post.get("candidate", "")
        if not any(one.candidate.number == wanted for one in queries.papers_of_plan(plan)):
            raise Refusal("请选择本计划的考生。", None, "请从列表中选择。")
        made = hand_in_paper(
            number=wanted, kind=post.get("kind", ""), title=post.get("title", ""), name=file[0], content=file[1], by=request.actor, at=request.now,
            reason=post.get("reason", ""),
        )  # fmt: skip
        messages.success(request, f"已代{made.candidate.name}提交{PAPER_KINDS[made.kind]}。")


@body_door
def panel_summary_paper(request: Request, number: str, sitting: str) -> HttpResponseBase:
    """This page will print the 综合评审汇总表 of a panel. :raises Http404: for another's sitting."""
    plan = own_plan(request, number)
    found = _panel_sitting(plan, sitting)
    return _pressed(request, number, f"综合评审汇总表 {sitting}.pdf", lambda: panel_summary(plan, found))


@body_door
def defence_minutes_paper(request: Request, number: str, sitting: str, ticket: str) -> HttpResponseBase:
    """This page will print the 答辩记录 of a candidate, once everybody has signed. :raises Http404: for another's candidate."""
    plan = own_plan(request, number)
    found = _panel_sitting(plan, sitting)
    stand = next((one for one in queries.stands_of(found) if one.seat.candidate.ticket_number == ticket), None)
    if stand is None:
        raise Http404

    def minutes() -> bytes:
        if stand.signed is None or stand.signed.outcome != "met":
            raise Refusal("答辩记录还没有由组长和全体委员签字，不能打印。", None, "全部签字后再打印。")
        return defence_minutes(plan, found, stand)

    return _pressed(request, number, f"答辩记录 {ticket}.pdf", minutes)


def _panel_sitting(plan: "Plan", number: str) -> "Sitting":
    found = sittings(plan).filter(number=number, part=Part.PANEL).select_related("plan").first()
    if found is None:
        raise Http404
    return found


def _pressed(request: Request, number: str, name: str, press: Callable[[], bytes]) -> HttpResponseBase:
    with told(request):
        return send_printed(press, name)
    return redirect("body:panel", number)
