"""一次生效: the same request sent again, changed, or at the same moment: one effect, one answer."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connections

from tests.api.calling import System, connected, registration
from tests.api.test_refusals import TERMS, told
from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.exams.stage import Stage
from touchstone.exams.models import Candidate, Plan
from touchstone.exams.operations.plan_report import report_plan
from touchstone.jobs.batches import forget_old_answers, work_off_next
from touchstone.ledger.models import Entry
from touchstone.ledger.operations import mark_synthetic
from touchstone.systems.models import Answered, Batch
from touchstone.systems.operations import retire_key
from touchstone.web import clock

KEY = "0d3c1a5e-retry"


def test_a_retried_request_is_answered_the_same(stage: Stage, system: System) -> None:
    """同一个请求号原样重发：不再编制一份，回答逐字相同，并标明是重发。"""
    content = {**TERMS, "scope_item": stage.plan.scope_item_id}
    first, again = system.post("/plans", content, KEY), system.post("/plans", content, KEY)
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert first.headers["Location"] == again.headers["Location"]
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Plan.objects.count() == 2


def test_the_same_key_with_other_contents_or_elsewhere_is_refused(stage: Stage, system: System) -> None:
    """同一个请求号换了内容或地址：422，原来的效果不变。"""
    content = {**TERMS, "scope_item": stage.plan.scope_item_id}
    system.post("/plans", content, KEY)
    told(system.post("/plans", {**content, "quota": 9}, KEY), 422, "Idempotency-Key")
    told(system.post(f"/plans/{stage.plan.number}/report", {}, KEY), 422, "Idempotency-Key")
    assert Plan.objects.count() == 2


def test_a_refusal_is_an_answer_too(stage: Stage, cast: Cast, system: System) -> None:
    """不予办理的回答也保留：情况变了以后原样重发，仍是原来的回答，不会忽然生效；换一个请求号才重新办理。"""
    rows = {"rows": [registration(1)]}
    address = f"/plans/{stage.plan.number}/registrations"
    refused = system.post(address, rows, KEY)
    told(refused, 409)
    report_plan(number=stage.plan.number, by=cast.sun, at=cast.at)
    assert system.post(address, rows, KEY).content == refused.content
    assert not Candidate.objects.exists()
    assert system.post(address, rows).json()["done"] == 1


def test_answers_are_kept_for_the_days_laid_down(stage: Stage, cast: Cast, system: System, travel: Callable[[datetime], None]) -> None:
    """保留14天：第13天仍是重发，第14天起请求号可以再用，旧回答由平台清除。"""
    content = {**TERMS, "exam_on": "2026-04-24", "registration_closes_on": "2026-04-10", "scope_item": stage.plan.scope_item_id}
    system.post("/plans", content, KEY)
    travel(cast.at + timedelta(days=13))
    assert forget_old_answers(cast.at + timedelta(days=13)) == 0
    assert system.post("/plans", content, KEY).headers["Idempotency-Replayed"] == "true"
    travel(cast.at + timedelta(days=14))
    assert forget_old_answers(cast.at + timedelta(days=14)) == 1
    assert "Idempotency-Replayed" not in system.post("/plans", content, KEY).headers
    assert Plan.objects.count() == 3


def test_two_keys_do_not_share_request_keys(stage: Stage, cast: Cast, system: System) -> None:
    """两个系统各用各的请求号。"""
    content = {**TERMS, "scope_item": stage.plan.scope_item_id}
    system.post("/plans", content, KEY)
    assert connected(cast).post("/plans", content, KEY).status_code == 201
    assert Plan.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_at_once_have_one_effect() -> None:
    """同一个请求同时到两次、四次：只有一次生效，回答都相同。"""
    mark_synthetic(seed=1)
    cast = set_up()
    travel_to(cast.at)
    stage, system = Stage(cast), connected(cast)
    content = {**TERMS, "scope_item": stage.plan.scope_item_id}

    def send(n: int) -> tuple[int, bytes, bool]:
        try:
            answer = system.post("/plans", content, KEY)
            return answer.status_code, answer.content, "Idempotency-Replayed" in answer.headers
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as at_once:
        came = list(at_once.map(send, range(4)))
    assert {(code, content) for code, content, _ in came} == {(201, came[0][1])}
    assert sorted(replayed for *_, replayed in came) == [False, True, True, True]
    assert Plan.objects.count() == 2
    assert Entry.objects.filter(event="plan.drafted").count() == 2


@pytest.fixture
def open_plan(stage: Stage, cast: Cast) -> Plan:
    """Give a plan that takes registrations, for many."""
    stage.plan.quota = 1000
    stage.plan.save()
    report_plan(number=stage.plan.number, by=cast.sun, at=cast.at)
    return stage.plan


def test_many_rows_go_to_the_queue_and_each_has_an_outcome(open_plan: Plan, cast: Cast, system: System, travel: Callable[[datetime], None]) -> None:
    """201行转入后台：202和进度地址；报名截止后才轮到也按收到之日办；逐行结果可以分页取。"""
    rows = [registration(n) for n in range(200)] + [registration(0), registration(201, phone="1")]
    answer = system.post(f"/plans/{open_plan.number}/registrations", {"rows": rows}, KEY)
    assert answer.status_code == 202
    told_now = answer.json()
    assert (told_now["state"], told_now["total"], told_now["taken"]) == ("waiting", 202, 0)
    assert answer.headers["Location"] == told_now["progress"]
    assert rows[0]["id_number"].encode() not in bytes(Batch.objects.get().rows_sealed or b"")
    travel(cast.at + timedelta(days=9))
    at = clock.now()
    assert work_off_next(told_now["number"], at=at)
    assert system.get(told_now["progress"]).json()["taken"] == 200
    assert work_off_next(told_now["number"], at=at)
    assert not work_off_next(told_now["number"], at=at)
    over = system.get(told_now["progress"]).json()
    assert (over["state"], over["done"], over["refused"]) == ("finished", 201, 1)
    page = system.get(f"{told_now['rows']}?limit=200&after=0").json()
    last = system.get(page["next"]).json()
    assert [one["row"] for one in last["items"]] == [201, 202]
    assert [one["done"] for one in last["items"]] == [True, False]
    assert "没有重复登记" in last["items"][0]["sentences"][0]
    assert Candidate.objects.count() == 200
    assert {one.applied_on for one in Candidate.objects.all()} == {cast.at.date()}
    assert Batch.objects.get().rows_sealed is None
    assert system.post(f"/plans/{open_plan.number}/registrations", {"rows": rows}, KEY).content == answer.content


def test_a_batch_stops_when_its_key_was_retired(open_plan: Plan, cast: Cast, system: System) -> None:
    """排队时密钥停用：批次停下并说明，没有一行办理。"""
    batch = system.post(f"/plans/{open_plan.number}/registrations", {"rows": [registration(n) for n in range(201)]}).json()
    retire_key(number=system.key_row.number, reason="泄露", by=cast.qian, at=cast.at)
    assert not work_off_next(batch["number"], at=cast.at)
    stopped = connected(cast).get(batch["progress"]).json()
    assert stopped["state"] == "stopped"
    assert "停用" in stopped["sentence"]
    assert not Candidate.objects.exists()


def test_too_many_rows_are_refused_whole(open_plan: Plan, system: System) -> None:
    """超过一次的行数上限：整个请求不收。"""
    told(system.post(f"/plans/{open_plan.number}/registrations", {"rows": [{}] * 5001}), 422, "5,000")
    assert not Batch.objects.exists()
    assert not Answered.objects.filter(code=0).exists()
