"""送达: a letter comes to the body by the platform, by hand, or is refused; a decision that was served takes effect at once."""

from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.enforcement import permissions
from touchstone.enforcement.facts.wording import above, is_public
from touchstone.enforcement.models import Case, Letter
from touchstone.enforcement.operations._case import ask_officers, locked, note, today, words
from touchstone.enforcement.operations.effects import carry_out
from touchstone.enforcement.states import LAW, MOVES, LetterKind, Service, State
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import records
from touchstone.parameters.queries import calendar
from touchstone.policy.supervision.clocks import Clock, clock_is_kept, last_day
from touchstone.tasks.operations import close_tasks


@transaction.atomic
def receive_letter(*, letter: str, by: Actor, at: datetime) -> Letter:
    """This function will have the body open and sign for a letter: it is served today. :raises NotAllowed: :raises Refusal: twice."""
    found, case = _locked(letter)
    permissions.check_of_body(by, case)
    return _served(found, case, Service.PLATFORM, today(at), by.person_name, "", by=by, at=at)


@transaction.atomic
def note_service(*, letter: str, how: Service, to: str, on: date, remark: str, by: Actor, at: datetime) -> Letter:
    """This function will put down that a letter was handed over and signed for, or refused, by whom and how. :raises NotAllowed: unless by those who
    handle it. :raises Refusal: without who or, where it was refused, without what happened.
    """
    found, case = _locked(letter)
    permissions.check_handles(by, case)
    who = words(to, "没有写明签收人（拒收的，写明在场人员）。", "请写明姓名和职务。")
    if how is Service.PLATFORM:
        raise Refusal("平台送达由机构打开签收。", LAW, "请选择直接送达或者留置送达。")
    if how is Service.REFUSED:
        words(remark, "没有写明拒收的情况。", "请写明拒收的理由、见证人和留置的地点。")
    issued = today(found.issued_at)
    if not issued <= on <= today(at):
        raise Refusal(f"送达日应在{issued}（文书发出）至今天之间。", LAW, "请核对日期。")
    return _served(found, case, how, on, who, remark.strip(), by=by, at=at)


def _locked(letter: str) -> tuple[Letter, Case]:
    number = Letter.objects.filter(number=letter).values_list("case__number", flat=True).first()
    if number is None:
        raise Refusal("没有这份文书。", LAW, "请从案件页面打开。")
    case = locked(number)
    return Letter.objects.select_for_update().get(number=letter), case


def _served(letter: Letter, case: Case, how: Service, on: date, who: str, remark: str, *, by: Actor, at: datetime) -> Letter:
    if letter.is_served:
        raise Refusal(f"{letter.get_kind_display()}已于{letter.served_on}送达。", LAW, "无需重复办理。")
    if letter.kind == LetterKind.HAND_OVER:
        raise Refusal("移送书由收件部门出具回执。", LAW, "请在移送事项中登记回执。")
    letter.service, letter.served_on, letter.served_at = how, on, at
    letter.served_to, letter.served_words = who[:120], remark[:300]
    letter.save()
    note(
        "case.letter_served", case, by=by, at=at, note=f"{letter.get_kind_display()} {how.label} {who}", letter=letter.number, how=how.value,
        served_on=on.isoformat(), reason=remark,
    )  # fmt: skip
    close_tasks(case=case.number, matter=f"case_letter_{letter.number[-2:]}", by=by, at=at, outcome="已签收")
    if letter.kind == LetterKind.DECISION:
        _take_effect(case, on, by=by, at=at)
    return letter


def _take_effect(case: Case, on: date, *, by: Actor, at: datetime) -> None:
    state = MOVES.check("serve", State(case.state))
    days = calendar()
    assert case.decided_at is not None
    in_time = clock_is_kept(Clock.SERVE, today(case.decided_at), on, False, today(at), days)
    case.served_on, case.appeal_to, case.appeal_until = on, above(case.office), last_day(Clock.APPEAL, on, days)
    case.findings = [*case.findings, *records([in_time])]
    case.move_to(state)
    carry_out(case, by=by, at=at)
    if is_public(case.decision):
        ask_officers(case, "请公开处理决定", matter="case_publish", by=by, at=at, due_on=last_day(Clock.PUBLISH, on, days))
