"""机构案件办理测试: the three ways of a case, from the finding to its end, with every effect where it takes effect."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.cast import Cast
from tests.enforcement.stage import FILING, GRAVE, SERIOUS, UNLAWFUL, Proceedings, file_body
from tests.exams.stage import Stage, moment
from touchstone.bodies.queries.restricted import barred_from, restrictions_by
from touchstone.certificates.models import Certificate
from touchstone.enforcement import operations as acts
from touchstone.enforcement.queries import published
from touchstone.enforcement.states import LetterKind, Service, State
from touchstone.filings import operations as filings
from touchstone.filings.models import Filing, Suspension, Termination
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.ledger.queries import history
from touchstone.policy.supervision.acts import Authority
from touchstone.policy.supervision.ladder import Measure
from touchstone.policy.supervision.restrictions import Barred
from touchstone.revocations.models import Revocation
from touchstone.tasks.models import Task

pytestmark = pytest.mark.django_db
Begin = Callable[..., Proceedings]


def test_minor_case_from_finding_to_close(proceedings: Begin) -> None:
    """一般情形：立案、告知、陈述、约谈、责令改正、两人复查、结案；限制自决定之日起。"""
    told = proceedings().served()
    case = told.case
    assert (case.state, case.tier, case.served_on) == (State.SERVED, "minor", told.at.date())
    assert {one.measure: str(one.state) for one in case.measures.all()} == {"summons": "running", "order": "running"}
    assert [one.barred for one in restrictions_by(told.number)] == ["model"]
    with pytest.raises(Refusal, match="没有完成"):
        acts.close_case(number=told.number, by=told.cast.wang, at=told.at)
    told.talked().corrected(Measure.ORDER)
    acts.close_case(number=told.number, by=told.cast.wang, at=told.later())
    assert told.case.state == State.CLOSED
    assert not Task.objects.open().filter(case=told.number).exclude(matter="case_archive").exists()
    events = set(history(told.number).values_list("event", flat=True))
    assert {"case.begun", "case.opened", "case.notified", "case.decided", "case.carried_out", "case.correction_accepted", "case.closed"} <= events


def test_serious_case_suspends_publishes_and_is_restored(proceedings: Begin) -> None:
    """严重情形：送达之日暂停备案并可公开；整改合格、满一个月由负责人恢复。"""
    told = proceedings(SERIOUS).served()
    held = Suspension.objects.get()
    assert (held.case, held.since, Filing.objects.get(number=FILING).state) == (told.number, told.at.date(), "suspended")
    acts.publish_decision(number=told.number, by=told.cast.wang, at=told.later())
    assert [one.number for one in published()] == [told.number]
    with pytest.raises(Refusal, match="整改没有完成"):
        acts.restore_evaluation(number=told.number, reason="整改到位", by=told.cast.wu, at=told.at)
    told.corrected(Measure.RECTIFY)
    with pytest.raises(Refusal, match="不少于1个月"):
        acts.restore_evaluation(number=told.number, reason="整改到位", by=told.cast.wu, at=told.at)
    told.later(25)
    acts.restore_evaluation(number=told.number, reason="整改到位", by=told.cast.wu, at=told.at)
    assert Filing.objects.get(number=FILING).state == "accepted"
    acts.close_case(number=told.number, by=told.cast.wang, at=told.at)
    assert told.case.state == State.CLOSED


def test_appeal_reverses_with_trace(proceedings: Begin) -> None:
    """申诉成立：暂停恢复、限制解除、公开撤回并可见、同一事实不再处理；决定书和理由仍在案。"""
    told = proceedings(SERIOUS).served()
    acts.publish_decision(number=told.number, by=told.cast.wang, at=told.later())
    acts.appeal_case(number=told.number, appeal="该场地当天已经备案。", by=told.cast.qian, at=told.at)
    acts.answer_appeal(number=told.number, upheld=False, answer="备案变更已生效，原认定有误。", by=told.cast.han, at=told.later())
    case = told.case
    assert (case.state, case.appeal_state, case.cleared_on) == (State.REVERSED, "reversed", told.at.date())
    assert Filing.objects.get(number=FILING).state == "accepted"
    assert barred_from(told.cast.body_a, Barred.WIDEN, told.at.date()).outcome is Outcome.MET
    assert case.published_at is not None and case.withdrawn_at is not None and published().count() == 1
    assert {str(one.state) for one in case.measures.all()} == {"undone"}
    assert case.decision_reason and case.sha256 and case.letters.filter(kind=LetterKind.ANSWER).exists()
    with pytest.raises(Refusal, match="认定不成立"):
        told.begun()


def test_appeal_upheld_changes_nothing(proceedings: Begin) -> None:
    """申诉不成立：决定照常执行；申诉期过后不再受理。"""
    told = proceedings(SERIOUS).served()
    acts.appeal_case(number=told.number, appeal="处理过重。", by=told.cast.qian, at=told.at)
    acts.answer_appeal(number=told.number, upheld=True, answer="事实清楚，处理适当。", by=told.cast.han, at=told.later())
    assert (told.case.state, Filing.objects.get(number=FILING).state) == (State.SERVED, "suspended")
    with pytest.raises(Refusal):
        acts.appeal_case(number=told.number, appeal="再次申诉。", by=told.cast.qian, at=told.later(20))


def test_grave_case_ends_the_filing_and_opens_a_revocation(proceedings: Begin) -> None:
    """特别严重情形：责令终止备案，所涉证书另立撤销案件、以本案为来源，从不直接撤销；三年不得再备案。"""
    stage = proceedings(GRAVE)
    exam = Stage(stage.cast, people=2, filing=FILING).all_the_way()
    numbers = issued_on(exam.plan.exam_on)
    told = Proceedings(stage.cast, GRAVE, acted_on=date(2026, 3, 20), certificates=numbers, found_on=date(2026, 4, 8))
    told.at = moment(date(2026, 4, 8), 9)
    told.served()
    ended = Termination.objects.get()
    assert (ended.kind, Filing.objects.get(number=FILING).state) == ("ordered", "terminated")
    opened = Revocation.objects.get()
    assert (opened.origin, opened.row_count, opened.state) == (told.number, len(numbers), "opened")
    assert {one.measure: one.effect for one in told.case.measures.all()} == {"terminate": ended.number, "revoke": opened.number}
    assert barred_from(told.cast.body_a, Barred.FILE, told.at.date()).outcome is Outcome.UNMET
    acts.appeal_case(number=told.number, appeal="没有走过场。", by=told.cast.qian, at=told.at)
    acts.answer_appeal(number=told.number, upheld=False, answer="证据不足。", by=told.cast.han, at=told.later())
    assert Filing.objects.get(number=FILING).state == "accepted"
    assert barred_from(told.cast.body_a, Barred.FILE, told.at.date()).outcome is Outcome.MET


def issued_on(exam_on: date) -> tuple[str, ...]:
    return tuple(Certificate.objects.filter(issued_on__gte=exam_on).order_by("number").values_list("number", flat=True))


def test_unlawful_case_is_handed_over_and_followed(proceedings: Begin) -> None:
    """涉嫌违法：不经告知移送，移送书、回执、结果逐项登记。"""
    told = proceedings(UNLAWFUL).opened()
    acts.send_up(number=told.number, proposed=told.proposed(), by=told.cast.wang, at=told.later())
    acts.decide_case(number=told.number, reason="收费违反价格法，依法移送。", by=told.cast.wu, at=told.later())
    told.received(LetterKind.DECISION)
    letter = told.case.letters.get(kind=LetterKind.HAND_OVER)
    assert letter.to == "市场监管部门"
    with pytest.raises(Refusal, match="回执"):
        acts.note_result(number=told.number, authority=Authority.MARKET, result="已立案", by=told.cast.wang, at=told.at)
    acts.note_receipt(number=told.number, authority=Authority.MARKET, receiver="李科长", on=told.at.date(), by=told.cast.wang, at=told.at)
    acts.note_result(number=told.number, authority=Authority.MARKET, result="已立案调查", by=told.cast.wang, at=told.later())
    acts.close_case(number=told.number, by=told.cast.wang, at=told.at)
    assert told.case.state == State.CLOSED and not restrictions_by(told.number).exists()


def test_service_refused_is_noted_and_takes_effect(proceedings: Begin) -> None:
    """拒收的留置送达须写明情况，同样生效；同一文书只送达一次。"""
    told = proceedings(SERIOUS).decided()
    with pytest.raises(Refusal, match="拒收"):
        told.by_hand(LetterKind.DECISION, Service.REFUSED, told.cast.wang)
    told.by_hand(LetterKind.DECISION, Service.REFUSED, told.cast.wang, "前台拒收，社区工作人员见证，留置于住所。")
    assert Filing.objects.get(number=FILING).state == "suspended"
    with pytest.raises(Refusal, match="已于"):
        told.received(LetterKind.DECISION)


def test_not_founded_clears_for_good(proceedings: Begin) -> None:
    """认定不成立：告知机构；同一天的同一行为不得再立案，另一天的可以。"""
    told = proceedings().notified()
    acts.clear_case(number=told.number, reason="缺口为运营商检修，与机构无关。", by=told.cast.wu, at=told.later())
    assert told.case.letters.filter(kind=LetterKind.CLEARED).exists()
    with pytest.raises(Refusal, match="认定不成立"):
        told.begun()
    other = Proceedings(told.cast, acted_on=date(2026, 2, 26)).begun()
    assert other.case.state == State.FOUND


def test_sittings_settled_before_go_on_for_five_working_days(cast: Cast) -> None:
    """暂停前已确定的场次五个工作日内照常举行；案件所涉的计划不能举行。"""
    file_body(cast)
    stage = Stage(cast, people=2, filing=FILING).reviewed().with_sittings().arranged()
    at = moment(date(2026, 3, 18), 9)
    made = filings.suspend(
        number=FILING, reason="案件", clause="", since=at.date(), by=cast.wu, at=at, at_fault=[stage.plan.number]
    )
    with pytest.raises(Refusal, match="涉及所查处的违纪违规"):
        stage.opened()
    Suspension.objects.filter(pk=made[0].pk).update(at_fault=[])
    assert all(one.opened_at for one in stage.opened().sittings())


def test_sittings_after_five_working_days_are_not_held(cast: Cast) -> None:
    """暂停五个工作日以后的场次不能举行，考生另行安排。"""
    file_body(cast)
    stage = Stage(cast, people=2, filing=FILING).reviewed().with_sittings().arranged()
    at = moment(date(2026, 3, 12), 9)
    filings.suspend(number=FILING, reason="案件", clause="", since=at.date(), by=cast.wu, at=at)
    with pytest.raises(Refusal, match="恢复后再举行"):
        stage.opened()
