"""办理人: a colleague is invited and accepts, and whoever must stay away leaves."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.queries import actors_of, person_behind, users_of
from touchstone.enforcement import permissions
from touchstone.enforcement.models import Case, Officer
from touchstone.enforcement.operations._case import locked, note, today, words
from touchstone.enforcement.states import LAW, OFFICERS, OPEN
from touchstone.inspections.queries import recused_from
from touchstone.kernel.law import Refusal
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_personal_task

JOIN = "case_join"


@transaction.atomic
def invite_officer(*, number: str, user_id: int, by: Actor, at: datetime) -> Officer:
    """This function will ask a colleague to handle a case together. :raises NotAllowed: unless by one who handles it, or the director.

    :raises Refusal: for somebody who cannot, is recused from the body, or is there already.
    """
    case = locked(number)
    _check_arranges(by, case)
    _check_open(case)
    user = users_of(case.office, today(at)).filter(pk=user_id).first()
    roles = {role for one in actors_of(user, today(at)) if one.office_id == case.office_id for role in one.roles} if user else set()
    if user is None or user.person is None or not roles & OFFICERS:
        raise Refusal("只能邀请本单位的质量督导员、受理经办人或者备案登记员。", LAW, "请从列出的同事中选择。")
    if case.body_id and case.body_id in recused_from(user.person):
        raise Refusal(f"{user.person.name}已申报对该机构回避。", LAW, "请邀请其他同事。")
    if Officer.objects.filter(case=case, user=user, left_at__isnull=True).exists():
        raise Refusal(f"{user.person.name}已经是办理人，或者已被邀请。", LAW, "无需重复邀请。")
    if Officer.objects.filter(case=case, user=user, recused=True).exists():
        raise Refusal(f"{user.person.name}已回避本案。", LAW, "请邀请其他同事。")
    made = Officer.objects.create(case=case, user=user, name=user.person.name, invited_at=at, invited_by_id=by.user_id)
    title = f"请确认是否共同办理案件：{case.party_name}"[:200]
    role = next(role for role in sorted(OFFICERS) if role in roles)
    open_personal_task(
        case=number, matter=JOIN, title=title, office_id=case.office_id, role=Role(role), user_id=user.pk, by=by, at=at
    )
    note("case.officer_invited", case, by=by, at=at, note=made.name)
    return made


@transaction.atomic
def join_case(*, number: str, by: Actor, at: datetime) -> Officer:
    """This function will have an invited colleague accept. :raises NotAllowed: for somebody who was not invited."""
    case = locked(number)
    found = Officer.objects.select_for_update().filter(case=case, user_id=by.user_id or 0, accepted_at__isnull=True, left_at__isnull=True).first()
    if found is None or case.office_id != by.office_id:
        raise NotAllowed("没有邀请您办理本案。", LAW, "请由办理人邀请。")
    person = person_behind(by)
    if person is not None and case.body_id and case.body_id in recused_from(person):
        raise Refusal("您已申报对该机构回避。", LAW, "请在案件中写明回避，由办理人另行邀请。")
    found.accepted_at = at
    found.save(update_fields=["accepted_at"])
    close_tasks(case=number, matter=JOIN, by=by, at=at, outcome="已接受")
    note("case.officer_joined", case, by=by, at=at, note=found.name)
    return found


@transaction.atomic
def leave_case(*, number: str, reason: str, recused: bool, by: Actor, at: datetime) -> Officer:
    """This function will have somebody leave a case, because they must stay away (回避) or cannot go on. What they did stays in the ledger.

    :raises NotAllowed: for somebody who does not handle it. :raises Refusal: without a reason.
    """
    case = locked(number)
    found = Officer.objects.select_for_update().filter(case=case, user_id=by.user_id or 0, left_at__isnull=True).first()
    if found is None:
        raise NotAllowed("您不是本案的办理人。", LAW, "无需办理。")
    reason = words(reason, "没有写明退出的理由。", "需要回避的，写明与机构的关系。")
    found.left_at, found.left_because, found.recused = at, reason[:200], recused
    found.save()
    close_tasks(case=number, matter=JOIN, by=by, at=at, outcome="已退出")
    note("case.officer_left", case, by=by, at=at, reason=reason, note=f"{found.name}{'（回避）' if recused else ''}")
    return found


def _check_arranges(by: Actor, case: Case) -> None:
    if permissions.why_not(permissions.check_handles, by, case):
        permissions.check_in_charge(by, case)


def _check_open(case: Case) -> None:
    if case.state not in OPEN and case.state not in {"decided", "served"}:
        raise Refusal(f"案件现为“{case.get_state_display()}”，不再需要办理人。", LAW, "请查看流转记录。")
