"""在岗职工: who comes into post with a body, in which form of employment, and who leaves?"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.operations import enter_person
from touchstone.bodies import permissions
from touchstone.bodies.models import Body, Subsidiary, Worker
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.parameters.queries import in_force
from touchstone.policy.documents import notice
from touchstone.policy.eligibility.admission import DIRECT, OWN_STAFF_FORMS
from touchstone.policy.roles import BodyKind

IN_POST = notice("二(一)")


@transaction.atomic
def enter_worker(
    *,
    body: Body,
    name: str,
    id_number: str,
    form: str,
    through: str,
    post: str,
    since: date,
    subsidiary: Subsidiary | None,
    by: Actor,
    at: datetime,
    evidence: str = "",
) -> Worker:
    """This function will enter a person in post; a form other than direct employment names the agency or contractor.

    `evidence` names the contract on which it rests; a scan of it may be filed under the row's number as well.

    :raises Refusal: for another kind of body, a form not on the list, a day to come, another body's subsidiary, a person in post already.
    """
    body = Body.objects.select_for_update().get(pk=body.pk)
    permissions.check_may_keep(by, body)
    if body.kind != BodyKind.ENTERPRISE:
        raise Refusal("只有用人单位登记本单位在岗职工。", IN_POST, "请按本机构可以接受的参评来源组织评价。")
    if not name.strip():
        raise Refusal("姓名没有填写。", IN_POST, "请按身份证填写姓名。")
    check_post(form, through, since, in_force(OWN_STAFF_FORMS, at.date()).value, at.date())
    if subsidiary is not None and (subsidiary.body_id != body.pk or subsidiary.until is not None):
        raise Refusal("所选下属企业不在本机构登记的范围内。", IN_POST, "请先登记该下属企业，再登记其职工。")
    person = enter_person(name=name, id_number=id_number, by=by.with_key(""), at=at)
    check_earlier(person.name, list(body.workers.filter(person=person)), since)
    made = Worker.objects.create(
        body=body,
        person=person,
        form=form,
        through=through.strip() if form != DIRECT else "",
        subsidiary=subsidiary,
        post=post.strip(),
        since=since,
        evidence=evidence.strip(),
        entered_at=at,
    )
    record("worker.entered", body.number, by=by, at=at, detail={"person": person.number, "form": form, "since": str(since)})
    return made


def check_post(form: str, through: str, since: date, forms: Sequence[str], today: date) -> None:
    """This function will let pass a form of the open list, with the agency or contractor where there is one. :raises Refusal:"""
    if form not in forms:
        raise Refusal(f"用工形式“{form}”不在可选范围内。", IN_POST, f"可选：{'、'.join(forms)}。")
    if form != DIRECT and not through.strip():
        raise Refusal(f"{form}没有写明派遣或承揽单位。", IN_POST, "请按合同填写该单位的全称。")
    if since > today:
        raise Refusal("在岗起始日晚于今天。", IN_POST, "请在职工到岗后登记。")


def check_earlier(name: str, rows: Sequence[Worker], since: date) -> None:
    """This function will let pass whoever is not in post and was not on `since`. :raises Refusal:"""
    if any(row.until is None for row in rows):
        raise Refusal(f"{name}已登记在岗。", IN_POST, "用工形式有变化的，请先登记离岗，再重新登记。")
    last = max((row.until for row in rows if row.until is not None), default=None)
    if last is not None and since < last:
        raise Refusal(f"{name}在{last}之前已有在岗记录，日期重叠。", IN_POST, "请核对在岗起始日。")


@transaction.atomic
def end_worker(*, worker_id: int, on: date, by: Actor, at: datetime) -> Worker:
    """This function will let a person leave the post; `on` is the first day out of it. :raises Refusal:"""
    worker = Worker.objects.select_for_update(of=("self",)).select_related("body", "person").get(pk=worker_id)
    permissions.check_may_keep(by, worker.body)
    if worker.until is not None:
        raise Refusal(f"{worker.person.name}已登记离岗。", IN_POST, "无需重复办理。")
    if not worker.since <= on <= at.date():
        raise Refusal("离岗日须在在岗起始日与今天之间。", IN_POST, "请核对离岗日。")
    worker.until = on
    worker.save(update_fields=["until"])
    record("worker.ended", worker.body.number, by=by, at=at, detail={"person": worker.person.number, "on": str(on)})
    return worker
