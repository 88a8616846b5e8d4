"""人员与机构办理: offices are set up, people entered, roles granted and ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from touchstone.accounts import permissions
from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.models import Holding, Industry, Office, Person, Restriction, User
from touchstone.accounts.people import Identity, id_index, new_person, person_of
from touchstone.accounts.queries import holdings_of
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key, parse_id_number
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.policy.roles import ADMINISTRATORS, ROLES_OF_OFFICE, OfficeKind, Role
from touchstone.policy.violations.acts import Party


class RoleConflict(Refusal):
    """The person may not hold this role there, or not beside another."""


@dataclass(frozen=True)
class LogIn:
    """A name and a password to log in with."""

    username: str
    password: str


@transaction.atomic
def set_up_industry(*, key: str, name: str, by: Actor, at: datetime) -> Industry:
    """This function will enter a field of industry, or correct its name."""
    permissions.check_may(by, "arrange_offices")
    industry, _ = Industry.objects.update_or_create(key=key, defaults={"name": name})
    record("industry.set_up", key, by=by, at=at, detail={"name": name})
    return industry


@transaction.atomic
def set_up_office(
    *,
    number: str,
    kind: OfficeKind,
    name: str,
    short_name: str,
    by: Actor,
    at: datetime,
    district: str = "",
    industry: str = "",
    phone: str = "",
    since: date | None = None,
) -> Office:
    """This function will set up an office. :raises Refusal: when the number is taken."""
    if not (kind is OfficeKind.ASSESSMENT_BODY and by.is_platform):
        permissions.check_may(by, "arrange_offices")
    if Office.objects.filter(number=number).exists():
        raise Refusal(f"机构编号 {number} 已被使用。", next_step="请换一个编号，或直接修改已有机构。")
    office = Office.objects.create(
        number=number,
        kind=kind,
        name=name,
        short_name=short_name,
        district=district,
        industry=industry,
        phone=phone,
        since=since or at.date(),
    )
    record("office.set_up", number, by=by, at=at, detail={"name": name, "kind": kind.value})
    return office


@transaction.atomic
def take_back_office(*, number: str, by: Actor, at: datetime) -> None:
    """This function will take back a body's office that came in by mistake and in which nobody ever held a role; its number stays on the
    ledger. :raises Refusal: when somebody has a role in it."""
    permissions.check_may(by, "arrange_offices")
    office = Office.objects.select_for_update().get(number=number, kind=OfficeKind.ASSESSMENT_BODY)
    if office.holdings.exists():
        raise Refusal(f"{office.name}已有人员岗位，不能收回。", notice("一"), "请先核对该机构的人员。")
    record("office.taken_back", number, by=by.with_key(""), at=at, detail={"name": office.name})
    office.delete()


@transaction.atomic
def rename_office(*, office: Office, name: str, short_name: str) -> Office:
    """This function will give a body's office the name its body has taken; the ledger line is that of the operation it is part of."""
    office.name, office.short_name = name, short_name
    office.save(update_fields=["name", "short_name"])
    return office


@transaction.atomic
def enter_person(*, name: str, id_number: str, by: Actor, at: datetime, phone: str = "") -> Person:
    """This function will give the person with this identity number, entering them when new.

    :raises Refusal: when the number belongs to someone of another name, or is not a valid number.
    """
    try:
        parsed = parse_id_number(id_number)
    except ValueError as error:
        raise Refusal(str(error), next_step="请对照身份证原件重新录入。") from error
    index = id_index(parsed.text)
    known = Person.objects.filter(id_index=index).first()
    if known is not None:
        if known.name_key != name_key(name):
            raise Refusal("该证件号码已登记在另一姓名名下。", next_step="请核对姓名与证件号码；确有更名的，请携带证明材料联系市职鉴中心。")
        return known
    person = new_person(number="P" + index.hex()[:16].upper(), name=name, id_number=parsed.text, phone=phone)
    person.save()
    record("person.entered", person.number, by=by, at=at)
    return person


@transaction.atomic
def enter_people(*, identities: Sequence[Identity], case: str, by: Actor, at: datetime) -> list[Person | Refusal]:
    """This function will do for many what `enter_person` does for one, in a handful of queries, and give an outcome for each, in order.

    The new ones are told in one ledger line on `case`. What is wrong with one does not keep out the others.
    """
    read: list[Identity | Refusal] = []
    for identity in identities:
        try:
            read.append(identity.read())
        except ValueError as error:
            read.append(Refusal(str(error), next_step="请对照身份证件原件重新填写。"))
    indexes = {one.index: one for one in read if isinstance(one, Identity)}
    known = set(Person.objects.filter(id_index__in=indexes).values_list("id_index", flat=True))
    new = [person_of(one) for index, one in indexes.items() if index not in {bytes(k) for k in known}]
    Person.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    if new:
        record("people.entered", case, by=by.with_key(""), at=at, detail={"new": len(new)})
    people = {bytes(person.id_index): person for person in Person.objects.filter(id_index__in=indexes)}
    return [one if isinstance(one, Refusal) else _same_name(people[one.index], one) for one in read]


def _same_name(person: Person, identity: Identity) -> Person | Refusal:
    if person.name_key == name_key(identity.name):
        return person
    return Refusal("该证件号码已登记在另一姓名名下。", next_step="请核对姓名与证件号码；确有更名的，请携带证明材料联系市职鉴中心。")


