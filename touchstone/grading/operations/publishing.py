"""告知和公布: proposed results are told to the bodies, objections answered, and results published, with what follows from them."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre
from touchstone.bodies.operations import note_failed_years
from touchstone.grading import permissions
from touchstone.grading.facts.enforced import upheld_tiers
from touchstone.grading.models import Assessment, ExpertScore
from touchstone.grading.operations._case import locked, said, scored
from touchstone.grading.queries import bands_of
from touchstone.grading.states import MOVES, AssessmentState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, must, records
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy.roles import Role
from touchstone.policy.supervision.assessment import (
    FAILURES_END,
    LAW,
    OBJECTED_WITHIN,
    Band,
    assessment_is_published,
    band_of,
    consequence_of,
    excellence_is_rare,
    experts_looked_at_enough,
)
from touchstone.tasks.operations import close_tasks, open_task

CONSEQUENCES = {"rectify": "限期整改", "two_failed_years": "连续不合格，按特别严重情形立案"}


@transaction.atomic
def tell_result(*, number: str, by: Actor, at: datetime, good_because: str = "") -> Assessment:
    """This function will tell a body the proposed result of its year. `good_because` says why one that could be excellent is 良好 only.

    :raises Refusal: before experts looked at enough of those drawn, or where more would be excellent than laid down.
    """
    found, day = locked(number), localtime(at).date()
    permissions.check_may(by, "tell", found)
    state = MOVES.check("tell", AssessmentState(found.state))
    looked = _experts_looked(found, day)
    must(looked, "请由专家完成对抽中机构的评分。")
    assert found.second_points is not None
    band = band_of(found.second_points, upheld_tiers(found.body, found.round.year), day)
    if band is Band.EXCELLENT and good_because.strip():
        band = Band.GOOD
    rare = _excellence(found, band, day)
    must(rare, "得分高的先评优秀；评为良好的，请写明理由。")
    found.points, found.band, found.told_at = found.second_points, band.value, at
    found.findings = [*found.findings, *records([looked, rare])]
    found.move_to(state)
    last = _objected_until(found)
    detail = {"points": found.points, "band": found.band, "objected_until": last.isoformat(), "note": f"{found.points}分，{band.label}"}
    record("assessment.told", number, by=by, at=at, reason=good_because.strip(), detail=detail)
    return found


def _experts_looked(found: Assessment, day: date) -> Finding:
    assessed = found.round.assessments.count()
    looked_at = ExpertScore.objects.filter(assessment__round=found.round).values("assessment").distinct().count()
    return experts_looked_at_enough(assessed, looked_at, day)


def _excellence(found: Assessment, band: Band, day: date) -> Finding:
    others = found.round.assessments.exclude(pk=found.pk)
    excellent = others.filter(band=Band.EXCELLENT).count() + (band is Band.EXCELLENT)
    return excellence_is_rare(others.count() + 1, excellent, day)


def _objected_until(found: Assessment) -> date:
    assert found.told_at is not None
    told = localtime(found.told_at).date()
    return calendar().add_working_days(told, in_force(OBJECTED_WITHIN, told).value)


@transaction.atomic
def object_to(*, number: str, words: str, by: Actor, at: datetime) -> Assessment:
    """This function will take a body's objection to its proposed result. :raises Refusal: too late, a second time, or without words."""
    found, day = locked(number), localtime(at).date()
    permissions.check_may(by, "object", found)
    state = MOVES.check("object", AssessmentState(found.state))
    last = _objected_until(found)
    if found.answered_at is not None:
        raise Refusal("异议已经答复，不再受理。", LAW, "不服的，可以依法申请行政复议或者提起诉讼。")
    if day > last:
        raise Refusal(f"异议期到{last}为止，已经过期。", OBJECTED_WITHIN.on(day).clause, "结果将按期公布。")
    found.objection, found.objected_at = said(words, "没有写明异议的事实和理由。")[:4000], at
    found.move_to(state)
    record("assessment.objected", number, by=by, at=at, reason=found.objection)
    title = f"答复年度考核异议：{found.body.name}"
    open_task(case=number, matter="answer_objection", title=title, office_id=city_centre().pk, role=Role.DIRECTOR, by=by, at=at)
    return found


@transaction.atomic
def answer_objection(
    *, number: str, words: str, by: Actor, at: datetime, scores: Mapping[str, float | None] | None = None
) -> Assessment:
    """This function will answer a body's objection; with `scores` it is upheld, and points and band follow them. :raises Refusal: without words."""
    found, day = locked(number), localtime(at).date()
    permissions.check_may(by, "answer", found)
    state = MOVES.check("answer", AssessmentState(found.state))
    before = (found.points, found.band)
    if scores is not None:
        found.second, found.points = scored(scores, day)
        found.second_points = found.points
        band = band_of(found.points, upheld_tiers(found.body, found.round.year), day)
        must(_excellence(found, band, day), "优秀已满，请评为良好以下的分数。")
        found.band = band.value
    found.answer, found.answered_at = said(words, "没有写明答复。")[:4000], at
    found.move_to(state)
    outcome = "异议成立，更正结果" if scores is not None else "维持拟定结果"
    detail = {"before": list(before), "points": found.points, "band": found.band, "note": outcome}
    record("assessment.answered", number, by=by, at=at, reason=found.answer, detail=detail)
    close_tasks(case=number, by=by, at=at, outcome=outcome)
    return found


@transaction.atomic
def publish(*, number: str, by: Actor, at: datetime) -> Assessment:
    """This function will publish a body's result once the time to object is over or the objection was answered, and set going what follows from it.

    :raises Refusal: before that.
    """
    found, day = locked(number), localtime(at).date()
    permissions.check_may(by, "publish", found)
    state = MOVES.check("publish", AssessmentState(found.state))
    last = _objected_until(found)
    if day <= last and found.answered_at is None:
        raise Refusal(f"异议期到{last}为止，还不能公布。", OBJECTED_WITHIN.on(day).clause, "请在异议期满后公布。")
    assert found.told_at is not None
    in_time = assessment_is_published(localtime(found.told_at).date(), day, day, calendar())
    found.published_at, found.findings = at, [*found.findings, *records([in_time])]
    found.consequence = consequence_of([*bands_of(found.body_id, found.round.year - 1), Band(found.band)], day)
    found.move_to(state)
    detail = {"points": found.points, "band": found.band, "consequence": found.consequence, "findings": records([in_time])}
    told = f"{found.points}分，{Band(found.band).label}"
    record("assessment.published", number, by=by, at=at, detail=detail | {"note": told})
    if found.consequence == "rectify":
        title = f"{found.round.year}年度考核不合格，请限期整改"
        open_task(case=number, matter="rectify_year", title=title, office_id=found.body.office_id, role=Role.BODY_LEADER, by=by, at=at)
    if found.consequence == "two_failed_years":
        many, year = in_force(FAILURES_END, day).value, found.round.year
        years, points = range(year - many + 1, year + 1), found.points or 0.0
        note_failed_years(body=found.body, number=number, office_id=found.office_id, years=years, points=points, by=by, at=at)
        title, role = f"连续年度考核不合格，应予立案：{found.body.name}", Role.SUPERVISOR if found.office.district else Role.INTAKE_CLERK
        open_task(case=number, matter="open_case", title=title, office_id=found.office_id, role=role, by=by, at=at)
    return found
