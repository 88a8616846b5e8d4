"""随申办登录测试: the person is found by their number and never made twice; a wrong, slow, doubled or absent answer gets a sentence."""

from collections.abc import Iterator
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.cast import Cast
from touchstone.accounts.models import Person, User
from touchstone.jobs.adapters import identity
from touchstone.jobs.adapters.identity import Attempt, IdentityRefused, IdentityUnavailable, Provider
from touchstone.simulation.cast import identity_of, people_to_be_proved
from touchstone.simulation.identity_provider import SimulatedProvider

BACK = "http://127.0.0.1/login/identity/back"


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimulatedProvider]:
    """Give a running provider that knows 陈, somebody new, and 林, who works for a body."""
    shown = [*people_to_be_proved(), identity_of("lin")]
    people = [{"name": one.name, "id_number": one.id_number, "phone": one.phone} for one in shown]
    server = SimulatedProvider(0, "touchstone", "secret", people)
    Thread(target=server.serve_forever, daemon=True).start()
    for name, value in (("URL", server.issuer), ("CLIENT", "touchstone"), ("SECRET", "secret")):
        monkeypatch.setenv(f"TOUCHSTONE_IDENTITY_{name}", value)
    yield server
    server.shutdown()
    server.server_close()


def gone_there(browser: Client, person: int) -> str:
    """Begin to log in, pick somebody at the provider, and give the address one is sent back to."""
    from http.client import HTTPConnection

    there = urlsplit(browser.get("/login/identity")["Location"])
    connection = HTTPConnection(there.hostname or "", there.port, timeout=5)
    connection.request("GET", f"/authorize?{there.query}&person={person}")
    back = connection.getresponse().headers["Location"]
    connection.close()
    return back[back.index("/login") :]


def came_in(person: int) -> tuple[Client, Any]:
    """Log in as somebody through the provider, and give browser and answer."""
    browser = Client(headers={"host": "127.0.0.1"})
    return browser, browser.get(gone_there(browser, person), follow=True)


def test_a_known_person_is_found_and_nobody_made(cast: Cast, provider: SimulatedProvider) -> None:
    people, users = Person.objects.count(), User.objects.count()
    _, page = came_in(0)
    assert "陈一诺，您好" in page.content.decode()
    assert (Person.objects.count(), User.objects.count()) == (people, users)


def test_a_new_person_is_made_once(cast: Cast, provider: SimulatedProvider) -> None:
    people = Person.objects.count()
    for _ in range(2):
        browser, page = came_in(1)
        assert "程新来，您好" in page.content.decode()
    assert Person.objects.count() == people + 1
    assert not User.objects.get(person__name="程新来").has_usable_password()
    assert browser.get("/me/registrations").status_code == 200


def test_somebody_in_office_comes_in_by_password(cast: Cast, provider: SimulatedProvider) -> None:
    """有工作岗位的人不能绕过密码和动态口令。"""
    browser, page = came_in(2)
    assert "不能用随申办登录" in page.content.decode()
    assert browser.get("/body/").status_code == 302


def test_another_name_under_the_number_is_refused(cast: Cast, provider: SimulatedProvider) -> None:
    provider.wrong = {"userinfo": {"name": "陈二诺"}}
    assert "已登记在另一姓名名下" in came_in(0)[1].content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        pytest.param({"code": 500}, "暂时没有应答", id="故障"),
        pytest.param({"code": 400}, "没有证明您的身份", id="拒绝"),
        pytest.param({"claims": {"nonce": "别人的"}}, "不属于这次登录", id="别次登录的令牌"),
        pytest.param({"claims": {"aud": "别的平台"}}, "不是发给本平台的", id="别的平台的令牌"),
        pytest.param({"claims": {"exp": 1}}, "已经过期", id="过期"),
        pytest.param({"claims": {"exp": None}}, "无法读取", id="读不懂"),
        pytest.param({"userinfo": {"sub": "sim-9"}}, "不是同一个人", id="两个答复不一致"),
        pytest.param({"userinfo": {"id_number": ""}}, "没有姓名或者证件号码", id="没有号码"),
    ],
)
def test_a_wrong_answer_gets_a_sentence(wrong: dict[str, Any], says: str, cast: Cast, provider: SimulatedProvider) -> None:
    provider.wrong = wrong
    browser, page = came_in(0)
    assert says in page.content.decode()
    assert browser.get("/me/").status_code == 302


def test_coming_back_twice_counts_once(cast: Cast, provider: SimulatedProvider) -> None:
    browser = Client(headers={"host": "127.0.0.1"})
    back = gone_there(browser, 0)
    assert browser.get(back)["Location"] == "/me/"
    assert "这次登录已经失效" in browser.get(back, follow=True).content.decode()


def test_somebody_elses_way_back_is_not_taken(cast: Cast, provider: SimulatedProvider) -> None:
    """别人发来的链接，在自己的浏览器里不能登录成别人。"""
    other, mine = Client(headers={"host": "127.0.0.1"}), Client(headers={"host": "127.0.0.1"})
    mine.get("/login/identity")
    assert "已经失效" in mine.get(gone_there(other, 0), follow=True).content.decode()
    assert mine.get("/me/").status_code == 302


def test_slow_or_absent_means_try_later(provider: SimulatedProvider) -> None:
    provider.wrong, attempt = {"seconds": 0.6}, Attempt.new()
    with pytest.raises(IdentityUnavailable):
        Provider(provider.issuer, "touchstone", "secret", timeout=0.2).proved("code", attempt, BACK)
    with pytest.raises(IdentityUnavailable):
        Provider("http://127.0.0.1:9", "touchstone", "secret", timeout=0.2).proved("code", attempt, BACK)
    with pytest.raises(IdentityUnavailable, match="https"):
        Provider("http://id.example.org", "touchstone", "secret").proved("code", attempt, BACK)


def test_a_wrong_secret_is_refused(provider: SimulatedProvider) -> None:
    attempt = Attempt.new()
    asked = parse_qs(urlsplit(Provider(provider.issuer, "touchstone", "x").address(attempt, BACK)).query)
    provider.codes["good"] = {"code_challenge": asked["code_challenge"][0], "redirect_uri": BACK, "nonce": attempt.nonce, "person": 0}
    with pytest.raises(IdentityRefused):
        Provider(provider.issuer, "touchstone", "x").proved("good", attempt, BACK)


def test_without_a_provider_the_page_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOUCHSTONE_IDENTITY_URL", raising=False)
    assert identity.configured() is None
    browser = Client(headers={"host": "127.0.0.1"})
    assert "随申办登录" not in browser.get("/login").content.decode()
    assert "还没有接通随申办登录" in browser.get("/login/identity", follow=True).content.decode()


def test_the_door_shows_the_way_where_there_is_one(cast: Cast, provider: SimulatedProvider) -> None:
    assert "考生用随申办登录" in Client(headers={"host": "127.0.0.1"}).get("/login").content.decode()
