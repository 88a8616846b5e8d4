"""企业标准证书核发: whoever meets the enterprise's own standard gets its certificate, under a number nobody takes for a national one."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.certificates import permissions
from touchstone.certificates.facts.public import issued_line
from touchstone.certificates.models import Certificate
from touchstone.certificates.operations.issuing import Award, Issued, certificate_of
from touchstone.certificates.operations.signing import sign
from touchstone.ledger.numbering import next_serials
from touchstone.ledger.operations import record, record_many
from touchstone.policy.certificates.enterprise import compose, stem_of
from touchstone.policy.eligibility.levels import Level

if TYPE_CHECKING:
    from touchstone.bodies.models import Body


@transaction.atomic
def issue_by_own_standard(
    *,
    body: "Body",
    occupation_code: str,
    occupation_name: str,
    trade_name: str,
    level: Level,
    grade: str,
    plan_number: str,
    awards: Sequence[Award],
    by: Actor,
    at: datetime,
) -> list[Issued]:
    """This function will issue a certificate by the body's own standard for each award, in order, and tell what became of each.

    A candidate who has one keeps its number; whoever holds a valid one of the same body, occupation and level is refused.

    :raises NotAllowed: unless the body's leader asks. :raises Refusal: while the body has no site code, or serials have run out.
    """
    permissions.check_may(by, "issue", body.office_id)
    site, day, place = body.site_code or "", at.date(), str(int(level))
    own = Certificate.objects.select_for_update().filter(scheme=Certificate.Scheme.ENTERPRISE, body=body)
    before = own.filter(candidate_number__in=[one.candidate_number for one in awards]).order_by("-state", "pk")
    there = dict(before.values_list("candidate_number", "number"))
    same = {"occupation_code": occupation_code, "trade_name": trade_name, "level": place, "state": Certificate.State.VALID}
    held = dict(own.filter(holder_id__in=[one.holder_id for one in awards], **same).values_list("holder_id", "number"))
    fresh = [one for one in awards if one.candidate_number not in there and one.holder_id not in held]
    serials = next_serials(f"enterprise-certificate-{stem_of(site, level, day)}", len(fresh))
    rows, occupation = [], (occupation_code, occupation_name, trade_name)
    for serial, one in zip(serials, fresh, strict=True):
        number = compose(site_code=site, level=level, serial=serial, day=day)
        row = certificate_of(one, number, body=body, occupation=occupation, place=place, plan_number=plan_number, day=day)
        row.scheme, row.grade = Certificate.Scheme.ENTERPRISE, grade
        rows.append(row)
    Certificate.objects.bulk_create(rows, batch_size=1000)
    signed = sign(body, rows, at=at)
    made = {row.candidate_number: row.number for row in rows}
    lines = ((row.number, {"plan": plan_number, "scheme": row.scheme}, issued_line(signed.get(row.pk))) for row in rows)
    record_many("certificate.issued", lines, by=by, at=at)
    found = [_told(one, there.get(one.candidate_number) or made.get(one.candidate_number, ""), held.get(one.holder_id, "")) for one in awards]
    detail = {"issued": len(rows), "refused": sum(1 for one in found if one.sentence)}
    record("certificates.issued_by_own_standard", plan_number, by=by.with_key(""), at=at, detail=detail)
    return found


def _told(one: Award, number: str, held: str) -> Issued:
    if number:
        return Issued(one.candidate_number, one.holder_name, number)
    sentence = f"{one.holder_name}已持有本企业同一等级的有效企业标准证书（{held}），没有重复发证。"
    return Issued(one.candidate_number, one.holder_name, sentence=sentence)
