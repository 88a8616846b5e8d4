"""立案: a case is opened from what was told in a sitting, or from what came to light otherwise."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries import own_body, staff_of
from touchstone.exams.operations.undertakings import close_doubt
from touchstone.exams.queries.accused import candidate_of_body, contradiction_of, incident_of_body, sitting_of
from touchstone.files.operations import carry_over
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.kernel.rules import must, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.exams.parts import Part
from touchstone.policy.violations.acts import ACTS, UNTRUE, Party, act_is_listed
from touchstone.violations import permissions
from touchstone.violations.models import Violation
from touchstone.violations.states import LAW

if TYPE_CHECKING:
    from touchstone.exams.models import Candidate


@dataclass(frozen=True)
class Seen:
    """What is held against whom: a candidate (by number) or a member of staff (by key), the act, the facts, the day; and the incident or the answer
    of an outside register (`enquiry`) it rests on."""

    party: Party
    act: str
    facts: str
    happened_on: date
    candidate: str = ""
    staff_id: int | None = None
    incident: str = ""
    part: Part | None = None
    enquiry: str = ""


@transaction.atomic
def record_violation(*, seen: Seen, by: Actor, at: datetime) -> Violation:
    """This function will open a case of the actor's body against one of its candidates or staff. Photos of the incident are put under it.

    :raises Refusal: for somebody of another body, an act that is not listed, without facts, a day to come,
        or a second case on one incident or answer.
    """
    permissions.check_may_record(by)
    body = own_body(by)
    told = incident_of_body(seen.incident, body) if seen.incident else None
    if seen.incident and told is None:
        raise Refusal(f"没有编号为{seen.incident}的考场情况。", LAW, "请从本机构场次的考场情况中立案。")
    if told is not None and (before := Violation.objects.filter(incident=told.number).first()) is not None:
        raise Refusal(f"这条考场情况已经立案（{before.number}）。", LAW, "请在原案件中继续办理。")
    if seen.happened_on > localtime(at).date():
        raise Refusal("行为日期还没有到。", LAW, "请核对行为发生的日期。")
    if not seen.facts.strip():
        raise Refusal("请写明事实。", LAW, "请写清时间、地点、经过和证据。")
    found = act_is_listed(seen.act, seen.party, seen.happened_on)
    must(found, "请从情形清单中选择。")
    candidate = staff = None
    if seen.party is Party.CANDIDATE:
        candidate = candidate_of_body(seen.candidate, body)
        if candidate is None:
            raise Refusal("没有找到这名考生。", LAW, "请按准考证号或考生编号填写本机构计划中的考生。")
        person = candidate.person
    else:
        staff = next((one for one in staff_of(body, seen.happened_on) if one.pk == seen.staff_id), None)
        if staff is None:
            raise Refusal("所选人员当日不在本机构人员名册中。", LAW, "请从名册中选择；派遣来的考评、督导人员由队伍管理单位处理。")
        person = staff.person
    answered = _answered(seen, candidate)
    sitting = told.sitting if told is not None else sitting_of(candidate, seen.part) if candidate is not None and seen.part else None
    act = ACTS.on(seen.happened_on).value[seen.act]
    case = Violation.objects.create(
        number=f"WJ{at:%Y}{next_serial(f'violation-{at:%Y}'):05d}",
        body=body,
        party=seen.party,
        person=person,
        name_key=name_key(person.name),
        candidate=candidate,
        sitting=sitting,
        part=sitting.part if sitting is not None else seen.part or "",
        incident=told.number if told is not None else "",
        enquiry=seen.enquiry,
        act=seen.act,
        act_words=act.words,
        tier=act.tier,
        clause=str(act.clause),
        happened_on=seen.happened_on,
        facts=seen.facts.strip(),
        findings=[*records([found]), *answered],
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    detail = {"party": case.party, "person": person.number, "act": case.act, "tier": case.tier, "incident": case.incident, "findings": case.findings}
    record("violation.recorded", case.number, by=by, at=at, reason=case.facts, detail=detail)
    if candidate is not None and seen.act in UNTRUE:
        close_doubt(candidate_number=candidate.number, case=case.number, by=by, at=at)
    if told is not None:
        carry_over(from_case=told.number, to_case=case.number, by=by, at=at)
    return case


def _answered(seen: Seen, candidate: "Candidate | None") -> list[dict[str, Any]]:
    """What a register has answered that the case rests on. :raises Refusal: where none contradicts the claim, or a case rests on it already."""
    if not seen.enquiry:
        return []
    found = contradiction_of(seen.enquiry, candidate) if candidate is not None else None
    if found is None:
        raise Refusal("没有这条与申报不符的外部登记答复。", LAW, "请从考生页面的外部登记核查中立案。")
    if (before := Violation.objects.filter(enquiry=seen.enquiry).first()) is not None:
        raise Refusal(f"这条答复已经立案（{before.number}）。", LAW, "请在原案件中继续办理。")
    return list(found.findings)


def locked(number: str) -> Violation:
    """This function will give a case, held until the transaction ends. :raises Violation.DoesNotExist:"""
    rows = Violation.objects.select_for_update(of=("self",)).select_related("body__office", "person", "candidate", "appeal_to")
    return rows.get(number=number)
