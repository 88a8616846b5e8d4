"""试点公用: how does a pilot stand on the pages of the body and of the authorities?"""

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from touchstone.bodies.queries import PILOT_KINDS
from touchstone.catalogue.queries import names_of
from touchstone.kernel.numbers import name_key
from touchstone.policy.exams.courses import Taught
from touchstone.policy.exams.parts import Part
from touchstone.web.paper_columns import LastDayColumn, PaperFilter, badge, period_words
from touchstone.web.tables import Column, DayColumn, Table
from touchstone.web.templatetags.look import day, moment

if TYPE_CHECKING:
    from touchstone.bodies.models import Pilot

SPREAD = [("yes", "复制推广"), ("no", "不推广"), ("open", "尚未决定")]
UNIT_HINT = "每行一个：课程单元 = 标准要素 | 科目 权重，例如：数控编程 = 程序编制 | 技能 30%。不写科目和权重的，不用于免考。"
_PARTS = {"理论": Part.THEORY, "技能": Part.PRACTICAL, "操作": Part.PRACTICAL, "评审": Part.PANEL}


def state_of(pilot: "Pilot", today: date) -> tuple[str, str]:
    """This function will say how a pilot stands: not begun, under way, over and owing its report, reported, decided."""
    if pilot.spread is not None:
        return ("已决定推广", "ok") if pilot.spread else ("已决定不推广", "neutral")
    if pilot.report:
        return "待作推广决定", "warn"
    if today < pilot.since:
        return "未开始", "info"
    over = pilot.until <= today or (pilot.ended_on is not None and pilot.ended_on <= today)
    return ("已到期，待总结", "warn") if over else ("试点中", "ok")


def facts_of(pilot: "Pilot", today: date) -> list[tuple[str, Any]]:
    """This function will give what a page shows of a pilot's scope and term."""
    names = names_of(pilot.occupations, today)
    approved = pilot.approved_by.display_name if pilot.approved_by else "市职鉴中心"
    return [
        ("试点类别", pilot.get_kind_display()),
        ("试点机构", pilot.body.name),
        ("试点职业", "、".join(f"{code} {names.get(code, '')}".strip() for code in pilot.occupations)),
        ("期限", period_words(pilot.since, pilot.until)),
        ("提前结束日", day(pilot.ended_on) if pilot.ended_on else "—"),
        ("批准", f"{approved} {moment(pilot.approved_at)}"),
        ("试点内容", pilot.plan),
    ]


def read_units(text: str) -> list[Taught]:
    """This function will read the map of course units to elements of a standard, one a line; what has no pair keeps an empty half."""
    return [_unit(line.strip()) for line in text.splitlines() if line.strip()]


def _unit(line: str) -> Taught:
    match, _, tail = line.replace("｜", "|").partition("|")
    pair = re.split(r"\s*(?:=|＝|→|->|：|:)\s*", match.strip(), maxsplit=1)
    part = next((one for word, one in _PARTS.items() if word in tail), None)
    share = re.search(r"\d{1,3}", tail)
    return Taught(pair[0], pair[1] if len(pair) > 1 else "", part, int(share.group()) if share else 0)


class PilotTable(Table):
    """Pilots with scope, term and how they stand."""

    number = Column("编号", attrs={"td": {"class": "ts-nowrap"}})
    body = Column("试点机构", accessor="body__name", order_by="body__name_key")
    kind = Column("试点类别", accessor="get_kind_display", order_by="kind")
    occupations = Column("职业", orderable=False)
    since = DayColumn("起")
    until = LastDayColumn("止")
    state = Column("状态", empty_values=(), accessor="number", orderable=False)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names of occupations, read once for all rows."""
        return names_of({code for codes in self.data.data.values_list("occupations", flat=True) for code in codes}, self.request.today)

    def render_occupations(self, value: list[str]) -> str:
        return "、".join(self.names.get(code, code) for code in value)

    def render_state(self, record: Any) -> SafeString:
        return badge(*state_of(record, self.request.today))

    def value_state(self, record: Any) -> str:
        return state_of(record, self.request.today)[0]

    def value_number(self, value: str) -> str:
        return value


class PilotFilter(PaperFilter):
    """Narrowing the list of pilots."""

    body = django_filters.CharFilter(label="试点机构", method="of_body")
    kind = django_filters.ChoiceFilter(label="试点类别", choices=PILOT_KINDS)
    occupation = django_filters.CharFilter(label="职业编码", method="with_occupation")
    spread = django_filters.ChoiceFilter(label="推广决定", choices=SPREAD, method="spread_so")

    def of_body(self, found: Any, name: str, value: str) -> Any:
        return found.filter(body__name_key__holds=name_key(value))

    def with_occupation(self, found: Any, name: str, value: str) -> Any:
        return found.filter(occupations__contains=[value.strip()])

    def spread_so(self, found: Any, name: str, value: str) -> Any:
        return found.filter(spread__isnull=True) if value == "open" else found.filter(spread=value == "yes")
