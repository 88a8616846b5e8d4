"""派遣: people are asked for, drawn, sent, and replaced; an impossible request says which rule stands in the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime
from psycopg.types.range import TimestamptzRange

from touchstone.accounts.actor import Actor
from touchstone.accounts.people import field_key
from touchstone.accounts.queries import city_centre
from touchstone.experts import permissions
from touchstone.experts.models import Assignment, DispatchDraw, DispatchRequest
from touchstone.experts.operations._case import LAW, NothingToDo, words
from touchstone.experts.operations._drawing import OnRoster, draw
from touchstone.experts.queries.dispatch import Known, assignments_in, known_for, left_out_by_cause
from touchstone.experts.states import ASSIGNMENT_MOVES, ENGAGED, REQUEST_MOVES, AssignmentState, RequestState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, Outcome, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.parameters.queries import in_force
from touchstone.policy.experts.dispatch import REVEAL_BEFORE, Wanted, chance_at_most, enough_can_come, panel_changed, tickets
from touchstone.policy.experts.kinds import MemberKind
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task
from touchstone.trust.draws import commitment

if TYPE_CHECKING:
    from touchstone.bodies.models import Body, Venue
    from touchstone.catalogue.models import Occupation

PLACE = "experts_dispatchrequest|{number}|secret"


class TakenMeanwhile(Refusal):
    """Somebody drawn was sent elsewhere at the same moment."""


@dataclass(frozen=True)
class Asked:
    """What a case asks for: the case by number, whose it is and where, what is judged, when, and whom those sent must have no tie to (keys)."""

    case: str
    title: str
    body: "Body"
    venue: "Venue | None"
    occupation: "Occupation | None"
    level: int | None
    starts_at: datetime
    ends_at: datetime
    candidates: int
    wanted: Sequence[Wanted]
    persons: Sequence[int] = ()
    employers: Sequence[str] = ()


@transaction.atomic
def ask_for_people(asked: Asked, *, secret: bytes, by: Actor, at: datetime) -> DispatchRequest:
    """This function will put a request for people on record, frozen, with the commitment to the secret of its draw (32 bytes, which the door makes).

    :raises Refusal: for a case that has a standing request, one that has begun, or nobody wanted.
    """
    permissions.check_may_ask(by, asked.body)
    if DispatchRequest.objects.filter(case=asked.case).exclude(state=RequestState.CANCELLED).exists():
        raise Refusal("这一场次已经申请派遣。", LAW, "需要改动的，请先取消原来的申请。")
    if asked.starts_at <= at:
        raise Refusal("场次已经开始，不能再申请派遣。", LAW, "请核对场次时间。")
    if not asked.wanted or not asked.candidates:
        raise Refusal("还没有考生，算不出需要多少考评人员。", LAW, "请先完成资格审核和排座，再申请派遣。")
    number = f"PQ{at.year}{next_serial(f'dispatch-{at.year}'):06d}"
    hours = in_force(REVEAL_BEFORE, at.date()).value
    made = DispatchRequest.objects.create(
        number=number,
        case=asked.case,
        title=asked.title[:200],
        body=asked.body,
        venue=asked.venue,
        district=asked.venue.district if asked.venue else asked.body.district,
        occupation=asked.occupation,
        level=asked.level,
        starts_at=asked.starts_at,
        ends_at=asked.ends_at,
        reveal_at=asked.starts_at - timedelta(hours=hours),
        candidates=asked.candidates,
        slots=[{**asdict(one), "kinds": [kind.value for kind in one.kinds], "clause": str(one.clause)} for one in asked.wanted],
        recuse_from={"bodies": [asked.body.pk], "persons": sorted(asked.persons), "employers": sorted(asked.employers)},
        commitment=commitment(secret),
        secret_sealed=field_key().seal_bytes(secret, PLACE.format(number=number)),
        asked_by_id=by.user_id,
        asked_at=at,
    )
    detail = {"case": made.case, "commitment": made.commitment, "slots": [(one["slot"], one["count"]) for one in made.slots]}
    record("dispatch.asked", number, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def dispatch(*, number: str, by: Actor, at: datetime, reason: str = "首次派遣") -> DispatchRequest:
    """This function will draw people for every slot of a request and send them. Where too few can come, nobody is sent, the request says which rules
    keep how many away, and whoever manages the corps is told.

    :raises TakenMeanwhile: when somebody drawn was sent elsewhere at the same moment: nothing is changed, and it can be tried again.
    """
    found = locked_request(number)
    permissions.check_may_dispatch(by, found)
    state = REQUEST_MOVES.check("dispatch", RequestState(found.state))
    if found.starts_at <= at:
        raise Refusal("场次已经开始，不能再派遣。", LAW, "请取消这份申请。")
    whole = [_fill(found, slot, at=at, reason=reason) for slot in found.slots]
    findings = [finding for part in whole for finding in part.findings]
    found.findings = records(findings)
    if any(one.outcome is not Outcome.MET for one in findings):
        found.move_to(REQUEST_MOVES.check("find_impossible", RequestState(found.state)))
        record("dispatch.impossible", number, by=by, at=at, detail={"findings": found.findings})
        _tell_managers(found, by=by, at=at)
        return found
    sent = [one.number for part in whole for one in _send(found, part, at=at)]
    found.move_to(state)
    close_tasks(case=number, by=by, at=at, outcome="已派遣")
    seeds = [part.drawn["seed"] for part in whole]
    detail = {"case": found.case, "seeds": seeds, "draws": [part.sequence for part in whole], "sent": sent}
    record("dispatch.drawn", number, by=by, at=at, reason=reason, detail=detail)
    return found


@dataclass(frozen=True)
class _Part:
    """One slot filled, or not."""

    slot: str
    findings: list[Finding]
    people: Mapping[str, Known]
    drawn: dict[str, Any]
    sequence: int
    reason: str


def _fill(found: DispatchRequest, slot: Mapping[str, Any], *, at: datetime, reason: str, without: Iterable[str] = (), count: int = 0) -> _Part:
    """Gather who may be sent for a slot and draw; `without` were asked already, `count` a number other than the slot's (a replacement)."""
    day, skipped = localtime(found.starts_at).date(), set(without)
    everybody = {one.member.number: one for one in known_for(found, [MemberKind(kind) for kind in slot["kinds"]])}
    known = [one for number, one in everybody.items() if number not in skipped]
    told = {one.member.number: one.findings(day) for one in known}
    able = [one for one in known if all(finding.outcome is Outcome.MET for finding in told[one.member.number].values())]
    lately = median(one.lately for one in able) if able else 0
    roster = [_on_roster(one, found, lately) for one in able]
    standing = [one.member.number for one in assignments_in(found) if one.slot == slot["slot"] and one.state in ENGAGED]
    taken = [OnRoster(number, was_last=number in everybody and everybody[number].was_last) for number in standing]
    wanted, sequence = count or int(slot["count"]), found.draws.count() + 1
    drawn = draw(f"{found.number}-{slot['slot']}-{sequence}", slot["slot"], roster, wanted, secret=_secret(found), day=day, taken=taken)
    causes = left_out_by_cause(told.values())
    for why in drawn["passed_over"].values():
        causes[why] = causes.get(why, 0) + 1
    can_come = len(drawn["chosen"]) + len(drawn["reserves"])
    by_number = {one.member.number: one for one in able}
    kept = sum(by_number[name].was_last for name in drawn["chosen"]) + sum(one.was_last for one in taken)
    findings = [enough_can_come(wanted, len(known), can_come, causes), panel_changed(wanted + len(taken), kept, day)]
    drawn["left_out"] = [
        {"id": name, "reasons": reasons}
        for name, said in told.items()
        if (reasons := [one.reason for one in said.values() if one.outcome is not Outcome.MET])
    ]
    drawn["chance_at_most"] = round(chance_at_most(wanted, len(roster), day), 4)
    return _Part(slot["slot"], findings, by_number, drawn, sequence, reason)


