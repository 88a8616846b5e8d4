"""业务培训办理: a body signs its people up for a training that a notice calls to; the office notes hours and results."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries import own_body
from touchstone.guidance import permissions
from touchstone.guidance.models import Attendance, Training
from touchstone.guidance.states import Attended
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.guidance import GUIDANCE

MOST_HOURS, MOST_SEATS = 200, 2_000


@dataclass(frozen=True)
class TrainingTerms:
    """When and where a training is held, for how many hours and people, and until when one signs up."""

    held_on: date
    place: str
    hours: int
    seats: int
    sign_up_by: date


def check_terms(terms: TrainingTerms, day: date) -> None:
    """This function will pass terms that can be met. :raises Refusal: for days out of order, no place, hours or seats."""
    if not day <= terms.sign_up_by <= terms.held_on:
        raise Refusal("报名截止日应不早于今天、不晚于培训日期。", GUIDANCE, "请改填日期。")
    if not terms.place.strip() or not 1 <= terms.hours <= MOST_HOURS or not 1 <= terms.seats <= MOST_SEATS:
        raise Refusal("培训的地点、学时或名额没有填写，或者超出范围。", GUIDANCE, f"学时1至{MOST_HOURS}，名额1至{MOST_SEATS}。")


@transaction.atomic
def sign_up(*, number: str, name: str, post: str, by: Actor, at: datetime) -> Attendance:
    """This function will sign one of the body's people up; the same name again changes nothing.

    :raises NotAllowed: :raises Refusal: after the last day, without a name or post, or when all seats are taken.
    """
    training = _locked(number)
    permissions.check_may_sign_up(by, training.notice)
    body, name, post = own_body(by), " ".join(name.split()), " ".join(post.split())
    if at.date() > training.sign_up_by:
        raise Refusal(f"报名已于{training.sign_up_by:%Y年%m月%d日}截止。", GUIDANCE, f"确需参加的，请联系{training.notice.office}。")
    if not name or not post or len(name) > 60 or len(post) > 60:
        raise Refusal("没有写明参加人员的姓名和岗位，或者超过60个字。", GUIDANCE, "请填写后再提交。")
    if (there := training.people.filter(body=body, name=name).first()) is not None:
        return there
    if training.people.count() >= training.seats:
        raise Refusal(f"{training.seats}个名额已经报满。", GUIDANCE, f"请联系{training.notice.office}增加场次。")
    made = Attendance.objects.create(training=training, body=body, name=name, post=post, signed_up_at=at, signed_up_by_id=by.user_id)
    record("guidance_training.signed_up", number, by=by, at=at, detail={"body": body.number, "person": made.pk})
    return made


@transaction.atomic
def withdraw_sign_up(*, number: str, person: int, by: Actor, at: datetime) -> None:
    """This function will take one of the body's people off the list until the last day to sign up.

    :raises NotAllowed: :raises Refusal: afterwards, or when nobody such is on the body's list.
    """
    training = _locked(number)
    permissions.check_may_sign_up(by, training.notice)
    if at.date() > training.sign_up_by:
        raise Refusal("报名已经截止，不能再撤回。", GUIDANCE, f"不能参加的，请告知{training.notice.office}。")
    found = training.people.filter(pk=person, body=own_body(by)).first()
    if found is None:
        raise Refusal("报名名单里没有这个人。", GUIDANCE, "请刷新页面查看。")
    told = {"body": found.body.number, "person": person}
    found.delete()
    record("guidance_training.withdrawn", number, by=by, at=at, detail=told)


@transaction.atomic
def note_training(*, number: str, noted: Mapping[int, tuple[int | None, str]], by: Actor, at: datetime) -> list[str]:
    """This function will note hours and result of people who signed up, by their keys, and give a sentence for each that could not be noted; those
    stay as they were.

    :raises NotAllowed: :raises Refusal: before the day of the training.
    """
    training = _locked(number)
    permissions.check_may_note_training(by, training.notice)
    if at.date() < training.held_on:
        raise Refusal(f"培训在{training.held_on:%Y年%m月%d日}举行，还不能登记结果。", GUIDANCE, "请在培训以后登记。")
    faults, kept = [], {}
    for one in training.people.filter(pk__in=list(noted)):
        hours, result = noted[one.pk]
        if fault := _fault(hours, result, training.hours):
            faults.append(f"{one.name}：{fault}")
            continue
        if (one.hours, one.result) == (hours, result):
            continue
        one.hours, one.result, one.noted_at, one.noted_by_id = hours, result, at, by.user_id
        one.save(update_fields=["hours", "result", "noted_at", "noted_by"])
        kept[f"{one.pk}"] = [hours, result]
    if kept:
        record("guidance_training.noted", number, by=by, at=at, detail={"people": kept})
    return faults


def _fault(hours: int | None, result: str, most: int) -> str:
    if result not in Attended.values:
        return "没有选择结果。"
    if hours is None or not 0 <= hours <= most:
        return f"实到学时应为0至{most}的整数。"
    if (result == Attended.ABSENT) != (hours == 0):
        return "未到的学时应为0，到了的不为0。"
    return ""


def _locked(number: str) -> Training:
    found = Training.objects.select_for_update(of=("self",)).select_related("notice__office").filter(notice__number=number).first()
    if found is None:
        raise Refusal(f"通知{number}没有可以报名的培训。", GUIDANCE, "请从通知列表中选择。")
    return found
