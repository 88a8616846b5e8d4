"""考评评分: is what assessors give on phones kept once, unseen by others, by those sent only, and does it come to one score?"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.exams.judging import AT_ONE, POINTS, Bench, bench_again, corps_actor, drawn_again, sheet_set
from tests.exams.stage import EXAM_ON, Stage, moment
from tests.experts.people import enter_assessors
from touchstone.accounts.actor import VISITOR, Actor, NotAllowed
from touchstone.exams.models import Marking, MarkPhoto, MarkSending, PointMark, ScoreEntry, ScoringSheet
from touchstone.exams.operations.attendance import close_sittings, note_attendance
from touchstone.exams.operations.day import close_sitting, correct_sign_in
from touchstone.exams.operations.marks import MarksChanged, Sent, attach_mark_photo, send_marks
from touchstone.exams.operations.remarks import ask_remark
from touchstone.exams.operations.reserve import ask_for_reserve
from touchstone.exams.operations.results import conclude
from touchstone.exams.operations.scores import ScoreLine, correct_score, enter_scores
from touchstone.exams.operations.scoring_sheets import PointLine, set_scoring_sheet, set_sheet_from_paper, take_scoring_workbook
from touchstone.exams.operations.taking_marks import take_marks
from touchstone.exams.queries.marks import Stands, panels, standing_marks
from touchstone.exams.states import Part
from touchstone.experts import operations as experts
from touchstone.experts.models import Assignment
from touchstone.experts.queries.dispatch import users_sent
from touchstone.jobs.messages import words_of
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.sheets.scoring import scoring_template

GOOD, NEAR, FAR = ("38", "36", "18"), ("37", "37", "18.5"), ("20", "20", "10")
EVENING = moment(EXAM_ON, 17)


@pytest.fixture
def stage(db: None) -> Stage:
    """Give a plan whose three assessors are drawn."""
    return drawn_again()


@pytest.fixture
def bench(db: None) -> Bench:
    """Give the practical exam on its day."""
    return bench_again()


def refuses(words: str, call: Any, kind: type[Refusal] = Refusal) -> None:
    """Expect a refusal that says why, and nothing changed: neither marks nor the ledger."""
    def held() -> tuple[int, ...]:
        return tuple(one.objects.count() for one in (Entry, MarkSending, PointMark, ScoreEntry, ScoringSheet))

    before = held()
    with pytest.raises(kind) as told:
        call()
    assert words in f"{told.value} {told.value.next_step}"
    assert held() == before


def over(bench: Bench) -> None:
    """Close the exam."""
    stage = bench.stage
    for one in stage.sittings():
        note_attendance(sitting_number=one.number, marks=dict.fromkeys(stage.tickets(), True), by=stage.cast.sun, at=one.ends_at)
        close_sitting(sitting_number=one.number, by=stage.cast.sun, at=one.ends_at)
    close_sittings(plan_number=stage.plan.number, by=stage.cast.sun, at=EVENING)


def everybody(bench: Bench, place: int, *given: tuple[str, str, str]) -> None:
    """Let the three assessors mark one candidate."""
    for who, marks in enumerate(given):
        bench.gives(who, marks, place)


class TestTheSheet:
    def test_in_versions_until_it_is_opened(self, stage: Stage) -> None:
        """每次设定是新的一版；开考后不能再改。"""
        sheet_set(stage)
        sheet_set(stage)
        number = stage.sittings()[1].number
        assert list(ScoringSheet.objects.values_list("version", flat=True)) == [1, 2]
        stage.opened()
        call = {"sitting_number": number, "points": POINTS, "origin": "", "at": AT_ONE}
        refuses("已经开考", lambda: set_scoring_sheet(by=stage.cast.sun, **call))  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("points", "words"),
        [
            pytest.param((PointLine("外圆", Decimal(99)),), "合计99分", id="不足满分"),
            pytest.param((PointLine("", Decimal(100)),), "没有写明考核内容", id="没有内容"),
            pytest.param((), "还没有评分点", id="空表"),
        ],
    )
    def test_adds_up(self, stage: Stage, points: tuple[PointLine, ...], words: str) -> None:
        """合计不是满分、没有内容的不收。"""
        number = stage.sittings()[1].number
        refuses(words, lambda: set_scoring_sheet(sitting_number=number, points=points, origin="", by=stage.cast.sun, at=stage.cast.at))

    def test_from_a_filled_template(self, stage: Stage) -> None:
        """按模板填写的表格整份采用；有一行不对、合计不对的整份不收，说明是哪一行。"""
        call: dict[str, Any] = {"sitting_number": stage.sittings()[1].number, "name": "评分表.xlsx", "by": stage.cast.sun, "at": stage.cast.at}
        whole = [("加工", "外圆直径符合图样", "60", "每超差0.01毫米扣5分"), ("现场", "安全文明生产", "40", "")]
        made = take_scoring_workbook(content=scoring_template(whole), **call)
        assert [(one["group"], one["points"]) for one in made.points] == [("加工", "60"), ("现场", "40")]
        refuses("合计60分", lambda: take_scoring_workbook(content=scoring_template(whole[:1]), **call))
        wrong = [("加工", "外圆直径符合图样", "六十", "")]
        refuses("分值“六十”应为大于0的数", lambda: take_scoring_workbook(content=scoring_template(wrong), **call))
        refuses("不能接收", lambda: take_scoring_workbook(content=b"x", **call | {"name": "评分表.doc"}))

    def test_of_the_body_only_and_not_for_theory(self, stage: Stage) -> None:
        """只由本机构考务人员设定；理论场次没有评分表；没有的试卷取不来评分点。"""
        theory, practical = (one.number for one in stage.sittings())
        call: dict[str, Any] = {"points": POINTS, "origin": "", "at": stage.cast.at}
        for by in (stage.cast.lin, stage.cast.shi, stage.cast.wang, VISITOR):
            refuses("", lambda by=by: set_scoring_sheet(sitting_number=practical, by=by, **call), NotAllowed)
        refuses("理论", lambda: set_scoring_sheet(sitting_number=theory, by=stage.cast.sun, **call))
        paper: dict[str, Any] = {"sitting_number": practical, "paper_number": "SJ-0", "letter": "A", "by": stage.cast.sun, "at": stage.cast.at}
        refuses("没有可用于本计划的试卷", lambda: set_sheet_from_paper(**paper))


class TestMarking:
    def test_kept_once_however_often_it_is_sent(self, bench: Bench) -> None:
        """同一次提交重发，不多一行；每次都有手机时间、收到时间、设备。"""
        first = bench.gives(0, GOOD, hands_in=False)
        bench.sent -= 1
        again = bench.gives(0, NEAR, hands_in=False)
        assert (again.pk, again.revision, MarkSending.objects.count(), PointMark.objects.count()) == (first.pk, 1, 1, 3)
        sending = MarkSending.objects.get()
        assert (sending.said_at, sending.at, sending.device) == (AT_ONE, AT_ONE, "phone-1")
        assert Entry.objects.filter(event="marks.sent").count() == 1

    def test_only_what_changed_is_a_new_row(self, bench: Bench) -> None:
        """再次保存，只多出改过的评分点，原来的不动。"""
        bench.gives(0, GOOD, hands_in=False)
        marking = bench.gives(0, ("38", "36", "15"), revision=1)
        rows = [(one.point, str(one.value)) for one in PointMark.objects.order_by("id")]
        assert rows == [("1", "38.0"), ("2", "36.0"), ("3", "18.0"), ("3", "15.0")]
        assert (marking.total, standing_marks([marking])[marking.pk]["3"].value) == (Decimal(89), Decimal(15))

    def test_two_devices(self, bench: Bench) -> None:
        """另一台设备先改了：后到的不覆盖，告知对照。"""
        bench.gives(0, GOOD, hands_in=False)
        refuses("另一台设备", lambda: bench.gives(0, NEAR, revision=0), MarksChanged)

    @pytest.mark.parametrize(
        ("marks", "words"),
        [pytest.param(("41", "36", "18"), "应在0至40分之间", id="超过分值"), pytest.param(("38.55", "36", "18"), "最多一位小数", id="两位小数")],
    )
    def test_marks_that_cannot_be(self, bench: Bench, marks: tuple[str, str, str], words: str) -> None:
        """给分超过该点分值、小数过多的不收。"""
        refuses(words, lambda: bench.gives(0, marks))

    def test_handed_in_whole_and_changed_with_a_reason(self, bench: Bench) -> None:
        """没有给全不能提交；提交后修改须写明理由，另记一条。"""
        refuses("还有2个没有给分", lambda: bench.gives(0, ("38",)))
        bench.gives(0, GOOD)
        refuses("须写明理由", lambda: bench.gives(0, NEAR, revision=1))
        changed = bench.gives(0, NEAR, revision=1, reason="复看照片，外圆应扣3分")
        assert (changed.total, changed.revision) == (Decimal("92.5"), 2)
        assert Entry.objects.get(event="marks.changed").reason == "复看照片，外圆应扣3分"

    def test_who_may_not(self, bench: Bench) -> None:
        """没有派来的、机构的人、别的场次、没有登录的，不能评分也不能加照片。"""
        call: dict[str, Any] = {"ticket": bench.ticket(), "at": AT_ONE}
        sent = Sent({"1": Stands(Decimal(1))}, "other")
        cast = bench.stage.cast
        theory = bench.stage.sittings()[0].number
        photo: dict[str, Any] = {"point": "1", "name": "a.png", "content": b"x", **call}
        own = bench.sitting.number

        def tries(by: Actor, number: str) -> None:
            refuses("派到本场", lambda: send_marks(sitting_number=number, sent=sent, by=by, **call), NotAllowed)
            refuses("派到本场", lambda: attach_mark_photo(sitting_number=number, by=by, **photo), NotAllowed)

        for by in (cast.sun, cast.wang, VISITOR):
            tries(by, own)
        tries(bench.assessors[0], theory)

    def test_not_before_signing_in(self, bench: Bench) -> None:
        """考评人员没有签到、本场没有开考、考生没有到考、没有评分表，都不能评分。"""
        bench.assignments[0].signed_in_at = None
        bench.assignments[0].save(update_fields=["signed_in_at"])
        refuses("还没有到场签到", lambda: bench.gives(0, GOOD), NotAllowed)
        correct_sign_in(
            sitting_number=bench.sitting.number, ticket=bench.ticket(), present=False, reason="替考被查", by=bench.stage.cast.sun, at=AT_ONE
        )
        refuses("登记为缺考", lambda: bench.gives(1, GOOD))
        ScoringSheet.objects.all().delete()
        refuses("没有设定评分表", lambda: bench.gives(1, GOOD, place=1))
        bench.sitting.opened_at = None
        bench.sitting.save(update_fields=["opened_at"])
        refuses("还没有开考", lambda: bench.gives(1, GOOD, place=1))

    def test_a_photo_is_kept_once_with_its_hash(self, bench: Bench) -> None:
        """照片先有评分才能加，同一张只留一次，留下原件和存件两个摘要。"""
        from tests.journeys.test_site_visit import PICTURE

        call: dict[str, Any] = {
            "sitting_number": bench.sitting.number, "ticket": bench.ticket(), "point": "1", "name": "工件.png", "content": PICTURE,
            "by": bench.assessors[0], "at": AT_ONE,
        }  # fmt: skip
        refuses("请先保存评分", lambda: attach_mark_photo(**call))
        bench.gives(0, GOOD, hands_in=False)
        first, again = attach_mark_photo(**call), attach_mark_photo(**call)
        assert first.pk == again.pk
        kept = MarkPhoto.objects.get()
        assert (len(kept.sha256), len(kept.sent_sha256), kept.attachment.sha256) == (64, 64, kept.sha256)


class TestThePanel:
    def test_nobody_knows_before_all_are_in(self, bench: Bench) -> None:
        """没有全部提交以前，不算分。"""
        bench.gives(0, GOOD)
        bench.gives(1, NEAR)
        seat = bench.sitting.seats.order_by("seat_number")[0]
        assert (panels(bench.sitting)[seat.pk].score.score, panels(bench.sitting)[seat.pk].handed_in) == (None, 2)
        bench.gives(2, NEAR)
        assert str(panels(bench.sitting)[seat.pk].score.score) == "92.3"

    def test_too_far_apart_is_reviewed(self, bench: Bench) -> None:
        """相差过大：记录由谁复评；只有他能复评，复评后偏离的不计。"""
        everybody(bench, 0, GOOD, NEAR, FAR)
        asked = Entry.objects.get(event="marks.review_asked")
        assert (asked.subject, "超过10分" in asked.detail["findings"][0]["reason"]) == (bench.assignments[0].number, True)
        assert words_of(asked) == (f"任务 {asked.subject} 有考生的评分相差过大，请您复评", f"/expert/assignments/{asked.subject}", True)
        assert users_sent(asked.subject, []) == [bench.assignments[0].member.person.user]
        refuses("不由您复评", lambda: bench.gives(1, NEAR, review=True))
        bench.gives(0, ("36", "36", "18"), review=True)
        seat = bench.sitting.seats.order_by("seat_number")[0]
        score = panels(bench.sitting)[seat.pk].score
        assert (str(score.score), len(score.counted)) == ("91.3", 2)
        assert Marking.objects.filter(seat=seat).count() == 4


    def test_a_reserve_is_drawn_to_review(self, bench: Bench) -> None:
        """相差过大时机构可以抽取一名备用考评人员：不在本场的人，接受后复评全部相差过大的，不给别的分；只抽一名，推辞后可以再抽。"""
        (spare,) = enter_assessors(1, bench.stage.cast.at, start=3)
        call: dict[str, Any] = {"sitting_number": bench.sitting.number, "at": AT_ONE}
        refuses("没有等待复评", lambda: ask_for_reserve(by=bench.stage.cast.sun, **call))
        everybody(bench, 0, GOOD, NEAR, FAR)
        for by in (bench.stage.cast.lin, bench.stage.cast.shi, bench.stage.cast.wang, bench.assessors[0]):
            refuses("", lambda by=by: ask_for_reserve(by=by, **call), NotAllowed)
        assert ask_for_reserve(by=bench.stage.cast.sun, **call) == 1
        sent = Assignment.objects.get(slot="reserve")
        assert (sent.member, sent.leads) == (spare, False)
        refuses("已经派出", lambda: ask_for_reserve(by=bench.stage.cast.sun, **call))
        by = corps_actor(spare.person, "spare", bench.stage)
        bench.assessors.append(by)
        refuses("还没有答复", lambda: bench.gives(3, NEAR, review=True), NotAllowed)
        experts.accept_assignment(number=sent.number, by=by, at=AT_ONE)
        refuses("只复评", lambda: bench.gives(3, NEAR))
        refuses("不由您复评", lambda: bench.gives(0, NEAR, review=True))
        bench.gives(3, ("36", "36", "18"), review=True)
        seat = bench.sitting.seats.order_by("seat_number")[0]
        score = panels(bench.sitting)[seat.pk].score
        assert (str(score.score), score.counted[0], len(score.counted)) == ("91.5", sent.number, 3)


class TestTakingThem:
    def test_one_score_from_all(self, bench: Bench) -> None:
        """考试结束后一次采用，逐人告知；未齐的不采用；再采用没有变化；核定结论用得上。"""
        sun, number = bench.stage.cast.sun, bench.stage.plan.number
        everybody(bench, 0, GOOD, NEAR, NEAR)
        everybody(bench, 1, GOOD, NEAR, FAR)
        over(bench)
        results = {one.key: one for one in take_marks(plan_number=number, by=sun, at=EVENING)}
        told = [results[bench.ticket(place)] for place in range(3)]
        assert [one.done for one in told] == [True, False, False]
        assert ["92.3分" in told[0].sentence, "等待复评" in told[1].sentence, "还没有考评人员评分" in told[2].sentence] == [True] * 3
        entry = ScoreEntry.objects.get()
        assert (entry.value, entry.source, bool(entry.findings)) == (Decimal("92.3"), "assessors", True)
        assert "没有变化" in take_marks(plan_number=number, by=sun, at=EVENING)[0].sentence
        assert Entry.objects.filter(event="scores.taken_from_assessors").count() == 2

    def test_nobody_types_what_assessors_gave(self, bench: Bench) -> None:
        """有考评人员评分的，不能录入、不能直接更正；没有的照常录入。"""
        sun, number = bench.stage.cast.sun, bench.stage.plan.number
        everybody(bench, 0, GOOD, NEAR, NEAR)
        over(bench)
        line = ScoreLine(bench.ticket(0), {Part.THEORY: Decimal(80), Part.PRACTICAL: Decimal(60)})
        (row,) = enter_scores(plan_number=number, lines=[line], by=sun, at=EVENING)
        assert (row.done, "由考评人员在手机上评分" in row.sentence) == (False, True)
        take_marks(plan_number=number, by=sun, at=EVENING)
        same = ScoreLine(bench.ticket(0), {Part.THEORY: Decimal(80), Part.PRACTICAL: Decimal("92.3")})
        other = ScoreLine(bench.ticket(1), {Part.THEORY: Decimal(80), Part.PRACTICAL: Decimal(70)})
        assert all(one.done for one in enter_scores(plan_number=number, lines=[same, other], by=sun, at=EVENING))
        wrong = {"ticket": bench.ticket(0), "part": Part.PRACTICAL, "mark": Decimal(60), "reason": "x", "plan_number": number}
        refuses("不能直接更正", lambda: correct_score(by=sun, at=EVENING, **wrong))  # type: ignore[arg-type]

    def test_changed_by_a_remark_only(self, bench: Bench) -> None:
        """采用以后不能自行改分；机构提出复核，考评人员写明理由更正，再次采用，原成绩保留。"""
        sun, number, ticket = bench.stage.cast.sun, bench.stage.plan.number, bench.ticket()
        everybody(bench, 0, GOOD, NEAR, NEAR)
        over(bench)
        again: dict[str, Any] = {"plan_number": number, "ticket": ticket, "part": Part.PRACTICAL, "by": sun, "at": EVENING}
        refuses("没有已经采用", lambda: ask_remark(reason="异议", **again))
        take_marks(plan_number=number, by=sun, at=EVENING)
        refuses("已经采用为成绩", lambda: bench.gives(0, NEAR, revision=1, reason="更正"))
        refuses("请填写复核理由", lambda: ask_remark(reason=" ", **again))
        ask_remark(reason="考生对外圆尺寸的评分有异议", **again)
        refuses("复核正在进行", lambda: ask_remark(reason="再来", **again))
        bench.gives(0, ("35", "36", "18"), revision=1, reason="重新测量，超差0.01")
        take_marks(plan_number=number, by=sun, at=EVENING)
        told = list(ScoreEntry.objects.order_by("id").values_list("value", "replaced_at", "reason"))
        assert told == [(Decimal("92.3"), EVENING, ""), (Decimal("91.3"), None, "复核：考生对外圆尺寸的评分有异议")]
        refuses("已经采用为成绩", lambda: bench.gives(0, NEAR, revision=2, reason="又改"))

    def test_others_take_nothing(self, bench: Bench) -> None:
        """别家机构、考评人员、没有登录的人，不能采用。"""
        everybody(bench, 0, GOOD, NEAR, NEAR)
        over(bench)
        for by in (bench.stage.cast.shi, bench.assessors[0], VISITOR):
            refuses("", lambda by=by: take_marks(plan_number=bench.stage.plan.number, by=by, at=EVENING), NotAllowed)

    def test_concluded_from_them(self, bench: Bench) -> None:
        """采用后与理论成绩一起核定结论；公示以后不再收评分。"""
        sun, number = bench.stage.cast.sun, bench.stage.plan.number
        for place in range(3):
            everybody(bench, place, GOOD, NEAR, NEAR)
        over(bench)
        take_marks(plan_number=number, by=sun, at=EVENING)
        lines = [ScoreLine(bench.ticket(place), {Part.THEORY: Decimal(80)}) for place in range(3)]
        enter_scores(plan_number=number, lines=lines, by=sun, at=EVENING)
        assert conclude(plan_number=number, by=sun, at=moment(date(2026, 3, 23), 9))["passed"] == 3
