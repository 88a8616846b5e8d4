"""不予办理: who may not come in or may not do this is told why, on which clause and what next, and nothing has changed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.api.calling import BASE, System, check_against_document, connected, registration
from tests.cast import Cast
from tests.exams.stage import Stage
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.models import Holding
from touchstone.accounts.operations import end_role
from touchstone.exams.models import Candidate, Plan
from touchstone.exams.operations.plan_report import report_plan
from touchstone.filings.models import Suspension
from touchstone.ledger.models import Entry
from touchstone.policy.systems import REQUESTS_A_MINUTE
from touchstone.systems.models import Usage
from touchstone.systems.operations import make_key, retire_key, rotate_key

TERMS = {"exam_on": "2026-03-20", "registration_closes_on": "2026-03-09", "quota": 8, "contact": "孙景明 021-00000000"}


def told(response: Any, code: int, *words: str) -> dict[str, Any]:
    """Give a problem, after seeing that it says why and what next."""
    assert response.status_code == code, response.content.decode()
    assert response.headers["Content-Type"].startswith("application/problem+json")
    found: dict[str, Any] = response.json()
    assert found["status"] == code
    assert found["next_step"]
    for word in words:
        assert word in str(found), found
    return found


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer tsk_wrong", "Basic c3VuOnB3", "tsk_wrong"])
def test_without_a_key_nobody_comes_in(stage: Stage, header: str) -> None:
    """没有密钥、密钥不对、写法不对：401。"""
    response = Client(headers={"host": "127.0.0.1", **({"Authorization": header} if header else {})}).get(f"{BASE}/plans")
    check_against_document(response)
    assert told(response, 401)["clause"]
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_log_in_of_the_pages_opens_nothing_here(stage: Stage, cast: Cast) -> None:
    """页面上的登录不能代替密钥。"""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(cast.person("sun").user, backend="touchstone.accounts.backends.PasswordBackend")
    assert client.get(f"{BASE}/plans").status_code == 401


def test_a_key_has_its_days_its_holder_and_its_end(stage: Stage, cast: Cast, travel: Callable[[datetime], None]) -> None:
    """未启用、到期、停用、责任人离岗：都说明原因。"""
    future = f"tsk_{uuid4().hex}"
    make_key(
        body=cast.body_a, name="明天起用", holder_id=cast.person("sun").user.pk, scopes=["read"], since=cast.at.date() + timedelta(days=1),
        until=date(2026, 5, 1), secret=future, by=cast.qian, at=cast.at,
    )  # fmt: skip
    told(System(future).get("/plans"), 401, "起才能使用")
    first = connected(cast)
    assert first.get("/plans").status_code == 200
    retire_key(number=first.key_row.number, reason="下线", by=cast.qian, at=cast.at)
    told(first.get("/plans"), 401, "停用")
    second = connected(cast)
    holding = Holding.objects.get(person=cast.person("sun"), office=cast.body_a.office, until__isnull=True)
    end_role(holding_id=holding.pk, until=cast.at.date(), by=PLATFORM, at=cast.at)
    told(second.get("/plans"), 401, "责任人")
    third = connected(cast, holder="qian")
    travel(cast.at + timedelta(days=180))
    told(third.get("/plans"), 401, "到期")


def test_after_a_rotation_both_secrets_open_for_some_days(stage: Stage, cast: Cast, travel: Callable[[datetime], None]) -> None:
    """更换后新旧密钥都可用三天；选了立即停用的，旧密钥马上失效。"""
    old = connected(cast)
    rotate_key(number=old.key_row.number, secret="tsk_new_one_of_two", by=cast.qian, at=cast.at)
    new = System("tsk_new_one_of_two")
    assert (old.get("/plans").status_code, new.get("/plans").status_code) == (200, 200)
    travel(cast.at + timedelta(days=3))
    assert (old.get("/plans").status_code, new.get("/plans").status_code) == (401, 200)
    rotate_key(number=old.key_row.number, secret="tsk_newest", by=cast.qian, at=cast.at, at_once=True)
    assert (new.get("/plans").status_code, System("tsk_newest").get("/plans").status_code) == (401, 200)


def test_a_key_does_only_what_it_is_for(stage: Stage, cast: Cast) -> None:
    """权限范围之外：403，说明现有权限；责任人没有的岗位，密钥也没有。"""
    reader = connected(cast, scopes=["read"])
    told(reader.post(f"/plans/{stage.plan.number}/report", {}), 403, "编制、上报认定计划", "现有权限")
    writer = connected(cast, scopes=["plans"])
    told(writer.get("/plans"), 403)
    filer = connected(cast, holder="lin")
    told(filer.post(f"/plans/{stage.plan.number}/report", {}), 403, "考务经办人")
    stage.plan.refresh_from_db()
    assert stage.plan.state == "drafted"


def test_another_bodys_plan_is_not_there(stage: Stage, cast: Cast) -> None:
    """别家机构的计划、考生、场次、批次：与没有一样。"""
    stage.reviewed().with_sittings().arranged()
    candidate = stage.plan.candidates.get(ticket_number=stage.tickets()[0])
    sitting = stage.sittings()[0]
    secret = f"tsk_{uuid4().hex}"
    make_key(
        body=cast.body_b, name="别家系统", holder_id=cast.person("shi").user.pk, since=cast.at.date(), until=date(2026, 5, 1), secret=secret,
        scopes=["plans", "registration", "evidence", "process", "results", "roster", "read"], by=cast.shi, at=cast.at,
    )  # fmt: skip
    other = System(secret)
    number = stage.plan.number
    lines = Entry.objects.count()
    for address in (f"/plans/{number}", f"/plans/{number}/candidates", f"/candidates/{candidate.number}", f"/sittings/{sitting.number}",
                    f"/plans/{number}/sittings", f"/plans/{number}/results", f"/plans/{number}/certificates", "/batches/PC1"):  # fmt: skip
        told(other.get(address), 403, "没有")
    row = registration(9)
    for address, content in (
        (f"/plans/{number}/report", {}), (f"/plans/{number}/registrations", {"rows": [row]}), (f"/plans/{number}/close-review", {}),
        (f"/candidates/{candidate.number}/withdraw", {"reason": "试"}), (f"/sittings/{sitting.number}/open", {"identity": "id_card"}),
        (f"/sittings/{sitting.number}/sign-ins", {"rows": [{"ticket": candidate.ticket_number}]}),
        (f"/plans/{number}/scores", {"rows": [{"ticket": candidate.ticket_number, "theory": "80"}]}),
        (f"/candidates/{candidate.number}/evidence", {"kind": "work", "name": "a.pdf", "content": "JVBERi0="}),
        ("/plans", {**TERMS, "scope_item": stage.plan.scope_item_id}),
    ):  # fmt: skip
        told(other.post(address, content), 403, "没有")
    mine = stage.staff("invigilator")[0]
    ended = other.post("/staff/end", {"rows": [{"staff": mine}]}).json()
    assert ended["done"] == 0
    assert Entry.objects.count() == lines
    assert other.get("/plans").json()["items"] == []


def test_a_suspended_filing_keeps_the_system_out_too(stage: Stage, cast: Cast, system: System) -> None:
    """备案暂停期间：备案范围为空，不能编制、上报、报名；查询照常。"""
    Suspension.objects.create(
        filing=stage.plan.scope_item.filing, since=cast.at.date(), reason="整改", clause="三(四)3", suspended_at=cast.at
    )
    assert system.get("/scope").json()["items"] == []
    told(system.post("/plans", {**TERMS, "scope_item": stage.plan.scope_item_id}), 403, "备案")
    told(system.post(f"/plans/{stage.plan.number}/report", {}), 422, "暂停")
    assert system.get(f"/plans/{stage.plan.number}").status_code == 200


def test_what_cannot_be_read_is_told_place_by_place(stage: Stage, cast: Cast, system: System) -> None:
    """不是JSON、缺请求号、缺项、多项、方法和地址不对。"""
    number = stage.plan.number
    told(system.post("/plans", "{not json"), 400, "JSON")
    told(system.post("/plans", '{"quota": NaN}'), 400, "JSON")
    told(system.post("/plans", "[" * 100_000), 400, "JSON")
    told(system.post("/plans", {}, "短"), 400, "Idempotency-Key")
    found = told(system.post("/plans", {**TERMS, "quota": "8", "place": "上海"}), 422)
    assert {one["pointer"] for one in found["errors"]} == {"/scope_item", "/quota", "/place"}
    told(system.post(f"/plans/{number}/registrations", {"rows": []}), 422)
    told(system.post(f"/plans/{number}/registrations", {"rows": [registration(1)], "more": 1}), 422)
    told(system.get(f"/plans/{number}/candidates?limit=9999"), 422)
    told(system.get("/nothing/there"), 404)
    told(system.get(f"/plans/{number}/report"), 405)
    told(system.get("/candidates/KS0"), 403)
    plain = Client(headers={"host": "127.0.0.1", "Authorization": f"Bearer {system.secret}", "Idempotency-Key": "12345678"})
    told(plain.post(f"{BASE}/plans", {"quota": "8"}), 400, "Content-Type")
    assert Plan.objects.count() == 1


def test_the_wrong_moment_is_a_conflict(stage: Stage, cast: Cast, system: System) -> None:
    """还没上报就报名、还没考试就报成绩：409，说明现在是什么阶段。"""
    number = stage.plan.number
    told(system.post(f"/plans/{number}/registrations", {"rows": [registration(1)]}), 409, "编制中")
    report_plan(number=number, by=cast.sun, at=cast.at)
    told(system.post(f"/plans/{number}/report", {}), 409, "报名中")
    told(system.post(f"/plans/{number}/scores", {"rows": [{"ticket": "1", "theory": "80"}]}), 409, "报名中")
    told(system.post(f"/plans/{number}/close-review", {}), 422, "没有符合条件的考生")
    assert not Candidate.objects.exists()


def test_too_fast_is_told_to_wait(stage: Stage, cast: Cast, system: System, travel: Callable[[datetime], None]) -> None:
    """一分钟内超过次数：429，说明几秒后再试；下一分钟又可以。"""
    system.get("/plans")
    system.key_row.in_minute, system.key_row.minute = REQUESTS_A_MINUTE.on(cast.at.date()).value, cast.at.replace(second=0, microsecond=0)
    system.key_row.save(update_fields=["in_minute", "minute"])
    slow = system.get("/plans")
    told(slow, 429, "120次")
    assert 1 <= int(slow.headers["Retry-After"]) <= 60
    travel(cast.at + timedelta(minutes=1))
    assert system.get("/plans").status_code == 200


def test_requests_are_counted_by_day_and_action(stage: Stage, cast: Cast, system: System) -> None:
    """每个密钥每天每项的次数，和其中没有办成的。"""
    system.get("/plans")
    system.get("/plans")
    system.post(f"/plans/{stage.plan.number}/scores", {"rows": [{"ticket": "1", "theory": "80"}]})
    counted = {one.action: (one.requests, one.refused, one.failed) for one in Usage.objects.filter(key=system.key_row)}
    assert counted == {"plans.list": (2, 0, 0), "scores.enter": (1, 1, 0)}
