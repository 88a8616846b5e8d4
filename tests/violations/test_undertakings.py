"""告知承诺不实测试: found false by a late answer or by an office, told, heard, decided; what follows, and what an appeal gives back."""

from datetime import date, datetime

import pytest

from tests.cast import Cast
from tests.exams.stage import Stage, moment
from tests.refusing import all_refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.accounts.models import Restriction
from touchstone.certificates.models import Certificate
from touchstone.certificates.operations import print_batch, print_one
from touchstone.exams.models import Candidate, Enquiry, VoidedPart
from touchstone.exams.operations.day import sign_in
from touchstone.exams.operations.eligibility_evidence import decide_eligibility
from touchstone.exams.operations.enquiry_answers import take_answer
from touchstone.exams.operations.undertakings import refer_undertaking
from touchstone.exams.states import PlanState
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry as Line
from touchstone.policy.certificates.revocation import Verdict
from touchstone.policy.eligibility.outside import DeathAnswer, IdentityAnswer
from touchstone.policy.violations.acts import Party
from touchstone.policy.violations.measures import Measure
from touchstone.revocations import operations as revoking
from touchstone.revocations import queries
from touchstone.tasks.models import Task
from touchstone.violations import operations as acts
from touchstone.violations.models import Violation
from touchstone.violations.operations import Decision, Seen

LATE = moment(date(2026, 5, 11), 9)
HEARD, DECIDED = moment(date(2026, 5, 12), 9), moment(date(2026, 5, 13), 9)


def certified(cast: Cast) -> Stage:
    """Give a plan of one, certified."""
    return Stage(cast, people=1).reviewed().with_sittings().arranged().opened().held_open().scored().announced().confirmed().certified()


def answered(at: object = LATE) -> Candidate:
    """The register of residents answers at last: another name."""
    number = Enquiry.objects.get(register="identity").number
    take_answer(number=number, answer=IdentityAnswer(False), by=PLATFORM, at=at)  # type: ignore[arg-type]
    return Candidate.objects.select_related("plan").get()


def case_against(candidate: Candidate, cast: Cast) -> Violation:
    """The body opens a case on that answer, tells the person and hears them."""
    enquiry = Enquiry.objects.get(register="identity").number
    seen = Seen(Party.CANDIDATE, "false_undertaking", "冒用他人证件号码", candidate.applied_on, candidate=candidate.number, enquiry=enquiry)
    case = acts.record_violation(seen=seen, by=cast.sun, at=LATE)
    acts.notify_person(number=case.number, by=cast.sun, at=LATE)
    return acts.take_statement(number=case.number, words="是曾用名。", by=cast.sun, at=HEARD)


def decide(case: Violation, cast: Cast, measure: Measure = Measure.ALL_VOID, until: date | None = None) -> Violation:
    """The leader decides."""
    return acts.decide_violation(number=case.number, decision=Decision(measure, "经核不是曾用名", until=until), by=cast.qian, at=DECIDED)


def test_after_the_certificate_its_revocation_begins(cast: Cast) -> None:
    """答复迟到，证书已发：立案、告知、陈述申辩、决定；资格取消、成绩无效、证书核查中、负责人待办；撤销后待办办结。"""
    certified(cast)
    candidate = answered()
    assert Task.objects.get(case=candidate.number, matter="undertaking_doubted").closed_at is None
    case = case_against(candidate, cast)
    assert Task.objects.get(case=candidate.number, matter="undertaking_doubted").outcome == f"已立案{case.number}"
    assert any("不是这个姓名" in one["reason"] for one in case.findings)
    decide(case, cast, Measure.BARRED, date(2027, 5, 1))
    candidate.refresh_from_db()
    certificate = Certificate.objects.get()
    assert (candidate.state, candidate.result, candidate.disqualified_by) == ("ineligible", "failed", case.number)
    assert VoidedPart.objects.filter(candidate=candidate, undone_at__isnull=True).count() == 2
    assert (certificate.standing, certificate.examined_case, certificate.is_valid) == ("核查中", case.number, True)
    assert Restriction.objects.filter(person=candidate.person, lifted_at__isnull=True).exists()
    (number,) = queries.cases_from(case.number)
    row = queries.rows_of(queries.case(number, cast.wang), cast.wang).get()
    assert (row.certificate_number, row.state) == (certificate.number, "examined") and "是曾用名" in row.statement
    assert Task.objects.get(case=number, matter="revocation_propose").role == "supervisor"
    with pytest.raises(Refusal, match="核查中的证书暂不打印"):
        print_one(number=certificate.number, by=cast.qian, at=DECIDED)
    with pytest.raises(Refusal) as refusal:
        print_batch(numbers=[certificate.number], case=certificate.plan_number, by=cast.qian, at=DECIDED)
    assert "核查中的证书不能打印" in refusal.value.next_step
    revoked(number, cast)
    assert Certificate.objects.get().standing == "已撤销"
    assert Line.objects.get(event="certificate.revoked").detail == {"case": case.number}


