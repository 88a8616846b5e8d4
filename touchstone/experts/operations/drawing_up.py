"""年度汇总: a year is drawn together for everybody an office manages, outside the request, a few hundred at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.experts import permissions
from touchstone.experts.models import Appraisal, Member, Qualification, YearRun
from touchstone.experts.operations._case import NothingToDo
from touchstone.experts.queries.figures import city_of, years_of
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.experts.appraisal import CLAUSE, Year, grade_of, parts_of, points_of
from touchstone.policy.roles import OfficeKind

AT_ONCE = 500
"""How many members one transaction draws up."""


@transaction.atomic
def ask_for_year(*, year: int, by: Actor, at: datetime) -> YearRun:
    """This function will ask for the appraisals of a year of everybody the actor's office manages who was qualified in it; it may be done again until
    the director has decided, and leaves what is decided alone.

    :raises Refusal: for a year that lies ahead, or while it is being drawn up.
    """
    permissions.check_may_draw_up(by)
    if not 2024 <= year <= at.date().year:
        raise Refusal(f"不能对{year}年度进行考核。", CLAUSE, "请选择本年度或以前的年度。")
    number = f"KH{year}{next_serial(f'appraisal-{year}'):04d}"  # whoever asks at the same moment waits here
    office = by.office_id or None
    if YearRun.objects.filter(year=year, office=office, finished_at=None).exists():
        raise Refusal(f"{year}年度正在汇总。", CLAUSE, "请等汇总完成，需要的再重新汇总。")
    run = YearRun.objects.create(number=number, year=year, office_id=office, asked_by_id=by.user_id, asked_at=at)
    record("appraisal.draw_up_asked", number, by=by, at=at, detail={"year": year})
    return run


def draw_up(*, number: str, by: Actor, at: datetime) -> int:
    """This function will draw up the year that was asked for, and count the members whose year is not decided. Taken up again after a worker died, it
    begins anew and comes to the same; done already, it changes nothing.

    :raises NotAllowed: :raises NothingToDo: when there is no such run.
    """
    permissions.check_may_draw_up(by)
    run = YearRun.objects.select_related("office").filter(number=number).first()
    if run is None:
        raise NothingToDo(f"没有编号为{number}的汇总。", CLAUSE, "请从年度考核页面汇总。")
    if run.finished_at is not None:
        return 0
    members, everybody = _members(run), years_of(run.year, at.date())
    city, drawn = asdict(city_of(everybody)), 0
    for first in range(0, len(members), AT_ONCE):
        chunk = members[first : first + AT_ONCE]
        with transaction.atomic():
            drawn += _draw_up(run.year, chunk, everybody, city, at)
            YearRun.objects.filter(pk=run.pk).update(done=first + len(chunk), total=len(members))
    with transaction.atomic():
        YearRun.objects.filter(pk=run.pk).update(finished_at=at, done=drawn, total=drawn)
        record("appraisal.drawn_up", number, by=by, at=at, detail={"year": run.year, "members": drawn})
    return drawn


def draw_up_year(*, year: int, by: Actor, at: datetime) -> int:
    """This function will ask for a year and draw it up at once, where nobody waits for a page. :raises Refusal: see `ask_for_year`."""
    return draw_up(number=ask_for_year(year=year, by=by, at=at).number, by=by.with_key(""), at=at)


def _members(run: YearRun) -> list[int]:
    """Those the office manages who were qualified on a day of the year; `until` is no longer such a day."""
    held = Qualification.objects.filter(since__lt=date(run.year + 1, 1, 1), until__gt=date(run.year, 1, 1))
    found = Member.objects.filter(pk__in=held.values("member"))
    if run.office is not None and run.office.kind == OfficeKind.DISTRICT_BUREAU:
        found = found.filter(district=run.office.district)
    return list(found.order_by("pk").values_list("pk", flat=True))


def _draw_up(year: int, members: Sequence[int], everybody: Mapping[int, Year], city: Mapping[str, Any], at: datetime) -> int:
    """Whoever decides one of these years meanwhile waits, or is waited for."""
    standing = Appraisal.objects.select_for_update().filter(year=year, member__in=members).order_by("pk")
    decided = {one.member_id for one in standing if one.grade}
    rows = [_drawn(key, everybody.get(key, Year()), city, year, at) for key in members if key not in decided]
    Appraisal.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["member", "year"], update_fields=["figures", "proposed", "computed_at"]
    )
    return len(rows)


def _drawn(member: int, year: Year, city: Mapping[str, Any], number: int, at: datetime) -> Appraisal:
    day = at.date()
    points = points_of(year, day)
    parts = [asdict(part) for part in parts_of(year, day)]
    figures = {**asdict(year), "points": points, "parts": parts, "city": dict(city)}
    return Appraisal(member_id=member, year=number, figures=figures, proposed=grade_of(points, day), computed_at=at)
