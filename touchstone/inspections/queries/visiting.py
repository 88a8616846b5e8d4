"""检查查询: which visits may somebody see, what was answered and by whom, do signatures still hold, what was found, and what is due?"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Any

import rfc8785
from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.queries import person_behind
from touchstone.files.queries import of_case
from touchstone.filings.queries.visits import places_seen
from touchstone.inspections.models import Answer, Position, Signature, Task, Visit, VisitFinding, VisitInspector, VisitSet
from touchstone.inspections.states import UNSETTLED, FindingState, TaskState, VisitState
from touchstone.kernel.rules import Finding
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy.inspections import LAW
from touchstone.policy.supervision.checks import Check
from touchstone.policy.supervision.items import ITEMS, Item, checklist, every_check_is_answered
from touchstone.policy.supervision.items import Answer as Answered
from touchstone.policy.supervision.publication import RESULT_REMINDED, result_due
from touchstone.policy.supervision.records import visit_is_signed

if TYPE_CHECKING:
    from touchstone.accounts.models import Person
    from touchstone.bodies.models import Body
    from touchstone.files.models import Attachment

PHOTO, DRAWN_SIGNATURE, RECORD, CORRECTION = "检查照片", "手写签名", "检查记录", "改正材料"
_EARTH = 6_371_000
EVERYONE = Prefetch("inspectors", VisitInspector.objects.select_related("person").order_by("place"))


def visits(actor: Actor) -> VisitSet:
    """This function will give the visits the actor may see, the latest first, with how many of their findings are open."""
    # Counted row by row, for the rows of a page: joined, all that was ever found would be read for every page.
    left = VisitFinding.objects.filter(visit=OuterRef("pk"), state__in=UNSETTLED).order_by().values("visit").annotate(many=Count("pk"))
    found = Visit.objects.visible_to(actor).select_related("office", "body", "task")
    return found.annotate(open_count=Coalesce(Subquery(left.values("many")), 0)).order_by("-visit_on", "-id")


def with_open_findings(found: VisitSet) -> VisitSet:
    """This function will keep the visits of which something found is not settled yet."""
    return found.filter(Exists(VisitFinding.objects.filter(visit=OuterRef("pk"), state__in=UNSETTLED)))


def inspected_by(found: VisitSet, actor: Actor) -> VisitSet:
    """This function will keep the visits that the actor inspects or inspected."""
    return found.filter(Exists(VisitInspector.objects.filter(visit=OuterRef("pk"), person=person_behind(actor))))


def checks_begun(actor: Actor) -> list[Visit]:
    """This function will give the checks without a draw that the actor inspects or inspected, the latest first, of the last hundred."""
    person = person_behind(actor)
    if person is None:
        return []
    own = VisitInspector.objects.filter(person=person).values("visit")
    return list(Visit.objects.filter(pk__in=own, task__isnull=True).select_related("body").order_by("-visit_on", "-id")[:100])


def visit(number: str, actor: Actor) -> Visit:
    """This function will give a visit the actor may see. :raises NotAllowed: for another's, and where there is none."""
    found = Visit.objects.visible_to(actor).select_related("office", "body__office", "task__draw__plan").prefetch_related(EVERYONE)
    kept = found.filter(number=number).first()
    if kept is None:
        raise NotAllowed("没有这次检查，或者它不归您查看。", LAW, "请从检查清单中打开。")
    return kept


def is_begun(number: str) -> bool:
    """This function will say whether the inspection of this number was begun."""
    return Visit.objects.filter(number=number).exists()


def body_of(number: str) -> "Body":
    """This function will give the body that was visited. :raises Visit.DoesNotExist:"""
    return Visit.objects.select_related("body__office").get(number=number).body


def people_of(found: Visit) -> "list[Person]":
    """This function will give the inspectors of a visit, in order."""
    return [one.person for one in found.inspectors.all()]


def items_of(found: Visit) -> list[tuple[Item, tuple[Check, ...]]]:
    """This function will give the items of a visit with their questions, as in force on its day, in the order of the list."""
    listed = ITEMS.on(found.visit_on).value
    return [(one, checklist(one.key, found.visit_on)) for one in listed.values() if one.key in set(found.items)]


def answers_of(found: Visit) -> dict[str, Answer]:
    """This function will give the answer that counts at each question, by key."""
    rows = Answer.objects.filter(visit=found).select_related("given_by").order_by("check_key", "revision")
    return {one.check_key: one for one in rows}


def changes_of(found: Visit) -> QuerySet[Answer]:
    """This function will give every answer of a visit that another one followed, oldest first, with who gave it."""
    return Answer.objects.filter(visit=found).select_related("given_by").order_by("check_key", "revision")


def answered(found: Visit) -> dict[str, Answered]:
    """This function will give what was answered at each question, as the law reads it."""
    return {key: Answered(one.answer) for key, one in answers_of(found).items()}


def positions_of(found: Visit) -> list[Position]:
    """This function will give where the phones were, the latest of each inspector."""
    rows = Position.objects.filter(visit=found).select_related("person").order_by("noted_at", "id")
    return list({one.person_id: one for one in rows}.values())


def photos_of(found: Visit) -> "dict[str, list[Attachment]]":
    """This function will give the photos of a visit by question."""
    kept: dict[str, list[Attachment]] = {}
    for one in of_case(found.number).filter(label__startswith=f"{PHOTO}·"):
        kept.setdefault(one.label.partition("·")[2], []).append(one)
    return kept


def digest_of(found: Visit) -> str:
    """This function will give the SHA-256 of what is signed: items, answers with notes, photos, and why the questions could
    not be put or nobody of the body signs.
    """
    told = {
        "number": found.number,
        "items": sorted(found.items),
        "answers": [[one.check_key, one.answer, one.note, one.revision] for one in answers_of(found).values()],
        "photos": sorted(one.sha256 for several in photos_of(found).values() for one in several),
        "hindrance": [found.hindrance, found.words, found.refusal],
    }
    return hashlib.sha256(rfc8785.dumps(told)).hexdigest()


