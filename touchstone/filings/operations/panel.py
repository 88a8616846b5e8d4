"""专家复核: who sits, what does each say unseen by the others, and what does it come to? (`通知 三(一)3`)"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre, people_with
from touchstone.filings import permissions
from touchstone.filings.facts import rules_day
from touchstone.filings.models import ExpertPanel, Filing, PanelMember
from touchstone.filings.operations._case import NothingToDo, bureau, check_nobody_asked, locked, note, note_publicly, owes, words
from touchstone.filings.operations._public import lines_of_draw
from touchstone.filings.operations._steps import come_to, following_step
from touchstone.filings.operations.appoint import check_under_review
from touchstone.filings.queries.experts import expert_choices, tie_of
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome, records
from touchstone.parameters.queries import due
from touchstone.policy.documents import our_default
from touchstone.policy.filing.panel import LAW, expert_is_free, panel_agrees, panel_is_odd
from touchstone.policy.filing.terms import EXPERT_REVIEW_WITHIN
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks
from touchstone.trust.draw_records import draw_record
from touchstone.trust.draws import Entry

if TYPE_CHECKING:
    from touchstone.accounts.models import Person

_CLAUSE = our_default("专家复核")
_EXAMPLE = "例如：已核对专家工作单位和兼职，与申请单位无任职、合作、亲属关系。"


def _standing(filing: Filing) -> ExpertPanel:
    panel = filing.panels.select_for_update(of=("self",)).filter(round=filing.round, superseded_at__isnull=True).first()
    if panel is None:
        raise NothingToDo("还没有选定复核专家。", LAW, "请先选定专家。")
    return panel


@transaction.atomic
def appoint_panel(*, number: str, person_ids: Sequence[int], recusal: str, by: Actor, at: datetime) -> ExpertPanel:
    """This function will choose an odd panel of the centre's experts, none of whom need recuse.

    :raises Refusal: for an even or too small panel, people who are not experts, or who are tied to the applicant. :raises WordsMissing:
    """
    filing = _open_to_appoint(number, by)
    recusal = words(recusal, "请写明回避核查的情况。", _EXAMPLE)
    _check_size(filing, len(set(person_ids)), at)
    return _appoint(filing, _checked(filing, person_ids, at.date()), recusal, by=by, at=at)


@transaction.atomic
def draw_panel(*, number: str, size: int, recusal: str, secret: bytes, by: Actor, at: datetime) -> ExpertPanel:
    """This function will draw an odd panel by chance from the centre's experts who need not recuse (`cvd-draw/v1`). `secret` is 32 bytes that the
    door makes; roster, secret and order stand in the ledger, so that anyone may draw again.

    :raises Refusal: for an even or too small panel, or too few experts who are free of ties. :raises WordsMissing:
    """
    filing = _open_to_appoint(number, by)
    recusal = words(recusal, "请写明回避核查的情况。", _EXAMPLE)
    _check_size(filing, size, at)
    free = {one.person.number: one.person for one in expert_choices(filing, at.date()) if one.finding.outcome is Outcome.MET}
    if len(free) < size:
        raise Refusal(f"没有回避情形的专家只有{len(free)}名，不足{size}名。", LAW, "请减少人数，或由安全管理员增补评审专家后再抽取。")
    record = draw_record(f"{number}-{filing.round}", "expert", [Entry(name, "expert") for name in free], size, source="平台保密数", secret=secret)
    record["chosen"] = record["order"][:size]
    return _appoint(filing, [free[name] for name in record["chosen"]], recusal, by=by, at=at, drawn=record)


def _open_to_appoint(number: str, by: Actor) -> Filing:
    filing = locked(number)
    permissions.check_may(by, "appoint_panel", filing)
    check_under_review(filing, "expert_re_review", "选定复核专家")
    if filing.panels.filter(round=filing.round, superseded_at__isnull=True).exists():
        raise Refusal("本次申请已经选定了复核专家。", LAW, "需要换人的，请办理更换。")
    return filing


def _check_size(filing: Filing, size: int, at: datetime) -> None:
    found = panel_is_odd(size, rules_day(filing, at.date()))
    if found.outcome is not Outcome.MET:
        raise Refusal(f"专家组{found.reason}。", found.clause, "请增减人选后再确定。")


def _appoint(
    filing: Filing, people: "Sequence[Person]", recusal: str, *, by: Actor, at: datetime, drawn: dict[str, Any] | None = None
) -> ExpertPanel:
    panel = ExpertPanel.objects.create(
        filing=filing, round=filing.round, appointed_at=at, appointed_by_id=by.user_id, due_on=due(EXPERT_REVIEW_WITHIN, at)
    )
    close_tasks(case=filing.number, matter="filing.appoint_panel", by=by, at=at, outcome="已选定")
    for person in people:
        _seat(filing, panel, person, recusal, by, at)
    names = "、".join(person.name for person in people)
    public = lines_of_draw(drawn) if drawn else []
    told: dict[str, object] = {"drawn": drawn} if drawn else {}
    note_publicly(public, "filing.panel_appointed", filing, by=by, at=at, reason=recusal, note=names, clause=str(LAW), **told)
    return panel


def _checked(filing: Filing, person_ids: Sequence[int], day: date) -> "list[Person]":
    corps = {person.pk: person for person in people_with(Role.EXPERT, city_centre(), day)}
    if any(pk not in corps for pk in person_ids):
        raise Refusal("所选人员不是市职鉴中心在任的评审专家。", LAW, "请从列出的专家中选择；需要增补的，请由安全管理员授予岗位。")
    counts = rules_day(filing, day)
    for pk in person_ids:
        found = expert_is_free(tie_of(filing, corps[pk], day), counts)
        if found.outcome is not Outcome.MET:
            raise Refusal(f"{found.reason}。", found.clause, "请改选其他专家。")
    return [corps[pk] for pk in dict.fromkeys(person_ids)]


def _seat(filing: Filing, panel: ExpertPanel, person: "Person", recusal: str, by: Actor, at: datetime) -> PanelMember:
    member = PanelMember.objects.create(panel=panel, expert=person, recusal=recusal)
    title = f"专家复核，请声明回避情况并提出意见（{person.name}）"
    owes(filing, f"filing.review_{member.pk}", title, office=bureau(filing), role=Role.EXPERT, by=by, at=at, due_on=panel.due_on)
    return member


def _own_seat(number: str, by: Actor) -> tuple[Filing, PanelMember]:
    filing = locked(number)
    permissions.check_may(by, "review", filing)
    check_under_review(filing, "expert_re_review", "提出复核意见")
    panel = _standing(filing)
    member = panel.members.select_for_update(of=("self",)).select_related("expert").get(expert__user__pk=by.user_id or 0, replaced_at__isnull=True)
    return filing, member


@transaction.atomic
def declare_no_tie(*, number: str, by: Actor, at: datetime) -> PanelMember:
    """This function will note an expert's own statement that nothing ties them to the applicant; without it there is no opinion."""
    filing, member = _own_seat(number, by)
    if member.declared_at is not None:
        raise NothingToDo("您已经作出回避声明。", _CLAUSE, "请阅读材料后提出复核意见。")
    member.declared_at = at
    member.save(update_fields=["declared_at"])
    note("filing.expert_declared", filing, by=by, at=at, note=member.expert.name)
    return member


