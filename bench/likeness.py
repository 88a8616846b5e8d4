"""查重对比: how long does it take to find what is like a question among 200,000, and to find questions that hold some words?

`python -m bench.likeness` prints; the banks are made up: sets of character pairs as frequent as in running text (Zipf), seeds below.
"""

import os
import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from statistics import median
from time import perf_counter
from zoneinfo import ZoneInfo

from bench import place
from bench.in_django import start_django

QUESTIONS, SEED, ASKED = 200_000, 5, 40
VOCABULARY, SMALLEST, LARGEST = 60_000, 25, 110
KEPT = 0.85
"""Which share of its pairs a copy keeps that is looked for."""


def sets(rng: random.Random) -> Iterator[list[int]]:
    """This function will give the pairs of each question."""
    pairs = [rng.getrandbits(31) for _ in range(VOCABULARY)]
    weights = list(accumulate(1 / (rank + 8) for rank in range(VOCABULARY)))
    for _ in range(QUESTIONS):
        yield sorted(set(rng.choices(pairs, cum_weights=weights, k=rng.randint(SMALLEST, LARGEST))))


def report() -> list[str]:
    """This function will stock a bank and measure; every copy looked for must be found first."""
    from django.db import connection

    from touchstone.accounts.queries import city_centre
    from touchstone.catalogue.queries import standard
    from touchstone.questions import queries
    from touchstone.questions.models import Bank, Question
    from touchstone.simulation.bank import STANDARD

    at, rests_on = datetime.now(ZoneInfo("Asia/Shanghai")), standard(STANDARD)
    bank = Bank.objects.create(number="TK9999", name="对比题库", office=city_centre(), opened_at=at)
    rng, chosen = random.Random(SEED), {}
    columns = "number, bank_id, standard_id, occupation_id, level, part, kind, element, difficulty, secrecy, state, current, grams, stale_because, "
    order = f"COPY questions_question ({columns}written_at, retired_because, uses) FROM STDIN"
    begun = perf_counter()
    with connection.cursor() as cursor, cursor.copy(order) as copy:
        for place_, grams in enumerate(sets(rng)):
            number, fixed = f"DB{place_:07d}", (bank.pk, rests_on.pk, rests_on.occupation_id, 5, "theory", "choice", "1.1.1", 0.5, 1, "approved", 1)
            copy.write_row((number, *fixed, grams, "", at, "", 0))
            if place_ % (QUESTIONS // ASKED) == 0:
                chosen[number] = grams
    loaded = perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE questions_question")
    took: dict[str, list[float]] = {"查重（重合55%起）": [], "查重（重合90%起）": [], "按题中文字查找": []}
    for number, grams in chosen.items():
        copied = sorted(rng.sample(grams, int(len(grams) * KEPT)))
        for name, percent, asked in (("查重（重合55%起）", 55, copied), ("查重（重合90%起）", 90, grams)):
            begun = perf_counter()
            found = queries.alike(asked, [bank.pk], percent=percent)
            took[name].append(perf_counter() - begun)
            assert found and found[0].question.number == number, f"{number} was not found"
        begun = perf_counter()
        list(Question.objects.filter(bank=bank, grams__contains=grams[:3]).values_list("pk")[:20])
        took["按题中文字查找"].append(perf_counter() - begun)
    told = f"{QUESTIONS:,}题，装入{loaded:.0f}秒（种子{SEED}），各查{ASKED}次；系统负载{os.getloadavg()[0]:.1f}"
    lines = [told, "", "| 查什么 | 中位数 | 最慢 |", "|---|---|---|"]
    return lines + [f"| {name} | {median(times) * 1000:.0f} 毫秒 | {max(times) * 1000:.0f} 毫秒 |" for name, times in took.items()]


def main() -> int:
    """Measure on a database of its own, and print."""
    with place.own_database():
        start_django()
        from touchstone.cli.tables import bring_tables_up_to_date
        from touchstone.simulation.cast import set_up_cast

        bring_tables_up_to_date()
        at = datetime.now(ZoneInfo("Asia/Shanghai"))
        set_up_cast(since=at.date() - timedelta(days=30), at=at)
        print("\n".join(report()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
