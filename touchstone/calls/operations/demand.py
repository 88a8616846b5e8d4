"""填报需求: how many people a year are wanted for an occupation in a district, or in the whole city?"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.calls import permissions
from touchstone.calls.models import DemandFigure
from touchstone.catalogue.queries import occupation as standing_occupation
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.documents import notice

if TYPE_CHECKING:
    from touchstone.catalogue.models import Occupation

LAYOUT = notice("二(二)")
YEARS_BACK, YEARS_AHEAD = 2, 5


@transaction.atomic
def enter_demand(*, occupation: str, district: str, year: int, people: int, source: str, by: Actor, at: datetime) -> DemandFigure:
    """This function will enter the yearly demand for an occupation (by code) in a district (empty: the whole city), or put it right.

    :raises NotAllowed: off the actor's ground or field. :raises Refusal: for an occupation that is not listed, another year, no source.
    """
    found = standing_occupation(occupation, at.date())
    check_figure(found, occupation, district, year, people, source, by=by, at=at)
    one_at_a_time(at.year)
    kept = standing_figures([occupation]).get((occupation, district, year))
    before = kept.people if kept else None
    figure = kept or DemandFigure(occupation=found, district=district, year=year)
    write(figure, people, source, by=by, at=at)
    subject = f"{occupation}-{district or 'city'}-{year}"
    record("demand.entered", subject, by=by, at=at, detail={"people": people, "source": figure.source, "before": before})
    return figure


def check_figure(
    found: "Occupation | None", code: str, district: str, year: int, people: int, source: str, *, by: Actor, at: datetime, name: str = ""
) -> None:
    """This function will let pass a figure the actor may enter; `name`, when given, must be the occupation's, against a code mistyped in a list.

    :raises NotAllowed: :raises Refusal:
    """
    permissions.check_may_enter_demand(by)
    if found is None:
        raise Refusal(f"“{code[:20]}”不在现行职业目录中。", LAYOUT, "请从职业目录中查找正确的编码。")
    if name and name_key(name) != name_key(found.name):
        raise Refusal(f"编码{code}是“{found.name}”，与所写的“{name[:40]}”不符。", LAYOUT, "请核对编码和名称。")
    if district and district not in DISTRICTS:
        raise Refusal("没有这个区。", LAYOUT, "请从列表中选择一个区或者全市。")
    permissions.check_may_enter_demand(by, found, district)
    first, last = at.year - YEARS_BACK, at.year + YEARS_AHEAD
    if not first <= year <= last:
        raise Refusal(f"{year}年不能填报。", LAYOUT, f"请填写{first}年至{last}年的需求数。")
    if people < 0:
        raise Refusal("年需求人数不能小于0。", LAYOUT, "没有需求的请填0。")
    if not source.strip():
        raise Refusal("没有写明需求数的来源。", LAYOUT, "例如：2026年行业用工调查。")


def one_at_a_time(year: int) -> None:
    """This function will let nobody else write figures until the transaction ends: of two who enter the same new one, the second finds the
    first's and puts it right, with what stood before on record."""
    next_serial(f"demand-writers-{year}")


def standing_figures(codes: Iterable[str]) -> dict[tuple[str, str, int], DemandFigure]:
    """This function will give the figures of some occupations, locked until the transaction ends, by code, district and year."""
    found = DemandFigure.objects.select_for_update(of=("self",)).select_related("occupation").filter(occupation__code__in=list(codes))
    return {(one.occupation.code, one.district, one.year): one for one in found}


def write(figure: DemandFigure, people: int, source: str, *, by: Actor, at: datetime) -> None:
    """This function will write one checked figure; part of the operations that record it."""
    figure.people, figure.source = people, source.strip()[:200]
    figure.entered_at, figure.entered_by_id = at, by.user_id
    figure.save()
