"""派遣测速: how long does it take to draw three assessors for each of five hundred sittings from five thousand people, and how likely can anybody be?

`python -m bench.dispatch` measures it and puts the section into docs/benchmarks.md. People who are drawn for a sitting are out of the roster of the
others at its hour (five sittings run at a time). Chance is estimated over a thousand seeds of one sitting: of the pairs (person, sitting), the one
that comes most often; at the size of the whole corps, and where few can be sent, which is the worst there is.
"""

import os
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from bench.in_django import start_django
from bench.section import put_section
from touchstone.policy.experts.dispatch import chance_at_most

if TYPE_CHECKING:
    from touchstone.experts.operations._drawing import OnRoster

TITLE = "## 八、随机派遣"
PEOPLE, SITTINGS, AT_ONCE, EACH, SEEDS, SMALL = 5_000, 500, 5, 3, 1_000, 24
DAY = date(2026, 6, 1)


def roster(people: int) -> "list[OnRoster]":
    """People of whom a third has two tickets, a quarter may lead, some were there last time."""
    from touchstone.experts.operations._drawing import OnRoster

    return [OnRoster(f"DW{n:06d}", 2 if n % 3 == 0 else 1, n % 4 == 0, n % 40 == 0) for n in range(people)]


def draw_all(people: int = PEOPLE, sittings: int = SITTINGS) -> float:
    """Seconds for all sittings, those at one hour one after another."""
    from touchstone.experts.operations._drawing import draw

    whole = roster(people)
    begun = perf_counter()
    for hour in range(sittings // AT_ONCE):
        taken: set[str] = set()
        for place in range(AT_ONCE):
            free = [one for one in whole if one.id not in taken]
            found = draw(f"PQ{hour:03d}{place}", "assessor", free, EACH, secret=(hour * AT_ONCE + place).to_bytes(32, "big"), day=DAY)
            assert len(found["chosen"]) == EACH
            taken |= set(found["chosen"])
    return perf_counter() - begun


def highest_chance(people: int, seeds: int = SEEDS) -> tuple[float, float]:
    """The share of seeds in which the pair (person, sitting) that came most often came, and the bound."""
    from touchstone.experts.operations._drawing import draw

    whole = [replace(one, was_last=False) for one in roster(people)]
    times: Counter[str] = Counter()
    for n in range(seeds):
        times.update(draw(f"PQ{n}", "assessor", whole, EACH, secret=n.to_bytes(32, "big"), day=DAY)["chosen"])
    return max(times.values()) / seeds, chance_at_most(EACH, people, DAY)


def report() -> list[str]:
    """Measure and give the section's lines."""
    start_django()
    seconds = sorted(draw_all() for _ in range(3))
    left = PEOPLE - (AT_ONCE - 1) * EACH  # whoever is sent to the other sittings of the hour is out
    chances = [(people, *highest_chance(people)) for people in (left, 200, SMALL)]
    told = "；".join(f"可派 {people:,} 人时 {found:.3f}，上限 {bound:.3f}" for people, found, bound in chances)
    return [
        TITLE,
        "",
        f"{PEOPLE:,} 人中为 {SITTINGS} 场各抽 {EACH} 人，同一时间 {AT_ONCE} 场；只计抽取，不计查询资格。对照：没有同类工具。",
        "",
        f"- 全部抽完 {median(seconds):.1f} 秒（{seconds[0]:.1f}–{seconds[-1]:.1f}，3 次）。",
        f"- 最容易出现的一对（某人被派往某场）的频率（{SEEDS:,} 个种子）：{told}。",
        "",
        f"结束时系统负载 {os.getloadavg()[0]:.1f}。",
        "",
    ]


def main() -> int:
    lines = report()
    print("\n".join(lines))
    put_section(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
