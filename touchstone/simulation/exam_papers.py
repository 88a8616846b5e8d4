"""模拟试卷: the city bank has a blueprint and a paper composed from it, so that a newcomer can look at one and seal it."""

from datetime import datetime
from decimal import Decimal

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.catalogue import queries as catalogue
from touchstone.policy.exams.parts import Part
from touchstone.policy.questions.papers import Asked
from touchstone.questions import operations
from touchstone.questions.queries import city_bank
from touchstone.questions.terms import default_terms
from touchstone.simulation.bank import STANDARD

KINDS = {"choice": Asked(10, Decimal(4)), "true_false": Asked(10, Decimal(4)), "multiple": Asked(4, Decimal(5))}
"""Twenty-four questions, so that the small city bank has enough for it."""


def populate(*, keeper: Actor, at: datetime, forms: int = 1) -> str:
    """This function will make a blueprint in the city bank and compose a paper from it; it gives the paper's number, or nothing where the bank or
    the standard's weight table is missing."""
    bank, day = city_bank(), at.date()
    standard = catalogue.standard(STANDARD)
    if bank is None or catalogue.structure_of(standard, day) is None:
        return ""
    terms = default_terms(Part.THEORY.value, None, day).with_kinds(KINDS)
    made = operations.make_blueprint(
        bank=bank.number, standard=STANDARD, level=5, part=Part.THEORY.value, title="车工五级理论知识（示例）", terms=terms, by=keeper, at=at
    )  # fmt: skip
    asked = operations.ask_paper(blueprint=made.number, forms=forms, by=keeper, at=at)
    return operations.compose_paper(number=asked.number, by=PLATFORM, at=at).number
