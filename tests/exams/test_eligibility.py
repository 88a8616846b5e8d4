"""资格审核测试: what is found about a candidate, what evidence changes it, and when may the review be closed?"""

from dataclasses import replace
from datetime import date

import pytest

from tests.cast import Cast
from tests.exams.registering import entry, put_in_force, terms
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.accounts.people import Identity
from touchstone.certificates.models import Certificate
from touchstone.certificates.operations.examining import begin_examination, end_examination
from touchstone.exams.facts.applicant import earliest_issue
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.models import Candidate, Plan
from touchstone.exams.operations.eligibility_evidence import (
    check_evidence,
    decide_eligibility,
    hand_in_evidence,
    uncheck_evidence,
    withdraw_evidence,
)
from touchstone.exams.operations.eligibility_review import ReviewUnfinished, close_review, refuse_candidate, reopen_review, review_batch
from touchstone.exams.operations.plan_report import report_plan
from touchstone.exams.operations.plans import draft_plan
from touchstone.exams.operations.registration import register_candidate, withdraw_candidate
from touchstone.exams.states import CandidateState, PlanState
from touchstone.files.models import Attachment
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.ledger.models import Entry
from touchstone.simulation.identity import id_number
from touchstone.tasks.models import Task

PDF = b"%PDF-1.4 letter"
WORKED = {"periods": [{"since": "2016-01-04", "until": None, "relation": "same"}]}


def register(cast: Cast, plan: Plan, serial: int = 0, **claims: object) -> Candidate:
    """Register one person by form."""
    return register_candidate(plan_number=plan.number, entry=entry(serial, **claims), by=cast.sun, at=cast.at)  # type: ignore[arg-type]


def prove(cast: Cast, candidate: Candidate, kind: ProofKind = ProofKind.WORK, facts: dict[str, object] | None = None) -> Candidate:
    """Note something as proved, as the reviewer does."""
    return check_evidence(number=candidate.number, kind=kind, facts=facts or WORKED, remark="已核对原件", by=cast.sun, at=cast.at)


def kept(candidate: Candidate) -> tuple[object, int]:
    """Give what a refused operation must leave as it was."""
    return Candidate.objects.filter(pk=candidate.pk).values().get(), Entry.objects.count()


def outcome_of(candidate: Candidate, condition: str) -> str:
    """Give what was found about one condition."""
    return next(str(one["outcome"]) for one in candidate.findings if one.get("condition") == condition)


def test_a_claim_is_only_a_claim(cast: Cast, plan: Plan) -> None:
    candidate = register(cast, plan)
    assert candidate.state == CandidateState.UNPROVEN
    found = next(one for one in candidate.findings if one.get("condition") == "4-1")
    assert found["outcome"] == "unproven"
    assert "自述8年" in found["reason"]
    assert "工作年限证明" in found["ask_for"]
    assert "2023年版" in found["clause"]


def test_checked_evidence_makes_the_condition_met(cast: Cast, plan: Plan) -> None:
    candidate = prove(cast, register(cast, plan))
    assert (candidate.state, candidate.satisfied_condition) == (CandidateState.ELIGIBLE, "4-1")
    line = Entry.objects.get(event="candidate.evidence_checked")
    assert line.detail["before"]["state"] == "unproven"
    assert line.detail["state"] == "eligible"
    assert line.detail["proof"]["checked_by"] == "孙景明"


def test_too_few_years_are_not_enough_and_it_says_how_many_are_missing(cast: Cast, plan: Plan) -> None:
    candidate = register(cast, plan, years_in_field="3")
    assert candidate.state == CandidateState.INELIGIBLE
    assert "还差2年" in str(candidate.findings)


