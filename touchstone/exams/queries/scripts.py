"""机考查询: whose seat is it, how far is every script, and what stands as the answer to each question?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Q, QuerySet

from touchstone.accounts.actor import PLATFORM
from touchstone.exams.models import Answer, ComputerExam, Plan, ScoreEntry, Script, Seat, Sitting
from touchstone.exams.states import Part
from touchstone.policy.exams.scripts import GRACE, LOST_AFTER, never_begun_counts_nought
from touchstone.questions.queries.papers import papers
from touchstone.questions.states import PaperState

if TYPE_CHECKING:
    from touchstone.questions.models import Paper

_USABLE = (PaperState.COMPOSED, PaperState.SEALED, PaperState.OPENED)


def papers_for(plan: Plan) -> "list[Paper]":
    """This function will give the papers that may serve a plan: its body's own, and those of the city composed for this plan, newest first."""
    own, city = Q(bank__office_id=plan.body.office_id), Q(bank__body__isnull=True, case=plan.number)
    return list(papers(PLATFORM).filter(own | city, state__in=_USABLE))


def computer_exam(sitting: Sitting) -> ComputerExam | None:
    """This function will give how a sitting is taken at the computer; None when it is not."""
    return ComputerExam.objects.select_related("paper").filter(sitting=sitting).first()


# What a seat shows and asks of each thing, and no more: three hundred begin within ten seconds. The sitting comes by a query of its own, because to
# plan one over all these tables takes the database longer than to run both.
_SEAT = ("sitting", "seat_number", "form", "present", "candidate__person", "candidate__name", "candidate__ticket_number")
_PERSON = tuple(f"candidate__person__{name}" for name in ("number", "id_kind", "id_sealed", "id_masked"))
_SITTING = (
    "number", "part", "starts_at", "ends_at", "opened_at", "closed_at", "room__name", "plan__number", "plan__level", "plan__occupation__name",
    "plan__trade__name",
)  # fmt: skip


def _sittings() -> QuerySet[Sitting]:
    return Sitting.objects.select_related("room", "plan__occupation", "plan__trade").only(*_SITTING)


def at_the_seat(seats: QuerySet[Seat]) -> QuerySet[Seat]:
    """This function will give seats with candidate, room and plan, without what is of no use at a seat."""
    found = seats.select_related("candidate__person").only(*_SEAT, *_PERSON)
    return found.prefetch_related(Prefetch("sitting", _sittings()))


def seat_of(ticket: str, code: str) -> Seat | None:
    """This function will give the seat of a ticket in the room of a code."""
    found = Seat.objects.filter(candidate__ticket_number=ticket.strip(), sitting__computer__code=code.strip().upper())
    return at_the_seat(found).first()


def seat_by_key(key: int) -> Seat:
    """This function will give a seat with all that its card shows. :raises Seat.DoesNotExist:"""
    return at_the_seat(Seat.objects.all()).get(pk=key)


def script_by_key(key: int) -> Script:
    """This function will give a script with its seat. :raises Script.DoesNotExist:"""
    own = [field.name for field in Script._meta.concrete_fields]
    found = Script.objects.select_related("exam", "seat__candidate").only(*own, "exam__sitting", "exam__paper", *(f"seat__{name}" for name in _SEAT))
    return found.prefetch_related(Prefetch("seat__sitting", _sittings())).get(pk=key)


def standing(script: Script) -> dict[int, Any]:
    """This function will give the answer that stands for each position of a script; what was cleared again is left out."""
    return standing_answers([script])[script.pk]


def standing_answers(scripts: Iterable[Script]) -> dict[int, dict[int, Any]]:
    """This function will give the answers that stand, by script and position; one query for all."""
    found: dict[int, dict[int, Any]] = {script.pk: {} for script in scripts}
    rows = Answer.objects.filter(script__in=list(found)).order_by("script", "position", "-holder", "-sequence").distinct("script", "position")
    for script, position, response in rows.values_list("script_id", "position", "response"):
        if response is not None:
            found[script][position] = response
    return found


def changes(script: Script) -> QuerySet[Answer]:
    """This function will give every change of a script in the order it was made."""
    return Answer.objects.filter(script=script).order_by("holder", "sequence")


@dataclass(frozen=True)
class AtSeat:
    """A seat as the invigilator sees it: who, how far, when last heard of; never what was answered."""

    seat: Seat
    script: Script | None
    state: str
    label: str
    tone: str


_STATES = {
    "absent": ("缺考", "warn"),
    "waiting": ("未开始", "neutral"),
    "writing": ("作答中", "ok"),
    "lost": ("没有消息", "danger"),
    "moving": ("请求换机", "warn"),
    "submitted": ("已交卷", "info"),
}


def room_now(sitting: Sitting, at: datetime) -> list[AtSeat]:
    """This function will give every seat of a sitting with how far its script is; one query."""
    seats = Seat.objects.filter(sitting=sitting).select_related("candidate", "script").order_by("seat_number")
    return [_at_seat(seat, at) for seat in seats]


def _at_seat(seat: Seat, at: datetime) -> AtSeat:
    script: Script | None = getattr(seat, "script", None)
    state = _state(seat, script, at)
    return AtSeat(seat, script, state, *_STATES[state])


def _state(seat: Seat, script: Script | None, at: datetime) -> str:
    if script is None:
        return "absent" if seat.present is False else "waiting"
    if script.submitted_at is not None:
        return "submitted"
    if script.move_asked_at is not None and script.move_allowed_at is None:
        return "moving"
    quiet = at - script.heard_at > timedelta(seconds=LOST_AFTER.on(at.date()).value)
    return "lost" if quiet and at < script.ends_at else "writing"


def never_begun(exam: ComputerExam) -> list[Seat]:
    """This function will give the seats of a closed sitting whose candidates signed in, never began, and have no score of theory yet."""
    if exam.sitting.closed_at is None:
        return []
    found = Seat.objects.filter(sitting=exam.sitting, script__isnull=True).select_related("candidate").order_by("seat_number")
    scored = ScoreEntry.objects.filter(candidate__in=found.values("candidate"), part=Part.THEORY, replaced_at__isnull=True)
    have = set(scored.values_list("candidate", flat=True))
    return [one for one in found if one.candidate_id not in have and never_begun_counts_nought(bool(one.present), False).outcome == "unmet"]


def under_way(plan: Plan) -> int:
    """This function will count the scripts of a plan that are begun and not handed in."""
    return Script.objects.filter(seat__sitting__plan=plan, submitted_at__isnull=True).count()


def past_their_end(at: datetime) -> list[int]:
    """This function will give the scripts whose time and grace are over and that nobody handed in."""
    over = at - timedelta(seconds=GRACE.on(at.date()).value)
    return list(Script.objects.filter(submitted_at__isnull=True, ends_at__lt=over).order_by("ends_at").values_list("pk", flat=True))


def closed_at_computers(plan: Plan) -> list[Sitting]:
    """This function will give the sittings of a plan that were taken at the computer and are closed."""
    found = Sitting.objects.filter(plan=plan, computer__isnull=False, closed_at__isnull=False)
    return list(found.select_related("room").order_by("starts_at", "number"))


def free_seats(most: int) -> list[Seat]:
    """This function will give seats of open sittings at the computer at which somebody signed in and has not begun."""
    found = Seat.objects.filter(sitting__computer__isnull=False, sitting__opened_at__isnull=False, sitting__closed_at__isnull=True)
    found = found.filter(present=True, script__isnull=True).select_related("candidate__person", "sitting__room", "sitting__computer")
    return list(found.order_by("sitting__starts_at", "seat_number")[:most])
