"""综合评审材料页: which papers does the panel want of me, by when, and what have I handed in?"""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.exams.operations.panel_papers import MOST, hand_in_paper, take_back_paper
from touchstone.exams.queries import own, panel
from touchstone.files.operations import LARGEST
from touchstone.kernel.rules import records
from touchstone.policy.exams.panel import PAPER_KINDS
from touchstone.web.candidate.evidence import given_file
from touchstone.web.doors import Request, candidate_door, told
from touchstone.web.downloads import send_attachment
from touchstone.web.plan_view import what_of

HINTS = {
    "thesis": "PDF，写明题目、摘要、正文、参考文献，本人独立完成",
    "summary": "PDF，写明所解决的技术问题、办法和效果",
    "achievements": f"获奖证书、专利、工法、带徒记录等，可以拍照，最多{MOST}份",
}


@candidate_door
def panel_papers(request: Request, number: str) -> HttpResponseBase:
    """This page will take and list the papers of the person who acts. :raises Http404: where no panel reviews them."""
    found = own.own_candidacy(number, request.actor)
    if not panel.takes_panel(found):
        raise Http404
    if request.method == "POST":
        _acted(request, number)
        return redirect("candidate:panel_papers", number)
    papers = panel.papers_of([found.pk]).get(found.pk, [])
    due = panel.due_on(found.plan, request.today)
    why_not = panel.why_no_papers(found)
    if not why_not and request.today > due:
        why_not = "提交期限已过，不能再提交或撤回。确有正当理由的，请联系评价机构代为提交。"
    context = {
        "candidate": found,
        "plan": found.plan,
        "what": what_of(found.plan),
        "finding": records([panel.completeness(found.plan, papers)]),
        "kinds": [
            {"key": key, "label": label, "hint": HINTS[key], "camera": key == "achievements", "papers": [one for one in papers if one.kind == key]}
            for key, label in PAPER_KINDS.items()
        ],
        "due": due,
        "why_not": why_not,
        "largest": LARGEST // 1048576,
        "request_key": uuid4(),
        "crumbs": [
            {"label": "我的报名", "url": reverse("candidate:registrations")},
            {"label": number, "url": reverse("candidate:registration", args=[number])},
            {"label": "综合评审材料", "url": ""},
        ],
    }
    return render(request, "candidate/panel_papers.html", context)


def _acted(request: Request, number: str) -> None:
    post, by, at = request.POST, request.actor, request.now
    if post.get("act") == "take_back":
        with told(request):
            taken = take_back_paper(number=number, attachment=post.get("attachment", ""), by=by, at=at)
            messages.success(request, f"已撤回“{taken.title}”。")
    elif (file := given_file(request)) is not None:
        with told(request):
            made = hand_in_paper(number=number, kind=post.get("kind", ""), title=post.get("title", ""), name=file[0], content=file[1], by=by, at=at)
            messages.success(request, f"{PAPER_KINDS[made.kind]}已提交，共{made.pages}页。")


@candidate_door
def panel_paper_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send a paper to the person whose it is. :raises Http404:"""
    found = own.own_candidacy(number, request.actor)
    papers = panel.papers_of([found.pk]).get(found.pk, [])
    kept = next((one.attachment for one in papers if one.attachment.number == attachment), None)
    if kept is None:
        raise Http404
    return send_attachment(kept)
