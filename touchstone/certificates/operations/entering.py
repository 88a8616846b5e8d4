"""登记: certificates that a body numbered itself, or issued before the platform, come into the register once their data has been accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.certificates import permissions
from touchstone.certificates.facts.public import issued_line
from touchstone.certificates.models import Certificate
from touchstone.certificates.operations.issuing import Award, certificate_of, series_of
from touchstone.certificates.operations.signing import sign
from touchstone.kernel.numbers import parse_certificate_number
from touchstone.ledger.numbering import skip_to
from touchstone.ledger.operations import record_many

if TYPE_CHECKING:
    from touchstone.bodies.models import Body


@dataclass(frozen=True)
class ToldCertificate:
    """A certificate as its body told of it; `occupation` is code, name and trade."""

    number: str
    award: Award
    occupation: tuple[str, str, str]
    issued_on: date
    plan_number: str = ""


@transaction.atomic
def enter_told(*, body: "Body", told: Sequence[ToldCertificate], case: str, by: Actor, at: datetime) -> int:
    """This function will enter certificates under the numbers they bear already, signed by their body's key, passing over those the register has, and
    count the new ones; our own serials go on after them. Whoever calls it has checked every link and accepted the data (`case`).

    :raises NotAllowed: unless an authority that accepts certificate data asks.
    """
    permissions.check_may_enter(by)
    there = set(Certificate.objects.filter(number__in=[one.number for one in told]).values_list("number", flat=True))
    fresh = [one for one in told if one.number not in there]
    last: dict[str, int] = {}
    rows = []
    for one in fresh:
        number = parse_certificate_number(one.number)
        series = series_of(number.prefix, number.level, one.issued_on)
        last[series] = max(last.get(series, 0), int(number.serial))
        rows.append(
            certificate_of(
                one.award, one.number, body=body, occupation=one.occupation, place=number.level, plan_number=one.plan_number, day=one.issued_on
            )
        )
    for series, serial in sorted(last.items()):
        skip_to(series, serial)
    Certificate.objects.bulk_create(rows, batch_size=1000)
    signed = sign(body, rows, at=at)
    lines = ((row.number, {"batch": case, "plan": row.plan_number}, issued_line(signed.get(row.pk))) for row in rows)
    record_many("certificate.entered", lines, by=by, at=at)
    return len(rows)
