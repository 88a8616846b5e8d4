"""课程成绩办理: marks of course units are checked (试算), handed in by one person, confirmed by another, and taken back with a reason.

`通知 二(三)`: 课证融通. What was confirmed may exempt from elements of an exam (see `exams`); nothing else does.
"""

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies import permissions
from touchstone.bodies.models import CourseBatch, CourseResult, CourseRow, Pilot, Student
from touchstone.bodies.queries.courses import joins_courses, students_on_register, students_to_mark, units_of
from touchstone.files.operations import attach
from touchstone.files.workbooks import workbook_at_hand
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome, must
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.exams.courses import COURSES, confirmed_by_another, unit_mark_is_possible
from touchstone.policy.exams.parts import plain_mark
from touchstone.policy.roles import Role
from touchstone.sheets.child import read_rows, return_workbook
from touchstone.sheets.courses import SHAPE, CourseLine, course_template, parse_courses
from touchstone.sheets.shapes import PASSED
from touchstone.tasks.operations import close_tasks, open_task

CONFIRM = "confirm_courses"
SHEET, RETURNED = "课程成绩表", "核对结果"
State, Row, Origin = CourseBatch.State, CourseRow.Outcome, CourseBatch.Origin


def template_of(*, pilot: Pilot, day: date) -> bytes:
    """This function will give the workbook of a pilot, a row for each student on the register and each course unit."""
    return course_template(pilot.number, units_of(pilot), students_to_mark(pilot.body, day))


@transaction.atomic
def check_course_sheet(*, pilot_number: str, name: str, content: bytes, proof: str, by: Actor, at: datetime) -> CourseBatch:
    """This function will go through a workbook of course marks and say what would come of each row; nothing counts yet (试算).

    :raises Refusal: for a pilot of another kind or one that has not begun, without the transcript's name, for a file that cannot be read.
    """
    pilot = _open_pilot(pilot_number, proof, by, at)
    with workbook_at_hand(name, content, COURSES) as path, tempfile.TemporaryDirectory(prefix="courses-") as folder:
        with read_rows(path, SHAPE) as reading:
            marked = reading.head.marks.get("pilot", "")
            if marked != pilot.number:
                wrong = f"这份课程成绩表是试点{marked or '（未写明）'}的，不是{pilot.number}的。"
                raise Refusal(wrong, COURSES, "请在本页重新下载模板，把数据粘贴进去后再上传。")
            lines = list(parse_courses(reading.rows))
        if not lines:
            raise Refusal("课程成绩表中没有一行成绩。", COURSES, "请填好成绩后再上传。")
        made = _batch(pilot, Origin.WORKBOOK, proof, by, at, name=name[:200], sha256=hashlib.sha256(content).hexdigest())
        judged = _judged(made, lines, at.date())
        target = Path(folder) / "returned.xlsx"
        return_workbook(path, target, SHAPE, {one.row_number: _told(one) for one in judged})
        attach(case=made.number, label=SHEET, name=name, content=content, by=by.with_key(""), at=at)
        returned = f"{Path(name).stem}（{RETURNED}）.xlsx"
        attach(case=made.number, label=RETURNED, name=returned, content=target.read_bytes(), by=by.with_key(""), at=at)
    record("courses.checked", made.number, by=by, at=at, detail={"pilot": pilot.number, "proof": made.proof, "counts": _counts(judged)})
    return made


@transaction.atomic
def type_course_mark(
    *, pilot_number: str, register_number: str, unit: str, mark: Decimal, passed_on: date, proof: str, by: Actor, at: datetime
) -> CourseBatch:
    """This function will check one mark typed by hand; like a workbook, it is handed in and confirmed afterwards.

    :raises Refusal: as `check_course_sheet`, and with the sentence of what is wrong with the row.
    """
    pilot = _open_pilot(pilot_number, proof, by, at)
    line = CourseLine(1, register_number.strip()[:40], "", unit, mark, passed_on)
    made = _batch(pilot, Origin.TYPED, proof, by, at)
    (row,) = _judged(made, [line], at.date())
    if row.outcome != Row.READY:
        raise Refusal(row.sentence, COURSES, "请对照成绩单和学籍登记核对后再登记。")
    record("courses.checked", made.number, by=by, at=at, detail={"pilot": pilot.number, "proof": made.proof, "counts": _counts([row])})
    return made


