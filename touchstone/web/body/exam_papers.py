"""考务文书: tickets, sign-in lists, seating charts, door and desk sheets, sheets to sign on the day, the book of scores, ready to print."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect

from touchstone.exams.facts.day_papers import hand_over_sheet, room_record, staff_sheet, supervision_sheet
from touchstone.exams.facts.papers import printed_seats, room_of, score_book, tickets
from touchstone.exams.queries import sittings as queries
from touchstone.print.scores import print_scores
from touchstone.print.seating import print_desk_labels, print_door_notice, print_seating_chart
from touchstone.print.sign_in import Room, Seat, print_sign_in
from touchstone.print.ticket import print_tickets
from touchstone.web.body.evaluation import own_plan
from touchstone.web.doors import Request, body_door, told
from touchstone.web.downloads import send_printed

if TYPE_CHECKING:
    from touchstone.exams.models import Plan, Sitting

_OF_SITTING: dict[str, tuple[str, Callable[[Room, list[Seat]], bytes]]] = {
    "sign_in": ("签到表", print_sign_in),
    "chart": ("座次表", print_seating_chart),
    "door": ("门贴", print_door_notice),
    "desks": ("桌贴", print_desk_labels),
}
_OF_THE_DAY: dict[str, tuple[str, Callable[["Plan", "Sitting"], bytes]]] = {
    "hand_over": ("试卷交接单", hand_over_sheet),
    "room_record": ("考场情况记录单", room_record),
    "staff": ("考务考评人员签到表", staff_sheet),
    "supervision": ("内部质量督导表", supervision_sheet),
}


@body_door
def plan_paper(request: Request, number: str, paper: str) -> HttpResponseBase:
    """This page will print the tickets or the book of scores of a plan. :raises Http404: for another paper."""
    plan = own_plan(request, number)
    papers: dict[str, tuple[str, Callable[[], bytes]]] = {
        "tickets": ("准考证", lambda: print_tickets(tickets(plan), per_page=2)),
        "score_book": ("成绩册", lambda: print_scores(*score_book(plan))),
    }
    if paper not in papers:
        raise Http404
    name, pressed = papers[paper]
    if paper == "tickets" and not queries.seats_of_plan(plan).exists():
        messages.error(request, "还没有编排座位，不能打印准考证。请先编排座位。")
        return redirect("body:arrangement", number)
    return _pdf(request, plan, name, pressed)


@body_door
def sitting_paper(request: Request, number: str, sitting: str, paper: str) -> HttpResponseBase:
    """This page will print a list of one sitting. :raises Http404: for another paper or another plan's sitting."""
    plan = own_plan(request, number)
    found = queries.sittings(plan).filter(number=sitting).first()
    if found is not None and paper in _OF_THE_DAY:
        name, sheet = _OF_THE_DAY[paper]
        return _pdf(request, plan, f"{found.room.name}{name}", lambda: sheet(plan, found))
    if found is None or paper not in _OF_SITTING:
        raise Http404
    name, press = _OF_SITTING[paper]
    return _pdf(request, plan, f"{found.room.name}{name}", lambda: press(room_of(plan, found), printed_seats(queries.seats(found))))


def _pdf(request: Request, plan: "Plan", name: str, pressed: Callable[[], bytes]) -> HttpResponseBase:
    with told(request):
        return send_printed(pressed, f"{plan.number}{name}.pdf")
    return redirect("body:arrangement", plan.number)