def _on_roster(one: Known, found: DispatchRequest, lately: float) -> OnRoster:
    near = bool(one.member.district) and one.member.district == found.district
    leads = one.qualification.kind == MemberKind.SENIOR_ASSESSOR
    return OnRoster(one.member.number, tickets(seldom_sent=one.lately < lately, near=near), leads, one.was_last, one.of_the_body)


def _secret(found: DispatchRequest) -> bytes:
    return field_key().open_bytes(bytes(found.secret_sealed), PLACE.format(number=found.number))


def _send(found: DispatchRequest, part: _Part, *, at: datetime) -> list[Assignment]:
    made = DispatchDraw.objects.create(
        request=found, sequence=part.sequence, reason=part.reason, seed=part.drawn["seed"], record=part.drawn, drawn_at=at
    )
    led = assignments_in(found).filter(slot=part.slot, leads=True, state__in=sorted(ENGAGED)).exists()
    sent = []
    for place, name in enumerate(part.drawn["chosen"]):
        known = part.people[name]
        sent.append(
            _sit(
                request=found,
                draw=made,
                number=f"{found.number}-{next_serial(f'assignment-{found.number}'):02d}",
                member=known.member,
                qualification=known.qualification,
                slot=part.slot,
                leads=place == 0 and not led,
                period=TimestamptzRange(found.starts_at, found.ends_at),
                offered_at=at,
            )
        )
    return sent


