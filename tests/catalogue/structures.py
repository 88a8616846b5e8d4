"""结构样例: a turner's structure as a workbook, sound or with faults, handed in and carried through by the cast."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from tests.cast import Cast
from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.catalogue import operations, queries
from touchstone.catalogue.models import Standard, Structure, StructureImport
from touchstone.policy.questions.structure import StructureFacts
from touchstone.sheets.structures import structure_workbook
from touchstone.simulation.standards.outline import facts_of
from touchstone.simulation.standards.turner import TURNER

NUMBER = "GZB 6-18-01-01-2018"


def standard() -> Standard:
    return queries.standard(NUMBER)


def facts() -> StructureFacts:
    return facts_of(str(standard()), TURNER)


def workbook(said: StructureFacts) -> bytes:
    return structure_workbook(operations.choices(), operations.workbook_rows(said))


def one_wrong_weight() -> StructureFacts:
    """The theory column of level 4 sums to 98."""
    said = facts()
    weights = [
        replace(one, percent=one.percent - Decimal(2)) if (one.function, one.level, one.part.value) == ("1", 4, "theory") else one
        for one in said.weights
    ]
    return replace(said, weights=tuple(weights))


def tried(said: StructureFacts, by: Actor, at: datetime, number: str = NUMBER) -> StructureImport:
    run = operations.receive_structure(standard=number, name="结构.xlsx", content=workbook(said), by=by, at=at)
    return operations.process_structure(number=run.number, by=PLATFORM, at=at)


def drafted(cast: Cast, said: StructureFacts | None = None) -> Structure:
    run = tried(said or facts(), cast.xu, cast.at)
    return operations.keep_structure(number=run.number, by=cast.xu, at=cast.at)


def submitted(cast: Cast, said: StructureFacts | None = None) -> Structure:
    return operations.submit_structure(number=drafted(cast, said).number, by=cast.xu, at=cast.at)


def approved(cast: Cast, said: StructureFacts | None = None, since: date = date(2018, 12, 31)) -> Structure:
    return operations.approve_structure(number=submitted(cast, said).number, since=since, by=cast.han, at=cast.at)