@pytest.mark.parametrize(
    ("born", "state"),
    [pytest.param(date(2010, 3, 2), "eligible", id="当天满16周岁"), pytest.param(date(2010, 3, 3), "ineligible", id="差一天满16周岁")],
)
def test_sixteen_years_on_the_day_of_application(cast: Cast, born: date, state: str) -> None:
    item = put_in_force(cast, level=5)
    plan = draft_plan(scope_item_id=item.pk, terms=terms(), by=cast.sun, at=cast.at)
    report_plan(number=plan.number, by=cast.sun, at=cast.at)
    young = replace(entry(condition="5-1", years_in_field="0"), identity=Identity("小考生", id_number(1, birthday=born, male=True), ""))
    assert register_candidate(plan_number=plan.number, entry=young, by=cast.sun, at=cast.at).state == state


def test_a_level_cannot_be_skipped_without_years_or_title(cast: Cast) -> None:
    item = put_in_force(cast, level=3)
    plan = draft_plan(scope_item_id=item.pk, terms=terms(), by=cast.sun, at=cast.at)
    report_plan(number=plan.number, by=cast.sun, at=cast.at)
    candidate = register(cast, plan, condition="3-2", certificate={"level": 5, "number": "Y000031000001205000001"})
    assert candidate.state == CandidateState.INELIGIBLE
    assert "未取得四级/中级工证书" in str(candidate.findings)


def issue(cast: Cast, candidate: Candidate, level: int, issued_on: date) -> Certificate:
    """Put a certificate of the candidate's into the register."""
    return Certificate.objects.create(
        number=f"Y000031000001{issued_on:%y}{level}000001",
        holder=candidate.person,
        holder_name=candidate.name,
        holder_name_key=candidate.name_key,
        body=cast.body_a,
        body_name=cast.body_a.name,
        occupation_code="6-18-01-01",
        occupation_name="车工",
        level=str(level),
        issued_on=issued_on,
        plan_number="JH202000001",
        candidate_number=f"KS2020{level}",
    )


def test_our_own_register_proves_an_earlier_certificate(cast: Cast, plan: Plan) -> None:
    candidate = register(cast, plan, condition="4-2", years_in_field="4")
    issue(cast, candidate, 5, date(2022, 3, 1))
    again = decide_eligibility(number=candidate.number, by=cast.sun, at=cast.at)
    assert outcome_of(again, "4-2") == "unproven"
    done = prove(cast, again, facts={"periods": [{"since": "2022-02-01", "until": None, "relation": "same"}]})
    assert (done.state, done.satisfied_condition) == (CandidateState.ELIGIBLE, "4-2")


def test_a_certificate_under_examination_proves_nothing_until_it_is_decided(cast: Cast, plan: Plan) -> None:
    """核查中的证书不作为依据：待证明，理由写明；核查结束仍然有效的，重新判定即符合。"""
    candidate = register(cast, plan, condition="4-2", years_in_field="4")
    held = issue(cast, candidate, 5, date(2022, 3, 1))
    begin_examination(candidate_number=held.candidate_number, case="CX1", reason="承诺不实", by=PLATFORM, at=cast.at)
    done = prove(cast, candidate, facts={"periods": [{"since": "2022-02-01", "until": None, "relation": "same"}]})
    assert done.state == CandidateState.UNPROVEN
    assert any("正在核查，核查结束前不能作为依据" in one["reason"] for one in done.findings)
    end_examination(case="CX1", reason="不成立", by=PLATFORM, at=cast.at)
    assert decide_eligibility(number=candidate.number, by=cast.sun, at=cast.at).state == CandidateState.ELIGIBLE


def test_whoever_holds_this_level_is_told_so(cast: Cast, plan: Plan) -> None:
    first = register(cast, plan)
    held = issue(cast, first, 4, date(2021, 5, 1))
    withdraw_candidate(number=first.number, reason="报错", by=cast.sun, at=cast.at)
    with pytest.raises(Refusal, match=held.number):
        register(cast, plan)
    assert Candidate.objects.count() == 1


