"""负载: how long do answers take when several visitors ask at once? Bounded in count and time, on this machine only."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from time import perf_counter

LOOPBACK = "127.0.0.1"
LONGEST = 60.0  # seconds that one series of requests may take


@dataclass(frozen=True)
class Answers:
    """Seconds of each answer, in all, and the bytes of one."""

    seconds: list[float]
    elapsed: float
    size: int

    @property
    def per_second(self) -> float:
        return len(self.seconds) / self.elapsed

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


def ask(port: int, paths: Sequence[str], *, count: int, visitors: int, cookie: str = "") -> Answers:
    """Let `visitors` ask for the paths in turn over kept connections, `count` times in all.

    :raises RuntimeError: for any answer but 200, and when it takes too long.
    """
    begun = perf_counter()
    headers = {"Host": LOOPBACK, **({"Cookie": cookie} if cookie else {})}

    def visit(visitor: int) -> tuple[list[float], int]:
        connection, seconds, size = HTTPConnection(LOOPBACK, port, timeout=20), [], 0
        for turn in range(visitor, count, visitors):
            started = perf_counter()
            connection.request("GET", paths[turn % len(paths)], headers=headers)
            answer = connection.getresponse()
            size = len(answer.read())
            seconds.append(perf_counter() - started)
            if answer.status != 200:
                raise RuntimeError(f"{paths[turn % len(paths)]}: {answer.status} {answer.getheader('Location', '')}")
            if perf_counter() - begun > LONGEST:
                raise RuntimeError("took too long")
        connection.close()
        return seconds, size

    with ThreadPoolExecutor(visitors) as pool:
        parts = list(pool.map(visit, range(visitors)))
    return Answers([one for seconds, _ in parts for one in seconds], perf_counter() - begun, parts[0][1])
