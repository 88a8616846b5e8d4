"""再次派遣测试: is an empty place filled later, has each slot a draw of its own, and does the secret stay secret till nobody can be drawn?"""

from dataclasses import replace as changed
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.experts.people import SECRET, acting, asking, sent
from tests.refusing import refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM
from touchstone.experts import operations
from touchstone.experts.models import Assignment, DispatchDraw, DispatchRequest, Member, Unavailable
from touchstone.experts.queries import dispatch as queries
from touchstone.experts.states import AssignmentState, RequestState
from touchstone.kernel.law import Refusal
from touchstone.tasks.queries import open_on
from touchstone.trust.draw_records import draw_again


def only(found: DispatchRequest, corps: list[Member]) -> list[Unavailable]:
    """Let nobody but those who are sent be free on the day."""
    day = found.starts_at.date()
    away = [one for one in corps if one.number not in sent(found)]
    return Unavailable.objects.bulk_create(Unavailable(member=one, since=day, until=day + timedelta(days=1)) for one in away)


def test_an_empty_place_is_filled_when_somebody_is_free_again(ask, cast: Cast, corps: list[Member]):
    """推辞后没有人可派：其余的人照去，空缺交市职鉴中心；有人空出来以后再次派遣补足，待办随之办结。"""
    found = ask()
    away = only(found, corps)
    one = Assignment.objects.filter(request=found)[0]
    operations.refuse_assignment(number=one.number, reason="当日住院。", by=acting(one), at=cast.at)
    found.refresh_from_db()
    assert len(sent(found)) == 2 and queries.empty_places(found) == ["assessor"]
    assert "本场已派过的3名" in found.findings[0]["reason"] and [task.matter for task in open_on(found.number)] == ["dispatch"]
    operations.dispatch(number=found.number, by=cast.tao, at=cast.at, reason="再次派遣")
    assert len(sent(found)) == 2, "仍然没有人可派"
    away[0].delete()
    operations.dispatch(number=found.number, by=cast.tao, at=cast.at, reason="再次派遣")
    assert len(sent(found)) == 3 and away[0].member.number in sent(found) and not open_on(found.number)
    with pytest.raises(Refusal, match="已经派足"):
        operations.dispatch(number=found.number, by=cast.tao, at=cast.at)


def test_nobody_is_taken_off_when_nobody_can_come_instead(ask, cast: Cast, corps: list[Member]):
    """没有人可以接替的，不改派，什么都不改变，并说明是什么挡住了。"""
    found = ask()
    only(found, corps)
    one = Assignment.objects.filter(request=found)[0]
    refused_and_nothing_changed(
        lambda: operations.replace(assignment=one.number, reason="证书存疑。", by=cast.tao, at=cast.at), "没有人可以接替", "experts"
    )
    assert len(sent(found)) == 3


def test_a_replacement_names_whom_it_replaces(ask, cast: Cast):
    """改派的事由写明姓名和派遣单编号。"""
    found = ask()
    one = Assignment.objects.filter(request=found)[0]
    operations.replace(assignment=one.number, reason="证书存疑。", by=cast.tao, at=cast.at)
    assert DispatchDraw.objects.get(request=found, sequence=2).reason == f"改派{one.member.person.name}（派遣单{one.number}）：证书存疑。"


def test_each_slot_has_a_draw_of_its_own(cast: Cast, corps: list[Member]):
    """一份申请两个岗位：各抽一次，编号、种子、次序都不同，没有人身兼两岗。"""
    (first,) = asking(cast).wanted
    asked = changed(asking(cast), wanted=[first, changed(first, slot="second")])
    found = operations.ask_for_people(asked, secret=SECRET, by=cast.sun, at=cast.at)
    operations.dispatch(number=found.number, by=PLATFORM, at=cast.at)
    one, other = queries.draws_of(found)
    assert (one.sequence, other.sequence) == (1, 2) and one.record["draw"] != other.record["draw"] and one.seed != other.seed
    assert len(set(sent(found))) == 6


def test_the_secret_is_handed_out_once_nobody_can_be_drawn_any_more(ask, cast: Cast):
    """保密数管着同一申请的每一次抽取：开考以前不交出，库里也不留明文；开考以后交出，任何人可以重算。"""
    found = ask()
    (drawn,) = queries.draws_of(found)
    assert "secret" not in drawn.record and queries.record_of(drawn, found.starts_at - timedelta(seconds=1)) is None
    record = queries.record_of(drawn, found.starts_at)
    assert record is not None and record["secret"] == SECRET.hex() and draw_again(record)["differs"] == []


def test_whoever_has_signed_in_is_released_too(ask, cast: Cast):
    """提前签到以后场次取消的，也不必再来，时间随之空出。"""
    found = ask()
    one = Assignment.objects.filter(request=found)[0]
    me, early = acting(one), found.starts_at - timedelta(minutes=30)
    operations.accept_assignment(number=one.number, by=me, at=cast.at)
    operations.sign_in(number=one.number, place="", by=me, at=early)
    operations.cancel_request(number=found.number, reason="停电。", by=cast.sun, at=early)
    one.refresh_from_db()
    assert one.state == AssignmentState.CANCELLED


def test_what_is_stopped_releases_its_people(ask, cast: Cast):
    """计划停止：还没结束的场次，派出的人不必来；已经结束的场次，派遣留着。"""
    coming, over = ask(1, days=10), ask(2, days=8)
    at = over.ends_at
    assert operations.release_people(cases=[coming.case, over.case], reason="备案终止。", by=PLATFORM, at=at) == 1
    states = dict(DispatchRequest.objects.values_list("case", "state"))
    assert states == {coming.case: RequestState.CANCELLED, over.case: RequestState.DISPATCHED}
    assert set(Assignment.objects.filter(request=coming).values_list("state", flat=True)) == {AssignmentState.CANCELLED}
    assert set(Assignment.objects.filter(request=over).values_list("state", flat=True)) == {AssignmentState.OFFERED}


@pytest.mark.parametrize("verb", ["accept", "refuse", "replace"])
def test_a_request_is_always_locked_before_its_assignments(ask, cast: Cast, verb: str):
    """无论办什么，先锁申请，再锁派遣单：两个人同时办不会互相等死。"""
    one = Assignment.objects.filter(request=ask())[0]
    me = acting(one)
    acts = {
        "accept": lambda: operations.accept_assignment(number=one.number, by=me, at=cast.at),
        "refuse": lambda: operations.refuse_assignment(number=one.number, reason="住院。", by=me, at=cast.at),
        "replace": lambda: operations.replace(assignment=one.number, reason="证书存疑。", by=cast.tao, at=cast.at),
    }
    with CaptureQueriesContext(connection) as caught:
        acts[verb]()
    locks = [query["sql"] for query in caught if "FOR UPDATE" in query["sql"] and "experts_" in query["sql"]]
    assert 'FROM "experts_dispatchrequest"' in locks[0] and 'FROM "experts_assignment"' in locks[1]
