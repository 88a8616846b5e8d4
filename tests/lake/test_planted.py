"""造出的案例测试: does every rule find all that was planted for it and nothing else, at once and bit by bit?"""

from datetime import date, datetime, timedelta

import pytest

from touchstone.lake import EXPRESSIONS, run
from touchstone.lake.planted import PLANTS, planted, score
from touchstone.lake.planted.world import CHANGED_AT
from touchstone.policy.monitoring import RULES, AskedOf, in_force

ASKED = in_force(date(2026, 6, 1))


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """A city with everything planted, written out once, and what a whole run finds in it."""
    world = planted(ASKED, bodies=3, plans=2, people=20)
    tables = world.write(tmp_path_factory.mktemp("city"))
    return world, tables, run(ASKED, tables)


@pytest.fixture(scope="module")
def measured(city):
    """How well each rule did in it."""
    world, _, hits = city
    return {line.rule: line for line in score(world, hits)}


def test_every_rule_has_cases_and_near_misses(city) -> None:
    """每条规则都造了该命中的和差一点的案例。"""
    world, _, _ = city
    assert set(PLANTS) == {rule.key for rule in RULES}
    assert not [key for key in PLANTS if not world.expected.get(key) or not world.near.get(key)]


@pytest.mark.parametrize("key", [pytest.param(rule.key, id=rule.title) for rule in RULES])
def test_rule_finds_what_was_planted_and_nothing_else(measured, key: str) -> None:
    """造出的一件不漏，没有造的一件不报。"""
    line = measured[key]
    assert (line.precision, line.recall) == (1.0, 1.0), f"造{line.planted}，近似{line.near}；漏：{line.overlooked}；错：{line.mistaken}"


def test_hits_are_told_in_whole_sentences_with_their_numbers(city) -> None:
    """命中用完整的句子说明，写出所依据的数字。"""
    _, _, hits = city
    assert not [hit for hit in hits if "{" in hit.told or not hit.told.endswith("。")]
    told = {hit.rule: hit.told for hit in hits}
    assert "15周岁，应满16周岁" in told["dates.under_age"]
    assert told["presence.more_than_seats"].endswith("到考4人，考场核定座位3个。")
    assert "发证4张，到考3人，多1张" in told["presence.more_than_present"]
    assert "卡方值为" in told["batch.last_digits"]
    assert "2026-03-02 15:59" in told["presence.two_places"]


def test_keys_are_all_different_and_stay_the_same(city) -> None:
    """每个命中各有其号，再比对一次不变。"""
    _, tables, hits = city
    assert len({hit.key for hit in hits}) == len(hits)
    some = [rule for rule in ASKED if rule.key in {"duplicates.number", "presence.two_places", "reused.phone"}]
    again = run(some, tables)
    assert again == [hit for hit in hits if hit.rule in {rule.key for rule in some}]


def test_what_the_platform_publishes_is_enough_for_every_rule_asked_of_it(city, tmp_path) -> None:
    """只有平台公布的栏目，凡用于平台数据的规则仍然一件不漏；只用于文件的规则确实少了它要的栏目，一件也找不到。"""
    world, _, _ = city
    found = {line.rule: line.recall for line in score(world, run(ASKED, world.write(tmp_path, as_published=True)))}
    overlooked = {rule.key for rule in RULES if found[rule.key] < 1}
    assert overlooked == {rule.key for rule in RULES if rule.population.asked_of is AskedOf.FILES}
    assert {found[key] for key in overlooked} == {0.0}


def touch(world, hits) -> datetime:
    """Change one row behind every third hit, wherever it stands: a death, a scope, a sitting, a certificate."""
    later = CHANGED_AT + timedelta(days=1)
    concerned = {row for hit in hits[::3] for row in hit.rows}
    for name, rows in world.rows.items():
        for n, row in enumerate(rows):
            named = {row["row_id"], row.get("candidate_number"), row.get("sitting")} & concerned
            row["changed_at"] = later if named or n % 97 == 0 or name == "deaths" else CHANGED_AT
    return later


def test_what_changed_gives_the_same_hits_as_a_whole_run(city, tmp_path) -> None:
    """只比对有变动的，涉及变动的命中与全量比对一样，一件不多，一件不少。"""
    world, _, hits = city
    later = touch(world, hits)
    found = run(ASKED, world.write(tmp_path), since=later)
    whole = {hit.key: hit for hit in hits}
    assert [hit for hit in found if whole.get(hit.key) != hit] == [], "部分比对有整体比对没有的结果"
    changed = {row["row_id"] for rows in world.rows.values() for row in rows if row["changed_at"] == later}
    of_certificates = [hit for hit in hits if set(EXPRESSIONS[hit.rule].tables) == {"certificates"} and changed & set(hit.rows)]
    assert not [hit.rule for hit in of_certificates if hit not in found], "改动过的行的结果有遗漏"
    assert {hit.rule for hit in found} >= {hit.rule for hit in hits[::3]}
    assert len(found) < len(hits)


def test_nothing_changed_gives_nothing(city) -> None:
    """没有变动就没有命中。"""
    _, tables, _ = city
    assert run(ASKED[::6], tables, since=CHANGED_AT + timedelta(days=2)) == []


def test_a_death_that_comes_in_later_is_found_by_itself(city, tmp_path) -> None:
    """证书没有变动，只是死亡登记晚到，也找得到。"""
    world, _, hits = city
    for rows in world.rows.values():
        for row in rows:
            row["changed_at"] = CHANGED_AT
    for row in world.rows["deaths"]:
        row["changed_at"] = CHANGED_AT + timedelta(days=1)
    asked = [rule for rule in ASKED if rule.key in {"outside.after_death", "duplicates.number"}]
    found = run(asked, world.write(tmp_path), since=CHANGED_AT + timedelta(days=1))
    assert found == [hit for hit in hits if hit.rule == "outside.after_death"]
