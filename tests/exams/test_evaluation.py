"""考务全程: from seats to certificates, what is refused on the way, and does nothing change when it is?"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import Cast
from tests.exams.stage import EXAM_ON, Stage, moment
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.bodies.operations import change_kind
from touchstone.certificates.models import Certificate
from touchstone.exams.models import Candidate, ScoreEntry, Seat
from touchstone.exams.operations.arrangement import DoubleBooked, SittingTerms, add_sitting, remove_sitting
from touchstone.exams.operations.arranging import arrange, rearrange
from touchstone.exams.operations.attendance import close_sittings, note_attendance
from touchstone.exams.operations.issuing import issue_certificates
from touchstone.exams.operations.keying import compare_keyings, key_scores, settle_difference
from touchstone.exams.operations.locking import unlock_scores
from touchstone.exams.operations.remarks import ask_remark
from touchstone.exams.operations.results import announce_results, answer_objection, conclude, confirm_results, withdraw_results
from touchstone.exams.operations.score_review import draw_review, look_again, settle_found
from touchstone.exams.operations.scores import ScoreLine, correct_score, enter_scores
from touchstone.exams.operations.seating import assign_seats
from touchstone.exams.states import Part, PlanState
from touchstone.filings.models import Filing
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.ledger.models import Entry
from touchstone.notices.models import PublicNotice
from touchstone.notices.operations import make_objection
from touchstone.policy.roles import BodyKind
from touchstone.tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Give a drafted plan of body 甲."""
    return Stage(cast)


def test_from_seats_to_certificates(stage: Stage) -> None:
    """从编排到发证。"""
    stage.all_the_way(("60", "60"), ("59.5", "100"))
    assert stage.plan.state == PlanState.CERTIFIED
    numbers = list(Certificate.objects.order_by("number").values_list("number", flat=True))
    assert numbers == ["Y000031300001265000001", "Y000031300001265000002"]
    results = dict(Candidate.objects.values_list("ticket_number", "result"))
    assert [results[ticket] for ticket in stage.tickets()] == ["passed", "failed", "passed"]
    basis = Certificate.objects.order_by("number")[0].basis
    assert basis["condition"] == "5-2"
    assert basis["filing"] == "BA2026000001"
    assert basis["scores"] == {"theory": "60.0", "practical": "60.0"}
    lines = Entry.objects.filter(event="certificate.issued").count()
    assert lines == 2
    assert not Task.objects.filter(case=stage.plan.number, closed_at__isnull=True).exclude(matter="sign_for_plan").exists()


class TestSeats:
    def test_same_seed_same_seats(self, stage: Stage) -> None:
        """种子相同座位相同。"""
        stage.reviewed().with_sittings()
        assign_seats(plan_number=stage.plan.number, by=stage.cast.sun, at=stage.cast.at, seed="甲")
        first = list(Seat.objects.order_by("sitting", "seat_number").values_list("sitting", "seat_number", "candidate"))
        tickets = stage.tickets()
        assign_seats(plan_number=stage.plan.number, by=stage.cast.sun, at=stage.cast.at, seed="甲")
        assert list(Seat.objects.order_by("sitting", "seat_number").values_list("sitting", "seat_number", "candidate")) == first
        assert stage.tickets() == tickets
        assert Entry.objects.filter(event="plan.seated").latest("id").detail["seed"] == "甲"

    def test_too_few_seats(self, cast: Cast) -> None:
        """座位不够。"""
        stage = Stage(cast, seats=2).reviewed().with_sittings()
        refuses(stage, "还缺1个", lambda: assign_seats(plan_number=stage.plan.number, by=cast.sun, at=cast.at))

    def test_parts_overlap(self, stage: Stage) -> None:
        """两科时间重叠。"""
        stage.reviewed().with_sittings()
        room = stage.plan.venue.rooms.get(purpose="practical")
        late = stage.sittings()[1]
        remove_sitting(sitting_number=late.number, by=stage.cast.sun, at=stage.cast.at)
        terms = SittingTerms(Part.PRACTICAL, room.pk, moment(EXAM_ON, 10), moment(EXAM_ON, 12))
        add_sitting(plan_number=stage.plan.number, terms=terms, by=stage.cast.sun, at=stage.cast.at)
        refuses(stage, "不冲突的座位", lambda: assign_seats(plan_number=stage.plan.number, by=stage.cast.sun, at=stage.cast.at))

    def test_everyone_is_seated_over_several_sittings(self, cast: Cast) -> None:
        """名单不止一个场次时人人都有座位。"""
        stage = Stage(cast, seats=2, people=4).reviewed()
        practical = stage.plan.venue.rooms.get(purpose="practical")
        theory = list(stage.plan.venue.rooms.filter(purpose="theory").order_by("pk"))
        for part, room, hour in (
            (Part.THEORY, theory[0], 9),
            (Part.THEORY, theory[1], 11),
            (Part.PRACTICAL, practical, 9),
            (Part.PRACTICAL, practical, 11),
        ):
            terms = SittingTerms(part, room.pk, moment(EXAM_ON, hour), moment(EXAM_ON, hour + 2))
            add_sitting(plan_number=stage.plan.number, terms=terms, by=cast.sun, at=cast.at)
        assert assign_seats(plan_number=stage.plan.number, by=cast.sun, at=cast.at) == 8
        for candidate in Candidate.objects.all():
            hours = {seat.sitting.starts_at for seat in candidate.seats.select_related("sitting")}
            assert len(hours) == 2


