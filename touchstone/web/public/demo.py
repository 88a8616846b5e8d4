"""演示登录: one click into a synthetic city, on this machine only."""

import os
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from touchstone.accounts.queries import user_named
from touchstone.jobs.schedule import run_what_is_due
from touchstone.ledger.operations import move_clock
from touchstone.ledger.queries import is_synthetic
from touchstone.parameters.queries import calendar
from touchstone.simulation.cast import DEMO_PEOPLE
from touchstone.web.doors import Request, told
from touchstone.web.public.login import come_in

_LOOPBACK = {"127.0.0.1", "::1"}


def allowed(request: HttpRequest) -> bool:
    """This function will say whether demo log-in stands open: demo mode, bound to loopback, asked from it, synthetic data."""
    return (
        settings.DEMO
        and os.environ.get("TOUCHSTONE_BOUND", "") in _LOOPBACK
        and request.META.get("REMOTE_ADDR") in _LOOPBACK
        and is_synthetic()
    )


def demo_people(request: Request) -> HttpResponseBase:
    """This page will list the demo people: name, office, what they can try. :raises Http404: outside a demo."""
    if not allowed(request):
        raise Http404
    return render(request, "public/demo_people.html", {"people": DEMO_PEOPLE})


@require_POST
def demo_log_in(request: Request, username: str) -> HttpResponseBase:
    """This page will log a demo person in. :raises Http404: outside a demo, or for anyone else."""
    if not allowed(request) or username not in {person.username for person in DEMO_PEOPLE}:
        raise Http404
    user = user_named(username)
    if user is None:
        raise Http404
    come_in(request, user)
    return redirect("home")


@require_POST
def demo_clock(request: Request) -> HttpResponseBase:
    """This page will move a synthetic city's clock to nine in the morning some working days ahead and do what falls due."""
    if not allowed(request):
        raise Http404
    days = {"1": 1, "5": 5, "20": 20}.get(request.POST.get("days", "1"), 1)
    target = calendar().add_working_days(request.today, days)
    ahead = request.now.replace(year=target.year, month=target.month, day=target.day, hour=9, minute=0) - request.now
    with told(request):
        move_clock(by=request.actor.with_key(""), at=request.now, ahead=max(ahead, timedelta()))
        run_what_is_due()
        messages.success(request, f"演示时钟已拨到{target:%Y年%m月%d日}，到期事项已办理。")
    back = request.POST.get("next", "/home")
    return redirect(back if back.startswith("/") and not back.startswith("//") else "/home")
