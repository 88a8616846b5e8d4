"""装入示例: the example structures are handed in as workbooks by one officer and approved by another, by the real operations."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.catalogue import operations, queries
from touchstone.catalogue.facts import structure_facts
from touchstone.policy.questions.structure import StructureFacts
from touchstone.policy.roles import BodyKind
from touchstone.sheets.structures import structure_workbook
from touchstone.simulation.cast import actor_of
from touchstone.simulation.standards.carer import CARER
from touchstone.simulation.standards.chef import CHEF
from touchstone.simulation.standards.outline import Outline, facts_of
from touchstone.simulation.standards.turner import TURNER

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

TURNERS, CHEFS, CARERS = "6-18-01-01", "4-03-02-01", "4-10-01-05"
EXAMPLES: tuple[tuple[str, Outline], ...] = ((TURNERS, TURNER), (CHEFS, CHEF), (CARERS, CARER))


def load_examples(*, writer: Actor, approver: Actor, at: datetime, only: str = "") -> list[str]:
    """This function will load the example structures (of one occupation, when `only` names it) of the standards in force, in force from the first
    day of each, and give their numbers."""
    made = []
    for code, outline in EXAMPLES:
        about = queries.occupation(code, at.date())
        if about is None or (only and code != only):
            continue
        standard = queries.standards_on(about, None, None, at.date()).first()
        if standard is None or queries.structure_of(standard, at.date()) is not None:
            continue
        number = hand_in(standard, facts_of(str(standard), outline), "示例", by=writer, at=at)
        operations.submit_structure(number=number, by=writer, at=at)
        operations.approve_structure(number=number, since=standard.in_force_from, by=approver, at=at)
        made.append(number)
    return made


def hand_in(standard: "queries.StandardRow", facts: StructureFacts, words: str, *, by: Actor, at: datetime) -> str:
    """This function will hand in a structure as a workbook and keep it as a draft; it gives the draft's number."""
    content = structure_workbook(operations.choices(), operations.workbook_rows(facts))
    run = operations.receive_structure(standard=standard.number, name=f"{standard.title}（{words}）.xlsx", content=content, by=by, at=at)
    operations.process_structure(number=run.number, by=PLATFORM, at=at)
    return operations.keep_structure(number=run.number, by=by, at=at).number


def revised(facts: StructureFacts) -> StructureFacts:
    """This function will change an example in every way a revision can: an element reworded, one moved, one gone, one new, two weights shifted,
    a form of exam lengthened."""
    first = next(one for one in facts.elements if one.code == "1.1.1" and one.level == 4)
    gone = next(one for one in facts.elements if one.code == "2.2.2" and one.level == 4)
    moved = next(one for one in facts.elements if one.code == "3.1.2" and one.level == 4 and one.kind is first.kind)
    kept = []
    for one in facts.elements:
        if one is first:
            kept.append(replace(one, text=f"{one.text}，并核对技术要求"))
        elif one is moved:
            kept.append(replace(one, code="3.1.3"))
        elif one is not gone:
            kept.append(one)
    kept.append(replace(first, code="1.1.3", text="能按数字化工单完成加工前的确认"))
    weights = [
        replace(one, percent=one.percent + {"1": 5, "2": -5}.get(one.function, 0)) if (one.level, one.part.value) == (4, "theory") else one
        for one in facts.weights
    ]
    forms = [replace(one, minutes=one.minutes + 15) if (one.level, one.part.value) == (4, "practical") else one for one in facts.forms]
    return replace(facts, elements=tuple(kept), weights=tuple(weights), forms=tuple(forms))


def stock(*, at: datetime) -> None:
    """This function will give a small city its structures: two in force, one of them in its second version, and one that waits to be approved."""
    writer, approver = actor_of("xu", at.date()), actor_of("han", at.date())
    for code in (TURNERS, CARERS):
        load_examples(writer=writer, approver=approver, at=at, only=code)
    turner = queries.standard(f"GZB {TURNERS}-2018")
    first = queries.structure_of(turner, at.date())
    if first is not None:
        later = at + timedelta(days=1)
        number = hand_in(turner, revised(structure_facts(first)), "示例，第2版", by=writer, at=later)
        operations.submit_structure(number=number, by=writer, at=later)
        operations.approve_structure(number=number, since=later.date(), by=approver, at=later)
    about = queries.occupation(CHEFS, at.date())
    chef = queries.standards_on(about, None, None, at.date()).first() if about is not None else None
    if chef is not None:
        operations.submit_structure(number=hand_in(chef, facts_of(str(chef), CHEF), "示例", by=writer, at=at), by=writer, at=at)


def draft_specification(body: "Body", *, by: Actor, at: datetime) -> str:
    """This function will have an enterprise write a specification of its own and put it before the centre; it gives the structure's number."""
    standard = operations.enter_own_specification(
        body_kind=BodyKind(body.kind), code=TURNERS, title="数控车床操作评价规范（示例）", edition=f"{at.year}年版", levels=(5, 4),
        in_force_from=at.date(), owner=body.office, by=by, at=at,
    )  # fmt: skip
    content = structure_workbook(operations.choices(), operations.example_rows())
    run = operations.receive_structure(standard=standard.number, name="评价规范（示例）.xlsx", content=content, by=by, at=at)
    operations.process_structure(number=run.number, by=PLATFORM, at=at)
    number = operations.keep_structure(number=run.number, by=by, at=at).number
    operations.submit_structure(number=number, by=by, at=at)
    return number
