"""冻结名单: both rosters of a draw are put down before anybody can know its numbers; one that is made void is followed by another."""

from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.inspections import permissions
from touchstone.inspections.facts import inspectors_of, quotas_of, supervised_by
from touchstone.inspections.models import Draw, InspectorOnRoster, OnRoster, Plan, Task, TaskInspector
from touchstone.inspections.operations._public import line_of_secret, line_of_void
from touchstone.inspections.queries import drawn_in_year, secret_of
from touchstone.inspections.states import DRAW_MOVES, DrawState, TaskState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, must, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.inspections import LAW, inspectors_suffice, plan_is_public
from touchstone.tasks.operations import close_tasks, close_tasks_of


@transaction.atomic
def begin_draw(*, plan_number: str, visits_from: date, by: Actor, at: datetime) -> Draw:
    """This function will begin a draw of an approved plan, with both rosters frozen as they stand.

    :raises Refusal: before the plan is public, for a month it does not foresee, a day too near, or while another draw for that month stands.
    """
    plan = Plan.objects.select_for_update(of=("self",)).select_related("office").get(number=plan_number)
    permissions.check_may_draw(by, plan)
    standing = plan.draws.exclude(state=DrawState.VOIDED).filter(visits_from__month=visits_from.month).first()
    if standing is not None:
        raise Refusal(f"{visits_from.month}月的抽取已经发起（{standing.number}）。", LAW, "请在原来的抽取中办理，需要另抽的办理作废重抽。")
    return _begin(plan, visits_from, None, by=by, at=at)


def _begin(plan: Plan, visits_from: date, before: Draw | None, *, by: Actor, at: datetime) -> Draw:
    approved_on = plan.approved_at.date() if plan.approved_at else None
    found = plan_is_public(approved_on, plan.year, plan.months, visits_from, at.date())
    must(found, "请先完成年度计划，或者改选计划内的月份。")
    if visits_from <= at.date():
        raise Refusal("检查开始日须在今天之后。", LAW, "请留出公告、开奖和抽取的时间。")
    draw = Draw.objects.create(
        number=f"CQ{at:%Y}{next_serial(f'inspection-draw-{at:%Y}'):05d}",
        plan=plan,
        sequence=before.sequence + 1 if before is not None else 1,
        replaces=before,
        visits_from=visits_from,
        frozen_at=at,
        frozen_by_id=by.user_id,
    )
    _freeze(draw, [found], by=by, at=at)
    return draw


def _freeze(draw: Draw, found: list[Finding], *, by: Actor, at: datetime) -> None:
    """Put both rosters down, and record it. :raises Refusal: where there is nobody to inspect."""
    day = at.date()
    everybody, before = supervised_by(draw.plan.office, day), drawn_in_year(draw.plan)
    if not everybody:
        raise Refusal("本单位监管范围内没有备案在有效期内的评价机构。", LAW, "没有可以抽查的机构。")
    left = sum(month >= draw.visits_from.month for month in draw.plan.months)
    quotas = quotas_of(everybody, before, left, day)
    # Whoever was drawn this year is not drawn again: a year draws as many bodies as it says, and each of the lowest grade once.
    lines = [line for line in everybody if line.body.pk not in before]
    if not quotas:
        raise Refusal("今年应当抽查的机构都已抽中。", LAW, "需要再检查的，可以发起日常检查。")
    people = inspectors_of(draw.plan.office, [one.body for one in lines], day)
    draw.roster.all().delete()
    draw.inspectors.all().delete()
    OnRoster.objects.bulk_create(
        [OnRoster(draw=draw, body=one.body, stratum=one.stratum, district=one.district) for one in lines], batch_size=1000
    )
    InspectorOnRoster.objects.bulk_create(
        [InspectorOnRoster(draw=draw, person=one.person, most=one.most, recused_from=one.recused_from) for one in people]
    )
    fewest = min(sum(line.body.number not in one.recused_from for one in people) for line in lines)
    drawn = sum(quotas.values())
    found = [*found, inspectors_suffice(fewest, drawn, sum(one.most for one in people), day)]
    draw.quotas, draw.frozen_at, draw.frozen_by_id, draw.findings = quotas, at, by.user_id, records(found)
    draw.save()
    detail = {"bodies": len(lines), "inspectors": len(people), "quotas": draw.quotas, "findings": draw.findings, "sequence": draw.sequence}
    record("inspection_draw.frozen", draw.number, by=by, at=at, detail=detail)


@transaction.atomic
def freeze_again(*, number: str, by: Actor, at: datetime) -> Draw:
    """This function will freeze the rosters anew, as they stand now; once a draw is announced they never change."""
    draw = locked(number)
    permissions.check_may(by, "freeze", draw)
    DRAW_MOVES.check("freeze", DrawState(draw.state))
    approved_on = draw.plan.approved_at.date() if draw.plan.approved_at else None
    _freeze(draw, [plan_is_public(approved_on, draw.plan.year, draw.plan.months, draw.visits_from, at.date())], by=by, at=at)
    return draw


@transaction.atomic
def discard_draw(*, number: str, reason: str, by: Actor, at: datetime) -> Draw:
    """This function will give a draw up before it is announced; its number is told to the public with the reason. :raises Refusal: without one."""
    draw = locked(number)
    permissions.check_may(by, "discard", draw)
    state = DRAW_MOVES.check("discard", DrawState(draw.state))
    _void(draw, state, reason, at)
    record("inspection_draw.voided", number, by=by, at=at, reason=draw.void_because, public=line_of_void(draw, ""))
    close_tasks(case=number, by=by, at=at, outcome="不再抽取")
    return draw


@transaction.atomic
def redraw(*, number: str, reason: str, visits_from: date, by: Actor, at: datetime) -> Draw:
    """This function will make a draw void, for a reason that everybody reads, and begin the next one in its stead; nothing is erased.

    :raises Refusal: without a reason, or once a visit of it is known.
    """
    draw = locked(number)
    permissions.check_may(by, "redraw", draw)
    state = DRAW_MOVES.check("redraw", DrawState(draw.state))
    tasks = Task.objects.filter(draw=draw)
    if tasks.filter(opens_at__lte=at).exists():
        raise Refusal("已有抽查任务揭晓，不能作废重抽。", LAW, "个别任务不能实施的，请在该任务中说明。")
    _void(draw, state, reason, at)
    close_tasks_of(cases=[number, *tasks.values_list("number", flat=True)], by=by, at=at, outcome="作废重抽")
    tasks.update(state=TaskState.CANCELLED)
    TaskInspector.objects.filter(task__draw=draw).update(standing=False)
    made = _begin(draw.plan, visits_from, draw, by=by, at=at)
    detail = {"then": made.number, "visits_from": visits_from.isoformat()}
    # The secret of what is void is told at once: everybody sees what was, or would have been, drawn, and whether that was why.
    told = [line_of_void(draw, made.number), line_of_secret(draw, secret_of(draw))]
    record("inspection_draw.voided", number, by=by, at=at, reason=draw.void_because, detail=detail, public=told)
    return made


def _void(draw: Draw, state: DrawState, reason: str, at: datetime) -> None:
    if not reason.strip():
        raise Refusal("请写明理由。", LAW, "理由向公众公开，例如：开奖因故顺延。")
    draw.void_because, draw.voided_at = reason.strip()[:1000], at
    draw.move_to(state)


def locked(number: str) -> Draw:
    """This function will give a draw, held until the transaction ends. :raises Draw.DoesNotExist:"""
    return Draw.objects.select_for_update(of=("self",)).select_related("plan__office").get(number=number)
