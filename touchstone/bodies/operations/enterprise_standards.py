"""企业标准办理: an enterprise files a standard of its own as the second one of 一考双证, and takes it out of use."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies import permissions
from touchstone.bodies.models import Body, EnterpriseStandard
from touchstone.catalogue.queries import occupation as occupation_on
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import all_met, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.dual import TWO_STANDARDS, Element, elements_make_a_whole, standards_meet
from touchstone.policy.exams.parts import parts_of
from touchstone.policy.roles import BodyKind


@transaction.atomic
def enter_enterprise_standard(
    *,
    body: Body,
    code: str,
    title: str,
    occupation: str,
    grades: Mapping[int, str],
    elements: Sequence[Element],
    since: date,
    by: Actor,
    at: datetime,
) -> EnterpriseStandard:
    """This function will file an enterprise's own standard with its grades and the map of its elements to the national exam.

    `grades` says by national level which grade of the enterprise answers to it; an earlier edition under the same code ends on `since`.

    :raises Refusal: for another kind of body, an unknown occupation, no grades, elements that are no whole or do not meet the national standard.
    """
    body = Body.objects.select_for_update().get(pk=body.pk)
    permissions.check_may_keep(by, body)
    permissions.check_population(BodyKind(body.kind), "enterprise_standards")
    if not code.strip() or not title.strip():
        raise Refusal("企业标准的编号或名称没有填写。", TWO_STANDARDS, "请按已发布的企业标准填写，例如“Q/LG 001—2025”。")
    if occupation_on(occupation, at.date()) is None:
        raise Refusal(f"目录中没有职业{occupation}。", TWO_STANDARDS, "请选择企业标准对应的国家职业。")
    named = {level: grade.strip() for level, grade in grades.items() if grade.strip()}
    if not named:
        raise Refusal("没有写明企业等级与职业技能等级的对应。", TWO_STANDARDS, "请至少为一个等级填写企业等级的名称。")
    own = [Element(one.name.strip(), one.takes, one.weight, one.pass_mark, one.national.strip()) for one in elements]
    day = at.date()
    found = [elements_make_a_whole(own, day), *(standards_meet(own, parts_of(Level(level), day), day) for level in sorted(named))]
    all_met(found, "请按企业标准核对要素、权重和对应的科目；不同等级考核科目不同的，请分别登记。")
    before = body.enterprise_standards.select_for_update().filter(code=code.strip(), until__isnull=True).first()
    if before is not None:
        if since <= before.since:
            raise Refusal(f"{code.strip()}已登记，自{before.since}起施行。", TWO_STANDARDS, "新的版本请填写更晚的施行日。")
        before.until = since
        before.save(update_fields=["until"])
    made = EnterpriseStandard.objects.create(
        number=f"QB{next_serial('enterprise-standard'):06d}",
        body=body,
        code=code.strip()[:60],
        title=title.strip()[:120],
        occupation_code=occupation,
        grades={str(level): grade for level, grade in named.items()},
        elements=[asdict(one) | {"takes": one.takes.value if one.takes else ""} for one in own],
        findings=records(found),
        since=since,
        entered_at=at,
    )
    detail = {"number": made.number, "code": made.code, "grades": made.grades, "elements": len(own), "replaces": before.number if before else ""}
    record("enterprise_standard.entered", body.number, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def end_enterprise_standard(*, number: str, on: date, by: Actor, at: datetime) -> EnterpriseStandard:
    """This function will take a standard out of use; `on` is the first day it is in force no more. Exams of before are judged by it.

    :raises Refusal: when it is out of use already, or the day is before its first.
    """
    found = EnterpriseStandard.objects.select_for_update(of=("self",)).select_related("body").get(number=number)
    permissions.check_may_keep(by, found.body)
    if found.until is not None:
        raise Refusal(f"{found.code}已停用。", TWO_STANDARDS, "无需重复办理。")
    if not found.since <= on:
        raise Refusal("停用日早于施行日。", TWO_STANDARDS, "请核对停用日。")
    found.until = on
    found.save(update_fields=["until"])
    record("enterprise_standard.ended", found.body.number, by=by, at=at, detail={"number": number, "on": str(on)})
    return found
