"""核实: two of the office, whom the lead does not accuse, put down what they find; one words the verdict, the other confirms it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.complaints import permissions, queries
from touchstone.complaints.facts import free_to_verify
from touchstone.complaints.models import Lead, Note, Verifier
from touchstone.complaints.operations.answering import end
from touchstone.complaints.operations.filing import AT_MOST
from touchstone.complaints.operations.protecting import unnamed
from touchstone.complaints.operations.rows import ANSWER, CONFIRM, VERIFY, locked, moved, owe, said
from touchstone.files.operations import attach
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, all_met, must, records
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy.documents import our_default
from touchstone.policy.supervision.complaints import (
    LAW,
    TOLD_WITHIN,
    VERIFIED_LATER,
    Verdict,
    verdict_is_borne_out,
    verified_by,
    verified_in_time,
)

TWO = our_default("投诉举报核实")


@transaction.atomic
def appoint_verifiers(*, number: str, verifiers: Collection[int], by: Actor, at: datetime) -> Lead:
    """This function will appoint who verifies a lead, in place of who did before: two or more of its office, none accused, none tied to the body.

    :raises NotAllowed: :raises Refusal:
    """
    lead = locked(number)
    permissions.check_may(by, "appoint", lead)
    moved(lead, "appoint")
    put_verifiers(lead, verifiers, by=by, at=at)
    return lead


def put_verifiers(lead: Lead, verifiers: Collection[int], *, by: Actor, at: datetime) -> None:
    """This function will write down who verifies a lead, as `appoint_verifiers` may. :raises Refusal:"""
    day, chosen = localtime(at).date(), list(dict.fromkeys(verifiers))
    known = queries.may_verify(lead.office, day)
    if not set(chosen) <= set(known):
        raise Refusal("核实人员只能从本单位的受理、督导和审批人员中指定。", TWO, "请从列出的人员中选择。")
    accused = set(lead.accused.values_list("user_id", flat=True))
    # by whom alone is asked here: what they find is not yet known
    must(verdict_is_borne_out(Verdict.UNDECIDED, 1, chosen, accused, day), "请指定两名没有被反映的人员。")
    all_met([free_to_verify(known[key], lead.body, day) for key in chosen], "请另行指定没有利害关系的人员。")
    lead.verifiers.exclude(user_id__in=chosen).delete()
    had = set(lead.verifiers.values_list("user_id", flat=True))
    Verifier.objects.bulk_create([Verifier(lead=lead, user_id=key, appointed_at=at) for key in chosen if key not in had])
    names = "、".join(known[key].name for key in chosen)
    record("lead.verifiers_appointed", lead.number, by=by, at=at, detail={"users": chosen, "note": names})


@transaction.atomic
def extend(*, number: str, reason: str, by: Actor, at: datetime) -> Lead:
    """This function will extend the time to verify, once, with a reason. :raises NotAllowed: :raises Refusal: the second time, or when it is over."""
    lead = locked(number)
    permissions.check_may(by, "extend", lead)
    moved(lead, "extend")
    clause = VERIFIED_LATER.on(localtime(at).date()).clause
    if lead.extended_because:
        raise Refusal("核实期限已经延长过一次。", clause, "请在期限内作出结论；无法查实的，结论为“无法查实”。")
    if lead.due_on is not None and localtime(at).date() > lead.due_on:
        raise Refusal("核实期限已过，不能再延长。", clause, "请尽快作出结论。")
    lead.extended_because = unnamed(lead, said(reason, "没有写明延长的理由。", "例如：需要调取外省市的考试录像。"))
    assert lead.decided_at is not None
    lead.due_on = verified_by(localtime(lead.decided_at).date(), True, calendar())
    lead.save(update_fields=["extended_because", "due_on"])
    record("lead.extended", number, by=by, at=at, reason=lead.extended_because, detail={"due_on": str(lead.due_on), "note": f"至{lead.due_on}"})
    owe(lead, VERIFY, by=by, at=at)
    return lead


@transaction.atomic
def note(*, number: str, words: str, files: Sequence[tuple[str, bytes]] = (), by: Actor, at: datetime) -> Note:
    """This function will put down one record of verifying, with its evidence. :raises NotAllowed: :raises Refusal: without words."""
    lead = locked(number)
    permissions.check_may(by, "note", lead)
    moved(lead, "note")
    words = said(words, "没有写核实的经过和发现。", "请写明何时、何地、向谁了解，看到了什么。")
    assert by.user_id is not None
    made = Note.objects.create(lead=lead, words=words, at=at, by_id=by.user_id)
    for name, content in list(files)[:AT_MOST]:
        attach(case=number, label=made.label, name=name, content=content, by=by, at=at)
    record("lead.noted", number, by=by, at=at, detail={"record": made.pk, "files": len(files)})
    return made


def _borne_out(lead: Lead, verdict: Verdict, at: datetime) -> Finding:
    who, accused = (set(rows.values_list("user_id", flat=True)) for rows in (lead.verifiers, lead.accused))
    return verdict_is_borne_out(verdict, lead.notes.count(), who, accused, localtime(at).date())


@transaction.atomic
def conclude(*, number: str, verdict: Verdict | str, conclusion: str, by: Actor, at: datetime) -> Lead:
    """This function will word the verdict, by one of the verifiers, for the other to confirm.

    :raises NotAllowed: :raises Refusal: without evidence, two verifiers, a verdict or words.
    """
    lead = locked(number)
    permissions.check_may(by, "conclude", lead)
    state = moved(lead, "conclude")
    if verdict not in set(Verdict):
        raise Refusal("没有选择核实结论。", LAW, "请选择属实、部分属实、不属实或者无法查实。")
    found = _borne_out(lead, Verdict(verdict), at)
    must(found, "请先登记核实记录和证据，并由两名核实人员办理。")
    lead.verdict, lead.concluded_by_id = Verdict(verdict), by.user_id
    lead.conclusion = unnamed(lead, said(conclusion, "没有写核实情况。", "请写明查明的事实和依据，不要写投诉人的姓名。"))
    lead.move_to(state)
    record("lead.concluded", number, by=by, at=at, reason=lead.conclusion, detail={"verdict": lead.verdict, "note": Verdict(verdict).label})
    owe(lead, CONFIRM, by=by, at=at)
    return lead


@transaction.atomic
def send_back(*, number: str, reason: str, by: Actor, at: datetime) -> Lead:
    """This function will not confirm a verdict: it is verified further. :raises NotAllowed: :raises Refusal: without a reason."""
    lead = locked(number)
    permissions.check_may(by, "send_back", lead)
    state = moved(lead, "send_back")
    reason = unnamed(lead, said(reason, "没有写明退回的理由。", "请写明还要核实什么。"))
    lead.verdict, lead.concluded_by_id = "", None
    lead.move_to(state)
    record("lead.sent_back", number, by=by, at=at, reason=reason)
    owe(lead, VERIFY, by=by, at=at)
    return lead


@transaction.atomic
def confirm(*, number: str, by: Actor, at: datetime) -> Lead:
    """This function will confirm a verdict, by another verifier; where nobody waits for an answer the lead is closed with it.

    :raises NotAllowed: :raises Refusal:
    """
    lead = locked(number)
    permissions.check_may(by, "confirm", lead)
    state = moved(lead, "confirm")
    day = localtime(at).date()
    borne_out = _borne_out(lead, Verdict(lead.verdict), at)
    must(borne_out, "请先登记核实记录和证据，并由两名核实人员办理。")
    assert lead.decided_at is not None
    in_time = verified_in_time(localtime(lead.decided_at).date(), day, bool(lead.extended_because), day, calendar())
    lead.findings = [*lead.findings, *records([borne_out, in_time])]
    lead.confirmed_by_id, lead.verified_at = by.user_id, at
    lead.due_on = calendar().add_working_days(day, in_force(TOLD_WITHIN, day).value)
    lead.move_to(state)
    record("lead.confirmed", number, by=by, at=at, detail={"verdict": lead.verdict, "note": Verdict(lead.verdict).label, "findings": lead.findings})
    if lead.has_complainant or lead.joined.exists():
        owe(lead, ANSWER, by=by, at=at)
    else:
        end(lead, by=by, at=at)
    return lead
