"""热闹的一天: one day on which something of everything a desk counts has happened, made by the real operations.

Only filings are put down as they would stand after acceptance, and the tasks on them as the route would owe them.
"""

from datetime import date, timedelta
from typing import Any

from tests.cast import Cast
from tests.certificates.issuing import awards, give
from tests.exams.stage import EXAM_ON, NAMES, Stage, moment
from tests.filings.watched import AWAY, CENTRAL, COLLEGE, FACTORY, SOCIAL, five
from tests.inspections.stage import Stage as InspectionStage
from tests.monitoring.hits import WITHIN, hit, ran
from touchstone.accounts.actor import PLATFORM
from touchstone.exams.operations.day import open_sitting
from touchstone.exams.operations.incidents import record_incident
from touchstone.filings.models import Filing
from touchstone.parameters.queries import calendar
from touchstone.policy.certificates.revocation import Cause
from touchstone.policy.roles import Role
from touchstone.revocations.operations import open_case
from touchstone.tasks.operations import open_task

NOON = moment(EXAM_ON, 12)
"""A Friday: theory is being held, the practical part is yet to come."""


def busy(cast: Cast) -> None:
    """Bring the city to the noon of a day with sittings, incidents, waiting filings, alerts, a draw, a case and certificates."""
    InspectionStage(cast, bodies=3, people=2).frozen()
    filed = five(cast.at)
    Filing.objects.update(rules_day=date(2026, 1, 5))
    days = calendar()
    for name, due in ((FACTORY, -3), (CENTRAL, 1), (SOCIAL, 9), (COLLEGE, 1)):
        due_on = days.add_working_days(EXAM_ON, due) if due > 0 else EXAM_ON + timedelta(days=due)
        owed: dict[str, Any] = {"matter": "decide", "title": "作出决定", "office_id": cast.wu.office_id, "role": Role.DIRECTOR, "due_on": due_on}
        open_task(case=filed[name].number, **owed, by=PLATFORM, at=cast.at)
    Filing.objects.filter(pk=filed[AWAY].pk).update(state="suspended")
    stage = Stage(cast, people=2).reviewed().with_sittings().arranged()
    theory = stage.sittings()[0]
    open_sitting(sitting_number=theory.number, identity="id_card", by=cast.sun, at=theory.starts_at - timedelta(minutes=30))
    record_incident(sitting_number=theory.number, kind="interruption", words="考场停电五分钟。", by=cast.sun, at=theory.starts_at)
    issued = [one.certificate_number for one in give(cast, awards(3, names=NAMES), at=moment(date(2026, 3, 10), 9))]
    ran(hit(WITHIN, issued[0], issued[1], told="同一登分人一分钟内登记成绩62人。"), at=moment(date(2026, 1, 12), 9))
    told: dict[str, Any] = {"cause": Cause.WRONG, "origin": "", "clause_words": "", "reason": "计划所列等级与备案不符。"}
    open_case(**told, certificate_numbers=issued[2:], by=cast.wang, at=moment(date(2026, 3, 16), 9))
