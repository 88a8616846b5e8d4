"""在聘: each year of a term is appraised, a term is renewed, and an appointment ends: by itself, by dismissal, or because the person left."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.appointments import permissions
from touchstone.appointments.models import Appointment, Appraisal, Term
from touchstone.appointments.operations._case import tell_offices
from touchstone.appointments.queries import current_term, serving
from touchstone.appointments.states import LAW, Tenure
from touchstone.bodies.queries import worker_on
from touchstone.certificates.operations import revoke
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import add_years
from touchstone.kernel.rules import Finding, all_met, records
from touchstone.ledger.operations import record
from touchstone.policy.appointments.term import (
    CERTIFICATE_STAYS,
    Ending,
    Grade,
    may_be_dismissed,
    may_be_renewed,
    post_ends_with_the_term,
    term_is_in_bounds,
    year_can_be_appraised,
    years_owed,
)
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task
from touchstone.tasks.queries import open_on


@transaction.atomic
def ask_for_appraisal(*, number: str, by: Actor, at: datetime) -> bool:
    """This function will put a year that is to be appraised before the enterprise, once, and say whether it did. Done by the platform."""
    found = Appointment.objects.select_for_update(of=("self",)).select_related("body", "person").get(number=number)
    term, day = current_term(found), localtime(at).date()
    owed = years_owed(serving(term), day)
    if found.state != Tenure.SERVING or not owed or open_on(number).filter(matter="appraise").exists():
        return False
    title = f"年度考核（第{owed[0]}年度）：{found.person.name} {found.get_post_display()}"[:200]
    due = max(min(add_years(term.since, owed[0]), term.until), day)
    open_task(case=number, matter="appraise", title=title, office_id=found.body.office_id, role=Role.BODY_PLANNER, by=by, at=at, due_on=due)
    record("appointment.appraisal_owed", number, by=by, at=at, detail={"year": owed[0]})
    return True


@transaction.atomic
def appraise_year(*, number: str, year: int, grade: Grade, words: str, by: Actor, at: datetime) -> Appraisal:
    """This function will put down the appraisal of one year of the present term. :raises Refusal: before its time, twice, or without words."""
    found = _held(number, by, "appraise")
    term, day = current_term(found), localtime(at).date()
    all_met([year_can_be_appraised(serving(term), year, day)], "请核对年度。")
    if not words.strip():
        raise Refusal("请填写考核意见。", LAW, "写明履职、攻关、带徒的情况。")
    made = Appraisal.objects.create(term=term, year=year, grade=grade, words=words.strip(), appraised_at=at)
    record("appointment.appraised", number, by=by, at=at, reason=made.words, detail={"term": str(term.since), "year": year, "grade": grade})
    close_tasks(case=number, matter="appraise", by=by, at=at, outcome=f"第{year}年度{grade.label}")
    return made


@transaction.atomic
def renew_appointment(*, number: str, years: int, words: str, by: Actor, at: datetime) -> Term:
    """This function will renew an appointment for a term that follows on the present one.

    :raises Refusal: too early or too late, with a year not appraised or unfit, for somebody who has left, or a term too long.
    """
    found = _held(number, by, "renew")
    day, since = localtime(at).date(), found.until
    if worker_on(found.body, found.person_id, day) is None:
        raise Refusal(f"{found.person.name}已不在岗，不能续聘。", LAW, "请办理聘任终止。")
    if years < 1:
        raise Refusal("请填写续聘年限。", LAW, "按整年填写。")
    checks = [may_be_renewed(serving(current_term(found)), day), term_is_in_bounds(since, add_years(since, years), day)]
    all_met(checks, "请补齐后再办理续聘。")
    if not words.strip():
        raise Refusal("请填写续聘意见。", LAW, "例如：聘期考核称职，同意续聘。")
    made = Term.objects.create(
        appointment=found, since=since, until=add_years(since, years), words=words.strip(), findings=records(checks), decided_at=at
    )
    found.until = made.until
    found.save(update_fields=["until"])
    detail = {"since": str(made.since), "until": str(made.until), "findings": made.findings}
    record("appointment.renewed", number, by=by, at=at, reason=made.words, detail=detail)
    close_tasks(case=number, by=by, at=at, outcome="已续聘")
    tell_offices(found.nomination.round, f"续聘{found.get_post_display()}：{found.person.name}", f"聘期到{made.until}为止。", by=by, at=at)
    return made


@transaction.atomic
def end_appointment(*, number: str, ending: Ending, on: date, reason: str, grave: bool = False, by: Actor, at: datetime) -> Appointment:
    """This function will end an appointment before its term is over: by dismissal (for cause), or because the person has left.

    :raises Refusal: without cause or reason, for a day to come or before the appointment, or for somebody said to have left who is in post.
    """
    found = _held(number, by, "end")
    day = localtime(at).date()
    if ending not in {Ending.DISMISSED, Ending.LEFT}:
        raise Refusal("请选择终止情形。", LAW, "聘期届满的由平台自动终止。")
    if not reason.strip():
        raise Refusal("请写明终止的原因。", LAW, "原因告知本人，并报所在区知悉。")
    if not found.since <= on <= day:
        raise Refusal("终止日应在受聘日与今天之间。", LAW, "请按决定的日期填写。")
    checks: list[Finding] = []
    if ending is Ending.DISMISSED:
        checks = [may_be_dismissed(serving(current_term(found)), grave, day)]
        all_met(checks, "请先完成年度考核，或指明严重情形。")
    elif worker_on(found.body, found.person_id, day) is not None:
        raise Refusal(f"{found.person.name}仍登记为在岗职工。", LAW, "请先在“评价对象”登记离岗。")
    _end(found, ending, on, reason.strip(), checks, by=by, at=at)
    return found


@transaction.atomic
def end_term(*, number: str, by: Actor, at: datetime) -> Appointment:
    """This function will end an appointment whose term is over and was not renewed. Done by the platform.

    :raises Refusal: before that day, and for anybody else.
    """
    found = _held(number, by, "end_term")
    day = localtime(at).date()
    over = post_ends_with_the_term(found.until, day)
    all_met([over], "聘期内提前终止的，请办理解聘或离岗。")
    _end(found, Ending.TERM_OVER, found.until, "聘期届满，没有续聘", [over], by=by, at=at)
    return found


def _end(found: Appointment, ending: Ending, on: date, reason: str, checks: list[Finding], *, by: Actor, at: datetime) -> None:
    found.end(ended_on=on, ending=ending, ended_because=reason)
    detail = {"ending": ending, "on": str(on), "findings": records(checks)}
    record("appointment.ended", found.number, by=by, at=at, reason=reason, detail=detail)
    if found.certificate_number and not CERTIFICATE_STAYS.on(localtime(at).date()).value:
        revoke(number=found.certificate_number, reason=f"聘任终止：{reason}", by=by.with_key(""), at=at)
    close_tasks(case=found.number, by=by, at=at, outcome=f"聘任终止：{ending.label}")
    title = f"聘任终止：{found.person.name} {found.get_post_display()}"
    tell_offices(found.nomination.round, title, f"{ending.label}：{reason}"[:300], by=by, at=at)


def _held(number: str, by: Actor, act: str) -> Appointment:
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("body__office", "person", "nomination__round__body")
    found = rows.get(number=number)
    permissions.check_may(by, act, found)
    if found.state != Tenure.SERVING:
        raise Refusal("聘任已终止。", LAW, "请查看终止情形；需要再次聘任的，参加下一次评聘。")
    return found
