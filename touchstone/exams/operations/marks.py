"""考评评分: what an assessor gave on a phone is taken over once, point by point; what was handed in is changed with its reason."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.models import Marking, MarkPhoto, MarkSending, PointMark, Seat, Sitting
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.queries.marks import Stands, open_remarks, panels, points_of, sheet_of, standing_marks, taken_seats, totals_shown
from touchstone.exams.states import PlanState, SittingPhase
from touchstone.experts.queries.dispatch import RESERVE
from touchstone.files.operations import attach
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.kernel.rules import Outcome, must, records
from touchstone.ledger.operations import record
from touchstone.policy.exams.marking import change_has_reason, every_point_marked, mark_fits_point

if TYPE_CHECKING:
    from touchstone.experts.models import Assignment

PHOTO = "评分照片"


class MarksChanged(Refusal):
    """The same assessor has sent other marks of this candidate from another device meanwhile."""

    def __init__(self, marking: Marking) -> None:
        super().__init__("这名考生的评分已在另一台设备上改过。", RECORD, "请对照两份，选定一份。")
        self.marking = marking


@dataclass(frozen=True)
class Sent:
    """What comes from a phone: marks with words by point, the key made there, the revision they were written on, and what is done with them."""

    marks: Mapping[str, Stands]
    key: str
    revision: int = 0
    hands_in: bool = False
    review: bool = False
    reason: str = ""
    said_at: datetime | None = None
    device: str = ""


@transaction.atomic
def send_marks(*, sitting_number: str, ticket: str, sent: Sent, by: Actor, at: datetime) -> Marking:
    """This function will take over an assessor's marks of one candidate; what was sent before by the same key changes nothing.

    :raises MarksChanged: when another device was first. :raises Refusal: for marks that cannot be, or nothing to mark by.
    """
    sitting = Sitting.objects.select_related("plan__body", "plan__scope_item__filing", "room").get(number=sitting_number)
    assignment = permissions.check_marks(by, sitting)
    seat = _seat(sitting, ticket)
    before = MarkSending.objects.select_related("marking").filter(key=sent.key).first()
    if before is not None:
        if before.marking.assignment_id != assignment.pk:
            raise Refusal("这次提交的编号已经用过。", RECORD, "请刷新页面后重新提交。")
        return before.marking
    _check_open(sitting, seat, at)
    marking = _marking(sitting, seat, assignment, sent.review)
    handed_in = marking.handed_in_at is not None
    changed, whole = _merged(marking, sent)
    if not changed and not marking.revision:
        raise Refusal("还没有给分。", RECORD, "请先给分再保存。")
    if not changed and (handed_in or not sent.hands_in):
        return marking  # what stands already, whoever sent it
    if marking.revision != sent.revision:
        raise MarksChanged(marking)
    must(change_has_reason(handed_in, sent.reason), "请写明理由，原来的评分会保留。")
    if sent.hands_in or handed_in:
        must(every_point_marked(len(marking.sheet.points), sum(1 for one in whole.values() if one.value is not None)), "请逐点给分后再提交。")
    _keep(marking, sent, changed, whole, by, at)
    event = "marks.changed" if handed_in else "marks.handed_in" if sent.hands_in else "marks.sent"
    detail = {
        "sitting": sitting.number, "ticket": ticket, "points": sorted(changed), "device": sent.device[:64], "review": sent.review,
        "said_at": sent.said_at.isoformat() if sent.said_at else "", "sha256": _digest(whole),
    }  # fmt: skip
    record(event, marking.number, by=by.with_key(sent.key), at=at, reason=sent.reason.strip()[:200] if handed_in else "", detail=detail)
    if sent.hands_in and not handed_in:
        _tell_review(sitting, seat, by, at)
    return marking


@transaction.atomic
def attach_mark_photo(
    *, sitting_number: str, ticket: str, point: str, name: str, content: bytes, review: bool = False, by: Actor, at: datetime
) -> MarkPhoto:
    """This function will keep a photo with an assessor's marks of a candidate; the same bytes for the same point are kept once.

    :raises Refusal: before any mark is saved, or for a file that cannot be taken.
    """
    sitting = Sitting.objects.select_related("plan__body", "plan__scope_item__filing", "room").get(number=sitting_number)
    assignment = permissions.check_marks(by, sitting)
    seat = _seat(sitting, ticket)
    marking = _own(seat, assignment, review)
    if marking is None:
        raise Refusal("这名考生还没有评分，照片没有保存。", RECORD, "请先保存评分，再添加照片。")
    digest = hashlib.sha256(content).hexdigest()
    kept = MarkPhoto.objects.filter(marking=marking, point=point, sent_sha256=digest).first()
    if kept is not None:
        return kept
    _check_open(sitting, seat, at)
    if point and point not in {one.key for one in points_of(marking.sheet)}:
        raise Refusal("评分表里没有这个评分点。", RECORD, "请刷新页面后重试。")
    file = attach(case=marking.number, label=PHOTO, name=name, content=content, by=by, at=at)
    return MarkPhoto.objects.create(marking=marking, point=point, attachment=file, sha256=file.sha256, sent_sha256=digest, at=at)


def _seat(sitting: Sitting, ticket: str) -> Seat:
    rows = Seat.objects.select_for_update(of=("self",)).select_related("candidate", "sitting")
    seat = rows.filter(sitting=sitting, candidate__ticket_number=ticket).first()
    if seat is None:
        raise Refusal(f"准考证号{ticket}不在本场。", RECORD, "请从本场考生中选择。")
    return seat


def _check_open(sitting: Sitting, seat: Seat, at: datetime) -> None:
    """A phone may come back to the line after the sitting was closed, so marks are taken until results are announced."""
    if sitting.phase is SittingPhase.PLANNED:
        raise MoveRefused("本场还没有开考，不能评分。", RECORD, "请在内部质量督导员开考以后评分。")
    again = seat.pk in open_remarks(sitting)
    if sitting.plan.state not in {PlanState.ARRANGED, PlanState.HELD} and not (again and sitting.plan.state == PlanState.ANNOUNCED):
        raise MoveRefused(f"当前为“{PlanState(sitting.plan.state).label}”，不能再评分。", RECORD, "成绩有异议的，由评价机构提出复核。")
    if not seat.present:
        told = "登记为缺考" if seat.present is False else "还没有签到"
        raise Refusal(f"{seat.candidate.name}{told}，不能评分。", RECORD, "确已到考的，请当班人员登记到考后再提交。")
    if taken_seats([seat]) and not again:
        raise Refusal("这名考生的评分已经采用为成绩，不能再改。", RECORD, "有差错的，由评价机构提出复核后更正。")
    check_not_stopped(sitting.plan, at.date())


def _own(seat: Seat, assignment: "Assignment", review: bool) -> Marking | None:
    rows = Marking.objects.select_for_update(of=("self",)).select_related("sheet")
    return rows.filter(seat=seat, assignment=assignment, review=review).first()


def _marking(sitting: Sitting, seat: Seat, assignment: "Assignment", review: bool) -> Marking:
    found = _own(seat, assignment, review)
    if found is not None:
        return found
    if not review and assignment.slot == RESERVE:
        raise Refusal("您是备用考评人员，只复评评分相差过大的考生。", RECORD, "请从待复评的考生中选择。")
    if review and panels(sitting, [seat])[seat.pk].score.reviewer != assignment.number:
        raise Refusal("这名考生不由您复评。", RECORD, "评分相差过大时，由考评组长或者总分居中的考评人员复评。")
    sheet = sheet_of(sitting)
    if sheet is None:
        raise Refusal("本场没有设定评分表，不能在手机上评分。", RECORD, "请评价机构在开考以前设定评分表；已经开考的，按纸质评分记录登记成绩。")
    number = f"{assignment.number}-{seat.seat_number:03d}{'F' if review else ''}"
    return Marking.objects.create(number=number[:40], seat=seat, assignment=assignment, sheet=sheet, review=review)


def _merged(marking: Marking, sent: Sent) -> tuple[dict[str, Stands], dict[str, Stands]]:
    """What the sending changes, and what then stands."""
    points = {one.key: one for one in points_of(marking.sheet)}
    stands = standing_marks([marking]).get(marking.pk, {})
    for key, one in sent.marks.items():
        if key not in points:
            raise Refusal("评分表里没有这个评分点。", RECORD, "请刷新页面后重试。")
        if one.value is not None:
            must(mark_fits_point(points[key].words, one.value, points[key].points), "请改正后再保存。")
    given = {key: Stands(one.value, one.words.strip()[:200]) for key, one in sent.marks.items()}
    changed = {key: one for key, one in given.items() if stands.get(key, Stands(None)) != one}
    return changed, stands | changed


def _keep(marking: Marking, sent: Sent, changed: Mapping[str, Stands], whole: Mapping[str, Stands], by: Actor, at: datetime) -> None:
    marking.revision += 1
    marking.total = totals_shown(whole)
    if sent.hands_in and marking.handed_in_at is None:
        marking.handed_in_at = at
    marking.save(update_fields=["revision", "total", "handed_in_at"])
    sending = MarkSending.objects.create(
        marking=marking, key=sent.key, sequence=marking.revision, hands_in=sent.hands_in, said_at=sent.said_at, at=at, device=sent.device[:64],
        reason=sent.reason.strip()[:200], sent_by_id=by.user_id,
    )  # fmt: skip
    PointMark.objects.bulk_create([PointMark(sending=sending, point=key, value=one.value, words=one.words) for key, one in sorted(changed.items())])


def _digest(whole: Mapping[str, Stands]) -> str:
    rows = [[key, str(one.value), one.words] for key, one in sorted(whole.items())]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def _tell_review(sitting: Sitting, seat: Seat, by: Actor, at: datetime) -> None:
    """Once everybody has handed in and lies too far apart, it is on record who was asked to review, and why."""
    panel = panels(sitting, [seat])[seat.pk]
    if panel.score.reviewer and panel.review is None:
        findings = records([one for one in panel.score.findings if one.outcome is not Outcome.MET])
        detail = {"sitting": sitting.number, "ticket": seat.candidate.ticket_number, "reviewer": panel.score.reviewer, "findings": findings}
        record("marks.review_asked", panel.score.reviewer, by=by.with_key(""), at=at, detail=detail)
