"""座位规则: how do seats stand in a room, and which paper lies on which, so that neighbours have different ones?"""

from collections.abc import Mapping
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import our_default

PAPER_FORMS: Dated[tuple[str, ...]] = Dated(
    "理论知识考试的卷别",
    Value(date(2018, 1, 1), ("A", "B"), our_default("相邻座位卷别不同")),
    key="exams.paper_forms",
)
SEATS_IN_A_ROW = Dated(
    "考场每排座位数（座次表按此排列）",
    Value(date(2018, 1, 1), 6, our_default("座次排列")),
    key="exams.seats_in_a_row",
    unit="个",
    changeable=True,
)


def place_of(seat_number: int, day: date) -> tuple[int, int]:
    """This function will give row and column of a seat, number one at the front left."""
    across = SEATS_IN_A_ROW.on(day).value
    return (seat_number - 1) // across + 1, (seat_number - 1) % across + 1


def form_at(seat_number: int, day: date) -> str:
    """This function will give the form of the paper on a seat: like a chessboard, so that nobody beside, before or behind has the same."""
    forms = PAPER_FORMS.on(day).value
    row, column = place_of(seat_number, day)
    return forms[(row + column) % len(forms)]


@rule("相邻座位卷别不同")
def neighbours_differ(forms: Mapping[int, str], day: date) -> Finding:
    """Whether no two seats side by side or one behind the other (seat number → form) have the same paper."""
    clause = PAPER_FORMS.on(day).clause
    placed = {place_of(number, day): form for number, form in forms.items()}
    for (row, column), form in sorted(placed.items()):
        for other in ((row, column + 1), (row + 1, column)):
            if placed.get(other) == form:
                return unmet(f"第{row}排第{column}座与相邻座位同为{form}卷", clause)
    return met("相邻座位卷别不同", clause)
