"""摄像头与远程监控权限: who connects a body's cameras, and which office may watch a sitting from afar?"""

from datetime import date
from typing import TYPE_CHECKING

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.filings.queries import root_of
from touchstone.filings.queries.supervised import watched_at
from touchstone.inspections.models import Watch
from touchstone.inspections.permissions import DRAWING
from touchstone.inspections.states.watching import WATCH_MOVES, WatchState
from touchstone.kernel.rules import Finding, Outcome
from touchstone.policy.inspections import SUPERVISED
from touchstone.policy.roles import OfficeKind, Role
from touchstone.policy.supervision.records import LAW
from touchstone.policy.supervision.who import Matter, Watched, office_supervises

if TYPE_CHECKING:
    from touchstone.bodies.models import Body
    from touchstone.exams.models import Sitting

_BODY = (Role.BODY_PLANNER, Role.BODY_LEADER)


def check_may_keep_cameras(actor: Actor, body: "Body") -> None:
    """This function will let pass the planner and the leader of the body. :raises NotAllowed:"""
    if actor.office_kind is not OfficeKind.ASSESSMENT_BODY or actor.office_id != body.office_id or not actor.has(*_BODY):
        step = f"您当前身份为“{actor.label}”，请联系本机构的经办人。"
        raise NotAllowed("考场摄像头由本机构考务经办人或负责人接入和停用。", LAW, step)


def sitting_as_watched(sitting: "Sitting") -> Watched:
    """This function will give a sitting as the law of supervision reads it."""
    plan = sitting.plan
    return watched_at(Matter.SITTING, sitting.number, plan.body, root_of(plan.scope_item.filing), plan.venue.district)


def check_may_watch(actor: Actor, sitting: "Sitting", day: date) -> Finding:
    """This function will give on what ground the actor's office watches a sitting. :raises NotAllowed: where it has none."""
    if actor.office_kind not in DRAWING or not actor.has(Role.SUPERVISOR):
        step = f"您当前身份为“{actor.label}”，请换用质量督导员身份。"
        raise NotAllowed("远程监控由市职鉴中心和各区人社局的质量督导员进行。", SUPERVISED, step)
    place = actor.district if actor.office_kind is OfficeKind.DISTRICT_BUREAU else ""
    found = office_supervises(actor.office_kind, place, sitting_as_watched(sitting), day)
    if found.outcome is not Outcome.MET:
        raise NotAllowed(f"{found.reason}，不能对它远程监控。", found.clause, "请在计划页查看由哪个单位督导。")
    return found


def can_watch(actor: Actor, sitting: "Sitting", day: date) -> bool:
    """This function will say whether `check_may_watch` would let pass."""
    try:
        check_may_watch(actor, sitting, day)
    except NotAllowed:
        return False
    return True


def check_may(actor: Actor, verb: str, watch: Watch) -> None:
    """This function will let pass the supervisors of the office that watches. :raises NotAllowed:"""
    if actor.office_kind not in DRAWING or not actor.has(Role.SUPERVISOR):
        title = next(line.title for line in WATCH_MOVES if line.verb == verb)
        raise NotAllowed(f"“{title}”由质量督导员办理。", SUPERVISED, f"您当前身份为“{actor.label}”，请换用质量督导员身份。")
    if watch.office_id != actor.office_id:
        raise NotAllowed(f"这是{watch.office.name}的远程监控。", SUPERVISED, "只能办理本单位的远程监控。")


def may(actor: Actor, watch: Watch) -> set[str]:
    """This function will give the verbs that the actor may do to a watching now."""
    found = set()
    for line in WATCH_MOVES:
        if WatchState(watch.state) in line.sources:
            try:
                check_may(actor, line.verb, watch)
            except NotAllowed:
                continue
            found.add(line.verb)
    return found
