"""首页数字: which figures stand on a leader's desk, what rows does each count, and on which list do those rows stand?

A tile is one entry of `TILES` and nothing else: its words, the list page that shows the rows with the query that narrows it to them, and the rows
themselves. A test opens every page with its query and holds the two counts to each other. `place` is the field of the row by which the list's own
`district` is asked; with it, a tile can be put on the map.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localtime, make_aware

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries import bodies
from touchstone.certificates.queries import certificates
from touchstone.complaints.queries import leads
from touchstone.complaints.states import OPEN as OPEN_LEADS
from touchstone.enforcement.queries import cases as bodies_cases
from touchstone.enforcement.queries import figures as body_cases
from touchstone.exams.queries import serving
from touchstone.filings.queries import filings, filings_in_force
from touchstone.filings.queries.figures import Left, left_so
from touchstone.filings.queries.supervised import gaps, overlaps, supervised
from touchstone.inspections.queries import draws
from touchstone.inspections.queries.assisting import known_visits
from touchstone.inspections.queries.figures import under_way
from touchstone.monitoring.queries import alerts
from touchstone.monitoring.states import UNDECIDED
from touchstone.policy.roles import OfficeKind
from touchstone.revocations.queries import cases
from touchstone.revocations.queries.figures import unfinished
from touchstone.violations.queries import violations
from touchstone.violations.states import State as ViolationState

Rows = QuerySet[Any]
OLD = 30
"""From how many days on an undecided alert stands among the old ones."""


class Group(StrEnum):
    """Under which heading a tile stands, in this order."""

    TODAY = "today"
    CLOCKS = "clocks"
    ALERTS = "alerts"
    INSPECTIONS = "inspections"
    CASES = "cases"
    REGISTER = "register"
    CHARGES = "charges"

    @property
    def label(self) -> str:
        return {
            "today": "今天的评价",
            "clocks": "备案办理时限",
            "alerts": "预警",
            "inspections": "双随机抽查",
            "cases": "在办案件",
            "register": "备案与证书",
            "charges": "监管职责",
        }[self.value]


@dataclass(frozen=True)
class Tile:
    """One figure. `page` is the desk's list, `query` what narrows it on a day; `tone` colours a figure that is not nought; `kinds` names the offices
    that have it, all where empty."""

    key: str
    label: str
    unit: str
    group: Group
    page: str
    query: Callable[[date], Mapping[str, str]]
    rows: Callable[[Actor, datetime], Rows]
    place: str = ""
    tone: str = ""
    hint: str = ""
    kinds: frozenset[OfficeKind] = frozenset()

    def is_for(self, kind: OfficeKind | None) -> bool:
        """Say whether an office of this kind has the tile."""
        return not self.kinds or kind in self.kinds


def always(**query: str) -> Callable[[date], Mapping[str, str]]:
    """This function will give a query that is the same on every day."""
    return lambda day: query


def day_of(at: datetime) -> date:
    """This function will give the day on which a moment lies here."""
    return localtime(at).date()


def _sittings(actor: Actor, at: datetime) -> Rows:
    return serving.sittings_on_ground(actor, day_of(at), day_of(at))


def _going_on(actor: Actor, at: datetime) -> Rows:
    return _sittings(actor, at).filter(closed_at__isnull=True, opened_at__isnull=False)


def _told(actor: Actor, at: datetime) -> Rows:
    return _sittings(actor, at).filter(incidents_told__gt=0)


def _left(left: Left) -> Callable[[Actor, datetime], Rows]:
    return lambda actor, at: left_so(filings(actor), left, day_of(at))


def _undecided(actor: Actor, at: datetime) -> Rows:
    return alerts(actor).filter(state__in=UNDECIDED)


def _late(actor: Actor, at: datetime) -> Rows:
    return _undecided(actor, at).filter(due_on__lt=day_of(at))


def _old(actor: Actor, at: datetime) -> Rows:
    return _undecided(actor, at).filter(raised_at__lt=make_aware(datetime.combine(day_of(at) - timedelta(days=OLD), time())))


def _issued(actor: Actor, at: datetime) -> Rows:
    return certificates(actor).filter(issued_on__gte=day_of(at).replace(day=1))


def _filed(actor: Actor, at: datetime) -> Rows:
    return bodies(actor).filter(Exists(filings_in_force(day_of(at)).filter(body=OuterRef("pk"))))


_CITY = frozenset({OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE})
TILES: tuple[Tile, ...] = (
    Tile("sittings", "今日场次", "场", Group.TODAY, "today", always(days="today"), _sittings, "plan__venue__district"),
    Tile("going_on", "正在进行", "场", Group.TODAY, "today", always(days="today", phase="opened"), _going_on, "plan__venue__district"),
    Tile("told", "有考场情况", "场", Group.TODAY, "today", always(days="today", told="yes"), _told, "plan__venue__district", tone="warn"),
    Tile("over", "备案已超期", "件", Group.CLOCKS, "filings", always(left=Left.OVER), _left(Left.OVER), "body__district", tone="danger"),
    Tile("soon", "备案两天内到期", "件", Group.CLOCKS, "filings", always(left=Left.SOON), _left(Left.SOON), "body__district", tone="warn"),
    Tile("later", "备案期限两天以上", "件", Group.CLOCKS, "filings", always(left=Left.LATER), _left(Left.LATER), "body__district"),
    Tile("alerts", "未办结预警", "件", Group.ALERTS, "alerts", always(state="undecided"), _undecided, "concerned__district"),
    Tile(
        "alerts_late", "预警已超期", "件", Group.ALERTS, "alerts",
        lambda day: {"state": "undecided", "due_before": f"{day - timedelta(days=1)}"}, _late, "concerned__district", tone="danger",
    ),
    Tile(
        "alerts_old", f"预警超过{OLD}天", "件", Group.ALERTS, "alerts",
        lambda day: {"state": "undecided", "raised_before": f"{day - timedelta(days=OLD + 1)}"}, _old, "concerned__district", tone="warn",
    ),
    Tile(
        "draws", "进行中的抽查", "次", Group.INSPECTIONS, "inspection_draws", always(state="under_way"),
        lambda actor, at: under_way(draws(actor)), "plan__office__district",
    ),
    Tile(
        "visits", "已揭晓待检查", "项", Group.INSPECTIONS, "known_visits", always(state="sent"),
        lambda actor, at: known_visits(actor, at).filter(state="sent"), "draw__plan__office__district", tone="warn",
    ),
    Tile(
        "bodies_cases", "机构案件", "件", Group.CASES, "cases", always(state="unfinished"),
        lambda actor, at: body_cases.unfinished(bodies_cases(actor)), "office__district",
    ),
    Tile(
        "cases_late", "超过决定期限", "件", Group.CASES, "cases", always(state="late"),
        lambda actor, at: body_cases.past_their_day(bodies_cases(actor), at), "office__district", tone="danger",
    ),
    Tile(
        "leads", "未办结的线索", "件", Group.CASES, "leads", always(state="open"),
        lambda actor, at: leads(actor).filter(state__in=OPEN_LEADS), "district",
    ),
    Tile("revocations", "证书撤销案件", "件", Group.CASES, "revocations", always(state="unfinished"), lambda actor, at: unfinished(cases(actor))),
    Tile(
        "appealed", "违纪处理申诉待审查", "件", Group.CASES, "violations", always(state="appealed"),
        lambda actor, at: violations(actor).filter(state=ViolationState.APPEALED), tone="warn",
    ),
    Tile("filed", "有效备案的机构", "家", Group.REGISTER, "bodies", always(filed="yes"), _filed, "district"),
    Tile(
        "suspended", "暂停评价", "件", Group.REGISTER, "filings", always(state="suspended"),
        lambda actor, at: filings(actor).filter(state="suspended"), "body__district", tone="warn",
    ),
    Tile(
        "issued", "本月发证", "本", Group.REGISTER, "certificates",
        lambda day: {"issued_after": f"{day.replace(day=1)}"}, _issued, "body__district",
    ),
    Tile(
        "gaps", "没有区督导", "件备案", Group.CHARGES, "supervision", always(only="gap"),
        lambda actor, at: gaps(supervised(actor, day_of(at)), day_of(at)), tone="danger", kinds=_CITY,
    ),
    Tile(
        "overlaps", "几个区都督导", "件备案", Group.CHARGES, "supervision", always(only="overlap"),
        lambda actor, at: overlaps(supervised(actor, day_of(at)), day_of(at)), kinds=_CITY,
    ),
)  # fmt: skip
