"""派遣测试: are the right people drawn by chance, is everybody else left out for a reason, and is nobody in two places?"""

import json
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
import rfc8785
from django.db import IntegrityError, transaction

from tests.cast import Cast
from tests.experts.people import EIGHT, SECRET, acting, asking, sent
from touchstone.accounts.actor import PLATFORM, VISITOR, NotAllowed
from touchstone.accounts.operations import restrict_person
from touchstone.catalogue.queries import occupation as occupation_on
from touchstone.experts import operations
from touchstone.experts.models import Assignment, DispatchDraw, DispatchRequest, Member, Tie, Unavailable
from touchstone.experts.operations._drawing import OnRoster, draw
from touchstone.experts.queries import dispatch as queries
from touchstone.experts.states import AssignmentState, RequestState
from touchstone.jobs.dispatch import reveal_what_is_over
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.logs.lines import salt_of, sealed
from touchstone.logs.models import Outbox
from touchstone.policy.experts.dispatch import assessors_wanted, chance_at_most, kept_at_most
from touchstone.policy.experts.kinds import CORPS
from touchstone.policy.violations.acts import Party
from touchstone.trust.draws import commitment


def test_three_are_drawn_one_leads_and_the_rest_are_reserves(ask, cast: Cast):
    """三十名考生派三人，单数，有组长；名单、种子、备选都有记录，保密数的承诺在抽取之前就已存证。"""
    found = ask()
    assert found.state == RequestState.DISPATCHED and len(sent(found)) == 3
    people = Assignment.objects.filter(request=found)
    assert people.filter(leads=True).count() == 1
    record = DispatchDraw.objects.get(request=found).record
    assert len(record["roster"]) == EIGHT and len(record["reserves"]) == EIGHT - 3
    assert found.commitment == commitment(SECRET) == Entry.objects.get(event="dispatch.asked").detail["commitment"]
    again = draw(record["draw"], "assessor", [OnRoster(**one) for one in roster_of(record)], 3, secret=SECRET, day=found.starts_at.date())
    assert set(again["chosen"]) == set(sent(found)) and again["seed"] == record["seed"]


def test_a_draw_is_promised_told_sealed_and_opened_after(ask, cast: Cast):
    """公开日志：抽取前写下承诺；抽取时写下名单指纹和封存的结果，没有人名和编号；场次开始后揭晓保密数，任何人都能打开核对。"""
    found = ask()
    record = DispatchDraw.objects.get(request=found).record
    with pytest.raises(Refusal, match="不能揭晓"):
        operations.reveal_secret(number=found.number, by=PLATFORM, at=cast.at)
    assert reveal_what_is_over(cast.at) == 0
    assert [reveal_what_is_over(found.starts_at), reveal_what_is_over(found.starts_at)] == [1, 0]
    told = {one["kind"]: one for one in (json.loads(bytes(line.entry)) for line in Outbox.objects.filter(log="draws").order_by("id"))}
    assert list(told) == ["draw.announced", "draw.seeded", "draw.result", "draw.revealed"]
    assert told["draw.announced"]["commitment"] == commitment(bytes.fromhex(told["draw.revealed"]["secret"]))
    assert told["draw.seeded"]["roster_root"] == record["root"]
    salt = salt_of(bytes.fromhex(told["draw.revealed"]["secret"]), record["draw"])
    assert told["draw.result"]["record"] == sealed(salt, bytes(rfc8785.dumps(record)))
    assert not any(number in json.dumps(told) for number in (*record["chosen"], *record["reserves"]))


def roster_of(record):
    """Read a roster as the record keeps it, for whoever draws again."""
    for line in map(json.loads, record["roster"]):
        name = line["id"]
        yield {
            "id": name,
            "tickets": line["weight"],
            "may_lead": name in record["may_lead"],
            "was_last": name in record["was_last"],
            "of_the_body": name in record["of_the_body"],
        }


@pytest.mark.parametrize(("candidates", "people"), [(1, 3), (45, 3), (46, 5), (75, 5), (76, 7)], ids=["1人", "45人", "46人", "75人", "76人"])
def test_how_many_a_sitting_needs(candidates, people):
    """每十五名考生一名，不少于三名，取单数。"""
    assert assessors_wanted(candidates, 15, 3, CORPS).count == people