class TestSittings:
    def test_room_double_booked(self, stage: Stage) -> None:
        """考场重复占用。"""
        stage.reviewed().with_sittings()
        room = stage.sittings()[0].room_id
        terms = SittingTerms(Part.THEORY, room, moment(EXAM_ON, 10), moment(EXAM_ON, 12))
        refuses(stage, "已安排给", lambda: add_sitting(plan_number=stage.plan.number, terms=terms, by=stage.cast.sun, at=stage.cast.at), DoubleBooked)

    def test_person_double_booked(self, stage: Stage) -> None:
        """人员重复安排。"""
        stage.reviewed().with_sittings()
        other = stage.plan.venue.rooms.filter(purpose="theory").order_by("pk")[1]
        terms = SittingTerms(Part.THEORY, other.pk, moment(EXAM_ON, 10), moment(EXAM_ON, 12), stage.staff("invigilator")[:2])
        refuses(stage, "同一时间", lambda: add_sitting(plan_number=stage.plan.number, terms=terms, by=stage.cast.sun, at=stage.cast.at), DoubleBooked)

    @pytest.mark.parametrize(
        ("day", "hours", "purpose", "words"),
        [
            pytest.param(date(2026, 3, 21), (9, 11), "theory", "计划的考试日", id="不在考试日"),
            pytest.param(EXAM_ON, (9, 10), "theory", "应不少于90分钟", id="时间太短"),
            pytest.param(EXAM_ON, (9, 11), "practical", "备案用途为技能考核", id="考场用途不符"),
            pytest.param(EXAM_ON, (11, 9), "theory", "晚于开始时间", id="先结束后开始"),
        ],
    )
    def test_sitting_against_the_rules(self, stage: Stage, day: date, hours: tuple[int, int], purpose: str, words: str) -> None:
        """场次不合规定。"""
        stage.reviewed()
        room = stage.plan.venue.rooms.filter(purpose=purpose).order_by("pk")[0]
        terms = SittingTerms(Part.THEORY, room.pk, moment(day, hours[0]), moment(day, hours[1]))
        refuses(stage, words, lambda: add_sitting(plan_number=stage.plan.number, terms=terms, by=stage.cast.sun, at=stage.cast.at))

    def test_room_elsewhere(self, stage: Stage) -> None:
        """别处的考场。"""
        stage.reviewed()
        terms = SittingTerms(Part.THEORY, 0, moment(EXAM_ON, 9), moment(EXAM_ON, 11))
        refuses(stage, "不在本计划备案的考核点", lambda: add_sitting(plan_number=stage.plan.number, terms=terms, by=stage.cast.sun, at=stage.cast.at))

    def test_part_not_examined_at_this_level(self, stage: Stage) -> None:
        """本等级没有的科目。"""
        stage.reviewed()
        room = stage.plan.venue.rooms.get(purpose="panel")
        terms = SittingTerms(Part.PANEL, room.pk, moment(EXAM_ON, 9), moment(EXAM_ON, 11))
        refuses(stage, "不考综合评审", lambda: add_sitting(plan_number=stage.plan.number, terms=terms, by=stage.cast.sun, at=stage.cast.at))


