"""综合评审（委员）: what do I read before the day, who stands before us now, what is asked, and have I signed?

On the day the chair keeps the time, any member puts down questions, and each signs the minutes after handing in the own marks; nobody sees how
another votes before all have signed.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.exams import permissions
from touchstone.exams.operations import defences
from touchstone.exams.operations.panel_papers import open_paper
from touchstone.exams.queries import panel as queries
from touchstone.exams.queries.assessors import assessors_of
from touchstone.exams.queries.marks import panels
from touchstone.exams.queries.sittings import where_and_when
from touchstone.exams.states import SittingPhase
from touchstone.experts.queries import assignments_of
from touchstone.kernel.rules import records
from touchstone.policy.exams.panel import LEAST_QUESTIONS, PAPER_KINDS
from touchstone.policy.exams.parts import Part, least_minutes
from touchstone.web.doors import Request, told
from touchstone.web.downloads import send_attachment
from touchstone.web.expert.home import member_page

if TYPE_CHECKING:
    from touchstone.exams.models import Sitting
    from touchstone.exams.queries.panel import Stand
    from touchstone.experts.models import Assignment, Member


@member_page
def panel(request: Request, member: "Member", number: str) -> HttpResponseBase:
    """This page will list those who stand before my panel, in order, with their papers. :raises Http404: for somebody else's assignment."""
    sitting, assignment = _mine(request, member, number)
    stands = queries.stands_of(sitting)
    papers = queries.papers_of(one.seat.candidate_id for one in stands)
    read = queries.read_by(assignment, [paper for own in papers.values() for paper in own])
    context = {
        "assignment": assignment,
        "sitting": sitting,
        "where": where_and_when(sitting),
        "chair": assignment.leads,
        "lines": [
            {
                "seat": one.seat,
                "phase": one.phase,
                "signed": one.signature_of(assignment) is not None,
                "papers": _papers(papers.get(one.seat.candidate_id, []), read),
                "finding": queries.completeness(sitting.plan, papers.get(one.seat.candidate_id, [])),
            }
            for one in stands
        ],
        "unread": sum(paper.pk not in read for own in papers.values() for paper in own),
        "begun": sitting.phase is not SittingPhase.PLANNED,
        "crumbs": _crumbs(number, []),
    }
    return render(request, "expert/panel.html", context)


@member_page
def panel_paper_file(request: Request, member: "Member", number: str, attachment: str) -> HttpResponseBase:
    """This page will open a paper for me, and put that on record. :raises Http404: for somebody else's assignment."""
    sitting, _ = _mine(request, member, number)
    with told(request):
        return send_attachment(open_paper(sitting_number=sitting.number, attachment=attachment, by=request.actor, at=request.now).attachment)
    return redirect("expert:panel", number)


@member_page
def defence(request: Request, member: "Member", number: str, ticket: str) -> HttpResponseBase:
    """This page will hold one candidate's defence: the clock, the questions, the signing. :raises Http404: for one who is not before us."""
    sitting, assignment = _mine(request, member, number)
    if request.method == "POST":
        _act(request, sitting, ticket)
        return redirect("expert:defence", number, ticket)
    people = assessors_of(sitting)
    stand = next((one for one in queries.stands_of(sitting, people=people) if one.seat.candidate.ticket_number == ticket), None)
    if stand is None:
        raise Http404
    return render(request, "expert/defence.html", _shown(request, sitting, assignment, people, stand))


def _shown(request: Request, sitting: "Sitting", own: "Assignment", people: "list[Assignment]", stand: "Stand") -> dict[str, Any]:
    plan, chair = sitting.plan, queries.chair_of(people)
    papers = queries.papers_of([stand.seat.candidate_id]).get(stand.seat.candidate_id, [])
    marked = panels(sitting, [stand.seat], people)[stand.seat.pk]
    concluded = queries.conclusion_of(stand, marked.score.score, plan.exam_on)
    mine = marked.markings.get(own.number)
    number, whole = own.number, len(concluded) > 1
    least = least_minutes(Part.PANEL, queries.printed_minutes(plan), plan.exam_on).value
    return {
        "assignment": own,
        "sitting": sitting,
        "stand": stand,
        "seat": stand.seat,
        "defence": stand.defence,
        "phase": stand.phase,
        "papers": _papers(papers, queries.read_by(own, papers)),
        "completeness": records([queries.completeness(plan, papers)]),
        "signed_in": own.signed_in_at is not None,
        "chair": chair is not None and chair.pk == own.pk,
        "chair_name": chair.member.person.name if chair else "",
        "people": people,
        "least_minutes": least,
        "least_questions": LEAST_QUESTIONS.on(plan.exam_on).value,
        "short": stand.defence is not None and (request.now - stand.defence.begun_at).total_seconds() < least * 60,
        "open": sitting.phase is SittingPhase.OPENED,
        "marked": mine is not None and mine.handed_in_at is not None,
        "mine": stand.signature_of(own),
        "signatures": stand.signatures if whole else [],
        "waiting": [one.member.person.name for one in people if stand.signature_of(one) is None],
        "concluded": records(concluded) if whole else [],
        "minutes": stand.minutes,
        "request_key": uuid4(),
        "crumbs": _crumbs(number, [{"label": stand.seat.candidate.name, "url": ""}]),
    }


def _papers(papers: list[Any], read: set[int]) -> list[dict[str, Any]]:
    return [{"row": one, "label": PAPER_KINDS[one.kind], "read": one.pk in read} for one in papers]


def _crumbs(number: str, more: list[dict[str, str]]) -> list[dict[str, str]]:
    here = {"label": "综合评审", "url": reverse("expert:panel", args=[number]) if more else ""}
    task = {"label": number, "url": reverse("expert:assignment", args=[number])}
    return [{"label": "我的任务", "url": reverse("expert:assignments")}, task, here, *more]


def _mine(request: Request, member: "Member", number: str) -> "tuple[Sitting, Assignment]":
    found = assignments_of(member).filter(number=number).first()
    if found is None:
        raise Http404
    sitting = queries.panel_sitting_of(found.request.case)
    return sitting, permissions.check_reads_papers(request.actor, sitting)


def _act(request: Request, sitting: "Sitting", ticket: str) -> None:
    post = request.POST
    call: dict[str, Any] = {"sitting_number": sitting.number, "ticket": ticket, "by": request.actor, "at": request.now}
    words, question, struck = post.get("words", ""), post.get("question", ""), post.get("question_id", "")
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "begin": (lambda: defences.begin_defence(**call), "答辩开始，已计时。"),
        "ask": (
            lambda: defences.note_question(
                asked_by=post.get("asked_by", ""), question=question, answer=post.get("answer", ""), key=post.get("key", "") or uuid4().hex, **call
            ),
            "已记入答辩记录。",
        ),
        "strike": (lambda: defences.strike_question(question_id=int(struck) if struck.isdecimal() else 0, **call), "已从记录中删去。"),
        "end": (lambda: defences.end_defence(reason=post.get("reason", ""), **call), "答辩结束。请评审委员评分，然后签字。"),
        "sign": (lambda: defences.sign_minutes(agrees=post.get("agrees") == "yes", words=words, **call), "已在答辩记录上签字。"),
        "reopen": (lambda: defences.reopen_minutes(reason=post.get("reason", ""), **call), "答辩记录已退回，原签字作废，改后请全体重新签字。"),
    }
    chosen = acts.get(post.get("act", ""))
    if chosen is not None:
        with told(request):
            chosen[0]()
            messages.success(request, chosen[1])
