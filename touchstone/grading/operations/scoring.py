"""评分: the office that leads assesses first, the city centre after it, and experts look at those drawn."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre
from touchstone.grading import permissions
from touchstone.grading.models import Assessment, ExpertScore
from touchstone.grading.operations._case import locked, said, scored
from touchstone.grading.states import MOVES, AssessmentState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome, must, records
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy.roles import Role
from touchstone.policy.supervision.assessment import CITY_WITHIN, LAW, district_then_city, reported_in_time
from touchstone.tasks.operations import close_tasks, open_task

_OVER = (AssessmentState.TOLD, AssessmentState.OBJECTED, AssessmentState.PUBLISHED)


@transaction.atomic
def score_first(*, number: str, scores: Mapping[str, float | None], words: str, by: Actor, at: datetime) -> Assessment:
    """This function will put down what the office that leads gives a body's year.

    :raises Refusal: while the body may still report, for a heading without points, or without words.
    """
    found, day = locked(number), localtime(at).date()
    permissions.check_may(by, "score_first", found)
    state = MOVES.check("score_first", AssessmentState(found.state))
    if found.reported_at is None and (told := reported_in_time(found.round.year, None, day)).outcome is not Outcome.UNMET:
        raise Refusal(f"{told.reason}，机构还没有提交。", told.clause, "请等待机构提交自评；逾期没有提交的，可以径行初评。")
    found.first, found.first_points = scored(scores, day)
    found.first_words, found.first_at, found.first_by_id = said(words, "没有写初评意见。")[:2000], at, by.user_id
    found.move_to(state)
    detail = {"scores": found.first, "points": found.first_points, "note": f"{found.first_points}分"}
    record("assessment.scored_first", number, by=by, at=at, reason=found.first_words, detail=detail)
    close_tasks(case=number, by=by, at=at, outcome=f"初评{found.first_points}分", matter="score_first")
    close_tasks(case=number, by=by, at=at, outcome="逾期没有提交自评", matter="report_year")
    due = calendar().add_working_days(day, in_force(CITY_WITHIN, day).value)
    title, centre = f"年度考核复评：{found.body.name}，初评{found.first_points}分", city_centre().pk
    open_task(case=number, matter="score_second", title=title, office_id=centre, role=Role.INTAKE_CLERK, by=by, at=at, due_on=due)
    return found


@transaction.atomic
def score_second(
    *, number: str, scores: Mapping[str, float | None], words: str, by: Actor, at: datetime, gap_because: str = ""
) -> Assessment:
    """This function will put down what the city centre gives a body's year after the first.

    :raises Refusal: where both are far apart and nobody says why, or by whoever assessed first.
    """
    found, day = locked(number), localtime(at).date()
    permissions.check_may(by, "score_second", found)
    state = MOVES.check("score_second", AssessmentState(found.state))
    if found.first_by_id == by.user_id:
        raise Refusal("初评和复评不能由同一人办理。", LAW, "请由其他人复评。")
    found.second, found.second_points = scored(scores, day)
    finding = district_then_city(found.first_points, found.second_points, bool(gap_because.strip()), day)
    must(finding, "请写明复评与初评不同的理由。")
    found.gap_because, found.second_words = gap_because.strip()[:2000], said(words, "没有写复评意见。")[:2000]
    found.second_at, found.second_by_id = at, by.user_id
    found.findings = [*found.findings, *records([finding])]
    found.move_to(state)
    detail = {"scores": found.second, "points": found.second_points, "gap_because": found.gap_because, "note": f"{found.second_points}分"}
    record("assessment.scored_second", number, by=by, at=at, reason=found.second_words, detail=detail)
    close_tasks(case=number, by=by, at=at, outcome=f"复评{found.second_points}分", matter="score_second")
    return found


@transaction.atomic
def score_as_expert(*, number: str, scores: Mapping[str, float | None], words: str, by: Actor, at: datetime) -> ExpertScore:
    """This function will put down what an expert gives an assessment that was drawn; given again, the later one counts.

    :raises Refusal: once the result was told.
    """
    found, day = locked(number), localtime(at).date()
    permissions.check_may_score_as_expert(by, found)
    if found.state in _OVER:
        raise Refusal("拟定结果已经告知，不再抽查。", LAW, "请查看考核结果。")
    kept, points = scored(scores, day)
    made, _ = ExpertScore.objects.update_or_create(
        assessment=found,
        expert_id=by.user_id,
        defaults={"scores": kept, "points": points, "words": said(words, "没有写评审意见。")[:2000], "scored_at": at},
    )
    detail = {"scores": kept, "points": points, "note": f"{points}分"}
    record("assessment.scored_by_expert", number, by=by, at=at, reason=made.words, detail=detail)
    close_tasks(case=number, by=by, at=at, outcome=f"专家评{points}分", matter="score_as_expert")
    return made
