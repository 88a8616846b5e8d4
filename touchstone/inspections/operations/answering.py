"""填写检查记录: an inspector answers a question on the phone, shows it by a photo, and says where the phone was.

What was written without a line may come late and twice: each answer and photo has a key of its own. Of two phones that answered the same question
differently the later is told, and nothing of the earlier is written over.
"""

from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.files import operations as files
from touchstone.files.queries import of_case
from touchstone.inspections import permissions
from touchstone.inspections.models import Answer, Position, Visit
from touchstone.inspections.operations.visiting import inspector_acting, locked
from touchstone.inspections.queries.visiting import PHOTO, answers_of, items_of, moment_of, nearest
from touchstone.inspections.states import VISIT_MOVES, VisitState
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.inspections import LAW
from touchstone.policy.supervision.items import NEEDS_NOTE
from touchstone.policy.supervision.items import Answer as Answered

if TYPE_CHECKING:
    from touchstone.files.models import Attachment

MOST_PHOTOS, MOST_IN_ALL = 12, 80


class AnswerChanged(Refusal):
    """The question was answered otherwise since it was shown here; that answer stands, and what is written here is not lost."""

    check_key = ""


@dataclass(frozen=True)
class Given:
    """One answer as it was written: `revision` is that of the answer it follows (0: none was seen), `reason` why it is another now."""

    check: str
    answer: str
    note: str = ""
    revision: int = 0
    reason: str = ""


@transaction.atomic
def answer_check(*, number: str, given: Given, client_key: str, noted_at: datetime | None = None, by: Actor, at: datetime) -> Answer:
    """This function will keep an inspector's answer to one question; the same answer sent again is kept once. Signatures given before no longer hold.

    :raises AnswerChanged: when the question stands answered otherwise. :raises Refusal: for a question not on the sheet, a no without a note, or
    another answer without a reason.
    """
    visit = locked(number)
    permissions.check_may_inspect(by, "answer", visit)
    person = inspector_acting(by)
    kept = Answer.objects.filter(visit=visit, client_key=client_key).first()
    if kept is not None:
        return kept
    VISIT_MOVES.check("answer", VisitState(visit.state))
    note, reason = given.note.strip()[:2000], given.reason.strip()[:200]
    _check(visit, given, note, client_key)
    stands = answers_of(visit).get(given.check)
    if stands is not None and (stands.answer, stands.note) == (given.answer, note):
        return stands
    if stands is not None and stands.revision != given.revision:
        raise _changed(stands)
    if stands is not None and not reason:
        raise Refusal("更改已经送达的结论须写明理由。", NEEDS_NOTE, "请写明为什么更改，原来的结论留在记录中。")
    made = Answer.objects.create(
        visit=visit, check_key=given.check, answer=given.answer, note=note, revision=stands.revision + 1 if stands else 1,
        reason=reason if stands else "", client_key=client_key[:64], given_by=person, noted_at=moment_of(noted_at, at), kept_at=at,
    )  # fmt: skip
    ended = end_signatures(visit, at)
    detail = {"check": made.check_key, "answer": made.answer, "revision": made.revision, "text": note, "noted_at": made.noted_at.isoformat()}
    record("inspection.answered", number, by=by, at=at, reason=made.reason, detail=detail | {"signatures_ended": ended})
    return made


def _check(visit: Visit, given: Given, note: str, client_key: str) -> None:
    questions = {check.key: check for _, checks in items_of(visit) for check in checks}
    if given.check not in questions:
        raise Refusal("这个项目不在本次检查的清单上。", LAW, "请刷新页面，按清单填写。")
    if given.answer not in set(Answered):
        raise Refusal("请选择结论。", NEEDS_NOTE, "从符合、不符合、不适用中选择一项。")
    if given.answer == Answered.NO and not note:
        raise Refusal(f"“{questions[given.check].question}”不符合，请写明事实。", NEEDS_NOTE, "写清时间、地点、人员、数量和看到的情况。")
    if not client_key:
        raise Refusal("没有收到这条结论的编号。", LAW, "请刷新页面后重新保存。")


