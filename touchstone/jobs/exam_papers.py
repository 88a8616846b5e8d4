"""组卷任务: papers are composed and answers reckoned outside the request, and taken up again when a worker died."""

from datetime import datetime, timedelta

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from touchstone.accounts.actor import PLATFORM
from touchstone.questions import operations
from touchstone.questions.queries.papers import imports_waiting, papers_waiting
from touchstone.web import clock

PATIENCE = timedelta(minutes=2)
"""How long a piece of work may be under way before a second job looks after it."""


@app.task(name="papers.compose", retry=2)
def compose(number: str) -> None:
    """This job will compose one paper; composed already, it changes nothing."""
    operations.compose_paper(number=number, by=PLATFORM, at=clock.now())


@app.task(name="papers.reckon", retry=2)
def reckon(number: str) -> None:
    """This job will read one workbook of answers and compute the figures; done already, it changes nothing."""
    operations.reckon_answers(number=number, by=PLATFORM, at=clock.now())


def defer_compose(number: str) -> None:
    """This function will line a paper up, in the caller's transaction; once is enough while it waits."""
    try:
        compose.configure(queueing_lock=f"compose-{number}").defer(number=number)
    except AlreadyEnqueued:
        return


def defer_reckoning(number: str) -> None:
    """This function will line a workbook of answers up, in the caller's transaction."""
    try:
        reckon.configure(queueing_lock=f"reckon-{number}").defer(number=number)
    except AlreadyEnqueued:
        return


def take_up_left(at: datetime) -> int:
    """This job will line up again what was asked for and is not done, and count it."""
    papers, imports = papers_waiting(at - PATIENCE), imports_waiting(at - PATIENCE)
    for number in papers:
        defer_compose(number)
    for number in imports:
        defer_reckoning(number)
    return len(papers) + len(imports)


WHEN_DUE = (take_up_left,)
