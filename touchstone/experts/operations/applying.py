"""资格申请: an applicant begins, says what entitles them, hands in proof, submits, and may take it back."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre, district_bureau
from touchstone.catalogue.queries import codes_of
from touchstone.experts import permissions
from touchstone.experts.facts import entrant_of, further_term
from touchstone.experts.models import Application, Member, Qualification
from touchstone.experts.operations._case import LAW, NothingToDo, locked_application, locked_member, must_hold, note
from touchstone.experts.states import APPLICATION_MOVES, ApplicationState
from touchstone.files import operations as files
from touchstone.files.queries import of_case
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.kernel.rules import records
from touchstone.ledger.numbering import next_serial
from touchstone.parameters.queries import due
from touchstone.policy.experts.entry import EVIDENCE, Title, examine
from touchstone.policy.experts.kinds import MemberKind
from touchstone.policy.experts.training import CHECK_WITHIN, may_be_renewed
from touchstone.policy.roles import OfficeKind, Role
from touchstone.tasks.operations import close_tasks, open_task

if TYPE_CHECKING:
    from touchstone.accounts.models import Office
    from touchstone.catalogue.models import Occupation
    from touchstone.files.models import Attachment

MOST_FILES = 20
_OPEN = (ApplicationState.DRAFTED, ApplicationState.SUBMITTED, ApplicationState.RETURNED, ApplicationState.IN_TRAINING)


def _office(kind: MemberKind, member: Member) -> "Office":
    by_district = kind.recognised_by is OfficeKind.DISTRICT_BUREAU and member.district
    return district_bureau(member.district) if by_district else city_centre()


@transaction.atomic
def begin_application(
    *, member: str, kind: MemberKind, occupation: "Occupation | None", highest_level: int | None, by: Actor, at: datetime, renews: str = ""
) -> Application:
    """This function will begin an application of a member for one qualification, or for a further term of one (`renews`: its number).

    :raises Refusal: without occupation or level for those who judge, while another for the same is open, too early for renewal, or where what is
        to be renewed is for something else or has a further term already.
    """
    person = locked_member(member)
    permissions.check_may_apply(by, person)
    if not kind.judges:
        occupation = highest_level = None
    elif occupation is None or highest_level not in range(1, 6):
        raise Refusal(f"申请{kind.label}没有写明考评的职业和最高等级。", LAW, "请选择职业和等级。")
    if kind is MemberKind.DISTRICT_SUPERVISOR and not person.district:
        raise Refusal("区级外部质量督导员由所在区组建，您还没有登记所在的区。", LAW, "请先在“我的资料”中选择工作单位所在的区。")
    same = Application.objects.filter(member=person, kind=kind, state__in=_OPEN)
    before = (same.filter(occupation__code__in=codes_of(occupation.code)) if occupation else same.filter(occupation=None)).first()
    if before is not None:
        state = ApplicationState(before.state).label
        raise Refusal(f"已有一件同样的申请（{before.number}，{state}）。", LAW, "请继续办理该件；需要重来的，先撤回它。")
    claims: dict[str, Any] = {"renews": _renewable(renews, person, kind, occupation, at).number} if renews else {}
    application = Application.objects.create(
        number=f"SQ{at:%Y}{next_serial(f'corps-application-{at:%Y}'):05d}",
        member=person,
        kind=kind,
        occupation=occupation,
        highest_level=highest_level,
        body=person.body if permissions.is_own_staff(by, person) else None,
        office=_office(kind, person),
        claims=claims,
        begun_at=at,
    )
    note("corps_application.begun", application, by=by, at=at, kind=kind.value, occupation=occupation.code if occupation else "", renews=renews)
    return application


def _renewable(number: str, member: Member, kind: MemberKind, occupation: "Occupation | None", at: datetime) -> Qualification:
    held = Qualification.objects.filter(number=number, member=member).select_related("occupation").first()
    if held is None:
        raise NothingToDo(f"没有您的资格{number}。", LAW, "请从“我的资格”中选择。")
    same_trade = occupation.code in codes_of(held.occupation.code) if occupation and held.occupation else occupation is held.occupation
    if held.kind != kind or not same_trade:
        what = f"{held.get_kind_display()}（{held.occupation.name}）" if held.occupation else held.get_kind_display()
        raise Refusal(f"资格{number}是{what}资格，只能按同一类别、同一职业延续。", LAW, "申请其他类别或职业的，请另行申请，不选延续。")
    if (later := further_term(held)) is not None:
        raise Refusal(f"资格{number}已经延续为{later.number}，{later.until:%Y年%m月%d日}前有效。", LAW, "无需重复申请。")
    found = may_be_renewed(held.until, at.date())
    must_hold([found], f"资格{number}现在不能申请延续。", "请在期满前的办理期内提出；已期满的，请重新申请。", found.clause)
    return held


def _writable(application: Application, by: Actor) -> None:
    permissions.check_may_apply(by, application.member)
    if application.state not in {ApplicationState.DRAFTED, ApplicationState.RETURNED}:
        sentence = f"当前为“{ApplicationState(application.state).label}”，填报内容已锁定，不能修改。"
        raise MoveRefused(sentence, LAW, "需要修改的，请联系审核单位退回补正。")


@transaction.atomic
def save_application(*, number: str, claims: Mapping[str, Any], by: Actor, at: datetime) -> Application:
    """This function will keep what an applicant says entitles them: certificate_level, title, assessor_years, work_years, statement.

    :raises Refusal: when it is locked, or a number makes no sense.
    """
    application = locked_application(number)
    _writable(application, by)
    level, title = claims.get("certificate_level"), str(claims.get("title") or "")
    if level not in {None, 1, 2, 3, 4, 5} or title not in {one.value for one in Title}:
        raise Refusal("技能等级或职称没有选对。", LAW, "请从列表中重新选择。")
    years = {key: int(claims.get(key) or 0) for key in ("assessor_years", "work_years")}
    if any(not 0 <= value <= 60 for value in years.values()):
        raise Refusal("年限应为0到60之间的整数。", LAW, "请按实际填写。")
    kept = {key: value for key, value in application.claims.items() if key == "renews"}
    told = {"certificate_level": level, "title": title, **years, "statement": str(claims.get("statement") or "").strip()[:1000]}
    application.claims = kept | told
    application.save(update_fields=["claims"])
    note("corps_application.saved", application, by=by, at=at, claims=application.claims)
    return application


@transaction.atomic
def attach_proof(*, number: str, label: str, name: str, content: bytes, by: Actor, at: datetime) -> "Attachment":
    """This function will put a proof under an application. :raises Refusal: when it is locked, under no known label, or there are too many."""
    application = locked_application(number)
    _writable(application, by)
    if label not in EVIDENCE:
        raise Refusal("没有说明这是什么材料。", LAW, "请先选择材料名称，再选择文件。")
    if of_case(number).count() >= MOST_FILES:
        raise Refusal(f"一件申请最多上传{MOST_FILES}个文件。", LAW, "请合并后再上传，或先删去多余的文件。")
    return files.attach(case=number, label=label, name=name, content=content, by=by, at=at)


@transaction.atomic
def take_off_proof(*, number: str, attachment: str, by: Actor, at: datetime) -> None:
    """This function will take a proof off an application. :raises Refusal: when it is locked or holds no such proof."""
    application = locked_application(number)
    _writable(application, by)
    if not of_case(number).filter(number=attachment).exists():
        raise NothingToDo("没有这个文件。", LAW, "请刷新页面查看。")
    files.withdraw(number=attachment, by=by, at=at)


@transaction.atomic
def submit_application(*, number: str, by: Actor, at: datetime) -> Application:
    """This function will submit an application to the office that checks it, with what the rules found.

    :raises Refusal: while a condition is not met or not proved, each named.
    """
    application = locked_application(number)
    permissions.check_may_apply(by, application.member)
    target = APPLICATION_MOVES.check("submit", ApplicationState(application.state))
    findings = examine(entrant_of(application, at.date()), at.date())
    must_hold(findings, "还有条件没有满足或没有证明，不能提交。", "请补充填报内容或上传证明后再提交。")
    application.findings, application.submitted_at, application.reason = records(findings), application.submitted_at or at, ""
    application.move_to(target)
    close_tasks(case=number, by=by, at=at, outcome="已提交")
    title = f"审核{application.get_kind_display()}申请：{application.member.person.name}"
    due_on, clerk = due(CHECK_WITHIN, at), Role.INTAKE_CLERK
    open_task(case=number, matter="corps.check", title=title, office_id=application.office_id, role=clerk, by=by, at=at, due_on=due_on)
    note("corps_application.submitted", application, by=by, at=at, office=application.office.number)
    return application


@transaction.atomic
def withdraw_application(*, number: str, reason: str, by: Actor, at: datetime) -> Application:
    """This function will take an application back before it is decided. :raises Refusal: afterwards."""
    application = locked_application(number)
    permissions.check_may_apply(by, application.member)
    target = APPLICATION_MOVES.check("withdraw", ApplicationState(application.state))
    application.reason, application.decided_at = reason.strip(), at
    application.move_to(target)
    close_tasks(case=number, by=by, at=at, outcome="已撤回")
    note("corps_application.withdrawn", application, by=by, at=at, reason=application.reason)
    return application
