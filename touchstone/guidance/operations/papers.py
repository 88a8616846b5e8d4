"""模板和资料办理: a paper is published in an edition, replaces an earlier one, ceases to count, and is downloaded."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from touchstone.accounts.actor import Actor
from touchstone.files.operations import attach
from touchstone.guidance import permissions, queries
from touchstone.guidance.models import Paper
from touchstone.guidance.states import PaperKind, Reach, Topic
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.ledger.queries import made_before
from touchstone.policy.guidance import GUIDANCE


@transaction.atomic
def publish_paper(
    *,
    kind: str,
    topic: str,
    title: str,
    edition: str,
    introduction: str,
    reach: str,
    since: date,
    last_day: date | None,
    name: str,
    content: bytes,
    replaces: str = "",
    by: Actor,
    at: datetime,
) -> Paper:
    """This function will publish a paper with its file; one it replaces ceases to count on the day this one begins.

    :raises NotAllowed: :raises FileRefused: :raises Refusal: when something is missing, or days are out of order.
    """
    permissions.check_may_advise(by)
    if before := made_before("guidance_paper.published", by):
        return Paper.objects.get(number=before)
    if kind not in PaperKind.values or topic not in Topic.values or reach not in Reach.values:
        raise Refusal("没有选择类别、主题或公开范围。", GUIDANCE, "请从列出的选项中选择。")
    if not title.strip() or not edition.strip():
        raise Refusal("没有写明名称或版次。", GUIDANCE, "版次例如：2026年第1版。")
    if last_day is not None and last_day < since:
        raise Refusal("有效期截止日早于启用日。", GUIDANCE, "请改填日期；长期有效的不填截止日。")
    former = _to_replace(replaces, since, by) if replaces else None
    paper = Paper.objects.create(
        number=f"ZL{next_serial('guidance-paper'):06d}",
        kind=kind,
        topic=topic,
        title=title.strip(),
        edition=edition.strip(),
        introduction=introduction.strip(),
        reach=reach,
        since=since,
        until=last_day + timedelta(days=1) if last_day else None,
        replaces=former,
        office_id=by.office_id,
        published_at=at,
        published_by_id=by.user_id,
    )
    attach(case=paper.number, label=paper.title, name=name, content=content, by=by, at=at)
    record("guidance_paper.published", paper.number, by=by, at=at, detail={"edition": paper.edition, "reach": reach, "replaces": replaces})
    return paper


def _to_replace(number: str, since: date, by: Actor) -> Paper:
    former = Paper.objects.select_for_update(of=("self",)).select_related("office").get(number=number)
    permissions.check_may_replace(by, former)
    if not queries.replaceable(by, since).filter(pk=former.pk).exists():
        raise Refusal(f"资料{number}已被替代或已停用。", GUIDANCE, "请选择现行的版次。")
    former.until = max(since, former.since)
    former.save(update_fields=["until"])
    return former


@transaction.atomic
def end_paper(*, number: str, reason: str, by: Actor, at: datetime) -> Paper:
    """This function will let a paper count no longer, from the day of `at` on.

    :raises NotAllowed: :raises Refusal: when over, or without a reason.
    """
    paper = Paper.objects.select_for_update(of=("self",)).select_related("office").get(number=number)
    permissions.check_may_replace(by, paper)
    if paper.until is not None and paper.until <= at.date():
        raise Refusal(f"资料{number}已停用。", GUIDANCE, "无需重复办理。")
    if not reason.strip():
        raise Refusal("没有写明停用的原因。", GUIDANCE, "请填写后再提交。")
    paper.until = max(at.date(), paper.since)
    paper.save(update_fields=["until"])
    record("guidance_paper.ended", number, by=by, at=at, reason=reason.strip())
    return paper


def count_download(*, number: str) -> None:
    """This function will count a download. It writes no ledger line: who takes a public paper is nobody's business."""
    Paper.objects.filter(number=number).update(downloads=F("downloads") + 1)
