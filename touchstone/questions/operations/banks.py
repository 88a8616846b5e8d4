"""建库: the city's bank is opened once; a body opens its own, in steps (分步), until all are one."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.questions import permissions
from touchstone.questions.models import Bank
from touchstone.questions.operations._case import LAW, note

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

CITY_BANK = "TK0000"


@transaction.atomic
def open_city_bank(*, by: Actor, at: datetime) -> Bank:
    """This function will open the city's shared bank. :raises Refusal: when it is there already."""
    permissions.check_may(by, "open_city_bank")
    if Bank.objects.filter(number=CITY_BANK).exists():
        raise Refusal("市级题库已经建立。", LAW, "请在题库页面查看。")
    return _opened(Bank(number=CITY_BANK, name="上海市职业技能等级认定题库", office=city_centre(), opened_at=at), by, at)


@transaction.atomic
def open_bank(*, body: "Body", by: Actor, at: datetime) -> Bank:
    """This function will open a body's own bank. :raises Refusal: when it has one. :raises NotAllowed: for another body."""
    permissions.check_may(by, "open_bank", Bank(name=f"{body.name}题库", office_id=body.office_id))
    if Bank.objects.filter(body=body).exists():
        raise Refusal(f"{body.name}的题库已经建立。", LAW, "请在题库页面查看。")
    return _opened(Bank(number=f"TK{next_serial('bank'):04d}", name=f"{body.name}题库", office_id=body.office_id, body=body, opened_at=at), by, at)


def _opened(bank: Bank, by: Actor, at: datetime) -> Bank:
    bank.save()
    note("bank.opened", bank, by=by, at=at, note=bank.name)
    return bank
