"""答复: whoever complained, or the authority that handed a lead over, is told; what it leads to is noted."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.complaints import permissions, queries
from touchstone.complaints.models import Lead
from touchstone.complaints.operations.rows import locked, moved, said
from touchstone.complaints.states import State
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.supervision.complaints import LAW
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def tell(*, number: str, reply: str, by: Actor, at: datetime) -> Lead:
    """This function will answer: the words are read under the receipt's number, also by those whose complaints were joined to this one.

    :raises NotAllowed: :raises Refusal: without words, or before it is verified.
    """
    lead = locked(number)
    permissions.check_may(by, "tell", lead)
    moved(lead, "tell")
    lead.reply = said(reply, "没有写答复。", "请写明核实结论、已经或者将要采取的措施；不服的，可以向哪里反映。")
    lead.told_at = at
    end(lead, by=by, at=at)
    # not its words: an answer may address whoever complained by name
    record("lead.told", number, by=by, at=at, detail={"joined": list(lead.joined.values_list("number", flat=True))})
    return lead


def end(lead: Lead, *, by: Actor, at: datetime) -> None:
    """This function will close a lead and whatever it still owed, as part of the operation that ended it."""
    lead.due_on = None
    lead.move_to(moved(lead, "tell"))
    close_tasks(case=lead.number, by=by, at=at, outcome=State.CLOSED.label)


@transaction.atomic
def lead_on(*, number: str, case: str, by: Actor, at: datetime) -> Lead:
    """This function will note the case that an upheld lead led to. :raises NotAllowed: :raises Refusal: before, or where it led to one already."""
    lead = locked(number)
    permissions.check_may_lead_on(by, lead)
    facts = queries.facts_for_case(number)
    if facts.led_to:
        raise Refusal(f"据此已经立案{facts.led_to}。", LAW, "请在该案件中继续办理。")
    lead.led_to = case
    lead.save(update_fields=["led_to"])
    record("lead.led_on", number, by=by.with_key(""), at=at, detail={"case": case, "note": case})
    return lead


@transaction.atomic
def note_case_result(*, number: str, case: str, upheld: bool, words: str, by: Actor, at: datetime) -> Lead:
    """This function will note what became of the case a lead led to; the app that decided has checked who may. :raises Refusal: for another case."""
    lead = locked(number)
    if lead.led_to != case:
        raise Refusal(f"线索{number}没有据以立案{case}。", LAW, "请核对案件编号。")
    lead.case_result = f"{'已作处理' if upheld else '不予处理'}：{words}"[:200]
    lead.save(update_fields=["case_result"])
    record("lead.case_ended", number, by=by.with_key(""), at=at, detail={"case": case, "upheld": upheld, "note": lead.case_result})
    return lead
