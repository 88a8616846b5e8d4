"""技术指导标签: between which pages on guidance may a person go?"""

from typing import Any

from django.urls import NoReverseMatch, reverse

from touchstone.accounts.actor import Actor
from touchstone.policy.roles import OfficeKind
from touchstone.web.navigation import audience_of

_PAGES = (
    ("industry_guidance", "行业指导"),
    ("inquiries", "问答台"),
    ("guidance_answers", "公开答复"),
    ("guidance_papers", "模板和资料"),
    ("guidance_notices", "培训和指导通知"),
    ("guidance_visits", "指导走访"),
)


def tabs(actor: Actor, active: str) -> list[dict[str, Any]]:
    """This function will give the tabs of the actor's pages on guidance."""
    found = []
    for view, label in _PAGES:
        if view == "industry_guidance" and actor.office_kind is not OfficeKind.INDUSTRY_AUTHORITY:
            continue
        try:
            url = reverse(f"{audience_of(actor)}:{view}")
        except NoReverseMatch:
            continue
        found.append({"label": label, "url": url, "active": view == active, "count": None})
    return found
