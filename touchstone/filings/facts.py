"""备案事实: what do a filing's rows say, as the rules read it?"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from touchstone.catalogue.facts import listed_occupation, standard_facts
from touchstone.catalogue.queries import fileable_levels
from touchstone.files.queries import of_case
from touchstone.filings.models import Filing, ScopeItem
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.filing.assessment_sheet import Sheet, sheet_for
from touchstone.policy.filing.draft import DraftFacts, Duty, RoomFacts, RoomPurpose, StaffFacts, VenueFacts
from touchstone.policy.filing.routes import IN_FORCE_FROM, kind_of_route
from touchstone.policy.filing.scope import ScopeItem as ScopeFacts
from touchstone.policy.roles import BodyKind

SYSTEM_TEXTS = "管理制度文本"


def rules_day(filing: Filing, day: date) -> date:
    """This function will give the day whose rules count: that of the first request for consent, and until then `day`."""
    return filing.rules_day or max(day, IN_FORCE_FROM)


def body_kind_of(filing: Filing) -> BodyKind:
    """This function will say as which kind of body a filing lets its body evaluate: that of its route. A body may become of another kind later;
    what was loaded on a route that is none of ours goes by the body."""
    return kind_of_route(filing.route) or BodyKind(filing.body.kind)


def written(filing: Filing) -> dict[str, dict[str, Any]]:
    """This function will give what the applicant has written, by section."""
    return {section.key: section.content for section in filing.sections.all()}


def scope_facts(item: ScopeItem, listed: dict[str, list[Any]] | None = None) -> ScopeFacts:
    """This function will turn a line of a scope (saved or not) into what the rules read; `listed` remembers the list by code."""
    code = item.occupation.code
    rows = {} if listed is None else listed
    if code not in rows:
        rows[code] = list(fileable_levels(item.occupation))
    found = listed_occupation(item.occupation, item.trade, rows[code])
    return ScopeFacts(found.title, Level(item.level), found, standard_facts(item.standard))


def scope_rows(filing: Filing) -> list[ScopeItem]:
    """This function will give a filing's scope with all that is read of it, in order."""
    return list(
        filing.scope.select_related("occupation", "trade", "standard", "venue").order_by("occupation__code", "trade__name", "-level", "venue__name")
    )


def places_of(filing: Filing) -> set[tuple[str, str]]:
    """This function will give what a filing's scope asks for, as (occupation code, trade), which is how projects are selected."""
    return {(item.occupation.code, item.trade.name if item.trade else "") for item in scope_rows(filing)}


def sheet_of(filing: Filing, day: date) -> Sheet:
    """This function will give the score sheet the filing is judged by."""
    return sheet_for(body_kind_of(filing), rules_day(filing, day))


def as_scores(content: Mapping[str, Any]) -> dict[str, Decimal]:
    """This function will read item scores out of `{key: {"score": "8"}}`; what is not a number counts as not given."""
    found: dict[str, Decimal] = {}
    for key, line in content.items():
        try:
            found[key] = Decimal(str(line.get("score", "")).strip())
        except (InvalidOperation, AttributeError):
            continue
    return {key: score for key, score in found.items() if score.is_finite()}


def draft_facts(filing: Filing, day: date) -> DraftFacts:
    """This function will give the whole draft as the rules of completeness read it, with what stands on `day`."""
    body, sections, scope = filing.body, written(filing), scope_rows(filing)
    open_venues = [venue for venue in body.venues.prefetch_related("rooms").order_by("id") if venue.until is None or venue.until > day]
    listed: dict[str, list[Any]] = {}
    used = {item.venue_id for item in scope}
    return DraftFacts(
        kind=body_kind_of(filing),
        uscc=body.uscc,
        district=body.district,
        venues=tuple(_venue(venue, day) for venue in open_venues if not used or venue.pk in used),
        staff=tuple(
            StaffFacts(str(s.person_id), Duty(s.duty), s.full_time, s.occupation.code if s.occupation else "")
            for s in body.staff.select_related("occupation").order_by("id")
            if s.until is None or s.until > day
        ),
        scope=tuple(scope_facts(item, listed) for item in scope),
        systems=frozenset(name for name, title in sections.get("systems", {}).items() if str(title).strip()),
        paper_sets=_paper_sets(sections.get("questions", {})),
        evidence=frozenset(of_case(filing.number).values_list("label", flat=True)),
    )


def _venue(venue: Any, day: date) -> VenueFacts:
    rooms = tuple(
        RoomFacts(room.name, RoomPurpose(room.purpose), room.seats, room.cameras)
        for room in sorted(venue.rooms.all(), key=lambda room: room.pk)
        if room.until is None or room.until > day
    )
    return VenueFacts(venue.name, venue.district, venue.tenure == "owned", venue.leased_until, rooms)


def _paper_sets(content: Mapping[str, Any]) -> dict[tuple[str, int], int]:
    counts: dict[tuple[str, int], int] = {}
    for key, value in content.get("sets", {}).items():
        code, _, level = key.partition("|")
        if str(value).isdigit() and level.isdigit():
            counts[code, int(level)] = int(value)
    return counts
