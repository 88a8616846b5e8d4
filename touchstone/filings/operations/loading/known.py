"""已知情况: what does a row of the workbook find when its turn comes: in the register, in the catalogue, and from the rows before it?

A dry run keeps in memory what the rows before it would have made; a load finds it in the tables.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_authorities
from touchstone.bodies import queries as bodies
from touchstone.catalogue import queries as catalogue
from touchstone.filings.models import Filing, Loading, LoadingRow, ScopeItem
from touchstone.kernel.numbers import name_key
from touchstone.kernel.rules import Finding
from touchstone.policy.districts import district_name
from touchstone.policy.filing.loading import route_as_filed
from touchstone.policy.filing.places import Place
from touchstone.policy.filing.routes import IN_FORCE_FROM, route_named
from touchstone.policy.roles import BodyKind, OfficeKind, Ownership
from touchstone.sheets.existing import ExistingRow

if TYPE_CHECKING:
    from touchstone.accounts.models import Office
    from touchstone.bodies.queries import BodyRow, BodyVenue
    from touchstone.catalogue.queries import OccupationRow, StandardRow

Outcome = LoadingRow.Outcome


@dataclass(frozen=True)
class Came:
    """What came of one row: the outcome, what is told of it, and what it made."""

    outcome: Outcome
    sentence: str
    made: dict[str, object] = field(default_factory=dict)


class LeftOut(Exception):
    """A row names something that is not there; its sentence says what."""


def refused(sentence: str) -> Came:
    """This function will leave a row out, with the sentence why."""
    return Came(Outcome.REFUSED, f"{sentence.rstrip('。')}。")


def unchanged(sentence: str) -> Came:
    """This function will leave things as they are."""
    return Came(Outcome.UNCHANGED, f"{sentence.rstrip('。')}。")


def made(sentence: str, warnings: Sequence[str], **things: object) -> Came:
    """This function will tell of what was made, and of what is to be looked at."""
    told = "；".join([sentence, *(f"请注意：{one}" for one in warnings)])
    return Came(Outcome.WARNED if warnings else Outcome.NEW, f"{told}。", things)


class Known:
    """What is known while one workbook is gone through by one office."""

    def __init__(self, loading: Loading, rows: Sequence[ExistingRow], *, by: Actor, at: datetime) -> None:
        self.loading, self.by, self.at, self.day = loading, by, at, at.date()
        self.dry = loading.dry_run
        self.office: Office | None = loading.office
        self.rows = rows
        self.would_be_bodies: dict[str, BodyRow] = {}
        self.would_be_venues: dict[str, dict[str, BodyVenue]] = defaultdict(dict)
        self.would_be_filings: dict[str, dict[str, Filing]] = defaultdict(dict)
        self.would_be_lines: set[tuple[object, ...]] = set()
        self.occupations: dict[str, OccupationRow | None] = {}
        self.listed: dict[str, list[object]] = {}
        self.standards: dict[str, list[StandardRow]] = {}
        self.findings: dict[tuple[object, ...], tuple[Finding, ...]] = {}

    @cached_property
    def site_codes(self) -> frozenset[str]:
        """Every site code the workbook tells: none of them may be given to another body."""
        return frozenset(row.text("site_code") for row in self.rows if row.sheet == "机构") - {""}

    @cached_property
    def first_rows(self) -> dict[tuple[str, ...], int]:
        """Where each body, venue, filing, name and site code stands first."""
        found: dict[tuple[str, ...], int] = {}
        for row in self.rows:
            for key in keys_of(row):
                found.setdefault(key, row.number)
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """What the workbook calls each body, by credit code."""
        return {row.text("uscc"): row.text("name") for row in self.rows if row.sheet == "机构"}

    def subject(self, row: ExistingRow) -> str:
        """This method will say what a row is about: the body, and what of it."""
        body = self.names.get(row.text("uscc")) or row.text("uscc")
        return (body if row.sheet == "机构" else f"{body} {row.about}").strip() or row.text("name") or "—"

    def repeats(self, row: ExistingRow) -> str:
        """This method will say which row above a row repeats; nothing when it is the first."""
        for key in keys_of(row):
            first = self.first_rows[key]
            if first != row.number:
                return f"{_KEY_WORDS[key[0]]}与第{first}行相同，请删去其中一行"
        return ""

    @cached_property
    def earliest(self) -> dict[str, date]:
        """The first day of each body's filings in the workbook."""
        found: dict[str, date] = {}
        for row in self.rows:
            if row.sheet == "备案" and (since := row.day("since")):
                found[row.text("uscc")] = min(since, found.get(row.text("uscc"), since))
        return found

    @cached_property
    def superiors(self) -> dict[str, int]:
        """The city's industry authorities, by name."""
        return {name_key(one.name): one.pk for one in city_authorities(self.day)}

    def body(self, uscc: str) -> "BodyRow | None":
        """This method will give a body by its credit code."""
        return self.would_be_bodies.get(uscc) or bodies.body_with_uscc(uscc)

    def venues(self, body: "BodyRow") -> "dict[str, BodyVenue]":
        """This method will give a body's venues in use, by name."""
        standing = {one.name: one for one in bodies.venues_of(body, self.day)} if body.pk else {}
        return standing | self.would_be_venues[body.uscc]

    def filings(self, body: "BodyRow") -> dict[str, Filing]:
        """This method will give what was loaded for a body, by the number it had before."""
        loaded = Filing.objects.filter(body=body).exclude(loaded_from="") if body.pk else Filing.objects.none()
        return {one.former_number: one for one in loaded} | self.would_be_filings[body.uscc]

    def line_elsewhere(self, body: "BodyRow", key: tuple[str, str, str, int, str]) -> str:
        """This method will give the number of another filing of the body under which a line is in force; nothing when there is none."""
        former, code, trade, level, venue = key
        if not body.pk:
            return ""
        same = ScopeItem.objects.filter(filing__body=body, occupation__code=code, level=level, venue__name=venue, until__gt=self.day)
        same = same.filter(trade__name=trade) if trade else same.filter(trade__isnull=True)
        return str(same.exclude(filing__former_number=former).values_list("filing__number", flat=True).first() or "")

    def not_ours(self, kind: BodyKind, ownership: Ownership, district: str) -> str:
        """This method will give the sentence why a body is not this office's to load; nothing when it is."""
        office = self.office
        if office is None or office.kind == OfficeKind.CITY_CENTRE:
            return ""
        route = route_named(route_as_filed(kind, ownership, self.day), max(self.day, IN_FORCE_FROM))
        if district != office.district:
            return f"该机构注册在{district_name(district)}，不由{office.short_name}装入"
        if Place(route.step("decision").offices[0]) is not Place.BUREAU_OF_REGISTRATION:
            return f"{kind.label}（{ownership.label}）由市职鉴中心备案，请交市职鉴中心装入"
        return ""

    def ground(self, body: "BodyRow") -> str:
        """This method will say the same of a body that is known already."""
        return self.not_ours(BodyKind(body.kind), Ownership(body.ownership), body.district)

    def occupation(self, code: str) -> "OccupationRow | None":
        """This method will give the occupation of a code as it stands today, or as it last stood."""
        if code not in self.occupations:
            self.occupations[code] = catalogue.occupation(code, self.day) or catalogue.history(code).first()
        return self.occupations[code]

    def standards_for(self, occupation: "OccupationRow") -> "list[StandardRow]":
        """This method will give every standard of an occupation, those in force first, the newest first."""
        if occupation.code not in self.standards:
            found = list(catalogue.standards_of(occupation))
            self.standards[occupation.code] = sorted(found, key=lambda one: (one.until is not None and one.until <= self.day, one.kind != "national"))
        return self.standards[occupation.code]


_KEY_WORDS = {"uscc": "统一社会信用代码", "name": "机构名称", "site_code": "站点序列码", "venue": "考核点", "filing": "原备案编号"}


def keys_of(row: ExistingRow) -> list[tuple[str, ...]]:
    """This function will give by what a row must stand alone in the workbook."""
    uscc = row.text("uscc")
    if row.sheet == "机构":
        told = [("uscc", uscc), ("name", name_key(row.text("name"))), ("site_code", row.text("site_code"))]
        return [key for key in told if key[1]]
    if row.sheet == "考核点":
        return [("venue", uscc, row.text("name"))]
    return [("filing", uscc, row.text("former_number"))] if row.sheet == "备案" else []
