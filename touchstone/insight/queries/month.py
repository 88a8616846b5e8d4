"""月报数字: what happened in a month, in each district and in the whole city?

Every figure is read from rows that bear the day of what happened and are not changed afterwards, so that a month that is over always comes to the
same. Where a row can change, it is read as it stood when the month ended, or from the ledger.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.timezone import make_aware

from touchstone.accounts.actor import Actor
from touchstone.certificates.queries.figures import issued_by_district
from touchstone.enforcement.queries.figures import decided_by_district as sanctioned_by_district
from touchstone.exams.queries.figures import announced_by_district, held_by_district, present_by_district
from touchstone.filings.queries.figures import ended_by_district, filed_by_district
from touchstone.insight.models import MonthlyReport, ReportSet
from touchstone.insight.states import ReportState
from touchstone.inspections.queries.figures import drawn_by_district, visited_by_district
from touchstone.kernel.periods import add_months
from touchstone.monitoring.queries.figures import decided_by_district, raised_by_district
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.roles import OfficeKind
from touchstone.revocations.queries.figures import revoked_by_district
from touchstone.tasks.queries import late_by_district

CITY, OUTSIDE = "city", "outside"
"""In the place of a district: what the city's offices did or what reaches across districts, and what lies outside the city."""
PLACES = (*sorted(DISTRICTS), CITY, OUTSIDE)
FIRST = date(2024, 5, 1)
"""The month the notice came into force: none before it is told."""
_AUTHORITY = sorted(kind.value for kind in OfficeKind if kind.is_authority)
ByPlace = dict[str, int]


@dataclass(frozen=True)
class Span:
    """A month, as days and as moments of the city's clock; ends are exclusive."""

    month: date

    @property
    def days(self) -> tuple[date, date]:
        """First day, and the first after the month."""
        return self.month, add_months(self.month, 1)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The same as moments."""
        first, last = self.days
        return make_aware(datetime.combine(first, time())), make_aware(datetime.combine(last, time()))


@dataclass(frozen=True)
class Column:
    """One figure of the report: its name, its unit, what it counts; `of_offices` where a district stands for its office."""

    key: str
    label: str
    unit: str
    counts: str
    of_offices: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("filed", "新备案", "件", "当月生效的新备案，按机构注册地"),
    Column("ended", "终止备案", "件", "当月终止的整件备案，包括以后撤销终止的，按机构注册地"),
    Column("sittings", "场次", "场", "当月结束的场次，按考核点所在区"),
    Column("present", "到考", "人次", "这些场次签到的人次，按月末时的登记，按考核点所在区"),
    Column("announced", "公布成绩", "人", "当月公布成绩的考生，按考核点所在区"),
    Column("passed", "合格", "人", "其中合格的考生"),
    Column("issued", "发证", "本", "发证日期在当月的证书，按机构注册地"),
    Column("raised", "新预警", "件", "当月生成的预警，按监管的区；跨区的计入市级"),
    Column("decided", "认定预警", "件次", "当月作出的认定，按作出认定的单位", of_offices=True),
    Column("drawn", "抽取", "家次", "当月抽取的检查任务，按抽查单位", of_offices=True),
    Column("visited", "检查", "家次", "当月公布结果的检查，按抽查单位", of_offices=True),
    Column("found", "发现问题", "家次", "其中发现问题或者不配合检查的", of_offices=True),
    Column("sanctioned", "处理决定", "件", "当月对机构作出的处理决定，包括以后经申诉撤销的，按承办单位", of_offices=True),
    Column("revoked", "撤销证书", "本", "当月执行的撤销，按机构注册地"),
    Column("late", "超期", "项", "期限在当月、没有按期办结的待办，按承办单位", of_offices=True),
)


def reckoned(month: date) -> dict[str, ByPlace]:
    """This function will give every figure of a month, by key and place; places with nothing are left out."""
    span = Span(month)
    days, moments = span.days, span.moments
    results, visits = announced_by_district(*moments), visited_by_district(*moments)
    found: dict[str, Mapping[str, int]] = {
        "filed": filed_by_district(*days),
        "ended": ended_by_district(*days),
        "sittings": held_by_district(*moments),
        "present": present_by_district(*moments),
        "announced": {place: many for place, (many, _) in results.items()},
        "passed": {place: many for place, (_, many) in results.items()},
        "issued": issued_by_district(*days),
        "raised": raised_by_district(*moments),
        "decided": decided_by_district(*moments),
        "drawn": drawn_by_district(*moments),
        "visited": {place: many for place, (many, _) in visits.items()},
        "found": {place: many for place, (_, many) in visits.items()},
        "sanctioned": sanctioned_by_district(*moments),
        "revoked": revoked_by_district(*moments),
        "late": late_by_district(*days, _AUTHORITY),
    }
    offices = {one.key for one in COLUMNS if one.of_offices} | {"raised"}
    return {key: _placed(by_district, key in offices) for key, by_district in found.items()}


def _placed(by_district: Mapping[str, int], of_offices: bool) -> ByPlace:
    """An empty or foreign code stands for the city's offices where offices are counted, else for a place outside the city."""
    found: ByPlace = {}
    for code, many in by_district.items():
        place = code if code in DISTRICTS else CITY if of_offices else OUTSIDE
        if many:
            found[place] = found.get(place, 0) + many
    return found


