"""故事·报名与审核: a plan is reported, a workbook comes in with mistakes, conditions are decided one by one."""

from datetime import date
from typing import Any

from touchstone.bodies.queries import own_body
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.facts.options import options_of
from touchstone.exams.operations.eligibility_evidence import check_evidence
from touchstone.exams.operations.eligibility_review import close_review, refuse_candidate, review_batch
from touchstone.exams.operations.plan_report import report_plan, sign_for_plan
from touchstone.exams.operations.plans import PlanTerms, draft_plan
from touchstone.exams.operations.registration_import import process_upload
from touchstone.exams.operations.registration_upload import receive_upload
from touchstone.exams.queries import plans as plan_queries
from touchstone.exams.queries import registration
from touchstone.files import queries as files
from touchstone.filings.queries import scope_in_force
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import Calendar
from touchstone.policy.documents import STANDARD_2023, notice
from touchstone.sheets.registration_fields import SHEET
from touchstone.simulation.identity import phone
from touchstone.simulation.story.filing import must
from touchstone.simulation.story.people import REGISTRANTS, Registrant
from touchstone.simulation.story.teller import Teller
from touchstone.simulation.story.workbooks import corrected, filled

RECORD, STAFF = notice("三(二)4"), notice("二(一)")


def plan_and_register(teller: Teller) -> str:
    """This function will tell the plan, the two uploads and the review, and give the plan's number. :raises StoryBroken:"""
    number = _plan(teller)
    _first_workbook(teller, number)
    _second_workbook(teller, number)
    _review(teller, number)
    return number


def _plan(teller: Teller) -> str:
    teller.wait(1)
    sun = teller.who("sun")
    item = scope_in_force(teller.day, own_body(sun)).filter(level=4).get()
    exam_on = Calendar().add_working_days(teller.day, 16)
    terms = PlanTerms(exam_on, Calendar().add_working_days(exam_on, -8), 30, "孙景明 021-00000001", "车工四级/中级工2026年第一批")
    plan = draft_plan(scope_item_id=item.pk, terms=terms, by=sun, at=teller.at)
    report_plan(number=plan.number, by=sun, at=teller.at)
    teller.step(f"孙景明编制并上报认定计划 {plan.number}：{exam_on}考试", RECORD)
    wang = teller.who("wang")
    sign_for_plan(number=plan.number, by=wang, at=teller.at)
    teller.step("王怀瑾（区质量督导员）签收计划", notice("三(三)1"))
    return plan.number


def _workbook(teller: Teller, number: str) -> bytes:
    sun = teller.who("sun")
    plan = plan_queries.plan(number, sun)
    options = options_of(plan, teller.day)
    wrong = {
        2: {"证件号码": _twisted(REGISTRANTS[1].id_number)},
        6: {"出生日期": "1993年8月15日"},
        7: {"证件号码": "".join(chr(ord(place) + 0xFEE0) if place.isdigit() else place.lower() for place in REGISTRANTS[6].id_number)},
        10: {"手机号码": "1000"},
    }
    occupation, level, employer = options.occupations[0], options.levels[0], plan.body.name
    rows = [one.cells(occupation, level, options.conditions, employer) | wrong.get(one.serial, {}) for one in REGISTRANTS]
    rows.append(rows[0] | {"序号": "12"})
    return filled(registration.template(plan, teller.day), SHEET, rows)


def _twisted(number: str) -> str:
    return number[:17] + ("0" if number[17] != "0" else "1")


def _upload(teller: Teller, number: str, name: str, content: bytes) -> Any:
    sun = teller.who("sun")
    upload = receive_upload(plan_number=number, name=name, content=content, ground="own_staff", employment="直接用工", by=sun, at=teller.at)
    done = process_upload(number=upload.number, by=sun, at=teller.at)
    must(done.state == "finished" and done.cursor == done.total, f"报名表没有处理完：{done.sentence}")
    return done


