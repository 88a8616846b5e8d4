"""核发: which number does each person who passed get, and who is refused one?"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from touchstone.accounts.actor import Actor
from touchstone.catalogue.queries import codes_of
from touchstone.certificates import permissions
from touchstone.certificates.facts.public import issued_line
from touchstone.certificates.models import Certificate
from touchstone.certificates.operations.signing import sign
from touchstone.kernel.numbers import name_key
from touchstone.ledger.numbering import next_serials
from touchstone.ledger.operations import record, record_many
from touchstone.policy.certificates.numbering import compose, level_place, prefix_of
from touchstone.policy.eligibility.levels import Rank
from touchstone.policy.exams.parts import Part
from touchstone.policy.roles import BodyKind

if TYPE_CHECKING:
    from touchstone.bodies.models import Body


@dataclass(frozen=True)
class Award:
    """One person who passed: who, as which candidate, with which scores, and what the certificate rests on."""

    candidate_number: str
    holder_id: int
    holder_name: str
    scores: Mapping[Part, Decimal]
    basis: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Issued:
    """What became of one award: a certificate's number, or the sentence why there is none."""

    candidate_number: str
    holder_name: str
    certificate_number: str = ""
    sentence: str = ""


@transaction.atomic
def issue(
    *,
    body: "Body",
    kind: BodyKind,
    occupation_code: str,
    occupation_name: str,
    trade_name: str,
    level: Rank,
    plan_number: str,
    awards: Sequence[Award],
    by: Actor,
    at: datetime,
) -> list[Issued]:
    """This function will issue one certificate for each award, in the order given, signed by the body's key, and tell what became of each.

    `kind` is the kind of body that the filing lets evaluate: what was planned before the body became of another kind is numbered as filed.
    A post is numbered by its letter; what it is issued on is the round of appointment and the nomination in it.
    A candidate who has a certificate of this plan already keeps its number; a person who holds a valid one of the same
    occupation, trade and level is refused. Serials run without gaps within body, year and level.

    :raises NotAllowed: unless the body's leader asks. :raises Refusal: while the body has no site code, or serials have run out.
    """
    permissions.check_may(by, "issue", body.office_id)
    site, day = body.site_code or "", at.date()
    prefix = prefix_of(kind, site, day, national_code=body.national_code)
    place = level_place(level, day)
    _one_at_a_time(occupation_code, trade_name, place)
    there = dict(
        Certificate.objects.filter(
            scheme=Certificate.Scheme.NATIONAL, candidate_number__in=[a.candidate_number for a in awards]
        )
        .order_by("-state", "pk")
        .values_list("candidate_number", "number")
    )
    held = _valid_ones(awards, occupation_code, trade_name, place)
    outcomes: dict[str, Issued] = {}
    fresh: dict[int, Award] = {}
    for award in awards:
        earlier = held.get(award.holder_id)
        if award.candidate_number in there:
            outcomes[award.candidate_number] = Issued(award.candidate_number, award.holder_name, there[award.candidate_number])
        elif earlier or award.holder_id in fresh:
            sentence = _already_holds(award, earlier, level)
            outcomes[award.candidate_number] = Issued(award.candidate_number, award.holder_name, sentence=sentence)
        else:
            fresh[award.holder_id] = award
    serials = next_serials(series_of(prefix, place, day), len(fresh))
    rows, occupation = [], (occupation_code, occupation_name, trade_name)
    for serial, award in zip(serials, fresh.values(), strict=True):
        number = str(compose(kind=kind, site_code=site, issued_on=day, level=level, serial=serial, national_code=body.national_code))
        outcomes[award.candidate_number] = Issued(award.candidate_number, award.holder_name, number)
        rows.append(certificate_of(award, number, body=body, occupation=occupation, place=place, plan_number=plan_number, day=day))
    Certificate.objects.bulk_create(rows, batch_size=1000)
    signed = sign(body, rows, at=at)
    lines = ((row.number, {"plan": plan_number}, issued_line(signed.get(row.pk))) for row in rows)
    record_many("certificate.issued", lines, by=by, at=at)
    found = [outcomes[award.candidate_number] for award in awards]
    record("certificates.issued", plan_number, by=by.with_key(""), at=at, detail=told_of(found, len(rows)))
    return found


def told_of(found: Sequence[Issued], issued: int) -> dict[str, Any]:
    """This function will give what the ledger tells of a batch: how many were issued anew and refused, and the fingerprint of every outcome."""
    return {"issued": issued, "refused": sum(1 for one in found if one.sentence), "outcomes_sha256": _fingerprint(found)}


def series_of(prefix: str, place: str, day: date) -> str:
    """This function will name the series that serials of a body, level and year are drawn from."""
    return f"certificate-{prefix}{day:%y}{place}"


def certificate_of(
    award: Award, number: str, *, body: "Body", occupation: tuple[str, str, str], place: str, plan_number: str, day: date
) -> Certificate:
    """This function will make (not save) the certificate of an award; `occupation` is code, name and trade, `place` that of the level."""
    code, name, trade = occupation
    return Certificate(
        number=number,
        holder_id=award.holder_id,
        holder_name=award.holder_name,
        holder_name_key=name_key(award.holder_name),
        body=body,
        body_name=body.name,
        occupation_code=code,
        occupation_name=name,
        trade_name=trade,
        level=place,
        issued_on=day,
        plan_number=plan_number,
        candidate_number=award.candidate_number,
        theory=award.scores.get(Part.THEORY),
        practical=award.scores.get(Part.PRACTICAL),
        panel=award.scores.get(Part.PANEL),
        basis=dict(award.basis),
    )


def _one_at_a_time(occupation_code: str, trade_name: str, place: str) -> None:
    """Two issues of the same occupation (under whatever code) and level wait for each other, so that nobody gets two valid certificates of it."""
    name = f"certificate|{min(codes_of(occupation_code))}|{trade_name}|{place}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _valid_ones(awards: Sequence[Award], occupation_code: str, trade_name: str, place: str) -> dict[int, Certificate]:
    found = Certificate.objects.filter(
        holder_id__in=[award.holder_id for award in awards],
        occupation_code__in=codes_of(occupation_code),
        trade_name=trade_name,
        level=place,
        scheme=Certificate.Scheme.NATIONAL,
        state=Certificate.State.VALID,
    )
    return {certificate.holder_id: certificate for certificate in found}


def _already_holds(award: Award, earlier: Certificate | None, level: Rank) -> str:
    if earlier is None:
        return f"{award.holder_name}在本批名单中出现两次，只发一本证书，本行没有发证。"
    return (
        f"{award.holder_name}已持有本职业{level.label}的有效证书（{earlier.number}，{earlier.body_name}，"
        f"{earlier.issued_on:%Y年%m月%d日}），没有重复发证；原证书有误的，请先办理撤销。"
    )


def _fingerprint(found: Sequence[Issued]) -> str:
    lines = [[one.candidate_number, one.certificate_number, one.sentence] for one in found]
    return hashlib.sha256(json.dumps(lines, ensure_ascii=False).encode()).hexdigest()
