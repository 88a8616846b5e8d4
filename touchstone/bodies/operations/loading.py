"""存量机构装入: how do bodies and venues of before come in as they stand, and how are they taken back?"""

import re
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.operations import set_up_office, take_back_office
from touchstone.bodies import permissions
from touchstone.bodies.models import Body, Venue
from touchstone.bodies.operations.site_code import RULE
from touchstone.bodies.queries import body_with_site_code, next_free_site_code
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import half_width, name_key
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.roles import BodyKind, OfficeKind, Ownership


@dataclass(frozen=True)
class BodyAsItStands:
    """What the register of before says of a body. An empty `site_code` is one still to be given; `superior_id` is an office's key."""

    name: str
    uscc: str
    kind: BodyKind
    ownership: Ownership
    district: str
    industry: str
    address: str
    legal_representative: str
    founded_on: date | None = None
    contact_name: str = ""
    contact_phone: str = ""
    superior_id: int | None = None
    site_code: str = ""


@dataclass(frozen=True)
class VenueAsItStands:
    """What the register of before says of a venue; an empty district lies outside the city."""

    name: str
    address: str
    district: str
    tenure: str
    leased_until: date | None
    since: date


@transaction.atomic
def load_body(*, facts: BodyAsItStands, loading: str, kept: Collection[str], by: Actor, at: datetime) -> Body:
    """This function will enter a body of before with its office and site code; where none is told, the next that is free and not `kept`
    for another. Whoever calls it has looked whether code and name are known. :raises Refusal: for a site code that cannot be used."""
    permissions.check_may_load(by)
    code = _site_code(facts.site_code, kept)
    number, name = f"PJ{next_serial('body'):06d}", standard_name(facts.name)
    office = set_up_office(
        number=number,
        kind=OfficeKind.ASSESSMENT_BODY,
        name=name,
        short_name=name[:40],
        district=facts.district,
        industry=facts.industry,
        phone=facts.contact_phone,
        by=PLATFORM,
        at=at,
    )
    told = asdict(facts) | {"name": name, "name_key": name_key(name), "site_code": code}
    body = Body.objects.create(number=number, office=office, loaded_from=loading, registered_at=at, **told)
    detail = {"loading": loading, "name": name, "uscc": body.uscc, "kind": facts.kind.value, "district": body.district, "site_code": code}
    record("body.loaded", number, by=by.with_key(""), at=at, detail=detail)
    return body


@transaction.atomic
def load_site_code(*, body: Body, code: str, loading: str, by: Actor, at: datetime) -> Body:
    """This function will give a body that came in by itself the site code it had before. :raises Refusal: for one that cannot be used."""
    permissions.check_may_load(by)
    body = Body.objects.select_for_update().get(pk=body.pk)
    body.site_code = _site_code(code, ())
    body.save(update_fields=["site_code"])
    record("body.site_code_assigned", body.number, by=by.with_key(""), at=at, detail={"site_code": body.site_code, "loading": loading})
    return body


@transaction.atomic
def load_venue(*, body: Body, facts: VenueAsItStands, loading: str, by: Actor, at: datetime) -> Venue:
    """This function will open a venue of before, on the day it was opened."""
    permissions.check_may_load(by)
    venue = Venue.objects.create(number=f"KD{next_serial('venue'):06d}", body=body, **asdict(facts))
    detail = {"body": body.number, "name": venue.name, "district": venue.district, "loading": loading}
    record("venue.opened", venue.number, by=by.with_key(""), at=at, detail=detail)
    return venue


@transaction.atomic
def take_back(*, bodies: Collection[str], venues: Collection[str], coded: Collection[str], loading: str, by: Actor, at: datetime) -> None:
    """This function will take back what a loading made: venues, bodies with their offices, and the site
    codes of bodies that were here before. Whoever calls it has looked that nothing rests on them."""
    permissions.check_may_load(by)
    for venue in Venue.objects.filter(number__in=venues):
        record("venue.taken_back", venue.number, by=by.with_key(""), at=at, detail={"loading": loading, "name": venue.name})
        venue.delete()
    Body.objects.filter(number__in=coded).update(site_code=None)
    for body in Body.objects.select_related("office").filter(number__in=bodies):
        detail = {"loading": loading, "name": body.name, "uscc": body.uscc, "site_code": body.site_code}
        record("body.taken_back", body.number, by=by.with_key(""), at=at, detail=detail)
        office = body.office
        body.delete()
        take_back_office(number=office.number, by=PLATFORM, at=at)


def standard_name(name: str) -> str:
    """This function will write a body's name as the register does: half-width, with full brackets."""
    return half_width(name).replace("(", "（").replace(")", "）")


def _site_code(told: str, kept: Collection[str]) -> str:
    if not told:
        next_serial("site-code")  # locks the series: two loadings at once must not take the same
        return next_free_site_code(0, kept)
    if why := why_not_code(told):
        raise Refusal(why, RULE, "请核对证书编号第8至13位。")
    return told


def why_not_code(code: str) -> str:
    """This function will give the sentence why nobody can be given this site code; empty when somebody can."""
    if not re.fullmatch(r"\d{6}", code, re.ASCII) or code == "000000":
        return f"站点序列码“{code}”应为6位数字，且不能全为0"
    holder = body_with_site_code(code)
    return f"站点序列码{code}已分配给{holder.name}" if holder else ""
