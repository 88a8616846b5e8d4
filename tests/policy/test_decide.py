"""资格判定测试: does any one condition suffice, and does the day of application decide which rules apply?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.policy.people import FIRST_OF_2023, LAST_OF_2018, TODAY, holding, titled, worker
from touchstone.kernel.law import NotInForce, Refusal
from touchstone.kernel.rules import Outcome
from touchstone.policy.eligibility.applicant import Applicant, WorkPeriod
from touchstone.policy.eligibility.conditions import CONDITIONS, condition_labels, conditions_for, find_condition
from touchstone.policy.eligibility.decide import check_claimed, decide
from touchstone.policy.eligibility.levels import Level, parse_level

LONG_AGO = date(2005, 1, 1)

OVERRIDE = [
    ("四级: 累计5年半", Level.FOUR, worker(date(2018, 3, 30)), Outcome.UNMET, Outcome.MET),
    ("三级: 四级后4年半", Level.THREE, worker(date(2019, 1, 1), certificates=(holding(4, date(2019, 3, 1)),)), Outcome.UNMET, Outcome.MET),
    ("三级: 累计12年", Level.THREE, worker(date(2011, 9, 1)), Outcome.UNMET, Outcome.MET),
    ("二级: 三级后4年半", Level.TWO, worker(date(2019, 1, 1), certificates=(holding(3, date(2019, 3, 1)),)), Outcome.MET, Outcome.UNMET),
    ("一级: 二级后4年半", Level.ONE, worker(date(2019, 1, 1), certificates=(holding(2, date(2019, 3, 1)),)), Outcome.MET, Outcome.UNMET),
    ("一级: 高级职称后1年", Level.ONE, worker(LONG_AGO, titles=(titled("senior", date(2022, 1, 1)),)), Outcome.UNMET, Outcome.MET),
    ("五级: 拟从事", Level.FIVE, Applicant(birthday=date(2000, 1, 1), intends_to_work=True), Outcome.UNMET, Outcome.MET),
]


@pytest.mark.parametrize(("name", "level", "applicant", "before", "after"), OVERRIDE, ids=[line[0] for line in OVERRIDE])
def test_same_person_on_last_day_of_2018_and_first_of_2023(name, level, applicant, before, after) -> None:
    assert decide(applicant, level, LAST_OF_2018).outcome == before
    assert decide(applicant, level, FIRST_OF_2023).outcome == after


def test_nineteen_conditions_since_2023() -> None:
    found = {level: len(conditions_for(level, FIRST_OF_2023)) for level in Level}
    assert found == {Level.FIVE: 2, Level.FOUR: 3, Level.THREE: 6, Level.TWO: 5, Level.ONE: 3}
    for level in Level:
        keys = [condition.key for condition in conditions_for(level, FIRST_OF_2023)]
        assert keys == [f"{int(level)}-{n}" for n in range(1, len(keys) + 1)]
        assert all(condition.level == level for condition in conditions_for(level, FIRST_OF_2023))


def test_every_condition_is_a_rule_of_its_own() -> None:
    rules = [c.rule for version in CONDITIONS for cs in version.value.values() for c in cs if version.since == FIRST_OF_2023]
    assert len(set(rules)) == 19


def test_before_2018_nothing_is_laid_down() -> None:
    with pytest.raises(NotInForce):
        decide(Applicant(), Level.FIVE, date(2018, 3, 6))


def test_one_condition_suffices_and_the_claimed_one_is_named() -> None:
    both = worker(LONG_AGO, certificates=(holding(5, date(2015, 1, 1)),))
    assert decide(both, Level.FOUR, TODAY).satisfied == find_condition("4-1", Level.FOUR, TODAY)
    assert decide(both, Level.FOUR, TODAY, claimed="4-2").satisfied == find_condition("4-2", Level.FOUR, TODAY)
    assert decide(both, Level.FOUR, TODAY, claimed="4-3").satisfied == find_condition("4-1", Level.FOUR, TODAY)


def test_unproven_says_what_to_hand_in() -> None:
    found = decide(worker(LONG_AGO, proven=False), Level.FOUR, TODAY)
    assert found.outcome == Outcome.UNPROVEN
    assert found.satisfied is None
    assert found.asks == ("按条件4-1：工作年限证明（用人单位盖章的工作年限承诺书，或社会保险缴费记录）",)
    assert "待证明" in found.sentence
    assert "2023年版" in found.sentence


def test_refused_names_every_condition_and_what_is_missing() -> None:
    found = decide(worker(date(2024, 6, 1)), Level.FOUR, TODAY)
    assert found.outcome == Outcome.UNMET
    assert found.asks == ()
    for words in ("4-1", "4-2", "4-3", "还差3年", "未取得五级", "改报"):
        assert words in found.sentence


def test_records_are_plain_and_complete() -> None:
    records = decide(worker(LONG_AGO), Level.THREE, TODAY).as_records()
    assert [record["condition"] for record in records] == [f"3-{n}" for n in range(1, 7)]
    assert all(set(map(type, record.values())) == {str} for record in records)


@pytest.mark.parametrize("text", ["4-2", "4-2 五级后工作满3年", "五级后工作满3年", " 4－2 "])
def test_condition_is_found_by_key_or_label(text: str) -> None:
    assert find_condition(text, Level.FOUR, TODAY).key == "4-2"


def test_condition_of_another_level_is_refused_with_the_choices() -> None:
    with pytest.raises(Refusal, match="没有“3-1”") as refusal:
        check_claimed(Applicant(), Level.FOUR, "3-1", TODAY)
    assert all(label in str(refusal.value) for label in condition_labels(Level.FOUR, TODAY))


@pytest.mark.parametrize(("text", "level"), [("三级/高级工", 3), ("高级工", 3), ("5", 5), ("一级 / 高级技师", 1), ("2级", 2)])
def test_level_is_read_as_people_write_it(text: str, level: int) -> None:
    assert parse_level(text) == Level(level)


def test_unknown_level_is_named() -> None:
    with pytest.raises(ValueError, match="六级"):
        parse_level("六级")


DAYS = st.dates(date(1990, 1, 1), date(2026, 6, 1))
SPELLS = st.lists(st.tuples(DAYS, st.one_of(st.none(), DAYS), st.booleans()), max_size=6)


@given(SPELLS, st.integers(0, 400))
def test_time_worked_is_never_counted_twice(spells, claimed) -> None:
    applicant = Applicant(claimed_months=claimed, works=tuple(WorkPeriod(s, u, proven=p) for s, u, p in spells))
    doubled = Applicant(claimed_months=claimed, works=applicant.works * 2)
    work = applicant.work(until=TODAY)
    assert work == doubled.work(until=TODAY)
    assert work.proven_months <= work.claimed_months
    assert work.claimed_months <= max(claimed, 12 * 37)


@given(DAYS, DAYS)
def test_work_of_one_spell_is_its_full_months(since: date, certificate: date) -> None:
    from touchstone.kernel.periods import full_months

    applicant = Applicant(works=(WorkPeriod(since, proven=True),))
    assert applicant.work(until=TODAY).proven_months == full_months(since, TODAY)
    assert applicant.work(since=certificate, until=TODAY).proven_months == full_months(max(since, certificate), TODAY)


@given(SPELLS, st.sampled_from(list(Level)))
def test_more_proof_never_makes_an_outcome_worse(spells, level) -> None:
    order = [Outcome.UNMET, Outcome.UNPROVEN, Outcome.MET]
    applicant = Applicant(birthday=date(1980, 1, 1), works=tuple(WorkPeriod(s, u, proven=p) for s, u, p in spells))
    proven = Applicant(birthday=date(1980, 1, 1), works=tuple(WorkPeriod(s, u, proven=True) for s, u, _ in spells))
    assert order.index(decide(applicant, level, TODAY).outcome) <= order.index(decide(proven, level, TODAY).outcome)
