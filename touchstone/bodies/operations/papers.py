"""协议与委托: on which paper does an enterprise evaluate students of a school, or the workers of another firm?"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies import permissions
from touchstone.bodies.models import Agreement, Body, Commission
from touchstone.bodies.operations.register import checked_uscc
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.policy.roles import BodyKind

ADMISSION = notice("二(一)")


@transaction.atomic
def enter_agreement(
    *, body: Body, school: str, school_uscc: str, majors: Sequence[str], signed_on: date, since: date, until: date, by: Actor, at: datetime
) -> Agreement:
    """This function will enter a cooperation agreement with a school; `until` is the first day it no longer holds.

    :raises Refusal: for another kind of body, a wrong credit code, the body itself, no major, days out of order or an overlap.
    """
    body, school, school_uscc = _other_party(body, school, school_uscc, "合作院校", by)
    majors = _named(majors, "专业")
    _check_days(signed_on, since, until, at.date())
    for known in body.agreements.filter(school_uscc=school_uscc, since__lt=until, until__gt=since):
        if since < (known.ended_on or known.until) and set(majors) & set(known.majors):
            raise Refusal(f"与{school}的协议{known.number}已包含相同专业，期限重叠。", ADMISSION, "请先终止原协议，或调整专业和期限。")
    school_body = Body.objects.filter(uscc=school_uscc, kind=BodyKind.SCHOOL).first()
    made = Agreement.objects.create(
        number=f"XY{next_serial('agreement'):06d}",
        body=body,
        school=school,
        school_uscc=school_uscc,
        school_body=school_body,
        majors=majors,
        signed_on=signed_on,
        since=since,
        until=until,
        entered_at=at,
    )
    detail = {"number": made.number, "school": school, "majors": majors, "since": str(since), "until": str(until)}
    record("agreement.entered", body.number, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def end_agreement(*, number: str, on: date, reason: str, by: Actor, at: datetime) -> Agreement:
    """This function will end an agreement early; it stays on record for those admitted before. :raises Refusal:"""
    paper = Agreement.objects.select_for_update(of=("self",)).select_related("body").get(number=number)
    _end(paper, on, reason, by, at)
    record("agreement.ended", paper.body.number, by=by, at=at, reason=reason, detail={"number": number, "on": str(on)})
    return paper


@transaction.atomic
def enter_commission(
    *,
    body: Body,
    client: str,
    client_uscc: str,
    lacks: str,
    occupations: Sequence[str],
    people: int,
    signed_on: date,
    since: date,
    until: date,
    by: Actor,
    at: datetime,
) -> Commission:
    """This function will enter the commission of a firm that cannot evaluate its people itself.

    :raises Refusal: as `enter_agreement`, and when the firm does not say what it lacks or for how many people.
    """
    body, client, client_uscc = _other_party(body, client, client_uscc, "委托单位", by)
    occupations = _named(occupations, "职业")
    if not lacks.strip():
        raise Refusal("没有说明委托单位为何不具备自主评价条件。", ADMISSION, "请由委托单位写明缺少的场地、设备或人员。")
    if people < 1:
        raise Refusal("委托人数没有填写。", ADMISSION, "请填写协议约定的人数，至少1人。")
    _check_days(signed_on, since, until, at.date())
    for known in body.commissions.filter(client_uscc=client_uscc, since__lt=until, until__gt=since):
        if since < (known.ended_on or known.until) and set(occupations) & set(known.occupations):
            raise Refusal(f"{client}的委托{known.number}已包含相同职业，期限重叠。", ADMISSION, "请先终止原委托，或调整职业和期限。")
    made = Commission.objects.create(
        number=f"WT{next_serial('commission'):06d}",
        body=body,
        client=client,
        client_uscc=client_uscc,
        lacks=lacks.strip(),
        occupations=occupations,
        people=people,
        signed_on=signed_on,
        since=since,
        until=until,
        entered_at=at,
    )
    detail = {"number": made.number, "client": client, "occupations": occupations, "people": people, "since": str(since), "until": str(until)}
    record("commission.entered", body.number, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def end_commission(*, number: str, on: date, reason: str, by: Actor, at: datetime) -> Commission:
    """This function will end a commission early; it stays on record for those admitted before. :raises Refusal:"""
    paper = Commission.objects.select_for_update(of=("self",)).select_related("body").get(number=number)
    _end(paper, on, reason, by, at)
    record("commission.ended", paper.body.number, by=by, at=at, reason=reason, detail={"number": number, "on": str(on)})
    return paper


def hold_commissions(body: Body) -> list[Commission]:
    """This function will give the body's commissions, held until the caller's transaction ends: two registrations cannot use one last place."""
    return list(Commission.objects.select_for_update().filter(body=body).order_by("pk"))


def _other_party(body: Body, name: str, uscc: str, label: str, by: Actor) -> tuple[Body, str, str]:
    body = Body.objects.select_for_update().get(pk=body.pk)
    permissions.check_may_keep(by, body)
    if body.kind != BodyKind.ENTERPRISE:
        raise Refusal("只有用人单位可以按协议或委托接受参评人员。", ADMISSION, "请按本机构可以接受的参评来源组织评价。")
    if not name.strip():
        raise Refusal(f"{label}没有填写。", ADMISSION, f"请按协议填写{label}全称。")
    uscc = checked_uscc(uscc)
    if uscc == body.uscc:
        raise Refusal(f"{label}不能是本机构自己。", ADMISSION, f"请核对{label}的统一社会信用代码。")
    return body, name.strip(), uscc


def _named(values: Sequence[str], label: str) -> list[str]:
    found = list(dict.fromkeys(one.strip() for one in values if one.strip()))
    if not found:
        raise Refusal(f"没有写明{label}。", ADMISSION, f"请按协议逐项填写{label}。")
    return found


def _check_days(signed_on: date, since: date, until: date, today: date) -> None:
    if signed_on > today:
        raise Refusal("签订日晚于今天。", ADMISSION, "请在协议签订后登记。")
    if since < signed_on:
        raise Refusal("有效起始日早于签订日。", ADMISSION, "请核对协议的签订日和生效日。")
    if until <= since:
        raise Refusal("有效期的截止不晚于起始。", ADMISSION, "请核对协议的起止日期。")


def _end(paper: Agreement | Commission, on: date, reason: str, by: Actor, at: datetime) -> None:
    permissions.check_may_keep(by, paper.body)
    if not reason.strip():
        raise Refusal("没有写明终止理由。", ADMISSION, "请写明理由，终止后不能恢复。")
    if paper.ended_on is not None or paper.until <= at.date():
        raise Refusal(f"{paper.number}已经终止或到期。", ADMISSION, "无需重复办理；继续合作的请登记新的协议。")
    if not max(at.date(), paper.since) <= on < paper.until:
        raise Refusal("终止日须不早于今天，且在有效期内。", ADMISSION, "请改填终止日；终止之前已接受的人员不受影响。")
    paper.ended_on = on
    paper.save(update_fields=["ended_on"])