class TestArrange:
    def test_no_supervisor_and_too_few_invigilators(self, stage: Stage) -> None:
        """没有督导和监考。"""
        stage.reviewed().with_sittings()
        sitting = stage.sittings()[0]
        sitting.invigilators, sitting.supervisor = sitting.invigilators[:1], None
        sitting.save()
        assign_seats(plan_number=stage.plan.number, by=stage.cast.sun, at=stage.cast.at)
        told = refuses(stage, "2处不符合要求", lambda: arrange(plan_number=stage.plan.number, by=stage.cast.sun, at=stage.cast.at))
        assert "没有指定内部质量督导员" in "".join(told.details)
        assert "应不少于2名" in "".join(told.details)

    def test_even_number_of_assessors(self, stage: Stage) -> None:
        """考评人员为双数。"""
        stage.reviewed().with_sittings()
        practical = stage.sittings()[1]
        practical.invigilators = [*practical.invigilators, {"number": "P0", "name": "外人"}]
        practical.save()
        assign_seats(plan_number=stage.plan.number, by=stage.cast.sun, at=stage.cast.at)
        told = refuses(stage, "不符合要求", lambda: arrange(plan_number=stage.plan.number, by=stage.cast.sun, at=stage.cast.at))
        assert "应为单数" in "".join(told.details)

    def test_nobody_seated(self, stage: Stage) -> None:
        """没有座位。"""
        stage.reviewed().with_sittings()
        told = refuses(stage, "不符合要求", lambda: arrange(plan_number=stage.plan.number, by=stage.cast.sun, at=stage.cast.at))
        assert "3名考生没有座位" in "".join(told.details)

    def test_rearranging_needs_reason_and_time(self, stage: Stage) -> None:
        """重新编排须有理由且在开考前。"""
        stage.reviewed().with_sittings().arranged()
        refuses(stage, "理由", lambda: rearrange(plan_number=stage.plan.number, reason=" ", by=stage.cast.sun, at=stage.cast.at))
        late = moment(EXAM_ON, 9, 1)
        refuses(stage, "考试已经开始", lambda: rearrange(plan_number=stage.plan.number, reason="停电", by=stage.cast.sun, at=late))
        assert rearrange(plan_number=stage.plan.number, reason="停电", by=stage.cast.sun, at=stage.cast.at).state == PlanState.REVIEWED


class TestAttendance:
    def test_not_before_the_day(self, stage: Stage) -> None:
        """考试日之前不能登记。"""
        stage.reviewed().with_sittings().arranged()
        one, marks = stage.sittings()[0].number, {stage.tickets()[0]: True}
        early = moment(date(2026, 3, 19), 23)
        refuses(stage, "还不能登记到考", lambda: note_attendance(sitting_number=one, marks=marks, by=stage.cast.sun, at=early))

    def test_an_outcome_for_each_row(self, stage: Stage) -> None:
        """逐行结果。"""
        stage.reviewed().with_sittings().arranged().opened()
        marks = {stage.tickets()[0]: True, "999": True}
        results = note_attendance(sitting_number=stage.sittings()[0].number, marks=marks, by=stage.cast.sun, at=moment(EXAM_ON, 9))
        assert [one.done for one in results] == [True, False]
        assert "不在本场次" in results[1].sentence

    def test_not_closed_while_seats_are_open(self, stage: Stage) -> None:
        """没有登记完不能结束。"""
        stage.reviewed().with_sittings().arranged()
        refuses(stage, "还有6个座位", lambda: close_sittings(plan_number=stage.plan.number, by=stage.cast.sun, at=moment(EXAM_ON, 17)))

    def test_not_closed_before_the_last_sitting_ends(self, stage: Stage) -> None:
        """最后一场未结束。"""
        stage.reviewed().with_sittings().arranged()
        refuses(stage, "尚未全部结束", lambda: close_sittings(plan_number=stage.plan.number, by=stage.cast.sun, at=moment(EXAM_ON, 14, 59)))


