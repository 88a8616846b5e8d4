"""立案: what was found is put down as a case, and the director approves that it is opened, or refuses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import office_by_key
from touchstone.enforcement import permissions
from touchstone.enforcement.facts.ground import filing_of, leader_of, on_ground, watched
from touchstone.enforcement.facts.origins import found_at, origin_of
from touchstone.enforcement.facts.procedure import gravity, judged_before
from touchstone.enforcement.models import Case, CaseAct, Officer
from touchstone.enforcement.operations._case import APPROVE, ask_director, ask_officers, locked, note, today, words
from touchstone.enforcement.operations.evidence import take_reference
from touchstone.enforcement.states import LAW, MOVES, OPEN, State
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import all_met, must, records
from touchstone.ledger.numbering import next_serial
from touchstone.parameters.queries import calendar
from touchstone.policy.supervision.acts import ACTS, Gravity, Tier, body_act_is_listed
from touchstone.policy.supervision.clocks import Clock, clock_is_kept, last_day
from touchstone.policy.supervision.procedure import CaseFacts, case_is_alive
from touchstone.policy.supervision.who import bureau_name
from touchstone.tasks.operations import close_tasks

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

LONGEST = 4000


@dataclass(frozen=True)
class Charge:
    """What a body is held to have done: the acts with the day of each, the facts, when it came to light, which certificates and plans it touches."""

    acts: Mapping[str, date]
    facts: str
    found_on: date
    certificates: Sequence[str] = ()
    plans: Sequence[str] = ()


@transaction.atomic
def begin_case(*, body: "Body | None", charge: Charge, source: str = "", party_name: str = "", by: Actor, at: datetime) -> Case:
    """This function will put a case down, to be approved by the director. `source` is `<kind>:<number>` of what it comes from; an evaluator never
    filed has a name alone.

    :raises NotAllowed: :raises Refusal: for an act not listed, outside the office's ground, for what a body was judged for or cleared of before,
        and for what comes to no violation.
    """
    permissions.check_may_open(by)
    office, day = office_by_key(by.office_id), today(at)
    name = body.name if body is not None else words(party_name, "没有写明当事机构。", "请选择评价机构，或者填写未备案机构的名称。")
    it = watched(body, name, office.district, day)
    ground = on_ground(office, it, day)
    must(ground, f"请把线索转给{bureau_name(leader_of(it, day))}办理。")
    found = _checked(charge, body, day)
    kind, number = _source(source, by)
    filing = filing_of(body, day)
    made = Case.objects.create(
        number=f"AJ{at:%Y}{next_serial(f'case-{at:%Y}'):05d}",
        body=body,
        party_name=name[:160],
        filing=filing.number if filing else "",
        office=office,
        from_kind=kind,
        from_number=number,
        begun_at=at,
        begun_by_id=by.user_id,
        **_told(charge, found),
    )
    _write_acts(made, charge)
    Officer.objects.create(
        case=made, user_id=by.user_id or 0, name=by.person_name, invited_at=at, invited_by_id=by.user_id, accepted_at=at
    )
    if kind:
        take_reference(made, kind, number, by=by, at=at)
    findings = records([ground, *(body_act_is_listed(act, on) for act, on in charge.acts.items())])
    note(
        "case.begun", made, by=by, at=at, reason=made.facts, body=body.number if body else "", acts=_plain(charge), tier=made.tier,
        source=source, findings=findings,
    )  # fmt: skip
    due_on = last_day(Clock.OPEN, charge.found_on, calendar())
    ask_director(made, "请审批是否立案", matter=APPROVE, by=by, at=at, due_on=due_on)
    return made


def _source(source: str, by: Actor) -> tuple[str, str]:
    """What a case comes from: it must be there, and lead to one case alone while that is alive. :raises Refusal:"""
    if not source:
        return "", ""
    kind, number, _ = found_at(source, by)
    earlier = Case.objects.filter(from_kind=kind, from_number=number).exclude(state=State.REFUSED).order_by("id").first()
    if earlier is not None:
        if earlier.cleared_on is not None:
            must(case_is_alive(CaseFacts(earlier.acted_on, earlier.found_on, cleared_on=earlier.cleared_on), earlier.cleared_on), CLEARED)
        raise Refusal(f"据此已立案{earlier.number}（{earlier.get_state_display()}）。", LAW, "请在该案件中继续办理。")
    return kind, number


CLEARED = "认定不成立的不再处理；有新的事实的，请写明新的事实和日期，另行立案。"


def _checked(charge: Charge, body: "Body | None", day: date, but: str = "") -> Gravity:
    """What the acts come to; a case that is changed (`but`) is not held against itself. :raises Refusal:"""
    if not charge.acts:
        raise Refusal("没有选择情形。", LAW, "请从清单中选择机构的违纪违规情形，写明每项的日期。")
    words(charge.facts, "没有写明事实。", "请写清时间、地点、经过和证据。")
    all_met([body_act_is_listed(act, on) for act, on in charge.acts.items()], "请核对情形和日期。")
    latest = max(charge.acts.values())
    if latest > charge.found_on or charge.found_on > day:
        raise Refusal("日期的先后不对：行为日应不晚于发现日，发现日应不晚于今天。", LAW, "请核对日期。")
    must(case_is_alive(CaseFacts(latest, charge.found_on), day), "超过处理时限的不再处理，请将情况记入机构监管记录。")
    if body is not None:
        number, cleared_on = judged_before(body, charge.acts, but)
        if cleared_on is not None:
            must(case_is_alive(CaseFacts(latest, charge.found_on, cleared_on=cleared_on), day), CLEARED)
        if number:
            raise Refusal(f"同一天的同一行为已在案件{number}中处理。", LAW, "不重复处理；另有行为的，请写明该行为的日期。")
    found = gravity(charge.acts, body, day, but)
    if found.tier is Tier.NOT_YET:
        raise Refusal(f"{found.reason}，不立案。", found.clause, "请在检查记录中要求立行立改，核对后销号。")
    if body is None and found.tier is not Tier.UNLAWFUL:
        raise Refusal("没有备案的机构不适用备案机构的处理。", LAW, "请选择“未经备案以职业技能等级名义评价、发证”等情形，移送有关部门。")
    return found


def _told(charge: Charge, found: Gravity) -> dict[str, object]:
    return {
        "facts": charge.facts.strip()[:LONGEST],
        "acted_on": max(charge.acts.values()),
        "found_on": charge.found_on,
        "certificates": list(dict.fromkeys(charge.certificates)),
        "plans": list(dict.fromkeys(charge.plans)),
        "tier": found.tier,
        "tier_reason": found.reason[:300],
        "tier_clause": str(found.clause)[:200],
    }


def _write_acts(case: Case, charge: Charge) -> None:
    CaseAct.objects.filter(case=case).delete()
    listed = [CaseAct(case=case, act=act, acted_on=on, words=ACTS.on(on).value[act].words) for act, on in charge.acts.items()]
    CaseAct.objects.bulk_create(listed)


def _plain(charge: Charge) -> dict[str, str]:
    return {act: on.isoformat() for act, on in charge.acts.items()}


@transaction.atomic
def change_charge(*, number: str, charge: Charge, reason: str, by: Actor, at: datetime) -> Case:
    """This function will put down anew what a body is held to have done, while nothing is proposed yet; what was notified before counts no longer.

    :raises NotAllowed: unless by those who handle it. :raises Refusal: without a reason, once proposed, and as `begin_case`.
    """
    case = locked(number)
    permissions.check_handles(by, case)
    if case.state not in OPEN - {State.PROPOSED}:
        raise Refusal(f"案件现为“{case.get_state_display()}”，不能再改变认定的事实和情形。", LAW, "需要改变的，请审批负责人退回。")
    reason = words(reason, "没有写明改变的理由。", "例如：经调查核实了新的事实。")
    found = _checked(charge, case.body, today(at), case.number)
    for key, value in _told(charge, found).items():
        setattr(case, key, value)
    _write_acts(case, charge)
    if case.state == State.NOTIFIED:
        case.notified_at, case.statement_answer, case.waived = None, "", False
        case.state = State.OPENED
    case.save()
    note("case.charge_changed", case, by=by, at=at, reason=reason, acts=_plain(charge), tier=case.tier)
    return case


@transaction.atomic
def approve_opening(*, number: str, opinion: str, by: Actor, at: datetime) -> Case:
    """This function will open a case: the director, who does not handle it, approves. :raises NotAllowed: :raises MoveRefused:"""
    case = locked(number)
    permissions.check_decides(by, "approve", case)
    state = MOVES.check("approve", State(case.state))
    in_time = clock_is_kept(Clock.OPEN, case.found_on, today(at), False, today(at), calendar())
    case.opened_at, case.opened_by_id = at, by.user_id
    case.move_to(state)
    note("case.opened", case, by=by, at=at, reason=opinion.strip(), findings=records([in_time]))
    close_tasks(case=number, matter=APPROVE, by=by, at=at, outcome="已批准立案")
    due_on = last_day(Clock.DECIDE, today(at), calendar())
    ask_officers(case, "案件已立案，请调查取证、告知、报送审批", by=by, at=at, due_on=due_on)
    if case.from_kind:
        origin_of(case.from_kind).opened(case.from_number, case.number, by, at)
    return case


@transaction.atomic
def refuse_opening(*, number: str, reason: str, by: Actor, at: datetime) -> Case:
    """This function will not open a case that was put down; what it comes from may lead to another. :raises Refusal: without a reason."""
    case = locked(number)
    permissions.check_decides(by, "refuse", case)
    state = MOVES.check("refuse", State(case.state))
    reason = words(reason, "没有写明不予立案的理由。", "理由告知登记案件的人。")
    case.closed_at = at
    case.move_to(state)
    note("case.refused", case, by=by, at=at, reason=reason)
    close_tasks(case=number, by=by, at=at, outcome="不予立案")
    return case


@transaction.atomic
def extend_case(*, number: str, reason: str, by: Actor, at: datetime) -> Case:
    """This function will give a difficult case its longer time, once. :raises Refusal: without a reason, or a second time."""
    case = locked(number)
    permissions.check_in_charge(by, case)
    if case.extended or case.state not in {State.OPENED, State.NOTIFIED, State.PROPOSED}:
        raise Refusal("办理期限只能在决定以前延长一次。", LAW, "请在期限内作出决定。")
    reason = words(reason, "没有写明延长的理由。", "例如：案情复杂，正在等待鉴定意见。")
    case.extended = True
    case.save()
    assert case.opened_at is not None
    last = last_day(Clock.DECIDE, today(case.opened_at), calendar(), extended=True)
    note("case.extended", case, by=by, at=at, reason=reason, note=f"延长至{last}", until=last.isoformat())
    return case
