"""公告管理: what do the city's offices announce to all?"""

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from touchstone.notices import operations, permissions, queries
from touchstone.web.doors import Request, operators_door, told
from touchstone.web.forms import Form
from touchstone.web.paging import CappedPaginator, page_size


class AnnouncementForm(Form):
    """A new announcement."""

    title = forms.CharField(label="标题", max_length=200)
    content = forms.CharField(label="正文", widget=forms.Textarea(attrs={"rows": 12}))


@operators_door
def announcements(request: Request) -> HttpResponseBase:
    """This page will list the announcements that stand."""
    found = queries.announcements()
    page = CappedPaginator(found, found, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    return render(request, "operators/announcements.html", {"page": page, "can_announce": permissions.can_announce(request.actor)})


@operators_door
def announcement_new(request: Request) -> HttpResponseBase:
    """This page will publish an announcement."""
    permissions.check_may_announce(request.actor)
    form = AnnouncementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told(request):
            given = form.cleaned_data
            operations.publish_announcement(title=given["title"], content=given["content"], by=request.actor, at=request.now)
            messages.success(request, "公告已发布，公众可以看到。")
            return redirect("operators:announcements")
    context = {"form": form, "title": "发布公告", "button": "发布", "back": "operators:announcements"}
    return render(request, "operators/form.html", context)


@require_POST
@operators_door
def withdraw(request: Request, number: str) -> HttpResponseBase:
    """This page will withdraw an announcement."""
    with told(request):
        operations.withdraw_announcement(number=number, reason=request.POST.get("reason", ""), by=request.actor, at=request.now)
        messages.success(request, "公告已撤下。")
    return redirect("operators:announcements")
