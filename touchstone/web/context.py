"""页面公共内容: what does every page show: who I am, where I can go, what waits for me?"""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.urls import reverse

from touchstone.accounts.actor import VISITOR, Actor
from touchstone.jobs.adapters.identity import configured
from touchstone.ledger.queries import is_synthetic
from touchstone.notices.queries import count_unread
from touchstone.tasks.queries import count_waiting
from touchstone.web.navigation import audience_of, navigation

_WAITING = {
    "public": "public:home",
    "body": "body:inbox",
    "authority": "authority:inbox",
    "expert": "expert:home",
    "candidate": "candidate:home",
    "operators": "operators:home",
    "adviser": "adviser:home",
}


def door(request: HttpRequest) -> dict[str, Any]:
    """This function will give templates `door`: actor, offices to switch to, navigation, counts, the demo mark."""
    actor = getattr(request, "actor", VISITOR)
    user = getattr(request, "user", None)
    known = isinstance(user, get_user_model()) and actor.office_id != 0
    return {
        "door": {
            "actor": actor,
            "actors": getattr(request, "actors", []),
            "nav": navigation(actor, request.path),
            "public_nav": navigation(VISITOR, request.path),
            "waiting_url": reverse(_WAITING[audience_of(actor)]),
            "messages_url": reverse("messages") if known else "",
            "waiting": _waiting(request, actor) if known else 0,
            "unread": count_unread(user) if known and isinstance(user, get_user_model()) else 0,
            "identity": not known and configured() is not None,
            "demo": settings.DEMO and is_synthetic(),
            "now": getattr(request, "now", None),
        }
    }


def _waiting(request: HttpRequest, actor: Actor) -> int:
    """How much waits for the person; a page that has counted it already says so on the request."""
    counted = getattr(request, "waiting", None)
    return count_waiting(actor) if counted is None else int(counted)
