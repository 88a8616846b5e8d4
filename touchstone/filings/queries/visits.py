"""踏勘查询: what was filed of a venue, subject by subject, what was seen of it, and what do the rules find in that?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from touchstone.filings.facts import rules_day
from touchstone.filings.models import Filing, SiteVisit, TechnicalAssessment
from touchstone.kernel.rules import Finding
from touchstone.policy.filing.site_visit import Look, Seen, Subject, seen_by_two, venue_is_as_filed


def as_filed(content: Mapping[str, Any], venue_name: str) -> dict[Subject, list[str]]:
    """This function will give, from a frozen application, what it says of one of its venues and of the body, subject by subject."""
    sections = content.get("sections", {})
    identity, systems = sections.get("identity", {}), sections.get("systems", {})
    venue: dict[str, Any] = next((one for one in content.get("venues", []) if one["name"] == venue_name), {})
    rooms = venue.get("rooms", [])
    return {
        Subject.ORGANISATION: [
            f"评价部门：{identity.get('department') or '未填'}",
            f"分管负责人：{identity.get('leader') or '未填'}",
            f"法定代表人：{content.get('body', {}).get('legal_representative') or '未填'}",
        ],
        Subject.SYSTEMS: [f"{name}：{text}" for name, text in systems.items() if str(text).strip()],
        Subject.VENUE: [
            f"地址：{venue.get('address', '')}",
            f"使用权：{venue.get('tenure', '')}{'，租至' + venue['leased_until'] if venue.get('leased_until') else ''}",
            *(f"{room['name']}：{room['purpose']}，{room['seats']}个座位（工位）" for room in rooms),
        ],
        Subject.STAFF: _staff(content.get("staff", [])),
        Subject.EQUIPMENT: [f"{room['name']}：{room['equipment'] or '未填'}" for room in rooms],
        Subject.VIDEO: [f"{room['name']}：摄像头{room['cameras']}个" for room in rooms],
    }


def _staff(staff: list[dict[str, Any]]) -> list[str]:
    by_duty: dict[str, list[str]] = {}
    for one in staff:
        name = f"{one['name']}（{one['occupation']}）" if one.get("occupation") else one["name"]
        by_duty.setdefault(one["duty"], []).append(name)
    return [f"{duty}{len(names)}人：{'、'.join(names)}" for duty, names in by_duty.items()]


def looks_of(visit: SiteVisit) -> dict[Subject, Look]:
    """This function will read what a record says of each subject, as the rules read it."""
    kept = visit.checks  # the database keeps it in no order of ours
    return {one: Look(Seen(kept[one]["seen"]), kept[one].get("words", "")) for one in Subject if one in kept}


def visits_of(assessment: TechnicalAssessment) -> list[SiteVisit]:
    """This function will give the visits of an assessment, oldest first."""
    return list(assessment.visits.select_related("venue", "recorded_by__user", "confirmed_by").order_by("id"))


def visit_findings(filing: Filing, day: date) -> tuple[Finding, ...]:
    """This function will find, for every venue of the scope, whether two people saw it and found it as filed: from the last record they agree on,
    the visits of a round that was assessed twice included."""
    counts = rules_day(filing, day)
    rows = SiteVisit.objects.filter(assessment__filing=filing, assessment__round=filing.round).select_related("venue", "recorded_by", "confirmed_by")
    latest = {visit.venue_id: visit for visit in rows.filter(confirmed_at__isnull=False).order_by("confirmed_at", "id")}
    found: list[Finding] = []
    for venue in filing.body.venues.filter(pk__in=filing.scope.values("venue_id")).order_by("id"):
        visit = latest.get(venue.pk)
        recorded, confirmed = (visit.recorded_by.name, visit.confirmed_by.name) if visit and visit.confirmed_by else ("", "")
        if visit and recorded == confirmed and visit.recorded_by_id != visit.confirmed_by_id:
            confirmed = f"另一位{confirmed}"  # two people of one name
        found.append(seen_by_two(venue.name, recorded, confirmed, counts))
        found.append(venue_is_as_filed(venue.name, looks_of(visit) if visit else {}, counts))
    return tuple(found)


def places_seen(body_id: int) -> list[tuple[str, float, float]]:
    """This function will give where a body's venues lie as two assessors found them on the spot: name, degrees of latitude and longitude."""
    rows = SiteVisit.objects.filter(assessment__filing__body=body_id, confirmed_at__isnull=False, accuracy__isnull=False)
    told = rows.order_by("confirmed_at", "id").values_list("venue", "venue__name", "latitude", "longitude")
    found = {venue: (name, north, east) for venue, name, north, east in told if north is not None and east is not None}
    return list(found.values())
