"""全部对比: run everything once, print it, and write docs/benchmarks.md."""

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from bench import dispatch, eligibility, filings, importing, measurement, pages, place, verification, workbooks
from bench.apart import Measured, figure, measure
from bench.in_django import start_django
from bench.section import REPORT

LIGHTEST_LIMIT = 150 * 1024


def main() -> int:
    started = perf_counter()
    parts = [*_head(), *_workbooks()]
    with place.own_database():
        parts += _eligibility()
        parts += _in_the_city()
    parts += say(["", *measurement.report(), *dispatch.report()])
    busy = f"结束时系统负载 {os.getloadavg()[0]:.1f}（负载高于核数时，各项数字偏慢）"
    parts += ["", f"整次运行用时 {perf_counter() - started:.0f} 秒，{busy}。"]
    REPORT.write_text("\n".join(parts) + "\n", encoding="utf-8")
    # a room of candidates needs a database of its own, and puts its own section; so does a fiftieth of the city (the whole: `make campaign`, and
    # `bench.growth` for how long it takes)
    subprocess.run([sys.executable, "-W", "ignore", "-m", "bench.sitting"], check=False)
    subprocess.run([sys.executable, "-W", "ignore", "-m", "bench.credentials"], check=False)
    subprocess.run([sys.executable, "-W", "ignore", "-m", "bench.lists", "50", "5", "3", "--put"], check=False)
    subprocess.run([sys.executable, "-W", "ignore", "-m", "bench.comparison", "--put"], check=False)
    subprocess.run([sys.executable, "-W", "ignore", "-m", "bench.public_log", "--put"], check=False)
    print(f"已写入 {REPORT.relative_to(REPORT.parents[1])}")
    return 0


def _head() -> list[str]:
    return say([
        "# 性能对比",
        "",
        "由 `make bench` 生成，一次运行、同一台机器；对照者在同一次运行里测得。",
        "",
        f"- 日期：{datetime.now().astimezone():%Y-%m-%d}",
        f"- 机器：{place.machine()}；开始时系统负载 {os.getloadavg()[0]:.1f}",
        "- 冷：新进程的第一次，含装入程序；热：同一进程的第二次。除另有说明外各重复 5 次，列中位数（最低–最高）。",
    ])  # fmt: skip


