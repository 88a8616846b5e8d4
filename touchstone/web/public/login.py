"""登录: who comes in by password and second factor, and where do they go from there?"""

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from touchstone.web.doors import Request
from touchstone.web.middleware import OFFICE_KEY
from touchstone.web.navigation import audience_of

if TYPE_CHECKING:
    from touchstone.accounts.models import User

_BACKEND = "touchstone.accounts.backends.PasswordBackend"
_HOMES = {name: f"{name}:home" for name in ("public", "body", "authority", "expert", "candidate", "operators", "adviser")}


class Adapter(DefaultAccountAdapter):
    """Log-ins are opened by administrators and leaders of bodies; nobody signs up here alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def home(request: Request) -> HttpResponseBase:
    """This page will send a person to the first page of the office they act in."""
    return redirect(_HOMES[audience_of(request.actor)])


def come_in(request: Request, user: "User | None") -> None:
    """This function will log in somebody whom a page has made sure of: they have just chosen a log-in, or were proved elsewhere."""
    if user is not None:
        login(request, user, backend=_BACKEND)


@require_POST
def switch_office(request: Request) -> HttpResponseBase:
    """This page will let a person act in another of their offices."""
    chosen = next((actor for actor in request.actors if str(actor.office_id) == request.POST.get("office")), None)
    if chosen is None:
        messages.error(request, "您在该机构没有岗位，请联系其负责人或安全管理员。")
    else:
        request.session[OFFICE_KEY] = chosen.office_id
        messages.success(request, f"当前身份：{chosen.label}")
    return redirect("home")