@pytest.mark.parametrize(
    ("number", "earliest"),
    [
        pytest.param("Y000031000001225000001", date(2022, 1, 1), id="22位编号"),
        pytest.param("1531003000500001", date(2015, 1, 1), id="16位编号"),
        pytest.param("0001531003000500", date(2015, 1, 1), id="13位编号前加000"),
        pytest.param("9931003000500001", date(1999, 1, 1), id="上个世纪"),
        pytest.param("看不出年份", date(1976, 1, 1), id="看不出年份"),
    ],
)
def test_the_year_of_an_earlier_certificate_is_read_from_its_number(number: str, earliest: date) -> None:
    assert earliest_issue(number, date(2026, 3, 2)) == earliest


@pytest.mark.parametrize(
    ("employment", "employer", "state"),
    [
        pytest.param("直接用工", "上海甲辰精密机械有限公司", "eligible", id="直接用工，单位就是本机构"),
        pytest.param("直接用工", "上海别家有限公司", "unproven", id="直接用工，单位是别家"),
        pytest.param("劳务派遣", "上海某人力资源有限公司", "unproven", id="劳务派遣"),
        pytest.param("劳务外包", "上海某服务外包有限公司", "unproven", id="劳务外包"),
        pytest.param("其他用工", "上海甲辰精密机械有限公司", "unproven", id="其他用工"),
    ],
)
def test_own_staff_of_every_form_of_employment(cast: Cast, plan: Plan, employment: str, employer: str, state: str) -> None:
    candidate = prove(cast, register(cast, plan, employment=employment, employer=employer))
    assert candidate.state == state
    if state == "unproven":
        assert "派遣协议" in str(candidate.findings)
        done = prove(cast, candidate, ProofKind.EMPLOYMENT, {"since": "2020-01-01"})
        assert done.state == CandidateState.ELIGIBLE


def test_who_has_left_is_no_own_staff(cast: Cast, plan: Plan) -> None:
    candidate = prove(cast, register(cast, plan), ProofKind.EMPLOYMENT, {"since": "2020-01-01", "until": "2026-03-01"})
    assert candidate.state == CandidateState.INELIGIBLE
    assert "离岗" in str(candidate.findings)


@pytest.mark.parametrize(
    ("kind", "facts", "words"),
    [
        pytest.param(ProofKind.WORK, {"periods": []}, "至少填写一段", id="没有工作经历"),
        pytest.param(ProofKind.WORK, {"periods": [{"since": "2027-01-01", "relation": "same"}]}, "晚于申报之日", id="起始日在以后"),
        pytest.param(
            ProofKind.WORK, {"periods": [{"since": "2020-01-01", "until": "2019-01-01", "relation": "same"}]}, "不晚于起始日", id="止在起前"
        ),
        pytest.param(ProofKind.WORK, {"periods": [{"since": "2020-01-01"}]}, "关系", id="没有说明与职业的关系"),
        pytest.param(ProofKind.CERTIFICATE, {"level": "7", "issued_on": "2020-01-01", "relation": "same"}, "证书等级", id="没有这个等级"),
        pytest.param(ProofKind.CERTIFICATE, {"level": "5", "issued_on": "昨天", "relation": "same"}, "不是日期", id="不是日期"),
        pytest.param(ProofKind.SCHOOLING, {"school": "university", "school_class": "ordinary"}, "毕业日期", id="没有毕业日期"),
        pytest.param(ProofKind.TITLE, {"rank": "junior", "relation": "same"}, "取得日期", id="没有取得日期"),
        pytest.param(ProofKind.TITLE, {"rank": "junior", "obtained_on": "1991-01-01", "relation": "same"}, "出生日期", id="一岁取得职称"),
    ],
)
def test_impossible_proof_is_refused(cast: Cast, plan: Plan, kind: ProofKind, facts: dict[str, object], words: str) -> None:
    candidate = register(cast, plan)
    before = kept(candidate)
    with pytest.raises(Refusal, match=words):
        check_evidence(number=candidate.number, kind=kind, facts=facts, remark="已核", by=cast.sun, at=cast.at)
    assert kept(candidate) == before


def test_proof_needs_a_file_or_words(cast: Cast, plan: Plan) -> None:
    candidate = register(cast, plan)
    before = kept(candidate)
    with pytest.raises(Refusal, match="请上传材料"):
        check_evidence(number=candidate.number, kind=ProofKind.WORK, facts=WORKED, by=cast.sun, at=cast.at)
    assert kept(candidate) == before