@transaction.atomic
def submit_panel_opinion(*, number: str, favourable: bool, opinion: str, by: Actor, at: datetime) -> PanelMember:
    """This function will take one expert's opinion, unseen by the others until all are in.

    :raises Refusal: before the expert's own statement on recusal, or twice. :raises WordsMissing: without reasons.
    """
    filing, member = _own_seat(number, by)
    if member.declared_at is None:
        raise Refusal("提出意见前须先声明与申请单位没有应当回避的关系。", _CLAUSE, "有应当回避的关系的，请告知市职鉴中心更换专家。")
    if member.submitted_at is not None:
        raise Refusal("您的复核意见已经提交，不能再改。", _CLAUSE, "确需更正的，请联系市职鉴中心退回本环节重新复核。")
    opinion = words(opinion, "复核意见须写明理由。", "请写明看了哪些材料、为什么同意或者不同意。")
    member.favourable, member.opinion, member.submitted_at = favourable, opinion, at
    member.save()
    close_tasks(case=number, matter=f"filing.review_{member.pk}", by=by, at=at, outcome="已提交复核意见")
    if not member.panel.members.filter(replaced_at__isnull=True, submitted_at__isnull=True).exists():
        title = "专家意见已齐，请汇总复核"
        office = bureau(filing)
        owes(filing, "filing.conclude_panel", title, office=office, role=Role.INTAKE_CLERK, by=by, at=at, due_on=member.panel.due_on)
    note("filing.panel_opinion_submitted", filing, by=by, at=at, note=member.expert.name)
    return member


