"""受理: what is missing is asked for, the subject put right, a lead passed on, joined to another, taken up, or declined with an answer."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import VISITOR, Actor
from touchstone.bodies.queries import body_told
from touchstone.complaints import permissions, queries
from touchstone.complaints.facts import can_be_verified
from touchstone.complaints.models import Accused, Lead, Question
from touchstone.complaints.operations.filing import AT_MOST, FILES
from touchstone.complaints.operations.protecting import unnamed
from touchstone.complaints.operations.rows import DECIDE, VERIFY, locked, moved, owe, said
from touchstone.complaints.operations.verifying import put_verifiers
from touchstone.complaints.states import Decline, State
from touchstone.files.operations import attach
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must, records
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.supervision.complaints import (
    LAW,
    PASSED_ON_WITHIN,
    Origin,
    taken_up_in_time,
    verified_by,
)
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def ask_to_add(*, number: str, words: str, by: Actor, at: datetime) -> Lead:
    """This function will ask whoever complained to add something; they read it under the receipt's number. :raises NotAllowed: :raises Refusal:"""
    lead = locked(number)
    permissions.check_may(by, "ask", lead)
    state = moved(lead, "ask")
    if lead.origin != Origin.COMPLAINT:
        raise Refusal("这件不是投诉举报，没有投诉人可以补充。", LAW, "请向来源单位了解，或者自行核实。")
    words = unnamed(lead, said(words, "没有写明要补充什么。", "例如：请补充考试的日期和地点。"))
    Question.objects.create(lead=lead, words=words, asked_at=at, asked_by_id=by.user_id)
    lead.move_to(state)
    record("lead.asked", number, by=by, at=at, reason=words)
    return lead


@transaction.atomic
def add_facts(
    *, number: str, words: str, happened: str = "", about: str = "", files: Sequence[tuple[str, bytes]] = (), by: Actor, at: datetime
) -> Lead:
    """This function will take what whoever complained adds. The page lets only those do so who have shown the number's code, or whose own it is.

    :raises Refusal: without words, or once the lead is verified. :raises FileRefused:
    """
    lead = locked(number)
    state = moved(lead, "add")
    words = said(words, "没有写补充的内容。", "请写明时间、经过，或者更正前面写错的地方。")
    open_one = lead.questions.filter(answered_at__isnull=True).order_by("-pk").first()
    line = open_one or Question(lead=lead, asked_at=at)
    line.answer, line.answered_at = words, at
    line.save()
    lead.happened = (happened.strip() or lead.happened or f"见补充（{localtime(at).date()}）")[:120]
    lead.about = (about.strip() or lead.about)[:160]
    lead.facts = lead.facts or words
    for name, content in list(files)[:AT_MOST]:
        attach(case=number, label=FILES, name=name, content=content, by=VISITOR, at=at)
    lead.move_to(state)
    record("lead.added_to", number, by=VISITOR.with_key(by.request_key), at=at, detail={"files": len(files)})
    return lead


@transaction.atomic
def correct_about(*, number: str, body: str, district: str, reason: str, by: Actor, at: datetime) -> Lead:
    """This function will put right whom a lead is about: the body of the register (by number, code or whole name; empty: not on it) and the district.

    :raises NotAllowed: :raises Refusal: without a reason, or for a body that is not on the register.
    """
    lead = locked(number)
    permissions.check_may(by, "correct", lead)
    moved(lead, "correct")
    found = body_told(body) if body.strip() else None
    if body.strip() and found is None:
        raise Refusal(f"备案名录中没有“{body.strip()}”。", LAW, "请写机构全称、信用代码或者机构编号；不在名录的请留空。")
    reason = unnamed(lead, said(reason, "没有写明依据。", "例如：按证书上的站点序列码核对。"))
    lead.body, lead.about = found, found.name if found else lead.about
    lead.district = district if district in DISTRICTS else ""
    lead.save(update_fields=["body", "about", "district"])
    detail = {"body": found.number if found else "", "district": lead.district, "note": lead.about}
    record("lead.corrected", number, by=by, at=at, reason=reason, detail=detail)
    return lead