def excluded(found: DispatchRequest) -> dict[str, str]:
    """Give who was left out, and why."""
    left = DispatchDraw.objects.filter(request=found).order_by("-sequence")[0].record["left_out"]
    return {one["id"]: "；".join(one["reasons"]) for one in left}


def test_whoever_is_tied_is_left_out_with_the_reason(ask, cast: Cast, corps: list[Member]):
    """申报了关系的、考生的同事、本人就是考生的，都不派，理由写明。"""
    day = cast.at.date()
    Tie.objects.create(member=corps[2], kind="trainer", body=cast.body_a, since=day, declared_at=cast.at)
    Tie.objects.create(member=corps[3], kind="kin", person=corps[7].person, since=day, declared_at=cast.at)
    Tie.objects.create(member=corps[4], kind="teacher", body=cast.body_a, since=day - timedelta(days=9), until=day, declared_at=cast.at)
    found = ask(persons=[corps[7].person_id], employers=["虚构5厂"])
    left = excluded(found)
    assert "参加培训授课" in left[corps[2].number] and "近亲属" in left[corps[3].number] and "考生的同事" in left[corps[5].number]
    assert "本人参加本次评价" in left[corps[7].number]
    assert corps[4].number not in left, "已经解除的关系不再回避"
    assert not set(sent(found)) & set(left)


def test_whoever_is_away_or_sent_elsewhere_is_left_out(ask, cast: Cast, corps: list[Member]):
    """登记不能承担的、同一时间已有任务的不派。"""
    day = asking(cast).starts_at.date()
    Unavailable.objects.create(member=corps[0], since=day, until=day + timedelta(days=1))
    first = ask(1)
    second = ask(2)
    assert corps[0].number not in sent(first) + sent(second)
    assert not set(sent(first)) & set(sent(second))
    assert "不能承担" in excluded(second)[corps[0].number]
    assert all("已被派往其他场次" in excluded(second)[name] for name in sent(first))


def test_whoever_a_decided_case_keeps_away_is_left_out(ask, cast: Cast, corps: list[Member]):
    """因违规处理限期不得担任考评工作的不派，理由写明；期满的可以派。"""
    day = asking(cast).starts_at.date()
    for member, until, case in ((corps[0], day + timedelta(days=1), "WJ1"), (corps[1], day, "WJ2")):
        restrict_person(
            person=member.person, party=Party.STAFF, since=cast.at.date(), until=until, reason="提示答案", case=case, clause="本平台默认值",
            by=PLATFORM, at=cast.at,
        )  # fmt: skip
    left = excluded(ask())
    assert "因违纪违规处理（WJ1）" in left[corps[0].number]
    assert corps[1].number not in left


def test_impossible_says_which_rule_keeps_whom_away(ask, cast: Cast, corps: list[Member]):
    """派不出来的，说明缺几人、因为什么，不派任何人，并交给市职鉴中心。"""
    for one in corps[:6]:
        Tie.objects.create(member=one, kind="kin", body=cast.body_a, since=cast.at.date(), declared_at=cast.at)
    found = ask()
    assert found.state == RequestState.IMPOSSIBLE and not Assignment.objects.exists()
    assert "需要3名，符合资格8名，可派2名，其余回避6名" in found.findings[0]["reason"]
    Tie.objects.filter(member=corps[0]).update(until=cast.at.date())
    assert operations.dispatch(number=found.number, by=cast.tao, at=cast.at).state == RequestState.DISPATCHED


def test_level_and_occupation_bound_who_is_on_the_roster(ask, cast: Cast, corps: list[Member]):
    """二级只有高级考评员能考评；别的职业没有人。"""
    assert "符合资格2名" in ask(1, level=2).findings[0]["reason"]
    other = occupation_on("6-18-01-02", cast.at.date())
    assert "符合资格0名" in ask(2, occupation=other).findings[0]["reason"]