def _first_workbook(teller: Teller, number: str) -> None:
    teller.wait(1)
    content = _workbook(teller, number)
    teller.keep("报名表.xlsx", content)
    done = _upload(teller, number, "报名表.xlsx", content)
    wrong = "；".join(f"第{row.row_number}行：{'、'.join(row.sentences)}" for row in registration.rows(done).filter(accepted=False))
    must(done.refused == 3 and done.accepted == len(REGISTRANTS) - 2, f"逐行结果不对：成功{done.accepted}，有误{done.refused}（{wrong}）")
    teller.step(f"孙景明上传报名表 {done.number}：{done.total}行，登记{done.accepted}行，有误{done.refused}行", RECORD)
    for row in registration.rows(done).filter(accepted=False):
        teller.note(f"第{row.row_number}行 {row.name}：{'；'.join(row.sentences)}")
    teller.keep("报名表（核对结果）.xlsx", files.content(done.returned))


def _second_workbook(teller: Teller, number: str) -> None:
    returned = (teller.out / "报名表（核对结果）.xlsx").read_bytes()
    fixes = {3: {"证件号码": REGISTRANTS[1].id_number}, 11: {"手机号码": phone(5010)}}
    content = corrected(returned, SHEET, fixes, dropped=[13])
    teller.keep("报名表（改好再传）.xlsx", content)
    done = _upload(teller, number, "报名表（改好再传）.xlsx", content)
    people = registration.candidates(plan_queries.plan(number, teller.who("sun"))).exclude(state="withdrawn").count()
    must(people == len(REGISTRANTS), f"应有{len(REGISTRANTS)}名考生，实有{people}名")
    teller.step(f"在退回的同一份工作簿上改好再传 {done.number}：共{people}名考生，没有重复登记", RECORD)


def _review(teller: Teller, number: str) -> None:
    teller.wait(2)
    sun = teller.who("sun")
    plan = plan_queries.plan(number, sun)
    everyone = {one.name: one for one in registration.candidates(plan)}
    outcomes = review_batch(numbers=[c.number for c in everyone.values()], act="employment", remark="已核对劳动合同", by=sun, at=teller.at)
    must(all(row.done for row in outcomes), "在岗证明没有全部核对")
    teller.step(f"核对{len(outcomes)}人的在岗和用工证明", STAFF)
    for one in REGISTRANTS:
        _prove(teller, everyone[one.name].number, one)
    for one in REGISTRANTS:
        _settle(teller, everyone[one.name].number)
    close_review(number=number, by=sun, at=teller.at)
    teller.step("完成资格审核：每人一份意见，符合、不符合、待证明，写明条件、条款和应补材料", STANDARD_2023.clause("申报条件"))
    for candidate in registration.candidates(plan).order_by("pk"):
        unmet = [finding["reason"] for finding in candidate.findings if finding["outcome"] != "met"]
        why = f"按 {candidate.satisfied_condition}" if candidate.state == "eligible" else "；".join(unmet)
        teller.note(f"{candidate.name}：{candidate.get_state_display()}，{why}")


def _prove(teller: Teller, number: str, one: Registrant) -> None:
    sun = teller.who("sun")
    if one.proven_since is not None:
        facts: dict[str, Any] = {"periods": [{"since": one.proven_since, "until": None, "relation": "same"}]}
        check_evidence(number=number, kind=ProofKind.WORK, facts=facts, remark="已核对社会保险缴费记录", by=sun, at=teller.at)
    if one.certificate is not None:
        issued: date | None = one.certificate_on
        facts = {"level": "5", "issued_on": issued, "relation": "same", "number": one.certificate[1]}
        check_evidence(number=number, kind=ProofKind.CERTIFICATE, facts=facts, remark="已核对证书原件", by=sun, at=teller.at)


def _settle(teller: Teller, number: str) -> None:
    """Who is still unproven on the last day is refused, with the reason; who is decided stays decided."""
    try:
        refuse_candidate(number=number, reason="截至审核结束未补交工作年限证明。", by=teller.who("sun"), at=teller.at)
    except Refusal:
        return
