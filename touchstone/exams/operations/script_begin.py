"""机考开卷: a candidate sits down and begins, or goes on at another computer by the invigilator's word."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.exams import permissions
from touchstone.exams.models import ComputerExam, Script, Seat, SeatTry
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.queries.scripts import at_the_seat, seat_of
from touchstone.exams.states import SittingPhase
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must
from touchstone.ledger.operations import record
from touchstone.policy.exams.scripts import SEAT_WAIT, AtTheSeat, form_of, may_begin, may_try_again
from touchstone.questions.delivery import laid_out
from touchstone.questions.operations.delivering import delivered_form
from touchstone.questions.queries.papers import letters_of
from touchstone.questions.states import PaperState

_OPENED = {PaperState.OPENED, PaperState.USED}


@dataclass(frozen=True)
class Held:
    """A script and the turn of the browser that may write in it."""

    script: Script
    holder: int


def sit_down(*, ticket: str, digits: str, code: str, at: datetime) -> Seat:
    """This function will give the seat of a candidate who tells ticket, room code and the last digits of their papers.

    A wrong try is kept; so nobody finds the digits of another by trying them all. :raises NotAllowed: for what does not fit.
    :raises Refusal: after too many wrong tries with this ticket.
    """
    plain, day = ticket.strip(), localtime(at).date()
    wait = SEAT_WAIT.on(day).value
    wrong = SeatTry.objects.filter(ticket=plain, tried_at__gt=at - timedelta(minutes=wait)).count()
    must(may_try_again(wrong, day), f"请{wait}分钟以后再试，或者举手请监考人员核对准考证和证件。")
    try:
        return permissions.check_sits(seat_of(plain, code), digits)
    except NotAllowed:
        if Seat.objects.filter(candidate__ticket_number=plain).exists():
            SeatTry.objects.create(ticket=plain, tried_at=at)
        raise


def made_ready(seat: Seat, *, at: datetime) -> bool:
    """This function will have the form of a seat read into this process, where the paper is opened already: at the bell nobody waits for it."""
    exam = _exam_of(seat)
    if exam.paper.state not in _OPENED:
        return False
    delivered_form(exam.paper_id, form_of(seat.form, seat.seat_number, letters_of(exam.paper_id)), at)
    return True


def begin_script(*, seat_id: int, at: datetime, device: str = "", held: tuple[int, int] | None = None) -> Held:
    """This function will begin the script of a seat, in the browser that keeps the mark `device`. One that was begun already goes on in the browser
    that holds it (`held`: its key and turn), and in another only by the invigilator's word; the wish for it is kept.

    :raises Refusal: before the hour, unless signed in, before the paper is opened, once handed in, or without that word.
    """
    with transaction.atomic():
        seat = _locked(seat_id)
        by = permissions.seat_actor(seat)
        script = Script.objects.select_for_update().filter(seat=seat).first()
        if script is None:
            return Held(_begun(seat, device, by, at), 1)
        if script.submitted_at is not None:
            raise Refusal("您已经交卷，不能再进入。", RECORD, "请等候成绩公布。")
        if held == (script.pk, script.holder):  # the button was pressed twice, or the page that followed did not come
            return Held(script, script.holder)
        if script.move_allowed_at is not None:
            return _moved(script, device, by, at)
        script.move_asked_at = at
        script.save(update_fields=["move_asked_at"])
    # Said only after the wish is kept: the invigilator's page shows it.
    raise Refusal("您的答卷已在另一台计算机上打开。", RECORD, "已告知监考人员；监考人员允许换机以后，请再点一次“开始作答”。")


def _locked(seat_id: int) -> Seat:
    return at_the_seat(Seat.objects.select_for_update(of=("self",))).get(pk=seat_id)


def _exam_of(seat: Seat) -> ComputerExam:
    return ComputerExam.objects.select_related("paper").defer("paper__report").get(sitting=seat.sitting_id)


def _begun(seat: Seat, device: str, by: Actor, at: datetime) -> Script:
    sitting, exam = seat.sitting, _exam_of(seat)
    hours = localtime(sitting.starts_at), localtime(sitting.ends_at)
    facts = AtTheSeat(sitting.phase is SittingPhase.OPENED, bool(seat.present), *hours, exam.paper.state in _OPENED)
    must(may_begin(facts, localtime(at)), "请在座位上等候，或举手联系监考人员。")
    letter = form_of(seat.form, seat.seat_number, letters_of(exam.paper_id))
    seed = secrets.token_hex(16)
    layout = laid_out(list(delivered_form(exam.paper_id, letter, at).placed.values()), seed)
    script = Script.objects.create(
        number=f"{sitting.number}-{seat.seat_number:03d}",
        exam=exam,
        seat=seat,
        letter=letter,
        seed=seed,
        layout=layout,
        devices=[device],
        begun_at=at,
        ends_at=sitting.ends_at,
        heard_at=at,
    )
    digest = hashlib.sha256(json.dumps(layout).encode()).hexdigest()
    detail = {"ticket": seat.candidate.ticket_number, "paper": exam.paper.number, "letter": letter, "seed": seed, "layout": digest}
    record("script.begun", script.number, by=by, at=at, detail=detail)
    return script


def _moved(script: Script, device: str, by: Actor, at: datetime) -> Held:
    script.holder += 1
    script.devices = [*script.devices, device]
    script.sequence, script.heard_at = 0, at
    script.move_asked_at = script.move_allowed_at = None
    script.save(update_fields=["holder", "devices", "sequence", "heard_at", "move_asked_at", "move_allowed_at"])
    record("script.moved", script.number, by=by, at=at, detail={"computer": script.holder})
    return Held(script, script.holder)