def test_a_third_changes_and_nobody_goes_four_times_running(ask, cast: Cast):
    """同一机构每次至少更换三分之一；连续三次的第四次不派。"""
    panels = [set(sent(ask(n, days=10 + n))) for n in range(6)]
    for before, after in pairwise(panels):
        assert len(before & after) <= kept_at_most(3, cast.at.date()) == 2
    for n in range(3, 6):
        assert not panels[n - 3] & panels[n - 2] & panels[n - 1] & panels[n]


def test_a_month_fills_up(ask, cast: Cast, corps: list[Member]):
    """本人申报每月一次的，当月第二次不派。"""
    Member.objects.update(per_month=1)
    starts = (cast.at + timedelta(days=40)).replace(day=3)
    one, other = ask(1, days=(starts - cast.at).days), ask(2, days=(starts - cast.at).days + 1)
    assert not set(sent(one)) & set(sent(other))


def test_postgresql_itself_refuses_two_places_at_once(ask, cast: Cast):
    """同一人同一时间的第二份派遣，数据库本身不收。"""
    one = Assignment.objects.filter(request=ask(1))[0]
    other = ask(2, drawn=False)
    values = {"draw": one.draw, "member": one.member, "qualification": one.qualification, "slot": "assessor", "period": one.period}
    with pytest.raises(IntegrityError, match="nobody_in_two_places"), transaction.atomic():
        Assignment.objects.create(request=other, number="X", offered_at=cast.at, **values)
    Assignment.objects.filter(pk=one.pk).update(state=AssignmentState.REFUSED)
    assert Assignment.objects.create(request=other, number="X", offered_at=cast.at, **values).pk


def test_refusing_draws_the_next_and_the_reason_is_judged(ask, cast: Cast, corps: list[Member]):
    """推辞要有理由；当即另抽一人，另有编号和事由；理由是否正当由主管部门认定。"""
    found = ask()
    one = Assignment.objects.filter(request=found)[0]
    me = acting(one)
    with pytest.raises(Refusal, match="原因"):
        operations.refuse_assignment(number=one.number, reason=" ", by=me, at=cast.at)
    operations.refuse_assignment(number=one.number, reason="当日住院。", by=me, at=cast.at)
    assert len(sent(found)) == 3 and one.member.number not in sent(found)
    assert [each.sequence for each in queries.draws_of(found)] == [1, 2]
    assert operations.judge_refusal(number=one.number, good=True, by=cast.tao, at=cast.at).refusal_accepted is True


def test_the_way_of_an_assignment(ask, cast: Cast):
    """接受，到时签到，结束后报告，看到的人评价；太早不能签到。"""
    one = Assignment.objects.filter(request=ask())[0]
    me, starts = acting(one), one.request.starts_at
    operations.accept_assignment(number=one.number, by=me, at=cast.at)
    with pytest.raises(Refusal, match="还没有到签到时间"):
        operations.sign_in(number=one.number, place="", by=me, at=starts - timedelta(hours=3))
    operations.sign_in(number=one.number, place="31.22,121.54", by=me, at=starts - timedelta(minutes=30))
    operations.report(number=one.number, text="无异常。", items={"on_time": True}, by=me, at=starts + timedelta(hours=4))
    marks = dict.fromkeys(operations.MARKS, 18)
    with pytest.raises(Refusal, match="每一项都要打分"):
        operations.mark_assignment(number=one.number, marks={"on_time": 18}, note="", by=cast.sun, at=starts)
    assert operations.mark_assignment(number=one.number, marks=marks, note="认真", by=cast.sun, at=starts).total == 90
    one.refresh_from_db()
    assert one.state == AssignmentState.REPORTED


def test_cancelling_frees_everybody(ask, cast: Cast):
    """取消要有理由；已派的人都不必来，可以再申请。"""
    found = ask()
    operations.cancel_request(number=found.number, reason="考试改期。", by=cast.sun, at=cast.at)
    assert set(Assignment.objects.values_list("state", flat=True)) == {AssignmentState.CANCELLED}
    assert ask().state == RequestState.DISPATCHED


