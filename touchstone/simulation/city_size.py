"""全市规模: how do a thousand bodies, ten thousand plans and a million candidates come in share by share, and go on where they were broken off?"""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from datetime import datetime

from touchstone.simulation import district, share_process
from touchstone.simulation.history.shares import fill, left_to_fill

BODIES, PLANS, CANDIDATES = 1_000, 10_000, 1_000_000
Progress = Callable[[int, int, int], None]
"""Shares filled, of how many, and the candidates of the last."""


def found(*, seed: int, at: datetime, tell: Callable[[str], None], bodies: int = BODIES, plans: int = PLANS, candidates: int = CANDIDATES) -> int:
    """This function will do what cannot be shared out: the small city, all bodies, and the drawing of all plans."""
    return district.found(seed=seed, at=at, tell=tell, bodies=bodies, plans=plans, candidates=candidates)


def fill_all(*, seed: int, at: datetime, processes: int, progress: Progress) -> None:
    """This function will fill every share that is left, in this process (0) or in several; each share counts once it is whole."""
    left = left_to_fill()
    if processes < 1:
        for n, share in enumerate(left, 1):
            progress(n, len(left), fill(share, seed=seed, at=at))
        return
    with _pool(processes) as pool:
        waiting = [pool.submit(share_process.fill_one, share, seed, at) for share in left]
        for n, one in enumerate(as_completed(waiting), 1):
            progress(n, len(left), one.result())


@contextmanager
def _pool(processes: int) -> Iterator[ProcessPoolExecutor]:
    # Fresh processes: a connection of this one must not be shared.
    pool = ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"), initializer=share_process.begin)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def counts() -> Sequence[tuple[str, int]]:
    """This function will count the rows of a city by what people call them."""
    from touchstone.ledger.counting import rows_of

    names = (
        ("评价机构", "bodies_body"),
        ("认定计划", "exams_plan"),
        ("人员", "accounts_person"),
        ("考生", "exams_candidate"),
        ("场次", "exams_sitting"),
        ("座位", "exams_seat"),
        ("到考登记", "exams_signin"),
        ("成绩", "exams_scoreentry"),
        ("公示", "notices_publicnotice"),
        ("证书", "certificates_certificate"),
        ("待办（含办结）", "tasks_task"),
        ("存证", "ledger_entry"),
    )
    return [(label, rows_of(table)) for label, table in names]