@transaction.atomic
def open_log_in(*, person: Person, username: str, password: str, by: Actor, at: datetime) -> User:
    """This function will give a person a log-in. :raises Refusal: when the name is taken or the person has one already."""
    if User.objects.filter(username=username).exists():
        raise Refusal(f"登录名 {username} 已被使用。", next_step="请换一个登录名。")
    if User.objects.filter(person=person).exists():
        raise Refusal(f"{person.name}已有登录账号。", next_step="忘记密码的，请由安全管理员重置。")
    user = User(username=username, person=person)
    user.set_password(password)
    user.save()
    record("login.opened", person.number, by=by, at=at, detail={"username": username})
    return user


@transaction.atomic
def open_chosen_log_in(*, person: Person, username: str, password: str, at: datetime) -> User:
    """This function will give a person the log-in they chose themselves. :raises Refusal: as `open_log_in`, and for a weak password."""
    try:
        validate_password(password)
    except ValidationError as error:
        raise Refusal("密码过于简单：" + "".join(error.messages), notice("三(二)4"), "请换一个较长、不常见的密码。") from error
    return open_log_in(person=person, username=username, password=password, by=PLATFORM, at=at)


@transaction.atomic
def open_proved_log_in(*, person: Person, at: datetime) -> User:
    """This function will give a person, whom an identity provider has proved, a log-in that no password opens. :raises Refusal: as `open_log_in`."""
    user = open_log_in(person=person, username=f"id-{person.number.lower()}", password="", by=PLATFORM, at=at)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    return user


@transaction.atomic
def grant_role(*, person: Person, office: Office, role: Role, since: date, by: Actor, at: datetime) -> Holding:
    """This function will let a person hold a role in an office from `since` on.

    :raises RoleConflict: when that kind of office has no such role, or one person would hold two administrators' roles.
    """
    permissions.check_may(by, "grant_roles", office)
    kind = OfficeKind(office.kind)
    if role not in ROLES_OF_OFFICE[kind]:
        raise RoleConflict(f"{kind.label}不设“{role.label}”岗位。", notice("一"), "请选择该类机构设有的岗位。")
    open_roles = {Role(h.role) for h in Holding.objects.select_for_update().filter(person=person, until__isnull=True)}
    if role in ADMINISTRATORS and open_roles & (ADMINISTRATORS - {role}):
        raise RoleConflict("系统、安全、审计三类管理员不得由同一人兼任。", None, "请另选一人，或先收回其原有管理员岗位。")
    holding, made = Holding.objects.get_or_create(
        person=person, office=office, role=role, until=None, defaults={"since": since}
    )
    if made:
        detail = {"office": office.number, "role": role.value, "since": since.isoformat()}
        record("role.granted", person.number, by=by, at=at, detail=detail)
    return holding


@transaction.atomic
def give_own_desk(*, person: Person, kind: OfficeKind, role: Role, number: str, name: str, at: datetime) -> bool:
    """This function will give a person a desk of their own in the one office that all of their kind share, and say whether it is new.

    The platform grants it: the app that asks knows what entitles them.
    """
    office = Office.objects.filter(kind=kind, number=number).first()
    if office is None:
        office = set_up_office(number=number, kind=kind, name=name, short_name=name, since=at.date(), by=PLATFORM, at=at)
    if holdings_of(person, at.date()).filter(office=office, role=role).exists():
        return False
    grant_role(person=person, office=office, role=role, since=at.date(), by=PLATFORM, at=at)
    return True


@transaction.atomic
def end_role(*, holding_id: int, until: date, by: Actor, at: datetime, reason: str = "") -> Holding:
    """This function will end a role on a day (exclusive). :raises Refusal: when it has ended already."""
    holding = Holding.objects.select_for_update(of=("self",)).select_related("office", "person").get(pk=holding_id)
    permissions.check_may(by, "grant_roles", holding.office)
    if holding.until is not None:
        raise Refusal("该岗位已经收回。", next_step="无需重复办理。")
    holding.until = max(until, holding.since)
    holding.save(update_fields=["until"])
    detail = {"office": holding.office.number, "role": holding.role, "until": holding.until.isoformat()}
    record("role.ended", holding.person.number, by=by, at=at, reason=reason, detail=detail)
    return holding


@transaction.atomic
def restrict_person(
    *, person: Person, party: Party, since: date, until: date, reason: str, case: str, clause: str, by: Actor, at: datetime
) -> Restriction:
    """This function will keep a person away from a day until another (exclusive), by a decided case; the app that decided has checked who may."""
    made = Restriction.objects.create(
        person=person, party=party, since=since, until=until, reason=reason[:300], case=case, clause=clause[:200], imposed_at=at
    )
    detail = {"case": case, "party": party.value, "since": since.isoformat(), "until": until.isoformat(), "clause": clause}
    record("person.restricted", person.number, by=by.with_key(""), at=at, reason=reason, detail=detail)
    return made


@transaction.atomic
def lift_restriction(*, case: str, reason: str, by: Actor, at: datetime) -> int:
    """This function will let a person back whom a case kept away, and count the restrictions lifted."""
    standing = list(Restriction.objects.select_for_update(of=("self",)).select_related("person").filter(case=case, lifted_at__isnull=True))
    for one in standing:
        one.lifted_at, one.lifted_because = at, reason[:300]
        one.save(update_fields=["lifted_at", "lifted_because"])
        record("person.restriction_lifted", one.person.number, by=by.with_key(""), at=at, reason=reason, detail={"case": case})
    return len(standing)
