"""批量登记人员测试: does entering many do for each what entering one does?"""

from datetime import date

import pytest

from tests.cast import START
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.models import Person
from touchstone.accounts.operations import enter_people, enter_person
from touchstone.accounts.people import Identity, opened_id_number, opened_phone
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.simulation.identity import id_number

BORN = date(1990, 1, 1)


def identity(serial: int, name: str = "", phone: str = "") -> Identity:
    """Give somebody by a resident identity number."""
    return Identity(name or f"人员{serial}", id_number(serial, birthday=BORN, male=True), phone)


def enter(*identities: Identity) -> list[Person | Refusal]:
    """Enter them under one case."""
    return enter_people(identities=identities, case="JH0", by=PLATFORM, at=START)


@pytest.mark.django_db
def test_each_has_an_outcome_in_order_and_one_fault_keeps_out_nobody_else() -> None:
    known = enter_person(name="人员1", id_number=id_number(1, birthday=BORN, male=True), by=PLATFORM, at=START)
    outcomes = enter(identity(1), identity(2), Identity("人员三", "31"), identity(1, "别人"), identity(2))
    assert outcomes[0] == known
    assert isinstance(outcomes[1], Person)
    assert isinstance(outcomes[2], Refusal)
    assert "18位" in outcomes[2].sentence
    assert isinstance(outcomes[3], Refusal)
    assert "另一姓名" in outcomes[3].sentence
    assert outcomes[4] == outcomes[1]
    assert Person.objects.count() == 2
    assert Entry.objects.get(event="people.entered").detail == {"new": 1}


@pytest.mark.django_db
def test_what_is_sealed_opens_and_stands_nowhere_in_the_clear() -> None:
    (person,) = enter(identity(7, phone="13800000007"))
    assert isinstance(person, Person)
    assert opened_id_number(person) == id_number(7, birthday=BORN, male=True)
    assert opened_phone(person) == "13800000007"
    assert (person.birthday, person.sex, person.id_masked[3:-4]) == (BORN, "男", "*" * 11)


@pytest.mark.django_db
def test_a_passport_never_meets_a_resident_number() -> None:
    number = id_number(8, birthday=BORN, male=True)
    resident, traveller = enter(identity(8, "同名"), Identity("同名", number, id_kind="护照", sex="女", birthday=date(1985, 2, 3)))
    assert isinstance(resident, Person)
    assert isinstance(traveller, Person)
    assert resident != traveller
    assert (traveller.sex, traveller.birthday) == ("女", date(1985, 2, 3))


@pytest.mark.django_db
@pytest.mark.parametrize("count", [pytest.param(3, id="三人"), pytest.param(300, id="三百人")])
def test_queries_do_not_grow_with_people(count: int, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(8):
        enter(*(identity(serial) for serial in range(count)))
