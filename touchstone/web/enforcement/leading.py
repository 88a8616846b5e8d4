"""据此立案: does a case rest on this already, and may the actor put one down? A box beside whatever a case can come from."""

from django.urls import reverse

from touchstone.enforcement import permissions, queries
from touchstone.web.doors import Request


def led_on(request: Request, kind: str, number: str, *, ready: bool) -> dict[str, str]:
    """This function will give the case (`case`, `url`) that rests on something, or the address (`new`) at which the actor puts one down; nothing
    unless it is `ready` to carry one."""
    case = queries.led_to(kind, number)
    if case:
        seen = queries.cases(request.actor).filter(number=case).exists()
        return {"case": case, "url": reverse("authority:case", args=[case]) if seen else ""}
    if not ready or not permissions.can(permissions.check_may_open, request.actor):
        return {}
    return {"new": f"{reverse('authority:case_new')}?from={kind}:{number}"}
