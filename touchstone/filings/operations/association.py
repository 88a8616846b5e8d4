"""协会纳入社会化: associations are listed, each gets a plan, a social filing is opened for it, or it is let be with a reason.

`通知 三(一)2`, step by step: the body stays what it is until its social filing is accepted (`association_end`).
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre
from touchstone.calls.operations.association import select_association
from touchstone.filings import permissions
from touchstone.filings.models import AssociationMove, Filing, ScopeItem
from touchstone.filings.operations._case import NothingToDo, note, owes, words
from touchstone.filings.queries.association import Candidate, association_candidates, lines_to_move, move_blockers, projects_of, social_standard
from touchstone.filings.states import OVER, State
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.parameters.queries import due
from touchstone.policy.filing.association import LAW, PLAN_WITHIN
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task

_STATE = AssociationMove.State


@transaction.atomic
def list_association_moves(*, by: Actor, at: datetime) -> list[AssociationMove]:
    """This function will list every association that meets the tests and is not listed yet, and put each before the centre for a plan.

    :raises NotAllowed: unless by a clerk or the director of 市职鉴中心. :raises NothingToDo: when there is none.
    """
    permissions.check_may_move_associations(by)
    found = [one for one in association_candidates(at.date()) if one.move is None and one.outcome is Outcome.MET]
    if not found:
        raise NothingToDo("没有新的协会符合条件，没有列入。", LAW, "各协会的核对结果见本页，补充需求数或委托记录以后可以再核对。")
    return list_candidates(found, by=by, at=at)


def list_candidates(found: Sequence[Candidate], *, by: Actor, at: datetime) -> list[AssociationMove]:
    """This function will list these candidates and put each before the centre for a plan; part of the operation that tried them."""
    made = []
    for one in found:
        number = f"XH{at:%Y}{next_serial(f'association-{at:%Y}'):05d}"
        move = AssociationMove.objects.create(number=number, filing=one.filing, findings=records(one.findings), listed_at=at)
        _owe(move, "association.plan", "请制定纳入社会化的计划", Role.INTAKE_CLERK, due(PLAN_WITHIN, at), by, at)
        detail = {"filing": one.filing.number, "findings": move.findings, "clause": str(LAW)}
        record("association.listed", number, by=by, at=at, detail=detail)
        made.append(move)
    return made


@transaction.atomic
def plan_association_move(*, number: str, plan: str, planned_for: date, by: Actor, at: datetime) -> AssociationMove:
    """This function will write (or write anew) the plan by which an association moves, and the day by which it should have.

    :raises Refusal: once it has moved, without words, or for a day that has gone by.
    """
    move = _locked(number, by)
    if move.state == _STATE.MOVED:
        raise Refusal(f"{move.filing.body.name}已经纳入社会化。", LAW, "不需要再制定计划。")
    plan = words(plan, "没有写明纳入计划。", "请写明哪些项目、分几步、由谁配合。")
    if planned_for <= at.date():
        raise Refusal(f"计划完成日{planned_for}已到或已过。", LAW, "请选择今天以后的日子。")
    move.plan, move.planned_for, move.planned_at, move.planned_by_id = plan, planned_for, at, by.user_id
    move.state, move.closed_at, move.reason = _STATE.PLANNED, None, ""
    move.save()
    close_tasks(case=number, by=by, at=at, outcome="已定计划")
    if not _under_way(move):
        _owe(move, "association.open", "请按计划开办社会化备案", Role.DIRECTOR, planned_for, by, at)
    record("association.planned", number, by=by, at=at, detail={"plan": plan, "planned_for": planned_for.isoformat()})
    return move


@transaction.atomic
def open_social_filing(*, number: str, by: Actor, at: datetime) -> Filing:
    """This function will select the association for its projects and open its application as a social body, with its lines of today.

    It goes the route of every social body: consents, assessment, decision, notice. The body's old filing stands until it is accepted.
    :raises Refusal: without a plan, while one is under way, or while a line has no selected project or no national standard, with the findings.
    """
    move = _locked(number, by, director=True)
    body, day = move.filing.body, at.date()
    if move.state != _STATE.PLANNED:
        raise Refusal(f"当前为“{move.get_state_display()}”，不能开办社会化备案。", LAW, "请先制定纳入计划。")
    if _under_way(move) and move.moved_into is not None:
        raise Refusal(f"社会化备案申请{move.moved_into.number}正在办理。", LAW, "请等待该件办结。")
    type(body).objects.select_for_update(of=("self",)).get(pk=body.pk)
    lacking = move_blockers(move, day)
    if lacking:
        details = tuple(f"{one.reason}（依据：{one.clause}）" for one in lacking)
        raise Refusal("还不能开办社会化备案。", LAW, "请先办妥下列各项：项目由行业主管部门推荐、市职鉴中心遴选确定。", details)
    lines = lines_to_move(move, day)
    select_association(body=body, projects=projects_of(lines), case=number, by=by, at=at)
    filing = Filing.objects.create(
        number=f"BA{at:%Y}{body.district}{next_serial(f'filing-{at:%Y}'):05d}",
        body=body,
        route="social_body",
        state=State.DRAFTED,
        begun_at=at,
        saved_at=at,
    )
    for item in lines:
        facts = {"occupation": item.occupation, "trade": item.trade, "level": item.level, "venue": item.venue}
        standard = social_standard(item, day)
        if standard is not None:
            ScopeItem.objects.get_or_create(filing=filing, **facts, defaults={"standard": standard})
    move.moved_into = filing
    move.save(update_fields=["moved_into"])
    close_tasks(case=number, by=by, at=at, outcome="已开办社会化备案")
    owes(filing, "filing.write", "请填报并提交社会化备案申请", office=body.office, role=Role.BODY_FILER, by=by, at=at, due_on=move.planned_for)
    note("filing.begun", filing, by=by.with_key(""), at=at, note=f"行业协会纳入社会化（{number}）", clause=str(LAW))
    record("association.opened", number, by=by, at=at, detail={"filing": filing.number, "note": filing.number})
    return filing


@transaction.atomic
def keep_association(*, number: str, reason: str, by: Actor, at: datetime) -> AssociationMove:
    """This function will let an association be, for a reason; a plan may still be made later.

    :raises Refusal: once it has moved or while its social filing is under way. :raises WordsMissing:
    """
    move = _locked(number, by, director=True)
    if move.state == _STATE.MOVED or _under_way(move):
        raise Refusal(f"{move.filing.body.name}已经纳入社会化，或者正在办理社会化备案。", LAW, "正在办理的，请等待该件办结。")
    reason = words(reason, "暂不纳入须写明理由。", "例如：近期需求下降，一年后再核。")
    move.state, move.reason, move.closed_at = _STATE.KEPT, reason, at
    move.save()
    close_tasks(case=number, by=by, at=at, outcome="暂不纳入")
    record("association.kept", number, by=by, at=at, reason=reason)
    return move


def _locked(number: str, by: Actor, *, director: bool = False) -> AssociationMove:
    permissions.check_may_move_associations(by, director=director)
    found = AssociationMove.objects.select_for_update(of=("self",)).select_related("filing__body__office", "moved_into").filter(number=number).first()
    if found is None:
        raise NothingToDo(f"没有编号为{number}的协会纳入事项。", LAW, "请核对编号。")
    return found


def _under_way(move: AssociationMove) -> bool:
    return move.moved_into is not None and move.moved_into.state not in OVER


def _owe(move: AssociationMove, matter: str, title: str, role: Role, due_on: date | None, by: Actor, at: datetime) -> None:
    said, office = f"{title}：{move.filing.body.name}", city_centre().pk
    open_task(case=move.number, matter=matter, title=said, office_id=office, role=role, by=by, at=at, due_on=due_on)
