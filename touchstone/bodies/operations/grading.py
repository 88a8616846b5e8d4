"""机构等级和连续不合格: a body has a grade from a day on for twelve months, and the one before ends; that it failed for years is put down."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.bodies import permissions
from touchstone.bodies.models import Body, BodyGrade, FailedYears
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import add_months
from touchstone.ledger.operations import record
from touchstone.parameters.queries import in_force
from touchstone.policy.supervision.grade import LASTS_MONTHS, LAW, Grade


@transaction.atomic
def set_grade(
    *,
    body: Body,
    grade: Grade,
    points: float | None,
    reasons: Mapping[str, Any],
    run: str,
    by: Actor,
    at: datetime,
    adjusted_because: str = "",
) -> BodyGrade:
    """This function will give a body a grade from the day of `at` on, part of the operation that confirmed it; set twice by one run it is set once.

    :raises NotAllowed: unless by the director of 市职鉴中心 or the platform. :raises Refusal: where no reasons are told.
    """
    permissions.check_may_set_grade(by)
    if not reasons:
        raise Refusal("没有写明定级依据，不能定级。", LAW, "请从定级结果中确认。")
    body = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    before = body.grades.filter(run=run).first()
    if before is not None:
        return before
    day = localtime(at).date()
    body.grades.filter(until__gt=day).update(until=day)
    made = BodyGrade.objects.create(
        body=body,
        grade=grade,
        points=points,
        since=day,
        until=add_months(day, in_force(LASTS_MONTHS, day).value),
        reasons=dict(reasons),
        adjusted_because=adjusted_because.strip()[:500],
        run=run,
        set_at=at,
        set_by_id=by.user_id,
    )
    detail = {"grade": grade.value, "points": points, "until": made.until.isoformat(), "run": run, "reasons": made.reasons, "note": grade.label}
    record("body.grade_set", body.number, by=by.with_key(""), at=at, reason=made.adjusted_because, detail=detail)
    return made


@transaction.atomic
def note_failed_years(*, body: Body, number: str, office_id: int, years: Sequence[int], points: float, by: Actor, at: datetime) -> FailedYears:
    """This function will put down that a body failed its annual assessment in `years` on end, part of the operation that published the last of them.

    :raises NotAllowed: unless by the director of 市职鉴中心 or the platform.
    """
    permissions.check_may_note_failed_years(by)
    made = FailedYears.objects.create(
        body=body, number=number, office_id=office_id, years=list(years), points=points, published_on=localtime(at).date(), recorded_at=at
    )
    detail = {"assessment": number, "years": made.years, "points": points, "note": "、".join(f"{year}年度" for year in made.years)}
    record("body.failed_years", body.number, by=by.with_key(""), at=at, detail=detail)
    return made