@transaction.atomic
def hand_in_courses(*, number: str, by: Actor, at: datetime) -> CourseBatch:
    """This function will hand in what was checked, for somebody else to confirm; the rows are judged anew, since time may have passed.

    :raises Refusal: when it is handed in already, or no row is good.
    """
    found = _held(number, State.CHECKED, "只有试算后的批次可以提交确认", by)
    rows = list(found.rows.select_related("student__person").order_by("row_number"))
    lines = [
        CourseLine(one.row_number, one.register_number, one.name, one.unit, one.mark, one.passed_on) for one in rows if one.outcome == Row.READY
    ]
    found.rows.filter(outcome=Row.READY).delete()
    judged = _judged(found, lines, at.date())
    good = sum(one.outcome == Row.READY for one in judged)
    if not good:
        raise Refusal("没有一行可以登记。", COURSES, "请改正后重新上传。")
    found.state, found.entered_by_id = State.HANDED_IN, by.user_id
    found.save(update_fields=["state", "entered_by"])
    record("courses.handed_in", number, by=by, at=at, detail={"pilot": found.pilot.number, "rows": good})
    open_task(
        case=number, matter=CONFIRM, title=f"确认课程成绩{good}条：{found.proof}"[:200], office_id=found.pilot.body.office_id, role=Role.BODY_LEADER,
        by=by, at=at, due_on=None,
    )  # fmt: skip
    return found


@transaction.atomic
def confirm_courses(*, number: str, by: Actor, at: datetime) -> int:
    """This function will confirm a batch against the transcript: its good rows stand from now on; they are counted.

    :raises Refusal: unless it is handed in, or for whoever handed it in.
    """
    found = _held(number, State.HANDED_IN, "只有待确认的批次可以确认", by)
    permissions.check_may_confirm_courses(by, found.pilot.body)
    must(confirmed_by_another(found.entered_by_id, by.user_id, at.date()), "请由机构负责人中没有登记这批成绩的人确认。")
    made = _entered(found, by=by, at=at)
    close_tasks(case=number, matter=CONFIRM, by=by, at=at, outcome=f"已确认{len(made)}条")
    record("courses.confirmed", number, by=by, at=at, detail={"pilot": found.pilot.number, "results": len(made)})
    return len(made)


@transaction.atomic
def drop_courses(*, number: str, reason: str, by: Actor, at: datetime) -> CourseBatch:
    """This function will drop a batch that nobody has confirmed. :raises Refusal: without a reason, or once it is confirmed."""
    found = _locked(number, by)
    if found.state in {State.CONFIRMED, State.DROPPED}:
        raise Refusal(f"这批课程成绩{found.get_state_display()}，不能作废。", COURSES, "已确认的，请逐条撤销并写明原因。")
    if not reason.strip():
        raise Refusal("请写明作废的原因。", COURSES, "原因留在办理记录中。")
    found.state, found.dropped_because = State.DROPPED, reason.strip()[:200]
    found.save(update_fields=["state", "dropped_because"])
    close_tasks(case=number, matter=CONFIRM, by=by, at=at, outcome="已作废")
    record("courses.dropped", number, by=by, at=at, reason=reason.strip(), detail={"pilot": found.pilot.number})
    return found


