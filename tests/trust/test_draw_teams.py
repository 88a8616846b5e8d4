"""抽查抽签测试: is everybody in a stratum equally likely to be drawn, and does recusal hold whatever the seed?"""

from touchstone.trust.draw_teams import Inspector, Terms, announcement, inspectors_root, team_record
from touchstone.trust.draws import Entry

SEEDS = 600
CLEAN, FOUND = [f"B{n:02d}" for n in range(20)], [f"F{n}" for n in range(5)]
PEOPLE = [Inspector(f"P{n}", 8, tuple(CLEAN[n::6])) for n in range(6)]
TERMS = Terms("CQ1", [*(Entry(one, "clean") for one in CLEAN), *(Entry(one, "found") for one in FOUND)], {"clean": 5, "found": 3}, PEOPLE, 2)


def test_everybody_of_a_stratum_is_as_likely_and_nobody_meets_whom_they_must_not() -> None:
    """六百个种子：每层每家被抽中的次数与比例相符（卡方，千分之一界），每名检查人员的次数相近，回避和两人不同人一次也不破。"""
    drawn, sent = dict.fromkeys([*CLEAN, *FOUND], 0), dict.fromkeys([one.id for one in PEOPLE], 0)
    recused = {one.id: set(one.recused_from) for one in PEOPLE}
    for number in range(SEEDS):
        made = team_record(TERMS, [("双色球", f"{number:03d}")], number.to_bytes(32, "big"))
        assert [len(made["selected"][stratum]) for stratum in ("clean", "found")] == [5, 3]
        for one in (*made["selected"]["clean"], *made["selected"]["found"]):
            drawn[one] += 1
            pair = {made["assignment"][f"{one}/{place}"] for place in (1, 2)}
            assert len(pair) == 2 and not any(one in recused[person] for person in pair)
            for person in pair:
                sent[person] += 1
    # Variance of a count under sampling without replacement: n·p·(1−p); scaled by (N−1)/N the sum is chi-square with N−1 degrees.
    for names, share, bound in ((CLEAN, 5 / 20, 43.8), (FOUND, 3 / 5, 18.5)):
        expected, count = SEEDS * share, len(names)
        found = sum((drawn[one] - expected) ** 2 for one in names) / (SEEDS * share * (1 - share)) * (count - 1) / count
        assert found < bound, f"卡方{found:.1f}，界{bound}"
    fair = SEEDS * 8 * 2 / len(PEOPLE)
    assert all(abs(count - fair) < 0.1 * fair for count in sent.values()), sent


def test_the_promise_of_the_inspectors_tells_nothing_without_the_secret() -> None:
    """检查人员名单的指纹以保密数加盐：同一名单、不同保密数，指纹不同；次序不论。"""
    first, second = bytes(32), bytes([1]) * 32
    assert inspectors_root(PEOPLE, first) != inspectors_root(PEOPLE, second)
    assert inspectors_root(PEOPLE[::-1], first) == inspectors_root(PEOPLE, first)
    assert announcement(TERMS, ["双色球"], first)["quotas"] == {"clean": 5, "found": 3}
