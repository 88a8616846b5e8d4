"""定级: the grades of all bodies are computed, looked over by the office that leads, confirmed by the city centre, and contested by the body."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre
from touchstone.bodies.operations import set_grade
from touchstone.grading import permissions
from touchstone.grading.facts.graded import graded_again, indicators_of, stored, year_of
from touchstone.grading.facts.known import bodies_filed, known_of
from touchstone.grading.models import GradeLine, GradeRun
from touchstone.grading.operations._case import said
from touchstone.grading.queries import last_assessments
from touchstone.grading.states import GRADE_MOVES, GradeState, WorkState
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import add_months
from touchstone.kernel.rules import must, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy.roles import Role
from touchstone.policy.supervision.grade import (
    CONTEST_WITHIN,
    LASTS_MONTHS,
    LAW,
    Grade,
    Graded,
    grade_contested_in_time,
    grade_follows_indicators,
    graded,
    way_up,
)
from touchstone.tasks.operations import close_tasks, open_task

CHUNK = 200
UNCONFIRMED = [GradeState.PROPOSED.value, GradeState.REVIEWED.value]


@transaction.atomic
def begin_grade_run(*, by: Actor, at: datetime) -> GradeRun:
    """This function will begin to compute the grades of all bodies with a filing in force. Whoever calls it defers the work in the same transaction.

    :raises Refusal: while one is under way.
    """
    permissions.check_may_open(by)
    if (running := GradeRun.objects.filter(state=WorkState.RUNNING).first()) is not None:
        raise Refusal(f"{running.number}正在计算。", LAW, "请等它完成后再开始。")
    made = GradeRun.objects.create(
        number=f"DJ{at:%Y}{next_serial(f'grade-run-{at:%Y}'):03d}",
        total=len(bodies_filed(localtime(at).date())),
        begun_at=at,
        begun_by_id=by.user_id,
        looked_after_at=at,
    )
    record("grade_run.begun", made.number, by=by, at=at, detail={"bodies": made.total})
    before = GradeRun.objects.exclude(pk=made.pk).order_by("-pk").first()
    if before is not None:
        close_tasks(case=before.number, by=by, at=at, outcome=f"已重新计算（{made.number}）")
    return made


def compute_grades(*, number: str, by: Actor, at: datetime) -> GradeRun:
    """This function will compute the grades of a run, chunk by chunk; called again after a kill it goes on where it was."""
    permissions.check_may_process(by)
    while _compute_chunk(number, by=by, at=at):
        pass
    return GradeRun.objects.get(number=number)


@transaction.atomic
def _compute_chunk(number: str, *, by: Actor, at: datetime) -> bool:
    """Propose the next grades, and say whether there may be more."""
    run = GradeRun.objects.select_for_update().get(number=number)
    if run.is_finished:
        return False
    day = localtime(run.begun_at).date()
    filings = bodies_filed(day, run.last_body)[:CHUNK]
    known = known_of(filings, add_months(day, -LASTS_MONTHS.on(day).value), day + timedelta(days=1), day)
    assessed = last_assessments([one.body_id for one in filings], day)
    rows = []
    for n, one in enumerate(known, run.done + 1):
        assessment = assessed.get(one.body.pk)
        year = year_of(one, assessment)
        found = graded(year, day)
        rows.append(
            GradeLine(
                number=f"DP{number[2:]}{n:05d}",
                run=run,
                body=one.body,
                office=one.office,
                computed=found.grade,
                given=found.grade,
                points=found.points,
                indicators=indicators_of(found, one, assessment),
                year=stored(year),
                way_up=list(way_up(found, day)),
                capped=f"{found.capped_by.label}的处理决定，{found.capped_until}以前最高为{found.grade.label}" if found.capped_by else "",
            )
        )
    GradeLine.objects.bulk_create(rows)
    run.done, run.looked_after_at = run.done + len(rows), at
    run.last_body = rows[-1].body_id if rows else run.last_body
    if len(rows) < CHUNK:
        run.state, run.total, run.finished_at = WorkState.DONE, run.done, at
    run.save()
    if rows:
        detail = {"rows": [rows[0].number, rows[-1].number], "grades": {one.number: one.computed for one in rows}}
        record("grade_run.computed", number, by=by.with_key(""), at=at, detail=detail)
    if run.is_finished:
        _tell_offices(run, by=by, at=at)
    return not run.is_finished


def _tell_offices(run: GradeRun, *, by: Actor, at: datetime) -> None:
    for office, district in set(run.lines.values_list("office", "office__district")):
        many = run.lines.filter(office=office).count()
        role = Role.SUPERVISOR if district else Role.INTAKE_CLERK
        open_task(case=run.number, matter="review_grades", title=f"复核机构等级：{many}家", office_id=office, role=role, by=by, at=at)


@transaction.atomic
def review_grade(*, number: str, grade: str, because: str, by: Actor, at: datetime) -> GradeLine:
    """This function will have the office that leads look a proposed grade over: as computed, or another with a reason.

    :raises Refusal: for another grade without a reason, or a better one than a decision against the body allows.
    """
    line = _locked(number)
    permissions.check_may(by, "review", line)
    state = GRADE_MOVES.check("review", GradeState(line.state))
    _check_latest(line)
    given = _grade(grade)
    found = grade_follows_indicators(_computed(line), given, because, localtime(line.run.begun_at).date())
    must(found, "请写明理由，或者按计算结果复核。")
    line.given, line.because = given, because.strip()[:500] if given != line.computed else ""
    line.findings, line.reviewed_at, line.reviewed_by_id = records([found]), at, by.user_id
    line.move_to(state)
    record("grade.reviewed", number, by=by, at=at, reason=line.because, detail={"computed": line.computed, "given": given, "note": given.label})
    if not line.run.lines.filter(office=line.office_id, state=GradeState.PROPOSED).exists():
        close_tasks(case=line.run.number, matter="review_grades", office_id=line.office_id, by=by, at=at, outcome="已复核")
        title, centre = f"确认机构等级：{line.run.number}", city_centre().pk
        open_task(case=line.run.number, matter="confirm_grades", title=title, office_id=centre, role=Role.DIRECTOR, by=by, at=at)
    return line


@transaction.atomic
def confirm_grade(*, number: str, by: Actor, at: datetime) -> GradeLine:
    """This function will confirm a grade: it is in force from today on, and told to the body with its reasons.

    :raises Refusal: by who reviewed it.
    """
    line = _locked(number)
    permissions.check_may(by, "confirm", line)
    state = GRADE_MOVES.check("confirm", GradeState(line.state))
    _check_latest(line)
    if line.reviewed_by_id == by.user_id:
        raise Refusal("复核和确认不能由同一人办理。", LAW, "请由其他负责人确认。")
    line.confirmed_at, line.confirmed_by_id = at, by.user_id
    line.move_to(state)
    _put_in_force(line, number, line.because, by=by, at=at)
    record("grade.confirmed", number, by=by, at=at, reason=line.because, detail={"grade": line.given, "note": Grade(line.given).label})
    if not line.run.lines.filter(state__in=UNCONFIRMED).exists():
        close_tasks(case=line.run.number, matter="confirm_grades", by=by, at=at, outcome="已确认")
    return line


def _put_in_force(line: GradeLine, run: str, because: str, *, by: Actor, at: datetime) -> None:
    reasons: Mapping[str, Any] = {"indicators": line.indicators, "capped": line.capped, "way_up": line.way_up, "computed": line.computed}
    grade = Grade(line.given)
    set_grade(body=line.body, grade=grade, points=line.points, reasons=reasons, run=run, by=by, at=at, adjusted_because=because)


@transaction.atomic
def contest_grade(*, number: str, words: str, by: Actor, at: datetime) -> GradeLine:
    """This function will take a body's objection to its grade; the grade stands until it is answered. :raises Refusal: too late, or without words."""
    line = _locked(number)
    permissions.check_may(by, "contest", line)
    state = GRADE_MOVES.check("contest", GradeState(line.state))
    assert line.confirmed_at is not None
    must(grade_contested_in_time(localtime(line.confirmed_at).date(), localtime(at).date(), calendar()), "对指标有疑问的，可以咨询负责监管的部门。")
    line.objection, line.objected_at = said(words, "没有写明异议的事实和理由。")[:4000], at
    line.move_to(state)
    record("grade.contested", number, by=by, at=at, reason=line.objection)
    due = calendar().add_working_days(localtime(at).date(), in_force(CONTEST_WITHIN, localtime(at).date()).value)
    title, centre = f"答复等级异议：{line.body.name}", city_centre().pk
    open_task(case=number, matter="answer_contest", title=title, office_id=centre, role=Role.DIRECTOR, by=by, at=at, due_on=due)
    return line


