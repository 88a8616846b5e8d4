"""公示办理: a list is put before the public, objections are taken and answered, the notice ends."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import rfc8785
from django.conf import settings
from django.db import transaction

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.people import field_key
from touchstone.kernel.law import Clause, Refusal
from touchstone.kernel.numbers import mask_phone
from touchstone.kernel.periods import Calendar
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import AlreadyDone, record
from touchstone.ledger.queries import history
from touchstone.logs.lines import PublicLine, salt_of, sealed
from touchstone.notices.models import Announcement, Objection, PublicNotice
from touchstone.notices.permissions import check_may_announce

if TYPE_CHECKING:
    from touchstone.accounts.models import Office


@transaction.atomic
def publish_notice(
    *,
    matter: str,
    case: str,
    title: str,
    preface: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    office: "Office",
    working_days: int,
    clause: Clause,
    calendar: Calendar,
    by: Actor,
    at: datetime,
) -> PublicNotice:
    """This function will put a masked list before the public from the day after `at` for `working_days` working days.

    The calling app decides who may; rows are lists of cells in the order of `columns`, already masked.
    """
    opened_on = calendar.add_working_days(at.date(), 1)
    last_day = calendar.add_working_days(opened_on, working_days - 1)
    notice = PublicNotice.objects.create(
        number=f"GS{at:%Y}{next_serial(f'notice-{at:%Y}'):06d}",
        matter=matter,
        case=case,
        title=title,
        preface=preface,
        columns=list(columns),
        rows=[list(row) for row in rows],
        office=office,
        phone=office.phone,
        clause=str(clause),
        working_days=working_days,
        opened_on=opened_on,
        closes_on=date.fromordinal(last_day.toordinal() + 1),
    )
    detail = {"case": case, "rows": len(notice.rows), "opened_on": opened_on.isoformat(), "closes_on": notice.closes_on.isoformat()}
    record("notice.published", notice.number, by=by.with_key(""), at=at, detail=detail, public=_public_line(notice))
    return notice


def _public_line(notice: PublicNotice) -> PublicLine:
    """What was published, sealed: names stay masked in it, and yet nobody can try names out against it."""
    salt = salt_of(bytes.fromhex(settings.FIELD_KEY), notice.number)
    content = rfc8785.dumps([notice.title, notice.preface, notice.columns, notice.rows, str(notice.opened_on), str(notice.closes_on)])
    told = {"notice": notice.number, "matter": notice.matter, "case": notice.case, "rows": len(notice.rows), "content": sealed(salt, bytes(content))}
    return PublicLine("decision.published", told)


@transaction.atomic
def make_objection(*, notice_number: str, name: str, phone: str, content: str, by: Actor, at: datetime) -> Objection:
    """This function will take an objection from anyone while the notice stands; the same request sent again gives the same objection.

    :raises Refusal: after it has ended, or with nothing said. :raises AlreadyDone: when the request came before, with other words.
    """
    notice = PublicNotice.objects.select_for_update(of=("self",)).get(number=notice_number)
    if (before := _objection_of(notice, by.request_key)) is not None:
        if (before.name, before.content) == (name.strip(), content.strip()):
            return before
        raise AlreadyDone(
            f"这份表单已经提交过（受理编号{before.number}），这次改动的内容没有收下。",
            next_step="还有别的异议要提的，请重新打开公示页面，再填写一份。",
        )
    if notice.closed_at is not None or at.date() >= notice.closes_on:
        raise Refusal("公示期已结束，不能再提出异议。", next_step=f"如有问题，请拨打受理电话 {notice.phone} 或通过投诉举报反映。")
    if not content.strip() or not name.strip() or not phone.strip():
        raise Refusal("请填写姓名、联系电话和异议内容。", next_step="我们需要联系您核实情况，电话只用于核实，不会公开。")
    number = f"YY{at:%Y}{secrets.randbelow(10**8):08d}"
    objection = Objection.objects.create(
        number=number,
        notice=notice,
        name=name.strip(),
        phone_sealed=field_key().seal(phone.strip(), f"notices_objection|{number}|phone"),
        phone_masked=mask_phone(phone.strip()),
        content=content.strip(),
        made_at=at,
    )
    record("objection.made", notice.number, by=by, at=at, detail={"objection": number, "case": notice.case})
    return objection


def _objection_of(notice: PublicNotice, request_key: str) -> Objection | None:
    """Give the objection this very request has made before. A visitor whose answer was lost on the way asks again and needs the receipt."""
    if not request_key:
        return None
    line = history(notice.number).filter(event="objection.made", request_key=request_key).first()
    return Objection.objects.get(number=line.detail["objection"]) if line else None


@transaction.atomic
def answer_objection(*, number: str, upheld: bool, answer: str, by: Actor, at: datetime) -> Objection:
    """This function will answer an objection; the calling app decides who may and what follows when it is upheld.

    :raises Refusal: when it is answered already, or the answer says nothing.
    """
    objection = Objection.objects.select_for_update(of=("self",)).select_related("notice").get(number=number)
    if objection.answered_at is not None:
        raise Refusal("该异议已答复。", next_step="答复不能修改；有新情况的，请另行登记。")
    if not answer.strip():
        raise Refusal("请写明核查情况和答复意见。", next_step="答复将告知异议人。")
    objection.upheld, objection.answer, objection.answered_by_id, objection.answered_at = upheld, answer.strip(), by.user_id, at
    objection.save()
    detail = {"objection": number, "upheld": upheld}
    record("objection.answered", objection.notice.number, by=by, at=at, reason=answer, detail=detail)
    return objection


@transaction.atomic
def close_notice(*, number: str, outcome: str, by: Actor, at: datetime) -> PublicNotice:
    """This function will end a notice whose days are over and whose objections are all answered, or end it early as void.

    :raises Refusal: while days or objections are open. A void notice (`outcome` 中止) may end at any time.
    """
    notice = PublicNotice.objects.select_for_update(of=("self",)).get(number=number)
    if notice.closed_at is not None:
        return notice
    if outcome != "中止":
        if at.date() < notice.closes_on:
            last_day = date.fromordinal(notice.closes_on.toordinal() - 1)
            raise Refusal(f"公示至{last_day:%Y年%m月%d日}，尚未期满。", next_step="期满后系统自动进入下一环节。")
        if notice.objections.filter(answered_at__isnull=True).exists():
            raise Refusal("尚有异议没有答复。", next_step="请先逐条核查并答复异议。")
    notice.closed_at, notice.outcome = at, outcome
    notice.save(update_fields=["closed_at", "outcome"])
    record("notice.closed", notice.number, by=by.with_key(""), at=at, detail={"case": notice.case, "outcome": outcome})
    return notice


@transaction.atomic
def publish_announcement(*, title: str, content: str, by: Actor, at: datetime) -> Announcement:
    """This function will publish an announcement of the actor's office. :raises NotAllowed: when the office may not announce."""
    check_may_announce(by)
    if not title.strip() or not content.strip():
        raise Refusal("请填写公告的标题和正文。", next_step="填写完整后再发布。")
    number = f"GG{at:%Y}{next_serial(f'announcement-{at:%Y}'):05d}"
    made = Announcement.objects.create(number=number, title=title.strip(), content=content.strip(), office_id=by.office_id, published_at=at)
    record("announcement.published", number, by=by, at=at, detail={"title": made.title})
    return made


@transaction.atomic
def withdraw_announcement(*, number: str, reason: str, by: Actor, at: datetime) -> Announcement:
    """This function will withdraw an announcement of the actor's own office. :raises NotAllowed: when it is another's."""
    found = Announcement.objects.select_for_update(of=("self",)).get(number=number)
    check_may_announce(by)
    if found.office_id != by.office_id:
        raise NotAllowed("只能撤下本机构发布的公告。", next_step="请联系发布该公告的机构。")
    if found.withdrawn_at is None:
        found.withdrawn_at = at
        found.save(update_fields=["withdrawn_at"])
        record("announcement.withdrawn", number, by=by, at=at, reason=reason)
    return found
