"""综合评审: are papers handed in in time and read by the panel alone, is the defence on record, and does it come to a conclusion?"""

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pypdf import PdfReader

from tests.exams.paneling import STARTS, Review, day_again, drawn_again, on_the_day, pdf
from tests.exams.stage import EXAM_ON, moment
from touchstone.accounts import operations as accounts
from touchstone.accounts.actor import PLATFORM, VISITOR, Actor, NotAllowed
from touchstone.accounts.models import User
from touchstone.accounts.queries import actors_of
from touchstone.exams.facts.archive.result import result_papers
from touchstone.exams.models import Defence, DefenceQuestion, MinutesSignature, PanelPaper, PaperOpening, ScoreEntry
from touchstone.exams.operations import defences
from touchstone.exams.operations.candidate_desk import seat as candidate_desk
from touchstone.exams.operations.panel_papers import hand_in_paper, open_paper, take_back_paper
from touchstone.exams.operations.taking_marks import take_marks
from touchstone.exams.queries.panel import papers_of_plan
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry

LATE = moment(date(2026, 3, 16), 10)
MADE = (Entry, PanelPaper, PaperOpening, Defence, DefenceQuestion, MinutesSignature, ScoreEntry)


def refuses(words: str, call: Any, kind: type[Refusal] = Refusal) -> None:
    """Expect a refusal that says why, and nothing changed."""
    before = [one.objects.count() for one in MADE]
    with pytest.raises(kind) as told:
        call()
    assert words in f"{told.value} {told.value.next_step}"
    assert [one.objects.count() for one in MADE] == before


def oneself(review: Review, place: int = 0) -> Actor:
    """Give a candidate at their own desk."""
    person = review.candidate(place).person
    accounts.open_log_in(person=person, username=f"cand{place}", password="touchstone-demo", by=PLATFORM, at=review.stage.cast.at)
    candidate_desk(person, review.stage.cast.at)
    return actors_of(User.objects.get(person=person), EXAM_ON)[0]


@pytest.fixture
def review(db: None) -> Review:
    """Give a panel weeks before its day."""
    return drawn_again()


@pytest.fixture
def day(db: None) -> Review:
    """Give a panel on its day."""
    return day_again()


