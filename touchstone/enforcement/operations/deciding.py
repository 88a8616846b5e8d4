"""决定: what is put forward goes to the director, who returns it, hands the case to the office that may decide, or decides; then it is sealed."""

from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre, district_bureau
from touchstone.bodies.operations import restrict
from touchstone.enforcement import permissions
from touchstone.enforcement.facts.ground import filing_of, on_ground, supervises, watched_of
from touchstone.enforcement.facts.origins import origin_of
from touchstone.enforcement.facts.precedents import nearest_to
from touchstone.enforcement.facts.procedure import acts_of, authorities_of, gravity_of_case, steps_of
from touchstone.enforcement.models import Case, CaseMeasure, Officer
from touchstone.enforcement.operations._case import DECIDE, ask_director, ask_officers, locked, note, today, words
from touchstone.enforcement.operations.letters import write_decision
from touchstone.enforcement.operations.notifying import Proposed, put_forward
from touchstone.enforcement.states import LAW, MOVES, State
from touchstone.filings.queries.supervised import filed_by
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, all_met, must, records
from touchstone.parameters.queries import calendar
from touchstone.policy.supervision.acts import Authority, Gravity, Tier
from touchstone.policy.supervision.clocks import Clock, clock_is_kept, last_day
from touchstone.policy.supervision.ladder import Measure, measures_fit, office_may_decide
from touchstone.policy.supervision.precedents import handled_alike
from touchstone.policy.supervision.restrictions import Restriction, restrictions_for
from touchstone.policy.supervision.who import bureau_name
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def send_up(*, number: str, proposed: Proposed, by: Actor, at: datetime) -> Case:
    """This function will put a case before the director. What was notified may only become milder: for anything heavier the body is told anew.

    :raises NotAllowed: unless by those who handle it. :raises Refusal: for measures that do not fit, or were not notified.
    """
    case = locked(number)
    permissions.check_handles(by, case)
    state = MOVES.check("send_up", State(case.state))
    notified = set(case.proposal) if case.notified_at else set()
    put_forward(case, proposed, today(at))
    heavier = [Measure(one).label for one in case.proposal if one not in notified and Measure(one) not in _UNTOLD]
    if heavier:
        raise Refusal(f"{'、'.join(heavier)}没有事先告知机构。", LAW, "请先发出告知书，听取陈述申辩。")
    case.proposed_at, case.proposed_by_id = at, by.user_id
    case.move_to(state)
    note("case.sent_up", case, by=by, at=at, measures=case.proposal, terms=case.terms, reason=case.deviation)
    close_tasks(case=number, matter="case_handle", by=by, at=at, outcome="已报送审批")
    assert case.opened_at is not None
    due_on = last_day(Clock.DECIDE, today(case.opened_at), calendar(), extended=case.extended)
    ask_director(case, "请审批处理决定", by=by, at=at, due_on=due_on)
    return case


_UNTOLD = frozenset({Measure.SUMMONS, Measure.HAND_OVER, Measure.REVOKE})
"""What needs no notice before (`procedure.STEPS`)."""


@transaction.atomic
def return_case(*, number: str, reason: str, by: Actor, at: datetime) -> Case:
    """This function will give a case back to those who handle it. :raises Refusal: without a reason."""
    case = locked(number)
    verb = "return" if case.notified_at else "send_back"
    permissions.check_decides(by, verb, case)
    state = MOVES.check(verb, State(case.state))
    reason = words(reason, "没有写明退回的原因。", "请写清需要补充什么。")
    case.move_to(state)
    note("case.returned", case, by=by, at=at, reason=reason)
    close_tasks(case=number, matter=DECIDE, by=by, at=at, outcome="退回")
    ask_officers(case, "审批退回，请补充后重新报送", by=by, at=at)
    return case


def may_decide(case: Case, day: date) -> Finding:
    """This function will find whether the office that handles a case may decide what was put forward."""
    filing, it = filing_of(case.body, day), watched_of(case, day)
    place = None if filing is None else filed_by(filing)
    return office_may_decide(place, case.office.district, supervises(case.office, it, day), [Measure(one) for one in case.proposal], day)


