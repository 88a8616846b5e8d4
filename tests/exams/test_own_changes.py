"""本人补正测试: what may somebody still do about their own registration, until when, and what are they told?"""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from tests.cast import Cast
from tests.exams.pictures import portrait
from tests.exams.test_own_registration import CLAIMS, TOLD, filled, handed_in, open_plan  # noqa: F401
from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.models import Candidate, Payment, Plan
from touchstone.exams.operations import own_changes as operations
from touchstone.exams.operations import own_registration
from touchstone.exams.operations.candidate_desk import take_candidate_desk
from touchstone.exams.operations.eligibility_evidence import check_evidence
from touchstone.exams.operations.eligibility_review import close_review, refuse_candidate
from touchstone.exams.operations.payments import waive_fee
from touchstone.exams.operations.plan_report import cancel_plan
from touchstone.exams.operations.plans import PlanTerms, change_plan
from touchstone.exams.operations.registration_gate import RegistrationClosed
from touchstone.jobs.candidates import tell_candidates
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry as Line
from touchstone.notices.models import Message
from touchstone.web.candidate.standing import explained

HELD = {"level": 5, "number": "Y000031000001205000001"}


@pytest.fixture
def mine(cast: Cast, open_plan: Plan) -> Candidate:  # noqa: F811
    """Give the registration of 陈: 4-1 with eight years, nothing proved."""
    return handed_in(filled(open_plan, cast.chen, cast), cast.chen, cast)


@pytest.fixture
def short(cast: Cast, open_plan: Plan) -> Candidate:  # noqa: F811
    """Give the registration of 陈 with four years and five months claimed: seven months short."""
    draft = filled(open_plan, cast.chen, cast)
    told = TOLD | {"claims": CLAIMS | {"years_in_field": "4.42"}}
    own_registration.save_own_registration(number=draft.number, **told, by=cast.chen, at=cast.at)
    return handed_in(draft, cast.chen, cast)


def acts(candidate: Candidate, by: Actor, cast: Cast) -> list[partial[Any]]:
    """Give everything somebody may do about a registration of their own."""
    number, at = candidate.number, cast.at
    return [
        partial(operations.supplement_evidence, number=number, kind=ProofKind.WORK, name="社保.jpg", content=portrait(), by=by, at=at),
        partial(operations.choose_another_condition, number=number, condition="4-2", claims=CLAIMS | {"certificate": HELD}, by=by, at=at),
        partial(operations.withdraw_oneself, number=number, reason="", by=by, at=at),
    ]


def test_what_is_lacking_is_said_with_the_last_day(mine: Candidate) -> None:
    told = explained(mine)
    assert told["title"] == "还要补充证明"
    assert "劳动合同" in told["sentence"] and "工作年限证明" in told["sentence"] and "2026年3月17日" in told["sentence"]
    assert [one["outcome"] for one in told["lacking"]] == ["unproven", "unproven"]
    assert all(one["clause"] for one in told["lacking"])


def test_so_many_months_more_or_another_way(short: Candidate, cast: Cast) -> None:
    """差7个月的，告诉他差多少；填了五级证书的，告诉他可以改选。"""
    assert short.state == "ineligible"
    assert "还差7个月" in explained(short)["sentence"] and "或者" not in explained(short)["sentence"]
    claims = CLAIMS | {"years_in_field": "4.42", "certificate": HELD}
    again = operations.choose_another_condition(number=short.number, condition="4-1", claims=claims, by=cast.chen, at=cast.at)
    assert "还差7个月，或者提供原职业资格证书" in explained(again)["sentence"] and "按“4-2 五级后工作满3年”申报" in explained(again)["sentence"]
    chosen = operations.choose_another_condition(number=short.number, condition="4-2", claims=claims, by=cast.chen, at=cast.at)
    assert chosen.state == "unproven" and chosen.condition == "4-2" and chosen.reviewed_by is None
    line = Line.objects.filter(event="candidate.condition_changed", subject=short.number).latest("id")
    assert line.detail["before"]["condition"] == "4-1" and line.detail["before"]["state"] == "unproven"


def test_evidence_waits_for_the_reviewer(mine: Candidate, cast: Cast) -> None:
    """补交材料不等于已经证明：由审核人核对。"""
    kept = operations.supplement_evidence(number=mine.number, kind=ProofKind.WORK, name="社保.jpg", content=portrait(), by=cast.chen, at=cast.at)
    assert Candidate.objects.get().state == "unproven"
    check_evidence(number=mine.number, kind=ProofKind.EMPLOYMENT, facts={}, remark="合同", by=cast.sun, at=cast.at)
    facts = {"periods": [{"since": "2015-01-01", "until": None, "relation": "same"}]}
    done = check_evidence(number=mine.number, kind=ProofKind.WORK, facts=facts, attachments=(kept.number,), by=cast.sun, at=cast.at)
    assert done.state == "eligible" and explained(done)["sentence"] == "您符合“4-1 累计工作满5年”。"