def document(month: date, district: str = "") -> dict[str, Any]:
    """This function will give a month's report as it is kept and hashed: of the city with all places, or of one district beside the city's sums."""
    whole = reckoned(month)
    sums = {key: sum(places.values()) for key, places in whole.items()}
    kept = whole if not district else {key: {district: many} for key, places in whole.items() if (many := places.get(district, 0))}
    return {
        "month": f"{month:%Y-%m}",
        "district": district,
        "columns": [[one.key, one.label, one.unit] for one in COLUMNS],
        "city": sums,
        "places": {key: places for key, places in kept.items() if places},
    }


def place_of(actor: Actor) -> str:
    """This function will give the district for which an office's reports are made; empty for the city."""
    return actor.district if actor.office_kind is OfficeKind.DISTRICT_BUREAU else ""


def is_over(month: date, day: date) -> bool:
    """This function will say whether a month is over on `day`: only then its figures stand still."""
    return add_months(month, 1) <= day


def months_told(day: date) -> list[date]:
    """This function will give the months that can be chosen, the latest first: two years of those that are over."""
    last = add_months(day.replace(day=1), -1)
    return [one for n in range(24) if (one := add_months(last, -n)) >= FIRST]


def reports(actor: Actor) -> ReportSet:
    """This function will give the reports the actor may see, the latest month and edition first."""
    found = MonthlyReport.objects.visible_to(actor).select_related("office", "asked_by__person")
    return found.order_by("-month", "-edition")


def report(number: str, actor: Actor) -> MonthlyReport | None:
    """This function will give one report the actor may see; None where there is none."""
    return reports(actor).filter(number=number).first()


def being_made(before: datetime) -> list[str]:
    """This function will give the reports asked for before a moment and not made yet, by number."""
    left = MonthlyReport.objects.filter(state=ReportState.ASKED, asked_at__lt=before)
    return list(left.order_by("pk").values_list("number", flat=True))


def differences(kept: Mapping[str, Any], now: Mapping[str, Any]) -> list[tuple[str, str, int, int]]:
    """This function will give each figure in which two documents of a month differ: key, place (empty for the city's sum), kept, now."""
    found = [("", key, kept["city"].get(key, 0), now["city"].get(key, 0)) for key in {**kept["city"], **now["city"]}]
    for key in {**kept["places"], **now["places"]}:
        old, new = kept["places"].get(key, {}), now["places"].get(key, {})
        found += [(place, key, old.get(place, 0), new.get(place, 0)) for place in {**old, **new}]
    return sorted((key, place, before, after) for place, key, before, after in found if before != after)
