"""监控缺口页: when was a camera silent, in which sitting, what does the body say, and what did the office find?"""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.accounts.actor import NotAllowed
from touchstone.exams.queries import serving
from touchstone.inspections.operations.cameras import explain_gap
from touchstone.inspections.operations.watching import see_gap
from touchstone.inspections.permissions import cameras as permissions
from touchstone.inspections.queries import cameras as queries
from touchstone.ledger.queries import history
from touchstone.policy.supervision.acts import ACTS
from touchstone.policy.supervision.records import LAW
from touchstone.web.doors import Request, either_door, own_side, side, told
from touchstone.web.events import told_with_receipt
from touchstone.web.oversight.tabs import crumbs
from touchstone.web.oversight.watch_words import gap_words
from touchstone.web.oversight.watching import watching_url

GAP_ACT = "camera_gaps"


@either_door
def camera_gap(request: Request, number: str) -> HttpResponseBase:
    """This page will show a gap, take the body's words, and what the office found. :raises NotAllowed: for one of another's sitting."""
    gap = queries.gap(number)
    if gap is None:
        raise NotAllowed("没有这段监控缺口，或者它不归您查看。", LAW, "请从监控页中打开。")
    sitting = serving.held_sitting(gap.sitting.number, request.actor)
    of_body = side(request) == "body"
    if request.method == "POST":
        with told(request):
            if of_body:
                explain_gap(number=number, words=request.POST.get("words", ""), by=request.actor, at=request.now)
                messages.success(request, "说明已记录，监管单位可以查看。")
            else:
                see_gap(number=number, words=request.POST.get("words", ""), by=request.actor, at=request.now)
                messages.success(request, "核实情况已记录。")
        return redirect(own_side(request, "camera_gap", number))
    back = ("考场摄像头", "cameras") if of_body else ("今日监控", "watch_today")
    context = {
        "gap": gap,
        "line": gap_words(gap, request.now),
        "sitting": sitting,
        "of_body": of_body,
        "may_see": not of_body and permissions.can_watch(request.actor, sitting, request.today),
        "hint": ACTS.on(request.today).value[GAP_ACT].label,
        "watching_url": "" if of_body else watching_url(sitting.number),
        "sitting_url": own_side(request, "sitting", sitting.number),
        "entries": [told_with_receipt(line) for line in history(number)],
        "crumbs": crumbs(request, *back, number),
        "request_key": uuid4(),
    }
    return render(request, "oversight/gap.html", context)