@transaction.atomic
def take_back_course_result(*, number: str, reason: str, by: Actor, at: datetime) -> CourseResult:
    """This function will take back a confirmed course result that was wrong; the right one is entered anew.

    An exemption that rests on it no longer lets the plan be concluded until it is taken back as well (see `exams`).

    :raises Refusal: when it is taken back already, or without a reason.
    """
    found = CourseResult.objects.select_for_update(of=("self",)).select_related("pilot__body", "student__person").get(number=number)
    permissions.check_may_keep(by, found.pilot.body)
    permissions.check_may_confirm_courses(by, found.pilot.body)
    if found.ended_at is not None:
        raise Refusal("这条课程成绩已经撤销。", COURSES, "需要更正的，请重新登记正确的成绩。")
    if not reason.strip():
        raise Refusal("请写明撤销课程成绩的原因。", COURSES, "例如“登分有误，见成绩单第3页”。")
    found.ended_at, found.ended_because = at, reason.strip()[:200]
    found.save(update_fields=["ended_at", "ended_because"])
    detail = {"pilot": found.pilot.number, "person": found.student.person.number, "unit": found.unit, "mark": str(found.mark)}
    record("courses.result_taken_back", number, by=by, at=at, reason=reason.strip(), detail=detail)
    return found


@transaction.atomic
def enter_exam_marks(
    *, pilot: Pilot, unit: str, marks: Mapping[str, Decimal], plan_number: str, passed_on: date, by: Actor, at: datetime
) -> CourseBatch | None:
    """This function will write down what students (by register number) scored in an exam that was their course's as well; pushed down by `exams` when
    the results stand, and so confirmed. None where nobody's was to be written."""
    lines = [CourseLine(place, number, "", unit, mark, passed_on) for place, (number, mark) in enumerate(marks.items(), 1)]
    if not lines:
        return None
    made = _batch(pilot, Origin.EXAM, f"认定计划{plan_number}", by, at)
    _judged(made, lines, at.date())
    results = _entered(made, by=by, at=at)
    record("courses.examined", made.number, by=by.with_key(""), at=at, detail={"plan": plan_number, "unit": unit, "results": len(results)})
    return made


def _open_pilot(number: str, proof: str, by: Actor, at: datetime) -> Pilot:
    pilot = Pilot.objects.select_related("body").filter(number=number).first()
    if pilot is None:
        raise Refusal("没有这项试点。", COURSES, "请从试点列表中打开。")
    permissions.check_may_keep(by, pilot.body)
    if not joins_courses(pilot):
        raise Refusal(f"{pilot.get_kind_display()}试点不登记课程成绩。", COURSES, "课程成绩只在课证融通试点中登记。")
    if at.date() < pilot.since:
        raise Refusal(f"试点{pilot.number}自{pilot.since}起，现在不能登记课程成绩。", COURSES, "请在试点开始后登记。")
    if not proof.strip():
        raise Refusal("没有写明成绩依据。", COURSES, "请写明成绩单或教务系统的记录，例如“2025学年第一学期成绩单”。")
    return pilot


def _locked(number: str, by: Actor) -> CourseBatch:
    found = CourseBatch.objects.select_for_update(of=("self",)).select_related("pilot__body").get(number=number)
    permissions.check_may_keep(by, found.pilot.body)
    return found


def _held(number: str, state: str, sentence: str, by: Actor) -> CourseBatch:
    found = _locked(number, by)
    if found.state != state:
        raise Refusal(f"当前为“{found.get_state_display()}”，{sentence}。", COURSES, "请刷新页面查看。")
    return found


def _batch(pilot: Pilot, origin: str, proof: str, by: Actor, at: datetime, **given: str) -> CourseBatch:
    number = f"KB{at.year}{next_serial(f'courses-{at.year}'):06d}"
    return CourseBatch.objects.create(
        number=number, pilot=pilot, origin=origin, proof=proof.strip()[:120], entered_by_id=by.user_id, entered_at=at, **given
    )


