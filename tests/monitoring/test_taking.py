"""命中成案测试: whose case is a hit, is it the same case when found again, and what becomes of one that is found no longer?"""

import pytest

from tests.cast import Cast
from tests.certificates.issuing import AT
from tests.monitoring.hits import ACROSS, WITHIN, hit, raised, raised_across, ran, two_bodies
from tests.refusing import refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.queries import office
from touchstone.ledger.models import Entry
from touchstone.monitoring.models import Alert, Run
from touchstone.monitoring.operations import begin_run, dismiss, finish_rule, take_hits
from touchstone.monitoring.states import RunKind, State
from touchstone.policy.monitoring import rule_of
from touchstone.tasks.models import Task


def test_a_hit_within_a_district_is_that_districts_case(cast: Cast) -> None:
    """命中只涉及一个区的机构，由该区承办：期限、待办、依据和逐行内容都在。"""
    alert = raised(cast)
    assert (alert.number, alert.state, alert.owner) == ("YJ20260000001", State.OPEN, office("RS-310115"))
    assert alert.due_on.isoformat() == "2026-05-08"
    assert alert.clause == str(rule_of(WITHIN).clause)
    task = Task.objects.get(case=alert.number, closed_at=None)
    assert (task.office, task.role, task.due_on) == (alert.owner, "supervisor", alert.due_on)
    rows = list(alert.rows.order_by("place"))
    assert [dict(row.shown)["姓名"] for row in rows] == ["获证0", "获证1"]
    assert "1991" not in str([row.shown for row in rows]), "证件号码不进预警"


def test_a_hit_across_districts_is_the_city_centres_case(cast: Cast) -> None:
    """跨区的命中由市职鉴中心承办，两个区都看得到。"""
    alert = raised_across(cast)
    assert alert.owner.number == "CENTRE"
    assert sorted(alert.concerned.values_list("district", flat=True)) == ["310104", "310115"]


def test_found_again_it_is_the_same_case(cast: Cast) -> None:
    """次日再次命中不另立案，也不改动已作的认定。"""
    first, second = two_bodies(cast)
    same = hit(ACROSS, first[0], second[0])
    for _ in range(3):
        run = ran(same)
    alert = Alert.objects.get()
    assert (run.hits, run.opened, alert.last_run) == (1, 0, run)
    assert Entry.objects.filter(event="alert.raised").count() == 1
    dismiss(number=alert.number, reason="两次评价都属实", by=cast.han, at=AT)
    ran(same)
    alert.refresh_from_db()
    assert alert.state == State.DISMISSED


def test_what_is_found_no_longer_is_withdrawn_and_found_again_reopened(cast: Cast) -> None:
    """数据更正后不再命中的自动撤回，待办随之了结；再次命中的重新核实，期限重新起算。"""
    first, second = two_bodies(cast)
    same = hit(ACROSS, first[0], second[0])
    ran(same)
    run = ran()
    alert = Alert.objects.get()
    assert (alert.state, run.withdrawn, Task.objects.open().filter(case=alert.number).count()) == (State.WITHDRAWN, 1, 0)
    run = ran(same)
    alert.refresh_from_db()
    assert (alert.state, alert.reopened, run.reopened, run.opened) == (State.OPEN, 1, 1, 0)
    assert Task.objects.open().filter(case=alert.number).count() == 1


def test_a_decided_case_is_looked_at_anew_when_its_rows_change(cast: Cast) -> None:
    """认定不属实之后，命中的证书多了一本，重新核实；只是规则升版换了说法的，不重新核实。"""
    first, second = two_bodies(cast)
    ran(hit(ACROSS, first[0], second[0], key="一"))
    alert = Alert.objects.get()
    dismiss(number=alert.number, reason="属实", by=cast.han, at=AT)
    ran(hit(ACROSS, first[0], first[1], second[0], key="一"))
    alert.refresh_from_db()
    assert (alert.state, alert.rows.count()) == (State.OPEN, 3)
    dismiss(number=alert.number, reason="属实", by=cast.han, at=AT)
    Alert.objects.update(version="0")
    ran(hit(ACROSS, first[0], first[1], second[0], key="一", told="换了说法"))
    alert.refresh_from_db()
    assert alert.state == State.DISMISSED


def test_a_run_of_what_changed_leaves_alone_what_it_did_not_look_at(cast: Cast) -> None:
    """变动比对只撤回它看过的数据：没有看过的预警照旧。"""
    first, second = two_bodies(cast)
    ran(hit(ACROSS, first[0], second[0]))
    ran(kind=RunKind.CHANGED, looked_at=[first[2]])
    assert Alert.objects.get().state == State.OPEN
    ran(kind=RunKind.CHANGED, looked_at=[first[0]])
    assert Alert.objects.get().state == State.WITHDRAWN


@pytest.mark.parametrize("killed_after", [0, 1, 2])
def test_a_run_killed_and_taken_up_again_ends_the_same(cast: Cast, killed_after: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """比对中断后接着做，预警、待办和存证与没有中断的一样多。"""
    first, second = two_bodies(cast)
    monkeypatch.setattr("touchstone.monitoring.operations.taking.PART", 1)
    hits = [hit(ACROSS, one, second[0]) for one in first]
    run = begin_run(kind=RunKind.WHOLE, by=PLATFORM, at=AT)
    take_hits(run=run, rule=rule_of(ACROSS), hits=hits[:killed_after], by=PLATFORM, at=AT)
    take_hits(run=run, rule=rule_of(ACROSS), hits=hits, by=PLATFORM, at=AT)
    for _ in range(2):
        line = finish_rule(run=run, rule=rule_of(ACROSS), population=4, seconds=1, looked_at=None, by=PLATFORM, at=AT)
    assert (line.hits, line.opened, line.withdrawn) == (3, 3, 0)
    assert (Alert.objects.count(), Task.objects.filter(matter="handle_alert").count()) == (3, 3)
    assert Entry.objects.filter(event="alert.raised").count() == 3


def test_a_row_that_is_found_nowhere_stands_by_its_number(cast: Cast) -> None:
    """命中的行在平台里查不到编号的，预警归市职鉴中心，编号照列。"""
    ran(hit(WITHIN, "某场次-99"))
    alert = Alert.objects.get()
    assert (alert.owner.number, alert.rows.get().number, alert.concerned.count()) == ("CENTRE", "某场次-99", 0)


def test_only_one_run_of_a_kind_at_a_time(cast: Cast) -> None:
    """同一种比对不同时进行两次。"""
    begin_run(kind=RunKind.WHOLE, by=cast.han, at=AT)
    refused_and_nothing_changed(lambda: begin_run(kind=RunKind.WHOLE, by=PLATFORM, at=AT), "正在进行", "monitoring")
    refused_and_nothing_changed(lambda: begin_run(kind=RunKind.CHANGED, by=cast.wang, at=AT), "市职鉴中心", "monitoring")
    assert Run.objects.count() == 1
