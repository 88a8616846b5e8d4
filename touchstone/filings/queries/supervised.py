"""监管职责查询: what is supervised, as the law of supervision reads it, by whom, and where does nobody or more than one district inspect?

A row is a filing in force: by its route its body is of a kind, and was filed by a district or by the city. What `policy.supervision.who` says of one
row, the conditions here say of many, so that a list narrows without reading them all; a test holds the two to each other.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries import venues
from touchstone.filings.facts import body_kind_of
from touchstone.filings.models import Filing
from touchstone.filings.queries.scope import filings_in_force
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.filing.routes import CITY_ROUTE, DISTRICT_ENTERPRISE, ROUTES
from touchstone.policy.roles import BodyKind, OfficeKind
from touchstone.policy.supervision.who import CENTRE, CHARGES, Charge, Matter, Watched

if TYPE_CHECKING:
    from touchstone.accounts.models import Office
    from touchstone.bodies.models import Body, Venue

_OURS = {kind: sorted({value.value.key for one, dated in ROUTES if one is kind for value in dated}) for kind in BodyKind}
_BY_DISTRICT = sorted({value.value.key for value in DISTRICT_ENTERPRISE})
_BY_CITY = sorted({ownership for value in CITY_ROUTE for ownership in value.value})


def _elsewhere() -> Q:
    """Loaded on a route that is none of ours: what the body is counts."""
    return ~Q(route__in=[key for keys in _OURS.values() for key in keys])


def _of_kind(kind: BodyKind) -> Q:
    return Q(route__in=_OURS[kind]) | (_elsewhere() & Q(body__kind=kind))


def _filed_with_district() -> Q:
    return Q(route__in=_BY_DISTRICT) | (_elsewhere() & Q(body__kind=BodyKind.ENTERPRISE) & ~Q(body__ownership__in=_BY_CITY))


AT_HOME = {"filed": _filed_with_district(), "school": _of_kind(BodyKind.SCHOOL)}
"""The charges by which the district where a body is registered inspects it."""
AT_VENUES = {"enterprise_venue": BodyKind.ENTERPRISE, "social_venue": BodyKind.SOCIAL, "school_venue": BodyKind.SCHOOL}
"""The charges by which a district inspects the venues of one kind of body on its ground."""


def filed_by(filing: Filing) -> str:
    """This function will give the district with which a filing was made, by code; empty for the city centre."""
    by_route = filing.route in _BY_DISTRICT
    body, ours = filing.body, any(filing.route in keys for keys in _OURS.values())
    by_owner = not ours and body.kind == BodyKind.ENTERPRISE and body.ownership not in _BY_CITY
    return body.district if by_route or by_owner else CENTRE


def watched(filing: Filing, day: date) -> Watched:
    """This function will give the body of a filing, with the venues standing on `day`, as the law of supervision reads it."""
    return watched_body(filing.body, filing, filing.body.venues.all(), day)


def watched_body(body: "Body", filing: Filing | None, of_body: "Iterable[Venue]", day: date) -> Watched:
    """This function will give a body as the law of supervision reads it, by its filing in force, or as one never filed."""
    return _as_watched(Matter.BODY, body.name, body, filing, tuple(sorted({one.district for one in of_body if _stands(one, day)})))


def standing_venues(filing: Filing, day: date) -> "list[Venue]":
    """This function will give the venues of a filing's body in use on `day`, by number; of rows read by `supervised` without asking again."""
    return sorted((one for one in filing.body.venues.all() if _stands(one, day)), key=lambda one: one.number)


def _stands(venue: "Venue", day: date) -> bool:
    return venue.since <= day and (venue.until is None or venue.until > day)


def watched_at(matter: Matter, name: str, body: "Body", filing: Filing | None, district: str) -> Watched:
    """This function will give a venue, or a sitting held there, as the law of supervision reads it."""
    return _as_watched(matter, name, body, filing, (district,))


