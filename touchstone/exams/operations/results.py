"""成绩结论与公示: what do the scores come to, when do they stand before the public, and what follows an objection?"""

from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.models import Candidate, Plan, Remark
from touchstone.exams.operations.archive import owe_archive
from touchstone.exams.operations.courses import hand_marks_to_courses
from touchstone.exams.operations.dual import judge_second
from touchstone.exams.operations.locking import lock_settled
from touchstone.exams.operations.outcomes import first_of
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.plans import RECORD, locked
from touchstone.exams.queries.courses import rests_on_what_stands
from touchstone.exams.queries.dual import passed_second, second_of, second_outcomes
from touchstone.exams.queries.exceptions import exceptions_of, is_direct
from touchstone.exams.queries.results import (
    MATTER,
    direct_preface,
    notice_columns,
    notice_preface,
    notice_row,
    open_notice,
    result_counts,
    scores_by_candidate,
)
from touchstone.exams.queries.score_book import announceable
from touchstone.exams.queries.sittings import entrants, plan_parts
from touchstone.exams.states import MOVES, PlanState, Result
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.kernel.rules import must, records
from touchstone.ledger.operations import record
from touchstone.notices.operations import answer_objection as answer_in_notice
from touchstone.notices.operations import close_notice, publish_notice
from touchstone.notices.queries import objection as find_objection
from touchstone.notices.queries import objections_of, of_case
from touchstone.parameters.queries import calendar
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.arrangement import announced_in_time, scores_in_time
from touchstone.policy.exams.deadlines import CERTIFICATES_WITHIN, NOTICE_FROM_WITHIN, NOTICE_WORKING_DAYS
from touchstone.policy.exams.results import result
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task


@transaction.atomic
def conclude(*, plan_number: str, by: Actor, at: datetime) -> dict[str, int]:
    """This function will judge every candidate's scores, store the findings, count the results and lock the scores.

    :raises MoveRefused: unless the exam was held. :raises Refusal: while scores are missing.
    """
    plan = locked(plan_number)
    permissions.check_may(by, "score", plan)
    if plan.state != PlanState.HELD:
        raise MoveRefused(f"当前为“{PlanState(plan.state).label}”，不能核定成绩结论。", RECORD, "考试结束、成绩录齐后办理。")
    check_not_stopped(plan, at.date())
    must(rests_on_what_stands(plan), "请在“课证融通”页撤销这些考生的免考，再核定成绩结论。")
    people = list(entrants(plan))
    scores = scores_by_candidate(plan)
    judged = [(one, result(scores.get(one.pk, {}), Level(plan.level), plan.exam_on)) for one in people]
    lacking = [one.name for one, found in judged if found.passed is None]
    if lacking:
        sentence = f"还有{len(lacking)}名考生的成绩没有录齐（{first_of(lacking)}）。"
        raise Refusal(sentence, RECORD, "请录齐全部科目成绩后再核定；缺考的须先在到考登记中注明。")
    counts = dict.fromkeys(Result, 0)
    for one, found in judged:
        sat = [score for score in scores[one.pk].values() if score.is_sat]
        missed = bool(sat) and all(score.absent for score in sat)
        one.result = Result.PASSED if found.passed else Result.ABSENT if missed else Result.FAILED
        one.result_findings = records(found.findings)
        counts[Result(one.result)] += 1
    second = judge_second(plan, people, scores, at=at)
    Candidate.objects.bulk_update(people, ["result", "result_findings"], batch_size=1000)
    timely = scores_in_time(at.date(), plan.exam_on, calendar())
    told = {key.value: count for key, count in counts.items()} | second
    lock = lock_settled(plan, by=by, at=at)
    record("results.concluded", plan.number, by=by, at=at, detail={"counts": told, "lock": lock.round, "findings": records([timely])})
    close_tasks(case=plan.number, matter="enter_scores", by=by, at=at, outcome="成绩结论已核定")
    due = calendar().add_working_days(plan.exam_on, NOTICE_FROM_WITHIN.on(plan.exam_on).value)
    _ask_leader(plan, "announce_results", "公示成绩", due, by=by, at=at)
    return told


