"""队伍管理措施: somebody is warned, suspended, removed, returns; appeals, and is answered."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre
from touchstone.experts import permissions
from touchstone.experts.models import Qualification, Standing
from touchstone.experts.operations._case import LAW, NothingToDo, locked_qualification, must_hold, note, words
from touchstone.kernel.law import Clause, Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.parameters.queries import due
from touchstone.policy.documents import our_default
from touchstone.policy.experts.standing import ANSWER_WITHIN, APPEAL_WITHIN, suspension_ends_in_time
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task

MEASURES = our_default("队伍管理措施")


def _impose(
    qualification: Qualification, measure: str, until: date | None, reason: str, case: str, clause: Clause, *, by: Actor, at: datetime
) -> Standing:
    if at.date() >= qualification.until:
        raise Refusal(f"资格{qualification.number}已于{qualification.until}期满。", LAW, "期满的资格不再采取措施；需要记录的，请在年度考核中说明。")
    standing = Standing.objects.create(
        number=f"DC{at:%Y}{next_serial(f'corps-measure-{at:%Y}'):05d}",
        qualification=qualification,
        measure=measure,
        since=at.date(),
        until=until,
        reason=words(reason, "没有写明理由。", "请写明事实和理由，理由将告知本人。"),
        case=case.strip()[:64],
        decided_by_id=by.user_id,
        decided_at=at,
        clause=str(clause),
    )
    event = {"warning": "member.warned", "suspension": "member.suspended", "removal": "member.removed"}[measure]
    told = {"measure": standing.number, "qualification": qualification.number, "clause": standing.clause, "until": str(until or "")}
    note(event, qualification.member, by=by, at=at, reason=standing.reason, **told)
    return standing


def _stands(qualification: Qualification, measure: str, day: date) -> Standing | None:
    found = qualification.standings.filter(measure=measure, lifted_on__isnull=True).order_by("-since")
    return next((one for one in found if one.until is None or one.until > day), None)


@transaction.atomic
def warn_member(*, qualification: str, reason: str, by: Actor, at: datetime, case: str = "") -> Standing:
    """This function will warn a member about one qualification, which stays good. :raises WordsMissing: without reason."""
    held = locked_qualification(qualification)
    permissions.check_may_measure(by, held.member)
    return _impose(held, Standing.Measure.WARNING, None, reason, case, MEASURES, by=by, at=at)


@transaction.atomic
def suspend_member(*, qualification: str, until: date, reason: str, by: Actor, at: datetime, case: str = "") -> Standing:
    """This function will suspend a qualification from today until a day (exclusive). :raises Refusal: when it is not in use, or too long."""
    held = locked_qualification(qualification)
    permissions.check_may_measure(by, held.member)
    _still_held(held, at.date())
    if (now := _stands(held, Standing.Measure.SUSPENSION, at.date())) is not None:
        raise Refusal(f"资格{held.number}已暂停至{now.until}以前（{now.number}）。", LAW, "需要延长的，请先恢复，再按新的事实暂停。")
    found = suspension_ends_in_time(at.date(), until, at.date())
    must_hold([found], "暂停的期限不对。", "请改填截止日。", found.clause)
    return _impose(held, Standing.Measure.SUSPENSION, until, reason, case, found.clause, by=by, at=at)


@transaction.atomic
def remove_member(*, qualification: str, reason: str, by: Actor, at: datetime, case: str = "") -> Standing:
    """This function will take a qualification away for good; it may be applied for anew some years later. :raises Refusal: when it is removed."""
    held = locked_qualification(qualification)
    permissions.check_may_measure(by, held.member)
    _still_held(held, at.date())
    return _impose(held, Standing.Measure.REMOVAL, None, reason, case, MEASURES, by=by, at=at)


def _still_held(held: Qualification, day: date) -> None:
    if (gone := _stands(held, Standing.Measure.REMOVAL, day)) is not None:
        raise Refusal(f"资格{held.number}已于{gone.since}取消（{gone.number}）。", LAW, "无需重复办理。")


@transaction.atomic
def lift_suspension(*, number: str, reason: str, by: Actor, at: datetime) -> Standing:
    """This function will let a suspended member return before the day. :raises Refusal: for other measures, or when it has ended."""
    standing = _locked_standing(number)
    permissions.check_may_measure(by, standing.qualification.member)
    ended = standing.lifted_on is not None or (standing.until is not None and standing.until <= at.date())
    if standing.measure != Standing.Measure.SUSPENSION or ended:
        raise Refusal(f"{number}不是正在执行的暂停，不能恢复。", LAW, "取消资格的，期满以后重新申请；警告随期限过去，不需恢复。")
    standing.lifted_on = at.date()
    standing.lifted_because = words(reason, "恢复资格没有写明理由。", "请写明整改和核查情况。")
    standing.save(update_fields=["lifted_on", "lifted_because"])
    detail = {"measure": number, "qualification": standing.qualification.number, "clause": standing.clause}
    note("member.restored", standing.qualification.member, by=by, at=at, reason=standing.lifted_because, **detail)
    return standing


def _locked_standing(number: str) -> Standing:
    rows = Standing.objects.select_for_update(of=("self",)).select_related("qualification__member__person__user", "qualification__member__body")
    found = rows.filter(number=number).first()
    if found is None:
        raise NothingToDo(f"没有编号为{number}的决定。", LAW, "请从成员页面中选择。")
    return found


def appeal_until(standing: Standing) -> date:
    """This function will give the last day on which a measure may be appealed."""
    return due(APPEAL_WITHIN, localtime(standing.decided_at))


@transaction.atomic
def appeal_measure(*, number: str, appeal: str, by: Actor, at: datetime) -> Standing:
    """This function will take a member's appeal against a measure, once and in time; the centre's director owes the answer.

    :raises Refusal: too late, a second time, or without words.
    """
    standing = _locked_standing(number)
    member = standing.qualification.member
    permissions.check_may_keep_own(by, member)
    if standing.appealed_at is not None:
        raise Refusal("这项决定已经申诉过。", MEASURES, "请等待答复，答复会告知您。")
    if at.date() > (last := appeal_until(standing)):
        raise Refusal(f"申诉期限到{last}为止，已经过期。", MEASURES, "有新证据的，请联系作出决定的单位。")
    standing.appeal = words(appeal, "没有写明申诉的事实和理由。", "请写明您认为哪里不对、有什么证据。")
    standing.appealed_at, standing.appeal_due_on = at, due(ANSWER_WITHIN, at)
    standing.save(update_fields=["appeal", "appealed_at", "appeal_due_on"])
    title = f"答复申诉：{member.person.name}，{standing.get_measure_display()}"
    owed_on, centre = standing.appeal_due_on, city_centre().pk
    open_task(case=member.number, matter="corps.appeal", title=title, office_id=centre, role=Role.DIRECTOR, by=by, at=at, due_on=owed_on)
    note("member.appealed", member, by=by, at=at, reason=standing.appeal, measure=number)
    return standing


@transaction.atomic
def answer_appeal(*, number: str, upheld: bool, answer: str, by: Actor, at: datetime) -> Standing:
    """This function will answer an appeal; one that is upheld takes the measure back from today on.

    :raises Refusal: when nothing was appealed or it is answered. :raises NotAllowed: unless by the centre's director.
    """
    standing = _locked_standing(number)
    member = standing.qualification.member
    permissions.check_may_answer_appeal(by)
    if standing.appealed_at is None or standing.answered_at is not None:
        raise NothingToDo("没有待答复的申诉。", MEASURES, "请刷新页面查看。")
    standing.answer = words(answer, "没有写明核查情况和答复意见。", "答复将告知本人。")
    standing.upheld, standing.answered_at, standing.answered_by_id = upheld, at, by.user_id
    if upheld and standing.lifted_on is None:
        standing.lifted_on, standing.lifted_because = at.date(), f"申诉成立：{standing.answer}"
    standing.save()
    others = Standing.objects.filter(qualification__member=member, appealed_at__isnull=False, answered_at__isnull=True)
    if not others.exists():
        close_tasks(case=member.number, matter="corps.appeal", by=by, at=at, outcome="申诉成立" if upheld else "申诉不成立")
    note("member.appeal_answered", member, by=by, at=at, reason=standing.answer, measure=number, upheld=upheld, clause=standing.clause)
    return standing
