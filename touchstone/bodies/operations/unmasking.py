"""查看完整信息: who saw a whole identity number of a body's registers, or a paper that carries one, and why?"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from touchstone.accounts.actor import Actor
from touchstone.accounts.people import opened_id_number
from touchstone.bodies import permissions
from touchstone.bodies.models import Student, Worker
from touchstone.bodies.queries import body_of_entry
from touchstone.files.queries import of_case
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice, our_default

if TYPE_CHECKING:
    from touchstone.files.models import Attachment

CLAUSE = our_default("查看完整证件号码")


@transaction.atomic
def unmask_identity(*, number: str, reason: str, by: Actor, at: datetime) -> str:
    """This function will open the identity number of a person entered as a worker or a student, and put on record who saw it and why.

    :raises Refusal: without a reason, or for an entry that is no person.
    """
    body = body_of_entry(number)
    permissions.check_may_unmask(by, body)
    rows: QuerySet[Worker] | QuerySet[Student]
    match number[:2]:
        case "ZG":
            rows = Worker.objects.select_related("person")
        case "XJ":
            rows = Student.objects.select_related("person")
        case _:
            raise Refusal(f"{number}不是人员登记，没有证件号码。", CLAUSE, "请从在岗职工或学生名单中打开。")
    person = rows.get(pk=int(number[2:])).person
    record("identity.unmasked", body.number, by=by, at=at, reason=_reason(reason), detail={"number": number, "person": person.number})
    return opened_id_number(person)


@transaction.atomic
def open_personal_paper(*, number: str, attachment: str, reason: str, by: Actor, at: datetime) -> "Attachment":
    """This function will hand out a paper that carries identity numbers, under a person's entry or a roster, and put on record who opened it
    and why.

    :raises Refusal: without a reason, or when there is none such.
    """
    body = body_of_entry(number)
    permissions.check_may_unmask(by, body)
    found = of_case(number).filter(number=attachment).first()
    if found is None:
        raise Refusal("没有这份材料，或者已经移除。", notice("三(三)1"), "请刷新页面查看。")
    detail = {"number": number, "attachment": attachment, "label": found.label}
    record("paper.opened", body.number, by=by, at=at, reason=_reason(reason), detail=detail)
    return found


def _reason(text: str) -> str:
    if not text.strip():
        raise Refusal("没有写明查看的理由。", CLAUSE, "请写明因何事项需要查看，理由随查看记录保存，机构可以看到。")
    return text.strip()[:500]