@pytest.mark.parametrize(
    ("kind", "facts", "condition"),
    [
        pytest.param(
            ProofKind.SCHOOLING,
            {"school": "technical_school", "school_class": "intermediate", "final_year": True, "major_related": "yes"},
            "4-3",
            id="应届毕业生",
        ),
        pytest.param(
            ProofKind.SCHOOLING,
            {"school": "university", "school_class": "ordinary", "graduated_on": "2015-07-01", "major_related": "yes"},
            "4-3",
            id="大专毕业",
        ),
        pytest.param(ProofKind.WORK, WORKED, "4-1", id="工作年限"),
    ],
)
def test_any_one_condition_suffices(cast: Cast, plan: Plan, kind: ProofKind, facts: dict[str, object], condition: str) -> None:
    candidate = prove(cast, register(cast, plan), kind, facts)
    assert (candidate.state, candidate.satisfied_condition) == (CandidateState.ELIGIBLE, condition)


def test_taking_proof_back_leaves_the_earlier_decision_in_the_ledger(cast: Cast, plan: Plan) -> None:
    candidate = prove(cast, register(cast, plan))
    with pytest.raises(Refusal, match="理由"):
        uncheck_evidence(number=candidate.number, kind=ProofKind.WORK, reason="", by=cast.sun, at=cast.at)
    back = uncheck_evidence(number=candidate.number, kind=ProofKind.WORK, reason="公章与单位不符", by=cast.sun, at=cast.at)
    assert back.state == CandidateState.UNPROVEN
    assert Entry.objects.get(event="candidate.evidence_unchecked").detail["before"]["satisfied"] == "4-1"


def test_evidence_is_kept_and_not_removed_from_under_a_proof(cast: Cast, plan: Plan) -> None:
    candidate = register(cast, plan)
    with pytest.raises(Refusal, match="PDF"):
        hand_in_evidence(number=candidate.number, kind=ProofKind.WORK, name="证明.xlsx", content=b"PK\x03\x04", by=cast.sun, at=cast.at)
    letter = hand_in_evidence(number=candidate.number, kind=ProofKind.WORK, name="证明.pdf", content=PDF, by=cast.sun, at=cast.at)
    check_evidence(number=candidate.number, kind=ProofKind.WORK, facts=WORKED, attachments=(letter.number,), by=cast.sun, at=cast.at)
    with pytest.raises(Refusal, match="核对依据"):
        withdraw_evidence(number=candidate.number, attachment=letter.number, by=cast.sun, at=cast.at)
    assert Attachment.objects.get().withdrawn_at is None


def test_a_reviewer_refuses_with_a_reason(cast: Cast, plan: Plan) -> None:
    candidate = register(cast, plan)
    before = kept(candidate)
    with pytest.raises(Refusal, match="理由"):
        refuse_candidate(number=candidate.number, reason=" ", by=cast.sun, at=cast.at)
    assert kept(candidate) == before
    refused = refuse_candidate(number=candidate.number, reason="未补交工作年限证明", by=cast.sun, at=cast.at)
    assert refused.state == CandidateState.INELIGIBLE
    assert refused.findings[-1]["reason"] == "未补交工作年限证明"
    with pytest.raises(Refusal, match="不符合条件"):
        refuse_candidate(number=candidate.number, reason="再来一次", by=cast.sun, at=cast.at)


def test_withdrawing_needs_a_reason_and_happens_once(cast: Cast, plan: Plan) -> None:
    candidate = register(cast, plan)
    before = kept(candidate)
    with pytest.raises(Refusal, match="理由"):
        withdraw_candidate(number=candidate.number, reason="", by=cast.sun, at=cast.at)
    assert kept(candidate) == before
    withdraw_candidate(number=candidate.number, reason="已离职", by=cast.sun, at=cast.at)
    with pytest.raises(Refusal, match="已经退出"):
        withdraw_candidate(number=candidate.number, reason="已离职", by=cast.sun, at=cast.at)
    assert register(cast, plan).number == "KS20260000100002"