def _sit(**values: Any) -> Assignment:
    """PostgreSQL has the last word on who is free."""
    try:
        with transaction.atomic():
            return Assignment.objects.create(**values)
    except IntegrityError as error:
        if "nobody_in_two_places" not in str(error):
            raise
        name = values["member"].number
        raise TakenMeanwhile(f"{name}刚刚被派往同一时间的其他场次。", LAW, "请重新派遣。") from error


def _tell_managers(found: DispatchRequest, *, by: Actor, at: datetime) -> None:
    title, centre, due = f"无法派遣：{found.title}"[:200], city_centre().pk, localtime(found.reveal_at).date()
    open_task(case=found.number, matter="dispatch", title=title, office_id=centre, role=Role.INTAKE_CLERK, by=by, at=at, due_on=due)


@transaction.atomic
def cancel_request(*, number: str, reason: str, by: Actor, at: datetime) -> DispatchRequest:
    """This function will take a request back, and tell those sent that they are not needed. :raises Refusal: without a reason, or too late."""
    found = locked_request(number)
    permissions.check_may_cancel_request(by, found)
    state = REQUEST_MOVES.check("cancel", RequestState(found.state))
    why = words(reason, "请填写取消派遣的理由。", "已派的人员会看到这条理由。")
    if found.starts_at <= at:
        raise Refusal("场次已经开始，不能取消派遣。", LAW, "没有举行的场次，请在到考登记中说明。")
    for one in assignments_in(found).filter(state__in=[AssignmentState.OFFERED, AssignmentState.ACCEPTED]):
        _end(one, "cancel", by=by, at=at, reason=why)
    found.move_to(state)
    close_tasks(case=number, by=by, at=at, outcome="已取消")
    record("dispatch.cancelled", number, by=by, at=at, reason=why, detail={"case": found.case})
    return found


@transaction.atomic
def replace(*, assignment: str, reason: str, by: Actor, at: datetime) -> DispatchRequest:
    """This function will take one person off a sitting and draw another, by a numbered draw with its reason.

    :raises Refusal: without a reason, once it has begun, or when nobody else can come: then nothing is changed.
    """
    one = locked_assignment(assignment)
    found = locked_request(one.request.number)
    permissions.check_may_dispatch(by, found)
    ASSIGNMENT_MOVES.check("replace", AssignmentState(one.state))
    why = words(reason, "请填写改派的理由。", "理由会记入派遣记录。")
    if found.starts_at <= at:
        raise Refusal("场次已经开始，不能改派。", LAW, "没有到场的，请登记未到场。")
    _end(one, "replace", by=by, at=at, reason=why)
    fill_again(found, one, reason=f"改派{one.member.number}：{why}", by=by, at=at)
    return found


def fill_again(found: DispatchRequest, one: Assignment, *, reason: str, by: Actor, at: datetime) -> bool:
    """This function will draw somebody for the place of one who does not come, among all who were not asked yet; where nobody can come, whoever
    manages the corps is told. It is part of the operation that freed the place."""
    slot = next(slot for slot in found.slots if slot["slot"] == one.slot)
    asked = [each.member.number for each in assignments_in(found)]
    part = _fill(found, slot, at=at, reason=reason[:200], without=asked, count=1)
    if any(finding.outcome is not Outcome.MET for finding in part.findings):
        found.findings = records(part.findings)
        found.save(update_fields=["findings"])
        record("dispatch.place_empty", found.number, by=by, at=at, detail={"findings": found.findings, "slot": one.slot})
        _tell_managers(found, by=by, at=at)
        return False
    (sent,) = _send(found, part, at=at)
    detail = {"case": found.case, "seeds": [part.drawn["seed"]], "draws": [part.sequence], "sent": [sent.number]}
    record("dispatch.drawn", found.number, by=by, at=at, reason=reason, detail=detail)
    return True


def _end(one: Assignment, verb: str, *, by: Actor, at: datetime, reason: str) -> None:
    one.move_to(ASSIGNMENT_MOVES.check(verb, AssignmentState(one.state)))
    record(f"assignment.{one.state}", one.number, by=by, at=at, reason=reason, detail={"request": one.request.number})


def locked_request(number: str) -> DispatchRequest:
    """This function will give a request, locked until the transaction ends. :raises NothingToDo: when there is none of this number."""
    rows = DispatchRequest.objects.select_for_update(of=("self",)).select_related("body", "venue", "occupation")
    found = rows.filter(number=number).first()
    if found is None:
        raise NothingToDo(f"没有编号为{number}的派遣申请。", LAW, "请从派遣列表中选择。")
    return found


def locked_assignment(number: str) -> Assignment:
    """This function will give an assignment, locked until the transaction ends. :raises NothingToDo: when there is none of this number."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("request__body", "member__person__user", "qualification")
    found = rows.filter(number=number).first()
    if found is None:
        raise NothingToDo(f"没有编号为{number}的派遣单。", LAW, "请从派遣记录中选择。")
    return found
