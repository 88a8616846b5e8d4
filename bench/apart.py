"""单独测量: what does one contender take in a process of its own, cold and warm, in time and memory?

As a program (`python -m bench.apart module:function argument…`) it calls the function twice and prints what was measured.
Cold is the first call of a fresh process, imports included; warm is the second. Memory is the most that the process and the children
it has ended held, or, where that is more, what it and its running children (a Java machine, say) were seen to hold together.
"""

import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from importlib import import_module
from statistics import median
from threading import Event, Thread
from time import perf_counter

import psutil

REPEATS = 5


@dataclass(frozen=True)
class Measured:
    """Seconds of each repeat, how many things were done in each, and peak memory (MB) of process and children together."""

    name: str
    cold: list[float]
    warm: list[float]
    count: int
    peak: float
    answer: str = ""
    absent: str = ""

    def rate(self, seconds: list[float]) -> str:
        """Things per second: median (lowest–highest)."""
        rates = sorted(self.count / one for one in seconds)
        return f"{figure(median(rates))}（{figure(rates[0])}–{figure(rates[-1])}）"


def figure(value: float) -> str:
    """A figure with as many places as make sense."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def measure(name: str, function: str, *arguments: str, repeats: int = REPEATS) -> Measured:
    """Measure a contender `repeats` times, each in a fresh process; one that is not installed is absent."""
    command = [sys.executable, "-W", "ignore", "-m", "bench.apart", function, *arguments]
    runs = []
    for _ in range(repeats):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode == 3:
            return Measured(name, [], [], 0, 0, absent=done.stdout.strip())
        if done.returncode:
            raise RuntimeError(f"{function}: {done.stderr[-2000:]}")
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    answers = {run["answer"] for run in runs}
    assert len(answers) == 1, f"{function} does not give the same each time: {answers}"
    return Measured(name, [r["cold"] for r in runs], [r["warm"] for r in runs], runs[0]["count"], max(r["peak"] for r in runs), answers.pop())


def main() -> None:
    module, _, function = sys.argv[1].partition(":")
    seen, ended = [0.0], Event()
    watcher = Thread(target=_watch, args=(seen, ended), daemon=True)
    watcher.start()
    started = perf_counter()
    try:
        contender = getattr(import_module(module), function)
        count, answer = contender(*sys.argv[2:])
    except ImportError as missing:
        print(f"没有安装 {missing.name}")
        sys.exit(3)
    cold = perf_counter() - started
    started = perf_counter()
    assert contender(*sys.argv[2:]) == (count, answer)
    warm = perf_counter() - started
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    ended.set()
    watcher.join()
    peak = max(peak, seen[0])
    print(json.dumps({"cold": cold, "warm": warm, "count": count, "peak": peak, "answer": str(answer)}))


def _watch(seen: list[float], ended: Event) -> None:
    """Look four times a second at what this process and its running children hold."""
    own = psutil.Process()
    while not ended.wait(0.25):
        held = own.memory_info().rss
        for child in own.children(recursive=True):
            try:
                held += child.memory_info().rss
            except psutil.NoSuchProcess:
                continue
        seen[0] = max(seen[0], held / 1024 / 1024)


if __name__ == "__main__":
    main()
