"""检查记录的写法: how do the answers of a visit, its photos and signatures stand on a page, for offices and for the body?"""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponseBase

from touchstone.inspections.queries import visiting
from touchstone.policy.supervision.acts import ACTS
from touchstone.policy.supervision.items import Answer
from touchstone.web.doors import Request, either_door, own_side
from touchstone.web.downloads import send_from_case

if TYPE_CHECKING:
    from touchstone.inspections.models import Visit, VisitFinding

_TONES = {Answer.YES: "ok", Answer.NO: "danger", Answer.NOT_HERE: "neutral"}


def record_shown(found: "Visit", request: Request) -> list[dict[str, Any]]:
    """This function will write every question with the answer that counts, those before it, and its photos."""
    every: dict[str, list[Any]] = {}
    for one in visiting.changes_of(found):
        every.setdefault(one.check_key, []).append(one)
    photos = visiting.photos_of(found)
    return [
        {"item": item, "lines": [_line(found, check, every.get(check.key, []), photos, request) for check in checks]}
        for item, checks in visiting.items_of(found)
    ]


def _line(found: "Visit", check: Any, given: list[Any], photos: dict[str, list[Any]], request: Request) -> dict[str, Any]:
    stands = given[-1] if given else None
    answer = Answer(stands.answer) if stands is not None else None
    return {
        "check": check,
        "stands": stands,
        "label": answer.label if answer else "没有结论",
        "tone": _TONES[answer] if answer else "warn",
        "before": [(one, Answer(one.answer).label, given[place + 1].reason) for place, one in enumerate(given[:-1])],
        "photos": [{"name": one.name, "url": own_side(request, "inspection_file", found.number, one.number)} for one in photos.get(check.key, ())],
    }


def acts_told(problem: "VisitFinding") -> list[str]:
    """This function will name the acts a finding may amount to, as in force on the day of the visit."""
    listed = ACTS.on(problem.visit.visit_on).value
    return [listed[key].words for key in problem.acts if key in listed]


@either_door
def inspection_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send a file of a visit: photo, signature, record, or what the body handed in. :raises Http404: :raises NotAllowed:"""
    return send_from_case(visiting.visit(number, request.actor).number, attachment)
