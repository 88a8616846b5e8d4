"""远程监控: inspectors watch a sitting from afar, note what they see with the still as it was, and two conclude it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.files.operations import attach
from touchstone.inspections.models import CameraGap, CameraStill, Observation, Watch
from touchstone.inspections.permissions import cameras as permissions
from touchstone.inspections.queries.cameras import still_bytes
from touchstone.inspections.queries.campaigns import named_under_way
from touchstone.inspections.states.watching import WATCH_MOVES, WatchState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.inspections import VisitOutcome, confirmed_by_the_other
from touchstone.policy.roles import BodyKind, Role
from touchstone.policy.supervision.items import Way, item_is_listed
from touchstone.policy.supervision.records import LAW
from touchstone.tasks.operations import close_tasks, open_task

if TYPE_CHECKING:
    from touchstone.exams.models import Sitting

ITEM = "sitting"
STILL = "监控画面"
CONFIRM = "watch_confirm"


@transaction.atomic
def begin_watch(*, sitting: "Sitting", by: Actor, at: datetime, campaign: str = "") -> Watch:
    """This function will begin the actor's office's watching of a sitting. :raises NotAllowed: for an office that does not supervise it.

    :raises Refusal: a second time.
    """
    day = localtime(at).date()
    charge = permissions.check_may_watch(by, sitting, day)
    before = Watch.objects.filter(sitting=sitting, office_id=by.office_id).exclude(state=WatchState.DROPPED).first()
    if before is not None:
        raise Refusal(f"本单位已经在监控这个场次（{before.number}）。", LAW, "请在原来的记录中继续。")
    listed = item_is_listed(ITEM, Way.REMOTE, BodyKind(sitting.plan.body.kind), day)
    must(listed, "请改用其他检查方式。")
    made = Watch.objects.create(
        number=f"YC{at:%Y}{next_serial(f'watch-{at:%Y}'):05d}",
        sitting=sitting,
        body=sitting.plan.body,
        office_id=by.office_id,
        item=ITEM,
        campaign=named_under_way(campaign, by),
        charge=charge.as_record(),
        begun_at=at,
        begun_by_id=by.user_id,
        findings=records([charge, listed]),
    )
    detail = {"sitting": sitting.number, "body": sitting.plan.body.number, "findings": made.findings}
    record("watch.begun", made.number, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def note_observation(*, number: str, words: str, wrong: bool, still: CameraStill | None, by: Actor, at: datetime) -> Observation:
    """This function will note what an inspector sees now, with a still of one of the room's cameras, which is kept under the observation for good.

    :raises NotAllowed: :raises Refusal: without words.
    """
    watch = _locked(number)
    permissions.check_may(by, "observe", watch)
    WATCH_MOVES.check("observe", WatchState(watch.state))
    if not words.strip():
        raise Refusal("请写明看到的情况。", LAW, "写清时间、位置、发生了什么；没有异常的也可以记录。")
    place = watch.observations.count() + 1
    made = Observation(
        number=f"{watch.number}-{place:02d}",
        watch=watch,
        place=place,
        seen_at=still.taken_at if still is not None else at,
        words=words.strip()[:600],
        wrong=wrong,
        camera=still.camera if still is not None else None,
        still_sha256=still.sha256 if still is not None else "",
        noted_at=at,
        noted_by_id=by.user_id,
        noter=by.person_name,
    )
    made.save()
    if still is not None:
        attach(case=made.number, label=STILL, name=f"{made.number}.jpg", content=still_bytes(still), by=by, at=at)
    detail = {"observation": made.number, "wrong": wrong, "still": made.still_sha256}
    record("watch.observed", number, by=by, at=at, reason=made.words, detail=detail)
    return made


@transaction.atomic
def report_watch(*, number: str, outcome: str, words: str, by: Actor, at: datetime) -> Watch:
    """This function will put down what the watching came to; another inspector confirms it.

    :raises Refusal: before the sitting began, without words, for an outcome there is none of, or as clean where something wrong was noted.
    """
    watch = _locked(number)
    permissions.check_may(by, "report", watch)
    state = WATCH_MOVES.check("report", WatchState(watch.state))
    if watch.sitting.opened_at is None and outcome != VisitOutcome.NOT_HELD:
        raise Refusal("这个场次还没有开考。", LAW, "开考以后再填写结论；没有举行的，结论选“未能实施检查”。")
    if outcome not in set(VisitOutcome):
        raise Refusal("请选择监控结论。", LAW, "从列出的结论中选择一项。")
    if not words.strip():
        raise Refusal("请写明监控情况。", LAW, "写清监控的时间、考场和发现的问题。")
    if outcome == VisitOutcome.CLEAN and watch.observations.filter(wrong=True).exists():
        raise Refusal("记录中有发现问题的情况，结论不能是“未发现问题”。", LAW, "请按记录选择结论。")
    watch.outcome, watch.words, watch.reported_at, watch.reported_by_id = VisitOutcome(outcome), words.strip()[:2000], at, by.user_id
    watch.move_to(state)
    gaps = list(CameraGap.objects.filter(sitting=watch.sitting).order_by("pk").values_list("number", flat=True))
    record("watch.reported", number, by=by, at=at, reason=watch.words, detail={"outcome": watch.outcome, "gaps": gaps})
    title = f"确认远程监控结论：{watch.body.name}"
    open_task(case=number, matter=CONFIRM, title=title[:200], office_id=watch.office_id, role=Role.SUPERVISOR, by=by, at=at)
    return watch


@transaction.atomic
def send_back_watch(*, number: str, reason: str, by: Actor, at: datetime) -> Watch:
    """This function will have another inspector send back what was put down. :raises Refusal: one's own, or without a reason."""
    watch = _locked(number)
    permissions.check_may(by, "send_back", watch)
    state = WATCH_MOVES.check("send_back", WatchState(watch.state))
    must(confirmed_by_the_other(watch.reported_by_id, by.user_id), "请等待另一名检查人员确认或者退回。")
    if not reason.strip():
        raise Refusal("请写明退回的理由。", LAW, "请写清哪里与监控情况不符。")
    watch.move_to(state)
    record("watch.sent_back", number, by=by, at=at, reason=reason.strip())
    close_tasks(case=number, by=by, at=at, outcome="退回")
    return watch


