"""备案待办与名录: does the inbox answer in time before ten thousand filings, and the register before a million lines?

`python -m bench.filings` measures them alone, `python -m bench.filings inbox` the inbox only; both put the section into docs/benchmarks.md.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psutil

from bench import place
from bench.campaign.open_loop import Target, ask_steadily
from bench.in_django import start_django
from bench.load import Answers, ask
from bench.pages import cookie_of
from bench.section import put_section

FILINGS, APPLICANTS, BODIES, LINES_EACH = 10_000, 2_000, 100_000, 10
PER_SECOND, SECONDS, WORKERS, LIMIT = 10.0, 20.0, 2, 200
TITLE = "## 六、备案待办与名录"
HOME = "310115"
INBOX = ("待办第一页", "待办各页和查询", "备案列表")


@dataclass(frozen=True)
class Asked:
    """What was asked for at a steady rate, and how it was answered."""

    name: str
    answers: Answers
    troubles: list[str]
    work: float  # milliseconds of processor the server spent on one answer

    def line(self) -> list[str]:
        """One line of the table, the limit beside the figure."""
        p95 = self.answers.percentile(0.95)
        verdict = f"有{len(self.troubles)}次没有答复" if self.troubles else "不超过" if p95 <= LIMIT else "超过"
        return [self.name, *(f"{self.answers.percentile(share):.0f}" for share in (0.5, 0.95, 0.99)), str(LIMIT), verdict, f"{self.work:.0f}"]


def measure(*, inbox_only: bool = False) -> list[Asked]:
    """Measure the inbox before ten thousand filings, then the register before a million lines, in a database that has the standing cast."""
    at = datetime.now(ZoneInfo("Asia/Shanghai")).replace(microsecond=0)
    _under_review(registered(0, APPLICANTS, at), at)
    _analyse()
    found = _ask(_inbox())
    if inbox_only:
        return found
    in_force(registered(APPLICANTS, BODIES, at), at)
    _analyse()
    return found + _ask(_lists() | _register())


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def registered(first: int, count: int, at: datetime) -> list[int]:
    """Enter bodies with an office each, numbered from `first` on; their keys."""
    from touchstone.accounts.actor import PLATFORM
    from touchstone.accounts.history import load_offices
    from touchstone.bodies.operations.history import load_history
    from touchstone.kernel.numbers import name_key
    from touchstone.policy.districts import DISTRICTS
    from touchstone.simulation.identity import uscc

    districts, since = sorted(DISTRICTS), at.date() - timedelta(days=900)
    shared = [
        {"number": f"PJ{800_000 + n:06d}", "name": f"上海测速{n:06d}号机电设备有限公司", "district": districts[n % 16], "industry": "machinery"}
        for n in range(first, first + count)
    ]
    desks = ({**one, "kind": "assessment_body", "short_name": one["name"][:40], "phone": "", "since": since} for one in shared)
    offices = load_offices(desks, by=PLATFORM, at=at)
    rows = (
        {**one, "office_id": office, "name_key": name_key(one["name"]), "uscc": uscc(50_000_000 + first + n), "kind": "enterprise",
         "ownership": "district", "address": "测速路1号", "legal_representative": "测速", "registered_at": at}
        for n, (one, office) in enumerate(zip(shared, offices, strict=True))
    )  # fmt: skip
    return load_history("bodies", rows, by=PLATFORM, at=at)


def _under_review(bodies: list[int], at: datetime) -> None:
    """Ten thousand applications of one district's bodies, each waiting for the district's clerk by a day of its own."""
    from django.db import transaction

    from touchstone.accounts.actor import PLATFORM
    from touchstone.accounts.queries import district_bureau
    from touchstone.filings.operations.history import load_history
    from touchstone.policy.districts import DISTRICTS
    from touchstone.policy.roles import Role
    from touchstone.tasks.operations import open_task

    here = sorted(DISTRICTS).index(HOME)
    ours = [key for n, key in enumerate(bodies) if n % 16 == here]
    numbers = [f"BA2099{HOME}{n:05d}" for n in range(FILINGS)]
    rows = (
        {"number": number, "body_id": ours[n % len(ours)], "route": "district_enterprise", "rules_day": at.date(), "state": "under_review",
         "step": "technical_assessment", "round": 1, "begun_at": at, "saved_at": at, "submitted_at": at}
        for n, number in enumerate(numbers)
    )  # fmt: skip
    load_history("filings", rows, by=PLATFORM, at=at)
    bureau = district_bureau(HOME)
    owed: dict[str, Any] = {"matter": "filing.appoint", "office_id": bureau.pk, "role": Role.INTAKE_CLERK, "by": PLATFORM, "at": at}
    with transaction.atomic():
        for n, number in enumerate(numbers):
            title = f"指派技术评估员：上海测速{n:06d}号机电设备有限公司"
            open_task(case=number, title=title, due_on=at.date() + timedelta(days=n % 40 - 10), **owed)


def in_force(bodies: list[int], at: datetime, lines: int = LINES_EACH) -> None:
    """A filing in force for each body, with some lines of scope at one venue; ten make a million lines."""
    from touchstone.accounts.actor import PLATFORM
    from touchstone.bodies.operations.history import load_history as load_bodies
    from touchstone.filings.operations.history import load_history as load_filings
    from touchstone.policy.districts import DISTRICTS

    since, until, districts = at.date() - timedelta(days=400), at.date() + timedelta(days=695), sorted(DISTRICTS)
    venues = load_bodies(
        "venues",
        (
            {"number": f"KD{900_000 + n:07d}", "body_id": key, "name": "测速考核点", "address": "测速路1号", "district": districts[n % 16],
             "tenure": "owned", "since": since}
            for n, key in enumerate(bodies)
        ),
        by=PLATFORM,
        at=at,
    )  # fmt: skip
    filings = load_filings(
        "filings",
        (
            {"number": f"BA2098{n:011d}", "body_id": key, "route": "district_enterprise", "rules_day": since, "state": "accepted",
             "step": "sign_for_report", "round": 1, "begun_at": at, "saved_at": at, "submitted_at": at, "in_force_from": since, "until": until}
            for n, key in enumerate(bodies)
        ),
        by=PLATFORM,
        at=at,
    )  # fmt: skip
    load_filings("scope", _lines(filings, venues, lines, since, until), by=PLATFORM, at=at)


def _lines(filings: list[int], venues: list[int], each: int, since: date, until: date) -> Iterator[dict[str, Any]]:
    from touchstone.catalogue import queries as catalogue

    found = {one.occupation_id: one.pk for one in catalogue.standards_in_force(catalogue.standards(), until)}
    known = sorted(found.items())
    for n, (filing, venue) in enumerate(zip(filings, venues, strict=True)):
        for m in range(each):
            occupation, standard = known[(n * 7 + m // 5) % len(known)]
            yield {
                "filing_id": filing, "occupation_id": occupation, "level": 5 - m % 5, "standard_id": standard, "venue_id": venue,
                "since": since, "until": until,
            }  # fmt: skip


Series = dict[str, list[Target]]


def _inbox() -> Series:
    clerk = cookie_of("zhou")
    pages = ("/desk/inbox?page=37", "/desk/inbox?page=250", f"/desk/inbox?q=BA2099{HOME}00777", "/desk/inbox?q=测速004")
    lists = ("/desk/filings", "/desk/filings?page=120", "/desk/filings?state=under_review")
    return dict(zip(INBOX, ([Target(one, clerk) for one in paths] for paths in (("/desk/inbox",), pages, lists)), strict=True))


def _lists() -> Series:
    """The lists of a district and of the city, among a hundred thousand filings with a million lines of scope."""
    clerk, city = cookie_of("zhou"), cookie_of("xu")
    named = [f"/desk/filings?body=测速{n:06d}" for n in range(APPLICANTS, BODIES, 9_999)]
    return {
        "百万行时区：备案列表": [Target(one, clerk) for one in ("/desk/filings", "/desk/filings?page=120", "/desk/filings?state=accepted")],
        "百万行时区：按单位名称": [Target(one, clerk) for one in (*named, "/desk/filings?body=机电")],
        "百万行时市：备案列表": [Target(one, city) for one in ("/desk/filings", "/desk/filings?page=400", "/desk/filings?state=under_review")],
        "百万行时区：评价机构": [Target(one, clerk) for one in ("/desk/bodies", "/desk/bodies?name=测速07", "/desk/bodies?page=200")],
        "百万行时市：评价机构": [Target(one, city) for one in ("/desk/bodies", "/desk/bodies?name=测速07", "/desk/bodies?page=400")],
    }


def _register() -> Series:
    some = [f"PJ{number:06d}" for number in range(800_000 + APPLICANTS, 800_000 + BODIES, 997)]
    districts = ("310115", "310101", "310151")
    return {
        "名录：不限条件": [Target("/register"), Target("/register?page=300")],
        "名录：按职业、等级和区": [Target(f"/register?occupation=6-18-01-01&level=3&district={code}") for code in districts],
        "名录：按机构名称": [Target(f"/register?q=测速{n:06d}") for n in range(APPLICANTS, BODIES, 9_999)],
        "名录：按常见的字": [Target(f"/register?q={text}") for text in ("机电", "上海测速", "测")],
        "备案答复页": [Target(f"/register/answer?body={number}&occupation=6-18-01-01&level=3&day=2026-12-01") for number in some],
        "备案答复（JSON）": [Target(f"/register/answer.json?body={number}&day=2026-12-01") for number in some],
    }


def _ask(series: Series) -> list[Asked]:
    """Ask for every page for twenty seconds, ten times a second, whether or not earlier requests are answered."""
    found = []
    with place.server(WORKERS) as (port, process):
        for name, targets in series.items():
            asked = [Target(_quoted(one.path), one.cookie) for one in targets]
            ask(port, [asked[0].path], count=6, visitors=2, cookie=asked[0].cookie)
            before = _work(process)
            answers, troubles = ask_steadily(port, asked, per_second=PER_SECOND, seconds=SECONDS)
            work = (_work(process) - before) / len(answers.seconds) * 1000
            found.append(Asked(name, answers, troubles, work))
            print(f"  {name}：p95 {answers.percentile(0.95):.0f} ms，上限 {LIMIT} ms {troubles[:1]}", flush=True)
    return found


def _work(process: psutil.Process) -> float:
    """Seconds of processor a server and its workers have had."""
    times = [one.cpu_times() for one in [process, *process.children(recursive=True)]]
    return sum(one.user + one.system for one in times)


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path, safe="/?=&")


def section(found: list[Asked]) -> list[str]:
    """The section of the report."""
    from bench.__main__ import table

    register = f"名录里{BODIES:,}家机构、{BODIES * LINES_EACH:,}行有效范围。" if len(found) > len(INBOX) else ""
    words = (
        f"{FILINGS:,}件备案同时在一个区等待办理。{register}每项以每秒{PER_SECOND:.0f}次的固定节奏"
        f"问{SECONDS:.0f}秒，不等前一次答完；每次的用时从应发出的时刻算起。granian {WORKERS} 个进程，负载程序、服务器和数据库同在一台机器上。"
    )
    ahead = os.getpriority(os.PRIO_PROCESS, 0) < 0 or os.sched_getscheduler(0) != os.SCHED_OTHER
    raised = "；机器上另有别的工作，测量用的各进程排在它们之前" if ahead else ""
    busy = f"测于 {datetime.now().astimezone():%Y-%m-%d}，系统负载 {os.getloadavg()[0]:.1f}（负载高于核数时，数字偏慢{raised}）。"
    lines = [one.line() for one in found]
    return [TITLE, "", words, "", busy, "", *table(["", "p50 ms", "p95 ms", "p99 ms", "p95 上限 ms", "结论", "服务器每页占用处理器 ms"], lines)]


def main() -> int:
    """Measure alone, on a database with the standing cast only, and put the section into the report."""
    with place.own_database():
        start_django()
        from touchstone.cli.tables import bring_tables_up_to_date
        from touchstone.ledger.operations import mark_synthetic
        from touchstone.simulation.cast import set_up_cast

        bring_tables_up_to_date()
        at = datetime.now(ZoneInfo("Asia/Shanghai"))
        mark_synthetic(seed=1)
        set_up_cast(since=at.date() - timedelta(days=900), at=at)
        lines = section(measure(inbox_only="inbox" in sys.argv[1:]))
    print("\n".join(lines))
    put_section(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
