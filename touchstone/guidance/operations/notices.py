"""培训和指导通知办理: a notice goes to chosen bodies, and each confirms having read it."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries import bodies
from touchstone.guidance import permissions
from touchstone.guidance.models import GuidanceNotice, NoticeReading, Training
from touchstone.guidance.operations.training import TrainingTerms, check_terms
from touchstone.guidance.states import NoticeKind
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.ledger.queries import made_before
from touchstone.policy.guidance import GUIDANCE

if TYPE_CHECKING:
    from touchstone.bodies.models import Body


@transaction.atomic
def send_notice(
    *,
    kind: str,
    title: str,
    words: str,
    read_by_on: date,
    to: "Iterable[Body]",
    chosen: str,
    training: TrainingTerms | None = None,
    by: Actor,
    at: datetime,
) -> GuidanceNotice:
    """This function will send a notice to bodies of the office's ground; `chosen` says how they were chosen; `training` what they may sign up for.

    :raises NotAllowed: :raises Refusal: when something is missing, a body is not on the ground, or nobody is chosen.
    """
    permissions.check_may_advise(by)
    if before := made_before("guidance_notice.sent", by):
        return GuidanceNotice.objects.get(number=before)
    if kind not in NoticeKind.values or not title.strip() or not words.strip():
        raise Refusal("通知的类别、标题或内容没有填写。", GUIDANCE, "请填写后再发出。")
    if read_by_on < at.date():
        raise Refusal("阅知日期早于今天。", GUIDANCE, "请改填日期。")
    if training is not None:
        if kind != NoticeKind.TRAINING:
            raise Refusal("只有培训通知可以接受报名。", GUIDANCE, "请选择“培训通知”，或不填培训安排。")
        check_terms(training, at.date())
    wanted = {body.pk for body in to}
    own = set(bodies(by).filter(pk__in=wanted).values_list("pk", flat=True))
    if not wanted:
        raise Refusal("没有选中任何机构。", GUIDANCE, "请放宽类别、区和行业，或填写机构名单。")
    if wanted - own:
        raise Refusal(f"有{len(wanted - own)}家机构不在您所在单位的辖区和行业范围内。", GUIDANCE, "请只选择本辖区、本行业的机构。")
    made = GuidanceNotice.objects.create(
        number=f"TZ{at:%Y}{next_serial(f'guidance-notice-{at:%Y}'):06d}",
        kind=kind,
        title=title.strip(),
        words=words.strip(),
        read_by_on=read_by_on,
        chosen=chosen[:300],
        office_id=by.office_id,
        sent_at=at,
        sent_by_id=by.user_id,
    )
    if training is not None:
        Training.objects.create(notice=made, **asdict(training))
    NoticeReading.objects.bulk_create([NoticeReading(notice=made, body_id=key) for key in sorted(own)], batch_size=1000)
    record("guidance_notice.sent", made.number, by=by, at=at, detail={"bodies": len(own), "chosen": made.chosen})
    return made


@transaction.atomic
def confirm_reading(*, number: str, by: Actor, at: datetime) -> NoticeReading:
    """This function will note that the actor's body has read a notice; a second time changes nothing. :raises NotAllowed: when it went to others."""
    notice = GuidanceNotice.objects.get(number=number)
    permissions.check_may_confirm_reading(by, notice)
    reading = NoticeReading.objects.select_for_update().get(notice=notice, body__office_id=by.office_id)
    if reading.read_at is None:
        reading.read_at, reading.read_by_id = at, by.user_id
        reading.save(update_fields=["read_at", "read_by"])
        record("guidance_notice.read", number, by=by, at=at)
    return reading
