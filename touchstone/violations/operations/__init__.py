"""违纪违规办理: what can be done with a case, one verb each."""

from touchstone.violations.operations.appealing import answer_appeal, appeal_decision
from touchstone.violations.operations.deciding import Decision, decide_violation, drop_violation
from touchstone.violations.operations.hearing import notify_person, take_statement, waive_hearing
from touchstone.violations.operations.recording import Seen, record_violation

__all__ = [
    "Decision",
    "Seen",
    "answer_appeal",
    "appeal_decision",
    "decide_violation",
    "drop_violation",
    "notify_person",
    "record_violation",
    "take_statement",
    "waive_hearing",
]
