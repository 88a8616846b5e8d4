"""证书历史装入: how do the certificates a synthetic city has issued come in at once, made as any other?"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from touchstone.accounts.actor import Actor
from touchstone.certificates.models import Certificate
from touchstone.certificates.operations.issuing import Award, Issued, certificate_of, series_of, told_of
from touchstone.ledger.history import PastLine, load_rows
from touchstone.ledger.numbering import next_serials
from touchstone.policy.certificates.numbering import compose, level_place, prefix_of
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.roles import BodyKind

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

_COLUMNS = [field.attname for field in Certificate._meta.concrete_fields if not field.primary_key]


def issued_then(
    *,
    body: "Body",
    kind: BodyKind,
    occupation: tuple[str, str, str],
    level: Level,
    plan_number: str,
    awards: Sequence[Award],
    by: Actor,
    at: datetime,
) -> tuple[list[Certificate], list[PastLine]]:
    """This function will make (not save) the certificates of people who hold none of the level yet, with the lines that tell of them."""
    day, site = at.date(), body.site_code or ""
    place = level_place(level, day)
    serials = next_serials(series_of(prefix_of(kind, site, day, national_code=body.national_code), place, day), len(awards))
    numbers = [
        str(compose(kind=kind, site_code=site, issued_on=day, level=level, serial=serial, national_code=body.national_code)) for serial in serials
    ]
    made = [
        certificate_of(award, number, body=body, occupation=occupation, place=place, plan_number=plan_number, day=day)
        for award, number in zip(awards, numbers, strict=True)
    ]
    outcomes = [Issued(award.candidate_number, award.holder_name, number) for award, number in zip(awards, numbers, strict=True)]
    lines = [PastLine("certificate.issued", number, by, at, {"plan": plan_number}) for number in numbers]
    return made, [*lines, PastLine("certificates.issued", plan_number, by, at, told_of(outcomes, len(made)))]


def load_history(made: Iterable[Certificate], *, by: Actor, at: datetime) -> list[int]:
    """This function will add certificates to the register of a synthetic city and give their keys."""
    return load_rows(Certificate, ({column: getattr(one, column) for column in _COLUMNS} for one in made), by=by, at=at)
