"""故事·考试与证书: a sitting is held, scores come in, results stand before the public, certificates are issued and verified."""

from datetime import datetime, time
from typing import Any

from django.test import Client
from django.utils.timezone import localtime

from touchstone.accounts.actor import VISITOR
from touchstone.bodies.queries import staff_of
from touchstone.certificates import queries as certificates
from touchstone.certificates.operations import print_one
from touchstone.exams.facts.papers import printed_seats, room_of, tickets
from touchstone.exams.operations.arrangement import SittingTerms, add_sitting
from touchstone.exams.operations.arranging import arrange
from touchstone.exams.operations.attendance import close_sittings, note_attendance
from touchstone.exams.operations.day import close_sitting, open_sitting
from touchstone.exams.operations.issuing import issue_certificates
from touchstone.exams.operations.results import announce_results, answer_objection, conclude
from touchstone.exams.operations.score_workbook import take_score_sheet
from touchstone.exams.operations.seating import assign_seats
from touchstone.exams.queries import plans as plan_queries
from touchstone.exams.queries import sittings as sitting_queries
from touchstone.exams.states import Part, Result
from touchstone.files import queries as files
from touchstone.jobs.results import confirm_ripe_results
from touchstone.kernel.law import Refusal
from touchstone.notices.operations import make_objection
from touchstone.notices.printing import print_notice
from touchstone.notices.queries import objections_of, of_case
from touchstone.policy.documents import CERTIFICATE_NUMBER_RULE, STANDARD_2023, notice
from touchstone.print.sign_in import print_sign_in
from touchstone.print.ticket import print_tickets
from touchstone.sheets.scores import ABSENT, PRACTICAL, THEORY, Entrant, score_template
from touchstone.simulation.evaluation import look_at_drawn
from touchstone.simulation.story.filing import StoryBroken, must
from touchstone.simulation.story.people import REGISTRANTS
from touchstone.simulation.story.teller import Teller
from touchstone.simulation.story.workbooks import score_rows

RECORD, ISSUER, SUPERVISED = notice("三(二)4"), notice("一"), notice("三(三)1")
MARKS = {one.name: one.marks for one in REGISTRANTS}


def examine_and_certify(teller: Teller, number: str) -> list[str]:
    """This function will tell the evaluation from the seats to the certificates and give their numbers. :raises StoryBroken:"""
    _arrange(teller, number)
    _hold(teller, number)
    _score(teller, number)
    _announce(teller, number)
    return _certify(teller, number)


def _plan(teller: Teller, number: str) -> Any:
    return plan_queries.plan(number, teller.who("sun"))


def _arrange(teller: Teller, number: str) -> None:
    sun, plan = teller.who("sun"), _plan(teller, number)
    staff = {duty: list(staff_of(plan.body, teller.day, duty)) for duty in ("invigilator", "assessor", "internal_supervisor")}
    rooms = {room.purpose: room for room in sitting_queries.rooms(plan, plan.exam_on)}
    zone = teller.at.tzinfo
    for part, purpose, duty, hours in (
        (Part.THEORY, "theory", "invigilator", (time(9), time(10, 30))),
        (Part.PRACTICAL, "practical", "assessor", (time(13), time(16))),
    ):
        starts, ends = (datetime.combine(plan.exam_on, hour, zone) for hour in hours)
        people = [member.pk for member in staff[duty]]
        terms = SittingTerms(part, rooms[purpose].pk, starts, ends, people, staff["internal_supervisor"][0].pk)
        add_sitting(plan_number=number, terms=terms, by=sun, at=teller.at)
    seats = assign_seats(plan_number=number, by=sun, at=teller.at, seed="story")
    arrange(plan_number=number, by=sun, at=teller.at)
    teller.step(f"编排理论、技能两场，随机排座{seats}个，监考、考评人员和内部质量督导员到位", RECORD)
    teller.keep("准考证.pdf", print_tickets(tickets(_plan(teller, number)), per_page=2))
    for sitting in sitting_queries.sittings(plan):
        teller.keep(f"签到表-{sitting.get_part_display()}.pdf", print_sign_in(room_of(plan, sitting), printed_seats(sitting_queries.seats(sitting))))
    teller.note("准考证、签到表已打印")


def _hold(teller: Teller, number: str) -> None:
    sun, plan = teller.who("sun"), _plan(teller, number)
    here = {one.name: one.present for one in REGISTRANTS}
    for sitting in sitting_queries.sittings(plan):
        teller.until(plan.exam_on, hour=localtime(sitting.starts_at).hour)
        open_sitting(sitting_number=sitting.number, identity="id_card", by=sun, at=teller.at)
        marks = {str(seat.candidate.ticket_number): here[seat.candidate.name] for seat in sitting_queries.seats(sitting)}
        must(all(row.done for row in note_attendance(sitting_number=sitting.number, marks=marks, by=sun, at=teller.at)), "到考没有全部登记")
        teller.until(plan.exam_on, hour=localtime(sitting.ends_at).hour + 1)
        close_sitting(sitting_number=sitting.number, by=sun, at=teller.at)
    close_sittings(plan_number=number, by=sun, at=teller.at)
    teller.step("督导员到场开考，逐人登记到考，缺考1人，逐场结束", RECORD)


