"""学籍与报名: a row of the register admits or refuses a student; without a row a document must prove the claim."""

from datetime import date

import pytest

from touchstone.bodies.models import Agreement, Student
from touchstone.exams.facts.decision import Evaluator, decided
from touchstone.exams.facts.registers import Held
from touchstone.exams.models import Candidate
from touchstone.policy.roles import BodyKind

DAY = date(2026, 11, 2)
PAPER = Agreement(number="XY000001", majors=["数控技术"], since=date(2026, 1, 1), until=date(2027, 1, 1))
PROOF = {"employment": {"since": None, "until": None}}


def admission(ground: str, kind: BodyKind, students: list[Student], proofs: dict[str, object] | None = None) -> list[tuple[str, str]]:
    person = Candidate(ground=ground, applied_on=DAY, condition="5-1", claims={}, proofs=proofs or {})
    known = Held(students=students, evidenced=frozenset({PAPER.number}))
    found = decided(person, level=5, evaluator=Evaluator(kind, "甲"), birthday=date(2006, 1, 1), held=(), registers=known)
    return [(one["outcome"], one["reason"]) for one in found.findings if one["part"] == "admission"][1:]


def row(agreement: Agreement | None = None, *, full_time: bool = True, major: str = "数控技术") -> Student:
    days = {"enrolled_on": date(2024, 9, 1), "graduates_on": date(2027, 7, 1)}
    return Student(pk=1, agreement=agreement, major=major, full_time=full_time, **days)


OWN, BY_AGREEMENT = ("own_student", BodyKind.SCHOOL), ("student_by_agreement", BodyKind.ENTERPRISE)
TABLE = [
    ("本校全日制", OWN, [row()], {}, ["met"]),
    ("本校非全日制", OWN, [row(full_time=False)], {}, ["unmet"]),
    ("本校非全日制而有证明", OWN, [row(full_time=False)], PROOF, ["unmet"]),
    ("不在本校学籍", OWN, [], {}, ["unproven"]),
    ("不在登记而有证明", OWN, [], PROOF, ["met"]),
    ("合作院校约定专业", BY_AGREEMENT, [row(PAPER)], {}, ["met", "met"]),
    ("合作院校未约定专业", BY_AGREEMENT, [row(PAPER, major="护理")], {}, ["met", "unmet"]),
    ("本校学籍不作协议用", BY_AGREEMENT, [row()], {}, ["unproven", "unproven"]),
]


@pytest.mark.parametrize(("who", "students", "proofs", "outcomes"), [t[1:] for t in TABLE], ids=[t[0] for t in TABLE])
def test_the_register_decides_before_papers_do(
    who: tuple[str, BodyKind], students: list[Student], proofs: dict[str, object], outcomes: list[str]
) -> None:
    assert [outcome for outcome, _ in admission(*who, students, proofs)] == outcomes


def test_the_finding_names_the_agreement() -> None:
    assert any("XY000001" in reason for _, reason in admission(*BY_AGREEMENT, [row(PAPER)]))
