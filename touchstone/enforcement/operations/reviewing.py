"""审核和会同: a lawyer looks, those in charge discuss, other authorities are asked."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import offices
from touchstone.enforcement import permissions
from touchstone.enforcement.models import Case, Discussant, Help
from touchstone.enforcement.operations._case import ask_officers, locked, note, today, words
from touchstone.enforcement.states import LAW, State
from touchstone.kernel.law import Refusal
from touchstone.parameters.queries import calendar
from touchstone.policy.roles import OfficeKind, Role
from touchstone.policy.supervision.clocks import Clock, last_day
from touchstone.tasks.operations import close_tasks, open_task

ASKED = frozenset({OfficeKind.ADVISER, OfficeKind.INDUSTRY_AUTHORITY})
_UNDECIDED = (State.OPENED, State.NOTIFIED, State.PROPOSED)
ADVISE = "case_advise"


@transaction.atomic
def examine_lawfulness(*, number: str, opinion: str, by: Actor, at: datetime) -> Case:
    """This function will put down that somebody who does not handle the case examined its lawfulness. :raises NotAllowed: :raises Refusal:"""
    case = _undecided(number)
    permissions.check_apart(by, case)
    case.lawyer_words = words(opinion, "没有写明法制审核意见。", "请写明主体、事实、证据、程序、依据、裁量是否合法适当。")
    case.lawyer_id, case.lawyer_at = by.user_id, at
    case.save()
    note("case.examined", case, by=by, at=at, reason=case.lawyer_words)
    return case


@transaction.atomic
def sign_discussion(*, number: str, opinion: str, by: Actor, at: datetime) -> Discussant:
    """This function will have somebody in charge take part in the joint discussion, each in their own words. :raises NotAllowed:

    :raises Refusal: twice.
    """
    case = _undecided(number)
    permissions.check_apart(by, case)
    if Discussant.objects.filter(case=case, user_id=by.user_id or 0).exists():
        raise Refusal("您已经签署集体讨论意见。", LAW, "无需重复办理。")
    text = words(opinion, "没有写明讨论意见。", "请写明对事实、情形和处理的意见。")
    made = Discussant.objects.create(case=case, user_id=by.user_id or 0, name=by.person_name, words=text, signed_at=at)
    note("case.discussed", case, by=by, at=at, reason=text, note=by.person_name)
    return made


@transaction.atomic
def ask_help(*, number: str, office: str, question: str, by: Actor, at: datetime) -> Help:
    """This function will ask another authority for its opinion; its people see the summary of this case from now on. :raises Refusal:"""
    case = _undecided(number)
    permissions.check_handles(by, case)
    found = offices(*ASKED, day=today(at)).filter(number=office).first()
    if found is None:
        raise Refusal("没有选择协办部门。", LAW, "请从公安、市场监管和行业主管部门中选择。")
    if Help.objects.filter(case=case, office=found).exists():
        raise Refusal(f"已经征求{found.name}的意见。", LAW, "请等待答复。")
    due_on = last_day(Clock.HELP, today(at), calendar())
    text = words(question, "没有写明请其提出意见的事项。", "例如：证书上的印章是否伪造。")
    made = Help.objects.create(case=case, office=found, question=text, asked_at=at, asked_by_id=by.user_id, due_on=due_on)
    role = Role.CASE_ADVISER if found.kind == OfficeKind.ADVISER else Role.CONSENT_OFFICER
    title = f"请对机构案件提出意见：{case.party_name}"[:200]
    open_task(case=number, matter=ADVISE, title=title, office_id=found.pk, role=role, by=by, at=at, due_on=due_on)
    note("case.help_asked", case, by=by, at=at, reason=text, note=found.name, office=found.number, due_on=due_on.isoformat())
    return made


@transaction.atomic
def give_opinion(*, number: str, opinion: str, by: Actor, at: datetime) -> Help:
    """This function will take the opinion of an authority that was asked, once. :raises NotAllowed: for one that was not. :raises Refusal:"""
    case = locked(number)
    asked = Help.objects.select_for_update(of=("self",)).select_related("office").filter(case=case, office_id=by.office_id).first()
    if asked is None:
        raise Refusal("本案没有征求您所在部门的意见。", LAW, "请核对案件编号。")
    permissions.check_may_advise(by, asked)
    if asked.answered_at is not None:
        raise Refusal("已经提出意见。", LAW, "需要补充的，请联系承办单位。")
    asked.opinion = words(opinion, "没有填写意见。", "请写明依据的法律规定和建议。")
    asked.answered_at, asked.answered_by_id, asked.answerer = at, by.user_id, by.person_name
    asked.save()
    note("case.help_given", case, by=by, at=at, reason=asked.opinion, note=asked.office.name)
    close_tasks(case=number, matter=ADVISE, office_id=by.office_id, by=by, at=at, outcome="已提出意见")
    ask_officers(case, f"{asked.office.name}已提出意见，请查看", matter="case_helped", by=by, at=at)
    return asked


def _undecided(number: str) -> Case:
    case = locked(number)
    if case.state not in _UNDECIDED:
        raise Refusal(f"案件现为“{case.get_state_display()}”，这一步已经过去。", LAW, "请查看流转记录。")
    return case
