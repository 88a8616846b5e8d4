"""保护投诉人: who complained is opened here and nowhere else, for a purpose, and destroyed at its end; nothing is done to them for it unexplained."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.people import field_key
from touchstone.accounts.queries import measures_against, person
from touchstone.bodies.queries import staff_ended
from touchstone.certificates.queries import revoked_of
from touchstone.complaints import permissions
from touchstone.complaints.facts import office_in_charge
from touchstone.complaints.models import Complainant, Lead
from touchstone.complaints.operations.rows import DECIDE, decided_until, locked, owe, said
from touchstone.complaints.queries.following import person_mark
from touchstone.complaints.states import OPEN
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, Outcome, must
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.documents import our_default
from touchstone.policy.supervision.complaints import Origin, complainant_not_harmed, may_see_complainant

if TYPE_CHECKING:
    from touchstone.accounts.models import Person

_PROTECTED = our_default("投诉人保护")
AT_ONCE = 500


@dataclass(frozen=True)
class Who:
    """Who complained, as it is shown to who verifies."""

    name: str
    phone: str
    consents: bool


def sealed(number: str, name: str, phone: str, known: "Person | None") -> dict[str, bytes]:
    """This function will give what is put down of a complainant, sealed for one lead."""
    key = field_key()
    told = {"name_sealed": key.seal(name, _place(number, "name")), "phone_sealed": key.seal(phone, _place(number, "phone"))}
    if known is not None:
        told |= {"person_sealed": key.seal(known.number, _place(number, "person")), "person_mark": person_mark(known.number)}
    return told


def _place(number: str, column: str) -> str:
    return f"complaints_complainant|{number}|{column}"


def unnamed(lead: Lead, words: str) -> str:
    """This function will give back words that are kept or sent on, unless they name whoever complained. :raises Refusal: where they do."""
    found = Complainant.objects.filter(lead=lead).first()
    if found is not None:
        name, phone = _opened(found, lead.number)
        if (len(name) > 1 and name in words) or (phone and phone in words):
            raise Refusal("这段话里有投诉人的姓名或者电话。", _PROTECTED, "请改用“投诉人”，不要写姓名和电话；它们只留在单独封存的记录里。")
    return words


def _opened(found: Complainant, number: str) -> tuple[str, str]:
    key = field_key()
    return key.open(bytes(found.name_sealed), _place(number, "name")), key.open(bytes(found.phone_sealed), _place(number, "phone"))


@transaction.atomic
def see_complainant(*, number: str, purpose: str, by: Actor, at: datetime) -> Who:
    """This function will open who complained to somebody who verifies the lead, and put on record that and why; the record does not name them.

    :raises Refusal: to everybody else, without a purpose, and where the complaint is anonymous.
    """
    lead = locked(number)
    found = Complainant.objects.filter(lead=lead).first()
    consents = found.consents if found else False
    seen = may_see_complainant(
        permissions.verifies(by, lead), permissions.of_the_body(by, lead), consents, purpose, localtime(at).date()
    )
    must(seen, "需要联系投诉人的，由核实人员写明用途后查看。")
    if lead.identity_destroyed_on is not None:
        gone = f"投诉人的身份已于{lead.identity_destroyed_on}按保密年限销毁。"
        raise Refusal(gone, _PROTECTED, "线索和办理记录仍然保留，不再有人能够得知是谁反映的。")
    if found is None:
        raise Refusal("这件是匿名反映的，没有留姓名和电话。", _PROTECTED, "需要补充的，请用“请投诉人补充”，投诉人凭受理编号查看。")
    record("lead.complainant_seen", number, by=by, at=at, reason=unnamed(lead, purpose.strip()[:300]))
    return Who(*_opened(found, number), consents)


@transaction.atomic
def destroy_identities(*, by: Actor, at: datetime) -> int:
    """This function will destroy who complained where the years they were told are over and the matter is closed, and count the leads; what was told
    stays, and the lead says that nobody can learn any longer who told it. :raises NotAllowed: unless by the platform.
    """
    if not by.is_platform:
        raise NotAllowed("投诉人的身份由平台期满销毁。", _PROTECTED, "保密年限届满以前不得销毁，届满以后自动销毁。")
    day = localtime(at).date()
    over = Complainant.objects.filter(kept_until__lte=day).exclude(lead__state__in=OPEN).select_related("lead").order_by("kept_until", "pk")
    rows = list(over.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
    for one in rows:
        lead = one.lead
        one.delete()
        lead.identity_destroyed_on = day
        lead.save(update_fields=["identity_destroyed_on"])
        detail = {"kept_until": str(one.kept_until), "note": f"保密至{one.kept_until}"}
        record("lead.complainant_destroyed", lead.number, by=by, at=at, detail=detail)
    return len(rows)


def check_harm(lead: Lead, day: date) -> Finding | None:
    """This function will find whether anything was done against whoever complained since; None where the platform does not know them."""
    found = Complainant.objects.filter(lead=lead, person_sealed__isnull=False).first()
    if found is None:
        return None
    since = localtime(lead.received_at).date()
    number = field_key().open(bytes(found.person_sealed or b""), _place(lead.number, "person"))
    first = min((one for one in _measures(person(number)) if since <= one <= day), default=None)
    explained = bool(found.harm_explained) and first is not None
    return complainant_not_harmed(since, first, explained, day)


def _measures(of: "Person") -> Iterator[date]:
    """The days on which a person was kept away, lost a certificate, or left a post with a body."""
    yield from measures_against(of)
    yield from revoked_of(of)
    yield from staff_ended(of)


@transaction.atomic
def explain_harm(*, number: str, words: str, by: Actor, at: datetime) -> None:
    """This function will put down why a measure against whoever complained had another reason, by somebody who verifies. :raises Refusal:"""
    lead = locked(number)
    _check_verifies(by, lead)
    finding = check_harm(lead, localtime(at).date())
    if finding is None or finding.outcome is Outcome.MET:
        raise Refusal("没有发现投诉之后对投诉人不利的处理，不需要说明。", _PROTECTED, "请继续核实线索。")
    words = said(words, "没有写明不利处理的事由。", "请写明依据和经过。", _PROTECTED)
    Complainant.objects.filter(lead=lead).update(harm_explained=words, harm_explained_at=at)
    record("lead.harm_explained", number, by=by, at=at)


@transaction.atomic
def enter_retaliation(*, number: str, words: str, by: Actor, at: datetime) -> Lead:
    """This function will enter a measure against whoever complained, which nobody explained, as a lead of its own; it names nobody.

    :raises Refusal: where there is none such, or without words.
    """
    lead = locked(number)
    _check_verifies(by, lead)
    finding = check_harm(lead, localtime(at).date())
    if finding is None or finding.outcome is not Outcome.UNMET:
        raise Refusal("没有发现投诉之后没有说明事由的不利处理。", _PROTECTED, "请继续核实线索。")
    words = unnamed(lead, said(words, "没有写明涉嫌打击报复的情况。", "请写明是什么处理，不要写投诉人的姓名。", _PROTECTED))
    day = localtime(at).date()
    made = Lead.objects.create(
        number=f"TS{at:%Y}{next_serial(f'lead-{at:%Y}'):07d}",
        origin=Origin.INSPECTION,
        source=f"核实{number}时发现"[:160],
        body=lead.body,
        about=lead.about,
        place=lead.place,
        district=lead.district,
        happened=str(day),
        facts=f"涉嫌打击报复投诉举报人：{words}",
        office=office_in_charge(lead.body, lead.about, lead.district, day),
        received_at=at,
        entered_by_id=by.user_id,
        due_on=decided_until(day),
    )
    record("lead.entered", made.number, by=by, at=at, detail={"origin": made.origin, "from": number, "office": made.office.number})
    owe(made, DECIDE, by=by, at=at)
    return made


def _check_verifies(by: Actor, lead: Lead) -> None:
    permissions.check_may(by, "appoint", lead)
    if not permissions.verifies(by, lead):
        permissions.check_may(by, "note", lead)
