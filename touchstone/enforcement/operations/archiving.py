"""归档: a closed case is bound, what does not arise is explained, and it is sealed; whoever looks into it says what for."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.enforcement import permissions
from touchstone.enforcement.facts.binding import Item, does_not_arise, items_of
from touchstone.enforcement.facts.ocfl import object_of, zipped
from touchstone.enforcement.models import ArchiveOpening, CaseArchive
from touchstone.enforcement.operations._case import ask_director, locked, note, today, words
from touchstone.enforcement.queries.archives import archive, leave_of
from touchstone.enforcement.states import LAW, OVER
from touchstone.files.storage import keep, read
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.logs.lines import PublicLine
from touchstone.parameters.queries import calendar
from touchstone.policy.supervision.acts import Tier
from touchstone.policy.supervision.archive import archive_is_whole, archive_may_be_read, archived_in_time, kept_until
from touchstone.tasks.operations import close_tasks
from touchstone.trust.log.merkle import leaf_hash, root_of

LEAVE = "case_archive_leave"


@transaction.atomic
def seal_archive(*, number: str, explained: Mapping[str, str], by: Actor, at: datetime) -> CaseArchive:
    """This function will bind and seal the archive of a closed case: what it holds is fixed by its hashes, whose root goes into the log.

    `explained` says, by line of the contents, why something is not there; what the case itself tells does not arise needs no words.
    :raises NotAllowed: unless by those who handled it. :raises Refusal: before it is closed, twice, or while something is missing unexplained.
    """
    case, day = locked(number), today(at)
    permissions.check_handles(by, case)
    if case.state not in OVER or case.closed_at is None:
        raise Refusal(f"案件现为“{case.get_state_display()}”，还不能归档。", LAW, "结案、认定不成立或者经申诉撤销以后归档。")
    if CaseArchive.objects.filter(case=case).exists():
        raise Refusal("案卷已经封存。", LAW, "封存后不能更改；有新的情况的，另行立案或者立卷。")
    items = items_of(case)
    said = {title: text.strip() for title, text in explained.items() if text.strip()}
    reasons = {**does_not_arise(case), **said}
    whole = archive_is_whole({one.title for one in items}, reasons.keys(), day)
    must(whole, "请在说明中写明该材料为什么没有。")
    in_time = archived_in_time(today(case.closed_at), day, day, calendar())
    inventory = [_kept(one) for one in items]
    root = root_of(leaf_hash(bytes.fromhex(one["sha256"])) for one in inventory).hex()
    there = {one.title for one in items}
    made = CaseArchive.objects.create(
        case=case,
        number=f"AD{at:%Y}{next_serial(f'case-archive-{at:%Y}'):05d}",
        title=f"{case.party_name}违纪违规案（{case.number}）"[:200],
        party_name=case.party_name,
        inventory=inventory,
        explained={title: text for title, text in reasons.items() if title not in there},
        root=root,
        findings=records([whole, in_time]),
        sealed_at=at,
        sealed_by_id=by.user_id,
        kept_until=kept_until(Tier(case.tier), day),
    )
    detail = {"archive": made.number, "root": root, "files": len(inventory), "kept_until": made.kept_until.isoformat(), "findings": made.findings}
    line = PublicLine("archive.case_root", {"archive": made.number, "files": len(inventory), "root": root})
    record("case.archived", number, by=by, at=at, detail={**detail, "explained": made.explained}, public=line)
    close_tasks(case=number, by=by, at=at, outcome="已归档封存")
    return made


def _kept(one: Item) -> dict[str, Any]:
    sha256 = keep(one.content)
    return {"volume": one.volume.value, "title": one.title, "name": one.name, "sha256": sha256, "bytes": len(one.content)}


@transaction.atomic
def open_archive(*, number: str, purpose: str, by: Actor, at: datetime) -> ArchiveOpening:
    """This function will let somebody look into a sealed archive, for a purpose that is put down: the office that handled it, the body into its
    own, others with leave. :raises Refusal: without a purpose, or without leave."""
    found = archive(number, by)
    leave = leave_of(found, by)
    handles, of_body = permissions.handles_archive(by, found), permissions.is_of_body(by, found.case)
    rule = archive_may_be_read(handles, of_body, leave is not None, purpose, today(at))
    must(rule, "请写明用途；不是承办单位的，先申请查阅，经承办单位负责人同意。")
    opening = leave or ArchiveOpening(archive=found, opener=by.label[:160], opened_by_id=by.user_id, office_id=by.office_id or None, asked_at=at)
    opening.purpose, opening.opened_at = purpose.strip()[:200], at
    opening.save()
    note("case.archive_opened", found.case, by=by, at=at, reason=opening.purpose, archive=number, findings=records([rule]))
    return opening


@transaction.atomic
def ask_leave(*, number: str, purpose: str, by: Actor, at: datetime) -> ArchiveOpening:
    """This function will ask the office that handled a case for leave to look into its archive. :raises Refusal: without a purpose."""
    found = archive(number, by)
    text = words(purpose, "查阅案卷须写明用途。", "例如：办理同类案件参考。")
    made = ArchiveOpening.objects.create(
        archive=found, purpose=text[:200], opener=by.label[:160], opened_by_id=by.user_id, office_id=by.office_id or None, asked_at=at
    )
    ask_director(found.case, f"请审批查阅案卷{number}", matter=LEAVE, by=by, at=at)
    note("case.archive_asked", found.case, by=by, at=at, reason=made.purpose, archive=number)
    return made


@transaction.atomic
def give_leave(*, opening: int, by: Actor, at: datetime) -> ArchiveOpening:
    """This function will have the director of the office that handled a case give leave to look into its archive, once. :raises NotAllowed:"""
    found = ArchiveOpening.objects.select_for_update(of=("self",)).select_related("archive__case__office").filter(pk=opening).first()
    if found is None or found.approved_by_id is not None or found.opened_at is not None:
        raise Refusal("没有待审批的查阅申请。", LAW, "请刷新页面。")
    permissions.check_may_approve_opening(by, found.archive)
    found.approved_by_id = by.user_id
    found.save(update_fields=["approved_by"])
    note("case.archive_leave_given", found.archive.case, by=by, at=at, note=found.opener, archive=found.archive.number)
    close_tasks(case=found.archive.case.number, matter=LEAVE, by=by, at=at, outcome="已同意")
    return found


@transaction.atomic
def export_archive(*, number: str, purpose: str, by: Actor, at: datetime) -> tuple[str, bytes]:
    """This function will give a sealed archive as an OCFL object in a ZIP, with its name, to whoever may look into it, for a purpose.

    :raises Refusal: as `open_archive`.
    """
    open_archive(number=number, purpose=purpose, by=by, at=at)
    found = archive(number, by)
    files = [(f"{one['volume']}/{n:03d}-{one['name']}", read(one["sha256"])) for n, one in enumerate(found.inventory, 1)]
    sealed_by = found.sealed_by.display_name if found.sealed_by else "平台"
    told = object_of(
        f"urn:touchstone:case-archive:{number}", files, created=localtime(found.sealed_at), by=sealed_by, message=f"封存，根指纹{found.root}"
    )
    zip_bytes = zipped(number, told, localtime(found.sealed_at))
    sha256 = hashlib.sha256(zip_bytes).hexdigest()
    note("case.archive_exported", found.case, by=by.with_key(""), at=at, reason=purpose.strip(), archive=number, sha256=sha256)
    return f"{number}.zip", zip_bytes


def file_of(found: CaseArchive, place: int) -> tuple[str, bytes]:
    """This function will give the name and bytes of one file of an archive, by its place from 1. :raises Refusal: where there is none."""
    if not 1 <= place <= len(found.inventory):
        raise Refusal("案卷中没有这一件。", LAW, "请从卷内目录打开。")
    one = found.inventory[place - 1]
    return one["name"], read(one["sha256"])
