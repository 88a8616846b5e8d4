"""人员: identity numbers never lie in the clear; one number is one person."""

import pytest

from tests.cast import START, Cast
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.models import Person
from touchstone.accounts.operations import enter_person
from touchstone.accounts.people import opened_id_number
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry


@pytest.fixture
def number() -> str:
    from datetime import date

    from touchstone.simulation.identity import id_number

    return id_number(0, birthday=date(1990, 3, 7), male=True)

@pytest.mark.django_db
def test_identity_is_sealed_and_shows_only_head_and_tail(number: str) -> None:
    """证件号码封存，只露头尾。"""
    person = enter_person(name="欧阳·娜", id_number=number.lower(), by=PLATFORM, at=START)
    stored = Person.objects.values().get(pk=person.pk)
    texts = [bytes(value) if isinstance(value, memoryview) else str(value).encode() for value in stored.values()]
    assert not any(number.encode() in text for text in texts)
    assert person.id_masked == "319***********" + number[-4:] and person.sex == "男"
    assert opened_id_number(person) == number
    assert number not in "".join(str(e.detail) + e.reason for e in Entry.objects.all())

@pytest.mark.django_db
def test_one_number_is_one_person(number: str) -> None:
    """同一证件号码就是同一个人。"""
    first = enter_person(name="陈默", id_number=number, by=PLATFORM, at=START)
    assert enter_person(name="陈 默", id_number=number, by=PLATFORM, at=START).pk == first.pk
    with pytest.raises(Refusal, match="另一姓名"):
        enter_person(name="陈默默", id_number=number, by=PLATFORM, at=START)

@pytest.mark.django_db
def test_a_wrong_number_is_told_where_it_is_wrong() -> None:
    """证件号码有误时说明哪里有误。"""
    with pytest.raises(Refusal, match="校验位"):
        enter_person(name="陈默", id_number="319900199003070011", by=PLATFORM, at=START)
    assert not Person.objects.exists()

def test_all_kinds_of_office_are_there(cast: Cast) -> None:
    """五类机构、考评与督导队伍、平台运行都在。"""
    from touchstone.accounts.queries import offices
    from touchstone.policy.roles import OfficeKind

    kinds = {office.kind for office in offices()}
    assert kinds == {kind.value for kind in OfficeKind}
    assert offices(OfficeKind.DISTRICT_BUREAU).count() == 16
