"""历史装入测试: is history kept out of a real installation, and does the crowd suit it?"""

import pytest

from tests.simulation.cities import TODAY
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.people import Identity
from touchstone.exams.models import Plan
from touchstone.exams.operations.history import load_history
from touchstone.exams.states import Part
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.crowd import Crowd
from touchstone.simulation.premises import ROOMS, random_of


@pytest.mark.django_db
def test_history_is_refused_on_a_real_installation() -> None:
    with pytest.raises(Refusal, match="正式环境"):
        load_history("plans", [{"number": "JH1"}], by=PLATFORM, at=TODAY)
    assert not Plan.objects.exists() and not Entry.objects.exists()


@pytest.mark.django_db
def test_history_names_columns_that_exist() -> None:
    mark_synthetic(seed=1)
    with pytest.raises(ValueError, match="colour"):
        load_history("plans", [{"number": "JH1", "colour": "red"}], by=PLATFORM, at=TODAY)


def test_a_crowd_never_meets_itself() -> None:
    crowd = Crowd(random_of(1, "crowd"))
    people = [crowd.grown_up(TODAY.date(), youngest=30, oldest=31) for _ in range(20_000)]
    assert len({one.id_number for one in people}) == 20_000
    names = "".join(one.name for one in people)
    assert "·" in names and any(ord(letter) > 0xFFFF for letter in names), "名单里应有间隔号和生僻字"
    assert Identity(people[0].name, people[0].id_number).read().birthday == people[0].birthday


def test_parts_that_a_level_is_examined_in_have_rooms() -> None:
    assert {purpose for _, purpose, *_ in ROOMS} >= {part.value for part in Part}
