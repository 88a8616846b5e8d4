"""评价项目办理: an industry authority recommends, the city centre selects or declines; taken back, and called for no longer."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.calls import permissions
from touchstone.calls.facts import facts_of, project_facts
from touchstone.calls.models import Project
from touchstone.calls.operations._case import LAW, centre_owes, locked_project, must_hold, note, words
from touchstone.calls.states import PROJECT_MOVES, ProjectState
from touchstone.catalogue import queries as catalogue
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import records
from touchstone.ledger.numbering import next_serial
from touchstone.parameters.queries import due
from touchstone.policy.calls.projects import check_project
from touchstone.policy.filing.terms import PROJECT_WITHIN
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def recommend_project(
    *, occupation: str, trade: str, levels: Sequence[int], reason: str, yearly_demand: int, employers: int, by: Actor, at: datetime
) -> Project:
    """This function will recommend an occupation (by code), or one of its trades (by name), at some levels, for evaluation by social bodies.

    :raises Refusal: when it is not in the catalogue, in another field, without a national standard, or already stands as a project.
    """
    permissions.check_may(by, "recommend")
    day = at.date()
    found = catalogue.occupation(occupation, day)
    if found is None:
        raise Refusal(f"职业目录中没有编码为{occupation}的职业。", LAW, "请从职业列表中选择。")
    meant = catalogue.trade(found, trade, day) if trade else None
    if trade and meant is None:
        raise Refusal(f"“{found.name}”没有“{trade}”这个工种。", LAW, "请从该职业的工种中选择，或按整个职业推荐。")
    if not levels:
        raise Refusal("请至少选择一个等级。", LAW, "等级以国家职业标准规定的为限。")
    reason = words(reason, "推荐评价项目须写明理由。", "请写明社会需求、行业发展情况和开展社会化评价的必要性。")
    _check_not_standing(found.code, trade)
    facts = facts_of(found, meant, levels, by.industry, yearly_demand, employers, day)
    lawful = tuple(one for one in check_project(facts, day) if not one.rule.endswith("demand_is_wide"))
    must_hold(lawful, f"“{facts.title}”还不能推荐为社会化评价项目。", "请按下列各项调整；暂未颁布国家职业标准的，待颁布后再推荐。")
    project = Project.objects.create(
        number=f"XM{at:%Y}{next_serial(f'project-{at:%Y}'):05d}",
        occupation=found,
        trade=meant,
        levels=sorted(set(levels), reverse=True),
        industry=by.industry,
        recommended_by_office_id=by.office_id,
        reason=reason,
        yearly_demand=yearly_demand,
        employers=employers,
        recommended_at=at,
        recommended_by_id=by.user_id,
        findings=records(check_project(facts, day)),
    )
    title = f"请遴选确定评价项目：{project}"
    centre_owes(project.number, "project.decide", title, role=Role.DIRECTOR, by=by, at=at, due_on=due(PROJECT_WITHIN, at))
    note("project.recommended", project, by=by, at=at, reason=reason, note=str(project), clause=str(LAW))
    return project


def _check_not_standing(code: str, trade: str) -> None:
    standing = Project.objects.filter(occupation__code=code, state__in=[ProjectState.RECOMMENDED, ProjectState.SELECTED])
    same = (standing.filter(trade__name=trade) if trade else standing.filter(trade__isnull=True)).first()
    if same is not None:
        next_step = "不需要重复推荐；需要调整等级的，请先撤回或停止征集原项目。"
        raise Refusal(f"“{same}”已经是评价项目{same.number}（{same.state_label}）。", LAW, next_step)


@transaction.atomic
def select_project(*, number: str, opinion: str, by: Actor, at: datetime) -> Project:
    """This function will select a recommended project; the findings it rests on are frozen with it.

    :raises Refusal: when a rule is not met on this day. :raises WordsMissing: without an opinion.
    """
    project = locked_project(number)
    permissions.check_may(by, "decide_project", project)
    target = PROJECT_MOVES.check("select", ProjectState(project.state))
    opinion = words(opinion, "确定项目须写明意见。", "意见将告知推荐部门，并随决定保存。")
    findings = check_project(project_facts(project, at.date()), at.date())
    must_hold(findings, f"“{project}”不符合遴选要求，不能确定为评价项目。", "可以作出不予确定的决定并写明理由，由推荐部门补充后重新推荐。")
    return _decided(project, target, opinion, records(findings), "project.selected", by, at)


@transaction.atomic
def decline_project(*, number: str, opinion: str, by: Actor, at: datetime) -> Project:
    """This function will decline a recommended project with its reasons and what the rules found. :raises WordsMissing: without reasons."""
    project = locked_project(number)
    permissions.check_may(by, "decide_project", project)
    target = PROJECT_MOVES.check("decline", ProjectState(project.state))
    opinion = words(opinion, "不予确定须写明理由。", "理由将告知推荐部门，推荐部门可以补充后重新推荐。")
    findings = check_project(project_facts(project, at.date()), at.date())
    return _decided(project, target, opinion, records(findings), "project.declined", by, at)


def _decided(
    project: Project, target: ProjectState, opinion: str, findings: list[dict[str, str]], event: str, by: Actor, at: datetime
) -> Project:
    project.opinion, project.findings, project.decided_at, project.decided_by_id = opinion, findings, at, by.user_id
    project.move_to(target)
    close_tasks(case=project.number, by=by, at=at, outcome=target.label)
    note(event, project, by=by, at=at, reason=opinion, findings=findings, clause=str(LAW))
    return project


@transaction.atomic
def withdraw_project(*, number: str, reason: str, by: Actor, at: datetime) -> Project:
    """This function will take back a recommendation that is not yet decided. :raises WordsMissing: without a reason."""
    project = locked_project(number)
    permissions.check_may(by, "withdraw_project", project)
    target = PROJECT_MOVES.check("withdraw", ProjectState(project.state))
    reason = words(reason, "撤回推荐须写明原因。", "撤回后可以重新推荐。")
    project.move_to(target)
    close_tasks(case=number, by=by, at=at, outcome="推荐部门撤回")
    note("project.withdrawn", project, by=by, at=at, reason=reason)
    return project


@transaction.atomic
def retire_project(*, number: str, reason: str, by: Actor, at: datetime) -> Project:
    """This function will call for a project no longer; bodies selected before keep their selection until it runs out.

    :raises Refusal: while a call seeks it. :raises WordsMissing: without a reason.
    """
    project = locked_project(number)
    permissions.check_may(by, "retire_project", project)
    target = PROJECT_MOVES.check("retire", ProjectState(project.state))
    running = project.lots.exclude(call__state__in=["concluded", "cancelled"]).select_related("call").first()
    if running is not None:
        sentence = f"征集{running.call.number}正在为本项目征集机构（{running.call.state_label}）。"
        raise Refusal(sentence, LAW, "请在该次征集结束或取消后再停止征集。")
    reason = words(reason, "停止征集须写明理由。", "已入选的机构在有效期内不受影响。")
    project.move_to(target)
    note("project.retired", project, by=by, at=at, reason=reason, clause=str(LAW))
    return project