class TestScores:
    @pytest.mark.parametrize(
        ("mark", "words"),
        [
            pytest.param(Decimal("100.5"), "不在0至100之间", id="超过满分"),
            pytest.param(Decimal("-1"), "不在0至100之间", id="负数"),
            pytest.param(Decimal("80.25"), "多于一位小数", id="两位小数"),
            pytest.param(None, "登记为已到考", id="到考却填缺考"),
        ],
    )
    def test_impossible_mark(self, stage: Stage, mark: Decimal | None, words: str) -> None:
        """分数不可能。"""
        stage.reviewed().with_sittings().arranged().held()
        line = ScoreLine(stage.tickets()[0], {Part.THEORY: mark, Part.PRACTICAL: Decimal(80)})
        (result,) = enter_scores(plan_number=stage.plan.number, lines=[line], by=stage.cast.sun, at=moment(EXAM_ON, 18))
        assert not result.done
        assert words in result.sentence
        assert not ScoreEntry.objects.exists()

    def test_absent_gets_no_mark(self, stage: Stage) -> None:
        """缺考不能录分；缺考者结论为缺考。"""
        stage.reviewed().with_sittings().arranged().held(absent=1)
        line = ScoreLine(stage.tickets()[-1], {Part.THEORY: Decimal(80)})
        (result,) = enter_scores(plan_number=stage.plan.number, lines=[line], by=stage.cast.sun, at=moment(EXAM_ON, 18))
        assert "登记为缺考" in result.sentence
        stage.scored()
        assert Candidate.objects.get(ticket_number=stage.tickets()[-1]).result == "absent"

    def test_correction_keeps_the_old_mark(self, stage: Stage) -> None:
        """已有成绩不能直接覆盖；更正留下原成绩。"""
        stage.reviewed().with_sittings().arranged().held().scored()
        ticket, at = stage.tickets()[0], moment(date(2026, 3, 23), 15)
        unlock_scores(plan_number=stage.plan.number, reason="自查发现登分错误", by=stage.cast.qian, at=at)
        line = ScoreLine(ticket, {Part.THEORY: Decimal(90)})
        (result,) = enter_scores(plan_number=stage.plan.number, lines=[line], by=stage.cast.sun, at=at)
        assert "更正成绩" in result.sentence
        call: dict[str, Any] = {"plan_number": stage.plan.number, "ticket": ticket, "part": Part.THEORY, "by": stage.cast.sun, "at": at}
        refuses(stage, "更正理由", lambda: correct_score(mark=Decimal(90), reason="", **call))
        refuses(stage, "与原成绩相同", lambda: correct_score(mark=Decimal(80), reason="复核", **call))
        correct_score(mark=Decimal(90), reason="登分笔误，见评分记录第3页", **call)
        kept = ScoreEntry.objects.filter(candidate__ticket_number=ticket, part="theory").order_by("id")
        assert [str(one.value) for one in kept] == ["80.0", "90.0"]
        assert Candidate.objects.get(ticket_number=ticket).result == ""
        refuses(stage, "1名考生没有成绩结论", lambda: announce_results(plan_number=stage.plan.number, by=stage.cast.qian, at=at))

    def test_scores_missing(self, stage: Stage) -> None:
        """成绩没有录齐。"""
        stage.reviewed().with_sittings().arranged().held()
        refuses(stage, "3名考生的成绩没有录齐", lambda: conclude(plan_number=stage.plan.number, by=stage.cast.sun, at=moment(EXAM_ON, 18)))


