"""派遣: people are asked for, drawn, sent, and replaced; an impossible request says which rule stands in the way."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.experts import permissions
from touchstone.experts.models import Assignment, DispatchRequest
from touchstone.experts.operations._case import LAW, NothingToDo, locked_assignment, locked_request, words
from touchstone.experts.operations._filling import Part, fill, fill_again, send, tell_managers
from touchstone.experts.operations._public import line_of_request, line_of_secret, lines_of_draw
from touchstone.experts.queries.dispatch import RESERVE, assignments_in, empty_places, record_opens, sealed, secret_of
from touchstone.experts.states import ASSIGNMENT_MOVES, ENGAGED, REQUEST_MOVES, TO_COME, AssignmentState, RequestState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.parameters.queries import in_force
from touchstone.policy.experts.dispatch import REVEAL_BEFORE, Wanted
from touchstone.tasks.operations import close_tasks
from touchstone.trust.draws import commitment

if TYPE_CHECKING:
    from touchstone.accounts.models import Office
    from touchstone.bodies.models import Body, Venue
    from touchstone.catalogue.models import Occupation


@transaction.atomic
def draw_reserve(*, number: str, of: str, reason: str, by: Actor, at: datetime) -> bool:
    """This function will draw one person more for a request, in reserve, as the people of slot `of` were drawn, also once it has begun; it says
    whether somebody could be. It is part of the operation that needs them, which has decided who may.

    :raises Refusal: where nobody was sent, or somebody stands in reserve already.
    """
    found = locked_request(number)
    if found.state != RequestState.DISPATCHED:
        raise Refusal("这一场次没有派遣考评人员，抽不出备用考评人员。", LAW, "请由考评组长复评。")
    standing = assignments_in(found)
    if standing.filter(slot=RESERVE, state__in=sorted(ENGAGED)).exists():
        raise Refusal("备用考评人员已经派出。", LAW, "请等其答复并复评；推辞以后可以再抽取。")
    like = next(one for one in found.slots if one["slot"] == of)
    asked = [one.member.number for one in standing]
    part = fill(found, {**like, "slot": RESERVE, "count": 1}, sequence=found.draws.count() + 1, reason=reason, without=asked)
    if not part.filled:
        return False
    (sent,) = send(found, part, at=at)
    detail = {"case": found.case, "seeds": [part.drawn["seed"]], "draws": [part.sequence], "sent": [sent.number], "reserve": True}
    record("dispatch.drawn", number, by=by, at=at, reason=reason[:200], detail=detail, public=lines_of_draw(part.drawn, secret_of(found)))
    return True


@dataclass(frozen=True)
class Asked:
    """What a case asks for: the case by number, whose it is and where, what is judged, when, and whom those sent must have no tie to (keys);
    `corps_of` is the office that sends its external supervisors."""

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
    corps_of: "Office | None" = None


@transaction.atomic
def ask_for_people(asked: Asked, *, secret: bytes, by: Actor, at: datetime) -> DispatchRequest:
    """This function will put a request for people on record, frozen, with the commitment to the secret of its draw (32 bytes, which the door makes).

    :raises Refusal: for a case that has a standing request, one that has begun, or nobody wanted.
    """
    if asked.corps_of is None or asked.venue is None:
        permissions.check_may_ask(by, asked.body)
    else:
        permissions.check_may_send_supervisors(by, asked.body, asked.venue)
    if DispatchRequest.objects.filter(case=asked.case, corps_of=asked.corps_of).exclude(state=RequestState.CANCELLED).exists():
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
        # a venue outside the city lies in no district of ours: the one where the body is registered looks after it (三(二)5)
        district=(asked.venue.district if asked.venue else "") or asked.body.district,
        occupation=asked.occupation,
        level=asked.level,
        corps_of=asked.corps_of,
        starts_at=asked.starts_at,
        ends_at=asked.ends_at,
        reveal_at=asked.starts_at - timedelta(hours=hours if asked.corps_of is None else 0),
        candidates=asked.candidates,
        slots=[{**asdict(one), "kinds": [kind.value for kind in one.kinds], "clause": str(one.clause)} for one in asked.wanted],
        recuse_from={"bodies": [asked.body.pk], "persons": sorted(asked.persons), "employers": sorted(asked.employers)},
        commitment=commitment(secret),
        secret_sealed=sealed(secret, number),
        asked_by_id=by.user_id,
        asked_at=at,
    )
    detail = {"case": made.case, "commitment": made.commitment, "slots": [(one["slot"], one["count"]) for one in made.slots]}
    record("dispatch.asked", number, by=by, at=at, detail=detail, public=line_of_request(made))
    return made


@transaction.atomic
def dispatch(*, number: str, by: Actor, at: datetime, reason: str = "首次派遣") -> DispatchRequest:
    """This function will draw people for every slot of a request and send them. Where too few can come, nobody is sent, the request says which rules
    keep how many away, and whoever manages the corps is told. Where people stand already, the places that are empty are filled one by one.

    :raises TakenMeanwhile: when somebody drawn was sent elsewhere at the same moment: nothing is changed, and it can be tried again.
    :raises Refusal: when it has begun, or no place is empty.
    """
    found = locked_request(number)
    permissions.check_may_dispatch(by, found)
    before = RequestState(found.state)
    state = REQUEST_MOVES.check("dispatch", before)
    if found.starts_at <= at:
        raise Refusal("场次已经开始，不能再派遣。", LAW, "请取消这份申请。")
    if before is RequestState.DISPATCHED:
        return _fill_what_is_empty(found, reason=reason, by=by, at=at)
    parts: list[Part] = []
    for slot in found.slots:
        here = [name for part in parts for name in part.drawn["chosen"]]
        parts.append(fill(found, slot, sequence=found.draws.count() + len(parts) + 1, reason=reason, without=here))
    found.findings = records([finding for part in parts for finding in part.findings])
    if not all(part.filled for part in parts):
        found.move_to(REQUEST_MOVES.check("find_impossible", before))
        record("dispatch.impossible", number, by=by, at=at, detail={"findings": found.findings, "watches": found.corps_of_id is not None})
        tell_managers(found, by=by, at=at)
        return found
    sent = [one.number for part in parts for one in send(found, part, at=at)]
    found.move_to(state)
    close_tasks(case=number, by=by, at=at, outcome="已派遣")
    seeds = [part.drawn["seed"] for part in parts]
    detail = {"case": found.case, "seeds": seeds, "draws": [part.sequence for part in parts], "sent": sent}
    public = [line for part in parts for line in lines_of_draw(part.drawn, secret_of(found))]
    record("dispatch.drawn", number, by=by, at=at, reason=reason, detail=detail, public=public)
    return found


def _fill_what_is_empty(found: DispatchRequest, *, reason: str, by: Actor, at: datetime) -> DispatchRequest:
    empty = empty_places(found)
    if not empty:
        raise NothingToDo("这份申请所需的人员已经派足。", LAW, "需要换人的，请办理改派。")
    filled = [fill_again(found, slot, reason=reason, by=by, at=at) for slot in empty]
    if all(filled):
        close_tasks(case=found.number, by=by, at=at, outcome="已派遣")
    return found


@transaction.atomic
def reveal_secret(*, number: str, by: Actor, at: datetime) -> None:
    """This function will tell everybody the secret of a request's draws, once nobody can be drawn under it any more.

    :raises NotAllowed: unless by the platform. :raises Refusal: while somebody can still be drawn.
    """
    found = locked_request(number)
    if not by.is_platform:
        raise NotAllowed("抽取的保密数由平台在场次开始后揭晓。", LAW, "请等待场次开始。")
    if not record_opens(found, at):
        raise Refusal("场次还没有开始，还可能再抽取，不能揭晓保密数。", LAW, "请等待场次开始。")
    record("draw.revealed", number, by=by.with_key(f"reveal-{number}"), at=at, public=line_of_secret(found, secret_of(found)))


@transaction.atomic
def cancel_request(*, number: str, reason: str, by: Actor, at: datetime) -> DispatchRequest:
    """This function will take a request back, and tell those sent that they are not needed. :raises Refusal: without a reason, or too late."""
    found = locked_request(number)
    permissions.check_may_cancel_request(by, found)
    state = REQUEST_MOVES.check("cancel", RequestState(found.state))
    why = words(reason, "请填写取消派遣的理由。", "已派的人员会看到这条理由。")
    if found.starts_at <= at:
        raise Refusal("场次已经开始，不能取消派遣。", LAW, "没有举行的场次，请在到考登记中说明。")
    _take_back(found, state, reason=why, by=by, at=at)
    return found


@transaction.atomic
def release_people(*, cases: Iterable[str], reason: str, by: Actor, at: datetime, supervisors_only: bool = False) -> int:
    """This function will take back the requests of cases that will not be held, tell those sent that they are not needed, and count the requests;
    what is over keeps its people. It is part of the operation that stops the cases, which has decided who may."""
    standing = DispatchRequest.objects.filter(case__in=list(cases), ends_at__gt=at).exclude(state=RequestState.CANCELLED)
    if supervisors_only:
        standing = standing.exclude(corps_of=None)
    numbers = list(standing.order_by("number").values_list("number", flat=True))
    for number in numbers:
        found = locked_request(number)
        _take_back(found, REQUEST_MOVES.check("cancel", RequestState(found.state)), reason=reason, by=by, at=at)
    return len(numbers)


def _take_back(found: DispatchRequest, state: RequestState, *, reason: str, by: Actor, at: datetime) -> None:
    for one in assignments_in(found).filter(state__in=sorted(TO_COME)):
        _end(one, "cancel", by=by, at=at, reason=reason)
    found.move_to(state)
    close_tasks(case=found.number, by=by, at=at, outcome="已取消")
    record("dispatch.cancelled", found.number, by=by, at=at, reason=reason, detail={"case": found.case})


@transaction.atomic
def replace(*, assignment: str, reason: str, by: Actor, at: datetime) -> DispatchRequest:
    """This function will take one person off a sitting and draw another, by a numbered draw with its reason.

    :raises Refusal: without a reason, once it has begun, or when nobody else can come: then nothing is changed.
    """
    one = locked_assignment(assignment)
    found = one.request
    permissions.check_may_dispatch(by, found)
    ASSIGNMENT_MOVES.check("replace", AssignmentState(one.state))
    why = words(reason, "请填写改派的理由。", "理由会记入派遣记录。")
    if found.starts_at <= at:
        raise Refusal("场次已经开始，不能改派。", LAW, "没有到场的，请登记未到场。")
    _end(one, "replace", by=by, at=at, reason=why)
    name = one.member.person.name
    if not fill_again(found, one.slot, reason=f"改派{name}（派遣单{one.number}）：{why}", by=by, at=at):
        told = tuple(f"{finding['reason']}（依据：{finding['clause']}）" for finding in found.findings if finding["outcome"] != Outcome.MET)
        raise Refusal(f"没有人可以接替{name}，没有改派。", LAW, "请等有人恢复空闲后再改派，或者取消这份申请。", told)
    return found


def _end(one: Assignment, verb: str, *, by: Actor, at: datetime, reason: str) -> None:
    one.move_to(ASSIGNMENT_MOVES.check(verb, AssignmentState(one.state)))
    record(f"assignment.{one.state}", one.number, by=by, at=at, reason=reason, detail={"request": one.request.number})
