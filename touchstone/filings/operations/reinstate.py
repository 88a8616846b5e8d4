"""撤销终止: how is an end undone, to exactly what stood before?"""

from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.filings import permissions
from touchstone.filings.models import Custody, ScopeItem, Termination
from touchstone.filings.operations._case import NothingToDo, locked, note_publicly, words
from touchstone.filings.operations._public import line_of_end
from touchstone.filings.operations.flag import unsettle_flags
from touchstone.filings.states import MOVES, State
from touchstone.policy.documents import notice
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def reinstate(*, termination: str, reason: str, by: Actor, at: datetime, case: str = "") -> Termination:
    """This function will undo an end: the lines it ended, with the days they had, the filing's own end and state; custody is released.

    :raises NothingToDo: when there is no such end, or it is undone, or a later end of the same filing stands.
    """
    found = Termination.objects.select_related("filing").filter(number=termination).first()
    if found is None:
        raise NothingToDo(f"没有编号为{termination}的终止决定。", notice("三(四)3"), "请核对编号。")
    root = locked(found.filing.number)
    found = Termination.objects.select_for_update().get(pk=found.pk)
    permissions.check_may(by, "reinstate", root, case=case)
    if found.undone_at is not None:
        raise NothingToDo(f"终止决定{termination}已经撤销。", notice("三(四)3"), "不需要再办理。")
    if root.terminations.filter(undone_at__isnull=True, pk__gt=found.pk).exists():
        raise NothingToDo(f"终止决定{termination}之后还有未撤销的终止决定。", notice("三(四)3"), "请先撤销较晚的终止决定。")
    if found.whole:
        MOVES.check("reinstate", State(root.state))
    reason = words(reason, "撤销终止须写明理由。", "请写明复议、诉讼或者复查的结论。")
    for line in found.lines:
        ScopeItem.objects.filter(pk=line["item"]).update(until=_day(line["until"]))
    unsettle_flags(case=found.number)
    if found.whole:
        root.until, root.renewal_pending = _day(found.before["until"]), found.before["pending"]
        root.move_to(State(found.before["state"]))
        Custody.objects.filter(termination=found).update(released_at=at)
        close_tasks(case=found.number, by=by, at=at, outcome="终止已撤销")
    found.undone_at, found.undone_by_id, found.undone_because = at, by.user_id, reason
    found.save()
    told = line_of_end(root, "filing.reinstated" if found.whole else "filing.lines_reinstated", str(found.kind), found.number)
    note_publicly(told, "filing.reinstated", root, by=by, at=at, reason=reason, termination=found.number, note=found.number)
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
