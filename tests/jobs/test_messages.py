"""消息与短信: each line of the ledger is told once; the gateway may be slow, wrong, doubled or absent."""

import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.cast import START, Cast
from touchstone.jobs.adapters.sms import Answer, Gateway
from touchstone.jobs.messages import hand_over_texts
from touchstone.ledger.models import Entry
from touchstone.ledger.operations import record
from touchstone.notices.messages import Words, tell
from touchstone.notices.models import Message, TextMessage
from touchstone.simulation.sms_gateway import SimulatedGateway


def served(server: ThreadingHTTPServer) -> Iterator[ThreadingHTTPServer]:
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def gateway() -> Iterator[SimulatedGateway]:
    server = SimulatedGateway(0, "secret")
    yield from served(server)  # type: ignore[misc]


def address(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}/"


def test_handing_over_twice_counts_once(gateway: SimulatedGateway) -> None:
    """交付一条，重复交付仍是一条。"""
    client = Gateway(address(gateway), "secret")
    for _ in range(2):
        assert client.hand_over(phone="10000000001", content="您好", reference="text-1") == (Answer.TAKEN, "")
    assert len(gateway.taken) == 1


def test_wrong_token_or_number_is_refused(gateway: SimulatedGateway) -> None:
    """令牌不符，号码无效都是拒收。"""
    assert Gateway(address(gateway), "wrong").hand_over(phone="1", content="", reference="a")[0] is Answer.REFUSED
    assert Gateway(address(gateway), "secret").hand_over(phone="无", content="", reference="a")[0] is Answer.REFUSED


class _Broken(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        if self.path == "/slow":
            time.sleep(0.6)
        self.send_response(503)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.mark.parametrize("path", ["slow", "broken"], ids=["迟迟不答", "通道故障"])
def test_no_answer_means_unavailable(path: str) -> None:
    """不应答就是暂不可用，稍后再试。"""
    for server in served(ThreadingHTTPServer(("127.0.0.1", 0), _Broken)):
        answer, reason = Gateway(address(server) + path, "secret", timeout=0.2).hand_over(phone="1", content="", reference="a")
        assert answer is Answer.UNAVAILABLE and reason


def test_an_absent_gateway_is_unavailable() -> None:
    """通道不存在也是暂不可用。"""
    assert Gateway("http://127.0.0.1:9/", "secret", timeout=0.2).hand_over(phone="1", content="", reference="a")[0] is Answer.UNAVAILABLE


def told(cast: Cast) -> int:
    user = cast.person("lin").user

    def words(line: Entry) -> Words | None:
        return ("有进展", "/body/", True) if line.event == "filing.returned" else None

    return tell(reader="test", limit=1000, at=START, words=words, recipients=lambda line: [user], grace=timedelta())


def test_each_line_is_told_once_with_one_text(cast: Cast, gateway: SimulatedGateway, monkeypatch: pytest.MonkeyPatch) -> None:
    """每行存证只告知一次，并排一条短信。"""
    record("filing.returned", "BA1", by=cast.zhou, at=START, reason="缺章程")
    assert told(cast) == Entry.objects.count()
    assert told(cast) == 0
    assert [(m.title, m.content) for m in Message.objects.all()] == [("有进展", "缺章程")]
    assert hand_over_texts(START) == 0, "没有配置通道时短信只是等待"
    monkeypatch.setenv("TOUCHSTONE_SMS_URL", address(gateway))
    monkeypatch.setenv("TOUCHSTONE_SMS_TOKEN", "secret")
    assert hand_over_texts(START) == 1 and hand_over_texts(START) == 0
    assert TextMessage.objects.get().handed_over_at == START
    assert [m["phone"] for m in gateway.taken.values()] == ["15400000100"]


def test_nobody_is_told_what_they_did_themselves(cast: Cast) -> None:
    """自己做的事不告知自己。"""
    record("filing.returned", "BA1", by=cast.lin, at=START)
    told(cast)
    assert not Message.objects.exists()
