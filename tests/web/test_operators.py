"""运行门: who may open which page of the operators, and what each page does."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from touchstone.accounts.models import Holding, Office, Person
from touchstone.ledger.operations import mark_synthetic
from touchstone.notices.models import Announcement
from touchstone.parameters.models import ParameterVersion
from touchstone.simulation.identity import id_number
from touchstone.web import clock

KEY = "filing.term_years"


def client_of(cast: Cast, username: str) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    user = cast.person(username).user
    client.force_login(user, backend="touchstone.accounts.backends.PasswordBackend")
    return client


PAGES = {
    "运行概况": ("operators:home", [], {"zhu", "qin", "you", "shen", "han"}),
    "机构列表": ("operators:offices", [], {"zhu", "qin", "you", "shen", "han"}),
    "设立机构": ("operators:office_new", [], {"zhu"}),
    "机构": ("operators:office", ["CENTRE"], {"zhu", "qin", "you", "shen", "han"}),
    "人员列表": ("operators:people", [], {"zhu", "qin", "you", "shen", "han"}),
    "新增人员": ("operators:person_new", [], {"qin"}),
    "参数列表": ("operators:parameters", [], {"zhu", "qin", "you", "shen", "han"}),
    "参数": ("operators:parameter", [KEY], {"zhu", "qin", "you", "shen", "han"}),
    "节假日": ("operators:working_days", [], {"shen", "han"}),
    "公告": ("operators:announcements", [], {"zhu", "qin", "you", "shen", "han"}),
    "发布公告": ("operators:announcement_new", [], {"shen", "han"}),
    "存证": ("operators:ledger", [], {"you"}),
    "后台任务": ("operators:jobs", [], {"zhu"}),
    "外部登记": ("operators:registers", [], {"zhu"}),
}
EVERYONE = ("lin", "zhou", "lv", "zhu", "qin", "you", "shen", "han")


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_to_those_who_may_and_refuses_the_others(cast: Cast, page: str) -> None:
    """每个页面只对有权的人开放，其余的人看到一句说明。"""
    view, arguments, may = PAGES[page]
    for username in EVERYONE:
        answer = client_of(cast, username).get(reverse(view, args=arguments))
        assert answer.status_code == (200 if username in may else 403), f"{username}: {page}"
        if username not in may:
            assert "下一步" in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_logged_out_people_are_led_to_the_log_in(cast: Cast, page: str) -> None:
    """没有登录的人先去登录。"""
    view, arguments, _ = PAGES[page]
    answer = Client(headers={"host": "127.0.0.1"}).get(reverse(view, args=arguments))
    assert answer.status_code == 302 and answer["location"].startswith("/login")


def test_security_opens_a_log_in_and_grants_a_role(cast: Cast) -> None:
    """安全管理员开通账号、授予岗位、收回岗位。"""


    client = client_of(cast, "qin")
    given = {"name": "高远", "id_number": id_number(3, birthday=date(1991, 1, 2), male=True), "phone": "15400000077", "username": "gaoyuan"}
    answer = client.post(reverse("operators:person_new"), given, follow=True)
    person = Person.objects.get(name="高远")
    assert "初始密码" in answer.content.decode() and person.user.username == "gaoyuan"
    page = reverse("operators:person", args=[person.number])
    client.post(page, {"act": "grant", "office": "CENTRE", "role": "registrar", "since": "2026-01-01"})
    holding = Holding.objects.get(person=person)
    client.post(page, {"act": "end", "holding": holding.pk, "reason": "调离"})
    holding.refresh_from_db()
    assert holding.until == clock.today()


def test_a_wrong_id_number_keeps_what_was_typed(cast: Cast) -> None:
    """证件号码有误时，已填的内容都还在。"""
    given = {"name": "高远", "id_number": id_number(5, birthday=date(1991, 1, 2), male=True)[:17] + "?", "phone": "", "username": "gaoyuan"}
    answer = client_of(cast, "qin").post(reverse("operators:person_new"), given)
    text = answer.content.decode()
    assert "末位应为数字或X" in text and 'value="高远"' in text and not Person.objects.filter(name="高远").exists()


def test_two_people_change_a_parameter(cast: Cast) -> None:
    """参数由一人提出、另一人复核。"""
    page = reverse("operators:parameter", args=[KEY])
    since = clock.today() + timedelta(days=3)
    proposal = {"value": "4", "since": since.isoformat(), "document": "沪人社〔2026〕1号", "reason": "细则规定"}
    client_of(cast, "shen").post(page, proposal)
    version = ParameterVersion.objects.get(key=KEY)
    answer = reverse("operators:parameter_answer", args=[KEY, version.pk])
    refused = client_of(cast, "shen").post(answer, {"approve": "yes"}, follow=True)
    assert "不能复核自己的提议" in refused.content.decode()
    client_of(cast, "han").post(answer, {"approve": "yes", "answer": "同意"})
    version.refresh_from_db()
    assert version.approved is True and version.value == 4


def test_the_system_administrator_sets_up_an_office(cast: Cast) -> None:
    """系统管理员设立机构，编号重复时说明。"""
    client = client_of(cast, "zhu")
    given = {"kind": "industry_authority", "number": "HY-NEW", "name": "上海市某主管部门", "short_name": "某主管", "industry": "health"}
    client.post(reverse("operators:office_new"), given)
    assert Office.objects.get(number="HY-NEW").industry == "health"
    assert "已被使用" in client.post(reverse("operators:office_new"), given).content.decode()


def test_an_announcement_is_public_until_withdrawn(cast: Cast) -> None:
    """公告发布后公众可见，撤下后不可见。"""
    client, visitor = client_of(cast, "han"), Client(headers={"host": "127.0.0.1"})
    client.post(reverse("operators:announcement_new"), {"title": "关于征集的公告", "content": "正文"})
    number = Announcement.objects.get().number
    page = reverse("public:announcement", args=[number])
    assert "正文" in visitor.get(page).content.decode()
    client.post(reverse("operators:announcement_withdraw", args=[number]), {"reason": "更新"})
    assert visitor.get(page).status_code == 404


def test_demo_log_in_exists_only_in_a_synthetic_city_on_loopback(cast: Cast, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """演示登录只在模拟城市、本机、演示模式下存在。"""
    visitor = Client(headers={"host": "127.0.0.1"})
    assert visitor.get(reverse("demo_people")).status_code == 404
    settings.DEMO = True  # type: ignore[attr-defined]
    monkeypatch.setenv("TOUCHSTONE_BOUND", "127.0.0.1")
    assert visitor.get(reverse("demo_people")).status_code == 404, "数据库不是模拟城市"
    assert visitor.post(reverse("demo_log_in", args=["lin"])).status_code == 404


def test_the_demo_clock_moves_and_does_what_is_due(db: None, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """演示时钟可以拨到下一个工作日。"""
    from tests.cast import set_up

    mark_synthetic(seed=1)
    set_up()
    settings.DEMO = True  # type: ignore[attr-defined]
    monkeypatch.setenv("TOUCHSTONE_BOUND", "127.0.0.1")
    visitor = Client(headers={"host": "127.0.0.1"})
    assert "林知夏" in visitor.get(reverse("demo_people")).content.decode()
    assert visitor.post(reverse("demo_log_in", args=["lin"])).status_code == 302
    before = clock.today()
    visitor.post(reverse("demo_clock"), {"days": "1"})
    assert clock.today() > before
    assert visitor.post(reverse("demo_log_in", args=["nobody"])).status_code == 404
    monkeypatch.setenv("TOUCHSTONE_BOUND", "0.0.0.0")
    assert visitor.get(reverse("demo_people")).status_code == 404


def heartbeat(seconds_ago: int) -> None:
    """Put the worker's last sign of life into the queue's table."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))", [seconds_ago])


def test_a_silent_worker_is_seen_by_operators_and_by_machines(cast: Cast) -> None:
    """后台进程没有心跳超过一分钟，运行首页、任务页和状态接口都看得出。"""
    visitor, client = Client(headers={"host": "127.0.0.1"}), client_of(cast, "zhu")
    for ago, code, state in ((5, 200, "well"), (90, 503, "worker_silent")):
        heartbeat(ago)
        answer = visitor.get(reverse("health_file"))
        assert (answer.status_code, answer.json()["state"]) == (code, state)
        home = client.get(reverse("operators:home")).content.decode()
        assert ("后台进程无响应" in home) is (code == 503)
        assert ("无响应" in client.get(reverse("operators:jobs")).content.decode()) is (code == 503)
    assert "查看后台任务" not in client_of(cast, "shen").get(reverse("operators:home")).content.decode()
