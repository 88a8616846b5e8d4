"""公众首页: what does anyone come for: verify a certificate, look a body up, read notices and announcements?"""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from touchstone.notices.queries import announcements, notices
from touchstone.web.public.verify import VerifyForm


def home(request: HttpRequest) -> HttpResponseBase:
    """This page will put verification first, then the register, the latest public notices and announcements."""
    context = {"form": VerifyForm(), "notices": notices().filter(closed_at__isnull=True)[:5], "announcements": announcements()[:5]}
    return render(request, "public/home.html", context)
