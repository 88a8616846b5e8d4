"""评分视图: how do an assessor's sheet and a panel's outcome stand on a page?"""

from typing import TYPE_CHECKING, Any

from touchstone.exams.queries import marks as queries
from touchstone.kernel.rules import records
from touchstone.policy.exams.parts import plain_mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from touchstone.exams.models import Marking, Seat
    from touchstone.exams.queries.marks import Panel, Point, Stands
    from touchstone.experts.models import Assignment


def grouped(points: "Iterable[Point]") -> "list[tuple[str, list[Point]]]":
    """This function will put points under their steps, in order."""
    found: dict[str, list[Point]] = {}
    for one in points:
        found.setdefault(one.group, []).append(one)
    return list(found.items())


def fields_of(stands: "dict[str, Stands]") -> dict[str, str]:
    """This function will give what stands in the names of the form's fields."""
    found: dict[str, str] = {}
    for key, one in stands.items():
        found |= {f"mark_{key}": plain_mark(one.value), f"words_{key}": one.words}
    return found


def sheet_id(seat: "Seat", review: bool) -> str:
    """This function will name a candidate's sheet in the page's address and on the phone."""
    return f"{seat.candidate.ticket_number}{'-review' if review else ''}"


def own_sheet(seat: "Seat", marking: "Marking | None", stands: "dict[str, Stands]", *, review: bool) -> dict[str, Any]:
    """This function will give an assessor's own sheet of a candidate, as the page shows it and as the phone takes it up."""
    handed_in = marking is not None and marking.handed_in_at is not None
    state = ("已提交", "ok") if handed_in else ("已保存", "info") if marking is not None else ("未评分", "neutral")
    if seat.present is not True:
        state = ("缺考", "warn") if seat.present is False else ("未签到", "neutral")
    return {
        "id": sheet_id(seat, review),
        "ticket": seat.candidate.ticket_number,
        "review": review,
        "name": seat.candidate.name,
        "seat": seat.seat_number,
        "revision": marking.revision if marking is not None else 0,
        "handed_in": handed_in,
        "total": plain_mark(marking.total) if marking is not None else "",
        "state": state[0],
        "tone": state[1],
        "fields": fields_of(stands),
    }


def outcome(panel: "Panel", people: "list[Assignment]", points: "list[Point]") -> dict[str, Any]:
    """This function will give what a candidate's marks came to and who gave what; nothing of the latter before everybody has handed in."""
    everybody = [*people, *([panel.reserve] if panel.reserve is not None else [])]
    found: dict[str, Any] = {
        "seat": panel.seat,
        "handed_in": panel.handed_in,
        "of": len(people),
        "all_in": panel.score.all_in,
        "score": plain_mark(panel.score.score),
        "findings": records(panel.score.findings),
        "reviewer": next((one.member.person.name for one in everybody if one.number == panel.score.reviewer), ""),
        "waits": panel.score.all_in and panel.score.score is None,
    }
    if panel.score.all_in:
        reviewed = panel.review is not None and panel.review.handed_in_at is not None
        sheets = [
            (one.member.person.name, panel.markings[one.number],
             one.number in panel.score.counted and not (reviewed and one.number == panel.score.reviewer))
            for one in people
        ]  # fmt: skip
        if panel.review is not None and reviewed:
            sheets.append((f"{found['reviewer']}（复评）", panel.review, True))
        stands = queries.standing_marks([marking for _, marking, _ in sheets])
        found["people"] = [
            {"name": name, "total": plain_mark(marking.total), "counts": counts, "at": marking.handed_in_at} for name, marking, counts in sheets
        ]
        found["rows"] = [{"point": one, "given": [_cell(stands.get(marking.pk, {}), one.key) for _, marking, _ in sheets]} for one in points]
        found["changes"] = [
            {"who": name, "sending": sending} for name, marking, _ in sheets for sending in queries.sendings([marking]) if sending.reason
        ]
        kept = queries.photos([marking for _, marking, _ in sheets])
        found["photos"] = [{"who": name, "photo": photo} for name, marking, _ in sheets for photo in kept.get(marking.pk, [])]
    return found


def _cell(stands: "dict[str, Stands]", key: str) -> dict[str, str]:
    one = stands.get(key)
    return {"value": plain_mark(one.value) if one else "", "words": one.words if one else ""}
