"""导航: where can this person go from any page? Every audience's pages hand in their own list."""

from importlib import import_module
from typing import TypedDict

from django.urls import reverse

from touchstone.accounts.actor import Actor
from touchstone.policy.roles import OfficeKind, Role
from touchstone.web.navigation_types import Seer


class Entry(TypedDict):
    """One line of the navigation."""

    label: str
    url: str
    icon: str
    active: bool
    badge: int


def audience_of(actor: Actor) -> str:
    """This function will name the folder of pages that is an actor's home."""
    if actor.office_kind is None:
        return "public"
    if actor.office_kind is OfficeKind.ASSESSMENT_BODY:
        return "body"
    if actor.office_kind is OfficeKind.CORPS:
        return "expert"
    if actor.office_kind is OfficeKind.CANDIDATE:
        return "candidate"
    if actor.office_kind is OfficeKind.ADVISER:
        return "adviser"
    return "operators" if actor.office_kind is OfficeKind.OPERATOR else "authority"


def _is(actor: Actor, seer: Seer | frozenset[Seer]) -> bool:
    """Whether an actor is what a line of navigation is for: in this role, of this kind of office, or both where it names both."""
    wanted = seer if isinstance(seer, frozenset) else {seer}
    return all(one in actor.roles if isinstance(one, Role) else actor.office_kind is one for one in wanted)


def navigation(actor: Actor, path: str) -> list[Entry]:
    """This function will give the navigation of the actor's audience; each audience's `urls.NAVIGATION` lists (label, view name, icon, roles)."""
    entries: list[Entry] = []
    for label, view, icon, seen_by in import_module(f"touchstone.web.{audience_of(actor)}.urls").NAVIGATION:
        if seen_by and not any(_is(actor, one) for one in seen_by):
            continue
        url = reverse(view)
        entries.append({"label": label, "url": url, "icon": icon, "active": False, "badge": 0})
    best = max((e for e in entries if path.startswith(e["url"])), key=lambda e: len(e["url"]), default=None)
    if best is not None:
        best["active"] = True
    return entries
