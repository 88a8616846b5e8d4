"""加签: an office is asked for its opinion beside the route; the step waits until it has answered or is no longer asked."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import offices
from touchstone.filings import permissions
from touchstone.filings.models import AddedOpinion
from touchstone.filings.operations._case import ROUTE, NothingToDo, locked, note, words
from touchstone.filings.states import State
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.parameters.queries import due
from touchstone.policy.filing.terms import OPINION_WITHIN
from touchstone.policy.roles import ROLES_OF_OFFICE, OfficeKind, Role
from touchstone.tasks.operations import close_tasks, open_task


@transaction.atomic
def ask_opinion(*, number: str, office_id: int, role: Role, question: str, by: Actor, at: datetime) -> AddedOpinion:
    """This function will ask an office of the city (a role in it) for an opinion on the present step.

    :raises Refusal: outside the review, for an office that is no authority, a role it does not have, or one that is asked already.
    """
    filing = locked(number)
    permissions.check_may(by, "ask_opinion", filing)
    if filing.state != State.UNDER_REVIEW:
        raise MoveRefused(f"当前为“{filing.state_label}”，不能加签。", ROUTE, "只有在审核中才可以加签。")
    office = offices(day=at.date()).filter(pk=office_id).first()
    if office is None or not OfficeKind(office.kind).is_authority or role not in ROLES_OF_OFFICE[OfficeKind(office.kind)]:
        raise Refusal("所选单位或岗位不能出具加签意见。", ROUTE, "请选择人社部门、市职鉴中心或行业主管部门的岗位。")
    question = words(question, "加签须写明需要对方说明的问题。", "例如：该考核点的消防验收是否在有效期内。")
    if filing.added_opinions.filter(office=office, role=role, step=filing.step, answered_at__isnull=True, called_back_at__isnull=True).exists():
        raise Refusal(f"已向{office.name}{role.label}征询，尚未答复。", ROUTE, "请等待答复、催办，或撤回后重新征询。")
    asked = AddedOpinion.objects.create(
        filing=filing,
        step=filing.step,
        office=office,
        role=role,
        question=question,
        asked_at=at,
        asked_by_id=by.user_id,
        due_on=due(OPINION_WITHIN, at),
    )
    title = f"加签：请对备案申请出具意见：{filing.body.name}"
    open_task(case=number, matter=f"filing.opinion_{asked.pk}", title=title, office_id=office.pk, role=role, by=by, at=at, due_on=asked.due_on)
    note("filing.opinion_asked", filing, by=by, at=at, reason=question, note=f"{office.name}{role.label}")
    return asked


@transaction.atomic
def answer_opinion(*, opinion_id: int, answer: str, by: Actor, at: datetime) -> AddedOpinion:
    """This function will answer for the office that was asked. :raises NothingToDo: when it was answered or called back. :raises WordsMissing:"""
    asked = _open(opinion_id)
    filing = locked(asked.filing.number)
    permissions.check_may(by, "answer_opinion", filing)
    if asked.office_id != by.office_id or not by.has(Role(asked.role)):
        raise NothingToDo("这件加签不由您所在的单位和岗位答复。", ROUTE, "请在右上角切换身份，或联系被征询单位的经办人。")
    asked.answer = words(answer, "请写明意见。", "意见将随案保存，并告知征询单位。")
    asked.answered_at, asked.answered_by_id = at, by.user_id
    asked.save(update_fields=["answer", "answered_at", "answered_by"])
    close_tasks(case=filing.number, matter=f"filing.opinion_{asked.pk}", by=by, at=at, outcome="已出具意见")
    note("filing.opinion_answered", filing, by=by, at=at, reason=asked.answer, note=by.office_name)
    return asked


@transaction.atomic
def call_back_opinion(*, opinion_id: int, by: Actor, at: datetime) -> AddedOpinion:
    """This function will no longer ask for an opinion, so that the step can go on. :raises NothingToDo: when it was answered or called back."""
    asked = _open(opinion_id)
    filing = locked(asked.filing.number)
    permissions.check_may(by, "ask_opinion", filing)
    asked.called_back_at = at
    asked.save(update_fields=["called_back_at"])
    close_tasks(case=filing.number, matter=f"filing.opinion_{asked.pk}", by=by, at=at, outcome="征询单位撤回")
    note("filing.opinion_called_back", filing, by=by, at=at, note=asked.office.name)
    return asked


def _open(opinion_id: int) -> AddedOpinion:
    asked = AddedOpinion.objects.select_for_update(of=("self",)).select_related("filing", "office").filter(pk=opinion_id).first()
    if asked is None or asked.answered_at or asked.called_back_at:
        raise NothingToDo("没有待答复的这件加签。", ROUTE, "请刷新页面查看最新情况。")
    return asked
