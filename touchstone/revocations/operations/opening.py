"""立案: certificate data is doubted on some ground; the whole reach is reckoned and kept, and nothing is done to a certificate yet."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre, district_bureau, office_by_key
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.certificates.revocation import LAW, Cause
from touchstone.policy.roles import BodyKind, Role
from touchstone.revocations import permissions
from touchstone.revocations.models import Revocation, RevocationRow
from touchstone.revocations.queries import Reach, reach_of
from touchstone.tasks.operations import open_task

if TYPE_CHECKING:
    from touchstone.accounts.models import Office
    from touchstone.certificates.models import Certificate

NOTIFY = "revocation_notify"


@transaction.atomic
def open_case(
    *, cause: Cause | str, origin: str, clause_words: str, certificate_numbers: Sequence[str], reason: str, by: Actor, at: datetime
) -> str:
    """This function will open a case about these certificates and give its number; `origin` names the case or finding it comes from, if any. No
    certificate is marked and nobody is told until the clerk has seen the reach and gives notice.

    :raises NotAllowed: :raises Refusal: without numbers or reason, for more than a case holds, or when one of them cannot be taken; its `details`
        say which and why.
    """
    permissions.check_may_open(by)
    if not reason.strip():
        raise Refusal("请写明事实和理由。", LAW, "事实和理由写入告知书。")
    reach = reach_of(certificate_numbers, by)
    if wrong := [line for line in reach.lines if line.sentence]:
        details = tuple(f"{line.number}：{line.sentence}" for line in wrong[:20])
        raise Refusal(f"有{len(wrong)}本证书不能立案，没有立案。", LAW, "请去掉这些编号后再立案。", details=details)
    made = write_case(Cause(cause), origin, clause_words, reason, reach, by=by, at=at)
    title = f"证书撤销立案：{made.body_words}，{made.row_count}本（{made.get_cause_display()}）"[:200]
    open_task(case=made.number, matter=NOTIFY, title=title, office_id=made.office_id, role=Role.SUPERVISOR, by=by, at=at)
    return made.number


def write_case(cause: Cause, origin: str, clause_words: str, reason: str, reach: Reach, *, by: Actor, at: datetime) -> Revocation:
    """This function will write a case with a row for each certificate of the reach. Part of the operation that opens it."""
    good = reach.good
    names = list(dict.fromkeys(one.body.name for one in good))
    office = _handling(good, by)
    made = Revocation.objects.create(
        number=f"CZ{at:%Y}{next_serial(f'revocation-{at:%Y}'):05d}",
        cause=cause,
        origin=origin[:40],
        clause=(clause_words.strip() or str(LAW))[:200],
        reason=reason.strip(),
        body_words=(names[0] if len(names) == 1 else f"{names[0]}等{len(names)}家")[:160],
        office=office,
        from_office_id=by.office_id or None,
        row_count=len(good),
        reach=reach.counts,
        opened_at=at,
        opened_by_id=by.user_id,
    )
    rows = [
        RevocationRow(number=f"{made.number}-{n:04d}", case=made, certificate=one, certificate_number=one.number, body=one.body)
        for n, one in enumerate(good, 1)
    ]
    try:
        with transaction.atomic():
            RevocationRow.objects.bulk_create(rows, batch_size=500)
    except IntegrityError as error:
        if "one_open_case_per_certificate" not in str(error):
            raise
        raise Refusal("其中一本证书刚刚在另一件案件中立案。", LAW, "请重新核对影响范围。") from error
    detail = {"cause": cause.value, "origin": made.origin, "clause": made.clause, "reach": reach.counts, "office": office.number}
    record("revocation.opened", made.number, by=by, at=at, reason=made.reason, detail=detail)
    return made


def _handling(good: "list[Certificate]", by: Actor) -> "Office":
    """The office that handles it: whoever opens it, or, for a body and the platform, whoever supervises the body (三(三)1)."""
    if by.office_kind in permissions.HANDLING:
        return office_by_key(by.office_id)
    body = good[0].body
    districts = {one.body.district for one in good}
    if body.kind == BodyKind.SOCIAL or not body.district or len(districts) > 1:
        return city_centre()
    return district_bureau(body.district)
