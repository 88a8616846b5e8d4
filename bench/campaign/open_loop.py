"""固定节奏: how long do answers take when requests come at a steady rate, whether or not earlier ones are answered?

An answer's time counts from the moment its request was due, so that a server that falls behind cannot hide it.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from threading import local
from time import perf_counter, sleep

from bench.load import LOOPBACK, Answers

VISITORS = 64


@dataclass(frozen=True)
class Target:
    """What is asked for, and as whom."""

    path: str
    cookie: str = ""


def ask_steadily(port: int, targets: Sequence[Target], *, per_second: float, seconds: float) -> tuple[Answers, list[str]]:
    """This function will ask for the targets in turn at a steady rate, and give the answers and a sentence for each that was not 200."""
    mine, begun, count = local(), perf_counter() + 0.2, int(per_second * seconds)

    def once(turn: int) -> tuple[float, str]:
        target, due = targets[turn % len(targets)], begun + turn / per_second
        sleep(max(0.0, due - perf_counter()))
        headers = {"Host": LOOPBACK, **({"Cookie": target.cookie} if target.cookie else {})}
        if not hasattr(mine, "connection"):
            mine.connection = HTTPConnection(LOOPBACK, port, timeout=20)
        try:
            mine.connection.request("GET", target.path, headers=headers)
            answer = mine.connection.getresponse()
            answer.read()
            trouble = "" if answer.status == 200 else f"{target.path}: {answer.status}"
        except (OSError, HTTPException) as error:
            mine.connection.close()
            trouble = f"{target.path}: {error!r}"
        return perf_counter() - due, trouble

    with ThreadPoolExecutor(VISITORS) as pool:
        parts = list(pool.map(once, range(count)))
    return Answers([one for one, _ in parts], perf_counter() - begun, 0), [trouble for _, trouble in parts if trouble]