@transaction.atomic
def confirm_watch(*, number: str, by: Actor, at: datetime) -> Watch:
    """This function will have another inspector confirm the conclusion; the body sees it from then on. :raises Refusal: one's own."""
    watch = _locked(number)
    permissions.check_may(by, "confirm", watch)
    state = WATCH_MOVES.check("confirm", WatchState(watch.state))
    found = confirmed_by_the_other(watch.reported_by_id, by.user_id)
    must(found, "请由另一名检查人员确认。")
    watch.findings = [*watch.findings, *records([found])]
    watch.confirmed_at, watch.confirmed_by_id = at, by.user_id
    watch.move_to(state)
    detail = {"outcome": watch.outcome, "body": watch.body.number, "findings": records([found])}
    record("watch.confirmed", number, by=by, at=at, reason=watch.words, detail=detail)
    close_tasks(case=number, by=by, at=at, outcome=VisitOutcome(watch.outcome).label)
    return watch


@transaction.atomic
def drop_watch(*, number: str, reason: str, by: Actor, at: datetime) -> Watch:
    """This function will drop a watching of which nothing was noted. :raises Refusal: otherwise, or without a reason."""
    watch = _locked(number)
    permissions.check_may(by, "drop", watch)
    state = WATCH_MOVES.check("drop", WatchState(watch.state))
    if watch.observations.exists():
        raise Refusal("已经有监控记录，不能取消。", LAW, "请填写结论。")
    if not reason.strip():
        raise Refusal("请写明取消的理由。", LAW, "例如：场次改期。")
    watch.words = reason.strip()[:2000]
    watch.move_to(state)
    record("watch.dropped", number, by=by, at=at, reason=watch.words)
    return watch


@transaction.atomic
def see_gap(*, number: str, words: str, by: Actor, at: datetime) -> CameraGap:
    """This function will note that the office told of a gap has looked into it (已核实), with what it found. :raises NotAllowed: :raises Refusal:"""
    rows = CameraGap.objects.select_for_update(of=("self",)).select_related(
        "sitting__plan__body", "sitting__plan__venue", "sitting__plan__scope_item__filing__root"
    )
    gap = rows.filter(number=number).first()
    if gap is None:
        raise Refusal("没有这段缺口。", LAW, "请从监控页中打开。")
    permissions.check_may_watch(by, gap.sitting, localtime(at).date())
    if not words.strip():
        raise Refusal("请写明核实情况。", LAW, "例如：已电话核实为断电，现场有人值守，三分钟内恢复。")
    record("camera.gap_seen", number, by=by, at=at, reason=words.strip())
    close_tasks(case=number, by=by, at=at, outcome="已核实", office_id=by.office_id)
    return gap


def _locked(number: str) -> Watch:
    rows = Watch.objects.select_for_update(of=("self",)).select_related("office", "body", "sitting")
    found = rows.filter(number=number).first()
    if found is None:
        raise Refusal("没有这次远程监控。", LAW, "请从“远程监控”列表中打开。")
    return found