@transaction.atomic
def announce_results(*, plan_number: str, by: Actor, at: datetime) -> Plan:
    """This function will put the masked list of those who passed before the public for the working days laid down.

    :raises Refusal: while a result is not concluded, or was reopened by a correction.
    """
    plan = locked(plan_number)
    permissions.check_may(by, "announce_results", plan)
    state = MOVES.check("announce_results", PlanState(plan.state))
    check_not_stopped(plan, at.date())
    people = list(entrants(plan))
    open_ones = sum(1 for one in people if not one.result)
    if open_ones:
        raise Refusal(f"还有{open_ones}名考生没有成绩结论。", RECORD, "请录齐（更正后重新核定）成绩结论，再公示。")
    direct = is_direct(plan)
    reviewed = announceable(plan)
    if reviewed.outcome != "met":
        raise Refusal(f"{reviewed.reason}，不能公示。", reviewed.clause, "请在“抽查复核”页办完后再公示。")
    _check_no_remark(plan)
    second, by_second = second_of(plan), second_outcomes(plan)
    passed = [one for one in people if one.result == Result.PASSED or (one.pk in by_second and by_second[one.pk].result == Result.PASSED)]
    scores = scores_by_candidate(plan)
    cases = exceptions_of(plan)
    by_courses = any(score.credit for own in scores.values() for score in own.values())
    parts = () if direct else plan_parts(plan)
    days = NOTICE_WORKING_DAYS.on(at.date())
    published = publish_notice(
        matter=MATTER,
        case=plan.number,
        title=f"{plan.body.name}{plan.title}成绩公示"[:200],
        preface=direct_preface(plan, len(passed))
        if direct
        else notice_preface(plan, len(people), sum(one.result == Result.PASSED for one in passed), second, by_second, by_courses),
        columns=notice_columns(parts, second),
        rows=[
            notice_row(number, plan, one, scores.get(one.pk, {}), parts, by_second.get(one.pk) if second else None, cases.get(one.pk))
            for number, one in enumerate(passed, 1)
        ],
        office=plan.body.office,
        working_days=days.value,
        clause=days.clause,
        calendar=calendar(),
        by=by,
        at=at,
    )
    plan.move_to(state)
    timely = announced_in_time(published.opened_on, plan.exam_on, calendar())
    detail = {"notice": published.number, "passed": len(passed), "candidates": len(people), "findings": records([timely, reviewed])}
    record("results.announced", plan.number, by=by, at=at, detail=detail)
    close_tasks(case=plan.number, matter="announce_results", by=by, at=at, outcome="成绩已公示")
    return plan


@transaction.atomic
def take_up_objections(*, plan_number: str, by: Actor, at: datetime) -> int:
    """This function will put unanswered objections to a plan's results before the body and count them; it may be asked again."""
    plan = locked(plan_number)
    waiting = objections_of(plan_number).filter(answered_at__isnull=True).count()
    if waiting:
        for role in (Role.BODY_LEADER, Role.BODY_PLANNER):
            title = f"核查并答复成绩公示的异议：{plan.title}"[:200]
            due = calendar().add_working_days(at.date(), NOTICE_WORKING_DAYS.on(at.date()).value)
            office = plan.body.office_id
            open_task(case=plan.number, matter="objection", title=title, office_id=office, role=role, by=by, at=at, due_on=due)
    return waiting


