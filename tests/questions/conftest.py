"""题库测试公用: body 丙 with its bank's people, its bank, the city's bank, and questions at any stage."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from tests.cast import SINCE, Cast, set_up
from touchstone.accounts.actor import Actor
from touchstone.bodies.models import Body
from touchstone.measurement.interchange.question import Question as Content
from touchstone.policy.exams.parts import Part
from touchstone.questions import operations
from touchstone.questions.models import Bank, Question
from touchstone.simulation import bank as simulated
from touchstone.simulation import cast as people
from touchstone.simulation.bank import STANDARD
from touchstone.simulation.bank_topics import TOPICS

THEORY = Part.THEORY.value


@dataclass(frozen=True)
class Stand:
    """Both banks, body 丙 and the cast; `question` brings a question of body 丙's bank to a stage."""

    cast: Cast
    body: Body
    bank: Bank
    city: Bank

    @property
    def at(self) -> datetime:
        return self.cast.at

    def __getattr__(self, username: str) -> Actor:
        actor: Actor = getattr(self.cast, username)
        return actor

    @property
    def people(self) -> dict[str, Actor]:
        """Author, reviewers and keeper of body 丙's bank."""
        return {name: people.actor_of(username, self.at.date()) for name, username in simulated.BODY_PEOPLE.items()}

    @property
    def city_people(self) -> dict[str, Actor]:
        """Author, reviewers and keeper of the city's bank."""
        names = {"author": "bai", "first": "ge", "second": "mo", "keeper": "ji"}
        return {name: people.actor_of(username, self.at.date()) for name, username in names.items()}

    def about(self, content: Content, element: str = "1.1.1", **changed: Any) -> operations.About:
        """What a question is tied to, unless told otherwise."""
        given: dict[str, Any] = {"standard": STANDARD, "level": 5, "part": THEORY, "kind": content.kind.value, "element": element, **changed}
        return operations.About(**given)

    def question(self, stage: str, place: int = 0, *, city: bool = False, **changed: Any) -> Question:
        """A question of body 丙's bank (of the city's) at a stage."""
        content = simulated.choice(TOPICS[place])
        bank, people = (self.city, self.city_people) if city else (self.bank, self.people)
        made = simulated.bring_to(stage, bank, self.about(content, **changed), content, people, self.at)
        return Question.objects.get(pk=made.pk)


@pytest.fixture
def stand(db: None) -> Stand:
    """Give the two banks with their people, both empty."""
    return stand_up(set_up())


def stand_up(cast: Cast) -> Stand:
    """Register body 丙 and open both banks."""
    body = people.set_up_body_c(since=SINCE, at=cast.at)
    city = operations.open_city_bank(by=cast.ji, at=cast.at)
    bank = operations.open_bank(body=body, by=cast.yun, at=cast.at)
    return Stand(cast, body, bank, city)


