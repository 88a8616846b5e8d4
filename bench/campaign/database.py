"""数据库被终止: is anything lost that was told as committed, when the whole of PostgreSQL is killed -9 under an import?"""

import os
from pathlib import Path
from random import Random
from time import sleep

import psutil

from bench.campaign import children, importer, stage
from bench.campaign.imported import committed, doubled, imported
from bench.campaign.outcome import Outcome, Tell

ROUNDS = 30


def run(small: bool, tell: Tell) -> Outcome:
    """This function will import workbooks while the server is killed and started again, and compare with one left alone."""
    rows, kills = (1100, 2) if small else (2000, 10)
    found, random = Outcome(), Random(7)
    for name, value in _settings().items():
        found.expect(value == "on", f"数据库的{name}为{value}，应为on")
    undisturbed, seconds = importer.never_killed(importer.REGISTRATION, rows, 0)
    tell(f"从未中断的导入用时{seconds:.1f}秒")
    cursors: list[int] = []
    inside = 0
    for _ in range(ROUNDS):
        if len(cursors) == kills:
            break
        upload = stage.upload(rows)
        told: dict[int, str] = {}
        while True:
            child = children.start(children.process_upload, upload.number, 0)
            if child.hear() != "begun":
                raise RuntimeError("the importer did not begin")
            if len(cursors) == kills:
                found.expect(child.end() == 0, "最后一次导入没有办完")
                break
            if len(cursors) % 2 == 0:
                child.hear(until=lambda word: word != "begun")
            sleep(random.uniform(0, seconds / 4))
            seen, within = committed(upload.number), child.in_transaction()
            if not _crash():
                raise RuntimeError("the server was not running")
            child.end(60)
            _start_again()
            there = committed(upload.number)
            acknowledged = max([0, *(word for word in child.heard if isinstance(word, int))])
            found.lost += sum(there.get(row) != candidate for row, candidate in seen.items()) + max(0, acknowledged - len(there))
            told |= seen
            if "finished" in child.heard:
                break
            cursors.append(len(there))
            inside += within
            tell(f"第{len(cursors)}次终止数据库：恢复后有{len(there)}行")
        found.acknowledged += len(told)
        after = committed(upload.number)
        found.lost += sum(after.get(row) != candidate for row, candidate in told.items())
        found.doubled += doubled(upload.number)
        there_now = imported(upload.number)
        found.expect(there_now == undisturbed, f"{upload.number}与从未中断的导入不一致：{there_now.counts}，应为{undisturbed.counts}")
    found.runs = len(cursors)
    found.expect(found.runs == kills, f"只终止了{found.runs}次，应为{kills}次")
    found.expect(any(0 < cursor < rows for cursor in cursors), "没有一次终止发生在已提交一部分之后")
    words = f"终止时已提交的行数：{'、'.join(map(str, sorted(cursors)))}；其中{inside}次有打开的事务。fsync和synchronous_commit均为on。"
    found.words.append(words)
    return found


def _settings() -> dict[str, str]:
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for name in ("synchronous_commit", "fsync", "full_page_writes"):
            cursor.execute(f"SHOW {name}")
            found[name] = cursor.fetchone()[0]
    return found


def _crash() -> bool:
    """Kill -9 every process of this trial's own server, never of another."""
    from touchstone.installation.embedded import running_server

    folder = Path(os.environ["TOUCHSTONE_STATE"])
    if not folder.name.startswith("ts-"):
        raise RuntimeError("this is not the trial's own server")
    server = running_server(folder)
    if server is None:
        return False
    family = [server, *server.children(recursive=True)]
    for one in family:
        try:
            one.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(family, timeout=30)
    return True


def _start_again() -> None:
    """Start the server, which replays its log, and leave the connections that died with it."""
    from django.db import connection

    from bench import place
    from touchstone.installation.embedded import server_uri

    connection.close()
    connection.close_pool()
    address = server_uri(Path(os.environ["TOUCHSTONE_STATE"]), place.NAME)
    if address != os.environ["DATABASE_URL"]:
        raise RuntimeError("the server came back at another address")