def revoked(number: str, cast: Cast, at: datetime = DECIDED) -> None:
    """The district proposes and decides at once, for the holder was heard in the case it came from; the body executes."""
    revoking.propose_rows(number=number, rows=(), verdict=Verdict.REVOKE, reason="承诺不实", by=cast.wang, at=at)
    revoking.send_up(number=number, by=cast.wang, at=at)
    revoking.decide_rows(number=number, rows=(), by=cast.wu, at=at)
    revoking.execute_rows(number=number, rows=(), by=cast.qian, at=at)


def test_a_case_undone_after_the_revocation_puts_another_in_its_place(cast: Cast) -> None:
    """违纪决定在证书撤销以后经申诉撤销：已撤销的不复活，另有一本代替。"""
    certified(cast)
    case = decide(case_against(answered(), cast), cast)
    revoked(queries.cases_from(case.number)[0], cast)
    acts.appeal_decision(number=case.number, words="有派出所证明", by=cast.wang, at=DECIDED)
    acts.answer_appeal(number=case.number, upheld=False, answer="证明属实，撤销决定", by=cast.wu, at=DECIDED)
    old, new = Certificate.objects.order_by("pk")
    assert (old.standing, new.standing, new.basis["replaces"]) == ("已撤销", "有效", old.number)


def test_an_appeal_gives_everything_back(cast: Cast) -> None:
    certified(cast)
    case = decide(case_against(answered(), cast), cast)
    acts.appeal_decision(number=case.number, words="有派出所证明", by=cast.wang, at=DECIDED)
    acts.answer_appeal(number=case.number, upheld=False, answer="证明属实，撤销决定", by=cast.wu, at=DECIDED)
    candidate, certificate = Candidate.objects.get(), Certificate.objects.get()
    assert (candidate.state, candidate.result, candidate.disqualified_by) == ("eligible", "passed", "")
    assert candidate.satisfied_condition == "5-2" and not any(one.get("part") == "undertaking" for one in candidate.findings)
    assert certificate.standing == "有效" and certificate.examined_case == ""
    assert queries.case(queries.cases_from(case.number)[0], cast.wang).state == "withdrawn"


def test_nothing_got_by_an_untruth_stays(cast: Cast) -> None:
    """只记档案、只作单科无效都不行；没有听取陈述申辩不行；同一答复不能再立案；没有不符的答复不能作依据。"""
    Stage(cast, people=1).reviewed()
    candidate = answered()
    case = case_against(candidate, cast)
    again = Seen(Party.CANDIDATE, "false_undertaking", "再次", candidate.applied_on, candidate=candidate.number, enquiry=case.enquiry)
    other = Seen(Party.CANDIDATE, "false_undertaking", "别的", candidate.applied_on, candidate=candidate.number, enquiry="CX0")
    all_refused_and_nothing_changed(
        [
            ("只记档案", lambda: decide(case, cast, Measure.RECORDED), "不能只记档案"),
            ("只作单科无效", lambda: decide(case, cast, Measure.PART_VOID), "不能只记档案"),
            ("再次立案", lambda: acts.record_violation(seen=again, by=cast.sun, at=LATE), "已经立案"),
            ("没有这条答复", lambda: acts.record_violation(seen=other, by=cast.sun, at=LATE), "没有这条与申报不符"),
        ],
        "violations",
    )


def test_before_the_exam_nobody_sits_and_no_machine_decides_again(cast: Cast) -> None:
    """考前作出决定：不能入场；重新判定、迟到的答复都不能恢复资格。"""
    stage = Stage(cast, people=1).reviewed().with_sittings().arranged().opened()
    candidate = answered(cast.at)
    case = decide(case_against(candidate, cast), cast)
    candidate.refresh_from_db()
    with pytest.raises(Refusal, match=f"资格已经取消（案件{case.number}）"):
        sitting = stage.sittings()[0]
        sign_in(sitting_number=sitting.number, ticket=candidate.ticket_number or "", identity="id_card", by=cast.sun, at=sitting.starts_at)
    Candidate.objects.get().plan.move_to(PlanState.REPORTED)
    with pytest.raises(Refusal, match="承诺不实取消"):
        decide_eligibility(number=candidate.number, by=cast.sun, at=DECIDED)
    take_answer(number=Enquiry.objects.get(register="death").number, answer=DeathAnswer(None), by=PLATFORM, at=DECIDED)
    assert Candidate.objects.get().state == "ineligible"


def test_an_office_hands_a_doubt_to_the_body(cast: Cast) -> None:
    """区质量督导员把线索交机构核查；机构、别的区、没有权限的人、没有写明情况的不行。"""
    Stage(cast, people=1).reviewed()
    number = Candidate.objects.get().number
    refer_undertaking(candidate_number=number, facts="举报其劳动合同系伪造，附鉴定意见", by=cast.wang, at=LATE)
    task = Task.objects.get(case=number, matter="undertaking_doubted")
    assert cast.wang.office_name in task.title
    for who in ("sun", "lv", "zhou", "chen", "jiang"):
        with pytest.raises(NotAllowed):
            refer_undertaking(candidate_number=number, facts="x", by=getattr(cast, who), at=LATE)
    with pytest.raises(Refusal, match="请写明发现了什么"):
        refer_undertaking(candidate_number=number, facts=" ", by=cast.wang, at=LATE)
