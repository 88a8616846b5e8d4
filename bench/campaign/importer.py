"""导入被终止: is a workbook whose importer is killed -9 again and again imported exactly once?"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from time import perf_counter, sleep

from bench.campaign import children, stage
from bench.campaign.imported import Imported, committed, doubled, imported
from bench.campaign.outcome import Outcome, Tell

ROUNDS = 40


@dataclass(frozen=True)
class Import:
    """One kind of workbook: how one with so many rows is handed in (its number), what works it off, and what stands by it afterwards."""

    hand_in: Callable[[int], str]
    work: Callable[..., None]
    committed: Callable[[str], dict[int, str]]
    doubled: Callable[[str], int]
    imported: Callable[[str], Imported]


REGISTRATION = Import(lambda rows: str(stage.upload(rows).number), children.process_upload, committed, doubled, imported)


@dataclass
class _Kills:
    """Where kills hit: the rows committed by then, how often a transaction was open, and rows told as committed but not there."""

    wanted: int
    cursors: list[int] = field(default_factory=list)
    inside: int = 0
    missing: int = 0

    @property
    def left(self) -> int:
        return self.wanted - len(self.cursors)


def run(small: bool, tell: Tell) -> Outcome:
    """This function will import workbooks of registrations so."""
    return killed_again_and_again(REGISTRATION, small, tell)


def killed_again_and_again(kind: Import, small: bool, tell: Tell) -> Outcome:
    """This function will import workbooks, killing the importer at random moments, and compare each with one never killed."""
    rows, kills, chunk = (200, 2, 40) if small else (2000, 20, 0)
    found, random = Outcome(), Random(7)
    undisturbed, seconds = never_killed(kind, rows, chunk)
    tell(f"从未终止的导入用时{seconds:.1f}秒：{undisturbed.counts}")
    hits = _Kills(kills)
    for _ in range(ROUNDS):
        if not hits.left:
            break
        number = kind.hand_in(rows)
        before: dict[int, str] = {}
        for _ in range(kills + 5):
            if not _once(kind, number, chunk, rows, seconds, hits, random, before):
                break
        found.acknowledged += len(before)
        after = kind.committed(number)
        found.lost += sum(after.get(row) != candidate for row, candidate in before.items())
        found.doubled += kind.doubled(number)
        there = kind.imported(number)
        found.expect(there == undisturbed, f"{number}与从未终止的导入不一致：{there.counts}，应为{undisturbed.counts}")
        tell(f"{number}导入完成，累计终止{len(hits.cursors)}次")
    found.runs, found.lost = len(hits.cursors), found.lost + hits.missing
    middle = sum(0 < cursor < rows for cursor in hits.cursors)
    found.expect(not hits.left, f"只终止了{len(hits.cursors)}次")
    found.expect(middle > 0, "没有一次终止发生在已提交一部分之后")
    found.expect(small or hits.inside > 0, "没有一次终止发生在事务中")
    found.words.append(f"终止时已提交的行数：{'、'.join(map(str, sorted(hits.cursors)))}；其中{hits.inside}次有打开的事务。")
    return found


def never_killed(kind: Import, rows: int, chunk: int) -> tuple[Imported, float]:
    """This function will import once without a kill and give what stands then, and the seconds it took."""
    number = kind.hand_in(rows)
    child = children.start(kind.work, number, chunk)
    assert child.hear() == "begun"
    begun = perf_counter()
    assert child.end() == 0 and child.heard[-1] == "finished", child.heard
    return kind.imported(number), perf_counter() - begun


def _once(
    kind: Import, number: str, chunk: int, rows: int, seconds: float, hits: _Kills, random: Random, before: dict[int, str]
) -> bool:
    """Let an importer work on, kill it if kills are left, and say whether the workbook is still unfinished."""
    child = children.start(kind.work, number, chunk)
    if child.hear() != "begun":
        raise RuntimeError(f"the importer did not begin: {child.end()}")
    if not hits.left:
        code = child.end()
        if code != 0:
            raise RuntimeError(f"the importer ended with {code}")
        return False
    if len(hits.cursors) % 2 == 0:  # half of the kills wait for a commit first, the very first one falls right after it, the others fall anywhere
        child.hear(until=lambda word: word != "begun")
        sleep(random.uniform(0, seconds / 5) if hits.cursors else 0)
    else:
        sleep(random.uniform(0, seconds))
    inside = child.in_transaction()
    if not child.kill():
        return False  # it was done before
    there = kind.committed(number)
    if child.heard[-1] == "finished":
        return False
    hits.cursors.append(len(there))
    hits.inside += inside
    before.update(there)
    acknowledged = [word for word in child.heard if isinstance(word, int)]
    hits.missing += max(0, (acknowledged[-1] if acknowledged else 0) - len(there))
    return True
