"""试卷的门: whose bank, blueprint or paper is it, what of it does the visitor see, and which pages belong together?"""

from typing import Any

from django.http import Http404

from touchstone.accounts.actor import NotAllowed
from touchstone.policy.documents import notice
from touchstone.policy.roles import OfficeKind
from touchstone.questions import permissions, queries
from touchstone.questions.queries import BankRow
from touchstone.questions.queries import papers as asked
from touchstone.questions.queries.papers import BlueprintRow, PaperRow
from touchstone.questions.states import PaperState
from touchstone.web.doors import Request, own_side

_LAW = notice("三(二)3")


def own_bank(request: Request) -> BankRow:
    """Give the bank the visitor's office keeps. :raises NotAllowed: where it keeps none."""
    found = queries.own_bank(request.actor)
    if found is None:
        raise NotAllowed("您所在的单位还没有题库，不能编细目表和组卷。", _LAW, "请先建立题库，试题入库以后再来。")
    return found


def paper_of(request: Request, number: str) -> PaperRow:
    """Give a paper the visitor may see. :raises Http404: when there is none. :raises NotAllowed: for another's."""
    try:
        return asked.paper(number, request.actor)
    except PaperRow.DoesNotExist:
        raise Http404 from None


def blueprint_of(request: Request, number: str) -> BlueprintRow:
    """Give a blueprint the visitor may see. :raises Http404: when there is none. :raises NotAllowed: for another's."""
    try:
        return asked.blueprint(number, request.actor)
    except BlueprintRow.DoesNotExist:
        raise Http404 from None


def keeps(request: Request, bank: BankRow) -> bool:
    """Say whether the visitor composes papers of this bank."""
    return permissions.can(request.actor, "compose", bank)


def inside(request: Request, bank: BankRow) -> bool:
    """Say whether the visitor belongs to the bank: only those may ever see which questions a paper holds."""
    return bank.office_id == request.actor.office_id and request.actor.has(*permissions.BANK_ROLES)


def sees_items(request: Request, found: PaperRow) -> bool:
    """Say whether the visitor may see which questions a paper holds: before it was used only those who compose it and hold its key."""
    if found.state in {PaperState.USED, PaperState.DISCARDED}:
        return inside(request, found.bank)
    return permissions.can(request.actor, "hold", found.bank)


def tabs(request: Request, active: str) -> list[dict[str, Any]]:
    """Give the pages that belong together."""
    own = queries.own_bank(request.actor)
    pages = [("papers", "试卷", True), ("blueprints", "细目表", True), ("enemies", "相克试题", own is not None and inside(request, own))]
    return [{"label": label, "url": own_side(request, name), "active": name == active} for name, label, shown in pages if shown]


def crumbs(request: Request, *more: tuple[str, str]) -> list[dict[str, str]]:
    """Give the way back: the list of papers, then (label, address); the last has none."""
    found = [{"label": "试卷", "url": own_side(request, "papers")}]
    return found + [{"label": label, "url": url} if url else {"label": label} for label, url in more]


def with_bank(request: Request) -> bool:
    """Say whether a list should name the bank: for offices that see several."""
    return request.actor.office_kind is not OfficeKind.ASSESSMENT_BODY
