"""考生身份: how does somebody come to a desk of their own as a candidate?"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts import operations as accounts
from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.operations import LogIn
from touchstone.accounts.people import opened_phone
from touchstone.accounts.queries import holdings_of, person_behind, person_by_id_number, user_of
from touchstone.exams import permissions
from touchstone.exams.operations.registration_gate import RECORD
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.roles import OfficeKind, Role

if TYPE_CHECKING:
    from touchstone.accounts.models import Person, User

DESK = "CANDIDATES"
"""The number of the office in which every candidate has their desk."""


@transaction.atomic
def sign_up_candidate(*, name: str, id_number: str, phone: str, log_in: LogIn, by: Actor, at: datetime) -> "Person":
    """This function will give a visitor a log-in and a desk as a candidate.

    Somebody whom a body registered before is known already: whoever claims to be them must name the telephone given then.

    :raises Refusal: for a wrong identity, another telephone, a log-in they have already, a name taken, a weak password.
    """
    permissions.check_may_sign_up(by)
    _check_is_them(id_number, phone)
    person = accounts.enter_person(name=name, id_number=id_number, phone=phone, by=PLATFORM, at=at)
    accounts.open_chosen_log_in(person=person, username=log_in.username, password=log_in.password, at=at)
    seat(person, at)
    record("candidate.desk_opened", person.number, by=by, at=at)
    return person


@transaction.atomic
def come_in_proved(*, name: str, id_number: str, phone: str, by: Actor, at: datetime) -> "User":
    """This function will give the log-in of the person an identity provider has proved, found by the number, never made twice; whoever has none
    gets one that no password opens, and a desk as a candidate.

    :raises Refusal: for a wrong number, another name under it, or somebody who also works for an office and has to come in by password.
    """
    permissions.check_may_sign_up(by)
    person = accounts.enter_person(name=name, id_number=id_number, phone=phone, by=PLATFORM, at=at)
    if holdings_of(person, at.date()).exclude(office__kind=OfficeKind.CANDIDATE).exists():
        raise Refusal("您的账号还担任工作岗位，不能用随申办登录。", RECORD, "请用登录名、密码和动态口令登录。")
    user = user_of(person) or accounts.open_proved_log_in(person=person, at=at)
    if not user.is_active:
        raise Refusal("您的账号已停用。", RECORD, "请联系平台的安全管理员。")
    if seat(person, at):
        record("candidate.desk_opened", person.number, by=by, at=at, detail={"proved_by": "随申办"})
    return user


@transaction.atomic
def take_candidate_desk(*, by: Actor, at: datetime) -> "Person":
    """This function will give somebody who can log in already a desk as a candidate beside their others. :raises Refusal: for nobody, or again."""
    person = person_behind(by)
    if person is None:
        raise Refusal("您还没有登录。", RECORD, "请先登录；没有账号的，请注册考生账号。")
    if not seat(person, at):
        raise Refusal("您已经有考生身份。", RECORD, "请在右上角切换到“考生”。")
    record("candidate.desk_opened", person.number, by=by, at=at)
    return person


def seat(person: "Person", at: datetime) -> bool:
    """This function will give a person the desk at which they see what is theirs, and say whether it is new; being a person is all it takes."""
    return accounts.give_own_desk(person=person, kind=OfficeKind.CANDIDATE, role=Role.CANDIDATE, number=DESK, name="考生", at=at)


def _check_is_them(id_number: str, phone: str) -> None:
    try:
        known = person_by_id_number(id_number)
    except ValueError as error:
        raise Refusal(str(error), RECORD, "请对照身份证原件重新填写。") from error
    if known is None or (known.phone_sealed and opened_phone(known) == phone):
        return
    raise Refusal(
        "这个证件号码已有登记，而手机号码与登记的不一致，不能确认是您本人。",
        RECORD,
        "请填写报名时留的手机号码；已经换号的，请联系报名的评价机构更正。"
    )
