"""队伍登记: how does somebody come onto the register of the corps, with a desk and a log-in of their own?"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts import operations as accounts
from touchstone.accounts.actor import Actor
from touchstone.accounts.operations import LogIn
from touchstone.experts import permissions
from touchstone.experts.models import Member
from touchstone.experts.operations._case import LAW, locked_member, note, words
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.roles import OfficeKind, Role

if TYPE_CHECKING:
    from touchstone.accounts.models import Person
    from touchstone.bodies.models import Body

DESK = "CORPS"
"""The number of the office in which everybody of the corps has their desk."""


@transaction.atomic
def register_member(
    *,
    name: str,
    id_number: str,
    phone: str,
    district: str,
    employer: str,
    body: "Body | None",
    by: Actor,
    at: datetime,
    log_in: LogIn | None = None,
) -> Member:
    """This function will put a person on the register of the corps, with a desk there; `body` where they work for one, `log_in` when they choose it.

    Somebody who stands on the register already is given back; a body that finds them without one takes them as its own.

    :raises Refusal: for a wrong identity, a district unknown, a person another body has, a weak password, a log-in name taken.
    """
    permissions.check_may_register(by, body_office=body.office_id if body else None, district=district)
    if district and district not in DISTRICTS:
        raise Refusal("没有这个区。", LAW, "请从列表中选择工作单位所在的区。")
    employer = body.name if body else words(employer, "没有填写工作单位。", "请填写现在的工作单位全称；自由职业的写明。")
    person = accounts.enter_person(name=name, id_number=id_number, phone=phone, by=by.with_key(""), at=at)
    known = Member.objects.select_for_update(of=("self",)).select_related("person", "body").filter(person=person).first()
    if known is not None:
        return _again(known, body, log_in, by=by, at=at)
    member = Member.objects.create(
        number=f"DW{next_serial('corps-member'):06d}", person=person, district=district, employer=employer[:120], body=body, joined_at=at
    )
    _seat(person, at)
    if log_in is not None:
        _open(person, log_in, at)
    note("member.registered", member, by=by, at=at, district=district, body=body.number if body else "")
    return member


def _again(known: Member, body: "Body | None", log_in: LogIn | None, *, by: Actor, at: datetime) -> Member:
    if log_in is not None:
        raise Refusal(f"{known.person.name}已在队伍名册中（{known.number}）。", LAW, "请直接登录；没有账号的，请联系管理单位开通。")
    if body is None or known.body_id == body.pk:
        return known
    if known.body is not None:
        raise Refusal(f"{known.person.name}登记的所在机构是{known.body.name}。", LAW, "已经调动的，请本人登录修改工作单位，或联系市职鉴中心。")
    known.body, known.employer = body, body.name
    known.save(update_fields=["body", "employer"])
    note("member.changed", known, by=by, at=at, body=body.number)
    return known


def _seat(person: "Person", at: datetime) -> None:
    """Give somebody the desk at which they see what is theirs; the platform grants it, for the register is what entitles them."""
    own = {"number": DESK, "name": "考评与督导队伍"}
    accounts.give_own_desk(person=person, kind=OfficeKind.CORPS, role=Role.CORPS_MEMBER, **own, at=at)


def _open(person: "Person", log_in: LogIn, at: datetime) -> None:
    accounts.open_chosen_log_in(person=person, username=log_in.username, password=log_in.password, at=at)


@transaction.atomic
def open_member_log_in(*, number: str, log_in: LogIn, by: Actor, at: datetime) -> Member:
    """This function will give a member a log-in. :raises Refusal: when they have one, the name is taken, the password weak."""
    member = locked_member(number)
    if not permissions.is_own_staff(by, member):
        permissions.check_may_manage(by, member)
    _seat(member.person, at)
    _open(member.person, log_in, at)
    note("member.log_in_opened", member, by=by, at=at, username=log_in.username)
    return member


@transaction.atomic
def change_member(*, number: str, district: str, employer: str, by: Actor, at: datetime) -> Member:
    """This function will change where a member works and which district manages them. Who leaves a body loses the tie to its desk, not the ties of
    recusal, which stand in a list of their own.

    :raises Refusal: for a district unknown, no employer, or nothing changed.
    """
    member = locked_member(number)
    if not permissions.is_self(by, member):
        permissions.check_may_manage(by, member)
    employer = words(employer, "没有填写工作单位。", "请填写现在的工作单位全称；自由职业的写明。")[:120]
    if district and district not in DISTRICTS:
        raise Refusal("没有这个区。", LAW, "请从列表中选择工作单位所在的区。")
    if (district, employer) == (member.district, member.employer):
        raise Refusal("工作单位和所在区没有变化。", LAW, "无需保存。")
    before = {"district": member.district, "employer": member.employer}
    if member.body is not None and member.body.name != employer:
        member.body = None
    member.district, member.employer = district, employer
    member.save(update_fields=["district", "employer", "body"])
    note("member.changed", member, by=by, at=at, before=before, district=district, employer=employer)
    return member
