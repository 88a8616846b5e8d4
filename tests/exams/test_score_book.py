"""登分全程: two people type, what differs is settled, scores are locked, drawn, looked at again, objected to, put right; is nothing overwritten?"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import Cast, set_up
from tests.exams.stage import Stage, moment, stage_again
from tests.refusing import refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM, VISITOR, Actor
from touchstone.exams.models import Candidate, Keying, ReviewedScore, ScoreEntry, ScoreReview
from touchstone.exams.operations.keying import Compared, compare_keyings, key_scores, settle_difference
from touchstone.exams.operations.locking import unlock_scores
from touchstone.exams.operations.remarks import answer_remark, ask_remark
from touchstone.exams.operations.results import announce_results, answer_objection, conclude, confirm_results
from touchstone.exams.operations.score_review import Seen, draw_review, look_again, settle_found
from touchstone.exams.operations.scores import ScoreLine, correct_score, enter_scores
from touchstone.exams.queries.results import corrections
from touchstone.exams.queries.score_book import differences, keyed, review_rows
from touchstone.exams.states import Part, PlanState
from touchstone.ledger.models import Entry
from touchstone.notices.models import PublicNotice
from touchstone.notices.operations import make_objection
from touchstone.tasks.models import Task
from touchstone.trust.draw_records import draw_again

pytestmark = pytest.mark.django_db
AT = moment(date(2026, 3, 23), 10)
LATER = moment(date(2026, 3, 26), 9)


@pytest.fixture
def stage() -> Stage:
    """Give a plan whose exam was held yesterday but one, three people, one of them absent; built once."""
    return stage_again(("held", 1), lambda: Stage(set_up()).reviewed().with_sittings().arranged().held(absent=1))


def types(stage: Stage, by: Actor, *marks: tuple[str, str]) -> None:
    """Somebody types theory and practical of everybody who came."""
    lines = [ScoreLine(ticket, {Part.THEORY: Decimal(a), Part.PRACTICAL: Decimal(b)}) for ticket, (a, b) in zip(stage.tickets(), marks, strict=False)]
    done = key_scores(plan_number=stage.plan.number, lines=lines, by=by, at=AT)
    assert all(one.done for one in done), done


def refuses(words: str, call: Any) -> None:
    refused_and_nothing_changed(call, words, "exams")


class TestTwoPeopleType:
    def test_one_person_is_not_enough(self, stage: Stage) -> None:
        """一人录入不算；导入成绩表照常。"""
        lines = [ScoreLine(stage.tickets()[0], {Part.THEORY: Decimal(80)})]
        refuses("2人各自独立录入", lambda: enter_scores(plan_number=stage.plan.number, lines=lines, by=stage.cast.sun, at=AT, typed=True))
        assert enter_scores(plan_number=stage.plan.number, lines=lines, by=stage.cast.sun, at=AT)[0].done

    def test_what_agrees_is_entered_and_what_differs_is_looked_at_a_third_time(self, stage: Stage) -> None:
        """两人录入一致的入库；不一致的列出，看过原卷写明理由后入库；缺考不用录。"""
        sun, qian, number = stage.cast.sun, stage.cast.qian, stage.plan.number
        first, second, _ = stage.tickets()
        types(stage, sun, ("80", "85"), ("59", "70"))
        refuses("4项成绩没有由两人都录入", lambda: compare_keyings(plan_number=number, by=sun, at=AT))
        types(stage, qian, ("80", "85"), ("95", "70"))
        assert not ScoreEntry.objects.exists() and differences(stage.plan) == []
        assert compare_keyings(plan_number=number, by=sun, at=AT) == Compared(3, 1)
        refuses("已经比对", lambda: compare_keyings(plan_number=number, by=sun, at=AT))
        (differs,) = differences(stage.plan)
        assert (differs.candidate.ticket_number, differs.first.value, differs.second.value) == (second, Decimal(59), Decimal(95))
        refuses("1名考生的成绩没有录齐", lambda: conclude(plan_number=number, by=sun, at=AT))
        call: dict[str, Any] = {"plan_number": number, "ticket": second, "part": Part.THEORY, "by": sun, "at": AT}
        refuses("第三次核对", lambda: settle_difference(mark=Decimal(59), reason=" ", **call))
        refuses("不在0至100", lambda: settle_difference(mark=Decimal(159), reason="见答题卡", **call))
        settle_difference(mark=Decimal("59.0"), reason="见第2袋答题卡", **call)
        refuses("没有等待核实", lambda: settle_difference(mark=Decimal(59), reason="见答题卡", **call))
        entry = ScoreEntry.objects.get(candidate__ticket_number=second, part="theory")
        assert (entry.source, entry.value, entry.reason) == ("twice", Decimal(59), "见第2袋答题卡")
        assert "59分和95分" in entry.findings[1]["reason"]
        assert corrections(stage.plan) == []
        (row,) = key_scores(plan_number=number, lines=[ScoreLine(first, {Part.THEORY: Decimal(81)})], by=sun, at=AT)
        assert "更正成绩" in row.sentence
        assert conclude(plan_number=number, by=sun, at=AT) == {"passed": 1, "failed": 1, "absent": 1}

    def test_each_sees_only_their_own_and_may_type_anew(self, stage: Stage) -> None:
        """比对以前自己可以改录，旧的保留；第三人不再录入；填缺考、超满分、重复提交各有说法。"""
        sun, qian, lin, number = stage.cast.sun, stage.cast.qian, stage.cast.lin, stage.plan.number
        first, _, gone = stage.tickets()
        types(stage, sun, ("80", "85"))
        types(stage, sun, ("82", "85"))
        kept_all = list(Keying.objects.order_by("id").values_list("value", "turn", "replaced_at"))
        assert kept_all == [(Decimal(80), 1, AT), (Decimal(85), 1, None), (Decimal(82), 1, None)]
        types(stage, qian, ("82", "85"))
        assert keyed(stage.plan, sun.user_id).own == 2 and keyed(stage.plan, qian.user_id).twice == 2
        told = [
            key_scores(plan_number=number, lines=[ScoreLine(ticket, {Part.THEORY: mark})], by=by, at=AT)[0].sentence
            for ticket, mark, by in (
                (gone, Decimal(60), sun), (first, None, sun), (first, Decimal(101), sun), ("0", Decimal(1), sun), (first, Decimal(82), qian)
            )
        ]  # fmt: skip
        assert ["登记为缺考" in told[0], "登记为已到考" in told[1], "不在0至100" in told[2], "不在本计划" in told[3], told[4]] == [True] * 4 + [""]
        refuses("登记", lambda: key_scores(plan_number=number, lines=[], by=lin, at=AT))

    def test_asked_twice_it_is_typed_once(self, stage: Stage) -> None:
        """同一请求重复提交，只有一次效果。"""
        types(stage, stage.cast.sun, ("80", "85"))
        types(stage, stage.cast.sun, ("80", "85"))
        assert Keying.objects.count() == 2

    def test_nothing_is_compared_before_anybody_typed(self, stage: Stage) -> None:
        refuses("还没有人录入", lambda: compare_keyings(plan_number=stage.plan.number, by=stage.cast.sun, at=AT))


class TestLockAndReview:
    def entered(self, stage: Stage) -> Stage:
        """Both typed the same, and the results are concluded."""
        for by in (stage.cast.sun, stage.cast.qian):
            types(stage, by, ("80", "85"), ("75", "70"))
        compare_keyings(plan_number=stage.plan.number, by=stage.cast.sun, at=AT)
        conclude(plan_number=stage.plan.number, by=stage.cast.sun, at=AT)
        return stage

    def test_locked_scores_change_no_more(self, stage: Stage) -> None:
        """核定即锁定：不能录入、更正；只有负责人写明理由能解锁，解锁后重新核定、重新抽查。"""
        self.entered(stage)
        sun, number, ticket = stage.cast.sun, stage.plan.number, stage.tickets()[0]
        call: dict[str, Any] = {"plan_number": number, "at": AT}
        refuses("已经锁定", lambda: correct_score(ticket=ticket, part=Part.THEORY, mark=Decimal(90), reason="笔误", by=sun, **call))
        refuses("已经锁定", lambda: enter_scores(lines=[], by=sun, **call))
        refuses("已经锁定", lambda: key_scores(lines=[], by=sun, **call))
        refuses("机构负责人", lambda: unlock_scores(reason="自查", by=sun, **call))
        refuses("理由", lambda: unlock_scores(reason=" ", by=stage.cast.qian, **call))
        stage.checked()
        unlock_scores(reason="自查发现登分错误", by=stage.cast.qian, **call)
        refuses("没有锁定", lambda: unlock_scores(reason="再来", by=stage.cast.qian, **call))
        refuses("没有核定并锁定", lambda: announce_results(by=stage.cast.qian, **call))
        correct_score(ticket=ticket, part=Part.THEORY, mark=Decimal(90), reason="笔误", by=sun, **call)
        conclude(by=sun, **call)
        refuses("还没有抽取复核样本", lambda: announce_results(by=stage.cast.qian, **call))
        assert stage.checked().announced().plan.state == PlanState.ANNOUNCED
        assert ScoreReview.objects.count() == 2
        assert not Task.objects.filter(case=number, matter="review_scores", closed_at__isnull=True).exists()

    def test_drawn_by_chance_and_read_by_somebody_else(self, stage: Stage) -> None:
        """抽签可以重演；录入过的人不能复核；没有抽中的不用复核；复核完才能公示。"""
        self.entered(stage)
        number, qian, lin = stage.plan.number, stage.cast.qian, stage.cast.lin
        refuses("还没有抽取", lambda: look_again(plan_number=number, lines=[], by=lin, at=AT))
        review = draw_review(plan_number=number, secret=b"s" * 32, by=stage.cast.sun, at=AT)
        refuses("已经抽取", lambda: draw_review(plan_number=number, secret=b"t" * 32, by=stage.cast.sun, at=AT))
        assert all(draw_again(one)["differs"] == [] for one in review.draws) and len(review.draws) == 2
        refuses("4份没有复核", lambda: announce_results(plan_number=number, by=qian, at=AT))
        first, gone = stage.tickets()[0], stage.tickets()[-1]
        lines = [Seen(first, Part.THEORY, Decimal(80)), Seen(gone, Part.THEORY, Decimal(80))]
        told = look_again(plan_number=number, lines=lines, by=qian, at=AT)
        assert ["不能由您复核" in told[0].sentence, "没有抽中" in told[1].sentence] == [True, True]
        assert look_again(plan_number=number, lines=lines[:1], by=lin, at=AT)[0].sentence == "一致"
        assert look_again(plan_number=number, lines=lines[:1], by=lin, at=AT)[0].sentence == "一致"
        (other,) = look_again(plan_number=number, lines=[Seen(first, Part.THEORY, Decimal(81))], by=lin, at=AT)
        assert "不能再改" in other.sentence
        assert Entry.objects.filter(event="scores.looked_again").count() == 4

    def test_an_error_beyond_the_limit_makes_the_whole_batch_be_looked_at(self, cast: Cast) -> None:
        """五人的成绩每科抽三份；查实一处差错，其余全部复核；看错的不算差错。"""
        stage = Stage(cast, people=5).reviewed().with_sittings().arranged().held()
        number, sun, lin = stage.plan.number, cast.sun, cast.lin
        marks = {Part.THEORY: Decimal(80), Part.PRACTICAL: Decimal(85)}
        enter_scores(plan_number=number, lines=[ScoreLine(ticket, marks) for ticket in stage.tickets()], by=sun, at=AT)
        conclude(plan_number=number, by=sun, at=AT)
        rows = review_rows(draw_review(plan_number=number, secret=b"s" * 32, by=sun, at=AT))
        assert len(rows) == 6
        shown = [(one.entry.candidate.ticket_number or "", Part(one.entry.part), one.entry.value) for one in rows]
        seen = [Seen(ticket, part, mark + (n < 2)) for n, (ticket, part, mark) in enumerate(shown)]
        look_again(plan_number=number, lines=seen, by=lin, at=AT)
        refuses("2处不一致", lambda: announce_results(plan_number=number, by=cast.qian, at=AT))
        call: dict[str, Any] = {"plan_number": number, "by": sun, "at": AT}
        refuses("写明核实", lambda: settle_found(ticket=shown[0][0], part=shown[0][1], mark=shown[0][2], reason="", **call))
        settle_found(ticket=shown[0][0], part=shown[0][1], mark=shown[0][2], reason="复核人看错一行", **call)
        assert ReviewedScore.objects.count() == 6
        settle_found(ticket=shown[1][0], part=shown[1][1], mark=shown[1][2] + 1, reason="见答题卡", **call)
        rest = list(ReviewedScore.objects.filter(outcome="waiting"))
        assert len(rest) == 4 and {one.why for one in rest} == {"whole"}
        assert [str(one.former) for one in corrections(stage.plan)] == [str(shown[1][2])]  # type: ignore[attr-defined]
        again = [Seen(one.entry.candidate.ticket_number or "", Part(one.entry.part), one.entry.value) for one in rest]
        look_again(plan_number=number, lines=again, by=lin, at=AT)
        refuses("复核已经完毕", lambda: look_again(plan_number=number, lines=again, by=lin, at=AT))
        refuses("没有成绩结论", lambda: announce_results(plan_number=number, by=cast.qian, at=AT))
        conclude(**call)
        assert announce_results(plan_number=number, by=cast.qian, at=AT).state == PlanState.ANNOUNCED

    def test_what_two_had_typed_differently_is_always_looked_at(self, stage: Stage) -> None:
        """录入不一致的，不论抽中与否都复核。"""
        types(stage, stage.cast.sun, ("80", "85"), ("75", "70"))
        types(stage, stage.cast.qian, ("80", "85"), ("57", "70"))
        number, ticket = stage.plan.number, stage.tickets()[1]
        compare_keyings(plan_number=number, by=stage.cast.sun, at=AT)
        settle_difference(plan_number=number, ticket=ticket, part=Part.THEORY, mark=Decimal(75), reason="见答题卡", by=stage.cast.sun, at=AT)
        conclude(plan_number=number, by=stage.cast.sun, at=AT)
        rows = review_rows(draw_review(plan_number=number, secret=b"s" * 32, by=stage.cast.sun, at=AT))
        assert (ticket, "theory") in {(one.entry.candidate.ticket_number, one.entry.part) for one in rows}


class TestRemark:
    @pytest.fixture
    def announced(self, stage: Stage) -> Stage:
        """Results stand before the public; the second failed theory with 58."""
        return stage.scored(("80", "85"), ("58", "70")).announced()

    def objected(self, stage: Stage) -> str:
        """Somebody objects."""
        shown = PublicNotice.objects.get(case=stage.plan.number)
        return make_objection(notice_number=shown.number, name="李某", phone="10000000001", content="理论应为68分", by=stage.cast.lv, at=LATER).number

    def asks(self, stage: Stage, objection: str = "") -> dict[str, Any]:
        about: dict[str, Any] = {"plan_number": stage.plan.number, "ticket": stage.tickets()[1], "part": Part.THEORY, "at": LATER}
        ask_remark(reason="考生对理论成绩有异议", objection=objection, by=stage.cast.sun, **about)
        return about

    def test_an_error_found_by_an_objection_is_a_new_fact(self, announced: Stage) -> None:
        """异议 → 复核 → 有误：中止公示，更正为新的事实，告知考生；重新核定、公示，期满发证；不必重新抽查。"""
        stage, cast = announced, announced.cast
        objection = self.objected(stage)
        about = self.asks(stage, objection)
        early = moment(date(2026, 4, 1), 0, 1)
        refuses("正在复核", lambda: confirm_results(plan_number=stage.plan.number, by=PLATFORM, at=early))
        refuses("复核正在进行", lambda: ask_remark(reason="再来", by=cast.sun, **about))
        refuses("不能由您", lambda: (None, answer_remark(mark=Decimal(68), words="见答题卡", by=cast.sun, **about))[0])
        refuses("写明复核", lambda: answer_remark(mark=Decimal(68), words=" ", by=cast.lin, **about))
        answer_remark(mark=Decimal(68), words="经核对答题卡，第12题漏计10分", by=cast.lin, **about)
        stage._again()
        assert stage.plan.state == PlanState.HELD
        told = Entry.objects.get(event="remark.answered")
        assert (told.subject, told.detail["from"], told.detail["to"]) == (Candidate.objects.get(ticket_number=about["ticket"]).number, "58.0", "68")
        found = ScoreEntry.objects.filter(candidate__ticket_number=about["ticket"], part="theory").order_by("id")
        assert list(found.values_list("value", flat=True)) == [58, 68]
        answer_objection(number=objection, upheld=True, answer="已更正为68分", by=cast.sun, at=LATER)
        conclude(plan_number=stage.plan.number, by=cast.sun, at=LATER)
        announce_results(plan_number=stage.plan.number, by=cast.qian, at=LATER)
        assert stage._again().confirmed_on(moment(date(2026, 4, 3), 1)).certified().plan.state == PlanState.CERTIFIED

    def test_a_score_that_was_right_stands(self, announced: Stage) -> None:
        """复核无误：公示继续，结果告知考生；复核没有办结，公示不结束。"""
        stage, cast = announced, announced.cast
        about = self.asks(stage)
        early = moment(date(2026, 4, 1), 0, 1)
        refuses("正在复核", lambda: confirm_results(plan_number=stage.plan.number, by=PLATFORM, at=early))
        answer_remark(mark=Decimal(58), words="经核对答题卡，计分无误", by=cast.lin, **about)
        refuses("没有等待核对", lambda: answer_remark(mark=Decimal(58), words="再来", by=cast.lin, **about))
        assert stage._again().plan.state == PlanState.ANNOUNCED
        assert confirm_results(plan_number=stage.plan.number, by=PLATFORM, at=early).state == PlanState.CONFIRMED
        refuses("当前为", lambda: self.asks(stage))

    def test_others_ask_and_answer_nothing(self, announced: Stage) -> None:
        """别家机构、区里、没有登录的人，不能提出或办理复核。"""
        stage = announced
        about = self.asks(stage)
        for by in (stage.cast.shi, stage.cast.wang, VISITOR):
            refuses("本机构|评价机构", lambda by=by: answer_remark(mark=Decimal(58), words="无误", by=by, **about))
            refuses("本机构|评价机构", lambda by=by: ask_remark(reason="x", by=by, **about))
        refuses("没有这件", lambda: ask_remark(reason="x", objection="YY0", by=stage.cast.sun, **about))
