"""公开日志: how many entries a second go in through the app, get their places, and stand as tiles on the disk, and how soon does everybody see them?

`python -m bench.public_log [entries …] [--put]`: each size beside pymerkle in the same run; the delay at a steady pace with the sequencer in
a process of its own.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, sleep
from typing import Any

from bench import place
from bench.apart import Measured, figure, measure
from bench.in_django import start_django
from bench.section import put_section

SIZES = (200_000, 2_000_000)
BATCH = 50_000
APP_MOST, APP_BATCH = 200_000, 500
PACE, SECONDS = 200, 30  # entries a second, and for how long
CONTENDERS = [
    ("试金石（瓦片，逐批fsync）", "bench.public_log:tiles"),
    ("pymerkle SqliteTree（存盘）", "bench.public_log:pymerkle_disk"),
    ("试金石（只算树）", "bench.public_log:tree"),
    ("pymerkle InmemoryTree（只算树）", "bench.public_log:pymerkle_memory"),
]


def entries(count: int, start: int = 0) -> list[bytes]:
    """Entries as long as those of certificates."""
    one = b'{"body":"BODY-A","credential":"%064x","kind":"certificate.issued","month":"2026-04"}'
    return [one % number for number in range(start, start + count)]


def tiles(count: str) -> tuple[int, str]:
    """Append in batches, every file and folder synced, the checkpoint replaced after each batch."""
    from touchstone.trust.log.checkpoints import Checkpoint
    from touchstone.trust.log.folder import Folder, Growing
    from touchstone.trust.log.merkle import leaf_hash
    from touchstone.trust.log.notes import Signer

    with TemporaryDirectory() as folder:
        where, growing, signer = Folder(Path(folder)), Growing(), Signer("bench.test/log", bytes(32))
        while growing.size < int(count):
            some = entries(min(BATCH, int(count) - growing.size), growing.size)
            growing, files = growing.grown(some, [leaf_hash(one) for one in some])
            where.put(files)
            where.put_checkpoint(signer.signed(Checkpoint("bench.test/log", growing.size, growing.edge().root()).text()))
        return int(count), growing.edge().root().hex()


def tree(count: str) -> tuple[int, str]:
    """The root alone."""
    from touchstone.trust.log.merkle import leaf_hash, root_of

    return int(count), root_of(leaf_hash(one) for at in range(0, int(count), BATCH) for one in entries(min(BATCH, int(count) - at), at)).hex()


def pymerkle_disk(count: str) -> tuple[int, str]:
    """pymerkle with its tree in a file."""
    from pymerkle import SqliteTree

    with TemporaryDirectory() as folder:
        made = SqliteTree(f"{folder}/tree.db", algorithm="sha256")
        for at in range(0, int(count), BATCH):
            made.append_entries(entries(min(BATCH, int(count) - at), at))
        root = made.get_root().hex()
        made.close()
        return int(count), root


def pymerkle_memory(count: str) -> tuple[int, str]:
    """pymerkle in memory."""
    from pymerkle import InmemoryTree

    made = InmemoryTree(algorithm="sha256")
    for at in range(0, int(count), BATCH):
        for one in entries(min(BATCH, int(count) - at), at):
            made.append_entry(one)
    return int(count), str(made.get_root().hex())


def main() -> int:
    sizes = tuple(int(word) for word in sys.argv[1:] if word.isdigit()) or SIZES
    told = f"条目与证书的一样长（约 150 字节），每批 {BATCH:,} 条。各方算出的根哈希一致。开始时系统负载{os.getloadavg()[0]:.1f}。"
    lines = ["## 十三、公开日志", "", told, ""]
    for size in sizes:
        repeats = 3 if size <= 200_000 else 1
        print(f"{size:,} 条", flush=True)
        found = [measure(name, function, str(size), repeats=repeats) for name, function in CONTENDERS]
        assert len({one.answer for one in found if not one.absent}) == 1, "the roots differ"
        lines += [f"{size:,} 条：", "", *_table(found), ""]
    with place.own_database(), TemporaryDirectory() as folder:
        lines += _in_the_app(sizes, Path(folder))
    if "--put" in sys.argv:
        put_section(lines)
    print("\n".join(lines))
    return 0


def _table(found: list[Measured]) -> list[str]:
    rows = [f"| {one.name} | {one.absent or one.rate(one.cold)} | {'' if one.absent else f'{one.peak:.0f}'} |" for one in found]
    return ["|  | 条/秒 | 内存 MB |", "|---|---|---|", *rows]


def _in_the_app(sizes: tuple[int, ...], folder: Path) -> list[str]:
    start_django()
    from django.conf import settings
    from django.db import connection
    from django.utils.timezone import now

    from touchstone.cli import leave_django
    from touchstone.cli.tables import bring_tables_up_to_date
    from touchstone.jobs.sequencer import SequencerLoop
    from touchstone.logs.keys import make_key

    settings.LOG_DIR, settings.LOG_KEY_FILE = folder / "log", folder / "key"
    bring_tables_up_to_date()
    make_key()
    told = []
    app = min(APP_MOST, sizes[0])
    seconds = _timed(lambda: _through_the_app(app))
    told.append(f"经业务操作写入（存证与待编入条目同一事务，每事务 {APP_BATCH} 条，{app:,} 条）：{figure(app / seconds)} 条/秒。")
    loop = SequencerLoop([], now)
    seconds = _timed(lambda: _work_off(loop))
    told.append(f"编入进程（移出、定序、重读重算、签名、瓦片fsync，{app:,} 条）：{figure(app / seconds)} 条/秒。")
    for size in sizes:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO logs_outbox (log, kind, entry) SELECT 'draws', 'draw.seeded',"
                " convert_to(format(%s, md5(n::text), md5((-n)::text)), 'UTF8') FROM generate_series(1, %s) n",
                ['{"body":"BODY-A","credential":"%s%s","kind":"certificate.issued","month":"2026-04"}', size],
            )
        seconds = _timed(lambda: _work_off(loop))
        told.append(f"编入进程，{size:,} 条积压：{figure(size / seconds)} 条/秒。")
    loop.forget()  # and with the connection its lock
    delays = sorted(_delays(folder))
    at = {name: delays[min(len(delays) - 1, int(len(delays) * share))] for name, share in (("p50", 0.5), ("p99", 0.99), ("最长", 1))}
    shown = "、".join(f"{name} {delay:.2f} 秒" for name, delay in at.items())
    told.append(f"每秒 {PACE} 条、持续 {SECONDS} 秒，从事务开始到公众可见：{shown}。")
    leave_django()
    return [f"- {one}" for one in told]


def _timed(work: Callable[[], Any]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def _through_the_app(count: int) -> None:
    from django.db import transaction
    from django.utils.timezone import now

    from touchstone.accounts.actor import PLATFORM
    from touchstone.ledger.operations import record_many
    from touchstone.logs.lines import PublicLine

    for at in range(0, count, APP_BATCH):
        with transaction.atomic():
            told = [PublicLine("decision.published", {"decision": f"{number:064x}", "body": "BODY-A"}) for number in range(at, at + APP_BATCH)]
            record_many("decision.published", [(str(one.content["decision"])[-20:], {}, one) for one in told], by=PLATFORM, at=now())


def _work_off(loop: Any) -> None:
    from touchstone.logs.models import Outbox

    while loop.step() or Outbox.objects.exists():
        pass


def _delays(folder: Path) -> list[float]:
    """Feed at a steady pace while a sequencer works in its own process; how long after its transaction began each entry is in the published size."""

    from django.db import transaction
    from django.utils.timezone import now

    from touchstone.logs.lines import PublicLine
    from touchstone.logs.models import Leaf, Sequencer
    from touchstone.logs.operations import send_out
    from touchstone.logs.places import served_folder
    from touchstone.trust.log.checkpoints import unchecked

    environment = {**os.environ, "TOUCHSTONE_LOG": str(folder / "log"), "TOUCHSTONE_BENCH_LOG_KEY": str(folder / "key")}
    started = now()
    process = subprocess.Popen([sys.executable, "-m", "bench.public_log_child"], env=environment)
    seen: list[tuple[int, float]] = []
    try:
        while not Sequencer.objects.filter(alive_at__gte=started).exists():
            sleep(0.1)
        begun, sent = monotonic(), 0
        while monotonic() < begun + SECONDS + 60:
            due = int(min(SECONDS, monotonic() - begun) * PACE)
            if due > sent:
                with transaction.atomic():
                    send_out([PublicLine("key.added", {"key": f"{number:064x}"}, log="pace") for number in range(sent, due)], at=now())
                sent = due
            note = served_folder("pace").checkpoint()
            size = unchecked(note).size if note else 0
            if not seen or size > seen[-1][0]:
                seen.append((size, now().timestamp()))
            if size >= PACE * SECONDS:
                break
            sleep(0.02)
    finally:
        process.terminate()
        process.wait(30)
    moments = Leaf.objects.filter(log__name="pace").order_by("index").values_list("waited_from", flat=True)
    public = iter(seen)
    size, when = next(public)
    delays = []
    for index, waited in enumerate(moments):
        while size <= index:
            size, when = next(public)
        delays.append(when - waited.timestamp())
    return delays


if __name__ == "__main__":
    sys.exit(main())
