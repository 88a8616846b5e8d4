"""查询任务: who puts the questions to the outside registers, one register never keeping back another?

Each register has a job of its own in the queue. It asks for as long as its time allows; after a few failures in a row, or a refused log-in, it lets
the register be: what was not asked keeps its place, and what was is asked again later, ever later.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from time import monotonic

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from touchstone.accounts.actor import PLATFORM
from touchstone.exams.facts.enquiries import Asked
from touchstone.exams.operations import enquiry_answers as operations
from touchstone.exams.queries import enquiries as queries
from touchstone.jobs.adapters.earlier_certificates import ask_certificate
from touchstone.jobs.adapters.insurance import ask_insurance
from touchstone.jobs.adapters.outside import Line, Pending, Refused, Unavailable, configured
from touchstone.jobs.adapters.residents import ask_death, ask_identity
from touchstone.jobs.adapters.schooling import ask_schooling
from touchstone.kernel.law import Refusal
from touchstone.policy.eligibility.outside import Answer, Register
from touchstone.web import clock

log = logging.getLogger(__name__)

ADAPTERS: dict[Register, Callable[[Line, Asked], Answer]] = {
    Register.IDENTITY: ask_identity,
    Register.DEATH: ask_death,
    Register.INSURANCE: ask_insurance,
    Register.SCHOOLING: ask_schooling,
    Register.CERTIFICATE: ask_certificate,
}
LIMIT = 500
SECONDS = 20.0
"""So long one job asks: the worker has other work, and a slow register must not be its only one."""
FAILURES = 3
"""So many in a row, and the register is let be until the next minute."""


@app.task(name="enquiries.ask", retry=3)
def ask(register: str) -> dict[str, int]:
    """This job will put what is due to one register; several at once do no harm."""
    return ask_due(Register(register), clock.now())


def ask_due(register: Register, at: datetime) -> dict[str, int]:
    """This function will put the questions that are due to a register and count what came of them."""
    counts = {"answered": 0, "pending": 0, "unavailable": 0}
    line = configured(register)
    if line is None:
        return counts | {"unavailable": operations.note_not_connected(register=register, by=PLATFORM, at=at)}
    until, failed = monotonic() + SECONDS, 0
    for number in queries.due(register, at, LIMIT):
        if failed >= FAILURES or monotonic() > until:
            break
        asked = operations.begin_asking(number=number, by=PLATFORM, at=at)
        if asked is None:
            continue
        outcome = _one(register, line, asked, at)
        counts["unavailable" if outcome == "refused" else outcome] += 1
        failed = {"refused": FAILURES, "unavailable": failed + 1}.get(outcome, 0)
    return counts


def _one(register: Register, line: Line, asked: Asked, at: datetime) -> str:
    """Put one question, outside any transaction, and note what came of it. The log holds the question's number and why, nothing of the person."""
    try:
        answer = ADAPTERS[register](line, asked)
        operations.take_answer(number=asked.number, answer=answer, by=PLATFORM, at=at)
    except Pending:
        operations.note_pending(number=asked.number, by=PLATFORM, at=at)
        return "pending"
    except Refusal:
        log.error("%s %s: answered what cannot be", register, asked.number)
        operations.note_unavailable(number=asked.number, why="答复的内容不可能，没有采用", by=PLATFORM, at=at)
        return "unavailable"
    except Unavailable as trouble:
        log.warning("%s %s: %s", register, asked.number, trouble)
        operations.note_unavailable(number=asked.number, why=str(trouble), by=PLATFORM, at=at)
        return "refused" if isinstance(trouble, Refused) else "unavailable"
    return "answered"


def line_up(at: datetime) -> int:
    """This job will line up a job for every register that is to be asked something, and count them."""
    wanted = queries.registers_due(at)
    for register in sorted(wanted):
        defer_asking(register)
    return len(wanted)


def defer_asking(register: Register) -> None:
    """This function will line one register up; once is enough while it waits."""
    try:
        ask.configure(queueing_lock=f"outside-{register.value}").defer(register=register.value)
    except AlreadyEnqueued:
        return


WHEN_DUE = [line_up]
