"""到期办理: what does the clock do by itself, and in which order?

Each area hands in functions `(at) -> number done`; the worker runs them every minute, the demo clock right after it moved.
"""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module

from touchstone.parameters.facts import apply_later_values
from touchstone.web import clock

AREAS = (
    "touchstone.jobs.filings",
    "touchstone.jobs.life",
    "touchstone.jobs.endings",
    "touchstone.jobs.papers",
    "touchstone.jobs.corps",
    "touchstone.jobs.appraisals",
    "touchstone.jobs.guidance",
    "touchstone.jobs.calls",
    "touchstone.jobs.registration",
    "touchstone.jobs.batches",
    "touchstone.jobs.dispatch",
    "touchstone.jobs.inspections",
    "touchstone.jobs.grading",
    "touchstone.jobs.complaints",
    "touchstone.jobs.insight",
    "touchstone.jobs.loading",
    "touchstone.jobs.structures",
    "touchstone.jobs.rosters",
    "touchstone.jobs.exam_papers",
    "touchstone.jobs.questions",
    "touchstone.jobs.scripts",
    "touchstone.jobs.results",
    "touchstone.jobs.uploads",
    "touchstone.jobs.appointments",
    "touchstone.jobs.payments",
    "touchstone.jobs.enquiries",
    "touchstone.jobs.archives",
    "touchstone.jobs.candidates",
    "touchstone.jobs.credentials",
    "touchstone.jobs.public_log",
    "touchstone.jobs.revocations",
    "touchstone.jobs.enforcement",
    "touchstone.jobs.messages",
)


def due() -> list[tuple[str, Callable[[datetime], int]]]:
    """This function will give every clock-driven function: `WHEN_DUE` of each area, by name."""
    return [(f"{area}.{function.__name__}", function) for area in AREAS for function in import_module(area).WHEN_DUE]


def run_what_is_due(at: datetime | None = None) -> dict[str, int]:
    """This function will do everything that is due at `at` (the door's now) and count what each function did."""
    apply_later_values()
    moment = at or clock.now()
    return {name: function(moment) for name, function in due()}
