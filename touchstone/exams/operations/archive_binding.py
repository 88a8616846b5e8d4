"""档案装订: one volume after another is printed, kept and put down with its fingerprint; a killed worker goes on where it stopped."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.facts.archive import papers_of
from touchstone.exams.facts.archive.sheets import who
from touchstone.exams.models import Archive, ArchiveVolume
from touchstone.exams.operations.archive import MATTER, locked
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.queries.archive import volumes_now
from touchstone.exams.queries.plans import plan as plan_of
from touchstone.exams.queries.results import trade_or_occupation
from touchstone.exams.states import ARCHIVE_MOVES, ArchiveState
from touchstone.files.operations import FileRefused, attach
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.logs.lines import PublicLine
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.archive import Volume
from touchstone.policy.exams.deadlines import RETENTION_ELECTRONIC, RETENTION_PAPER
from touchstone.policy.roles import Role
from touchstone.print.dates import chinese_date
from touchstone.print.press import CannotPrint
from touchstone.print.volume import MISSING, Binding, Bound, print_volume
from touchstone.tasks.operations import open_task
from touchstone.trust.log.merkle import leaf_hash, root_of


@transaction.atomic
def bind_next(*, number: str, words: Callable[[str], str], by: Actor, at: datetime) -> bool:
    """This function will bind the next volume that is not there, and say whether there may be another; the last one ends the compilation. What
    cannot be printed ends it too, with the reason. `words` names kinds of ledger lines.
    """
    archive = locked(number)
    permissions.check_may(by, "bind_archive", archive.plan)
    if archive.state != ArchiveState.COMPILING:
        return False
    there = {Volume(one.volume) for one in volumes_now(archive)}
    volume = next((one for one in Volume if one not in there), None)
    if volume is None:
        _finish(archive, by, at)
        return False
    try:
        with transaction.atomic():
            _bind(archive, volume, words, by, at)
    except (CannotPrint, FileRefused) as fault:
        _give_up(archive, f"{volume.label}：{fault.sentence}", by, at)
        return False
    return True


def _bind(archive: Archive, volume: Volume, words: Callable[[str], str], by: Actor, at: datetime) -> None:
    plan, day = plan_of(archive.plan.number, by), localtime(at).date()
    bound = print_volume(_binding(archive, volume, at), papers_of(plan, volume, words, day))
    name = f"{archive.number} {volume.place}{volume.label}（第{archive.compilation}次汇编）.pdf"
    kept = attach(case=archive.number, label=volume.label, name=name, content=bound.pdf, by=by, at=at)
    ArchiveVolume.objects.create(
        archive=archive,
        compilation=archive.compilation,
        volume=volume,
        attachment=kept,
        sha256=kept.sha256,
        pages=bound.pages,
        catalogue=_catalogue(bound),
        bound_at=at,
    )
    detail = {"volume": volume.value, "compilation": archive.compilation, "pages": bound.pages, "sha256": kept.sha256}
    record("archive.volume_bound", archive.number, by=by, at=at, detail=detail)


def _catalogue(bound: Bound) -> list[dict[str, object]]:
    return [
        {
            "title": line.paper.title,
            "number": line.paper.number,
            "owner": line.paper.owner,
            "day": line.paper.day,
            "remark": line.paper.remark,
            "lacking": line.paper.lacking,
            "mark": line.paper.mark if line.paper.lacking else "",
            "first": line.first,
            "pages": line.pages,
        }
        for line in bound.lines
    ]


def _binding(archive: Archive, volume: Volume, at: datetime) -> Binding:
    plan, today = archive.plan, localtime(at).date()
    level = Level(plan.level).label
    paper, electronic = RETENTION_PAPER.on(today).value, RETENTION_ELECTRONIC.on(today).value
    compiler = who(archive.asked_by)
    added = (f"本卷为第{archive.version}版补充档案，理由：{archive.reason}。原档案保持不变。",) if archive.version > 1 else ()
    again = (f"本卷为第{archive.compilation}次汇编，理由：{archive.reason}。",) if archive.version == 1 and archive.reason else ()
    return Binding(
        number=archive.number,
        volume=volume.label,
        place=f"第{volume.place}卷 共{len(Volume)}卷",
        body=plan.body.name,
        facts=(
            ("计划编号", plan.number),
            ("职业（工种）", trade_or_occupation(plan)),
            ("等级", level),
            ("考试日期", chinese_date(plan.exam_on)),
            ("保管期限", f"纸质{paper}年，电子{electronic}年，自封存之日起"),
            ("立卷日期", chinese_date(today)),
        ),
        spine=(plan.number, trade_or_occupation(plan), level, f"{plan.exam_on.year}年"),
        closing=(*added, *again),
        signatures=(("立卷人", compiler), ("检查人", ""), ("立卷时间", chinese_date(today)), ("封存时间", "")),
    )


def _finish(archive: Archive, by: Actor, at: datetime) -> None:
    state = ARCHIVE_MOVES.check("finish_volumes", ArchiveState(archive.state))
    archive.compiled_at = at
    archive.lacking = [row["title"] for one in volumes_now(archive) for row in one.catalogue if row["mark"] == MISSING]
    archive.move_to(state)
    plan = archive.plan
    title, office = f"{plan.title}：请封存评价档案", plan.body.office_id
    open_task(case=archive.number, matter=MATTER, title=title, office_id=office, role=Role.BODY_LEADER, by=by, at=at, due_on=archive.due_on)
    volumes = sorted(one.sha256 for one in volumes_now(archive))
    told = {"archive": archive.number, "compilation": archive.compilation, "volumes": len(volumes), "root": root_of(map(_leaf, volumes)).hex()}
    detail = {"compilation": archive.compilation, "lacking": archive.lacking}
    record("archive.compiled", archive.number, by=by, at=at, detail=detail, public=PublicLine("archive.root", told))


def _leaf(sha256: str) -> bytes:
    return leaf_hash(bytes.fromhex(sha256))


def _give_up(archive: Archive, fault: str, by: Actor, at: datetime) -> None:
    state = ARCHIVE_MOVES.check("give_up_volumes", ArchiveState(archive.state))
    archive.fault = fault[:300]
    archive.move_to(state)
    record("archive.not_compiled", archive.number, by=by, at=at, reason=archive.fault, detail={"compilation": archive.compilation})


@transaction.atomic
def give_up_archive(*, number: str, by: Actor, at: datetime) -> None:
    """This function will end a compilation that failed for a reason nobody foresaw, so that it can be asked for again."""
    archive = locked(number)
    permissions.check_may(by, "bind_archive", archive.plan)
    if archive.state != ArchiveState.COMPILING:
        raise Refusal("这份档案没有在汇编。", RECORD, "请刷新页面查看。")
    _give_up(archive, "平台装订时出错，已记录，请再汇编一次；仍不成的，请联系平台运行人员。", by, at)
