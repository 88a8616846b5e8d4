"""登记线索: the offices enter what the press reports, another authority hands over, an alert or an inspection shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.complaints import permissions
from touchstone.complaints.facts import office_in_charge
from touchstone.complaints.models import Lead
from touchstone.complaints.operations.filing import AT_MOST, FILES
from touchstone.complaints.operations.rows import DECIDE, decided_until, owe, said
from touchstone.files.operations import attach
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.ledger.queries import made_before
from touchstone.monitoring.queries import alert
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.supervision.complaints import LAW, Origin

if TYPE_CHECKING:
    from touchstone.bodies.models import Body


@dataclass(frozen=True)
class Entered:
    """What an office enters: whence it comes (the paper, the authority, the alert's number), about whom, what."""

    origin: Origin
    source: str
    about: str = ""
    link: str = ""
    place: str = ""
    district: str = ""
    happened: str = ""
    facts: str = ""
    certificate_number: str = ""


@transaction.atomic
def enter_lead(
    *, entered: Entered, body: "Body | None" = None, files: Sequence[tuple[str, bytes]] = (), by: Actor, at: datetime
) -> Lead:
    """This function will enter a lead that is no complaint, and put it before the office it is for; the same request gives the same lead.

    :raises NotAllowed: also for an alert that is not the actor's to see. :raises Refusal: without a source, a subject or facts. :raises FileRefused:
    """
    permissions.check_may_enter(by)
    if before := made_before("lead.entered", by):
        return Lead.objects.select_related("office").get(number=before)
    if entered.origin is Origin.COMPLAINT:
        raise Refusal("投诉举报由投诉人自己提交，或者由您代为填写公众页面。", LAW, "这样投诉人有受理编号和查询码，身份也单独封存。")
    source = said(entered.source, "没有写明来源。", "请写媒体名称、移送单位或者预警编号。")
    if entered.origin is Origin.ALERT:
        alert(source, by)
    day = localtime(at).date()
    about = body.name if body else said(entered.about or entered.place, "没有写明反映的机构或者场所。", "请写机构名称、地点或者网址。")
    district = entered.district if entered.district in DISTRICTS else ""
    lead = Lead.objects.create(
        number=f"TS{at:%Y}{next_serial(f'lead-{at:%Y}'):07d}",
        origin=entered.origin,
        source=source[:160],
        link=entered.link.strip(),
        body=body,
        about=about[:160],
        place=entered.place.strip(),
        district=district,
        certificate_number=entered.certificate_number.strip().upper(),
        happened=entered.happened.strip(),
        facts=said(entered.facts, "没有写明反映的情况。", "请摘要写明报道或者移送的内容。"),
        office=office_in_charge(body, about, district, day),
        received_at=at,
        entered_by_id=by.user_id,
        due_on=decided_until(day),
    )
    for name, content in list(files)[:AT_MOST]:
        attach(case=lead.number, label=FILES, name=name, content=content, by=by, at=at)
    record("lead.entered", lead.number, by=by, at=at, detail={"origin": lead.origin, "source": lead.source, "office": lead.office.number})
    owe(lead, DECIDE, by=by, at=at)
    return lead
