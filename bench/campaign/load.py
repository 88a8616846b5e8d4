"""负载: how fast are answers when requests come at a fixed pace, whether or not the last one was answered?

An open loop: every request has its moment, and its time counts from then, so that a server that falls behind cannot hide it.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import cycle, islice
from time import monotonic, sleep

from bench.campaign.outcome import Outcome, Tell
from bench.load import LOOPBACK

SENDERS = 32
LIMITS = {"verify": 100.0, "desk": 200.0}  # milliseconds within which 95 % are to be answered


def run(small: bool, tell: Tell) -> Outcome:
    """This function will ask for verification pages at 50 a second and for desk pages at 10 a second, for a minute each."""
    from bench.place import server
    from touchstone.certificates.queries import verify_path
    from touchstone.simulation.city import grow

    seconds = 5 if small else 60
    grow(scale="small" if small else "district", seed=1, tell=tell)
    found = Outcome()
    certificates = [verify_path(number) for number in _numbers(200)]
    with server(2) as (port, _):
        desk = [(path, _cookie(username)) for username, path in _desk()]
        _paced(port, [(path, "") for path in certificates] + desk, 10, 3)  # warm
        for name, requests, pace in (("verify", [(path, "") for path in certificates], 50), ("desk", desk, 10)):
            times = _paced(port, requests, pace, seconds)
            _judge(found, name, times, pace * seconds, tell)
    return found


def _judge(found: Outcome, name: str, times: list[float], wanted: int, tell: Tell) -> None:
    found.runs += len(times)
    found.expect(len(times) == wanted, f"{name}：{wanted}个请求只答了{len(times)}个")
    ordered = sorted(times)
    p50, p95, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 for share in (0.5, 0.95, 0.99))
    label = {"verify": "查验页", "desk": "待办和名单页"}[name]
    found.expect(p95 <= LIMITS[name], f"{label}：95%的应答用时{p95:.0f}毫秒，超过{LIMITS[name]:.0f}毫秒")
    found.words.append(f"{label}：{len(times)}个请求，p50 {p50:.0f}、p95 {p95:.0f}、p99 {p99:.0f} 毫秒。")
    tell(found.words[-1])


def _paced(port: int, requests: Sequence[tuple[str, str]], pace: int, seconds: int) -> list[float]:
    """Send at the pace; the seconds of each answer from the moment it was due."""
    begun = monotonic() + 0.2

    def one(place: int, request: tuple[str, str]) -> float:
        due = begun + place / pace
        sleep(max(0.0, due - monotonic()))
        connection = HTTPConnection(LOOPBACK, port, timeout=20)
        try:
            connection.request("GET", request[0], headers={"Host": LOOPBACK, **({"Cookie": request[1]} if request[1] else {})})
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{request[0]}: {answer.status}")
        return monotonic() - due

    with ThreadPoolExecutor(SENDERS) as pool:
        waiting = [pool.submit(one, place, request) for place, request in enumerate(islice(cycle(requests), pace * seconds))]
        return [future.result() for future in waiting]


def _numbers(count: int) -> list[str]:
    from touchstone.certificates.models import Certificate

    return list(Certificate.objects.filter(state="issued").order_by("pk").values_list("number", flat=True)[:count])


def _desk() -> list[tuple[str, str]]:
    from django.urls import reverse

    pages = (("wang", "inbox"), ("zhou", "filings"), ("wang", "plans"), ("xu", "plans"), ("xu", "bodies"), ("xu", "certificates"))
    return [(username, reverse(f"authority:{view}")) for username, view in pages]


def _cookie(username: str) -> str:
    from bench.pages import _cookie as cookie_of

    return cookie_of(username)