@transaction.atomic
def answer_objection(*, number: str, upheld: bool, answer: str, by: Actor, at: datetime) -> Plan:
    """This function will answer an objection to a plan's results; one that is upheld stops the notice, so that scores can be put right.

    :raises Refusal: when it is answered already or the answer says nothing.
    """
    objection = find_objection(number)
    plan = locked(objection.notice.case)
    permissions.check_may(by, "answer_objection", plan)
    if upheld and plan.state in {PlanState.CONFIRMED, PlanState.CERTIFIED}:
        raise Refusal("公示已经期满，不能再中止公示。", RECORD, "成绩确有错误的，请按证书更正、撤销办理。")
    answer_in_notice(number=number, upheld=upheld, answer=answer, by=by.with_key(""), at=at)
    if upheld and plan.state == PlanState.ANNOUNCED:
        stop_notice(plan, f"异议{number}成立：{answer.strip()}", by=by, at=at)
    verdict = "成立" if upheld else "不成立"
    detail = {"objection": number, "upheld": upheld}
    record("results.objection_answered", plan.number, by=by, at=at, reason=f"异议{verdict}：{answer.strip()}", detail=detail)
    if not objection.notice.objections.filter(answered_at__isnull=True).exclude(number=number).exists():
        close_tasks(case=plan.number, matter="objection", by=by, at=at, outcome=f"已答复（{verdict}）")
    return plan


@transaction.atomic
def withdraw_results(*, plan_number: str, reason: str, by: Actor, at: datetime) -> Plan:
    """This function will stop a notice because the body itself found an error; after correction the results are announced anew.

    :raises Refusal: without a reason.
    """
    plan = locked(plan_number)
    permissions.check_may(by, "withdraw_results", plan)
    if not reason.strip():
        raise Refusal("请写明中止公示的原因。", RECORD, "原因会在公示页面和流转记录中显示。")
    stop_notice(plan, reason.strip(), by=by, at=at)
    return plan


def stop_notice(plan: Plan, reason: str, *, by: Actor, at: datetime) -> None:
    """This function will stop the notice of a plan's results, so that they are put right and announced anew."""
    state = MOVES.check("withdraw_results", PlanState(plan.state))
    standing = open_notice(plan)
    if standing is not None:
        close_notice(number=standing.number, outcome="中止", by=by, at=at)
    plan.move_to(state)
    record("results.withdrawn", plan.number, by=by.with_key(""), at=at, reason=reason)
    due = calendar().add_working_days(at.date(), NOTICE_FROM_WITHIN.on(at.date()).value)
    title = f"更正成绩并重新公示：{plan.title}"[:200]
    office = plan.body.office_id
    open_task(case=plan.number, matter="enter_scores", title=title, office_id=office, role=Role.BODY_PLANNER, by=by, at=at, due_on=due)


@transaction.atomic
def confirm_results(*, plan_number: str, by: Actor, at: datetime) -> Plan:
    """This function will close a notice whose days are over; from then on certificates can be issued. Done by the platform.

    :raises Refusal: while days or objections are open.
    """
    plan = locked(plan_number)
    permissions.check_may(by, "confirm_results", plan)
    state = MOVES.check("confirm_results", PlanState(plan.state))
    check_not_stopped(plan, at.date())
    standing = open_notice(plan)
    if standing is None:
        raise Refusal("没有正在进行的成绩公示。", RECORD, "请先公示成绩。")
    _check_no_remark(plan)
    close_notice(number=standing.number, outcome="公示期满", by=by, at=at)
    plan.move_to(state)
    hand_marks_to_courses(plan, by=by, at=at)
    answered = [one.number for one in of_case(plan.number)]
    record("plan.results_confirmed", plan.number, by=by, at=at, detail={"notices": answered})
    due = calendar().add_working_days(plan.exam_on, CERTIFICATES_WITHIN.on(plan.exam_on).value)
    _ask_leader(plan, "issue_certificates", "核发证书", max(due, at.date()), by=by, at=at)
    if not result_counts(plan)["passed"] and not passed_second(plan):
        owe_archive(plan, by=by, at=at)
    return plan


def _check_no_remark(plan: Plan) -> None:
    asked = Remark.objects.filter(seat__sitting__plan=plan, closed_at__isnull=True).count()
    if asked:
        raise Refusal(f"还有{asked}项成绩正在复核。", RECORD, "请先办结复核。")


def _ask_leader(plan: Plan, matter: str, words: str, due_on: date, *, by: Actor, at: datetime) -> None:
    title = f"{words}：{plan.title}"[:200]
    office = plan.body.office_id
    open_task(case=plan.number, matter=matter, title=title, office_id=office, role=Role.BODY_LEADER, by=by, at=at, due_on=due_on)
