"""队伍管理测试: warning, suspension, removal, return, appeal; ties, days; the year's appraisal."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.cast import Cast
from tests.experts.people import enter_assessors
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.accounts.people import opened_id_number
from touchstone.experts import operations, queries
from touchstone.experts.models import Appraisal, Assignment, DispatchDraw, DispatchRequest, Member, Qualification, SittingMark, Standing
from touchstone.experts.operations import drawing_up
from touchstone.experts.queries import figures
from touchstone.experts.states import AssignmentState
from touchstone.kernel.law import Refusal
from touchstone.ledger.queries import history
from touchstone.policy.experts.kinds import MemberKind
from touchstone.simulation.cast import FOREIGN, HOME
from touchstone.simulation.corps import open_course
from touchstone.tasks.queries import waiting_for


def may_go(held: Qualification, day: date) -> bool:
    """Whether the qualification is among those that may be sent."""
    return held in queries.qualified(day, kinds=[MemberKind(held.kind)])


def test_warned_suspended_and_returned(cast: Cast, held: Qualification) -> None:
    """警告不影响派遣；暂停期间不派，期满自动恢复；提前恢复要写理由。"""
    at = cast.at + timedelta(days=20)
    day = at.date()
    operations.warn_member(qualification=held.number, reason="迟到影响开考。", by=cast.wu, at=at)
    assert may_go(held, day)
    until = day + timedelta(days=90)
    measure = operations.suspend_member(qualification=held.number, until=until, reason="泄露评分。", by=cast.wu, at=at)
    assert [may_go(held, one) for one in (day, until - timedelta(days=1), until)] == [False, False, True]
    with pytest.raises(Refusal, match="已暂停至"):
        operations.suspend_member(qualification=held.number, until=until, reason="又一次", by=cast.wu, at=at)
    with pytest.raises(Refusal, match="没有写明理由"):
        operations.lift_suspension(number=measure.number, reason=" ", by=cast.wu, at=at)
    operations.lift_suspension(number=measure.number, reason="整改到位。", by=cast.wu, at=at + timedelta(days=10))
    assert may_go(held, day + timedelta(days=10))
    assert [line.event for line in history(held.member.number)][-3:] == ["member.warned", "member.suspended", "member.restored"]


def test_an_appeal_that_is_upheld_takes_a_removal_back(cast: Cast, held: Qualification) -> None:
    """取消资格后不再派遣，不得申请；申诉成立，撤回决定。过期的申诉不收。"""
    at = cast.at + timedelta(days=20)
    measure = operations.remove_member(qualification=held.number, reason="徇私舞弊。", by=cast.han, at=at)
    assert not may_go(held, at.date())
    with pytest.raises(Refusal, match="过期"):
        operations.appeal_measure(number=measure.number, appeal="不是我。", by=cast.song, at=at + timedelta(days=30))
    operations.appeal_measure(number=measure.number, appeal="当天我不在考场。", by=cast.song, at=at + timedelta(days=2))
    assert [task.matter for task in waiting_for(cast.han) if task.case == held.member.number] == ["corps.appeal"]
    later = at + timedelta(days=5)
    operations.answer_appeal(number=measure.number, upheld=True, answer="经核查属实。", by=cast.han, at=later)
    assert may_go(held, later.date())
    with pytest.raises(Refusal, match="没有待答复"):
        operations.answer_appeal(number=measure.number, upheld=False, answer="再答一次", by=cast.han, at=later)


WHO_MAY_NOT = ("song", "zhou", "lv", "lin", "wang", "shen")


@pytest.mark.parametrize("who", WHO_MAY_NOT)
def test_who_may_not_take_a_measure(cast: Cast, held: Qualification, who: str) -> None:
    """本人、经办人、别的区、机构、督导员都不能采取措施；什么也没有改变。"""
    lines = history(held.member.number).count()
    with pytest.raises(Refusal):
        operations.warn_member(qualification=held.number, reason="试一试", by=getattr(cast, who), at=cast.at + timedelta(days=20))
    assert not Standing.objects.exists()
    assert history(held.member.number).count() == lines


def test_ties_are_told_exactly(cast: Cast, song: Member) -> None:
    """回避关系：机构，或者姓名和证件号码都相符的人；同一项不重复；别人不能代报。"""
    papers = opened_id_number(cast.person("lin"))
    operations.declare_tie(member=song.number, kind="teacher", body=cast.body_a, by=cast.song, at=cast.at)
    with pytest.raises(Refusal, match="已经申报"):
        operations.declare_tie(member=song.number, kind="teacher", body=cast.body_a, by=cast.song, at=cast.at)
    with pytest.raises(Refusal, match="都相符"):
        operations.declare_tie(member=song.number, kind="kin", name="林别人", id_number=papers, by=cast.song, at=cast.at)
    tie = operations.declare_tie(member=song.number, kind="kin", name="林知夏", id_number=papers, by=cast.song, at=cast.at)
    with pytest.raises(Refusal, match="由本人申报"):
        operations.end_tie(member=song.number, tie_id=tie.pk, by=cast.han, at=cast.at)
    operations.end_tie(member=song.number, tie_id=tie.pk, by=cast.song, at=cast.at)
    assert [one.until for one in queries.ties_of(song)].count(None) == 1


def test_days_and_limit(cast: Cast, song: Member) -> None:
    """不能承担的日期不能重叠、不能在过去；每月次数有范围。"""
    day = cast.at.date()
    blocked = operations.block_days(member=song.number, since=day, until=day + timedelta(days=3), reason="出差", by=cast.song, at=cast.at)
    with pytest.raises(Refusal, match="已经登记过"):
        operations.block_days(member=song.number, since=day + timedelta(days=2), until=day + timedelta(days=4), reason="", by=cast.song, at=cast.at)
    with pytest.raises(Refusal, match="起止日期不对"):
        operations.block_days(member=song.number, since=day - timedelta(days=1), until=day, reason="", by=cast.song, at=cast.at)
    operations.free_days(member=song.number, blocked_id=blocked.pk, by=cast.song, at=cast.at)
    with pytest.raises(Refusal):
        operations.limit_month(member=song.number, per_month=32, by=cast.song, at=cast.at)


def sent(held: Qualification, cast: Cast, serial: int, state: AssignmentState, *, late: bool = False, mark: str = "", level: int = 4) -> None:
    """Send the holder of a qualification once, with what came of it; rows as dispatch leaves them."""
    starts = cast.at + timedelta(days=30 + serial)
    ends = starts + timedelta(hours=4)
    request = DispatchRequest.objects.create(
        number=f"PQ{held.pk}-{serial}", case=f"JH-{held.pk}-{serial}", title="技能考核", body=cast.body_a, level=level, starts_at=starts,
        ends_at=ends, reveal_at=starts, asked_at=cast.at,
    )  # fmt: skip
    draw = DispatchDraw.objects.create(request=request, sequence=1, reason="首次", seed="00", record={}, drawn_at=cast.at)
    came = state in {AssignmentState.SIGNED_IN, AssignmentState.REPORTED}
    assignment = Assignment.objects.create(
        number=f"PD{held.pk}-{serial}", request=request, draw=draw, member=held.member, qualification=held, slot="assessor", period=(starts, ends),
        state=state, offered_at=cast.at, answered_at=starts, signed_in_at=(starts if late else starts - timedelta(hours=1)) if came else None,
    )  # fmt: skip
    if mark:
        SittingMark.objects.create(assignment=assignment, total=Decimal(mark), marked_at=ends)


def test_a_year_is_drawn_from_records_and_decided(cast: Cast, held: Qualification) -> None:
    """由派遣、签到、推辞和评价计算；本人先说话，负责人决定；与建议不同要写理由；决定后不再重算。"""
    sent(held, cast, 0, AssignmentState.REPORTED, mark="80")
    sent(held, cast, 1, AssignmentState.REPORTED, late=True, mark="90")
    sent(held, cast, 2, AssignmentState.REFUSED)
    sent(held, cast, 3, AssignmentState.CANCELLED)
    at = cast.at.replace(month=12, day=15)
    (year,) = figures.years_of(2026, at.date()).values()
    assert (year.sent, year.came, year.late, year.absent, year.refused, year.mark) == (3, 2, 1, 0, 1, 85.0)
    assert operations.draw_up_year(year=2026, by=cast.tao, at=at) == 1
    found = Appraisal.objects.get()
    assert (found.proposed, found.figures["points"]) == ("good", 80.0)
    operations.say_word(member=held.member.number, year=2026, word="推辞那次是住院。", by=cast.song, at=at)
    with pytest.raises(Refusal, match="没有写明理由"):
        operations.decide_appraisal(member=held.member.number, year=2026, grade="excellent", reason="", by=cast.wu, at=at)
    operations.decide_appraisal(member=held.member.number, year=2026, grade="good", reason="", by=cast.wu, at=at)
    with pytest.raises(Refusal, match="已经决定"):
        operations.decide_appraisal(member=held.member.number, year=2026, grade="failed", reason="改", by=cast.wu, at=at)
    assert operations.draw_up_year(year=2026, by=cast.tao, at=at) == 0


def test_marks_are_adjusted_for_what_was_judged(cast: Cast, held: Qualification) -> None:
    """评得难的等级分数低，按等级校正后与全市可比。"""
    other = Qualification.objects.create(
        number="KP31X", member=Member.objects.create(number="DW9", person=cast.person("ye"), employer="某厂", joined_at=cast.at), kind="assessor",
        occupation=held.occupation, highest_level=3, office=held.office, since=held.since, until=held.until,
    )  # fmt: skip
    sent(held, cast, 0, AssignmentState.REPORTED, mark="70", level=3)
    sent(other, cast, 0, AssignmentState.REPORTED, mark="70", level=3)
    sent(other, cast, 1, AssignmentState.REPORTED, mark="94", level=5)
    marks = {key: year.mark for key, year in figures.years_of(2026, cast.at.date()).items()}
    assert marks == {held.member_id: 78.0, other.member_id: 78.0}


def test_failing_twice_puts_removal_before_the_director(cast: Cast, held: Qualification) -> None:
    """两个年度不合格，审批负责人收到是否取消资格的待办。"""
    for year in (2026, 2027):
        Appraisal.objects.create(member=held.member, year=year, proposed="failed", computed_at=cast.at)
        at = cast.at.replace(year=year, month=12, day=20)
        operations.decide_appraisal(member=held.member.number, year=year, grade="failed", reason="", by=cast.wu, at=at)
    (task,) = [one for one in waiting_for(cast.wu) if one.case == held.member.number]
    assert "达到2次" in task.title


def test_a_member_is_reminded_twice_and_no_more(cast: Cast, held: Qualification) -> None:
    """期满前六个月、一个月各提醒一次。"""
    told = []
    for day in (date(2028, 9, 13), date(2028, 9, 14), date(2028, 9, 15), date(2029, 2, 14), date(2029, 2, 15), date(2029, 3, 14)):
        at = cast.at.replace(year=day.year, month=day.month, day=day.day)
        if queries.to_be_reminded(day):
            told.append((day, operations.remind_of_expiry(qualification=held.number, by=PLATFORM, at=at)))
    assert told == [(date(2028, 9, 14), True), (date(2029, 2, 14), True)]


def test_districts_see_their_own_people(cast: Cast, song: Member) -> None:
    """区只看到本区管理的人，市看到全部，机构看到自己的人。"""
    assert [list(queries.members(who)) for who in (cast.zhou, cast.lv, cast.tao, cast.lin)] == [[song], [], [song], []]
    operations.change_member(number=song.number, district=FOREIGN, employer=song.employer, by=cast.song, at=cast.at)
    assert [list(queries.members(who)) for who in (cast.zhou, cast.lv)] == [[], [song]]


def test_a_year_is_of_those_who_were_qualified_in_it(cast: Cast) -> None:
    """年度考核只汇总当年持有资格的人：年初第一天已期满的、次年才取得的，都不算。"""
    terms = {
        "年初已期满": (date(2023, 1, 1), date(2025, 1, 1)), "年中期满": (date(2023, 1, 1), date(2025, 6, 1)),
        "年末取得": (date(2025, 12, 31), date(2028, 12, 31)), "次年取得": (date(2026, 1, 1), date(2029, 1, 1)),
    }  # fmt: skip
    people = dict(zip(terms, enter_assessors(len(terms), cast.at), strict=True))
    for name, (since, until) in terms.items():
        Qualification.objects.filter(member=people[name]).update(since=since, until=until)
    assert operations.draw_up_year(year=2025, by=cast.tao, at=cast.at) == 2
    drawn = set(Appraisal.objects.values_list("member", flat=True))
    assert {name for name, one in people.items() if one.pk in drawn} == {"年中期满", "年末取得"}


def test_a_year_is_drawn_up_in_parts_and_taken_up_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """汇总在后台分批进行：同一单位同一年度一次只做一份；中断以后重来，结果一样，做完了不再做；区只汇总本区管理的人。"""
    monkeypatch.setattr(drawing_up, "AT_ONCE", 2)
    people = enter_assessors(5, cast.at)
    Member.objects.filter(pk=people[0].pk).update(district=HOME)
    run = operations.ask_for_year(year=2026, by=cast.tao, at=cast.at)
    with pytest.raises(Refusal, match="正在汇总"):
        operations.ask_for_year(year=2026, by=cast.tao, at=cast.at)
    with pytest.raises(NotAllowed):
        operations.draw_up(number=run.number, by=cast.song, at=cast.at)
    assert figures.runs_left(cast.at + timedelta(minutes=3)) == [run.number]
    assert [operations.draw_up(number=run.number, by=PLATFORM, at=cast.at) for _ in range(2)] == [5, 0]
    run.refresh_from_db()
    assert (run.done, run.total, run.finished_at) == (5, 5, cast.at) and not figures.runs_left(cast.at + timedelta(days=1))
    assert operations.draw_up_year(year=2026, by=cast.zhou, at=cast.at) == 1


def test_the_time_for_an_appeal_runs_from_the_day_in_shanghai(cast: Cast, held: Qualification) -> None:
    """早上七点半作出的决定，从上海当天起算申诉期限，不从世界时的前一天起算。"""
    early, noon = ((cast.at + timedelta(days=20)).replace(hour=hour, minute=30) for hour in (7, 12))
    lasts = []
    for at in (early, noon):
        made = operations.warn_member(qualification=held.number, reason="迟到。", by=cast.wu, at=at)
        lasts.append(operations.appeal_until(Standing.objects.get(pk=made.pk)))
    assert lasts[0] == lasts[1]


def test_a_course_announced_twice_by_one_request_is_one_course(cast: Cast) -> None:
    """同一张表单连点两次，只有一期培训；另填一张才是另一期。"""
    once, again, other = (open_course(MemberKind.ASSESSOR, cast.tao.with_key(key), at=cast.at) for key in ("甲", "甲", "乙"))
    assert once == again and other != once
    assert queries.courses(cast.tao).count() == 2
