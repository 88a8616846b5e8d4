"""我的培训: which courses may I join, which am I in, and how did I do?"""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.experts import operations, queries
from touchstone.web.doors import Request, told
from touchstone.web.expert.home import member_page

if TYPE_CHECKING:
    from touchstone.experts.models import Member


@member_page
def training(request: Request, member: "Member") -> HttpResponseBase:
    """This page will list the courses open to me and those I am in; enrol and leave here."""
    if request.method == "POST":
        course = request.POST.get("course", "")
        with told(request):
            if request.POST.get("act") == "leave":
                operations.leave_course(course=course, member=member.number, by=request.actor, at=request.now)
                messages.success(request, "已取消报名。")
            else:
                operations.enrol(course=course, member=member.number, by=request.actor, at=request.now)
                messages.success(request, "报名成功，请按时参加。")
        return redirect("expert:training")
    context = {
        "member": member,
        "courses": queries.courses_open_to(member, request.today),
        "enrolments": queries.enrolments_of(member),
        "admitted": queries.applications_of(member).filter(state="in_training").exists(),
        "today": request.today,
        "request_key": uuid4(),
    }
    return render(request, "expert/training.html", context)
