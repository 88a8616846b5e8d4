"""试点: which body tries what out, for which occupations and how long, and is it spread afterwards?"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre
from touchstone.bodies import permissions
from touchstone.bodies.models import Body, Pilot
from touchstone.bodies.queries.restricted import barred_from
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy.exams.courses import Taught, units_are_weighed
from touchstone.policy.papers import REPORT_WITHIN
from touchstone.policy.pilots import PILOTS, PilotKind, body_may_try, has_a_term, scope_is_filed, units_match_elements
from touchstone.policy.roles import BodyKind, Role
from touchstone.policy.supervision.restrictions import Barred
from touchstone.tasks.operations import close_tasks, open_task


@transaction.atomic
def approve_pilot(
    *,
    body: Body,
    kind: str,
    occupations: Sequence[str],
    plan: str,
    units: Sequence[Taught],
    since: date,
    until: date,
    filed: Collection[str],
    by: Actor,
    at: datetime,
) -> Pilot:
    """This function will approve a pilot; `units` match a course unit with an element of a standard, and may say what of which part it exempts.

    For which occupations the body's filing is in force (`filed`) is known above, and told by the door: 课证融通 is for schools, 一考双证 for
    enterprises that may assess already (符合条件, 有条件).

    :raises Refusal: for a body of the wrong kind, an unknown kind, no scope, one not filed for, no plan, no units, days out of order, an overlap.
    """
    permissions.check_may_rule_on_pilots(by)
    body = Body.objects.select_for_update().get(pk=body.pk)
    scope = list(dict.fromkeys(one.strip() for one in occupations if one.strip()))
    rows = [
        {"unit": one.unit.strip(), "element": one.element.strip(), "part": one.part.value if one.part else "", "share": one.share} for one in units
    ]
    if kind not in Pilot.Kind.values:
        raise Refusal("没有选择试点类别。", PILOTS, "请选择新型技师学院、课证融通或一考双证。")
    must(body_may_try(PilotKind(kind), BodyKind(body.kind), at.date()), "请核对机构类别。")
    must(barred_from(body, Barred.MODEL, at.date()), "限制期满后再批准试点。")
    if not scope:
        raise Refusal("没有写明试点的职业。", PILOTS, "请至少选择一个职业。")
    if not plan.strip():
        raise Refusal("没有写明试点内容。", PILOTS, "请写明试点做什么、怎样检验成效。")
    if kind != Pilot.Kind.TECHNICIAN_COLLEGE:
        must(scope_is_filed(scope, filed, PilotKind(kind)), "请先由该机构办理备案，或去掉这些职业。")
    if kind == Pilot.Kind.COURSE_AND_CERTIFICATE:
        must(units_match_elements([(one.unit, one.element) for one in units]), "请为每个课程单元写明对应的标准要素。")
        must(units_are_weighed(units, at.date()), "可以免考的，请写明科目和权重，例如“技能 30%”；每科合计不超过100%。")
    must(has_a_term(since, until, at.date()), "请改填起止日期，起始日不早于今天。")
    for known in body.pilots.filter(kind=kind, since__lt=until, until__gt=since, occupations__overlap=scope):
        if since < (known.ended_on or known.until):
            raise Refusal(f"试点{known.number}已包含相同职业，期限重叠。", PILOTS, "请调整职业或期限。")
    made = Pilot.objects.create(
        number=f"SD{next_serial('pilot'):06d}",
        body=body,
        kind=kind,
        occupations=scope,
        plan=plan.strip(),
        units=rows,
        since=since,
        until=until,
        approved_at=at,
        approved_by_id=by.user_id,
    )
    detail = {"body": body.number, "kind": kind, "occupations": scope, "since": str(since), "until": str(until)}
    record("pilot.approved", made.number, by=by, at=at, detail=detail)
    _owe_report(made, until, by=by, at=at)
    return made


@transaction.atomic
def ask_for_report(*, number: str, by: Actor, at: datetime) -> None:
    """This function will see to it that the report on a pilot stands before its body as a task; part of the reminder of its end."""
    pilot = Pilot.objects.select_related("body").get(number=number)
    _owe_report(pilot, pilot.ended_on or pilot.until, by=by, at=at)


def _owe_report(pilot: Pilot, ends: date, *, by: Actor, at: datetime) -> None:
    within = in_force(REPORT_WITHIN, at.date()).value
    due_on = calendar().add_working_days(ends - timedelta(days=1), within)
    _ask(pilot, "report_pilot", f"提交试点总结：{pilot.get_kind_display()}", pilot.body.office_id, Role.BODY_FILER, due_on, by=by, at=at)


def _ask(pilot: Pilot, matter: str, title: str, office_id: int, role: Role, due_on: date | None, *, by: Actor, at: datetime) -> None:
    open_task(case=pilot.number, matter=matter, title=title, office_id=office_id, role=role, by=by, at=at, due_on=due_on)


@transaction.atomic
def end_pilot(*, number: str, reason: str, by: Actor, at: datetime) -> Pilot:
    """This function will end a pilot early, from `at`'s day on. :raises Refusal: when it is over, or without a reason."""
    permissions.check_may_rule_on_pilots(by)
    pilot = Pilot.objects.select_for_update(of=("self",)).select_related("body").get(number=number)
    if pilot.ended_on is not None or pilot.until <= at.date():
        raise Refusal(f"试点{number}已经结束。", PILOTS, "无需提前结束。")
    if not reason.strip():
        raise Refusal("没有写明提前结束的理由。", PILOTS, "请写明理由，将通知该机构。")
    pilot.ended_on = at.date()
    pilot.save(update_fields=["ended_on"])
    record("pilot.ended_early", number, by=by, at=at, reason=reason)
    if not pilot.report:  # the report is due that much earlier
        close_tasks(case=number, matter="report_pilot", by=by, at=at, outcome="试点提前结束")
        _owe_report(pilot, at.date(), by=by, at=at)
    return pilot


