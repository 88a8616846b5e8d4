"""数据库中断测试: what is somebody told when the database goes away under their request?"""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from touchstone.web import away
from touchstone.web.away import AwayMiddleware

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = {"accept": "text/html", "host": "127.0.0.1"}


@pytest.fixture
def visitor() -> Client:
    """Give a browser that is shown what went wrong, as on a server."""
    return Client(raise_request_exception=False, headers={"host": "127.0.0.1"})


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Leave the connection whole and the door open."""
    yield
    away._known.away, away._known.waits = False, 0
    connection.close()


def break_line() -> None:
    """End the server process behind this test's connection, as a crash of the database does."""
    connection.ensure_connection()
    pid, one = connection.connection.info.backend_pid, connection.get_connection_params()
    known = {name: one[name] for name in ("dbname", "user", "password", "host", "port") if one.get(name)}
    with psycopg.connect(**known, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def test_a_page_says_so_and_comes_back_by_itself(visitor: Client) -> None:
    """数据库断开时，读页面的人看到原因，页面自动重试；恢复后照常。"""
    break_line()
    answer = visitor.get("/", headers=PAGE)
    words = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"] == str(away.AGAIN)
    assert "系统正在恢复" in words
    assert 'http-equiv="refresh"' in words
    connection.close()
    assert visitor.get("/", headers=PAGE).status_code == 200


def test_what_was_posted_may_be_posted_again(visitor: Client) -> None:
    """提交时断开的，说明可以再提交，不会办理两次；不自动重复提交。"""
    break_line()
    answer = visitor.post("/login", {"login": "lin", "password": "x"}, headers=PAGE)
    words = answer.content.decode()
    assert answer.status_code == 503
    assert "再提交" in words
    assert "只办理一次" in words
    assert 'http-equiv="refresh"' not in words


def test_a_script_is_answered_in_its_own_way(visitor: Client) -> None:
    """考试页发送作答时断开的，得到可以重发的应答，而不是一页出错说明。"""
    break_line()
    answer = visitor.post("/exam/answers", data='{"changes": []}', content_type="application/json")
    assert answer.status_code == 503
    assert answer.json()["state"] == "away"


def test_machines_that_watch_are_told(visitor: Client) -> None:
    """状态接口在数据库断开时应答503。"""
    break_line()
    answer = visitor.get("/health")
    assert (answer.status_code, answer.json()["state"]) == (503, "away")


def test_one_at_a_time_looks_whether_it_is_back(rf: RequestFactory) -> None:
    """已知数据库中断时，只放一个请求去探，其余立即答复；探到恢复就全部放行。"""
    inside: list[HttpResponse] = []

    def page(request: HttpRequest) -> HttpResponse:
        inside.append(door(rf.get("/")))  # somebody else comes meanwhile
        return HttpResponse("here")

    door = AwayMiddleware(page)
    away._known.away = True
    assert door(rf.get("/")).content == b"here"
    assert [one.status_code for one in inside] == [503]
    assert not away._known.away


def test_other_trouble_is_not_called_an_interruption(rf: RequestFactory) -> None:
    """两个事务互相等待之类的错误仍按出错处理，不说成数据库中断。"""
    try:
        raise OperationalError("deadlock") from psycopg.errors.DeadlockDetected("deadlock")
    except OperationalError:
        assert away.failed(rf.get("/", headers={"accept": "text/html"})).status_code == 500


def test_a_connection_is_looked_at_before_it_is_used() -> None:
    """断掉的连接在使用前就被换掉；断网的数据库十秒内就知道。"""
    database = settings.DATABASES["default"]
    assert database["CONN_HEALTH_CHECKS"]
    assert int(database["OPTIONS"]["tcp_user_timeout"]) <= 10_000
