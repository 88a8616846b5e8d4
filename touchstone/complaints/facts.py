"""线索事实: what does a lead come to for the law: whose is it, can it be verified, and what is known of an evaluator from the register?"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from touchstone.accounts.queries import city_centre, district_bureau
from touchstone.bodies.queries import body_told, ties_of_people, venues_of
from touchstone.complaints.models import Evaluator, Lead
from touchstone.filings.queries import filed_for, filings_in_force
from touchstone.filings.queries.supervised import watched_at, watched_body
from touchstone.kernel.periods import add_years
from touchstone.kernel.rules import Finding
from touchstone.parameters.queries import in_force
from touchstone.policy.filing.answer import Asked
from touchstone.policy.inspections import FORMER_EMPLOYER_YEARS, Ground, inspector_is_free
from touchstone.policy.supervision.complaints import lead_can_be_verified
from touchstone.policy.supervision.unfiled import Claim, Seen
from touchstone.policy.supervision.who import Matter, Watched, leads

if TYPE_CHECKING:
    from touchstone.accounts.models import Office, Person
    from touchstone.bodies.models import Body


def watched(body: "Body | None", about: str, district: str, day: date) -> Watched:
    """This function will give what a lead is about as the law of supervision reads it: a venue where the body has one in that district, else the
    body; somebody never filed by the district where it is."""
    if body is None:
        return Watched(Matter.CASE, about, None, None, district, (district,) if district else ())
    filing, venues = filings_in_force(day, body).first(), list(venues_of(body, day))
    if filing is not None and district and any(one.district == district for one in venues):
        return watched_at(Matter.VENUE, about, body, filing, district)
    return watched_body(body, filing, venues, day)


def office_in_charge(body: "Body | None", about: str, district: str, day: date) -> "Office":
    """This function will give the one office that a lead is for: the district that leads, else the city centre."""
    place = leads(watched(body, about, district, day), day)
    return district_bureau(place) if place else city_centre()


def can_be_verified(lead: Lead, *, anonymous: bool, day: date) -> Finding:
    """This function will find whether a lead says who and what."""
    names = lead.body_id is not None or bool(lead.about.strip() or lead.place.strip())
    return lead_can_be_verified(names, bool(lead.facts.strip() and lead.happened.strip()), anonymous, day)


def free_to_verify(person: "Person", body: "Body | None", day: date) -> Finding:
    """This function will find whether nothing ties somebody to the body a lead is about."""
    since = add_years(day, -in_force(FORMER_EMPLOYER_YEARS, day).value)
    tied = bool(body and ties_of_people([person.pk], [body.pk], since))
    return inspector_is_free([Ground.FORMER_EMPLOYER.label] if tied else [])


@dataclass(frozen=True)
class Looked:
    """What the register says of a name on a day: the body, whether it is filed, in which words."""

    body: "Body | None"
    filed: bool
    words: str


def looked_up(name: str, day: date, asked: Asked | None = None) -> Looked:
    """This function will look a name (or credit code) up in the register, as filings answer it."""
    body = body_told(name)
    if body is None:
        return Looked(None, False, "备案名录中没有名称或者信用代码相符的机构")
    found = filed_for(body, asked or Asked(), day).answer
    return Looked(body, found.verdict.is_yes, found.finding.reason)


def seen(one: Evaluator) -> Seen:
    """This function will give what was seen of an evaluator as the law reads it."""
    return Seen(one.name, Claim(one.claim), one.title, one.emblem, one.promises, one.filed)