@transaction.atomic
def hand_to_filing_office(*, number: str, reason: str, by: Actor, at: datetime) -> Case:
    """This function will hand a case, with what is put forward, to the office that filed the body, where this one may not decide it.

    :raises Refusal: where it may. :raises NotAllowed: unless by those who handle it or the director.
    """
    case, day = locked(number), today(at)
    if permissions.why_not(permissions.check_handles, by, case):
        permissions.check_in_charge(by, case)
    state = MOVES.check("hand_to", State(case.state))
    filing = filing_of(case.body, day)
    place = filed_by(filing) if filing is not None else None
    if place is None or place == case.office.district:
        raise Refusal("本单位有权处理，不需要移交。", LAW, "请继续办理。")
    reason = words(reason, "没有写明移交的理由和处理建议。", "请写明查明的事实和建议。")
    target, former = district_bureau(place) if place else city_centre(), case.office
    must(on_ground(target, watched_of(case, day), day), "请联系市职鉴中心确定管辖。")
    Officer.objects.filter(case=case, left_at__isnull=True).update(left_at=at, left_because=f"移交{target.name}"[:200])
    case.office, case.handed_by = target, former
    case.move_to(state)
    note("case.handed_to", case, by=by, at=at, reason=reason, note=target.name, formerly=former.number, measures=case.proposal)
    close_tasks(case=number, by=by, at=at, outcome=f"移交{target.name}")
    ask_director(case, f"{former.name}移交案件并附处理建议，请指定办理人", by=by, at=at)
    return case


def findings_of(case: Case, decides: int | None, day: date) -> list[Finding]:
    """This function will find everything a decision as put forward rests on: the office, the ladder, like cases, and every step of the procedure."""
    measures, found = [Measure(one) for one in case.proposal], gravity_of_case(case, day)
    near = nearest_to(acts_of(case), found.tier, day, case.number)
    fits = measures_fit(found, measures, case.deviation, day)
    return [
        may_decide(case, day),
        fits,
        handled_alike(found.tier, measures, near, case.deviation, day),
        *steps_of(case, measures, day, decides),
    ]


@transaction.atomic
def decide_case(*, number: str, reason: str, by: Actor, at: datetime) -> Case:
    """This function will decide a case as put forward, once every step is closed: findings and letter are sealed, measures wait for service, and
    what the body is kept away from begins.

    :raises NotAllowed: unless by the director, who does not handle it. :raises Refusal: naming what is missing.
    """
    case, day = locked(number), today(at)
    permissions.check_decides(by, "decide", case)
    state = MOVES.check("decide", State(case.state))
    case.decision_reason = words(reason, "没有写明决定的理由。", "请写明事实、证据、裁量的理由。")
    found = findings_of(case, by.user_id, day)
    all_met(found, "补齐以后才能作出决定；需要补充的，请退回办理人。")
    gravity = gravity_of_case(case, day)
    assert case.opened_at is not None
    in_time = clock_is_kept(Clock.DECIDE, today(case.opened_at), day, case.extended, day, calendar())
    case.tier, case.tier_reason, case.tier_clause = gravity.tier, gravity.reason[:300], str(gravity.clause)[:200]
    case.decision, case.findings = list(case.proposal), records([*found, in_time])
    case.decided_at, case.decided_by_id = at, by.user_id
    kept_away = _restrict(case, gravity.tier, by=by, at=at)
    letter = write_decision(case, kept_away, by=by, at=at)
    case.sha256 = letter.sha256
    case.move_to(state)
    _write_measures(case, gravity)
    note(
        "case.decided", case, by=by, at=at, reason=case.decision_reason, tier=case.tier, measures=case.decision, terms=case.terms,
        deviation=case.deviation, letter=letter.number, sha256=letter.sha256, findings=case.findings,
    )  # fmt: skip
    close_tasks(case=number, matter=DECIDE, by=by, at=at, outcome="已决定")
    ask_officers(case, "处理决定已作出，请送达", by=by, at=at, due_on=last_day(Clock.SERVE, day, calendar()))
    if case.from_kind:
        origin_of(case.from_kind).ended(case.from_number, True, case.decision_reason, by, at)
    return case


def _restrict(case: Case, tier: Tier, *, by: Actor, at: datetime) -> list[str]:
    if case.body is None:
        return []
    wanted: tuple[Restriction, ...] = restrictions_for(case.number, tier, today(at))
    made = restrict(body=case.body, restrictions=wanted, reason=f"案件{case.number}处理决定", by=by, at=at)
    return [f"{one.until}以前不得{one.get_barred_display()}" for one in made]


def _write_measures(case: Case, gravity: Gravity) -> None:
    for one in case.decision:
        measure, terms = Measure(one), case.terms.get(one, {})
        to = [Authority(key) for key in terms.get("to", [])] or list(authorities_of(gravity))
        for authority in to if measure is Measure.HAND_OVER else [None]:
            CaseMeasure.objects.create(case=case, measure=measure, authority=authority or "", terms=terms)


def names_filing_office(case: Case, day: date) -> str:
    """This function will name the office that filed the body of a case, where it is another one; else nothing."""
    filing = filing_of(case.body, day)
    place = filed_by(filing) if filing is not None else None
    return "" if place is None or place == case.office.district else bureau_name(place)