def _score(teller: Teller, number: str) -> None:
    teller.wait(1)
    sun, plan = teller.who("sun"), _plan(teller, number)
    absent: dict[str, str | float] = {THEORY: ABSENT, PRACTICAL: ABSENT}
    marks = {name: {THEORY: float(pair[0]), PRACTICAL: float(pair[1])} if pair else absent for name, pair in MARKS.items()}
    content = score_rows(_score_sheet(plan), "成绩", marks)
    teller.keep("成绩表.xlsx", content)
    report = take_score_sheet(plan_number=number, name="成绩表.xlsx", content=content, by=sun, at=teller.at)
    must(all(row.done for row in report.results), f"成绩没有全部登记：{[row.sentence for row in report.results if not row.done]}")
    teller.keep("成绩表（核对结果）.xlsx", files.content(report.returned))
    counts = conclude(plan_number=number, by=sun, at=teller.at)
    told = "，".join(f"{Result(key).label}{count}人" for key, count in counts.items())
    teller.step(f"成绩登记并判定：各科均须满60分，{told}；成绩随即锁定", STANDARD_2023.clause("鉴定方式"))
    looked = look_at_drawn(number, secret=b"\1" * 32, planner=sun, reviewer=teller.who("qian"), at=teller.at)
    teller.step(f"随机抽取{looked}份成绩，由没有参与登记的钱书瑶对照原卷复核，均一致", SUPERVISED)


def _score_sheet(plan: Any) -> bytes:
    rows = [Entrant(one.ticket_number or "", one.name, one.person.id_masked) for one in sitting_queries.entrants(plan)]
    return score_template(plan.number, rows, with_panel=False)


def _announce(teller: Teller, number: str) -> None:
    teller.wait(1)
    qian = teller.who("qian")
    announce_results(plan_number=number, by=qian, at=teller.at)
    announced = of_case(number).get()
    teller.keep("成绩公示.pdf", print_notice(announced))
    teller.step(f"钱书瑶公示成绩 {announced.number}，{announced.opened_on}起{announced.working_days}个工作日，姓名证件脱敏", RECORD)
    try:
        issue_certificates(plan_number=number, by=qian, at=teller.at)
    except Refusal as refusal:
        teller.note(f"公示未满就发证，被拒：{refusal}")
    else:
        raise StoryBroken("公示未满就核发了证书")
    teller.wait(2)
    make_objection(notice_number=announced.number, name="周同学", phone="10000000010", content="请复核宋一舟的技能成绩。", by=VISITOR, at=teller.at)
    objection = objections_of(number).get()
    teller.wait(1)
    answer_objection(number=objection.number, upheld=False, answer="经调阅评分记录，成绩无误。", by=qian, at=teller.at)
    teller.step("公示期内收到异议，核查后答复：不成立", RECORD)
    teller.until(announced.closes_on)
    must(confirm_ripe_results(teller.at) == 1, "公示期满没有确认成绩")
    teller.step("公示期满，成绩确认", RECORD)


def _certify(teller: Teller, number: str) -> list[str]:
    qian = teller.who("qian")
    outcomes = issue_certificates(plan_number=number, by=qian, at=teller.at)
    must(not any(one.sentence for one in outcomes), f"有证书没有发出：{[one.sentence for one in outcomes if one.sentence]}")
    issued = [one.certificate_number for one in outcomes]
    teller.step(f"钱书瑶核发证书{len(issued)}本，编号22位", CERTIFICATE_NUMBER_RULE.clause("编码规则"))
    for one in issued:
        teller.keep(f"证书/{one}.pdf", print_one(number=one, by=qian, at=teller.at))
    teller.note("、".join(issued[:3]) + ("…" if len(issued) > 3 else ""))
    return issued


def verify(teller: Teller, numbers: list[str]) -> str:
    """This function will open the public page of every certificate, and of one that does not exist, and give the address in the code on the first:
    that of its page or, where the city has its keys, one that holds the signed credential. :raises StoryBroken:"""
    visitor = Client(headers={"host": "127.0.0.1"})
    for number in numbers:
        page = visitor.get(certificates.verify_path(number))
        must(page.status_code == 200 and number in page.content.decode(), f"证书 {number} 验证不通过")
    forged = numbers[0][:-6] + "999999"
    answer = visitor.get("/verify", {"name": "陈默言", "number": forged})
    known = certificates.by_number(forged)
    must(known is None and "有效" not in _verdict(answer.content.decode()), "不存在的证书通过了验证")
    teller.step(f"任何人不用登录即可验证：{len(numbers)}本全部有效，编造的编号查无此证", ISSUER)
    first = certificates.by_number(numbers[0])
    if first is None:
        raise StoryBroken(f"证书 {numbers[0]} 查无此证")
    return str(certificates.qr_content(first))


def _verdict(page: str) -> str:
    """Give the heading of the answer: what a person reads first."""
    return page.split("<h1", 1)[-1].split("</h1>", 1)[0]
