"""更名: a filed body's new name or legal representative is entered, and what it was called before is kept."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.operations import rename_office
from touchstone.bodies.models import Body, ExpiryEvaluation, FormerFact
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import half_width, name_key
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice


def checked_name(text: str, body: Body) -> str:
    """This function will read a body's new name. :raises Refusal: when it is another body's already."""
    name = half_width(text).replace("(", "（").replace(")", "）")
    if Body.objects.filter(name_key=name_key(name)).exclude(pk=body.pk).exists():
        raise Refusal(f"“{name}”已有同名机构入驻。", notice("一"), "请核对名称；确为不同机构的，请联系市职鉴中心核实。")
    return name


@transaction.atomic
def rename_body(*, body: Body, name: str, case: str, by: Actor, at: datetime) -> Body:
    """This function will give a body a new name from the day of `at`, on the decision named in `case`: part of the operation that grants it.

    What was issued under the former name stays as it was. :raises Refusal: when the name is taken.
    """
    body = Body.objects.select_for_update(of=("self",)).select_related("office").get(pk=body.pk)
    name, former = checked_name(name, body), body.name
    FormerFact.objects.create(body=body, kind=body.kind, name=former, until=at.date(), case=case, recorded_at=at)
    body.name, body.name_key = name, name_key(name)
    body.save(update_fields=["name", "name_key"])
    rename_office(office=body.office, name=name, short_name=name[:40])
    record("body.renamed", body.number, by=by.with_key(""), at=at, detail={"formerly": former, "name": name, "case": case})
    return body


@transaction.atomic
def change_people(*, body: Body, case: str, by: Actor, at: datetime, legal_representative: str = "", assessment_leader: str = "") -> Body:
    """This function will enter who represents a body, and who heads its assessment work, on the decision named in `case`: part of the operation
    that grants it. Whoever is not named stays; where nothing changes nothing is written."""
    body = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    wanted = {"legal_representative": legal_representative.strip(), "assessment_leader": assessment_leader.strip()}
    changed = {field: [getattr(body, field), name] for field, name in wanted.items() if name and name != getattr(body, field)}
    if changed:
        for field, (_, name) in changed.items():
            setattr(body, field, name)
        body.save(update_fields=list(changed))
        record("body.profile_changed", body.number, by=by.with_key(""), at=at, detail={"changed": changed, "case": case})
    return body


@transaction.atomic
def enter_expiry_evaluation(
    *, body: Body, filing: str, passed: bool, summary: str, by: Actor, at: datetime, grade: str = ""
) -> ExpiryEvaluation:
    """This function will write down how a filing's end-of-filing evaluation (备案期满评估) came out; who may evaluate, the caller has checked."""
    made = ExpiryEvaluation.objects.create(
        body=body, filing=filing, evaluated_on=at.date(), passed=passed, grade=grade, summary=summary.strip(), recorded_at=at
    )
    record("body.expiry_evaluated", filing, by=by, at=at, reason=summary.strip(), detail={"passed": passed, "grade": grade})
    return made
