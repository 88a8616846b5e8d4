"""两个引擎: do the rules of comparison, written once, find the very same on DuckDB and on Spark?"""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.campaign.outcome import Outcome, Tell
from touchstone.lake import EngineMissing
from touchstone.lake import run as compared
from touchstone.lake.planted import planted, score
from touchstone.policy.monitoring import in_force

DAY = date(2026, 6, 1)


def run(small: bool, tell: Tell) -> Outcome:
    """This function will compare a planted city on both engines: every hit, its rows, its sentence and its key must be the same."""
    found, asked = Outcome(), in_force(DAY)
    world = planted(asked, bodies=2, plans=2, people=10) if small else planted(asked)
    with TemporaryDirectory() as folder:
        tables = world.write(Path(folder))
        here = compared(asked, tables)
        tell(f"DuckDB：{len(here)}处")
        try:
            there = compared(asked, tables, engine="spark")
        except EngineMissing as missing:
            found.expect(False, str(missing))
            return found
        tell(f"Spark：{len(there)}处")
    found.runs, found.acknowledged = len(asked), len(here)
    # A hit is the same only with its sentence: the sentence is written by the engine.
    found.lost, found.doubled = len(set(here) - set(there)), len(there) - len(set(there))
    found.expect(set(there) <= set(here), f"Spark 另有{len(set(there) - set(here))}处，如{next(iter(set(there) - set(here)), None)}")
    wrong = [line.rule for line in score(world, there) if line.precision < 1 or line.recall < 1]
    found.expect(not wrong, f"在 Spark 上查准或查全不足 1.00 的规则：{'、'.join(wrong)}")
    found.words.append(f"{len(asked)}条规则、{len(here)}处命中，两个引擎逐处一致（行、句子、标识）")
    return found
