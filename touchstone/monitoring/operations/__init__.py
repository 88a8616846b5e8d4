"""比对与预警办理: what can be done with a run and with a case, one verb each."""

from touchstone.monitoring.operations.asking import answer, ask_bodies
from touchstone.monitoring.operations.deciding import close, dismiss, lead_on, reopen, uphold
from touchstone.monitoring.operations.handing import assign
from touchstone.monitoring.operations.taking import finish_rule, take_hits

__all__ = ["answer", "ask_bodies", "assign", "close", "dismiss", "finish_rule", "lead_on", "reopen", "take_hits", "uphold"]
