"""公示: those chosen stand before the public, objections are answered, and the notice runs out."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.appointments import permissions
from touchstone.appointments.models import Nomination, Round
from touchstone.appointments.operations._case import locked
from touchstone.appointments.operations.reviewing import end_empty
from touchstone.appointments.queries import MATTER
from touchstone.appointments.states import LAW, MOVES, Standing, State
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import mask_name
from touchstone.ledger.operations import record
from touchstone.notices.operations import answer_objection as answer_in_notice
from touchstone.notices.operations import close_notice, publish_notice
from touchstone.notices.queries import objection as find_objection
from touchstone.notices.queries import objections_of
from touchstone.parameters.queries import calendar
from touchstone.policy.appointments.panel import OBJECTION_DAYS
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task

COLUMNS = ("序号", "姓名", "证件号码", "现岗位", "拟聘岗位", "职业", "业绩")


@transaction.atomic
def publish_chosen(*, number: str, by: Actor, at: datetime) -> Round:
    """This function will put those chosen before the public, masked, with what they are chosen for."""
    found = locked(number)
    permissions.check_may(by, "publish", found)
    state = MOVES.check("publish", State(found.state))
    days = OBJECTION_DAYS.on(localtime(at).date())
    chosen = list(found.nominations.filter(standing=Standing.CHOSEN).select_related("person").order_by("id"))
    published = publish_notice(
        matter=MATTER,
        case=number,
        title=f"{found.body.name}{found.title}拟聘人选公示"[:200],
        preface=f"经申报、资格审查和评审组评审，拟聘下列{len(chosen)}人为{found.get_post_display()}，聘期{found.term_years}年。",
        columns=COLUMNS,
        rows=[_row(found, n, one) for n, one in enumerate(chosen, 1)],
        office=found.body.office,
        working_days=days.value,
        clause=days.clause,
        calendar=calendar(),
        by=by,
        at=at,
    )
    found.notice_number = published.number
    found.move_to(state)
    record("appointment.noticed", number, by=by, at=at, detail={"notice": published.number, "chosen": len(chosen)})
    return found


@transaction.atomic
def take_up_objections(*, number: str, by: Actor, at: datetime) -> int:
    """This function will put unanswered objections before the enterprise's leader and count them; it may be asked again."""
    found = locked(number)
    waiting = objections_of(number).filter(answered_at__isnull=True).count()
    if waiting:
        title, office = f"核查并答复评聘公示的异议：{found.title}"[:200], found.body.office_id
        due = calendar().add_working_days(localtime(at).date(), OBJECTION_DAYS.on(localtime(at).date()).value)
        open_task(case=number, matter="objection", title=title, office_id=office, role=Role.BODY_LEADER, by=by, at=at, due_on=due)
    return waiting


@transaction.atomic
def answer_objection(*, number: str, against: str, upheld: bool, answer: str, by: Actor, at: datetime) -> Round:
    """This function will answer an objection; when it is upheld, `against` names the nomination that is struck out.

    :raises Refusal: when it is answered already, says nothing, or names nobody of those chosen.
    """
    objection = find_objection(number)
    found = locked(objection.notice.case)
    permissions.check_may(by, "answer_objection", found)
    struck = found.nominations.select_for_update(of=("self",)).filter(number=against, standing=Standing.CHOSEN).first() if upheld else None
    if upheld and (struck is None or found.state != State.NOTICED):
        raise Refusal("请选择异议针对的拟聘人选。", LAW, "异议成立的，该人选不予聘任，其他人选不受影响。")
    answer_in_notice(number=number, upheld=upheld, answer=answer, by=by.with_key(""), at=at)
    if struck is not None:
        struck.standing, struck.closing_words = Standing.STRUCK, answer.strip()
        struck.save(update_fields=["standing", "closing_words"])
    detail = {"objection": number, "upheld": upheld, "struck": against if upheld else ""}
    verdict = "成立" if upheld else "不成立"
    record("appointment.objection_answered", found.number, by=by, at=at, reason=f"异议{verdict}：{answer.strip()}", detail=detail)
    if not objections_of(found.number).filter(answered_at__isnull=True).exists():
        close_tasks(case=found.number, matter="objection", by=by, at=at, outcome=f"已答复（{verdict}）")
    return found


@transaction.atomic
def confirm_round(*, number: str, by: Actor, at: datetime) -> Round:
    """This function will close a notice whose days are over and put the appointment before the leader. Done by the platform.

    :raises Refusal: while days or objections are open.
    """
    found = locked(number)
    permissions.check_may(by, "confirm", found)
    state = MOVES.check("confirm", State(found.state))
    close_notice(number=found.notice_number, outcome="公示期满", by=by, at=at)
    if not found.nominations.filter(standing=Standing.CHOSEN).exists():
        end_empty(found, "公示异议成立，没有可以聘任的人选", by=by, at=at)
        return found
    found.move_to(state)
    record("appointment.confirmed", number, by=by, at=at)
    title, office = f"聘任：{found.title}"[:200], found.body.office_id
    open_task(case=number, matter="appoint", title=title, office_id=office, role=Role.BODY_LEADER, by=by, at=at)
    return found


def _row(found: Round, n: int, one: Nomination) -> tuple[str, ...]:
    said = one.achievements if len(one.achievements) <= 60 else one.achievements[:59] + "…"
    return (str(n), mask_name(one.person.name), one.person.id_masked, one.work_post, found.get_post_display(), found.occupation_label, said)