def test_a_batch_has_an_outcome_for_each(cast: Cast, plan: Plan) -> None:
    people = [register(cast, plan, serial, employment="劳务派遣", employer="上海某人力资源有限公司") for serial in range(3)]
    prove(cast, people[0])
    withdraw_candidate(number=people[2].number, reason="已离职", by=cast.sun, at=cast.at)
    results = review_batch(
        numbers=[*(one.number for one in people), "KS0"], act="employment", remark="派遣协议2026-01号，附名单", by=cast.sun, at=cast.at
    )
    assert [one.done for one in results] == [True, True, False, False]
    assert "符合条件" in results[0].sentence
    assert "已退出" in results[2].sentence
    assert Candidate.objects.get(number=people[0].number).state == CandidateState.ELIGIBLE


def test_the_review_closes_only_when_everyone_is_decided(cast: Cast, plan: Plan) -> None:
    with pytest.raises(ReviewUnfinished, match="没有符合条件的考生"):
        close_review(number=plan.number, by=cast.sun, at=cast.at)
    first, second = register(cast, plan, 1), register(cast, plan, 2)
    prove(cast, first)
    before = kept(second)
    with pytest.raises(ReviewUnfinished, match="还有1名"):
        close_review(number=plan.number, by=cast.sun, at=cast.at)
    assert kept(second) == before
    refuse_candidate(number=second.number, reason="未补交", by=cast.sun, at=cast.at)
    assert close_review(number=plan.number, by=cast.sun, at=cast.at).state == PlanState.REVIEWED
    owed = Task.objects.get(case=plan.number, matter="arrange", closed_at__isnull=True)
    assert owed.due_on == date(2026, 3, 20)
    assert Entry.objects.get(event="plan.reviewed").detail["counts"] == {"eligible": 1, "ineligible": 1}


def test_after_closing_nothing_is_reviewed_until_it_is_reopened(cast: Cast, plan: Plan) -> None:
    candidate = prove(cast, register(cast, plan))
    close_review(number=plan.number, by=cast.sun, at=cast.at)
    before = kept(candidate)
    for attempt in (
        lambda: prove(cast, candidate),
        lambda: register(cast, plan, 5),
        lambda: close_review(number=plan.number, by=cast.sun, at=cast.at),
    ):
        with pytest.raises(MoveRefused):
            attempt()
    with pytest.raises(Refusal, match="理由"):
        reopen_review(number=plan.number, reason="", by=cast.sun, at=cast.at)
    assert kept(candidate) == before
    assert reopen_review(number=plan.number, reason="漏报一人", by=cast.sun, at=cast.at).state == PlanState.REPORTED
    assert register(cast, plan, 5).state == CandidateState.UNPROVEN


@pytest.mark.parametrize("who", [pytest.param("lin", id="备案经办人"), pytest.param("shi", id="别的机构"), pytest.param("wang", id="区督导员")])
def test_only_the_bodys_planner_reviews(cast: Cast, plan: Plan, who: str) -> None:
    candidate, actor = register(cast, plan), getattr(cast, who)
    before = kept(candidate)
    number = candidate.number
    for attempt in (
        lambda: check_evidence(number=number, kind=ProofKind.WORK, facts=WORKED, remark="x", by=actor, at=cast.at),
        lambda: hand_in_evidence(number=number, kind=ProofKind.WORK, name="a.pdf", content=PDF, by=actor, at=cast.at),
        lambda: refuse_candidate(number=number, reason="x", by=actor, at=cast.at),
        lambda: withdraw_candidate(number=number, reason="x", by=actor, at=cast.at),
        lambda: decide_eligibility(number=number, by=actor, at=cast.at),
        lambda: register_candidate(plan_number=plan.number, entry=entry(9), by=actor, at=cast.at),
        lambda: close_review(number=plan.number, by=actor, at=cast.at),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert kept(candidate) == before
    assert not Attachment.objects.exists()
