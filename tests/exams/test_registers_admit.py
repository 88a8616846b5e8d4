"""评价对象与报名: on the day of application, which entry of the body's registers admits each candidate, and what speaks against it?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.cast import Cast
from tests.exams.registering import entry, put_in_force, row, workbook
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.people import Identity
from touchstone.bodies import operations
from touchstone.bodies.models import Agreement, Commission, Subsidiary, Worker
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.models import Candidate, Plan, UploadRow
from touchstone.exams.operations.eligibility_evidence import check_evidence, decide_eligibility
from touchstone.exams.operations.registration import register_candidate, withdraw_candidate
from touchstone.exams.operations.registration_import import process_upload
from touchstone.exams.operations.registration_upload import receive_upload
from touchstone.files.operations import attach
from touchstone.simulation.cast import BODY_A
from touchstone.simulation.identity import id_number, uscc

NEW_YEAR, NEXT = date(2026, 1, 1), date(2027, 1, 1)
BORN = date(1990, 1, 1)
PDF = b"%PDF-1.4 paper"
CLIENT, SCHOOL, SUBSIDIARY = "小微五金厂", "浦江职业技术学院", "苏州甲辰精密有限公司"
LATHE = "6-18-01-01"


def paper(cast: Cast, number: str) -> None:
    attach(case=number, label="原件", name="原件.pdf", content=PDF, by=cast.lin, at=cast.at)


def worker(cast: Cast, serial: int = 0, *, form: str = "直接用工", through: str = "", under: Subsidiary | None = None) -> Worker:
    who = {"name": entry(serial).identity.name, "id_number": entry(serial).identity.id_number}
    return operations.enter_worker(
        body=cast.body_a, **who, form=form, through=through, post="车工", since=NEW_YEAR, subsidiary=under, by=cast.lin, at=cast.at
    )


def commission(cast: Cast, *, people: int = 1, occupations: tuple[str, ...] = (LATHE,)) -> Commission:
    made = operations.enter_commission(
        body=cast.body_a, client=CLIENT, client_uscc=uscc(70), lacks="没有考核场地", occupations=occupations, people=people,
        signed_on=NEW_YEAR, since=NEW_YEAR, until=NEXT, by=cast.lin, at=cast.at,
    )  # fmt: skip
    paper(cast, made.number)
    return made


def agreement(cast: Cast) -> Agreement:
    made = operations.enter_agreement(
        body=cast.body_a, school=SCHOOL, school_uscc=uscc(71), majors=["数控技术"], signed_on=NEW_YEAR, since=NEW_YEAR, until=NEXT,
        by=cast.lin, at=cast.at,
    )  # fmt: skip
    paper(cast, made.number)
    return made


def pupil(cast: Cast, of: Agreement, *, graduates_on: date = date(2026, 7, 1), major: str = "数控技术") -> None:
    who = entry(0).identity
    operations.enter_student(
        body=cast.body_a, agreement=of, name=who.name, id_number=who.id_number, register_number="S1", major=major, programme="高职",
        full_time=True, enrolled_on=date(2023, 9, 1), graduates_on=graduates_on, by=cast.lin, at=cast.at,
    )  # fmt: skip


def subsidiary(cast: Cast, *, province: str = "32") -> Subsidiary:
    made = operations.enter_subsidiary(
        body=cast.body_a, name=SUBSIDIARY, uscc=uscc(72), province=province, address="苏州市", share=Decimal(60), since=NEW_YEAR,
        by=cast.lin, at=cast.at,
    )  # fmt: skip
    paper(cast, made.number)
    return made


def apply(cast: Cast, plan: Plan, serial: int = 0, *, ground: str = "own_staff", employment: str = "直接用工", employer: str = BODY_A) -> Candidate:
    given = replace(entry(serial, employment=employment if ground == "own_staff" else "", employer=employer), ground=ground)
    return register_candidate(plan_number=plan.number, entry=given, by=cast.sun, at=cast.at)


def admission(candidate: Candidate) -> dict[str, str]:
    """The worst outcome first, with all reasons and asks in one text."""
    found = [one for one in candidate.findings if one["part"] == "admission"]
    order = ["unmet", "unproven", "met"]
    worst = min(found, key=lambda one: order.index(one["outcome"]))["outcome"]
    return {"outcome": worst, "words": " ".join(f"{one['reason']} {one['ask_for']} {one['clause']}" for one in found)}


def show_employment(cast: Cast, candidate: Candidate) -> Candidate:
    return check_evidence(number=candidate.number, kind=ProofKind.EMPLOYMENT, facts={}, remark="在职名单已核", by=cast.sun, at=cast.at)


def test_own_staff_are_admitted_by_the_register(cast: Cast, plan: Plan) -> None:
    row = worker(cast)
    found = apply(cast, plan)
    assert found.admitted_by == row.number
    assert admission(found)["outcome"] == "met"


def test_whoever_is_not_on_the_register_is_open_until_entered(cast: Cast, plan: Plan) -> None:
    worker(cast, 1)
    found = apply(cast, plan)
    assert admission(found)["outcome"] == "unproven"
    assert "登记为在岗职工" in admission(found)["words"]
    row = worker(cast)
    again = decide_eligibility(number=found.number, by=cast.sun, at=cast.at)
    assert (admission(again)["outcome"], again.admitted_by) == ("met", row.number)


def test_who_left_before_the_day_of_application_is_refused(cast: Cast, plan: Plan) -> None:
    operations.end_worker(worker_id=worker(cast).pk, on=cast.at.date(), by=cast.lin, at=cast.at)
    found = apply(cast, plan)
    assert (found.state, found.admitted_by) == ("ineligible", "")
    assert "离岗" in admission(found)["words"]


def test_dispatch_rests_on_the_contract_named_in_the_register(cast: Cast, plan: Plan) -> None:
    row = worker(cast, form="劳务派遣", through="浦江人力公司")
    found = apply(cast, plan, employment="劳务派遣", employer="浦江人力公司")
    assert admission(found)["outcome"] == "unproven"
    assert "派遣协议" in admission(found)["words"]
    paper(cast, row.number)
    again = decide_eligibility(number=found.number, by=cast.sun, at=cast.at)
    assert (admission(again)["outcome"], again.admitted_by) == ("met", row.number)


def test_another_form_than_registered_is_open(cast: Cast, plan: Plan) -> None:
    worker(cast, form="劳务外包", through="浦江外包公司")
    found = apply(cast, plan, employment="直接用工")
    assert "登记为劳务外包，报名填直接用工" in admission(found)["words"]
    assert found.state == "unproven"


@pytest.mark.parametrize(("province", "clause"), [pytest.param("32", "三(二)5", id="市域外"), pytest.param("31", "二(一)", id="本市")])
def test_a_subsidiarys_worker_is_admitted(cast: Cast, plan: Plan, province: str, clause: str) -> None:
    row = worker(cast, under=subsidiary(cast, province=province))
    found = apply(cast, plan, employer=SUBSIDIARY)
    assert (admission(found)["outcome"], found.admitted_by) == ("met", row.number)
    assert clause in admission(found)["words"]


def test_a_subsidiary_that_left_admits_nobody(cast: Cast, plan: Plan) -> None:
    under = subsidiary(cast)
    worker(cast, under=under)
    operations.end_subsidiary(number=under.number, on=cast.at.date(), by=cast.lin, at=cast.at)
    found = apply(cast, plan, employer=SUBSIDIARY)
    assert "退出" in admission(found)["words"]
    assert found.state == "ineligible"


def test_a_commission_admits_as_many_as_agreed(cast: Cast, plan: Plan) -> None:
    made = commission(cast, people=1)
    first = apply(cast, plan, ground="commissioned", employer=CLIENT)
    assert "在岗证明" in admission(first)["words"]
    first = show_employment(cast, first)
    assert (admission(first)["outcome"], first.admitted_by) == ("met", made.number)
    second = apply(cast, plan, 1, ground="commissioned", employer=CLIENT)
    assert "约定1人，已接受1人" in admission(second)["words"]
    assert second.state == "ineligible"
    withdraw_candidate(number=first.number, reason="本人申请", by=cast.sun, at=cast.at)
    again = show_employment(cast, decide_eligibility(number=second.number, by=cast.sun, at=cast.at))
    assert again.admitted_by == made.number


def test_an_open_claim_takes_a_place_of_the_commission(cast: Cast, plan: Plan) -> None:
    commission(cast, people=1)
    apply(cast, plan, ground="commissioned", employer=CLIENT)
    assert "已接受1人" in admission(apply(cast, plan, 1, ground="commissioned", employer=CLIENT))["words"]


def _end_commission(cast: Cast) -> None:
    made = commission(cast)
    operations.end_commission(number=made.number, on=cast.at.date(), reason="合作结束", by=cast.lin, at=cast.at)


@pytest.mark.parametrize(
    ("prepare", "outcome", "words"),
    [
        pytest.param(lambda cast: None, "unproven", "没有登记该单位的委托", id="没有委托"),
        pytest.param(lambda cast: commission(cast, occupations=("6-31-01-03",)), "unmet", "不包含职业6-18-01-01", id="未委托的职业"),
        pytest.param(_end_commission, "unmet", "不在有效期内", id="委托已终止"),
    ],
)
def test_a_commission_that_does_not_carry(cast: Cast, plan: Plan, prepare: Callable[[Cast], object], outcome: str, words: str) -> None:
    prepare(cast)
    found = show_employment(cast, apply(cast, plan, ground="commissioned", employer=CLIENT))
    assert admission(found)["outcome"] == outcome
    assert words in admission(found)["words"]
    assert found.admitted_by == ""


def test_in_a_workbook_the_places_run_out_row_by_row(cast: Cast, plan: Plan) -> None:
    made = commission(cast, people=2)
    content = workbook(plan, [row(serial, employer=CLIENT, registering_body=CLIENT) for serial in range(3)])
    upload = receive_upload(
        plan_number=plan.number, name="报名表.xlsx", content=content, ground="commissioned", employment="", by=cast.sun, at=cast.at
    )
    process_upload(number=upload.number, by=PLATFORM, at=cast.at)
    found = Candidate.objects.order_by("pk")
    assert [one.admitted_by for one in found] == [made.number, made.number, ""]
    assert [one.state for one in found] == ["unproven", "unproven", "ineligible"]
    assert "约定2人，已接受2人" in str(UploadRow.objects.order_by("row_number").last().sentences)  # type: ignore[union-attr]


def test_a_client_that_is_filed_itself_must_evaluate_its_own_people(cast: Cast, plan: Plan) -> None:
    put_in_force(cast, level=4, of=cast.body_b)
    made = operations.enter_commission(
        body=cast.body_a, client=cast.body_b.name, client_uscc=cast.body_b.uscc, lacks="没有考核场地", occupations=[LATHE], people=5,
        signed_on=NEW_YEAR, since=NEW_YEAR, until=NEXT, by=cast.lin, at=cast.at,
    )  # fmt: skip
    paper(cast, made.number)
    found = show_employment(cast, apply(cast, plan, ground="commissioned", employer=cast.body_b.name))
    assert "已备案该职业" in admission(found)["words"]
    assert (found.state, found.admitted_by) == ("ineligible", "")


def test_a_student_is_admitted_by_the_agreement_in_force(cast: Cast, plan: Plan) -> None:
    made = agreement(cast)
    pupil(cast, made)
    found = apply(cast, plan, ground="student_by_agreement", employer=SCHOOL)
    assert (admission(found)["outcome"], found.admitted_by) == ("met", made.number)


def _ended(cast: Cast) -> None:
    made = agreement(cast)
    pupil(cast, made)
    operations.end_agreement(number=made.number, on=cast.at.date(), reason="合作结束", by=cast.lin, at=cast.at)


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        pytest.param(_ended, "不在有效期内", id="协议已终止"),
        pytest.param(lambda cast: pupil(cast, agreement(cast), graduates_on=date(2028, 7, 1)), "才进入毕业学年", id="不在毕业学年"),
        pytest.param(lambda cast: pupil(cast, agreement(cast), major="护理"), "护理", id="专业未约定"),
    ],
)
def test_a_student_whom_the_agreement_does_not_carry(cast: Cast, plan: Plan, prepare: Callable[[Cast], object], words: str) -> None:
    prepare(cast)
    found = apply(cast, plan, ground="student_by_agreement", employer=SCHOOL)
    assert words in admission(found)["words"]
    assert (found.state, found.admitted_by) == ("ineligible", "")


def test_a_document_stands_in_for_the_roster_but_never_for_the_agreement(cast: Cast, plan: Plan) -> None:
    found = show_employment(cast, apply(cast, plan, ground="student_by_agreement", employer=SCHOOL))
    assert "没有登记与该校的校企合作协议" in admission(found)["words"]
    made = agreement(cast)
    again = decide_eligibility(number=found.number, by=cast.sun, at=cast.at)
    assert (admission(again)["outcome"], again.admitted_by) == ("met", made.number)


def test_an_agreement_without_its_paper_admits_nobody_yet(cast: Cast, plan: Plan) -> None:
    made = operations.enter_agreement(
        body=cast.body_a, school=SCHOOL, school_uscc=uscc(71), majors=["数控技术"], signed_on=NEW_YEAR, since=NEW_YEAR, until=NEXT,
        by=cast.lin, at=cast.at,
    )  # fmt: skip
    pupil(cast, made)
    found = apply(cast, plan, ground="student_by_agreement", employer=SCHOOL)
    assert "协议扫描件" in admission(found)["words"]
    assert found.state == "unproven"


def test_the_day_of_application_decides_not_the_day_of_review(cast: Cast, plan: Plan) -> None:
    row = worker(cast)
    found = apply(cast, plan)
    later = replace(cast, at=cast.at.replace(day=5))
    operations.end_worker(worker_id=row.pk, on=later.at.date(), by=later.lin, at=later.at)
    again = decide_eligibility(number=found.number, by=later.sun, at=later.at)
    assert (admission(again)["outcome"], again.admitted_by) == ("met", row.number)


def test_the_same_person_in_two_plans_takes_one_place(cast: Cast, plan: Plan) -> None:
    commission(cast, people=1)
    first = apply(cast, plan, ground="commissioned", employer=CLIENT)
    assert decide_eligibility(number=first.number, by=cast.sun, at=cast.at).state != "ineligible"


def test_the_identity_is_the_one_on_the_register_not_the_name(cast: Cast, plan: Plan) -> None:
    worker(cast)
    stranger = replace(entry(5), identity=Identity(entry(0).identity.name, id_number(5, birthday=BORN, male=True), ""))
    found = register_candidate(plan_number=plan.number, entry=stranger, by=cast.sun, at=cast.at)
    assert "没有此人" in admission(found)["words"]
