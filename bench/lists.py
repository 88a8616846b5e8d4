"""全市名单页: do lists, searches and single pages answer in time, for everybody who uses them, in a city of a million candidates?

`python -m bench.lists [part] [seconds] [turns]` grows a part of the city (1 is the whole) in a database of its own, asks, and puts the section
into docs/benchmarks.md when the city was whole (or `--put` is said); with `--here` it asks in the city of the installation in use
(`TOUCHSTONE_STATE`, `DATABASE_URL`) as far as that has been grown.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import quote

import psutil

from bench import place
from bench.campaign.open_loop import Target, ask_steadily
from bench.in_django import start_django
from bench.load import ask
from bench.pages import cookie_of
from bench.section import put_section

if TYPE_CHECKING:
    from touchstone.accounts.actor import Actor

PER_SECOND, WORKERS, LIMIT = 10.0, 2, 200.0
TITLE = "## 九、全市规模的名单、查询和单页"
BESIDE = "对照"
BARE, HELLO = "对照：页面服务本身", "对照：同样中间件之后的空页"


@dataclass
class Series:
    """Pages of one kind as one person opens them, and what each turn took: p50, p95, p99 in milliseconds, processor of the server for one page."""

    who: str
    name: str
    paths: list[str]
    username: str = ""
    turns: list[tuple[float, float, float, float]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def of(self, place_in_turn: int) -> float:
        """The median of one figure over the turns."""
        return median(one[place_in_turn] for one in self.turns)


def series() -> list[Series]:
    """Every list, search and single page that officers, bodies, candidates, experts, operators and the public use, with what stands in this city."""
    found = [Series(BESIDE, BARE, ["/bench/bare"]), Series(BESIDE, HELLO, ["/bench/hello"])]
    for part in (_public, _districts, _city, _bodies, _candidates, _experts, _operators):
        found += part()
    return [one for one in found if one.paths]


def _some(rows: Sequence[str], count: int = 40) -> list[str]:
    """A few of many, from everywhere."""
    return list(rows[:: max(1, len(rows) // count)][:count])


def _certificates() -> list[tuple[str, str]]:
    from touchstone.accounts.actor import PLATFORM
    from touchstone.certificates.queries import certificates

    found = certificates(PLATFORM).order_by("pk").values_list("number", "holder_name")
    keys = _some(list(certificates(PLATFORM).order_by("pk").values_list("pk", flat=True)[:200_000]))  # type: ignore[arg-type]
    return list(found.filter(pk__in=keys))


def _plans(state: str = "certified", body: str = "") -> list[str]:
    from touchstone.accounts.actor import PLATFORM
    from touchstone.exams.queries.plans import plans

    found = plans(PLATFORM).filter(state=state, number__startswith="JH")
    found = found.filter(body__number=body) if body else found
    return _some(list(found.values_list("number", flat=True)))


def _public() -> list[Series]:
    from touchstone.certificates.queries import verify_path
    from touchstone.notices.queries import notices

    certificates = _certificates()
    numbers = _some(list(notices().filter(matter="exam_results").values_list("number", flat=True)))
    bodies = [number for number, _ in _body_log_ins()]
    return [
        Series("公众", "首页", ["/"]),
        Series("公众", "证书查验", [verify_path(number) for number, _ in certificates]),
        Series("公众", "按姓名和编号查验", [f"/verify?name={name}&number=Y0000000000000000000{n}" for n, (_, name) in enumerate(certificates[:20])]),
        Series("公众", "备案机构名录", ["/register", "/register?page=5", "/register?q=机械", "/register?level=4&district=310115"]),
        Series("公众", "备案机构", [f"/register/{number}" for number in bodies[:40]]),
        Series("公众", "可报名的评价", ["/plans", "/plans?level=5", "/plans?district=310115", "/plans?body=上海", "/plans?page=2"]),
        Series("公众", "公示列表", ["/notices", "/notices?past=1", "/notices?past=1&page=200", "/notices?past=1&q=餐饮", "/notices?q=五级"]),
        Series("公众", "公示", [f"/notices/{number}" for number in numbers]),
    ]


def _ground(who: str, username: str, body_word: str = "机械") -> list[Series]:
    """What an office sees of plans, certificates, archives, notices, bodies and filings on its ground."""
    plans, certificates = _plans(), _certificates()
    visible = [number for number in plans if _sees(username, number)]
    own = [number for number, _ in certificates if _sees_certificate(username, number)]

    def one(name: str, *paths: str) -> Series:
        return Series(who, name, list(paths), username)

    return [
        one("待办、已办", "/desk/inbox", "/desk/inbox?page=2", "/desk/inbox?q=认定", "/desk/done", "/desk/done?page=40"),
        one("认定计划", "/desk/plans", "/desk/plans?page=50", "/desk/plans?state=reported", "/desk/plans?signed=no"),
        one("认定计划：查询", f"/desk/plans?body={body_word}", "/desk/plans?title=2026年3月", "/desk/plans?level=3", "/desk/plans?number=JH2025000"),
        one("认定计划：一份", *(f"/desk/plans/{number}" for number in visible)),
        one("证书", "/desk/certificates", "/desk/certificates?page=400", "/desk/certificates?sort=holder_name", "/desk/certificates?level=3"),
        one(
            "证书：查询",
            "/desk/certificates?holder=王芳",
            f"/desk/certificates?occupation={body_word[:1]}",
            f"/desk/certificates?number={own[0][:12] if own else 'Y0000'}",
            "/desk/certificates?state=revoked",
            f"/desk/certificates?plan={visible[0] if visible else plans[0]}",
        ),
        one("证书：一本", *(f"/desk/certificates/{number}" for number in own)),
        one("评价档案", "/desk/archives", "/desk/archives?within=late", "/desk/archives?page=40", f"/desk/archives?body={body_word}"),
        one("公示", "/desk/notices", "/desk/notices?page=40"),
        one("评价机构", "/desk/bodies", "/desk/bodies?page=2", f"/desk/bodies?name={body_word}", "/desk/bodies?filed=yes"),
        one("备案", "/desk/filings", "/desk/filings?page=2", "/desk/filings?state=accepted", f"/desk/filings?body={body_word}"),
        one("今日场次", "/desk/today", "/desk/today?days=today", "/desk/today?days=coming"),
    ]


def _districts() -> list[Series]:
    return _ground("区人社局", "wang")


def _city() -> list[Series]:
    return _ground("市职鉴中心", "xu")


def _bodies() -> list[Series]:
    from touchstone.accounts.actor import PLATFORM
    from touchstone.exams.queries.plans import plans

    number, username = _busiest_body()
    own = _plans(body=number)
    candidates = [one for plan in own[:5] for one in _candidate_numbers(plan)[:8]]
    sittings = [one for plan in own[:8] for one in _sitting_numbers(plan)[:3]]
    certificates = [one for plan in own[:6] for one in _certificate_numbers(plan)[:6]]
    arranged = list(plans(PLATFORM).filter(body__number=number, state="arranged").values_list("number", flat=True))

    def one(name: str, *paths: str) -> Series:
        return Series("评价机构", name, list(paths), username)

    return [
        one("首页、待办、已办", "/body/", "/body/inbox", "/body/done"),
        one("消息", "/messages"),
        one("认定计划", "/body/plans", "/body/plans?state=certified", "/body/plans?title=五级"),
        one("认定计划：一份", *(f"/body/plans/{plan}" for plan in own)),
        one("考生", *(f"/body/plans/{plan}/candidates" for plan in own), *(f"/body/plans/{plan}/candidates?name=王" for plan in own[:5])),
        one("考生：一人", *(f"/body/plans/candidates/{candidate}" for candidate in candidates)),
        one("考务编排和到考", *(f"/body/plans/{plan}/{page}" for plan in (*arranged, *own[:6]) for page in ("arrangement", "attendance"))),
        one("成绩和结果", *(f"/body/plans/{plan}/{page}" for plan in own[:10] for page in ("scores", "results"))),
        one("场次", *(f"/body/sittings/{sitting}" for sitting in sittings)),
        one("证书", "/body/certificates", "/body/certificates?page=20", "/body/certificates?holder=王芳", "/body/certificates?level=4"),
        one("证书：一本", *(f"/body/certificates/{certificate}" for certificate in certificates)),
        one("评价档案", "/body/archives", "/body/archives?within=late"),
        one("人员", "/body/staff"),
    ]


def _candidates() -> list[Series]:
    """Some who were evaluated are given a log-in, as somebody who signs up is."""
    username, number = next(iter(_log_ins_of_candidates(1)))
    return [Series("考生", "本人各页", ["/me/", "/me/registrations", f"/me/registrations/{number}", "/me/certificates"], username)]


def _experts() -> list[Series]:
    return [Series("考评人员", "派遣和资格", ["/expert/", "/expert/assignments", "/expert/qualifications", "/expert/figures"], "song")]


def _operators() -> list[Series]:
    case = _plans()[0]
    queries = ("page=400", f"subject={case}", "event=plan.certified", "since=2026-01-01")
    ledger = ["/ops/ledger", *(f"/ops/ledger?{query}" for query in queries)]
    return [
        Series("审计管理员", "操作存证", ledger, "you"),
        Series("安全管理员", "人员与岗位", ["/ops/people", "/ops/people?page=20", "/ops/people?name=王", "/ops/people?role=supervisor"], "qin"),
        Series("安全管理员", "机构", ["/ops/offices", "/ops/offices?page=20"], "qin"),
    ]


def _body_log_ins() -> list[tuple[str, str]]:
    """Bodies by number, with a log-in of each."""
    from touchstone.accounts.queries import offices
    from touchstone.policy.roles import OfficeKind

    found = offices(OfficeKind.ASSESSMENT_BODY).filter(holdings__person__user__username__startswith="body").distinct().order_by("number")
    return list(found.values_list("number", "holdings__person__user__username").distinct())


def _busiest_body() -> tuple[str, str]:
    """The body with most candidates among those of the past, and its log-in."""
    from django.db.models import Count

    from touchstone.accounts.actor import PLATFORM
    from touchstone.exams.queries.plans import plans

    log_ins = dict(_body_log_ins())
    most = plans(PLATFORM).filter(body__number__in=log_ins).order_by().values("body__number").annotate(people=Count("candidates")).order_by("-people")
    number = most[0]["body__number"]
    return number, log_ins[number]


def _candidate_numbers(plan: str) -> list[str]:
    from touchstone.accounts.actor import PLATFORM
    from touchstone.exams.queries.plans import plans
    from touchstone.exams.queries.registration import candidates

    return list(candidates(plans(PLATFORM).get(number=plan)).values_list("number", flat=True))


def _sitting_numbers(plan: str) -> list[str]:
    from touchstone.accounts.actor import PLATFORM
    from touchstone.exams.queries.plans import plans
    from touchstone.exams.queries.sittings import sittings

    return list(sittings(plans(PLATFORM).get(number=plan)).values_list("number", flat=True))


def _certificate_numbers(plan: str) -> list[str]:
    from touchstone.certificates.queries import of_plan

    return list(of_plan(plan).values_list("number", flat=True))


def _sees(username: str, plan: str) -> bool:
    from touchstone.exams.queries.plans import plans

    return bool(plans(_actor(username)).filter(number=plan).exists())


def _sees_certificate(username: str, number: str) -> bool:
    from touchstone.certificates.queries import certificates

    return bool(certificates(_actor(username)).filter(number=number).exists())


def _actor(username: str) -> "Actor":
    from django.utils import timezone

    from touchstone.simulation.cast import actor_of

    return actor_of(username, timezone.localdate())


def _log_ins_of_candidates(count: int) -> Iterator[tuple[str, str]]:
    from django.utils import timezone

    from touchstone.accounts.actor import VISITOR
    from touchstone.accounts.people import opened_id_number, opened_phone
    from touchstone.certificates.queries import by_number
    from touchstone.exams.operations.candidate_desk import come_in_proved

    for number, _ in _certificates()[:count]:
        certificate = by_number(number)
        assert certificate is not None
        holder, at = certificate.holder, timezone.localtime()
        user = come_in_proved(name=holder.name, id_number=opened_id_number(holder), phone=opened_phone(holder), by=VISITOR, at=at)
        yield user.username, certificate.candidate_number


def measure(*, seconds: float, turns: int) -> list[Series]:
    """Ask for every series at the same pace, turn after turn, the bare server in each turn too."""
    found = series()
    cookies = {name: cookie_of(name) for name in {one.username for one in found if one.username}}
    with place.server(WORKERS) as (port, process):
        for one in found:
            ask(port, [quoted(one.paths[0])], count=4, visitors=2, cookie=cookies.get(one.username, ""))
        for _ in range(turns):
            for one in found:
                targets = [Target(quoted(path), cookies.get(one.username, "")) for path in one.paths]
                before = _work(process)
                answers, troubles = ask_steadily(port, targets, per_second=PER_SECOND, seconds=seconds)
                work = (_work(process) - before) / len(answers.seconds) * 1000
                p50, p95, p99 = (answers.percentile(share) for share in (0.5, 0.95, 0.99))
                one.turns.append((p50, p95, p99, work))
                one.troubles += troubles
                print(f"  {one.who} {one.name}：p50 {p50:.0f}，p95 {p95:.0f} ms {troubles[:1] or ''}", flush=True)
    return found


def _work(process: psutil.Process) -> float:
    """Seconds of processor a server and its workers have had."""
    times = [one.cpu_times() for one in [process, *process.children(recursive=True)]]
    return float(sum(one.user + one.system for one in times))


def quoted(path: str) -> str:
    """An address as a browser writes it."""
    return quote(path, safe="/?=&")


def section(found: Sequence[Series], *, seconds: float, turns: int, size: str, load: float) -> list[str]:
    """The section of the report."""
    from bench.__main__ import table

    def line(one: Series) -> list[str]:
        p95 = one.of(1)
        spread = f"{p95:.0f}（{min(turn[1] for turn in one.turns):.0f}–{max(turn[1] for turn in one.turns):.0f}）"
        limit = "—" if one.who == BESIDE else "不超过" if p95 <= LIMIT and not one.troubles else "超过"
        verdict = f"有{len(one.troubles)}次没有答复" if one.troubles else limit
        return [one.who, one.name, f"{one.of(0):.0f}", spread, f"{one.of(2):.0f}", verdict, f"{one.of(3):.0f}"]

    words = (
        f"{size}。每组网址以每秒{PER_SECOND:.0f}次的固定节奏问{seconds:.0f}秒，不等前一次答完，用时从应发出的时刻算起；轮着问{turns}遍，列各遍的中位数"
        f"（p95 另列最低–最高）。granian {WORKERS} 个进程，负载程序、服务器和数据库同在一台机器（{place.machine()}）上，"
        f"开始时系统负载 {load:.1f}，结束时 {os.getloadavg()[0]:.1f}。p95 上限 {LIMIT:.0f} ms。"
    )
    head = ["谁", "页面", "p50 ms", "p95 ms", "p99 ms", "结论", "服务器每页占用处理器 ms"]
    return [TITLE, "", words, "", *table(head, [line(one) for one in found]), ""]


def sizes(part: int) -> dict[str, int]:
    """A part of the whole city: bodies, plans, candidates."""
    from touchstone.simulation.city_size import BODIES, CANDIDATES, PLANS

    return {"bodies": max(20, BODIES // part), "plans": max(100, PLANS // part), "candidates": CANDIDATES // part}


def report(*, part: int, seconds: float, turns: int) -> list[str]:
    """Grow a part of the city in the database in use, ask, and give the section."""
    from time import perf_counter

    from touchstone.ledger.counting import gather_statistics
    from touchstone.simulation import city

    begun, load = perf_counter(), os.getloadavg()[0]
    city.grow(scale="city", seed=1, sizes=sizes(part), processes=WORKERS, tell=lambda line: print(f"  {line}", flush=True))
    gather_statistics()
    took = perf_counter() - begun
    share = "" if part == 1 else f"（{part}分之一）"
    grown = f"`touchstone city grow --scale city`{share}：{took:.0f} 秒，两个进程，开始时系统负载 {load:.1f}"
    return _asked(f"{grown}。{_size()}", seconds=seconds, turns=turns)


def _asked(size: str, *, seconds: float, turns: int) -> list[str]:
    load = os.getloadavg()[0]
    return section(measure(seconds=seconds, turns=turns), seconds=seconds, turns=turns, size=size, load=load)


def _size() -> str:
    from touchstone.simulation.city_size import counts

    return "，".join(f"{label} {count:,}" for label, count in counts())


def main() -> int:
    """Measure alone; the section goes into the report when the city was whole."""
    given = [word for word in sys.argv[1:] if not word.startswith("--")]
    asked = dict(enumerate(given))
    part, seconds, turns = int(asked.get(0, "1")), float(asked.get(1, "20")), int(asked.get(2, "3"))
    os.environ["TOUCHSTONE_PLAIN_HTTP"] = "1"
    if "--here" in sys.argv:
        start_django()
        lines = _asked(_size(), seconds=seconds, turns=turns)
    else:
        with place.own_database():
            start_django()
            from touchstone.cli.tables import bring_tables_up_to_date

            bring_tables_up_to_date()
            lines = report(part=part, seconds=seconds, turns=turns)
            from touchstone.cli import leave_django

            leave_django()
    print("\n".join(lines))
    if part == 1 or "--put" in sys.argv:
        put_section(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