def _judged(batch: CourseBatch, lines: Sequence[CourseLine], day: date) -> list[CourseRow]:
    """What comes of every line: kept with the batch."""
    pilot = batch.pilot
    found = students_on_register(pilot.body).filter(register_number__in=[one.register_number for one in lines])
    students = {one.register_number: one for one in found}
    standing = {
        (one.student_id, one.unit): one
        for one in CourseResult.objects.filter(pilot=pilot, student__in=students.values(), ended_at__isnull=True)
    }
    units = set(units_of(pilot))
    rows = []
    for line in lines:
        student = students.get(line.register_number)
        known = standing.get((student.pk, line.unit)) if student else None
        outcome, sentence = _outcome(line, student, known, units, day)
        rows.append(
            CourseRow(
                batch=batch, row_number=line.number, student=student, register_number=line.register_number,
                name=line.name or (student.person.name if student else ""), unit=line.unit, mark=line.mark, passed_on=line.passed_on,
                outcome=outcome, sentence=sentence[:500],
            )
        )  # fmt: skip
    return CourseRow.objects.bulk_create(rows, batch_size=1000)


def _outcome(line: CourseLine, student: Student | None, known: CourseResult | None, units: set[str], day: date) -> tuple[str, str]:
    if line.faults or line.mark is None or line.passed_on is None:
        return Row.REFUSED, "；".join(one.sentence.rstrip("。") for one in line.faults) + "。"
    if student is None:
        return Row.REFUSED, f"学籍号“{line.register_number}”不在本校学籍登记中，或者已经离校。"
    if line.name and line.name != student.person.name:
        return Row.REFUSED, f"学籍号{line.register_number}的学生是“{student.person.name}”，表中写的是“{line.name}”，请核对是否错行。"
    if line.unit not in units:
        return Row.REFUSED, f"试点的课程单元中没有“{line.unit}”。"
    possible = unit_mark_is_possible(line.mark, line.passed_on, day)
    if possible.outcome is not Outcome.MET:
        return Row.REFUSED, f"{possible.reason}。"
    if known is not None:
        if (known.mark, known.passed_on) == (line.mark, line.passed_on):
            return Row.UNCHANGED, "已登记，没有变化。"
        told = f"{plain_mark(known.mark)}分（{known.passed_on}）"
        return Row.REFUSED, f"“{line.unit}”已有成绩{told}；更正的，请先撤销原成绩并写明原因。"
    return Row.READY, "可以登记。"


def _told(row: CourseRow) -> str:
    return row.sentence if row.outcome == Row.REFUSED else f"{PASSED}：{row.sentence}"


def _counts(rows: Sequence[CourseRow]) -> dict[str, int]:
    return {one.value: sum(row.outcome == one for row in rows) for one in (Row.READY, Row.UNCHANGED, Row.REFUSED)}


def _entered(batch: CourseBatch, *, by: Actor, at: datetime) -> list[CourseResult]:
    """The good rows of a batch become results; one whose place was taken since is told in its row."""
    rows = list(batch.rows.filter(outcome=Row.READY).select_related("student").order_by("row_number"))
    taken = set(
        CourseResult.objects.filter(pilot=batch.pilot, student__in=[one.student_id for one in rows], ended_at__isnull=True).values_list(
            "student_id", "unit"
        )
    )
    made = []
    for one in rows:
        if one.student_id is None or one.mark is None or one.passed_on is None or (one.student_id, one.unit) in taken:
            one.outcome, one.sentence = Row.REFUSED, "确认时已有另一条成绩，本行没有采用。"
            continue
        taken.add((one.student_id, one.unit))
        one.outcome, one.sentence = Row.ENTERED, "已登记。"
        made.append(
            CourseResult(
                number=f"KC{at.year}{next_serial(f'course-{at.year}'):06d}", student_id=one.student_id, pilot=batch.pilot, batch=batch, unit=one.unit,
                mark=one.mark, passed_on=one.passed_on, confirmed_at=at,
            )
        )  # fmt: skip
    CourseRow.objects.bulk_update(rows, ["outcome", "sentence"], batch_size=1000)
    CourseResult.objects.bulk_create(made, batch_size=1000)
    batch.state, batch.confirmed_by_id, batch.confirmed_at = State.CONFIRMED, by.user_id, at
    batch.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    return made
