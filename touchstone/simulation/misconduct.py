"""虚构违纪案件: how do the cases of the small city come about, by the real operations: one dropped after hearing, one that waits for the leader?"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from touchstone.accounts.actor import Actor
from touchstone.parameters.queries import calendar
from touchstone.policy.exams.parts import Part
from touchstone.policy.violations.acts import Party
from touchstone.simulation.cast import person_of
from touchstone.violations import operations
from touchstone.violations.operations import Seen

if TYPE_CHECKING:
    from touchstone.exams.models import Plan


def tell_cases(held: "Plan", announced: "Plan", *, planner: Actor, leader: Actor, at: datetime) -> None:
    """This function will open two cases of a body: against 陈一诺, heard and dropped; and against somebody of the plan before the public, heard."""
    days = calendar()
    accused = held.candidates.get(person=person_of("chen"))
    then = at.replace(year=held.exam_on.year, month=held.exam_on.month, day=held.exam_on.day) + timedelta(days=1)
    seat = Seen(Party.CANDIDATE, "wrong_seat", "开考后坐在邻座，经提醒改正。", held.exam_on, candidate=accused.number, part=Part.THEORY)
    number = operations.record_violation(seen=seat, by=planner, at=then).number
    operations.notify_person(number=number, by=planner, at=then)
    operations.take_statement(number=number, words="座位号贴反了，发现后马上换回。", by=planner, at=then)
    operations.drop_violation(number=number, reason="桌贴位置有误，经提醒立即改正，不予处理。", by=leader, at=then)
    other = announced.candidates.filter(ticket_number__isnull=False, result="failed").order_by("number").first()
    if other is not None:
        day = days.add_working_days(announced.exam_on, 1)
        then = at.replace(year=day.year, month=day.month, day=day.day)
        facts = "手机放在桌内，提醒两次仍未交出。"
        phone = Seen(Party.CANDIDATE, "device_at_seat", facts, announced.exam_on, candidate=other.number, part=Part.THEORY)
        number = operations.record_violation(seen=phone, by=planner, at=then).number
        operations.notify_person(number=number, by=planner, at=then)
        operations.waive_hearing(number=number, by=planner, at=then)