@transaction.atomic
def pass_on(*, number: str, office: str, reason: str, by: Actor, at: datetime) -> Lead:
    """This function will pass a lead on to the office it is for, with a reason; the time to decide runs on, whoever complained waits all the same.

    :raises NotAllowed: :raises Refusal: without a reason, or to an office that takes none.
    """
    lead = locked(number)
    permissions.check_may(by, "pass_on", lead)
    state = moved(lead, "pass_on")
    taker = next((one for one in queries.takers(lead, localtime(at).date()) if one.number == office), None)
    if taker is None:
        raise Refusal("线索只能转给市职鉴中心或者区人社局。", LAW, "请从列出的单位中选择。")
    reason = unnamed(lead, said(reason, "没有写明转办的理由。", "例如：考核点在该区，由该区督导。"))
    received = localtime(lead.received_at).date()
    within = in_force(PASSED_ON_WITHIN, received)
    late = localtime(at).date() > calendar().add_working_days(received, within.value)
    before = lead.office.number
    lead.office = taker
    lead.accused.all().delete()
    lead.move_to(state)
    detail = {"from": before, "to": taker.number, "note": f"{taker.name}{'（逾期转办）' if late else ''}", "late": late, "clause": str(within.clause)}
    record("lead.passed_on", number, by=by, at=at, reason=reason, detail=detail)
    owe(lead, DECIDE, by=by, at=at)
    return lead


@transaction.atomic
def join(*, number: str, into: str, reason: str, by: Actor, at: datetime) -> Lead:
    """This function will join a lead to another about the same: verified once, and whoever complained of either is answered.

    :raises NotAllowed: :raises Refusal: without a reason, or with one that is not open in the same office.
    """
    lead = locked(number)
    permissions.check_may(by, "join", lead)
    state = moved(lead, "join")
    main = queries.could_join(lead, by).filter(number=into).first()
    if main is None:
        raise Refusal("只能并入本单位承办、反映同一对象、还没有办结的线索。", LAW, "请从列出的线索中选择。")
    reason = unnamed(lead, said(reason, "没有写明并案的理由。", "例如：反映同一场考试。"))
    lead.joined_to, lead.due_on = main, None
    lead.move_to(state)
    lead.joined.update(joined_to=main)
    close_tasks(case=number, by=by, at=at, outcome=f"并入{into}")
    record("lead.joined", number, by=by, at=at, reason=reason, detail={"into": into, "note": into})
    return lead


@transaction.atomic
def take_up(*, number: str, verifiers: Collection[int] = (), accused: Collection[int] = (), by: Actor, at: datetime) -> Lead:
    """This function will take a lead up to be verified, and put down whom of the office itself it accuses; the verifiers may be appointed at once.

    :raises NotAllowed: :raises Refusal: where it says neither who nor what; as `appoint_verifiers`.
    """
    lead = locked(number)
    permissions.check_may(by, "take_up", lead)
    state = moved(lead, "take_up")
    day, received = localtime(at).date(), localtime(lead.received_at).date()
    must(can_be_verified(lead, anonymous=False, day=day), "请先“请投诉人补充”，或者“核对被反映的对象”。")
    in_time = taken_up_in_time(received, day, day, calendar())
    known = queries.may_verify(lead.office, day)
    Accused.objects.bulk_create([Accused(lead=lead, user_id=key) for key in dict.fromkeys(accused) if key in known])
    lead.decided_at, lead.due_on, lead.findings = at, verified_by(day, False, calendar()), records([in_time])
    lead.move_to(state)
    record("lead.taken_up", number, by=by, at=at, detail={"findings": lead.findings, "due_on": str(lead.due_on), "accused": len(accused)})
    owe(lead, VERIFY, by=by, at=at)
    if verifiers:
        put_verifiers(lead, verifiers, by=by.with_key(""), at=at)
    return lead


@transaction.atomic
def decline(*, number: str, because: Decline | str, reply: str, by: Actor, at: datetime) -> Lead:
    """This function will not take a lead up, with the ground and an answer that whoever complained reads. It leaves no mark on anybody.

    :raises NotAllowed: :raises Refusal: without a ground or an answer.
    """
    lead = locked(number)
    permissions.check_may(by, "decline", lead)
    state = moved(lead, "decline")
    if because not in set(Decline):
        raise Refusal("没有选择不予受理的情形。", LAW, "请选择一种情形，并写明理由。")
    lead.reply = said(reply, "没有写不予受理的理由和答复。", "投诉人会看到这段话，请写明理由和其他途径。")
    day = localtime(at).date()
    found = taken_up_in_time(localtime(lead.received_at).date(), day, day, calendar())
    lead.declined, lead.decided_at, lead.told_at, lead.due_on, lead.findings = Decline(because), at, at, None, records([found])
    lead.move_to(state)
    close_tasks(case=number, by=by, at=at, outcome=State.DECLINED.label)
    record("lead.declined", number, by=by, at=at, detail={"because": lead.declined, "note": Decline(because).label, "findings": lead.findings})
    return lead
