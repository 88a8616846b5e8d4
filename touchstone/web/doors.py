"""门: what every page does on entry: who may come through, and how a refusal is told.

`Request` is the request as pages see it. `authority_door` and its sisters let one audience in; `told` turns a refusal into a message.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.models import User
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import AlreadyDone
from touchstone.policy.roles import OfficeKind

P = ParamSpec("P")


class Request(HttpRequest):
    """A request with what the middleware put on it."""

    user: User  # type: ignore[assignment]
    now: datetime
    actor: Actor
    actors: list[Actor]

    @property
    def today(self) -> date:
        return self.now.date()


View = Callable[Concatenate[Request, P], HttpResponseBase]
PlainView = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def _door(kinds: frozenset[OfficeKind], name: str) -> Callable[[View[P]], PlainView[P]]:
    def guard(view: View[P]) -> PlainView[P]:
        @wraps(view)
        def enter(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.actor.office_kind not in kinds:
                return refused(request, NotAllowed(f"这里是{name}的工作页面，您当前身份为“{request.actor.label}”。", None, "请在右上角切换身份，或返回您的首页。"))
            try:
                return view(request, *args, **kwargs)
            except NotAllowed as refusal:
                return refused(request, refusal)

        return enter

    return guard


authority_door = _door(frozenset(k for k in OfficeKind if k.is_authority), "主管部门")
body_door = _door(frozenset({OfficeKind.ASSESSMENT_BODY}), "评价机构")
operators_door = _door(frozenset({OfficeKind.OPERATOR, OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}), "平台运行人员")


def refused(request: HttpRequest, refusal: Refusal, code: int = 403) -> HttpResponse:
    """This function will show a refusal as a page: the sentence, the clause, what to do next."""
    return render(request, "refused.html", {"refusal": refusal}, status=code)


@contextmanager
def told(request: HttpRequest) -> Iterator[None]:
    """This context will turn a refusal raised inside it into a message for the person, and a repeated request into a note.

    Use it around ONE operation call: `with told(request): operations.verb(...); messages.success(...)`; then redirect.
    """
    try:
        yield
    except AlreadyDone as done:
        messages.info(request, str(done))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        for line in refusal.details:
            messages.warning(request, line)
