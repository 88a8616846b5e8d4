"""投诉举报: anybody tells what happened, with a name or without; a receipt's number and a secret code are all that leads back.

Whoever is logged in is no actor here: the ledger names a visitor, whoever complained.
"""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import VISITOR, Actor
from touchstone.accounts.people import field_key
from touchstone.accounts.queries import person_behind
from touchstone.complaints.facts import can_be_verified, office_in_charge
from touchstone.complaints.models import Attempt, Complainant, Lead, Question
from touchstone.complaints.operations.protecting import sealed
from touchstone.complaints.operations.rows import DECIDE, decided_until, owe
from touchstone.complaints.queries.following import code_index, receipt_open_to
from touchstone.complaints.states import State
from touchstone.files.operations import attach
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.ledger.queries import made_before
from touchstone.parameters.queries import in_force
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.documents import our_default
from touchstone.policy.roles import OfficeKind
from touchstone.policy.supervision.complaints import KEPT_SECRET_YEARS, Origin, kept_secret_until

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

FILES = "投诉材料"
AT_MOST = 10
OFTEN = 20
"""So many complaints, and so many wrong codes, from one address within an hour: more than a school's shared line sends, fewer than a machine."""
KNOWN = frozenset({OfficeKind.CANDIDATE, OfficeKind.CORPS, OfficeKind.ASSESSMENT_BODY})
"""Who, being logged in and giving a name, is bound to it (sealed), so that nothing is done to them for it; an officer writes for somebody else."""
_GATE = our_default("投诉举报的提交次数")


@dataclass(frozen=True)
class Told:
    """What whoever complains tells: about whom, what happened when; `name` empty is anonymous."""

    about: str = ""
    place: str = ""
    district: str = ""
    certificate_number: str = ""
    happened: str = ""
    facts: str = ""
    name: str = ""
    phone: str = ""
    consents: bool = False


@dataclass(frozen=True)
class Filed:
    """A complaint that was taken in, and the code that is shown this once."""

    lead: Lead
    code: str


@transaction.atomic
def file_complaint(
    *, told: Told, body: "Body | None" = None, files: Sequence[tuple[str, bytes]] = (), address: str, by: Actor, at: datetime
) -> Filed:
    """This function will take a complaint from anybody, put it before the office it is for, and give number and code; what it lacks to be verified is
    asked for at once. The same request sent again gives the same.

    :raises Refusal: with nothing told, a name without a way to reach it, too much from one address. :raises FileRefused:
    """
    who = VISITOR.with_key(by.request_key)
    if before := made_before("lead.received", who):
        return Filed(Lead.objects.select_related("office").get(number=before), _code(before, by.request_key))
    _let_in("complaint", address, at)
    _check(told, body)
    day = localtime(at).date()
    about = body.name if body else (told.about.strip() or told.place.strip())
    district = told.district if told.district in DISTRICTS else ""
    number = f"TS{at:%Y}{next_serial(f'lead-{at:%Y}'):07d}"
    code = _code(number, by.request_key)
    lead = Lead.objects.create(
        number=number,
        origin=Origin.COMPLAINT,
        code_index=code_index(number, code),
        body=body,
        about=about[:160],
        place=told.place.strip(),
        district=district,
        certificate_number=told.certificate_number.strip().upper(),
        happened=told.happened.strip(),
        facts=told.facts.strip(),
        office=office_in_charge(body, about, district, day),
        received_at=at,
        due_on=decided_until(day),
    )
    for name, content in list(files)[:AT_MOST]:
        attach(case=number, label=FILES, name=name, content=content, by=VISITOR, at=at)
    if told.name.strip():
        _put_down_who(lead, told, by)
    anonymous = not told.name.strip()
    record("lead.received", number, by=who, at=at, detail={"office": lead.office.number, "anonymous": anonymous, "files": len(files)})
    owe(lead, DECIDE, by=VISITOR, at=at)
    found = can_be_verified(lead, anonymous=anonymous, day=day)
    if found.outcome is not Outcome.MET:
        Question.objects.create(lead=lead, words=f"{found.reason}，请补充：{found.ask_for}。", asked_at=at)
        lead.move_to(State.ASKED)
    return Filed(lead, code)


def _check(told: Told, body: "Body | None") -> None:
    if body is None and not (told.about.strip() or told.place.strip() or told.certificate_number.strip()):
        raise Refusal("没有写明反映的是哪家机构、哪个场所。", our_default("投诉举报"), "请写机构名称、地点、网址或者证书编号中的任意一项。")
    if not told.facts.strip():
        raise Refusal("没有写明反映的情况。", our_default("投诉举报"), "请写明发生了什么，有时间、经过的请一并写上。")
    if told.name.strip() and not told.phone.strip():
        raise Refusal("实名投诉没有留联系电话。", our_default("投诉举报"), "请留联系电话；不愿意留的，请选择匿名，匿名投诉同样核实。")


def _put_down_who(lead: Lead, told: Told, by: Actor) -> None:
    person = person_behind(by) if by.office_kind in KNOWN else None
    received = localtime(lead.received_at).date()
    until = kept_secret_until(received, in_force(KEPT_SECRET_YEARS, received).value)
    who = sealed(lead.number, told.name.strip(), told.phone.strip(), person)
    Complainant.objects.create(lead=lead, consents=told.consents, kept_until=until, **who)


def _code(number: str, request_key: str) -> str:
    """Ten letters and digits in two groups. Of the request it is made from the key, so that a visitor whose answer was lost gets the same one."""
    seed = field_key().blind_index(f"{number}|{request_key}", "complaints.lead.code_made") if request_key else secrets.token_bytes(32)
    text = base64.b32encode(seed)[:10].decode()
    return f"{text[:5]}-{text[5:]}"


@transaction.atomic
def open_receipt(*, number: str, code: str, address: str, at: datetime) -> Lead | None:
    """This function will give the complaint that number and code open together, or none, and count a wrong try.

    :raises Refusal: after too many from one address within an hour.
    """
    _still_open("code", address, at)
    found = receipt_open_to(number, code)
    if found is None:
        Attempt.objects.create(mark=_mark("code", address, at), at=at)
    return found


def _let_in(what: str, address: str, at: datetime) -> None:
    _still_open(what, address, at)
    Attempt.objects.create(mark=_mark(what, address, at), at=at)


def _still_open(what: str, address: str, at: datetime) -> None:
    if Attempt.objects.filter(mark=_mark(what, address, at), at__gt=at - timedelta(hours=1)).count() >= OFTEN:
        sentence = "从这个网络提交的投诉过于频繁。" if what == "complaint" else "查询码多次不对，暂时不能再试。"
        raise Refusal(sentence, _GATE, "请一小时以后再试，或者拨打所在区人力资源社会保障局的电话。")


def _mark(what: str, address: str, at: datetime) -> bytes:
    return field_key().blind_index(f"{what}|{address}|{localtime(at).date()}", "complaints.attempt")
