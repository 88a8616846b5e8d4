"""见证人服务测试: does a witness over HTTP answer the sequencer as one beside it does, and does one sequencer keep a second one out?"""

from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from django.db import connection
from django.test import Client

from tests.cast import START, Cast
from tests.logs.stage import a_sequencer, send
from tests.web.test_body_pages import client_of
from touchstone.cli.log_witness import server_of, set_up
from touchstone.jobs.adapters.witnesses import HttpWitness
from touchstone.logs.keys import private_key
from touchstone.logs.models import Leaf, Log, Outbox
from touchstone.logs.operations.watching import LOCK
from touchstone.trust.log.notes import Signer, Verifier


@pytest.fixture
def witness(place: None, tmp_path: Path) -> Iterator[HttpWitness]:
    """A witness that answers over HTTP, asked by the adapter."""
    ours = Verifier("127.0.0.1:8000/log/", Signer("log", private_key()).verifier.public)
    made = set_up(tmp_path, name="witness.test/w1", trust=[str(ours)], keys="")
    assert set_up(tmp_path, name="", trust=[], keys="").signer.verifier == made.signer.verifier, "密钥没有留下"
    with server_of(made, "127.0.0.1", 0, second=lambda: int(START.timestamp())) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield HttpWitness(f"http://127.0.0.1:{server.server_address[1]}", str(made.signer.verifier))
        server.shutdown()
        thread.join()


@pytest.mark.django_db
def test_a_witness_over_http(witness: HttpWitness) -> None:
    """经HTTP见证；增长以后再见证；请求过长或地址不对不答。"""
    sequencer = a_sequencer(witness)
    for first in (0, 5):
        send(5, first=first)
        sequencer.step()
    log = Log.objects.get(name="decisions")
    assert (log.published_size, log.witnessed_at, log.alarm) == (10, START, "")
    host, _, port = witness.address.rpartition("//")[2].rpartition(":")
    for path, length, code in (("/elsewhere", "3", 404), ("/add-checkpoint", "99999999", 413)):
        asking = HTTPConnection(host, int(port), timeout=10)
        asking.putrequest("POST", path)
        asking.putheader("Content-Length", length)
        asking.endheaders()
        assert asking.getresponse().status == code
        asking.close()


@pytest.mark.django_db
def test_a_second_sequencer_waits(place: None) -> None:
    """已有一个编入进程时，另一个什么也不编，等它退出后接着编。"""
    send(3)
    told = {name: value for name, value in connection.get_connection_params().items() if name in {"dbname", "user", "host", "port", "password"}}
    with psycopg.connect(**told) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        assert a_sequencer().step() is False
        assert not Leaf.objects.exists() and Outbox.objects.count() == 3
        other.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    a_sequencer().step()
    assert Leaf.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["../secrets/log", "decisions/../../secrets/log", "decisions/tile/0/0", "decisions/tile/0/000.p/0",
                                  "DECISIONS/checkpoint", "decisions/keys.txt", "audit/tile/0/000.p/3"])  # fmt: skip
def test_nothing_but_tiles_is_handed_out(place: None, path: str) -> None:
    """只提供瓦片和检查点：目录之外、写法不对、不公开的一律没有。"""
    send(3, kind="archive.root")
    a_sequencer().step()
    assert Client().get(f"/log/{path}").status_code == 404


def test_who_sees_how_the_logs_run(cast: Cast, place: None) -> None:
    """运行状况只给系统管理员和审计管理员看，停着的说出原因。"""
    assert Client().get("/ops/logs").status_code == 302
    assert client_of(cast, "zhou").get("/ops/logs").status_code == 403
    send(2)
    shown = client_of(cast, "zhu").get("/ops/logs").content.decode()
    assert "没有动静" in shown and "还没有启用的日志" in shown
    a_sequencer().step()
    assert "还没有启用的日志" not in client_of(cast, "you").get("/ops/logs").content.decode()
