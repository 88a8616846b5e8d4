"""比对运行测试: does a run over the platform's own data find what breaks a rule, and end the same when it was killed on the way?"""

from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.conf import LazySettings

from tests.cast import Cast
from tests.exams.stage import Stage
from tests.monitoring.broken import DEAD, PHONE, TOO_FAST, broken, climbed_too_fast
from tests.monitoring.comparing import NIGHT, compared, found
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.people import opened_id_number, opened_phone
from touchstone.certificates.models import Certificate
from touchstone.certificates.operations import revoke
from touchstone.jobs.monitoring import begin_what_is_due, carry_through
from touchstone.lake import TABLES
from touchstone.ledger.queries import history
from touchstone.monitoring.facts import Changed, folder, parts_to_write, salt
from touchstone.monitoring.facts.lines import SOURCES
from touchstone.monitoring.models import Alert, RuleRun, Run
from touchstone.monitoring.operations import begin_run
from touchstone.monitoring.states import RunKind, RunState, State
from touchstone.parameters.facts import apply_later_values
from touchstone.parameters.operations import answer_proposal, propose_value
from touchstone.policy.monitoring import RULES, switches

AT_ONCE = timedelta(0)
ASKED = (TOO_FAST, PHONE, DEAD, "presence.two_places", "scope.outside", "duplicates.number")
"""Asked in most tests: all seventy take some seconds, which one test spends."""


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables of its own for every test, a ledger whose lines settle at once, and few rules to ask."""
    settings.STATE_DIR = tmp_path
    monkeypatch.setattr("touchstone.ledger.queries.SETTLED_AFTER", AT_ONCE)
    monkeypatch.setattr(switches, "RULES", tuple(rule for rule in RULES if rule.key in ASKED))


def test_what_is_in_order_raises_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """一次从报名到发证都正常的评价，全部规则比对没有命中；写出的数据里没有姓名、证件号码和手机号码。"""
    monkeypatch.setattr(switches, "RULES", RULES)
    Stage(cast).all_the_way()
    run = compared()
    assert found(run) == {}
    assert run.counts["certificates"] == 3
    assert {"attendances", "sittings", "plans", "scope"} <= {name for name, count in run.counts.items() if count}
    person = Certificate.objects.select_related("holder").first()
    assert person is not None
    written = b"".join(file.read_bytes() for file in folder().rglob("*.parquet"))
    table = pq.read_table(next((folder() / "certificates").rglob("*.parquet")))
    said = str(table.to_pylist())
    for name, count in run.counts.items():
        if count:
            assert set(next(iter(SOURCES[name](_month_of(name), Changed())))) == set(TABLES[name].published), f"{name}表有一栏没有公布"
    for secret in (person.holder_name, opened_id_number(person.holder), opened_phone(person.holder), salt()):
        assert secret not in said
        assert secret.encode() not in written


def _month_of(table: str) -> date | None:
    """The month of a table in which the evaluation lies."""
    return next((part.month for part in parts_to_write() if part.table == table), None)


def test_a_run_finds_what_breaks_the_rules_and_opens_cases_where_they_belong(cast: Cast) -> None:
    """晋级过快归浦东新区，跨机构的手机号码和死亡登记归市职鉴中心；每件写明数字、附上逐条数据。"""
    broken(cast)
    run = compared()
    hits = found(run)
    assert {TOO_FAST, PHONE, DEAD} <= set(hits), hits
    owners = {one.rule: one.owner.number for one in Alert.objects.select_related("owner")}
    assert (owners[TOO_FAST], owners[PHONE], owners[DEAD]) == ("RS-310115", "CENTRE", "CENTRE")
    fast = Alert.objects.get(rule=TOO_FAST)
    assert "12" in fast.told
    assert fast.rows.count() >= 1
    assert sorted(Alert.objects.get(rule=PHONE).concerned.values_list("body__name", flat=True)) == sorted([cast.body_a.name, cast.body_b.name])
    again = compared(at=NIGHT + timedelta(days=1))
    assert (again.hits, again.opened, again.withdrawn) == (run.hits, 0, 0)


def test_through_the_day_only_what_changed_is_compared(cast: Cast) -> None:
    """白天新发的一本证书触发规则，十分钟后的变动比对就找到；证书撤销以后，预警自动撤回。"""
    Stage(cast).all_the_way()
    compared()
    climbed_too_fast(cast, Certificate.objects.order_by("number")[0])
    run = compared(RunKind.CHANGED, NIGHT + timedelta(hours=9))
    assert run.since_entry > 0
    alert = Alert.objects.get(rule=TOO_FAST)
    assert alert.first_run == run
    late = Certificate.objects.get(level="4")
    revoke(number=late.number, reason="晋级间隔不足", by=cast.qian, at=NIGHT + timedelta(hours=10))
    run = compared(RunKind.CHANGED, NIGHT + timedelta(hours=11))
    alert.refresh_from_db()
    assert (alert.state, run.withdrawn >= 1) == (State.WITHDRAWN, True)


def test_a_run_killed_at_any_step_ends_the_same(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """比对在汇集、比对、生成预警的任何一步中断，接着做完，结果和没有中断的一样。"""
    broken(cast)
    run = begin_run(kind=RunKind.WHOLE, by=PLATFORM, at=NIGHT)
    steps = 0

    class Killed(BaseException):
        pass

    def clock() -> datetime:
        nonlocal steps
        steps += 1
        if steps in {3, 12, 33, 45}:
            raise Killed
        return NIGHT

    kills = 0
    while not Run.objects.get(pk=run.pk).is_finished:
        try:
            carry_through(run.number, clock)
        except Killed:
            kills += 1
    once = Run.objects.get(pk=run.pk)
    assert kills >= 3
    assert (once.state, once.hits, once.opened, Alert.objects.count()) == (RunState.DONE, Alert.objects.count(), Alert.objects.count(), once.hits)
    assert all(history(one.number).filter(event="alert.raised").count() == 1 for one in Alert.objects.all())
    whole = compared(at=NIGHT + timedelta(days=1))
    assert (whole.hits, whole.opened, whole.withdrawn) == (once.hits, 0, 0)


def test_a_rule_switched_off_by_two_people_is_not_asked(cast: Cast) -> None:
    """停用的规则，自生效日期起不再比对；已有的预警照常办理。"""
    broken(cast)
    compared()
    before = Alert.objects.get(rule=TOO_FAST)
    key = switches.SWITCHES[TOO_FAST].key
    since = (NIGHT + timedelta(days=1)).date()
    version = propose_value(key=key, value=False, since=since, reason="间隔规定待修订", by=cast.shen, at=NIGHT)
    answer_proposal(version_id=version.pk, approve=True, answer="同意", by=cast.han, at=NIGHT)
    apply_later_values()
    run = compared(at=NIGHT + timedelta(days=1))
    assert not RuleRun.objects.filter(run=run, rule=TOO_FAST).exists()
    before.refresh_from_db()
    assert before.state == State.OPEN


def test_when_a_run_is_due(cast: Cast) -> None:
    """从来没有比对过的，马上全量比对；此后凌晨一点以后全量比对一次；白天有变动才比对，间隔十分钟，不同时进行两次。"""
    early = NIGHT.replace(hour=0, minute=59)
    first = begin_what_is_due(early - timedelta(days=1))
    assert Run.objects.get(number=first).kind == RunKind.WHOLE
    carry_through(first, lambda: early - timedelta(days=1))
    assert begin_what_is_due(early) == ""
    number = begin_what_is_due(NIGHT)
    assert Run.objects.get(number=number).kind == RunKind.WHOLE
    assert begin_what_is_due(NIGHT + timedelta(hours=1)) == "", "一次只进行一个比对"
    carry_through(number, lambda: NIGHT)
    assert begin_what_is_due(NIGHT + timedelta(hours=2)) == "", "没有变动"
    propose_value(key="monitoring.compared_every", value=30, since=NIGHT.date() + timedelta(days=9), reason="x", by=cast.shen, at=NIGHT)
    assert begin_what_is_due(NIGHT + timedelta(minutes=9)) == "", "间隔没到"
    assert Run.objects.get(number=begin_what_is_due(NIGHT + timedelta(minutes=11))).kind == RunKind.CHANGED