REFUSED = {
    "别家机构申请": lambda c, f, a: operations.ask_for_people(asking(c, 9), secret=SECRET, by=c.shi, at=c.at),
    "访客申请": lambda c, f, a: operations.ask_for_people(asking(c, 9), secret=SECRET, by=VISITOR, at=c.at),
    "机构自己抽": lambda c, f, a: operations.dispatch(number=f.number, by=c.sun, at=c.at),
    "别区改派": lambda c, f, a: operations.replace(assignment=a.number, reason="换人。", by=c.lv, at=c.at),
    "没有理由的改派": lambda c, f, a: operations.replace(assignment=a.number, reason="", by=c.tao, at=c.at),
    "别人代为接受": lambda c, f, a: operations.accept_assignment(number=a.number, by=c.sun, at=c.at),
    "再申请一次": lambda c, f, a: operations.ask_for_people(asking(c), secret=SECRET, by=c.sun, at=c.at),
    "没有考生": lambda c, f, a: operations.ask_for_people(asking(c, 9, candidates=0, wanted=[]), secret=SECRET, by=c.sun, at=c.at),
    "没有签到就评价": lambda c, f, a: operations.mark_assignment(number=a.number, marks={}, note="", by=c.sun, at=c.at),
    "还没开始就登记未到": lambda c, f, a: operations.note_absence(number=a.number, reason="没来。", by=c.tao, at=c.at),
    "开始以后取消": lambda c, f, a: operations.cancel_request(number=f.number, reason="改期。", by=c.sun, at=f.starts_at),
    "取消没有理由": lambda c, f, a: operations.cancel_request(number=f.number, reason="", by=c.sun, at=c.at),
}


@pytest.mark.parametrize("verb", REFUSED.values(), ids=list(REFUSED))
def test_refuses_and_changes_nothing(ask, cast: Cast, verb):
    """不该办的一概不办，什么都不改变，也不留存证。"""
    found = ask()
    one = Assignment.objects.filter(request=found)[0]

    def everything() -> object:
        rows = [list(model.objects.values_list("number", "state")) for model in (DispatchRequest, Assignment)]
        return rows, Entry.objects.count()

    before = everything()
    with pytest.raises(Refusal):
        verb(cast, found, one)
    assert everything() == before


def test_who_sees_which_request(ask, cast: Cast):
    """市职鉴中心都看得见；考核点和机构所在区、机构自己看得见；别区、别家、访客看不见。"""
    found = ask()
    seen = {name: queries.request(found.number, getattr(cast, name)) is not None for name in ("tao", "zhou", "sun", "lv", "shi")}
    assert seen == {"tao": True, "zhou": True, "sun": True, "lv": False, "shi": False}
    assert queries.request(found.number, VISITOR) is None
    with pytest.raises(NotAllowed):
        operations.judge_refusal(number=Assignment.objects.all()[0].number, good=True, by=cast.lv, at=cast.at)


def test_nobody_is_sent_more_often_than_chance_allows():
    """一千个种子：任一人被派往一场的频率不超过四分之一或两倍平均，签数不同也不超过。"""
    roster = [OnRoster(f"{n:02d}", tickets=2 if n < 3 else 1, may_lead=n % 4 == 0) for n in range(20)]
    times: Counter[str] = Counter()
    day = date(2026, 6, 1)
    for n in range(1000):
        times.update(draw(f"PQ{n}", "assessor", roster, 3, secret=n.to_bytes(32, "big"), day=day)["chosen"])
    bound = chance_at_most(3, len(roster), day)
    assert bound == pytest.approx(0.3)
    assert max(times.values()) / 1000 <= bound
    assert min(times.values()) / 1000 > 0.07


def test_own_staff_do_not_judge_their_own_body(ask, cast: Cast, corps: list[Member]):
    """被评价机构本单位的考评人员，默认不派。"""
    Member.objects.filter(pk__in=[one.pk for one in corps[:4]]).update(body=cast.body_a)
    found = ask()
    assert not set(sent(found)) & {one.number for one in corps[:4]}
    assert datetime.fromisoformat(found.reveal_at.isoformat()) < found.starts_at