class TestNotice:
    def test_public_list_is_masked(self, stage: Stage) -> None:
        """公示名单打码。"""
        stage.reviewed().with_sittings().arranged().held().scored().announced()
        shown = PublicNotice.objects.get(case=stage.plan.number)
        assert (shown.opened_on, shown.closes_on, shown.working_days) == (date(2026, 3, 25), date(2026, 4, 1), 5)
        text = str(shown.rows)
        for candidate in Candidate.objects.select_related("person"):
            assert candidate.name not in text
            assert candidate.person.id_masked in text

    def test_no_certificate_before_the_notice_is_over(self, stage: Stage) -> None:
        """公示未满不能发证。"""
        stage.reviewed().with_sittings().arranged().held().scored().announced()
        early = moment(date(2026, 3, 31), 23)
        refuses(stage, "尚未期满", lambda: confirm_results(plan_number=stage.plan.number, by=PLATFORM, at=early))
        refuses(stage, "不能核发证书", lambda: issue_certificates(plan_number=stage.plan.number, by=stage.cast.qian, at=early), MoveRefused)

    def test_objection_upheld_starts_over(self, stage: Stage) -> None:
        """异议未答复不能期满；成立则中止并重新公示。"""
        stage.reviewed().with_sittings().arranged().held().scored().announced()
        shown, at = PublicNotice.objects.get(case=stage.plan.number), moment(date(2026, 3, 26), 9)
        made = make_objection(notice_number=shown.number, name="李某", phone="10000000001", content="分数有误", by=stage.cast.lv, at=at)
        late = moment(date(2026, 4, 1), 0, 1)
        refuses(stage, "异议没有答复", lambda: confirm_results(plan_number=stage.plan.number, by=PLATFORM, at=late))
        call: dict[str, Any] = {"number": made.number, "by": stage.cast.qian, "at": at}
        refuses(stage, "核查情况", lambda: answer_objection(upheld=True, answer=" ", **call))
        assert answer_objection(upheld=True, answer="登分有误", **call).state == PlanState.HELD
        shown.refresh_from_db()
        assert shown.outcome == "中止"
        unlock_scores(plan_number=stage.plan.number, reason="异议成立", by=stage.cast.qian, at=at)
        correct_score(
            plan_number=stage.plan.number,
            ticket=stage.tickets()[0],
            part=Part.THEORY,
            mark=Decimal(90),
            reason="异议成立",
            by=stage.cast.sun,
            at=at,
        )
        conclude(plan_number=stage.plan.number, by=stage.cast.sun, at=at)
        stage.checked(at.date())
        announce_results(plan_number=stage.plan.number, by=stage.cast.qian, at=at)
        stage._again().confirmed_on(moment(date(2026, 4, 3), 1))
        assert stage.certified().plan.state == PlanState.CERTIFIED

    def test_objection_rejected_changes_nothing(self, stage: Stage) -> None:
        """异议不成立；公示继续。"""
        stage.reviewed().with_sittings().arranged().held().scored().announced()
        shown, at = PublicNotice.objects.get(case=stage.plan.number), moment(date(2026, 3, 26), 9)
        made = make_objection(notice_number=shown.number, name="李某", phone="10000000001", content="分数有误", by=stage.cast.lv, at=at)
        plan = answer_objection(number=made.number, upheld=False, answer="经复核无误", by=stage.cast.sun, at=at)
        assert plan.state == PlanState.ANNOUNCED
        refuses(stage, "已答复", lambda: answer_objection(number=made.number, upheld=False, answer="再答", by=stage.cast.sun, at=at))

    def test_withdrawing_needs_a_reason(self, stage: Stage) -> None:
        """自行中止须有原因。"""
        stage.reviewed().with_sittings().arranged().held().scored().announced()
        at = moment(date(2026, 3, 26), 9)
        refuses(stage, "原因", lambda: withdraw_results(plan_number=stage.plan.number, reason="", by=stage.cast.sun, at=at))
        assert withdraw_results(plan_number=stage.plan.number, reason="自查发现登分错误", by=stage.cast.sun, at=at).state == PlanState.HELD


