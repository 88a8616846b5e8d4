"""组卷测试: does every form meet every demand, do the forms weigh the same, and is an impossible demand answered with the conflict?"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measurement.answers import some_items
from touchstone.measurement.assembly import Demand, Infeasible, OutOfTime, Pool, assemble, broken_demands

ABILITIES = np.array([-1.0, 0.0, 1.0])
DEMAND = Demand(3, 20, {"function": {"甲": 8, "乙": 12}, "kind": {"单选": 14, "判断": 6}}, {"element": 1}, (-0.5, 0.5), 3)


def some_pool(size: int = 400, seed: int = 1) -> Pool:
    """Give questions of two functions and two kinds, 30 elements each, some used, some enemies."""
    chance = np.random.default_rng(seed)
    items = some_items(size, seed, guess=0.2)
    function = chance.choice(["甲", "乙"], size).tolist()
    kind = chance.choice(["单选", "判断"], size, p=[0.7, 0.3]).tolist()
    element = [f"{name}{number}" for name, number in zip(function, chance.integers(0, 30, size), strict=True)]
    pairs = [(int(min(p)), int(max(p))) for p in chance.choice(size, (60, 2)) if p[0] != p[1]]
    marks = {"function": function, "kind": kind, "element": element}
    return Pool(items.information(ABILITIES), items.difficulty, marks, chance.integers(0, 5, size), pairs)


def test_every_demand_is_met_and_the_forms_weigh_the_same():
    """三套卷满足全部要求，各能力点的信息量相差极小，比初解小得多。"""
    found = assemble(some_pool(), DEMAND, seed=1, seconds=20, enough=0.02)
    assert broken_demands(some_pool(), DEMAND, found.chosen) == []
    assert found.gap <= 0.02 < found.first_gap
    assert len(np.unique(found.chosen)) == 60


def test_the_same_seed_gives_the_same_forms():
    """同一随机种子组出同样的卷。"""
    one, other = (assemble(some_pool(), DEMAND, seed=5, seconds=60, enough=0.05).chosen for _ in range(2))
    assert (one == other).all()
    assert (one != assemble(some_pool(), DEMAND, seed=6, seconds=60, enough=0.05).chosen).any()


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), forms=st.integers(1, 4), first=st.integers(0, 20), most=st.integers(1, 3))
def test_whatever_is_asked_is_met_or_refused(seed, forms, first, most):
    """任意要求：要么逐条满足，要么指出冲突。"""
    pool = some_pool(200, seed)
    demand = Demand(forms, 20, {"function": {"甲": first, "乙": 20 - first}}, {"element": most}, None, 3)
    try:
        found = assemble(pool, demand, seed=seed, seconds=2, enough=0.1)
    except Infeasible as refusal:
        assert refusal.conflicts
    else:
        assert broken_demands(pool, demand, found.chosen) == []


def conflicts_of(pool: Pool, demand: Demand) -> list[tuple[str, str, str]]:
    """Name what conflicts."""
    with pytest.raises(Infeasible) as refusal:
        assemble(pool, demand, seed=1)
    return [(one.demand, one.dimension, one.value) for one in refusal.value.conflicts]


def test_too_few_of_one_kind():
    """缺哪类题、缺多少，说得出来。"""
    pool = some_pool(100)
    with pytest.raises(Infeasible) as refusal:
        assemble(pool, Demand(1, 60, {"kind": {"单选": 20, "判断": 40}}), seed=1)
    (short,) = [one for one in refusal.value.conflicts if one.value == "判断"]
    assert (short.wanted, short.reachable) == (40, pool.marks["kind"].count("判断"))


def test_only_demands_in_the_conflict_are_named():
    """与冲突无关的要求不牵连。"""
    assert {name for name, *_ in conflicts_of(some_pool(), replace(DEMAND, difficulty=(3.0, 4.0)))} == {"difficulty"}
    named = conflicts_of(some_pool(), replace(DEMAND, most_used=-1))
    assert ("used", "", "") in named


def test_forms_may_share_where_there_are_too_few():
    """题少时，允许各卷有少量相同的题，但不超过限额。"""
    pool = some_pool(70)
    demand = Demand(4, 20, most_common=8)
    found = assemble(pool, demand, seed=1, seconds=3, enough=0.1)
    assert broken_demands(pool, demand, found.chosen) == []
    assert "use" not in {name for name, *_ in conflicts_of(pool, replace(demand, most_common=0))}


def test_a_target_is_reached():
    """给定目标信息量时，向目标靠拢。"""
    target = some_pool().information.mean(axis=0) * 20 * 1.05
    found = assemble(some_pool(), replace(DEMAND, target=target), seed=1, seconds=20, enough=0.03)
    assert np.abs(found.information - target).max() <= 0.03


def test_the_check_sees_every_breach():
    """复核与组卷互不共用代码：每一种违反都看得见。"""
    pool = some_pool()
    found = assemble(pool, DEMAND, seed=1, seconds=5, enough=0.1).chosen
    twice = found.copy()
    twice[0, 0] = twice[0, 1]
    assert any("twice" in words for words in broken_demands(pool, DEMAND, twice))
    shared = found.copy()
    shared[1] = shared[0]
    assert any("shares" in words for words in broken_demands(pool, DEMAND, shared))
    enemies = replace(pool, enemies=[(int(found[0, 0]), int(found[0, 1]))])
    assert any("enemies" in words for words in broken_demands(enemies, DEMAND, found))
    assert any("difficulty" in words for words in broken_demands(pool, replace(DEMAND, difficulty=(2, 3)), found))
    assert any("more than" in words for words in broken_demands(pool, replace(DEMAND, at_most={"kind": 1}), found))
    assert any("used too often" in words for words in broken_demands(pool, replace(DEMAND, most_used=-1), found))


@pytest.mark.parametrize("most_common", [0, 3])
def test_out_of_time_is_not_infeasible(most_common):
    """没有时间求解：说没算完，不说组不出。"""
    with pytest.raises(OutOfTime):
        assemble(some_pool(), replace(DEMAND, most_common=most_common), seed=1, patience=0.0)


def test_the_order_in_which_a_demand_is_written_changes_nothing():
    """要求的先后写法不同（例如存进数据库再取出），组成的卷相同。"""
    turned = {name: dict(reversed(list(wanted.items()))) for name, wanted in reversed(list(DEMAND.counts.items()))}
    one, other = (assemble(some_pool(), each, seed=1, seconds=30, enough=0.05).chosen for each in (DEMAND, replace(DEMAND, counts=turned)))
    assert (one == other).all()
