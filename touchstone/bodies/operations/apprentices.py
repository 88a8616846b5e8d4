"""学徒名册办理: an enterprise enters an apprentice, notes that the apprenticeship broke off, and the level at which it ended."""

from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.operations import enter_person
from touchstone.bodies import permissions
from touchstone.bodies.models import Apprenticeship, Body
from touchstone.catalogue.queries import occupation as occupation_on
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.eligibility.apprenticeship import EIGHT_LEVELS
from touchstone.policy.roles import BodyKind


@transaction.atomic
def enter_apprentice(
    *,
    body: Body,
    name: str,
    id_number: str,
    occupation: str,
    agreement: str,
    master: str,
    master_skill: str,
    trained_by: str,
    since: date,
    until: date,
    by: Actor,
    at: datetime,
) -> Apprenticeship:
    """This function will enter an apprentice with agreement, master and term; `until` is the day after the last.

    :raises Refusal: for another kind of body, an unknown occupation, no master or agreement, a term that has not begun, or one who learns already.
    """
    body = Body.objects.select_for_update().get(pk=body.pk)
    permissions.check_may_keep(by, body)
    permissions.check_population(BodyKind(body.kind), "apprentices")
    for value, label in ((name, "姓名"), (agreement, "培养协议编号"), (master, "师傅")):
        if not value.strip():
            raise Refusal(f"{label}没有填写。", EIGHT_LEVELS, "请按学徒培养协议填写。")
    if occupation_on(occupation, at.date()) is None:
        raise Refusal(f"目录中没有职业{occupation}。", EIGHT_LEVELS, "请选择学徒所学的职业。")
    if until <= since:
        raise Refusal("学徒期满日不晚于起始日。", EIGHT_LEVELS, "请按协议填写起止日期。")
    if since > at.date():
        raise Refusal("学徒期起始日晚于今天。", EIGHT_LEVELS, "请在学徒期开始后登记。")
    person = enter_person(name=name, id_number=id_number, by=by.with_key(""), at=at)
    if body.apprenticeships.filter(person=person, ended_on__isnull=True, fixed_on__isnull=True).exists():
        raise Refusal(f"{person.name}已在学徒名册上。", EIGHT_LEVELS, "协议有变化的，请先登记提前结束，再重新登记。")
    made = Apprenticeship.objects.create(
        number=f"XT{next_serial('apprenticeship'):06d}",
        body=body,
        person=person,
        occupation_code=occupation,
        agreement=agreement.strip(),
        master=master.strip(),
        master_skill=master_skill.strip(),
        trained_by=trained_by.strip(),
        since=since,
        until=until,
        entered_at=at,
    )
    detail = {"number": made.number, "person": person.number, "occupation": occupation, "since": str(since), "until": str(until)}
    record("apprenticeship.entered", body.number, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def end_apprenticeship(*, number: str, on: date, reason: str, by: Actor, at: datetime) -> Apprenticeship:
    """This function will note that an apprenticeship broke off; `on` is the first day it is none.

    :raises Refusal: when it is over already, or without a reason.
    """
    found = Apprenticeship.objects.select_for_update(of=("self",)).select_related("body", "person").get(number=number)
    permissions.check_may_keep(by, found.body)
    if found.ended_on is not None or found.fixed_on is not None:
        raise Refusal(f"{found.person.name}的学徒期已经了结。", EIGHT_LEVELS, "无需重复办理。")
    if not found.since <= on <= at.date():
        raise Refusal("提前结束日须在学徒期起始日与今天之间。", EIGHT_LEVELS, "请核对日期。")
    if not reason.strip():
        raise Refusal("没有写明提前结束的原因。", EIGHT_LEVELS, "例如：本人离职、协议解除。")
    found.ended_on, found.ended_because = on, reason.strip()[:200]
    found.save(update_fields=["ended_on", "ended_because"])
    record("apprenticeship.ended", found.body.number, by=by, at=at, reason=reason.strip(), detail={"number": number, "on": str(on)})
    return found


@transaction.atomic
def fix_level(*, number: str, level: int, plan_number: str, by: Actor, at: datetime) -> Apprenticeship:
    """This function will write down at which level an apprenticeship ended, by which evaluation; pushed down by the issuing of a plan.

    Asked again, what was fixed stays. :raises Refusal: for one that broke off.
    """
    found = Apprenticeship.objects.select_for_update(of=("self",)).select_related("body", "person").get(number=number)
    if found.fixed_on is not None:
        return found
    if found.ended_on is not None:
        raise Refusal(f"{found.person.name}的学徒期已提前结束。", EIGHT_LEVELS, "请核对学徒名册。")
    found.level_fixed, found.fixed_on, found.fixed_by = level, at.date(), plan_number
    found.record_number = f"ZZ{at.year}{next_serial(f'level-fixed-{at.year}'):06d}"
    found.save(update_fields=["level_fixed", "fixed_on", "fixed_by", "record_number"])
    detail = {"number": number, "level": level, "plan": plan_number, "record": found.record_number}
    record("apprenticeship.level_fixed", found.body.number, by=by.with_key(""), at=at, detail=detail)
    return found
