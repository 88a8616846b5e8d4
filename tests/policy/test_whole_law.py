"""通读法规测试: does every value rest on a document that was in force on its first day, and is every rule well formed?"""

import inspect
import re

import pytest

from touchstone.kernel.law import Dated, NotInForce
from touchstone.kernel.routes import Route
from touchstone.policy import reading
from touchstone.policy.documents import ALL
from touchstone.policy.duties import ROWS

VALUES = reading.dated_values()
VERSIONS = [(place, dated, n) for place, dated in VALUES for n in range(len(dated.values))]


@pytest.mark.parametrize(("place", "dated", "n"), VERSIONS, ids=[f"{p}·{d.values[n].since}" for p, d, n in VERSIONS])
def test_value_rests_on_a_document_in_force(place: str, dated: Dated[object], n: int) -> None:
    value = dated.values[n]
    assert value.clause.document.in_force_on(value.since), f"{place}: {value.clause} 在 {value.since} 不具效力"
    assert value.clause.document in ALL
    assert value.clause.label


@pytest.mark.parametrize(("place", "dated", "n"), VERSIONS, ids=[f"{p}·{d.values[n].since}" for p, d, n in VERSIONS])
def test_last_day_of_the_old_and_first_day_of_the_new(place: str, dated: Dated[object], n: int) -> None:
    from datetime import timedelta

    value, eve = dated.values[n], dated.values[n].since - timedelta(days=1)
    assert dated.on(value.since) is value
    if n:
        assert dated.on(eve) is dated.values[n - 1]
    else:
        with pytest.raises(NotInForce):
            dated.on(eve)


@pytest.mark.parametrize(("place", "dated"), VALUES, ids=[place for place, _ in VALUES])
def test_value_has_a_key_of_its_own(place: str, dated: Dated[object]) -> None:
    assert re.fullmatch(r"[a-z_]+(\.[a-z0-9_]+)+", dated.key), place
    assert [other for other, one in VALUES if one.key == dated.key] == [place]


@pytest.mark.parametrize(("place", "dated"), VALUES, ids=[place for place, _ in VALUES])
def test_only_what_the_law_leaves_open_may_be_changed(place: str, dated: Dated[object]) -> None:
    """A default of ours is open to change; a number of the law is not, unless the law calls its list open (等)."""
    is_default = dated.values[-1].clause.document.platform_default
    if dated.changeable and not is_default:
        assert place == "eligibility.admission.OWN_STAFF_FORMS"
    if isinstance(dated.values[-1].value, int) and is_default and not isinstance(dated.values[-1].value, bool):
        assert dated.changeable, f"{place} 是默认值而不可改"


@pytest.mark.parametrize("key", [one.key for one in reading.rules()])
def test_rule_cites_a_clause_and_is_a_sentence(key: str) -> None:
    rule = next(one for one in reading.rules() if one.key == key)
    assert re.search(r"[\u4e00-\u9fff]", rule.title)
    assert rule.summary.endswith(".")
    source = inspect.getsource(reading.function_of(rule))
    assert reading.clauses_of(rule) or "clause" in source, f"{key} 没有条款"


def test_clauses_are_found_through_helpers() -> None:
    rule = next(one for one in reading.rules() if one.key == "eligibility.level_4.worked_long_enough")
    assert [str(clause) for clause in reading.clauses_of(rule)] == [
        "《国家职业技能标准编制技术规程（2018年版）》 申报条件 四级（2）",
        "《国家职业标准编制技术规程（2023年版）》 申报条件 四级（1）",
    ]


def test_documents_have_keys_and_days() -> None:
    assert len({document.key for document in ALL}) == len(ALL)
    assert all(document.repealed_on is None or document.in_force_from < document.repealed_on for document in ALL)


def test_every_row_of_the_notice_is_split_into_duties() -> None:
    wanted = [f"{letter}{n}" for letter, last in (("A", 4), ("B", 4), ("C", 4), ("D", 12), ("E", 5), ("F", 5), ("G", 2)) for n in range(1, last + 1)]
    assert [row.key for row in ROWS] == wanted
    assert all(row.duties for row in ROWS)
    sentences = [duty.sentence for row in ROWS for duty in row.duties]
    assert len(sentences) == len(set(sentences))


def test_duties_name_only_rules_that_exist() -> None:
    rules = {one.key for one in reading.rules()}
    assert not [(duty.key, key) for row in ROWS for duty in row.duties for key in duty.rules if key not in rules]


def test_every_route_step_belongs_to_somebody() -> None:
    routes = [value.value for _, dated in VALUES for value in dated if isinstance(value.value, Route)]
    assert routes
    for route in routes:
        assert len({step.key for step in route}) == len(route.steps)
        assert all(step.offices and step.within is not None for step in route)
