"""全市规模的名单页: do lists, searches and single pages answer in time, at a steady rate, in a city of a million candidates?"""

from bench import lists
from bench.campaign.outcome import Outcome, Tell


def run(small: bool, tell: Tell) -> Outcome:
    """This function will grow the city (a two-hundredth, when small), ask for every page, and hold the medians of p95 against their limit."""
    from touchstone.ledger.counting import gather_statistics
    from touchstone.simulation import city

    found = Outcome()
    city.grow(scale="city", seed=1, sizes=lists.sizes(200 if small else 1), processes=lists.WORKERS, tell=tell)
    gather_statistics()
    for one in lists.measure(seconds=2 if small else 20, turns=1 if small else 3):
        if one.who == lists.BESIDE:
            continue
        p95 = one.of(1)
        words = f"{one.who} {one.name}：p95 {p95:.0f}毫秒（上限{lists.LIMIT:.0f}）"
        found.runs += len(one.turns)
        found.words.append(words)
        found.expect(not one.troubles, f"{words}，有{len(one.troubles)}个请求没有得到200，例如{one.troubles[:1]}")
        found.expect(p95 <= lists.LIMIT, words)
    return found