class TestPapers:
    def test_by_the_candidate_until_the_last_day(self, review: Review) -> None:
        """考生本人按期提交、替换、撤回；过期只能由机构写明理由代交。"""
        by, one = oneself(review), review.candidate()
        at = review.stage.cast.at
        call: dict[str, Any] = {"number": one.number, "kind": "summary", "title": "技术总结", "name": "总结.pdf", "by": by, "at": at}
        first = hand_in_paper(content=pdf(1), **call)
        second = hand_in_paper(content=pdf(2), **call)
        first.refresh_from_db()
        assert first.ended_at is not None and second.pages == 1
        third = hand_in_paper(content=pdf(3), **call | {"kind": "achievements", "title": "获奖证书"})
        take_back_paper(number=one.number, attachment=third.attachment.number, by=by, at=review.stage.cast.at)
        line = next(each for each in papers_of_plan(review.stage.plan) if each.candidate.pk == one.pk)
        assert [each.title for each in line.papers] == ["技术总结"]
        assert (line.finding.outcome, line.finding.ask_for) == ("unproven", "业绩材料")
        late: dict[str, Any] = call | {"kind": "achievements", "title": "获奖证书", "at": LATE}
        refuses("现已过期", lambda: hand_in_paper(content=pdf(4), **late | {"reason": "忘了"}))
        refuses("不能撤回", lambda: take_back_paper(number=one.number, attachment=second.attachment.number, by=by, at=LATE))
        refuses("现已过期", lambda: hand_in_paper(content=pdf(4), **late | {"by": review.stage.cast.sun}))
        made = hand_in_paper(content=pdf(4), **late | {"by": review.stage.cast.sun, "reason": "考生住院"})
        assert (made.reason, Entry.objects.filter(event="panel.paper_handed_in").count()) == ("考生住院", 4)

    def test_only_files_that_can_be_read(self, review: Review) -> None:
        """只收能打开的PDF和照片；同一份文件不收两次；要有题目和类别。"""
        call: dict[str, Any] = {"number": review.candidate().number, "title": "论文", "by": review.stage.cast.sun, "at": review.stage.cast.at}
        refuses("不能接收", lambda: hand_in_paper(kind="thesis", name="论文.docx", content=b"PK", **call))
        refuses("打不开", lambda: hand_in_paper(kind="thesis", name="论文.pdf", content=b"%PDF-1.4\nbroken", **call))
        refuses("题目", lambda: hand_in_paper(kind="thesis", name="论文.pdf", content=pdf(1), **call | {"title": " "}))
        refuses("类别", lambda: hand_in_paper(kind="poem", name="论文.pdf", content=pdf(1), **call))
        hand_in_paper(kind="thesis", name="论文.pdf", content=pdf(1), **call)
        refuses("已经作为论文", lambda: hand_in_paper(kind="achievements", name="业绩.pdf", content=pdf(1), **call))

    def test_by_nobody_else(self, review: Review) -> None:
        """别的考生、别的机构、主管部门、访客都不能提交。"""
        call: dict[str, Any] = {"number": review.candidate().number, "kind": "thesis", "title": "论文", "name": "a.pdf", "content": pdf(1)}
        cast = review.stage.cast
        for by in (oneself(review, 1), cast.shi, cast.lin, cast.wang, review.members[0], VISITOR):
            refuses("", lambda by=by: hand_in_paper(by=by, at=cast.at, **call), NotAllowed)

    def test_read_by_the_panel_alone_and_on_record(self, review: Review) -> None:
        """只有派到本场的委员能审阅，每次都记录；机构、主管部门、别的考评人员看不到。"""
        review.papers()
        paper = PanelPaper.objects.filter(kind="summary").get()
        call: dict[str, Any] = {"sitting_number": review.sitting.number, "attachment": paper.attachment.number, "at": review.stage.cast.at}
        open_paper(by=review.members[1], **call)
        assert PaperOpening.objects.get().assignment == review.assignments[1]
        assert Entry.objects.filter(event="panel.paper_opened", subject=review.candidate().number).count() == 1
        cast = review.stage.cast
        for by in (cast.sun, cast.qian, cast.shi, cast.wang, oneself(review), VISITOR):
            refuses("只供派到本场的评审委员", lambda by=by: open_paper(by=by, **call), NotAllowed)
        refuses("没有这份材料", lambda: open_paper(by=review.members[1], **call | {"attachment": "A0"}))
        practical = review.stage.sittings()[1].number
        refuses("不是综合评审", lambda: open_paper(by=review.members[1], **call | {"sitting_number": practical}), NotAllowed)