class TestIssue:
    def test_no_number_without_site_code(self, cast: Cast) -> None:
        """没有站点代码。"""
        stage = Stage(cast).reviewed().with_sittings().arranged().held().scored().announced().confirmed()
        type(cast.body_a).objects.update(site_code=None)  # a plan cannot begin without one; issuing does not rely on that
        at = moment(date(2026, 4, 1), 9)
        told = refuses(stage, "站点序列码", lambda: issue_certificates(plan_number=stage.plan.number, by=cast.qian, at=at))
        assert told.clause is not None
        assert "编码规则" in str(told.clause)
        assert not Certificate.objects.exists()

    def test_issuing_again_doubles_nothing(self, stage: Stage) -> None:
        """再次核发不会重复。"""
        stage.all_the_way()
        first = sorted(Certificate.objects.values_list("number", flat=True))
        again = issue_certificates(plan_number=stage.plan.number, by=stage.cast.qian, at=moment(date(2026, 4, 2), 9))
        assert sorted(one.certificate_number for one in again) == first
        assert Certificate.objects.count() == len(first)

    def test_a_plan_made_before_the_body_changed_kind_is_numbered_as_filed(self, stage: Stage) -> None:
        """机构改为社会培训评价组织以前按企业备案编制的计划，证书编号首位仍为Y。"""
        stage.reviewed().with_sittings().arranged().held().scored().announced().confirmed()
        Filing.objects.filter(pk=stage.plan.scope_item.filing_id).update(route="district_enterprise")
        change_kind(body=stage.cast.body_a, kind=BodyKind.SOCIAL, case="XH2026000001", by=PLATFORM, at=moment(date(2026, 4, 1), 8))
        outcomes = issue_certificates(plan_number=stage.plan.number, by=stage.cast.qian, at=moment(date(2026, 4, 1), 10))
        assert {one.certificate_number[:13] for one in outcomes} == {"Y000031300001"}

    def test_holder_of_this_level_is_refused(self, cast: Cast) -> None:
        """已有本等级有效证书的不重复发证。"""
        first = Stage(cast, people=1).reviewed().with_sittings().arranged().held().scored().announced().confirmed()
        second = Stage(cast, people=2).reviewed()
        first.certified()
        # Both were registered before either certificate existed; the second is held a little later on the same day.
        other = second.plan.venue.rooms.filter(purpose="theory").order_by("pk")[1]
        for part, room, hours, duty, few in (
            (Part.THEORY, other.pk, (9, 11), "invigilator", slice(2, 4)),
            (Part.PRACTICAL, second.plan.venue.rooms.get(purpose="practical").pk, (15, 17), "assessor", slice(3, 6)),
        ):
            supervisor = second.staff("internal_supervisor")[0]
            terms = SittingTerms(part, room, moment(EXAM_ON, hours[0]), moment(EXAM_ON, hours[1]), second.staff(duty)[few], supervisor)
            add_sitting(plan_number=second.plan.number, terms=terms, by=cast.sun, at=cast.at)
        second.arranged()
        second.held().scored().announced().confirmed()
        outcomes = issue_certificates(plan_number=second.plan.number, by=cast.qian, at=moment(date(2026, 4, 1), 10))
        assert sorted(bool(one.certificate_number) for one in outcomes) == [False, True]
        refused = next(one for one in outcomes if one.sentence)
        assert "已持有本职业五级/初级工的有效证书（Y000031300001265000001" in refused.sentence
        assert Certificate.objects.get(plan_number=second.plan.number).number.endswith("000002")


@pytest.mark.parametrize(
    ("who", "words"),
    [
        pytest.param("lin", "办理", id="备案经办人"),
        pytest.param("wang", "办理", id="区质量督导员"),
        pytest.param("shi", "只能办理本机构", id="别家机构"),
    ],
)
def test_wrong_people_can_do_nothing(stage: Stage, who: str, words: str) -> None:
    """无权的人什么也办不了。"""
    stage.reviewed().with_sittings()
    by, at, number = getattr(stage.cast, who), stage.cast.at, stage.plan.number
    terms = SittingTerms(Part.THEORY, stage.sittings()[0].room_id, moment(EXAM_ON, 12), moment(EXAM_ON, 14))
    sitting, ticket = stage.sittings()[0].number, "0"
    calls = [
        lambda: add_sitting(plan_number=number, terms=terms, by=by, at=at),
        lambda: remove_sitting(sitting_number=sitting, by=by, at=at),
        lambda: assign_seats(plan_number=number, by=by, at=at),
        lambda: arrange(plan_number=number, by=by, at=at),
        lambda: rearrange(plan_number=number, reason="理由", by=by, at=at),
        lambda: note_attendance(sitting_number=sitting, marks={}, by=by, at=at),
        lambda: close_sittings(plan_number=number, by=by, at=at),
        lambda: enter_scores(plan_number=number, lines=[], by=by, at=at),
        lambda: correct_score(plan_number=number, ticket=ticket, part=Part.THEORY, mark=Decimal(1), reason="理由", by=by, at=at),
        lambda: conclude(plan_number=number, by=by, at=at),
        lambda: key_scores(plan_number=number, lines=[], by=by, at=at),
        lambda: compare_keyings(plan_number=number, by=by, at=at),
        lambda: settle_difference(plan_number=number, ticket=ticket, part=Part.THEORY, mark=Decimal(1), reason="理由", by=by, at=at),
        lambda: unlock_scores(plan_number=number, reason="理由", by=by, at=at),
        lambda: draw_review(plan_number=number, secret=b"1" * 32, by=by, at=at),
        lambda: settle_found(plan_number=number, ticket=ticket, part=Part.THEORY, mark=Decimal(1), reason="理由", by=by, at=at),
        lambda: ask_remark(plan_number=number, ticket=ticket, part=Part.THEORY, reason="理由", by=by, at=at),
        lambda: announce_results(plan_number=number, by=by, at=at),
        lambda: withdraw_results(plan_number=number, reason="理由", by=by, at=at),
        lambda: confirm_results(plan_number=number, by=by, at=at),
        lambda: issue_certificates(plan_number=number, by=by, at=at),
    ]
    for call in calls:
        told = refuses(stage, "", call, NotAllowed)
        assert words in str(told) or "负责人" in str(told) or "平台" in str(told)