@transaction.atomic
def answer_contest(*, number: str, words: str, by: Actor, at: datetime, grade: str = "") -> GradeLine:
    """This function will answer a body's objection to its grade; with another `grade` it is upheld, and that one is in force from today on.

    :raises Refusal: without words, or for a better grade than a decision against the body allows.
    """
    line = _locked(number)
    permissions.check_may(by, "answer", line)
    state = GRADE_MOVES.check("answer", GradeState(line.state))
    line.answer, line.answered_at = said(words, "没有写明答复。")[:4000], at
    changed = bool(grade) and grade != line.given
    if changed:
        _check_latest(line, confirmed=True)
        given = _grade(grade)
        found = grade_follows_indicators(_computed(line), given, words, localtime(line.run.begun_at).date())
        must(found, "请改选等级，或者维持原等级。")
        line.given, line.because, line.findings = given, line.answer[:500], [*line.findings, *records([found])]
    line.move_to(state)
    if changed:
        _put_in_force(line, f"{number}-2", line.because, by=by, at=at)
    outcome = f"异议成立，更正为{Grade(line.given).label}" if changed else "维持原等级"
    record("grade.answered", number, by=by, at=at, reason=line.answer, detail={"grade": line.given, "changed": changed, "note": outcome})
    close_tasks(case=number, by=by, at=at, outcome=outcome)
    return line


def _check_latest(line: GradeLine, *, confirmed: bool = False) -> None:
    """Nothing older takes the place of a later grade. :raises Refusal: where a later run has one (confirmed, where asked for)."""
    later = GradeLine.objects.filter(body=line.body_id, run__gt=line.run_id)
    found = (later.filter(confirmed_at__isnull=False) if confirmed else later).order_by("-run").first()
    if found is not None:
        raise Refusal(f"{line.body.name}已有更新的定级（{found.number}），不能再办理{line.number}。", LAW, "请在最近一次定级中办理。")


def _computed(line: GradeLine) -> Graded:
    return graded_again(line.year, localtime(line.run.begun_at).date())


def _grade(text: str) -> Grade:
    try:
        return Grade(text)
    except ValueError as error:
        raise Refusal("请选择等级。", LAW, "等级为A、B、C、D，或者未定级。") from error


def _locked(number: str) -> GradeLine:
    rows = GradeLine.objects.select_for_update(of=("self",)).select_related("run", "body__office", "office")
    found = rows.filter(number=number).first()
    if found is None:
        raise Refusal(f"没有编号为{number}的定级。", LAW, "请从列表中打开。")
    return found
