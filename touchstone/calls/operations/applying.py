"""应征办理: a body begins an application for a lot, saves, adds proofs, submits, and may take it back until the ranking."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries import own_body
from touchstone.bodies.queries.restricted import barred_from
from touchstone.calls import permissions
from touchstone.calls.facts import rules_day
from touchstone.calls.models import Application, Call, CallLot
from touchstone.calls.operations._case import LAW, NothingToDo, locked_application, locked_call, note, words
from touchstone.calls.states import APPLICATION_MOVES, ApplicationState, CallState
from touchstone.files import operations as files
from touchstone.files.queries import of_case
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.kernel.rules import Outcome, must
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.queries import history
from touchstone.policy.calls.conditions import CONDITIONS, Measure
from touchstone.policy.calls.terms import applied_in_time
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision.restrictions import Barred
from touchstone.tasks.operations import close_tasks

if TYPE_CHECKING:
    from touchstone.files.models import Attachment

OTHER_PROOF, MOST_FILES, MOST = "其他证明材料", 60, 9999


def _check_in_time(call: Call, at: datetime) -> None:
    if call.state in {CallState.DRAFTED, CallState.CANCELLED}:
        raise Refusal(f"本次征集当前为“{call.state_label}”，不接受应征。", LAW, "请在征集列表中查看其他征集公告。")
    found = applied_in_time(call.opens_on, call.closes_on, at.date())
    if found.outcome is not Outcome.MET or call.state != CallState.OPEN:
        raise Refusal(f"{found.reason}。", found.clause, "可以在征集列表中关注下一批征集公告。")


def proofs(call: Call, at: datetime) -> tuple[str, ...]:
    """This function will give the names under which an applicant may hand in files."""
    asked = dict.fromkeys(one.proof for one in CONDITIONS.on(rules_day(call, at.date())).value)
    return (*asked, OTHER_PROOF)


@transaction.atomic
def begin_application(*, lot_id: int, by: Actor, at: datetime) -> Application:
    """This function will begin the application of the actor's own body for a lot of an open call.

    :raises NotAllowed: for others than the body's filers. :raises Refusal: for another kind of body, too early, too late, or a second time.
    """
    permissions.check_may(by, "apply")
    number = CallLot.objects.filter(pk=lot_id).values_list("call__number", flat=True).first()
    if number is None:
        raise NothingToDo("没有这个征集项目。", LAW, "请从征集公告中选择。")
    call = locked_call(number)
    body = own_body(by)
    if body.kind != BodyKind.SOCIAL:
        raise Refusal(
            f"公开征集面向社会培训评价组织，本机构为{BodyKind(body.kind).label}。", LAW, "企业、院校评价本单位人员不需要应征，请直接申请备案。"
        )
    _check_in_time(call, at)
    must(barred_from(body, Barred.WIDEN, at.date()), "限制期满后，可以应征以后各批的项目。")
    before = Application.objects.filter(lot_id=lot_id, body=body).exclude(state=ApplicationState.WITHDRAWN).first()
    if before is not None:
        raise Refusal(f"本机构已经应征这个项目（{before.number}，{before.state_label}）。", LAW, "请继续办理该件；需要重来的，先撤回它。")
    application = Application.objects.create(
        number=f"YZ{at:%Y}{next_serial(f'call-application-{at:%Y}'):05d}", lot_id=lot_id, body=body, begun_at=at, saved_at=at
    )
    note("application.begun", application, by=by, at=at, call=call.number, note=str(application.lot.project))
    return application


def _check_writable(application: Application, call: Call, at: datetime) -> None:
    if application.state not in {ApplicationState.DRAFTED, ApplicationState.RETURNED}:
        raise MoveRefused(f"当前为“{application.state_label}”，填报内容已锁定，不能修改。", LAW, "需要修改的，请联系市职鉴中心退回补正。")
    if application.state == ApplicationState.DRAFTED:
        _check_in_time(call, at)
    elif call.state not in {CallState.OPEN, CallState.CLOSED}:
        raise MoveRefused(f"本次征集当前为“{call.state_label}”，不能再补正。", LAW, "如有疑问，请联系市职鉴中心。")
    elif application.supplement_due_on and at.date() > application.supplement_due_on:
        raise Refusal(f"补正期限已于{application.supplement_due_on}届满。", LAW, "市职鉴中心将按已提交的材料审核。")


@transaction.atomic
def save_application(*, number: str, answers: Mapping[str, int | None], statement: str, by: Actor, at: datetime) -> Application:
    """This function will keep what a body declares, by key of the condition (yes is 1), and how it means to evaluate. A page saves itself while
    a person writes: the saves of one person on one day are one line of the ledger.

    :raises MoveRefused: once it was submitted. :raises Refusal: after the last day, or for an answer that cannot be.
    """
    application, call = locked_application(number)
    permissions.check_may(by, "apply", application)
    _check_writable(application, call, at)
    asked = {one.key: one for one in CONDITIONS.on(rules_day(call, at.date())).value}
    kept = {key: value for key, value in answers.items() if key in asked and value is not None}
    for key, value in kept.items():
        most = {Measure.YES: 1, Measure.RATING: 5}.get(asked[key].measure, MOST)
        if not 0 <= value <= most:
            raise Refusal(f"“{asked[key].title}”不能填{value}。", LAW, f"请填写0到{most}之间的数。")
    application.answers, application.statement, application.saved_at = kept, statement.strip(), at
    application.save()
    last = history(number).last()
    same = last is not None and (last.event, last.actor_id) == ("application.saved", by.user_id) and last.at.date() == at.date()
    if not same:
        note("application.saved", application, by=by.with_key(""), at=at)
    return application


@transaction.atomic
def attach_proof(*, number: str, label: str, name: str, content: bytes, by: Actor, at: datetime) -> "Attachment":
    """This function will keep a file with a draft under one of `proofs`. :raises Refusal: for another label, a locked draft, too many files."""
    application, call = locked_application(number)
    permissions.check_may(by, "apply", application)
    _check_writable(application, call, at)
    if label not in proofs(call, at):
        raise Refusal(f"没有“{label}”这类材料。", LAW, "请在页面列出的材料名称下上传。")
    if of_case(number).count() >= MOST_FILES:
        raise Refusal(f"一件申请最多上传{MOST_FILES}个文件。", LAW, "请合并或移除不需要的文件后再上传。")
    note("application.proof_attached", application, by=by, at=at, note=label)
    return files.attach(case=number, label=label, name=name, content=content, by=by, at=at)


@transaction.atomic
def withdraw_proof(*, number: str, attachment: str, by: Actor, at: datetime) -> "Attachment":
    """This function will take a file off a draft; the bytes and the ledger line stay. :raises NothingToDo: when it is not there."""
    application, call = locked_application(number)
    permissions.check_may(by, "apply", application)
    _check_writable(application, call, at)
    if not of_case(number).filter(number=attachment).exists():
        raise NothingToDo("这份材料已经移除。", LAW, "请刷新页面查看最新材料。")
    return files.withdraw(number=attachment, by=by, at=at)


@transaction.atomic
def submit_application(*, number: str, by: Actor, at: datetime) -> Application:
    """This function will hand in an application: every condition answered, proofs attached, a statement written.

    :raises Refusal: with everything that is missing, or after the last day.
    """
    application, call = locked_application(number)
    permissions.check_may(by, "apply", application)
    target = APPLICATION_MOVES.check("submit", ApplicationState(application.state))
    _check_writable(application, call, at)
    lacking = missing(application, call, at)
    if lacking:
        raise Refusal(f"还有{len(lacking)}项没有填写或者没有证明材料，不能提交。", LAW, "请按下列各项补齐后再提交，已填内容都已保存。", lacking)
    application.submitted_at = application.submitted_at or at
    application.supplement_due_on = None
    application.move_to(target)
    close_tasks(case=number, by=by, at=at, outcome="已提交")
    note("application.submitted", application, by=by, at=at, answers=application.answers, clause=str(LAW))
    return application


def missing(application: Application, call: Call, at: datetime) -> tuple[str, ...]:
    """This function will give what is still missing before an application may be submitted."""
    there = set(of_case(application.number).values_list("label", flat=True))
    found = []
    for one in CONDITIONS.on(rules_day(call, at.date())).value:
        if one.tried_by is None:
            continue  # what eases a condition need not be claimed
        if one.key == "rating" and application.body.ownership != "association":
            continue
        if one.key not in application.answers:
            found.append(f"没有填写“{one.title}”。")
        elif application.answers[one.key] and one.proof not in there:
            found.append(f"“{one.title}”缺少证明材料：{one.proof}。")
    if not application.statement:
        found.append("没有填写评价工作设想。")
    return tuple(found)


@transaction.atomic
def withdraw_application(*, number: str, reason: str, by: Actor, at: datetime) -> Application:
    """This function will take an application back, until the ranking. :raises WordsMissing: :raises MoveRefused: once the call is ranked."""
    application, call = locked_application(number)
    permissions.check_may(by, "apply", application)
    target = APPLICATION_MOVES.check("withdraw", ApplicationState(application.state))
    if call.state not in {CallState.OPEN, CallState.CLOSED}:
        raise MoveRefused(f"本次征集当前为“{call.state_label}”，不能撤回应征。", LAW, "入选后不再需要的，不申请备案即可，资格到期失效。")
    reason = words(reason, "撤回应征须写明原因。", "征集期内撤回的，可以重新应征。")
    application.move_to(target)
    close_tasks(case=number, by=by, at=at, outcome="应征机构撤回")
    note("application.withdrawn", application, by=by, at=at, reason=reason)
    return application
