"""未经备案的评价: what was seen is entered, looked up in the register, and the public is warned by another than who looked it up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre, district_bureau
from touchstone.complaints import permissions, queries
from touchstone.complaints.facts import looked_up, seen
from touchstone.complaints.models import Evaluator
from touchstone.complaints.operations.filing import AT_MOST
from touchstone.complaints.operations.rows import locked_evaluator, said
from touchstone.complaints.states import EVALUATOR_MOVES, EvaluatorState, TakenOff
from touchstone.files.operations import attach
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.ledger.queries import made_before
from touchstone.parameters.queries import calendar
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.roles import Role
from touchstone.policy.supervision.clocks import Clock, last_day
from touchstone.policy.supervision.unfiled import LAW, Claim, check_evaluator
from touchstone.tasks.operations import close_tasks, open_task

PHOTOS = "发现时的照片"


@dataclass(frozen=True)
class WhatWasSeen:
    """What somebody saw of an evaluator."""

    name: str
    claim: Claim
    place: str = ""
    district: str = ""
    uscc: str = ""
    title: str = ""
    emblem: bool = False
    promises: bool = False
    words: str = ""
    seen_on: date | None = None


@transaction.atomic
def enter_evaluator(
    *, what: WhatWasSeen, lead: str = "", files: Sequence[tuple[str, bytes]] = (), by: Actor, at: datetime
) -> Evaluator:
    """This function will enter an evaluator that was seen, for the district where it is (the centre, where that is none of ours); `lead` is the
    number of the lead it comes of. The same request gives the same.

    :raises NotAllowed: for another district. :raises Refusal: without a name, or a lead that is not the actor's to see. :raises FileRefused:
    """
    permissions.check_may_note(by, what.district)
    if before := made_before("unfiled.entered", by):
        return Evaluator.objects.select_related("office").get(number=before)
    name = said(what.name, "没有写明开展评价的单位或者个人。", "请写招生广告、证书或者网页上的名称。", LAW)
    district = what.district if what.district in DISTRICTS else ""
    assert by.user_id is not None
    one = Evaluator.objects.create(
        number=f"WB{at:%Y}{next_serial(f'unfiled-{at:%Y}'):06d}",
        name=name[:160],
        uscc=what.uscc.strip().upper(),
        place=what.place.strip(),
        district=district,
        claim=what.claim,
        title=what.title.strip(),
        emblem=what.emblem,
        promises=what.promises,
        words=what.words.strip(),
        seen_on=what.seen_on or localtime(at).date(),
        lead=queries.lead(lead, by) if lead else None,
        office=district_bureau(district) if district else city_centre(),
        entered_at=at,
        entered_by_id=by.user_id,
    )
    for file_name, content in list(files)[:AT_MOST]:
        attach(case=one.number, label=PHOTOS, name=file_name, content=content, by=by, at=at)
    record("unfiled.entered", one.number, by=by, at=at, detail={"name": name, "office": one.office.number, "lead": lead, "files": len(files)})
    _owe(one, "look_up_unfiled", f"核对是否备案：{name}", Role.INTAKE_CLERK, by=by, at=at)
    return one


@transaction.atomic
def look_up(*, number: str, by: Actor, at: datetime) -> Evaluator:
    """This function will hold an evaluator against the register, as of the day it was seen, and try it against every rule. :raises NotAllowed:"""
    one = locked_evaluator(number)
    permissions.check_may_on(by, "look_up", one)
    state = EVALUATOR_MOVES.check("look_up", EvaluatorState(one.state))
    found = looked_up(one.uscc or one.name, one.seen_on)
    if found.body is None and one.uscc:
        found = looked_up(one.name, one.seen_on)
    one.body, one.filed, one.register_says = found.body, found.filed, found.words[:300]
    day = localtime(at).date()
    findings = check_evaluator(seen(one), day)
    one.findings, one.looked_up_at, one.looked_up_by_id = records(findings), at, by.user_id
    one.move_to(state)
    against = [finding.title for finding in findings if finding.outcome is Outcome.UNMET]
    detail = {"filed": found.filed, "findings": one.findings, "note": "、".join(against) or "没有发现问题"}
    record("unfiled.looked_up", number, by=by, at=at, detail=detail)
    if against:
        due_on = last_day(Clock.HAND_OVER, day, calendar())
        _owe(one, "deal_with_unfiled", f"公开提示和移送：{one.name}", Role.DIRECTOR, by=by, at=at, due_on=due_on)
        open_task(
            case=number, matter="hand_over_unfiled", title=f"移送有关部门：{one.name}"[:200], office_id=one.office_id, role=Role.INTAKE_CLERK,
            by=by, at=at, due_on=due_on,
        )
    else:
        _owe(one, "clear_unfiled", f"办结：{one.name}", Role.INTAKE_CLERK, by=by, at=at)
    return one


@transaction.atomic
def clear_evaluator(*, number: str, words: str, by: Actor, at: datetime) -> Evaluator:
    """This function will end what was entered where nothing is against it.

    :raises NotAllowed: :raises Refusal: where something is, or without words.
    """
    one = locked_evaluator(number)
    permissions.check_may_on(by, "clear", one)
    state = EVALUATOR_MOVES.check("clear", EvaluatorState(one.state))
    if any(finding["outcome"] == Outcome.UNMET for finding in one.findings):
        raise Refusal("核对有不符合的，不能按没有发现问题办结。", LAW, "请公开提示并移送有关部门；核对有误的，请重新核对。")
    one.outcome = said(words, "没有写办结说明。", "例如：证书用语没有混淆，已告知其注意事项。", LAW)
    one.move_to(state)
    close_tasks(case=number, by=by, at=at, outcome=EvaluatorState.CLEARED.label)
    record("unfiled.cleared", number, by=by, at=at, reason=one.outcome)
    return one


@transaction.atomic
def warn_of(*, number: str, words: str, by: Actor, at: datetime) -> Evaluator:
    """This function will warn the public of an evaluator, by the leader of the office and another than who looked it up.

    :raises NotAllowed: :raises Refusal: where nothing is against it, or without words.
    """
    one = locked_evaluator(number)
    permissions.check_may_on(by, "warn", one)
    state = EVALUATOR_MOVES.check("warn", EvaluatorState(one.state))
    if not any(finding["outcome"] == Outcome.UNMET for finding in one.findings):
        raise Refusal("核对没有发现不符合的，不能公开提示。", LAW, "没有发现问题的，请办结。")
    one.warning = said(words, "没有写提示的内容。", "例如：该单位没有备案，其颁发的证书不是职业技能等级证书，请勿参加。", LAW)
    one.warned_at, one.warned_by_id = at, by.user_id
    one.move_to(state)
    close_tasks(case=number, matter="deal_with_unfiled", by=by, at=at, outcome=EvaluatorState.WARNED.label)
    record("unfiled.warned", number, by=by, at=at, reason=one.warning, detail={"name": one.name})
    return one


@transaction.atomic
def take_warning_off(*, number: str, because: TakenOff | str, words: str, by: Actor, at: datetime) -> Evaluator:
    """This function will take a warning off, with the ground; that it stood, and why it no longer does, stays public.

    :raises NotAllowed: :raises Refusal: without a ground or words; for one that is not filed, where that is the ground.
    """
    one = locked_evaluator(number)
    permissions.check_may_on(by, "take_off", one)
    state = EVALUATOR_MOVES.check("take_off", EvaluatorState(one.state))
    if because not in set(TakenOff):
        raise Refusal("没有选择撤下的原因。", LAW, "请选择已经备案、已经停止改正或者提示有误。")
    day = localtime(at).date()
    if TakenOff(because) is TakenOff.FILED and not looked_up(one.uscc or one.name, day).filed:
        raise Refusal(f"备案名录中没有{one.name}的有效备案。", LAW, "请核对名称和信用代码；没有备案的，不能以已经备案撤下。")
    one.off_words = said(words, "没有写撤下的说明。", "说明会和原来的提示一起公开。", LAW)
    one.off_because, one.off_at = TakenOff(because), at
    one.move_to(state)
    record("unfiled.taken_off", number, by=by, at=at, reason=one.off_words, detail={"because": one.off_because, "note": TakenOff(because).label})
    return one


@transaction.atomic
def lead_evaluator_on(*, number: str, case: str, by: Actor, at: datetime) -> Evaluator:
    """This function will note the case an evaluator led to; the app that opens it has checked who may.

    :raises Refusal: where there was one before.
    """
    one = locked_evaluator(number)
    facts = queries.facts_for_unfiled_case(number)
    if facts.led_to:
        raise Refusal(f"据此已经立案{facts.led_to}。", LAW, "请在该案件中继续办理。")
    one.led_to = case
    one.save(update_fields=["led_to"])
    record("unfiled.led_on", number, by=by.with_key(""), at=at, detail={"case": case, "note": case})
    return one


def _owe(one: Evaluator, matter: str, title: str, role: Role, *, by: Actor, at: datetime, due_on: date | None = None) -> None:
    close_tasks(case=one.number, by=by, at=at, outcome=EvaluatorState(one.state).label)
    open_task(case=one.number, matter=matter, title=title[:200], office_id=one.office_id, role=role, by=by, at=at, due_on=due_on)
