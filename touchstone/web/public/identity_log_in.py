"""随申办登录: how does a candidate come in whom an outside identity provider has proved?"""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from touchstone.exams.operations.candidate_desk import come_in_proved
from touchstone.jobs.adapters.identity import Attempt, IdentityRefused, IdentityUnavailable, Provider, configured
from touchstone.kernel.law import Refusal
from touchstone.web.doors import Request
from touchstone.web.public.login import come_in

_KEY = "identity_attempt"
_AGAIN = "请重新登录，或者用登录名和密码登录。"


def identity_begin(request: Request) -> HttpResponseBase:
    """This page will send the browser to the identity provider."""
    provider = configured()
    if provider is None:
        return _told(request, "本平台还没有接通随申办登录。请用登录名和密码登录。")
    attempt = Attempt.new()
    request.session[_KEY] = [attempt.state, attempt.nonce, attempt.verifier]
    return redirect(provider.address(attempt, _back(request)))


def identity_back(request: Request) -> HttpResponseBase:
    """This page will take the browser that comes back, and log in the person who was proved. An attempt counts once."""
    provider, kept = configured(), request.session.pop(_KEY, None)
    if provider is None or not kept or request.GET.get("state") != kept[0]:
        return _told(request, f"这次登录已经失效，可能重复打开了同一个页面。{_AGAIN}")
    if not request.GET.get("code"):
        return _told(request, f"您没有在随申办完成登录。{_AGAIN}")
    return _logged_in(request, provider, Attempt(*kept), request.GET["code"])


def _logged_in(request: Request, provider: Provider, attempt: Attempt, code: str) -> HttpResponseBase:
    try:
        proved = provider.proved(code, attempt, _back(request))
        user = come_in_proved(name=proved.name, id_number=proved.id_number, phone=proved.phone, by=request.actor, at=request.now)
    except IdentityUnavailable:
        return _told(request, "随申办暂时没有应答。请稍后再试，或者用登录名和密码登录。")
    except IdentityRefused as error:
        return _told(request, f"随申办没有证明您的身份（{error}）。{_AGAIN}")
    except Refusal as refusal:
        return _told(request, str(refusal))
    come_in(request, user)
    return redirect("candidate:home")


def _back(request: Request) -> str:
    return request.build_absolute_uri(reverse("identity_back"))


def _told(request: Request, sentence: str) -> HttpResponseBase:
    messages.error(request, sentence)
    return redirect("account_login")
