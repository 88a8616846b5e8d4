"""门: what every page does on entry: who may come through, and how a refusal is told.

`Request` is the request as pages see it. `authority_door` and its sisters let one audience in; `told` turns a refusal into a message.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import AlreadyDone
from touchstone.policy.roles import OfficeKind

if TYPE_CHECKING:
    from touchstone.accounts.models import User

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Request(HttpRequest):
    """A request with what the middleware put on it."""

    user: "User"
    now: datetime
    actor: Actor
    actors: list[Actor]
    waiting: int

    @property
    def today(self) -> date:
        return self.now.date()


def _door(kinds: frozenset[OfficeKind], name: str) -> Callable[[View], View]:
    def guard(view: View) -> View:
        @wraps(view)
        def enter(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.actor.office_kind not in kinds:
                sentence = f"这里是{name}的工作页面，您当前身份为“{request.actor.label}”。"
                return refused(request, NotAllowed(sentence, None, "请在右上角切换身份，或返回您的首页。"))
            try:
                return view(request, *args, **kwargs)
            except NotAllowed as refusal:
                return refused(request, refusal)

        return cast(View, enter)

    return guard


authority_door = _door(frozenset(k for k in OfficeKind if k.is_authority), "主管部门")
body_door = _door(frozenset({OfficeKind.ASSESSMENT_BODY}), "评价机构")
expert_door = _door(frozenset({OfficeKind.CORPS}), "考评和督导人员")
candidate_door = _door(frozenset({OfficeKind.CANDIDATE}), "考生")
adviser_door = _door(frozenset({OfficeKind.ADVISER}), "协办部门")
operators_door = _door(frozenset({OfficeKind.OPERATOR, OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}), "平台运行人员")


def _several(**doors: Callable[[View], View]) -> Callable[[View], View]:
    """One page for several audiences: each comes in under its own address, by its own door, to its own navigation."""

    def guard(view: View) -> View:
        guarded = {name: door(view) for name, door in doors.items()}

        @wraps(view)
        def enter(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return guarded[side(request)](request, *args, **kwargs)

        return cast(View, enter)

    return guard


either_door = _several(body=body_door, authority=authority_door)
day_door = _several(body=body_door, expert=expert_door, authority=authority_door)
case_door = _several(body=body_door, authority=authority_door, expert=expert_door, candidate=candidate_door)
overseer_door = _several(authority=authority_door, operators=operators_door)
person_door = _several(body=body_door, authority=authority_door, candidate=candidate_door)


def side(request: HttpRequest) -> str:
    """This function will name the audience under whose address the visitor came in."""
    assert request.resolver_match is not None
    return request.resolver_match.namespace


def own_side(request: HttpRequest, name: str, *args: object) -> str:
    """This function will give the address of a page on the visitor's own side."""
    return reverse(f"{side(request)}:{name}", args=args)


def refused(request: HttpRequest, refusal: Refusal, code: int = 403) -> HttpResponse:
    """This function will show a refusal as a page: the sentence, the clause, what to do next."""
    return render(request, "refused.html", {"refusal": refusal}, status=code)


class Told:
    """What came of the call inside `told`."""

    refused = False


@contextmanager
def told(request: HttpRequest) -> Iterator[Told]:
    """This context will turn a refusal raised inside it into a message for the person, and a repeated request into a note.

    Use it around ONE operation call: `with told(request): operations.verb(...); messages.success(...)`; then redirect. What it gives says afterwards
    whether the call was refused.
    """
    outcome = Told()
    try:
        yield outcome
    except AlreadyDone as done:
        messages.info(request, str(done))
    except Refusal as refusal:
        outcome.refused = True
        messages.error(request, str(refusal))
        for line in refusal.details:
            messages.warning(request, line)
