"""档案查阅和销毁: every look into an archive leaves a row, and nothing is destroyed but by a decision that stays."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.models import Archive, ArchiveDestruction, ArchiveOpening, ArchiveVolume
from touchstone.exams.operations.archive import locked
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.queries.archive import volumes_now
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must, records
from touchstone.ledger.operations import record
from touchstone.policy.exams.archive import Carrier, Volume, consulted_for_a_reason, need_not_be_kept


@transaction.atomic
def consult_archive(*, number: str, volume: str, reason: str = "", by: Actor, at: datetime) -> ArchiveVolume:
    """This function will put down who looks into which volume, and, of an office, why, and give the volume as it was bound last.

    :raises Refusal: without a reason of an office, for a volume that is not there, or whose electronic copy was destroyed.
    """
    archive = locked(number)
    permissions.check_may_consult(by, archive)
    must(consulted_for_a_reason(by.is_authority, reason), "例如：核查投诉、日常督导抽查。")
    if archive.destructions.filter(carrier=Carrier.ELECTRONIC).exists():
        raise Refusal("这份档案的电子件已决定销毁，不能再查阅。", RECORD, "销毁内容和依据见档案页。")
    found = next((one for one in volumes_now(archive) if one.volume == volume), None)
    if found is None:
        raise Refusal("这一卷还没有汇编。", RECORD, "请由评价机构汇编后再查阅。")
    ArchiveOpening.objects.create(
        archive=archive,
        volume=volume,
        reason=reason.strip()[:200],
        opened_by_id=by.user_id,
        opener=by.label[:160],
        office_id=by.office_id or None,
        opened_at=at,
    )
    record("archive.consulted", number, by=by, at=at, reason=reason.strip(), detail={"volume": volume, "sha256": found.sha256})
    return found


@transaction.atomic
def destroy_archive(*, number: str, carrier: str, reason: str, witness: str, by: Actor, at: datetime) -> ArchiveDestruction:
    """This function will put down the decision to destroy an archive on one carrier, naming what and in whose presence. Its rows stay.

    :raises Refusal: before the years of keeping are over, without a reason or a witness, or a second time.
    """
    archive = locked(number)
    permissions.check_may(by, "destroy_archive", archive.plan)
    if carrier not in list(Carrier):
        raise Refusal("请选择要销毁的载体。", RECORD, "可选：纸质档案、电子档案。")
    chosen, today = Carrier(carrier), localtime(at).date()
    found = need_not_be_kept(archive.until(chosen), chosen, today)
    must(found, "请在保存年限届满后办理。")
    if not reason.strip() or not witness.strip():
        raise Refusal("销毁档案须写明理由和监销人。", RECORD, "例如：保存年限届满，没有未了结的投诉和复核。")
    if witness.strip() == by.person_name:
        raise Refusal("监销人不能是作出决定的人。", RECORD, "请由另一人监销。")
    if archive.destructions.filter(carrier=chosen).exists():
        raise Refusal(f"{chosen.label}已决定销毁。", RECORD, "无需重复办理。")
    made = ArchiveDestruction.objects.create(
        archive=archive,
        carrier=chosen,
        named=what_is_destroyed(archive, chosen),
        reason=reason.strip()[:200],
        witness=witness.strip()[:60],
        findings=records([found]),
        decided_by_id=by.user_id,
        decided_at=at,
    )
    detail = {"carrier": chosen.value, "named": made.named, "witness": made.witness, "findings": made.findings}
    record("archive.destroyed", number, by=by, at=at, reason=made.reason, detail=detail)
    return made


def what_is_destroyed(archive: Archive, carrier: Carrier) -> str:
    """This function will name what a decision destroys: carrier, number, volumes and pages."""
    parts = [f"{Volume(one.volume).label}{one.pages}页" for one in volumes_now(archive)]
    return f"{carrier.label} {archive.number}：{'、'.join(parts)}"
