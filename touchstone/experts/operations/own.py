"""本人申报: a member declares ties that forbid judging, days on which they cannot come, and how often they may be sent."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import person_by_id_number
from touchstone.experts import permissions
from touchstone.experts.models import Tie, Unavailable
from touchstone.experts.operations._case import LAW, NothingToDo, locked_member, note
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key

if TYPE_CHECKING:
    from touchstone.accounts.models import Person
    from touchstone.bodies.models import Body

MOST_A_MONTH = 31


@transaction.atomic
def declare_tie(
    *,
    member: str,
    kind: str,
    body: "Body | None" = None,
    name: str = "",
    id_number: str = "",
    words: str = "",
    since: date | None = None,
    by: Actor,
    at: datetime,
) -> Tie:
    """This function will put a tie on record: to a body, or to a person found by name and identity number exactly.

    :raises Refusal: for an unknown kind, neither or both, a person nobody knows, or a tie declared already.
    """
    found = locked_member(member)
    permissions.check_may_keep_own(by, found)
    if kind not in Tie.Kind.values:
        raise Refusal("没有选择是什么关系。", LAW, "请选择关系。")
    if (body is None) == (not id_number.strip()):
        raise Refusal("请填写一个评价机构，或者一个人的姓名和证件号码。", LAW, "一次申报一项；有多项的，请逐项申报。")
    person = None if body is not None else _person(name, id_number)
    if person is not None and person.pk == found.person_id:
        raise Refusal("这是您本人。", LAW, "请填写对方的姓名和证件号码。")
    if found.ties.filter(kind=kind, body=body, person=person, until__isnull=True).exists():
        raise Refusal("这项关系已经申报。", LAW, "无需重复申报。")
    tie = Tie.objects.create(
        member=found,
        kind=kind,
        body=body,
        person=person,
        note=words.strip()[:200],
        since=since or at.date(),
        declared_by_id=by.user_id,
        declared_at=at,
    )
    whom = body.number if body else person.number if person else ""
    note("member.tie_declared", found, by=by, at=at, kind=kind, whom=whom)
    return tie


def _person(name: str, id_number: str) -> "Person":
    try:
        person = person_by_id_number(id_number)
    except ValueError as error:
        raise Refusal(str(error), LAW, "请对照身份证件重新填写。") from error
    if person is None or person.name_key != name_key(name):
        raise Refusal("没有找到姓名和证件号码都相符的人员。", LAW, "请核对；对方还没有在平台登记的，请等其报名后再申报，或申报对方所在的机构。")
    return person


@transaction.atomic
def end_tie(*, member: str, tie_id: int, by: Actor, at: datetime) -> Tie:
    """This function will end a tie from today on; it stays on record. :raises NothingToDo: when there is no such open tie."""
    found = locked_member(member)
    permissions.check_may_keep_own(by, found)
    tie = found.ties.select_for_update(of=("self",)).filter(pk=tie_id, until__isnull=True).first()
    if tie is None:
        raise NothingToDo("没有这项正在生效的关系。", LAW, "请刷新页面查看。")
    tie.until = max(at.date(), tie.since)
    tie.save(update_fields=["until"])
    note("member.tie_ended", found, by=by, at=at, kind=tie.kind)
    return tie


@transaction.atomic
def block_days(*, member: str, since: date, until: date, reason: str, by: Actor, at: datetime) -> Unavailable:
    """This function will note days on which a member cannot be sent, `until` exclusive. :raises Refusal: past, out of order or overlapping."""
    found = locked_member(member)
    permissions.check_may_keep_own(by, found)
    if since < at.date() or until <= since:
        raise Refusal("起止日期不对。", LAW, "起始日不早于今天，截止日不早于起始日。")
    if found.unavailable.filter(since__lt=until, until__gt=since).exists():
        raise Refusal("这些日期里有已经登记过的。", LAW, "请先删去重叠的一段，再重新登记。")
    blocked = Unavailable.objects.create(member=found, since=since, until=until, reason=reason.strip()[:120])
    note("member.days_blocked", found, by=by, at=at, since=str(since), until=str(until))
    return blocked


@transaction.atomic
def free_days(*, member: str, blocked_id: int, by: Actor, at: datetime) -> None:
    """This function will let a member be sent again on days they had blocked. :raises NothingToDo: when there are no such days."""
    found = locked_member(member)
    permissions.check_may_keep_own(by, found)
    row = found.unavailable.filter(pk=blocked_id).first()
    if row is None:
        raise NothingToDo("没有登记这一段日期。", LAW, "请刷新页面查看。")
    note("member.days_freed", found, by=by, at=at, since=str(row.since), until=str(row.until))
    row.delete()


@transaction.atomic
def limit_month(*, member: str, per_month: int, by: Actor, at: datetime) -> None:
    """This function will set how often a month a member may be sent (0: as the city's default says). :raises Refusal: out of range."""
    found = locked_member(member)
    permissions.check_may_keep_own(by, found)
    if not 0 <= per_month <= MOST_A_MONTH:
        raise Refusal(f"每月次数应为0到{MOST_A_MONTH}之间的整数。", LAW, "填0表示按全市统一的上限。")
    found.per_month = per_month
    found.save(update_fields=["per_month"])
    note("member.month_limited", found, by=by, at=at, per_month=per_month)
