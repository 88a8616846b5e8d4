"""征求情况: whose consent is needed, what has each office answered, and does the answer still cover the draft?"""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre, district_bureau, industry_authorities, office
from touchstone.filings.facts import rules_day, scope_rows
from touchstone.filings.models import Consent, Filing, ScopeItem
from touchstone.filings.queries.routing import route_of
from touchstone.filings.queries.scope import lines_of
from touchstone.kernel.rules import Finding
from touchstone.policy.filing.consents import OUTSIDE, ConsentNeeded, OfficeWanted, Opinion, consent_obtained, consents_needed
from touchstone.policy.roles import OfficeKind

if TYPE_CHECKING:
    from touchstone.accounts.models import Office


@dataclass
class WantedOffice:
    """One place asked: the offices it may mean, the request that counts (if any), and how it stands.

    `state`: not_asked, open, given, refused, or outgrown (what was agreed to no longer covers the draft).
    """

    wanted: OfficeWanted
    offices: "list[Office]"
    consent: Consent | None = None
    state: str = "not_asked"

    @property
    def state_label(self) -> str:
        return {"not_asked": "尚未征求", "open": "等待答复", "given": "同意", "refused": "不同意", "outgrown": "范围已变，须重新征求"}[self.state]


@dataclass
class WantedGroup:
    """Consents asked for together: by whom (`asked_of`: one_of or all_of), how each stands, and what the rule finds."""

    needed: ConsentNeeded
    offices: list[WantedOffice] = field(default_factory=list)
    finding: Finding = field(init=False)

    @property
    def key(self) -> str:
        return self.needed.key

    @property
    def counted(self) -> list[Consent]:
        """The answers the finding rests on."""
        return [one.consent for one in self.offices if one.state == "given" and one.consent]


def agreed_key(item: ScopeItem) -> str:
    """This function will name what a consent is about: occupation, trade and level (the edition may still change)."""
    return f"{item.occupation.code}|{item.trade.name if item.trade else ''}|{item.level}"


def consents_wanted(filing: Filing, day: date) -> list[WantedGroup]:
    """This function will give the consents a filing needs with what was answered; only what an amendment adds is asked about."""
    lines, standing = scope_rows(filing), lines_of(filing.root, day) if filing.root else []
    if filing.root_id and not lines:
        return []
    body = filing.body
    fresh = {False: not_agreed(lines, standing, venues=False), True: not_agreed(lines, standing, venues=True)}
    needed = consents_needed(
        route_of(filing, day),
        district=body.district,
        industry=body.industry,
        superior=body.superior.number if body.superior else "",
        venue_districts={item.venue.district for item in fresh[True]},
    )
    asked = list(filing.consents.filter(lapsed_at__isnull=True).select_related("office", "answered_by__person").order_by("-id"))
    groups = [(one, fresh[needs_venues(one.key)]) for one in needed]
    return [_group(one, new, asked, rules_day(filing, day)) for one, new in groups if new or not filing.root_id]


def not_agreed(lines: list[ScopeItem], standing: list[ScopeItem], *, venues: bool) -> list[ScopeItem]:
    """The lines nobody agreed to yet: what stands in the filing that is changed was agreed to when it was filed."""
    agreed = {(agreed_key(item), item.venue_id if venues else 0) for item in standing}
    return [item for item in lines if (agreed_key(item), item.venue_id if venues else 0) not in agreed]


def _group(needed: ConsentNeeded, lines: list[ScopeItem], asked: list[Consent], counts: date) -> WantedGroup:
    group = WantedGroup(needed, [_standing(needed, wanted, lines, asked) for wanted in needed.offices])
    answers = {"given": True, "refused": False}
    group.finding = consent_obtained(needed, [Opinion(one.wanted, answers.get(one.state)) for one in group.offices], counts)
    return group


def _standing(needed: ConsentNeeded, wanted: OfficeWanted, lines: list[ScopeItem], asked: list[Consent]) -> WantedOffice:
    offices = _offices(wanted)
    keys = {one.pk for one in offices}
    consent = next((c for c in asked if c.group == needed.key and c.office_id in keys), None)
    found = WantedOffice(wanted, offices, consent)
    if consent is None:
        return found
    if consent.answered_at is None:
        found.state = "open"
    elif not consent.given:
        found.state = "refused"
    else:
        found.state = "given" if covers(consent, wanted, lines) else "outgrown"
    return found


def covers(consent: Consent, wanted: OfficeWanted, lines: list[ScopeItem]) -> bool:
    """This function will say whether what an office was shown holds every line that is its to agree to.

    A district asked for its venues agrees to lines at those venues; every other office to occupations and levels, wherever.
    """
    if needs_venues(consent.group):
        shown = {(line["key"], line.get("venue_number", "")) for line in consent.scope}
        return all((agreed_key(item), item.venue.number) in shown for item in lines if item.venue.district == wanted.district)
    keys = {line["key"] for line in consent.scope}
    return all(agreed_key(item) in keys for item in lines)


def needs_venues(group: str) -> bool:
    """This function will say whether a group of consents is about venues."""
    return group == "consent_of_venues"


def _offices(wanted: OfficeWanted) -> "list[Office]":
    if wanted.number:
        return [office(wanted.number)]
    match wanted.kind:
        case OfficeKind.INDUSTRY_AUTHORITY:
            found = list(industry_authorities(wanted.industry, wanted.district))
        case OfficeKind.DISTRICT_BUREAU:
            found = [district_bureau(wanted.district)]
        case _:
            found = [city_centre()]
    return [one for one in found if one.until is None]


def clause_of(group: WantedGroup, one: WantedOffice) -> str:
    """This function will cite why an office is asked: the route's clause, or our default for a venue outside the city."""
    outside = needs_venues(group.key) and one.wanted.kind is OfficeKind.CITY_CENTRE
    return str(OUTSIDE if outside else group.needed.clause)


def overdue_consents(day: date) -> list[int]:
    """This function will give the requests whose answer is overdue and of which nobody was reminded yet."""
    return list(_late(day).filter(reminded_at__isnull=True).order_by("id").values_list("pk", flat=True))


def unanswered_after_reminder(day: date) -> list[int]:
    """This function will give the overdue requests of which somebody was reminded and nobody's director yet told."""
    found = _late(day).filter(reminded_at__isnull=False, escalated_at__isnull=True)
    return list(found.order_by("id").values_list("pk", flat=True))


def open_consents(actor: Actor) -> QuerySet[Consent]:
    """This function will give the requests that an office has not answered yet, the most urgent first."""
    found = Consent.objects.filter(office_id=actor.office_id, answered_at__isnull=True, lapsed_at__isnull=True)
    return found.select_related("filing__body").order_by("due_on", "id")


def _late(day: date) -> QuerySet[Consent]:
    return Consent.objects.filter(answered_at__isnull=True, lapsed_at__isnull=True, due_on__lt=day)
