"""配合督导办理: an industry authority is asked to assist at a visit, says whether it comes, and what it saw."""

from datetime import datetime

from django.db import IntegrityError, transaction

from touchstone.accounts.actor import Actor
from touchstone.inspections.models import Assistance, Task
from touchstone.inspections.queries.assisting import check_may_answer, check_may_ask, offices_to_ask
from touchstone.inspections.states import TaskState
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.inspections import LAW, SUPERVISED
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task, send_copy

ASKED = "assist_visit"


@transaction.atomic
def ask_to_assist(*, visit: str, office: str, words: str, by: Actor, at: datetime) -> Assistance:
    """This function will ask an authority of the body's field to assist at a visit that is known already.

    :raises NotAllowed: :raises Refusal: before the hour of the visit, after its result, for an authority of another field or asked already.
    """
    task = Task.objects.select_related("body", "draw__plan__office").filter(number=visit).first()
    if task is None or task.opens_at > at:
        raise Refusal("这项任务还没有揭晓，不能告诉任何部门。", LAW, "检查当日揭晓以后再邀请。")
    check_may_ask(by, task)
    if task.state in {TaskState.CONFIRMED, TaskState.CANCELLED}:
        raise Refusal(f"这项任务{task.get_state_display()}，不需要再请配合。", LAW, "下次检查时再邀请。")
    if not words.strip():
        raise Refusal("请写明请求配合的内容。", SUPERVISED, "例如：请派人核对设备和工位是否符合行业要求。")
    chosen = next((one for one in offices_to_ask(task) if one.number == office), None)
    if chosen is None:
        raise Refusal("该部门不是这家机构的行业主管部门，或者已经邀请过。", SUPERVISED, "请从列出的部门中选择。")
    try:
        with transaction.atomic():
            made = Assistance.objects.create(
                number=f"PH{at:%Y}{next_serial(f'assistance-{at:%Y}'):05d}", task=task, office=chosen, words=words.strip(), asked_at=at,
                asked_by_id=by.user_id,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refusal("已经邀请过该部门。", SUPERVISED, "请等待答复。") from fault
    record("assistance.asked", made.number, by=by, at=at, reason=made.words, detail={"visit": visit, "office": chosen.name})
    title = f"配合督导检查：{task.body.name}（{task.visit_on.month}月{task.visit_on.day}日）"
    open_task(
        case=made.number, matter=ASKED, title=title, office_id=chosen.pk, role=Role.CONSENT_OFFICER, by=by, at=at, due_on=task.visit_on
    )
    return made


@transaction.atomic
def answer_assistance(*, number: str, comes: bool, people: str, words: str, by: Actor, at: datetime) -> Assistance:
    """This function will say whether the authority comes, and who. :raises NotAllowed: :raises Refusal: without names or words, or a second time."""
    found = _locked(number)
    check_may_answer(by, found)
    if found.answered_at is not None:
        raise Refusal("已经答复过。", SUPERVISED, "有变化的，请直接联系抽查单位。")
    if comes and not people.strip():
        raise Refusal("请写明派谁配合。", SUPERVISED, "例如：张某、李某。")
    if not comes and not words.strip():
        raise Refusal("不能派人的，请写明原因。", SUPERVISED, "抽查单位据此安排。")
    found.comes, found.people, found.answer = comes, people.strip()[:120] if comes else "", words.strip()
    found.answered_at, found.answered_by_id = at, by.user_id
    found.save()
    record("assistance.answered", number, by=by, at=at, reason=found.answer, detail={"comes": comes, "people": found.people})
    close_tasks(case=number, matter=ASKED, by=by, at=at, outcome="派人配合" if comes else "不能派人")
    told = f"{found.office.name}：{'派' + found.people + '配合' if comes else '不能派人配合'}"
    send_copy(case=number, title=told, office_id=found.task.draw.plan.office_id, words=found.answer, by=by, at=at)
    return found


@transaction.atomic
def note_opinion(*, number: str, words: str, by: Actor, at: datetime) -> Assistance:
    """This function will put down what the authority saw; it advises the inspectors and binds nobody.

    :raises NotAllowed: :raises Refusal: unless somebody came, without words, or a second time.
    """
    found = _locked(number)
    check_may_answer(by, found)
    if not found.comes:
        raise Refusal("没有派人配合的，不提出配合意见。", SUPERVISED, "有情况需要反映的，请联系抽查单位。")
    if found.opined_at is not None:
        raise Refusal("配合意见已经提出。", SUPERVISED, "需要补充的，请联系抽查单位。")
    if not words.strip():
        raise Refusal("请写明配合意见。", SUPERVISED, "例如：设备和工位符合行业要求。")
    found.opinion, found.opined_at, found.opined_by_id = words.strip(), at, by.user_id
    found.save()
    record("assistance.opined", number, by=by, at=at, reason=found.opinion)
    send_copy(
        case=number, title=f"{found.office.name}提出配合意见", office_id=found.task.draw.plan.office_id, words=found.opinion, by=by, at=at
    )
    return found


def _locked(number: str) -> Assistance:
    rows = Assistance.objects.select_for_update(of=("self",)).select_related("office", "task__draw__plan")
    found = rows.filter(number=number).first()
    if found is None:
        raise Refusal(f"没有配合督导{number}。", SUPERVISED, "请从待办中打开。")
    return found