def signatures_of(found: Visit) -> QuerySet[Signature]:
    """This function will give the signatures that hold, in the order they were given."""
    return Signature.objects.filter(visit=found, ended_at__isnull=True).select_related("person").order_by("signed_at", "id")


def sealing_findings(found: Visit) -> list[Finding]:
    """This function will find whether a visit may be sealed: every question answered, and signed as the law wants it."""
    answers = answers_of(found)
    said, notes = {key: Answered(one.answer) for key, one in answers.items()}, {key: one.note for key, one in answers.items()}
    whole = [] if found.hindrance else [every_check_is_answered(item, said, notes, found.visit_on) for item in found.items]
    signed = list(signatures_of(found))
    inspectors = [one.pk for one in people_of(found)]
    by_hand = [one.person_id for one in signed if not one.for_body and one.person_id is not None]
    noted = bool(found.refusal or found.hindrance)
    return [*whole, visit_is_signed(inspectors, by_hand, any(one.for_body for one in signed), noted, found.visit_on)]


def problems_of(found: Visit) -> QuerySet[VisitFinding]:
    """This function will give what a visit found wrong, in the order of the questions."""
    return VisitFinding.objects.filter(visit=found).select_related("visit__office", "visit__body").order_by("id")


def corrections_of(found: Visit) -> "dict[int, list[Attachment]]":
    """This function will give what the body handed in about each finding (by key)."""
    kept: dict[int, list[Attachment]] = {}
    for one in of_case(found.number).filter(label__startswith=f"{CORRECTION}·"):
        kept.setdefault(int(one.label.partition("·")[2]), []).append(one)
    return kept


def findings_for_case(number: str) -> QuerySet[VisitFinding]:
    """This function will give the findings of a visit (by its number) that inspectors suggest to take up as a case, and those taken up already."""
    states = [FindingState.FOR_CASE, FindingState.TAKEN_UP]
    return VisitFinding.objects.filter(visit__number=number, state__in=states).select_related("visit__body").order_by("id")


def sealed_between(bodies: Iterable[int], since: date, until: date) -> list[tuple[int, str, str, float | None]]:
    """This function will give (key of the body, number, outcome, points out of 100) of the visits to some bodies from `since` to the day before
    `until` that are sealed, by day; no points where the questions could not be put."""
    rows = Visit.objects.filter(body__in=list(bodies), state=VisitState.SEALED, visit_on__gte=since, visit_on__lt=until)
    return list(rows.order_by("visit_on", "pk").values_list("body", "number", "outcome", "score"))


def corrections_owed(body: "Body") -> int:
    """This function will count what a body was asked to correct after visits and has not had checked off."""
    return VisitFinding.objects.filter(visit__body=body, state__in=[FindingState.CORRECTING, FindingState.REPORTED]).count()


def results_due(at: datetime) -> list[str]:
    """This function will give the drawn visits (by number) without a result whose day of publication is near or past, and of which nobody was
    reminded yet."""
    day, known = localtime(at).date(), calendar()
    near = known.add_working_days(day, in_force(RESULT_REMINDED, day).value)
    rows = Task.objects.filter(state=TaskState.SENT, reminded_on__isnull=True, visit_on__lte=day, opens_at__lte=at).order_by("visit_on", "pk")
    return [number for number, visited_on in rows.values_list("number", "visit_on") if result_due(visited_on, known) <= near]


def due_soon(last: date) -> list[int]:
    """This function will give the findings whose correction is due by a day, of which the body was not reminded yet."""
    rows = VisitFinding.objects.filter(state=FindingState.CORRECTING, due_on__lte=last, reminded_on__isnull=True)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def overdue(day: date) -> list[int]:
    """This function will give the findings not corrected by their day and not put down as overdue yet."""
    rows = VisitFinding.objects.filter(state=FindingState.CORRECTING, due_on__lt=day, overdue_on__isnull=True)
    return list(rows.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True)
class Nearest:
    """How far a phone is, in metres, from the nearest place of a body that is known; `name` is empty where none is."""

    name: str = ""
    metres: float | None = None


def nearest(body_id: int, latitude: float, longitude: float) -> Nearest:
    """This function will measure from the venues of a body as assessors found them on the spot."""
    lengths = [(_apart(latitude, longitude, north, east), name) for name, north, east in places_seen(body_id)]
    return Nearest(min(lengths)[1], round(min(lengths)[0])) if lengths else Nearest()


def _apart(north: float, east: float, other_north: float, other_east: float) -> float:
    """Metres along the ground between two places."""
    up, across = radians(other_north - north), radians(other_east - east)
    chord = sin(up / 2) ** 2 + cos(radians(north)) * cos(radians(other_north)) * sin(across / 2) ** 2
    return 2 * _EARTH * asin(sqrt(min(1.0, chord)))


def record_file(found: Visit) -> "Attachment | None":
    """This function will give the sealed record of a visit; None before it is sealed."""
    return of_case(found.number, RECORD).first()


def as_told(one: Answer) -> dict[str, Any]:
    """This function will give an answer in the names of the phone's form, with the revision it stands at and who gave it."""
    told = {"check": one.check_key, "answer": one.answer, "note": one.note, "revision": one.revision}
    return told | {"by": one.given_by.name, "at": one.noted_at.isoformat()}


def moment_of(noted_at: datetime | None, at: datetime) -> datetime:
    """This function will give when something was written, by the phone's clock, never later than it came."""
    return min(noted_at, at) if noted_at else at