@transaction.atomic
def report_pilot(*, number: str, report: str, by: Actor, at: datetime) -> Pilot:
    """This function will hand in the body's report on its pilot. :raises Refusal: when empty, too early, or decided on already."""
    pilot = Pilot.objects.select_for_update(of=("self",)).select_related("body").get(number=number)
    permissions.check_may_keep(by, pilot.body)
    if at.date() < pilot.since:
        raise Refusal(f"试点{number}尚未开始。", PILOTS, f"请在{pilot.since}之后提交总结。")
    if pilot.spread is not None:
        raise Refusal(f"试点{number}已作出推广决定。", PILOTS, "总结不能再改动。")
    if not report.strip():
        raise Refusal("试点总结没有填写。", PILOTS, "请写明做法、人数和成效。")
    pilot.report, pilot.reported_at = report.strip(), at
    pilot.save(update_fields=["report", "reported_at"])
    record("pilot.reported", number, by=by, at=at)
    close_tasks(case=number, matter="report_pilot", by=by, at=at, outcome="已提交总结")
    _ask(pilot, "decide_pilot", f"决定是否复制推广：{pilot.body.name}", city_centre().pk, Role.DIRECTOR, None, by=by, at=at)
    return pilot


@transaction.atomic
def decide_pilot(*, number: str, spread: bool, words: str, by: Actor, at: datetime) -> Pilot:
    """This function will decide whether what was tried is spread (复制推广). :raises Refusal: without report or words, or when decided."""
    permissions.check_may_rule_on_pilots(by)
    pilot = Pilot.objects.select_for_update().get(number=number)
    if pilot.spread is not None:
        raise Refusal(f"试点{number}已作出推广决定。", PILOTS, "无需重复办理。")
    if not pilot.report:
        raise Refusal(f"试点{number}还没有总结。", PILOTS, "请先由试点机构提交总结。")
    if not words.strip():
        raise Refusal("没有写明决定的理由。", PILOTS, "请写明是否复制推广的理由。")
    pilot.spread, pilot.decision, pilot.decided_at = spread, words.strip(), at
    pilot.save(update_fields=["spread", "decision", "decided_at"])
    record("pilot.decided", number, by=by, at=at, reason=words, detail={"spread": spread})
    close_tasks(case=number, by=by, at=at, outcome="复制推广" if spread else "不推广")
    return pilot