def _workbooks() -> list[str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "registration.xlsx"
        workbooks.write(path)
        found = [measure(name, function, str(path)) for name, function in workbooks.CONTENDERS]
    answers = {one.answer for one in found if not one.absent}
    assert len(answers) == 1, f"contenders disagree: {answers}"
    title = f"## 一、读报名表并逐行核对（{workbooks.ROWS:,}行×33列）"
    words = f"各方把读到的行交给同样的核对，结论一致（{answers.pop()}行）。试金石另查压缩包结构、模板版本、表头和合并单元格。"
    return say(["", title, "", words, "", *_rates("行/秒", found)])


def _eligibility() -> list[str]:
    made = measure("准备申报人", "bench.eligibility:prepare")
    found = [measure(name, function) for name, function in eligibility.CONTENDERS]
    lines = [
        [one.name, one.rate(one.warm), f"{median(one.warm) / one.count * 1e6:.1f}", f"{one.peak:.0f}"]
        for one in found
    ]
    words = (
        f"{eligibility.DECISIONS:,}名申报人，五个等级混合，一半有证明、十分之一不够条件。热：申报人已备好。"
        f"冷启动（装入程序并备好申报人）{median(made.cold):.1f} 秒。"
    )
    return say(["", "## 二、资格判定", "", words, "", *table(["", "判定/秒（热）", "每次微秒", "内存 MB"], lines)])


def _in_the_city() -> list[str]:
    parts = _city()
    seconds = importing.run()
    rates = sorted(importing.ROWS / one for one in seconds)
    whole = f"{median(seconds):.1f} 秒（{min(seconds):.1f}–{max(seconds):.1f}），{median(rates):,.0f} 行/秒"
    parts += say(["", f"整表导入（收表、隔离读取、登记、逐人判定、返回带结果的工作簿，{importing.ROWS:,}行，重复{len(seconds)}次）：{whole}。"])
    targets = verification.targets()
    most = verification.run(targets)
    weight = verification.weigh(targets[0].paths[0])
    parts += say(["", "## 四、证书查验页", "", _how(most), "", *table(_SERVED, [verification.line(one) for one in targets])])
    total = sum(size for _, size in weight)
    verdict = "不超过" if total <= LIGHTEST_LIMIT else "超过"
    parts += say(["", f"页面重量（连同样式、脚本、图标、字体）{total / 1024:.1f} KB，{verdict} 150 KB：", ""])
    parts += say(table(["", "字节"], [[name, f"{size:,}"] for name, size in weight]))
    parts += _pages()
    return parts + say(["", *filings.section(filings.measure())])


_SERVED = ["", "页/秒（热）", "p50 ms", "p95 ms", "p99 ms", "单人 p95 ms", "新服务器首答 ms（冷）"]


def _how(most: float) -> str:
    return (
        f"granian {verification.WORKERS} 个进程，{verification.VISITORS} 名访客同时各用一条连接，每次 {verification.REQUESTS:,} 个请求，"
        f"换新服务器重复 {verification.REPEATS} 次；负载程序与服务器、数据库同在这台机器上。服务器内存最多 {most:.0f} MB。"
    )


def _city() -> list[str]:
    import resource

    start_django()
    from django.db import connection

    from touchstone.cli.tables import bring_tables_up_to_date
    from touchstone.simulation import city

    bring_tables_up_to_date()
    started, begun = perf_counter(), process_time()
    city.grow(scale="district", seed=1, tell=lambda line: print(f"  {line}", flush=True))
    seconds, worked = perf_counter() - started, process_time() - begun
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        names = ("bodies_body", "exams_plan", "exams_candidate", "exams_seat", "exams_scoreentry", "certificates_certificate", "accounts_person")
        counts = {}
        for name in names:
            cursor.execute(f"SELECT count(*) FROM {name}")
            counts[name] = cursor.fetchone()[0]
    labels = ("评价机构", "认定计划", "考生", "座位", "成绩", "证书", "人员")
    words = "，".join(f"{label} {count:,}" for label, count in zip(labels, counts.values(), strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    took = f"{seconds:.1f} 秒（本进程占用处理器 {worked:.1f} 秒），内存最多 {peak:.0f} MB"
    lines = [f"`touchstone city grow --scale district`：{took}。", "", f"{words}。"]
    return say(["", "## 三、区级城市与整表导入", "", *lines])


def _pages() -> list[str]:
    lines = [
        [one.name, one.who, *_listed(one)]
        for one in pages.run()
    ]
    words = f"在上述区级城市里，由有权的人逐个打开，各 {pages.REQUESTS} 次。"
    return say(["", "## 五、名单页", "", words, "", *table(["", "谁打开", "p50 ms", "p95 ms", "KB"], lines)])


def _listed(one: pages.Listed) -> list[str]:
    if one.answers is None:
        return [one.absent, "", ""]
    return [f"{one.answers.percentile(0.5):.0f}", f"{one.answers.percentile(0.95):.0f}", f"{one.answers.size / 1024:.0f}"]


def _rates(unit: str, found: Iterable[Measured]) -> list[str]:
    lines = [
        [one.name, one.absent, "", "", ""] if one.absent else
        [one.name, one.rate(one.warm), one.rate(one.cold), f"{figure(median(one.warm))}", f"{one.peak:.0f}"]
        for one in found
    ]  # fmt: skip
    return table(["", f"{unit}（热）", f"{unit}（冷）", "秒（热）", "内存 MB"], lines)


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> list[str]:
    """A table in Markdown."""
    return [f"| {' | '.join(head)} |", "|" + "---|" * len(head), *(f"| {' | '.join(line)} |" for line in lines)]


def say(lines: list[str]) -> list[str]:
    """Print lines and hand them on to the report."""
    print("\n".join(lines), flush=True)
    return lines


if __name__ == "__main__":
    sys.exit(main())