class TestDefence:
    def test_in_turn_with_time_and_questions_kept(self, day: Review) -> None:
        """组长逐人开始、计时、结束；提问逐条记录；重发只记一次；问题不足、时间不足须说明。"""
        for by in (day.members[1], day.stage.cast.sun, VISITOR):
            refuses("", lambda by=by: defences.begin_defence(sitting_number=day.sitting.number, ticket=day.ticket(), by=by, at=STARTS), NotAllowed)
        day.begins()
        refuses("正在答辩", lambda: day.begins(1))
        day.asks(1, "误差从哪里来？", key="q-1")
        day.asks(1, "误差从哪里来？", key="q-1")
        day.asks(2, "怎样验证？")
        refuses("记录了2个问题", lambda: day.ends())
        day.asks(0, "能否推广？")
        refuses("进行了20分钟", lambda: day.ends(minutes=20))
        made = day.ends(minutes=20, reason="考生身体不适")
        assert (made.short_reason, [one["outcome"] for one in made.findings]) == ("考生身体不适", ["met", "met", "met"])
        refuses("已经结束", lambda: day.ends())
        day.begins(1, STARTS + timedelta(minutes=31))

    def test_signed_by_all_after_marking_and_then_closed(self, day: Review) -> None:
        """提交评分后才能签字；不同意须写明意见；签字后记录不能改；退回后全部重签。"""
        day.begins()
        for who in range(3):
            day.asks(who, f"问题{who}")
        refuses("还没有结束", lambda: day.signs(0))
        day.ends()
        refuses("还没有提交这名考生的评分", lambda: day.signs(0))
        for who in range(3):
            day.marks(who, "32", "50")
        refuses("写明评审意见", lambda: day.signs(1, agrees=False))
        day.signs(1, agrees=False, words="创新点不足")
        refuses("已有人签字", lambda: day.asks(0, "补一个问题"))
        refuses("已经在这份答辩记录上签字", lambda: day.signs(1))
        call: dict[str, Any] = {"sitting_number": day.sitting.number, "ticket": day.ticket(), "at": STARTS + timedelta(hours=1)}
        refuses("组长", lambda: defences.reopen_minutes(reason="漏记", by=day.members[1], **call), NotAllowed)
        refuses("理由", lambda: defences.reopen_minutes(reason=" ", by=day.members[0], **call))
        assert defences.reopen_minutes(reason="漏记一个问题", by=day.members[0], **call).version == 2
        day.asks(0, "补一个问题")
        struck = DefenceQuestion.objects.earliest("id")
        defences.strike_question(question_id=struck.pk, by=day.members[0], **call)
        for who in range(3):
            day.signs(who)
        digests = set(MinutesSignature.objects.filter(void_at__isnull=True).values_list("sha256", flat=True))
        assert len(digests) == 1 and MinutesSignature.objects.get(void_at__isnull=False).sha256 not in digests

    def test_no_defence_without_papers(self, review: Review) -> None:
        """材料不齐不能开始答辩；机构写明理由补交也只到开考为止。"""
        held = on_the_day(review.stage)
        refuses("还没有提交论文或技术总结", lambda: held.begins())
        refuses("已经开始", lambda: held.papers(at=STARTS))


class TestConclusion:
    def test_marks_and_votes_agree_and_become_the_score(self, day: Review) -> None:
        """签字齐、评分与表决一致才采用为成绩；不一致的退回合议；没有签字的不采用。"""
        day.defended(0)
        day.defended(1, ("20", "30"), agree=1)
        day.begins(2)
        for who in range(3):
            day.asks(who, f"问题{who}", 2)
        day.ends(2)
        for who in range(3):
            day.marks(who, "32", "50", 2)
        day.over()
        sun = day.stage.cast.sun
        call: dict[str, Any] = {"plan_number": day.stage.plan.number, "by": sun, "at": moment(EXAM_ON, 19)}
        told = {one.key: one for one in take_marks(**call)}
        assert [told[day.ticket(n)].done for n in range(3)] == [True, True, False]
        assert "3名评审委员中0名已在答辩记录上签字" in told[day.ticket(2)].sentence
        scores = dict(ScoreEntry.objects.filter(part="panel").values_list("candidate__ticket_number", "value"))
        assert scores == {day.ticket(0): Decimal(82), day.ticket(1): Decimal(50)}
        for who in range(3):
            day.signs(who, agrees=False, words="答非所问", place=2)
        told = {one.key: one for one in take_marks(**call)}
        assert "不一致" in told[day.ticket(2)].sentence
        again: dict[str, Any] = {"sitting_number": day.sitting.number, "ticket": day.ticket(2), "by": day.members[0], "at": moment(EXAM_ON, 19)}
        defences.reopen_minutes(reason="评分与表决不一致，重新合议", **again)
        for who in range(3):
            day.signs(who, place=2)
        assert all(one.done for one in take_marks(**call))
        papers = {one.title: one for one in result_papers(day.stage.plan)}
        assert len(papers["综合评审记录"].leaves) == 1 + 3 + 1 + 1  # 汇总表、三人的答辩记录、逐点给分、成绩
        text = "".join(page.extract_text() for leaf in papers["综合评审记录"].leaves for page in PdfReader(io.BytesIO(leaf.content)).pages)
        assert "第1个问题" in text and "创新点不足" in text and "1：32" in text
        assert papers["综合评审材料目录"].remark == "材料原件存电子件"
        taken = again | {"ticket": day.ticket(0)}
        refuses("已经采用为成绩", lambda: defences.reopen_minutes(reason="再看", **taken))
        assert ScoreEntry.objects.get(part="panel", candidate__ticket_number=day.ticket(2)).findings[-1]["outcome"] == "met"