def _as_watched(matter: Matter, name: str, body: "Body", filing: Filing | None, venues_in: tuple[str, ...]) -> Watched:
    kind, filed = (body_kind_of(filing), filed_by(filing)) if filing is not None else (None, None)
    return Watched(matter, name, kind, filed, body.district, venues_in, (body.industry,) if body.industry else ())


def supervised(actor: Actor, day: date) -> QuerySet[Filing]:
    """This function will give the filings in force whose bodies the actor's office supervises, with body and venues: all for the offices of the
    city, for a district what it inspects, for an industry authority its field. Nobody else supervises."""
    rows = filings_in_force(day).filter(body__gone_on__isnull=True).prefetch_related(Prefetch("body__venues", venues().select_related(None)))
    kind = actor.office_kind
    if kind in {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}:
        return rows
    if kind is OfficeKind.DISTRICT_BUREAU:
        return inspected_in(rows, actor.district, day)
    if kind is OfficeKind.INDUSTRY_AUTHORITY:
        field = rows.filter(body__industry=actor.industry)
        return field.filter(body__district=actor.district) if actor.district else field
    return rows.none()


def supervised_by(office: "Office", day: date) -> QuerySet[Filing]:
    """This function will give the filings in force whose bodies an office inspects: all for the city centre, for a district what it inspects."""
    rows = filings_in_force(day).filter(body__gone_on__isnull=True)
    if office.kind == OfficeKind.CITY_CENTRE:
        return rows
    return inspected_in(rows, office.district, day) if office.kind == OfficeKind.DISTRICT_BUREAU else rows.none()


def district_charges(day: date) -> list[Charge]:
    """This function will give the charges of the districts on `day` about bodies that are filed, in order."""
    return [one for one in CHARGES.on(day).value if one.key in {*AT_HOME, *AT_VENUES}]


def under_charge(rows: QuerySet[Filing], key: str, day: date, district: str = "") -> QuerySet[Filing]:
    """This function will keep the rows that some district (or the one named) inspects by one charge."""
    places = [district] if district else sorted(DISTRICTS)
    if key in AT_HOME:
        return rows.filter(AT_HOME[key], body__district__in=places)
    return rows.filter(_of_kind(AT_VENUES[key]), body__in=_standing(day, places).values("body"))


def inspected_in(rows: QuerySet[Filing], district: str, day: date) -> QuerySet[Filing]:
    """This function will keep the rows that a district inspects by any charge."""
    first, *others = [under_charge(_bare(day), one.key, day, district).values("pk") for one in district_charges(day)]
    return rows.filter(pk__in=first.union(*others))


def gaps(rows: QuerySet[Filing], day: date) -> QuerySet[Filing]:
    """This function will keep the rows that no district inspects: they are the city centre's."""
    return rows.exclude(_at_home(day)).filter(~Exists(_standing(day, DISTRICTS).filter(body=OuterRef("body_id"))))


def overlaps(rows: QuerySet[Filing], day: date) -> QuerySet[Filing]:
    """This function will keep the rows that more than one district inspects. Two lists of keys, each read as one join: an "or" of both would look
    again at every row."""
    here = _standing(day, DISTRICTS).filter(body=OuterRef("body_id"))
    further = _standing(day, DISTRICTS).filter(body=OuterRef("body"), district__gt=OuterRef("district"))
    away = _bare(day).filter(_at_home(day)).filter(Exists(here.exclude(district=OuterRef("body__district"))))
    several = _bare(day).exclude(_at_home(day)).filter(Exists(here.filter(Exists(further))))
    return rows.filter(pk__in=away.values("pk").union(several.values("pk"), all=True))


def _at_home(day: date) -> Q:
    by_charge = Q(pk__in=[])
    for one in district_charges(day):
        by_charge |= AT_HOME.get(one.key, Q(pk__in=[]))
    return by_charge & Q(body__district__in=sorted(DISTRICTS))


def _standing(day: date, districts: Iterable[str]) -> Any:
    rows = venues().select_related(None).order_by()
    return rows.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day, district__in=sorted(districts))


def _bare(day: date) -> QuerySet[Filing]:
    return filings_in_force(day).select_related(None).order_by()
