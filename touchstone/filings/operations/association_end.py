"""纳入办结: what becomes of an association's move, and of its old filing, when its social filing is accepted, refused or withdrawn?"""

from datetime import date, datetime, timedelta

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.queries import city_centre
from touchstone.bodies.operations import change_kind
from touchstone.filings.models import AssociationMove, Filing
from touchstone.filings.operations._case import note
from touchstone.filings.queries.changing import STANDING
from touchstone.filings.queries.ending import standing_lines
from touchstone.filings.states import State
from touchstone.ledger.operations import record
from touchstone.parameters.queries import in_force
from touchstone.policy.filing.association import LAW
from touchstone.policy.filing.ending import FINISH_WITHIN
from touchstone.policy.roles import BodyKind, Role
from touchstone.tasks.operations import close_tasks, open_task


def complete_move(social: Filing, *, by: Actor, at: datetime) -> None:
    """This function will finish the move that led to a social filing, when there is one: the body is a social one from today, its old filing
    lets what was begun be finished and then ends. Part of the operation that accepts the filing, after its ledger line."""
    move = _move_into(social)
    if move is None:
        return
    _end(move.filing, at, by)
    if social.body.kind != BodyKind.SOCIAL:
        social.body = change_kind(body=social.body, kind=BodyKind.SOCIAL, case=move.number, by=PLATFORM, at=at)
    move.state, move.closed_at = AssociationMove.State.MOVED, at
    move.save(update_fields=["state", "closed_at"])
    close_tasks(case=move.number, by=by, at=at, outcome="已纳入社会化")
    record("association.moved", move.number, by=by.with_key(""), at=at, detail={"filing": social.number, "former": move.filing.number})


def reopen_move(social: Filing, *, why: str, by: Actor, at: datetime) -> None:
    """This function will put a move whose social filing was refused or withdrawn before the centre's director again."""
    move = _move_into(social)
    if move is None:
        return
    title, office = f"社会化备案{why}，请重新安排：{social.body.name}", city_centre().pk
    open_task(case=move.number, matter="association.open", title=title, office_id=office, role=Role.DIRECTOR, by=by, at=at, due_on=move.planned_for)


def _move_into(social: Filing) -> AssociationMove | None:
    moves = AssociationMove.objects.select_for_update(of=("self",)).select_related("filing__body")
    return moves.filter(moved_into=social, state=AssociationMove.State.PLANNED).first()


def _end(root: Filing, at: datetime, by: Actor) -> None:
    """End the old filing after the days in which plans already made are finished; no line lasts longer than it would have, and what has
    ended meanwhile is left as it ended."""
    if State(root.state) not in STANDING:
        return
    last = at.date() + timedelta(days=in_force(FINISH_WITHIN, at.date()).value)
    for item in standing_lines(root, at.date()):
        item.until = _earlier(item.until, last)
        item.save(update_fields=["until"])
    root.until = last = _earlier(root.until, last)
    root.renewal_pending = False
    root.move_to(State.TERMINATED)
    reason = "评价机构和评价项目纳入社会化职业技能等级认定，不再以企业评价机构备案。"
    note("filing.moved_into_social", root, by=by.with_key(""), at=at, reason=reason, clause=str(LAW), until=last.isoformat())


def _earlier(until: date | None, last: date) -> date:
    return last if until is None else min(until, last)