def test_planner_neither_announces_nor_issues(stage: Stage) -> None:
    """经办人不能公示和发证。"""
    stage.reviewed().with_sittings().arranged().held().scored()
    at = moment(date(2026, 3, 24), 9)
    refuses(stage, "机构负责人", lambda: announce_results(plan_number=stage.plan.number, by=stage.cast.sun, at=at), NotAllowed)
    refuses(stage, "机构负责人", lambda: issue_certificates(plan_number=stage.plan.number, by=stage.cast.sun, at=at), NotAllowed)


def test_wrong_state_allows_nothing(stage: Stage) -> None:
    """状态不对什么也办不了。"""
    at, number, sun, qian = stage.cast.at, stage.plan.number, stage.cast.sun, stage.cast.qian
    calls = [
        lambda: add_sitting(plan_number=number, terms=SittingTerms(Part.THEORY, 1, at, at), by=sun, at=at),
        lambda: assign_seats(plan_number=number, by=sun, at=at),
        lambda: arrange(plan_number=number, by=sun, at=at),
        lambda: rearrange(plan_number=number, reason="理由", by=sun, at=at),
        lambda: close_sittings(plan_number=number, by=sun, at=at),
        lambda: enter_scores(plan_number=number, lines=[], by=sun, at=at),
        lambda: conclude(plan_number=number, by=sun, at=at),
        lambda: key_scores(plan_number=number, lines=[], by=sun, at=at),
        lambda: unlock_scores(plan_number=number, reason="理由", by=qian, at=at),
        lambda: draw_review(plan_number=number, secret=b"1" * 32, by=sun, at=at),
        lambda: look_again(plan_number=number, lines=[], by=sun, at=at),
        lambda: announce_results(plan_number=number, by=qian, at=at),
        lambda: withdraw_results(plan_number=number, reason="理由", by=sun, at=at),
        lambda: confirm_results(plan_number=number, by=PLATFORM, at=at),
        lambda: issue_certificates(plan_number=number, by=qian, at=at),
    ]
    for call in calls:
        refuses(stage, "当前为“编制中”", call, MoveRefused)


def refuses(stage: Stage, words: str, call, kind: type[Refusal] = Refusal) -> Refusal:
    """Check that `call` refuses with these words and leaves rows and ledger as they were; give the refusal."""
    before = picture(stage)
    with pytest.raises(kind) as caught:
        call()
    assert words in str(caught.value), str(caught.value)
    assert picture(stage) == before
    return caught.value


def picture(stage: Stage) -> list[object]:
    """Give everything an evaluation writes."""
    stage.plan.refresh_from_db()
    return [
        stage.plan.state,
        list(Seat.objects.order_by("pk").values()),
        [(sitting.pk, sitting.invigilators, sitting.supervisor_id) for sitting in stage.sittings()],
        list(ScoreEntry.objects.order_by("pk").values()),
        list(Candidate.objects.order_by("pk").values("state", "result", "ticket_number")),
        list(PublicNotice.objects.order_by("pk").values("closed_at", "outcome")),
        list(Certificate.objects.order_by("pk").values("number", "state")),
        list(Task.objects.order_by("pk").values("matter", "closed_at")),
        Entry.objects.count(),
    ]
