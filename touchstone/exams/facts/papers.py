"""考务文书事实: what stands on tickets, sign-in lists, seating charts and the book of scores?

Identity numbers are masked on all of them: the papers lie open in a room.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from touchstone.exams.facts import photo
from touchstone.exams.models import Candidate, Plan, Seat, Sitting
from touchstone.exams.queries.dual import second_of
from touchstone.exams.queries.results import scores_by_candidate, shown, trade_or_occupation
from touchstone.exams.queries.sittings import entrants, plan_parts, seats_of_plan
from touchstone.exams.states import Part, Result
from touchstone.files.queries import content, latest_of_cases
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.parts import PASS_MARK
from touchstone.policy.exams.results import Score
from touchstone.policy.exams.seating import place_of
from touchstone.print.scores import ScoredPlan, ScoredRow
from touchstone.print.sign_in import Room
from touchstone.print.sign_in import Seat as PrintedSeat
from touchstone.print.ticket import Ticket, TicketPart

if TYPE_CHECKING:
    from touchstone.exams.models import SecondStandard
    from touchstone.files.models import Attachment

RULES = (
    "凭本准考证和本人有效身份证件原件参加考试，开考30分钟后不得入场。",
    "除规定的用具外，手机等通讯和电子设备一律关机并放在指定处。",
    "服从监考和考评人员管理；替考、作弊的取消成绩，并记入违纪违规行为处理档案。",
)
BOTH_STANDARDS = "本次为一考双证：一次考试，成绩按国家职业标准和企业标准分别评定，合格的分别发证。"
_WEEKDAYS = "一二三四五六日"


def hours(starts_at: datetime, ends_at: datetime) -> str:
    """This function will write when a sitting is: 2026年3月20日（星期五）9:00至11:00."""
    start, end = localtime(starts_at), localtime(ends_at)
    day = f"{start.year}年{start.month}月{start.day}日（星期{_WEEKDAYS[start.weekday()]}）"
    return f"{day}{start.hour}:{start:%M}至{end.hour}:{end:%M}"


def tickets(plan: Plan) -> Iterator[Ticket]:
    """This function will give everyone's admission ticket, in order of ticket number, with the photo of whoever gave one."""
    of_candidate: dict[int, list[Seat]] = {}
    second = second_of(plan)
    for seat in seats_of_plan(plan):
        of_candidate.setdefault(seat.candidate_id, []).append(seat)
    everyone = list(entrants(plan))
    photos = latest_of_cases([one.number for one in everyone], photo.LABEL)
    for one in everyone:
        own = of_candidate.get(one.pk)
        if own:
            yield _ticket(plan, one, own, photos.get(one.number), second)


def ticket_of(candidate: Candidate) -> Ticket | None:
    """This function will give one candidate's admission ticket; None while they have no seat."""
    own = list(seats_of_plan(candidate.plan).filter(candidate=candidate))
    if not own:
        return None
    picture = latest_of_cases([candidate.number], photo.LABEL).get(candidate.number)
    return _ticket(candidate.plan, candidate, own, picture, second_of(candidate.plan))


def _ticket(plan: Plan, one: Candidate, seats: list[Seat], picture: "Attachment | None", second: "SecondStandard | None") -> Ticket:
    return Ticket(
        number=one.ticket_number or "",
        name=one.name,
        sex=one.person.sex,
        id_number=one.person.id_masked,
        occupation=trade_or_occupation(plan),
        level=Level(plan.level).label + (f"（一考双证：{second.standard.code} {second.grade}）" if second else ""),
        plan_number=plan.number,
        body=plan.body.name,
        telephone=plan.contact,
        parts=tuple(_ticket_part(plan, seat) for seat in seats),
        notes=(*RULES, BOTH_STANDARDS) if second else RULES,
        photo=content(picture) if picture else None,
        qr_text=one.ticket_number or "",
    )


def _ticket_part(plan: Plan, seat: Seat) -> TicketPart:
    sitting = seat.sitting
    when = hours(sitting.starts_at, sitting.ends_at)
    return TicketPart(Part(sitting.part).label, when, plan.venue.name, plan.venue.address, sitting.room.name, str(seat.seat_number))


def room_of(plan: Plan, sitting: Sitting) -> Room:
    """This function will give what stands above the lists of one sitting."""
    return Room(
        body=plan.body.name,
        plan_number=plan.number,
        occupation=trade_or_occupation(plan),
        level=Level(plan.level).label,
        subject=Part(sitting.part).label,
        venue=plan.venue.name,
        room=sitting.room.name,
        when=hours(sitting.starts_at, sitting.ends_at),
    )


def printed_seats(seats: Iterable[Seat]) -> list[PrintedSeat]:
    """This function will give the seats of a sitting as they stand in the room: six to a row, number one at the front left."""
    return [
        PrintedSeat(
            str(seat.seat_number),
            seat.candidate.ticket_number or "",
            seat.candidate.name,
            seat.candidate.person.id_masked,
            *place_of(seat.seat_number, localtime(seat.sitting.starts_at).date()),
            seat.form,
        )
        for seat in seats
    ]


def score_book(plan: Plan) -> tuple[ScoredPlan, list[ScoredRow]]:
    """This function will give the book of scores of a plan."""
    needed = PASS_MARK.on(plan.exam_on)
    parts = plan_parts(plan)
    head = ScoredPlan(
        body=plan.body.name,
        plan_number=plan.number,
        occupation=trade_or_occupation(plan),
        level=Level(plan.level).label,
        examined=f"{plan.exam_on:%Y年%-m月%-d日}",
        rule=f"各科均达到{needed.value}分为合格（依据：{needed.clause}）。",
        with_panel=Part.PANEL in parts,
    )
    scores = scores_by_candidate(plan)
    rows = []
    for one in entrants(plan):
        own = scores.get(one.pk, {})
        theory, practical, panel = (shown(own.get(part, Score())) for part in (Part.THEORY, Part.PRACTICAL, Part.PANEL))
        label = Result(one.result).label if one.result else ""
        rows.append(ScoredRow(one.ticket_number or "", one.name, one.person.id_masked, theory, practical, panel, label))
    return head, rows