def _changed(stands: Answer) -> AnswerChanged:
    sentence = f"这个项目已由{stands.given_by.name}填写为“{Answered(stands.answer).label}”，您的结论没有覆盖它。"
    refusal = AnswerChanged(sentence, NEEDS_NOTE, "请两名检查人员核对后再定。")
    refusal.check_key = stands.check_key
    return refusal


def end_signatures(visit: Visit, at: datetime) -> int:
    """This function will end the signatures under a record that changes after them, and count them."""
    return visit.signatures.filter(ended_at__isnull=True).update(ended_at=at)


@transaction.atomic
def attach_evidence(*, number: str, check: str, name: str, content: bytes, by: Actor, at: datetime) -> "Attachment":
    """This function will put a photo with a question; the photo of one request is kept once.

    :raises AlreadyDone: when this request's photo is kept. :raises FileRefused: for anything but a picture. :raises Refusal: for too many.
    """
    visit = locked(number)
    permissions.check_may_inspect(by, "answer", visit)
    record("inspection.photographed", number, by=by, at=at, detail={"check": check})
    VISIT_MOVES.check("answer", VisitState(visit.state))
    if check not in {one.key for _, checks in items_of(visit) for one in checks}:
        raise Refusal("这个项目不在本次检查的清单上。", LAW, "请刷新页面，按清单拍照。")
    taken = of_case(number).filter(label__startswith=f"{PHOTO}·")
    if taken.filter(label=f"{PHOTO}·{check}").count() >= MOST_PHOTOS or taken.count() >= MOST_IN_ALL:
        raise Refusal(f"一个项目最多{MOST_PHOTOS}张照片，一次检查最多{MOST_IN_ALL}张。", LAW, "请选用最能说明情况的照片。")
    files.check(name, content, ("jpg", "jpeg", "png"))
    end_signatures(visit, at)
    return files.attach(case=number, label=f"{PHOTO}·{check}", name=name, content=content, by=by, at=at)


@dataclass(frozen=True)
class Where:
    """What a phone says of where it is, in degrees and metres, or why it says nothing."""

    latitude: float | None = None
    longitude: float | None = None
    accuracy: float | None = None
    unknown_because: str = ""


@transaction.atomic
def note_position(*, number: str, where: Where, client_key: str, noted_at: datetime | None = None, by: Actor, at: datetime) -> Position:
    """This function will keep where an inspector's phone was, measured from what is known of the body's places; nobody has to say.

    :raises Refusal: for what is no place, or neither a place nor a reason.
    """
    visit = locked(number)
    permissions.check_may_inspect(by, "answer", visit)
    kept = Position.objects.filter(visit=visit, client_key=client_key).first()
    if kept is not None:
        return kept
    VISIT_MOVES.check("answer", VisitState(visit.state))
    made = Position(visit=visit, person=inspector_acting(by), client_key=client_key[:64], noted_at=moment_of(noted_at, at))
    if where.latitude is None or where.longitude is None or where.accuracy is None:
        made.unknown_because = where.unknown_because.strip()[:200]
        if not made.unknown_because:
            raise Refusal("没有定位，也没有写明理由。", LAW, "请取定位，或者写明为什么没有定位。")
    else:
        fix = (where.latitude, where.longitude, where.accuracy)
        if not all(map(isfinite, fix)) or not (-90 <= fix[0] <= 90 and -180 <= fix[1] <= 180 and fix[2] >= 0):
            raise Refusal("定位的数值不对。", LAW, "请重新取定位，或者写明为什么没有定位。")
        near = nearest(visit.body_id, fix[0], fix[1])
        made.latitude, made.longitude, made.accuracy = fix
        made.distance, made.measured_from = near.metres, near.name
    made.save()
    detail = {"distance": made.distance, "from": made.measured_from, "why_not": made.unknown_because}
    record("inspection.located", number, by=by, at=at, detail=detail)
    return made
