"""比对与预警办理: what can be done with a run and with a case, one verb each."""

from touchstone.monitoring.operations.asking import answer, ask_bodies
from touchstone.monitoring.operations.deciding import close, dismiss, lead_on, open_revocation, reopen, uphold
from touchstone.monitoring.operations.handing import assign
from touchstone.monitoring.operations.running import begin_run, fail_run, finish_run, note_published, note_step
from touchstone.monitoring.operations.taking import finish_rule, take_hits

__all__ = [
    "answer",
    "ask_bodies",
    "assign",
    "begin_run",
    "close",
    "dismiss",
    "fail_run",
    "finish_rule",
    "finish_run",
    "lead_on",
    "note_published",
    "note_step",
    "open_revocation",
    "reopen",
    "take_hits",
    "uphold",
]
