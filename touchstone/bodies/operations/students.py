"""学籍登记: who is on a school's register, or on a partner school's under an agreement, and who leaves?"""

from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.operations import enter_person
from touchstone.bodies import permissions
from touchstone.bodies.models import Agreement, Body, Student
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.policy.roles import BodyKind

REGISTER = notice("二(三)")
BY_AGREEMENT = notice("二(一)")


@transaction.atomic
def enter_student(
    *,
    body: Body,
    agreement: Agreement | None,
    name: str,
    id_number: str,
    register_number: str,
    major: str,
    programme: str,
    full_time: bool,
    enrolled_on: date,
    graduates_on: date,
    by: Actor,
    at: datetime,
) -> Student:
    """This function will enter a student: a school's own without an agreement, an enterprise's under one of its agreements.

    :raises Refusal: for a body without students, another body's agreement, a missing fact, days out of order, a student known already.
    """
    body = Body.objects.select_for_update().get(pk=body.pk)
    permissions.check_may_keep(by, body)
    if body.kind == BodyKind.SCHOOL and agreement is not None:
        raise Refusal("院校只登记本校注册学籍的学生。", REGISTER, "请不要选择校企合作协议。")
    if body.kind == BodyKind.ENTERPRISE and (agreement is None or agreement.body_id != body.pk):
        raise Refusal("用人单位登记学生须依据本单位的校企合作协议。", BY_AGREEMENT, "请先登记协议，再登记该校学生。")
    if body.kind not in {BodyKind.SCHOOL, BodyKind.ENTERPRISE}:
        raise Refusal("社会培训评价组织不登记学生。", REGISTER, "本机构面向社会人员，考生可直接报名。")
    if agreement is not None and (agreement.ended_on or agreement.until) <= at.date():
        sentence = f"校企合作协议{agreement.number}已到期或终止，不能再据此登记学生。"
        raise Refusal(sentence, BY_AGREEMENT, "继续合作的，请签订后登记新的协议，再登记学生；此前申报的不受影响。")
    for value, label in ((name, "姓名"), (register_number, "学籍号"), (major, "专业")):
        if not value.strip():
            raise Refusal(f"{label}没有填写。", REGISTER, f"请按学籍登记填写{label}。")
    if graduates_on <= enrolled_on:
        raise Refusal("预计毕业日不晚于入学日。", REGISTER, "请按学籍登记核对日期。")
    person = enter_person(name=name, id_number=id_number, by=by.with_key(""), at=at)
    if body.students.filter(person=person, agreement=agreement, left_on__isnull=True).exists():
        raise Refusal(f"{person.name}已在登记之内。", REGISTER, "学籍有变化的，请先登记离校，再重新登记。")
    made = Student.objects.create(
        body=body,
        agreement=agreement,
        person=person,
        register_number=register_number.strip(),
        major=major.strip(),
        programme=programme.strip(),
        full_time=full_time,
        enrolled_on=enrolled_on,
        graduates_on=graduates_on,
        entered_at=at,
    )
    detail = {"person": person.number, "agreement": agreement.number if agreement else "", "major": made.major, "full_time": full_time}
    record("student.entered", body.number, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def note_diploma(*, student_id: int, diploma_number: str, by: Actor, at: datetime) -> Student:
    """This function will note the number of the diploma a student was given (学历证书), beside which certificates stand.

    :raises Refusal: without a number, before the graduation day, or when it is noted already.
    """
    student = Student.objects.select_for_update(of=("self",)).select_related("body", "person").get(pk=student_id)
    permissions.check_may_keep(by, student.body)
    number = diploma_number.strip().upper()
    if not number:
        raise Refusal("学历证书编号没有填写。", REGISTER, "请按学历证书填写编号。")
    if at.date() < student.graduates_on:
        raise Refusal(f"{student.person.name}预计{student.graduates_on}毕业，还没有学历证书。", REGISTER, "请在颁发学历证书后登记。")
    if student.diploma_number == number:
        raise Refusal("该学历证书编号已登记。", REGISTER, "无需重复办理。")
    before, student.diploma_number = student.diploma_number, number[:40]
    student.save(update_fields=["diploma_number"])
    detail = {"person": student.person.number, "diploma": student.diploma_number, "before": before}
    record("student.diploma_noted", student.body.number, by=by, at=at, detail=detail)
    return student


@transaction.atomic
def end_student(*, student_id: int, on: date, by: Actor, at: datetime) -> Student:
    """This function will let a student leave the register; `on` is the first day off it. :raises Refusal:"""
    student = Student.objects.select_for_update(of=("self",)).select_related("body", "person").get(pk=student_id)
    permissions.check_may_keep(by, student.body)
    if student.left_on is not None:
        raise Refusal(f"{student.person.name}已登记离校。", REGISTER, "无需重复办理。")
    if not student.enrolled_on <= on <= at.date():
        raise Refusal("离校日须在入学日与今天之间。", REGISTER, "请核对离校日。")
    student.left_on = on
    student.save(update_fields=["left_on"])
    record("student.left", student.body.number, by=by, at=at, detail={"person": student.person.number, "on": str(on)})
    return student
