"""机考作答: changes of answers come in, each with its number, and are told as saved only when they are on the disk.

No ledger line for each: three hundred candidates make some seventy thousand changes. The line of the end carries the hash over all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import localtime

from touchstone.exams import permissions
from touchstone.exams.models import Answer, Script
from touchstone.exams.operations.plans import RECORD
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must
from touchstone.policy.exams.scripts import ANSWER_LONGEST, answered_in_time
from touchstone.questions.delivery import read_response
from touchstone.questions.marking import AnswerUnreadable
from touchstone.questions.operations.delivering import DeliveredForm, delivered_form

MOST_AT_ONCE = 400
_LONGEST_STAY = 24 * 3600 * 1000  # ms


@dataclass(frozen=True)
class Change:
    """One change as a browser sends it: its number, the question's place in the script (from 1), what is answered, when, after how long."""

    sequence: int
    place: int
    value: Any
    said_at: datetime
    spent_ms: int = 0


@dataclass(frozen=True)
class Saved:
    """What became of changes: those kept (also when they were here already), and the sentence for each that was not."""

    script: Script
    kept: list[int]
    refused: dict[int, str]


class HandedIn(Refusal):
    """The script was handed in; nothing more is taken."""


def save_answers(*, script_id: int, holder: int, changes: Sequence[Change], at: datetime) -> Saved:
    """This function will keep changes of answers; sent again they change nothing. With none it notes that the seat is still there.

    When it returns, what it names as kept survives the loss of power. :raises NotAllowed: to another browser. :raises HandedIn:
    """
    with transaction.atomic():
        script = locked_script(script_id)
        permissions.check_writes(script, holder)
        if script.submitted_at is not None:
            raise HandedIn("答卷已经交卷，之后的作答不计。", RECORD, "请离开座位，听从监考人员安排。")
        return keep(script, changes, at)


def locked_script(key: int) -> Script:
    """This function will give a script, locked until the transaction ends, which then waits for the disk whatever the server's setting."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")
    return Script.objects.select_for_update(of=("self",)).select_related("exam").get(pk=key)


def keep(script: Script, changes: Sequence[Change], at: datetime) -> Saved:
    """This function will keep changes of a locked script, inside the caller's transaction."""
    rows, kept, refused = [], list[int](), dict[int, str]()
    if len(changes) > MOST_AT_ONCE:
        raise Refusal(f"一次最多保存{MOST_AT_ONCE}处作答。", RECORD, "请分次保存。")
    form = delivered_form(script.exam.paper_id, script.letter, at) if changes else None
    for one in changes:
        try:
            rows.append(_row(script, form, one, at))
            kept.append(one.sequence)
        except AnswerUnreadable as fault:
            refused[one.sequence] = fault.sentence
        except Refusal as fault:
            refused[one.sequence] = str(fault)
    if rows:
        Answer.objects.bulk_create(rows, ignore_conflicts=True)
        script.answered = _answered(script)
        script.sequence = max(script.sequence, *kept)
    script.heard_at = at
    script.save(update_fields=["heard_at", "answered", "sequence"])
    return Saved(script, kept, refused)


def _row(script: Script, form: DeliveredForm | None, one: Change, at: datetime) -> Answer:
    if form is None or not 1 <= one.place <= len(script.layout):
        raise AnswerUnreadable("没有这道题。")
    if not 1 <= one.sequence <= 2_000_000_000:
        raise AnswerUnreadable("作答的序号不对，没有保存。")
    in_time = answered_in_time(localtime(one.said_at), localtime(script.ends_at), localtime(at), at.date())
    must(in_time, "机器或网络故障造成的，请举手联系监考人员。")
    position, orders = script.layout[one.place - 1]
    response = read_response(form.placed[position], orders, one.value, ANSWER_LONGEST.on(at.date()).value)
    # A clock that runs ahead is the browser's own affair, but nothing was answered after it was here or before the beginning.
    said_at = min(max(one.said_at, script.begun_at), at)
    spent = min(max(one.spent_ms, 0), _LONGEST_STAY)
    return Answer(
        script=script, holder=script.holder, sequence=one.sequence, position=position, response=response, said_at=said_at, at=at, spent_ms=spent
    )


_COUNT = """
    SELECT count(*) FROM (
        SELECT DISTINCT ON (position) response FROM exams_answer WHERE script_id = %s ORDER BY position, holder DESC, sequence DESC
    ) AS latest WHERE response IS NOT NULL AND response <> 'null'::jsonb
"""


def _answered(script: Script) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [script.pk])
        (count,) = cursor.fetchone() or (0,)
    return int(count)


def said(milliseconds: object, at: datetime) -> datetime:
    """This function will read the moment a browser says an answer was made, as milliseconds of 1970; what is none counts as now."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float):
        return at
    try:
        return at + timedelta(milliseconds=milliseconds - at.timestamp() * 1000)
    except (OverflowError, ValueError):
        return at
