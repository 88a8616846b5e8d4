"""领导各页用字: in which colour does a state stand, and how is a span of days told?"""

from touchstone.insight.states import Answer, ReportState
from touchstone.kernel.rules import Outcome

REPORTS: dict[str, tuple[str, str]] = {
    ReportState.ASKED: (ReportState.ASKED.label, "info"),
    ReportState.MADE: (ReportState.MADE.label, "ok"),
    ReportState.FAILED: (ReportState.FAILED.label, "danger"),
}
ANSWERS: dict[str, tuple[str, str]] = {
    Answer.WAITING: (Answer.WAITING.label, "warn"),
    Answer.ACCEPTED: (Answer.ACCEPTED.label, "ok"),
    Answer.TO_ALIGN: (Answer.TO_ALIGN.label, "danger"),
}
VERDICTS = {Outcome.MET: ("与其他区一致", "ok"), Outcome.UNMET: ("须说明", "danger"), Outcome.UNPROVEN: ("件数不足", "neutral")}


def percent(share: float | None) -> str:
    """This function will write a share."""
    return "—" if share is None else f"{share:.0f}%"
