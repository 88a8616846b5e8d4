"""组卷测试公用: a bank stocked with theory questions of a turner, a structure with weights, and a blueprint, each made fast."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from tests.cast import SHANGHAI
from tests.questions.conftest import Stand
from touchstone.accounts.actor import PLATFORM
from touchstone.catalogue import queries as catalogue
from touchstone.catalogue.models import Structure
from touchstone.catalogue.states import StructureState
from touchstone.measurement.interchange.marked import from_marked
from touchstone.measurement.interchange.question import Question as Content
from touchstone.policy.questions.papers import Asked
from touchstone.questions import operations
from touchstone.questions.contents import sealed
from touchstone.questions.models import Bank, Blueprint, Paper, Question, QuestionVersion
from touchstone.questions.operations.composing import compose_paper
from touchstone.questions.operations.writing import columns
from touchstone.questions.states import QuestionState
from touchstone.questions.terms import Terms, default_terms
from touchstone.simulation import bank as simulated
from touchstone.simulation.bank import STANDARD
from touchstone.simulation.bank_topics import TOPICS

WEIGHTS = {"A": Decimal(10), "1": Decimal(30), "2": Decimal(60)}
NAMES = {"A": "职业道德", "1": "加工准备", "2": "轴类零件加工"}
KINDS = {"choice": Asked(10, Decimal(6)), "true_false": Asked(10, Decimal(4))}
"""Twenty questions a form: 2 of A, 6 of 1, 12 of 2."""


def structured(since: date = date(2018, 12, 31)) -> Structure:
    """Lay down a structure of the turner's standard at level 5: three functions, their elements and the theory column of the weight table."""
    standard = catalogue.standard(STANDARD)
    at, state = datetime(2026, 1, 1, 9, 0, tzinfo=SHANGHAI), StructureState.APPROVED
    made = Structure.objects.create(number="JG-SAMPLE", standard=standard, sequence=1, state=state, loaded_from="样例", loaded_at=at, since=since)
    for place, (code, name) in enumerate(NAMES.items()):
        function = made.functions.create(kind="ethics" if code == "A" else "function", code=code, name=name, place=place)
        content = function.contents.create(code=f"{code}.1", name=f"{name}的内容", place=1)
        for element in range(1, 9):
            made.elements.create(
                content=content, kind="knowledge", level=5, code=f"{code}.1.{element}", text=f"{name}要点{element}", place=place * 10 + element
            )
        made.weights.create(function=function, level=5, part="theory", percent=WEIGHTS[code])
    made.forms.create(level=5, part="theory", form="笔试", minutes=90)
    return made


def stocked(stand: Stand, bank: Bank | None = None, *, each: int = 24, only: str = "") -> Bank:
    """Put approved questions into a bank (丙's, unless named): for each function so many choices and so many true/false ones."""
    bank, people, city = bank or stand.bank, stand.people, bank is not None and bank.body_id is None
    if city:
        people = stand.city_people
    entries = []
    for code in [only] if only else list(NAMES):
        for place in range(each):
            topic = TOPICS[place % len(TOPICS)]
            said = f"{NAMES[code]}{'市' if city else ''}{place}"
            choice = replace(simulated.choice(topic), stem=from_marked(f"{said}：{topic.ask}（　　）。"))
            judged = replace(simulated.true_false(topic, bool(place % 2)), stem=from_marked(f"{said}：{topic.false}。"))
            hard = Decimal(55 + place % 30) / 100
            for content in (choice, judged):
                entries.append((stand.about(content, f"{code}.1.{place % 8 + 1}", difficulty=hard), content))
    put(bank, entries, people["author"].user_id, stand.at)
    return bank


def put(bank: Bank, entries: list[tuple[operations.About, Content]], author: int | None, at: datetime) -> None:
    """Hundreds of approved questions at once: the same columns and seals as by the operations, without the walk through two reviews each."""
    standard = catalogue.standard(STANDARD)
    begun = Question.objects.count()
    rows = [
        Question(
            number=f"ST2026{begun + n:07d}", bank=bank, standard=standard, occupation=standard.occupation, state=QuestionState.APPROVED,
            grams=[begun + n], written_by_id=author, written_at=at, approved_at=at, **columns(about),
        )
        for n, (about, _) in enumerate(entries, 1)
    ]  # fmt: skip
    kept = Question.objects.bulk_create(rows)
    closed = [sealed(row.number, 1, content) for row, (_, content) in zip(kept, entries, strict=True)]
    QuestionVersion.objects.bulk_create(
        QuestionVersion(question=row, sequence=1, sealed=words, digest=digest, written_by_id=author, written_at=at)
        for row, (words, digest) in zip(kept, closed, strict=True)
    )


def terms(**changed: object) -> Terms:
    """Give the terms of a short theory paper."""
    base = default_terms("theory", 90, date(2026, 3, 2)).with_kinds(KINDS)
    return replace(base, **{"last_overlap": 4, "seconds": 1, "gap": 0.05, **changed})  # type: ignore[arg-type]


def laid_down(stand: Stand, bank: Bank | None = None, **changed: object) -> Blueprint:
    """Make a blueprint."""
    kept = bank or stand.bank
    by = stand.ji if kept.body_id is None else stand.yun
    return operations.make_blueprint(
        bank=kept.number, standard=STANDARD, level=5, part="theory", title="车工五级理论知识", terms=terms(**changed), by=by, at=stand.at
    )  # fmt: skip


def composed(stand: Stand, blueprint: Blueprint, forms: int = 2, at: datetime | None = None) -> Paper:
    """Ask for a paper and have the queue compose it."""
    by = stand.ji if blueprint.bank.body_id is None else stand.yun
    made = operations.ask_paper(blueprint=blueprint.number, forms=forms, by=by, at=at or stand.at)
    return compose_paper(number=made.number, by=PLATFORM, at=at or stand.at)
