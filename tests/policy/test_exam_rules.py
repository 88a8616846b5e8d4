"""考务测试: results of whole exams, and the deadlines around one."""

from datetime import date
from decimal import Decimal

import pytest

from touchstone.kernel.periods import Calendar
from touchstone.policy.certificates.issuing import IssueFacts, may_be_issued
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.deadlines import deadlines, notice_until
from touchstone.policy.exams.parts import Part
from touchstone.policy.exams.results import Score, result
from touchstone.policy.exams.staffing import invigilators_needed
from touchstone.policy.roles import BodyKind

DAY = date(2026, 6, 10)


def marks(theory: str, practical: str, panel: str = "") -> dict[Part, Score]:
    """Scores of the parts; nothing for not in yet, 缺考 for absent."""
    named = {Part.THEORY: theory, Part.PRACTICAL: practical, Part.PANEL: panel}
    return {part: Score(absent=True) if text == "缺考" else Score(Decimal(text)) for part, text in named.items() if text}


RESULTS = [
    ("四级两科合格", Level.FOUR, marks("60", "60"), True),
    ("四级平均合格但一科不及格", Level.FOUR, marks("100", "59.9"), False),
    ("四级缺考", Level.FOUR, marks("90", "缺考"), False),
    ("四级缺一科成绩", Level.FOUR, marks("90", ""), None),
    ("不合格先于未录入", Level.FOUR, marks("50", ""), False),
    ("二级无综合评审成绩", Level.TWO, marks("90", "90"), None),
    ("二级综合评审不合格", Level.TWO, marks("90", "90", "59"), False),
    ("一级三科合格", Level.ONE, marks("60", "61", "62"), True),
    ("三级不看综合评审", Level.THREE, marks("60", "60", "0"), True),
]


@pytest.mark.parametrize(("name", "level", "scores", "passed"), RESULTS, ids=[line[0] for line in RESULTS])
def test_result(name, level, scores, passed) -> None:
    assert result(scores, level, DAY).passed is passed


def test_a_kept_score_past_its_time_fails() -> None:
    scores = {Part.THEORY: Score(Decimal(80), kept_from=date(2024, 6, 10)), Part.PRACTICAL: Score(Decimal(80))}
    assert result(scores, Level.FOUR, DAY).passed is False
    assert result(scores, Level.FOUR, date(2026, 6, 9)).passed is True


DEADLINES_AROUND_NATIONAL_DAY = {
    "plan": date(2026, 9, 24),
    "registration": date(2026, 9, 30),
    "arrangement": date(2026, 10, 9),
    "scores": date(2026, 10, 20),
    "notice": date(2026, 10, 22),
    "report": date(2026, 10, 29),
    "certificates": date(2026, 10, 29),
    "archive": date(2026, 10, 29),
}


def test_deadlines_around_the_national_day_of_2026() -> None:
    found = deadlines(date(2026, 10, 15), Calendar(), DAY)
    assert {one.key: one.on for one in found} == DEADLINES_AROUND_NATIONAL_DAY
    assert not any(one.provisional for one in found)
    assert all(one.clause.document.platform_default for one in found)


def test_days_after_count_from_the_last_day_of_the_exam() -> None:
    found = {one.key: one.on for one in deadlines(date(2026, 10, 15), Calendar(), DAY, ends_on=date(2026, 10, 16))}
    assert found["plan"] == date(2026, 9, 24)
    assert found["scores"] == date(2026, 10, 21)


def test_social_bodies_have_no_report_of_their_own() -> None:
    assert "report" not in {one.key for one in deadlines(date(2026, 10, 15), Calendar(), DAY, kind=BodyKind.SOCIAL)}


def test_deadlines_in_a_year_not_announced_are_provisional() -> None:
    found = {one.key: one.provisional for one in deadlines(date(2026, 12, 30), Calendar(), DAY)}
    assert found["plan"] is False
    assert found["certificates"] is True


NOTICES = [
    ("周一公示到周五", date(2026, 6, 1), date(2026, 6, 5)),
    ("周六公示从周一起算", date(2026, 6, 6), date(2026, 6, 12)),
    ("跨端午节", date(2026, 6, 17), date(2026, 6, 24)),
    ("跨国庆节及调休上班", date(2026, 9, 29), date(2026, 10, 10)),
]


@pytest.mark.parametrize(("name", "published", "last"), NOTICES, ids=[line[0] for line in NOTICES])
def test_last_day_of_a_public_notice(name, published, last) -> None:
    assert notice_until(published, Calendar()) == last


def test_certificates_can_be_issued_in_time_after_the_latest_notice() -> None:
    """D+5 and five working days leave D+10 for the certificates: the two limits meet."""
    found = {one.key: one.on for one in deadlines(date(2026, 6, 1), Calendar(), DAY)}
    assert notice_until(found["notice"], Calendar()) < found["certificates"]


@pytest.mark.parametrize(("candidates", "needed"), [(0, 2), (1, 2), (30, 2), (31, 3), (45, 3), (46, 4)])
def test_invigilators_needed(candidates: int, needed: int) -> None:
    assert invigilators_needed(candidates, DAY) == needed


def test_issue_is_checked_by_six_rules() -> None:
    from touchstone.kernel.periods import Period

    facts = IssueFacts("甲", "甲", True, date(2026, 5, 1), date(2026, 5, 9), False, "000123", Period(date(2025, 1, 1)))
    assert [found.outcome for found in may_be_issued(facts, DAY)] == ["met"] * 6
