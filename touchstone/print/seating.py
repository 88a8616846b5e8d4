"""座次表、门贴、桌贴: who sits where, and how does everyone find the place?"""

from collections.abc import Sequence
from dataclasses import asdict

from touchstone.print.press import press
from touchstone.print.sign_in import Room, Seat


def print_seating_chart(room: Room, seats: Sequence[Seat]) -> bytes:
    """This function will print the chart of one room, front at the top; places without a candidate stay empty.

    :raises ValueError: when two candidates have one place, or a place is not counted from 1.
    """
    grid: dict[tuple[int, int], Seat] = {}
    for seat in seats:
        if seat.row < 1 or seat.column < 1 or (seat.row, seat.column) in grid:
            raise ValueError("every seat needs a place of its own, counted from 1")
        grid[seat.row, seat.column] = seat
    rows = max((row for row, _ in grid), default=0)
    columns = max((column for _, column in grid), default=0)
    places = [[asdict(grid[row, column]) if (row, column) in grid else None for column in range(1, columns + 1)] for row in range(1, rows + 1)]
    return press("seating.typ", {"kind": "chart", "facts": room.facts, "room": asdict(room), "places": places})


def print_door_notice(room: Room, seats: Sequence[Seat]) -> bytes:
    """This function will print the sheet for the door of a room: its name in large, subject, time and the list of seats."""
    return press("seating.typ", {"kind": "door", "room": asdict(room), "seats": [asdict(seat) for seat in seats]})


def print_desk_labels(room: Room, seats: Sequence[Seat]) -> bytes:
    """This function will print labels for the desks, ten to a page, with lines to cut along."""
    return press("seating.typ", {"kind": "desk", "room": asdict(room), "seats": [asdict(seat) for seat in seats]})