@pytest.mark.parametrize("who", ["lin", "sun", "shi", "zhou"])
def test_nobody_else_does_it(who: str, mine: Candidate, cast: Cast) -> None:
    for act in acts(mine, getattr(cast, who), cast):
        with pytest.raises(NotAllowed, match="不是您本人的"):
            act()
    assert Candidate.objects.get().state == "unproven"


def test_another_candidate_does_not_either(mine: Candidate, cast: Cast) -> None:
    take_candidate_desk(by=cast.shi, at=cast.at)
    from touchstone.accounts.queries import actors_of, user_named

    user = user_named("shi")
    assert user is not None
    stranger = next(one for one in actors_of(user, cast.at.date()) if one.office_name == "考生")
    for act in acts(mine, stranger, cast):
        with pytest.raises(NotAllowed):
            act()


def test_after_withdrawal_nothing_is_taken(mine: Candidate, cast: Cast) -> None:
    operations.withdraw_oneself(number=mine.number, reason="", by=cast.chen, at=cast.at)
    assert Line.objects.get(event="candidate.withdrawn").reason == "本人申请退出"
    for act in acts(mine, cast.chen, cast):
        with pytest.raises(Refusal, match="退出"):
            act()


def test_after_the_review_the_roster_stands(mine: Candidate, cast: Cast) -> None:
    for kind, facts in ((ProofKind.EMPLOYMENT, {}), (ProofKind.WORK, {"periods": [{"since": "2015-01-01", "until": None, "relation": "same"}]})):
        check_evidence(number=mine.number, kind=kind, facts=facts, remark="已核", by=cast.sun, at=cast.at)
    waive_fee(number=Payment.objects.get().number, reason="减免", by=cast.sun, at=cast.at)
    close_review(number=mine.plan.number, by=cast.sun, at=cast.at)
    for act in acts(mine, cast.chen, cast)[:2]:
        with pytest.raises(RegistrationClosed):
            act()
    assert acts(mine, cast.chen, cast)[2]().state == "withdrawn"


def test_after_a_refusal_by_the_reviewer_no_other_condition_is_chosen(mine: Candidate, cast: Cast) -> None:
    refuse_candidate(number=mine.number, reason="材料系伪造", by=cast.sun, at=cast.at)
    with pytest.raises(Refusal, match="审核人已经作出不予通过的决定"):
        acts(mine, cast.chen, cast)[1]()
    assert "材料系伪造" in explained(Candidate.objects.get())["sentence"]


def test_no_other_condition_after_the_last_day(mine: Candidate, cast: Cast) -> None:
    late = cast.at + timedelta(days=16)
    with pytest.raises(RegistrationClosed):
        operations.choose_another_condition(number=mine.number, condition="4-2", claims=CLAIMS, by=cast.chen, at=late)


def _told(cast: Cast) -> list[str]:
    tell_candidates(cast.at)
    return list(Message.objects.filter(link__startswith="/me/").order_by("id").values_list("title", flat=True))


@pytest.mark.usefixtures("told_at_once")
def test_each_step_is_told_once(mine: Candidate, cast: Cast) -> None:
    """登记、审核、改期、取消各告知一次；自己办的不告知自己；结论没变的、与考生无关的变更不打扰。"""
    assert _told(cast) == []
    check_evidence(number=mine.number, kind=ProofKind.EMPLOYMENT, facts={}, remark="合同", by=cast.sun, at=cast.at)
    assert _told(cast) == []
    facts = {"periods": [{"since": "2015-01-01", "until": None, "relation": "same"}]}
    check_evidence(number=mine.number, kind=ProofKind.WORK, facts=facts, remark="社保", by=cast.sun, at=cast.at)
    plan = mine.plan
    for exam_on, quota in ((plan.exam_on, plan.quota + 1), (date(2026, 4, 10), plan.quota)):
        changed = PlanTerms(exam_on, plan.registration_closes_on, quota, plan.contact, open_to_candidates=True, fee=plan.fee)
        change_plan(number=plan.number, terms=changed, reason="场地检修", by=cast.sun, at=cast.at)
    cancel_plan(number=plan.number, reason="设备故障", by=cast.sun, at=cast.at)
    told = [
        f"您的报名 {mine.number} 资格已通过", f"您报名的 {plan.number} 考试日期由2026-03-27改为2026-04-10", f"您报名的 {plan.number} 已取消，请查看"
    ]  # fmt: skip
    for _ in range(2):
        assert _told(cast) == told
