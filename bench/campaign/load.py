"""负载: do verification and the desks' lists answer in time, at a steady rate, in a city of a district's size?"""

import os

from bench import pages, place, verification
from bench.campaign.open_loop import Target, ask_steadily
from bench.campaign.outcome import Outcome, Tell

VERIFY_LIMIT, DESK_LIMIT = 100.0, 200.0  # milliseconds within which 95 of 100 are answered
DESKS = ("authority:inbox", "authority:filings", "authority:plans", "body:inbox", "body:plans", "body:candidates")


def run(small: bool, tell: Tell) -> Outcome:
    """This function will grow the city, ask steadily for both kinds of page, and hold the times against their limits."""
    from touchstone.simulation import city

    found = Outcome()
    city.grow(scale="small" if small else "district", seed=1, tell=tell)
    _settle()
    seconds = 5 if small else 60
    certificates = [Target(path) for path in _certificates()]
    desks = _desks()
    with place.server(workers=2) as (port, _):
        for name, targets, per_second, limit in (
            ("查验页", certificates, 50, VERIFY_LIMIT),
            ("待办和名单页", desks, 10, DESK_LIMIT),
        ):
            ask_steadily(port, targets, per_second=per_second, seconds=2)
            answers, troubles = ask_steadily(port, targets, per_second=per_second, seconds=seconds)
            found.runs += len(answers.seconds)
            p50, p95, p99 = (answers.percentile(share) for share in (0.5, 0.95, 0.99))
            words = (
                f"{name}：每秒{per_second}个，{seconds}秒，共{len(answers.seconds):,}个；p50 {p50:.0f}毫秒，"
                f"p95 {p95:.0f}毫秒（上限{limit:.0f}），p99 {p99:.0f}毫秒；开始时系统负载{os.getloadavg()[0]:.1f}。"
            )
            found.words.append(words)
            tell(words)
            found.expect(not troubles, f"{name}有{len(troubles)}个请求没有得到200，例如{troubles[:1]}")
            found.expect(p95 <= limit, f"{name}的p95为{p95:.0f}毫秒，超过{limit:.0f}毫秒")
    return found


def _certificates() -> list[str]:
    from touchstone.accounts.actor import PLATFORM
    from touchstone.certificates.queries import certificates, verify_path

    numbers = list(certificates(PLATFORM).values_list("number", flat=True))
    return [verify_path(number) for number in numbers[:: max(1, len(numbers) // 500)]] or [verification.targets()[0].paths[0]]


def _desks() -> list[Target]:
    """The busiest desks' pages, each as the person who works there."""
    username, plan = pages._busiest()
    found = []
    for _, who, view in pages.PAGES:
        path = pages._path(view, plan)
        if view in DESKS and path:
            found.append(Target(path, pages.cookie_of(username if who == "PLANNER" else who)))
    return found


def _settle() -> None:
    """Do at once what the database would do by itself in the minutes after so much was loaded: it is not what is measured."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