@transaction.atomic
def replace_expert(*, number: str, member_id: int, person_id: int, reason: str, by: Actor, at: datetime) -> PanelMember:
    """This function will put another expert in the seat of one who has not yet spoken. :raises Refusal: after an opinion, or for one who is tied."""
    filing = locked(number)
    permissions.check_may(by, "appoint_panel", filing)
    check_under_review(filing, "expert_re_review", "更换复核专家")
    panel = _standing(filing)
    leaving = panel.members.select_for_update(of=("self",)).select_related("expert").filter(pk=member_id, replaced_at__isnull=True).first()
    if leaving is None or leaving.submitted_at is not None:
        raise NothingToDo("这名专家已经提交意见或者已经更换。", _CLAUSE, "已提交的意见不能撤换；请刷新页面查看。")
    reason = words(reason, "更换专家须写明原因。", "例如：专家声明与申请单位有合作关系。")
    if panel.members.filter(expert_id=person_id, replaced_at__isnull=True).exists():
        raise Refusal("这名专家已经在专家组中。", _CLAUSE, "请另选一名专家。")
    (person,) = _checked(filing, [person_id], at.date())
    leaving.replaced_at, leaving.replaced_because = at, reason
    leaving.save(update_fields=["replaced_at", "replaced_because"])
    close_tasks(case=number, matter=f"filing.review_{leaving.pk}", by=by, at=at, outcome="已更换")
    member = _seat(filing, panel, person, leaving.recusal, by, at)
    note("filing.expert_replaced", filing, by=by, at=at, reason=reason, note=f"{leaving.expert.name} → {person.name}")
    return member


@transaction.atomic
def conclude_panel(*, number: str, by: Actor, at: datetime) -> ExpertPanel:
    """This function will draw the experts' opinions together by majority; the decision is the director's. :raises Refusal: while one is missing."""
    filing = locked(number)
    permissions.check_may(by, "conclude_panel", filing)
    check_under_review(filing, "expert_re_review", "汇总专家复核")
    check_nobody_asked(filing)
    panel = _standing(filing)
    seats = list(panel.members.filter(replaced_at__isnull=True).order_by("pk"))
    counts = rules_day(filing, at.date())
    findings = (panel_is_odd(len(seats), counts), panel_agrees([seat.favourable if seat.submitted_at else None for seat in seats], counts))
    waiting = [found for found in findings if found.outcome is Outcome.UNPROVEN]
    if waiting:
        raise Refusal(f"{waiting[0].reason}，不能汇总。", waiting[0].clause, "请等待或催办其余专家；不能履行的，请更换专家。")
    panel.passed, panel.findings, panel.concluded_at = findings[1].outcome is Outcome.MET, records(findings), at
    panel.save()
    verdict = "通过" if panel.passed else "未通过"
    close_tasks(case=number, by=by, at=at, outcome=f"专家复核{verdict}", office_id=bureau(filing).pk)
    come_to(filing, following_step(filing, "expert_re_review", at), why=f"专家复核{verdict}", by=by, at=at)
    note("filing.panel_concluded", filing, by=by, at=at, note=verdict, findings=panel.findings, clause=str(LAW))
    return panel
