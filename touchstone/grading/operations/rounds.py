"""开展年度考核: the city centre opens a year, the queue prepares an assessment for every body filed, and whom experts look at is drawn."""

from datetime import date, datetime
from secrets import token_bytes

import rfc8785
from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.grading import permissions
from touchstone.grading.facts.assessed import prefilled
from touchstone.grading.facts.known import bodies_filed, known_of
from touchstone.grading.models import Assessment, Round
from touchstone.grading.queries import secret_of, secret_sealed
from touchstone.grading.states import WorkState
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.logs.lines import PublicLine, salt_of, sealed
from touchstone.parameters.queries import in_force
from touchstone.policy.roles import Role
from touchstone.policy.supervision.assessment import EXPERTS_SAMPLE, LAW, reported_until
from touchstone.tasks.operations import open_tasks
from touchstone.trust.draw_records import draw_record
from touchstone.trust.draws import Entry, commitment

CHUNK, STRATUM, SOURCE = 200, "assessment", "平台承诺的保密数"


@transaction.atomic
def open_round(*, year: int, by: Actor, at: datetime, secret: bytes = b"") -> Round:
    """This function will open the assessment of a year, and promise in the public log the secret under which experts' bodies will be drawn (`secret`,
    else random). Whoever calls it defers the preparing in the same transaction.

    :raises Refusal: for a year that was opened, or that has not begun.
    """
    permissions.check_may_open(by)
    day = localtime(at).date()
    if not day.year - 1 <= year <= day.year:
        raise Refusal("只能开展上一年度或者本年度的考核。", LAW, "请核对年度。")
    if (before := Round.objects.filter(year=year).first()) is not None:
        raise Refusal(f"{year}年度考核已经开展（{before.number}）。", LAW, "请在“年度考核”中继续办理。")
    number, secret = f"KH{year}{next_serial(f'assessment-round-{year}'):02d}", secret or token_bytes(32)
    made = Round.objects.create(
        number=number,
        year=year,
        total=len(bodies_filed(day)),
        commitment=commitment(secret),
        secret_sealed=secret_sealed(number, secret),
        opened_at=at,
        opened_by_id=by.user_id,
        looked_after_at=at,
    )
    told = {"draw": number, "commitment": made.commitment, "slots": {STRATUM: in_force(EXPERTS_SAMPLE, day).value}, "reveal_by": f"{year + 1}-12"}
    detail = {"year": year, "bodies": made.total, "note": f"{year}年度"}
    record("assessment_round.opened", number, by=by, at=at, detail=detail, public=PublicLine("draw.announced", told))
    return made


def prepare_round(*, number: str, by: Actor, at: datetime) -> Round:
    """This function will prepare the assessments of a round, chunk by chunk; called again after a kill it goes on where it was."""
    permissions.check_may_process(by)
    while _prepare_chunk(number, by=by, at=at):
        pass
    return Round.objects.get(number=number)


@transaction.atomic
def _prepare_chunk(number: str, *, by: Actor, at: datetime) -> bool:
    """Prepare the next bodies, and say whether there may be more."""
    found = Round.objects.select_for_update().get(number=number)
    if found.is_finished:
        return False
    opened, day = localtime(found.opened_at).date(), localtime(at).date()
    last = found.assessments.order_by("-body").values_list("body", flat=True).first() or 0
    filings = [one for one in bodies_filed(opened, last) if one.in_force_from is not None and one.in_force_from.year <= found.year][:CHUNK]
    known = known_of(filings, date(found.year, 1, 1), min(date(found.year + 1, 1, 1), opened), opened)
    serial = found.assessments.count()
    rows = [
        Assessment(number=f"NK{found.year}{serial + n:05d}", round=found, body=one.body, office=one.office, known=prefilled(one, day))
        for n, one in enumerate(known, 1)
    ]
    Assessment.objects.bulk_create(rows)
    due = reported_until(found.year, day)
    owed = [(row.number, f"{found.year}年度考核自评", row.body.office_id, due) for row in rows]
    open_tasks(lines=owed, matter="report_year", role=Role.BODY_FILER, by=by, at=at)
    found.done, found.looked_after_at = serial + len(rows), at
    if len(rows) < CHUNK:
        found.state, found.total = WorkState.DONE, found.done
    found.save()
    if rows:
        record("assessment_round.prepared", number, by=by.with_key(""), at=at, detail={"rows": [rows[0].number, rows[-1].number]})
    return not found.is_finished


@transaction.atomic
def draw_sample(*, number: str, by: Actor, at: datetime) -> Round:
    """This function will draw the bodies that experts look at, out of all of a round, under the secret promised when it was opened; anyone draws
    again from the record.

    :raises Refusal: while the round is being prepared, or once it was drawn.
    """
    permissions.check_may_open(by)
    found = Round.objects.select_for_update().get(number=number)
    if not found.is_finished or not found.total:
        raise Refusal("考核名单还没有准备好。", LAW, "请等待准备完成再抽取。")
    if found.sampled_at is not None:
        raise Refusal("专家抽查已经抽取，不能重抽。", LAW, "抽取记录在本页，任何人可以据以重新抽取核对。")
    names = list(found.assessments.order_by("number").values_list("number", flat=True))
    wanted, secret = -(-len(names) * in_force(EXPERTS_SAMPLE, localtime(at).date()).value // 100), secret_of(found)
    drawn = draw_record(found.number, STRATUM, [Entry(name, STRATUM) for name in names], wanted, source=SOURCE, secret=secret)
    drawn["chosen"] = drawn["order"][:wanted]
    found.sample, found.sampled_at = drawn, at
    found.save()
    found.assessments.filter(number__in=drawn["chosen"]).update(sampled=True)
    kept = {key: value for key, value in drawn.items() if key != "secret"}
    public = [
        PublicLine("draw.seeded", {"draw": number, "roster_root": drawn["root"], "roster": len(names), "sources": [SOURCE], "seed": drawn["seed"]}),
        PublicLine("draw.result", {"draw": number, "record": sealed(salt_of(secret, number), bytes(rfc8785.dumps(kept)))}),
        PublicLine("draw.revealed", {"draw": number, "secret": secret.hex()}),
    ]
    detail = {"bodies": len(names), "drawn": wanted, "seed": drawn["seed"], "root": drawn["root"]}
    record("assessment_round.sampled", number, by=by, at=at, detail=detail, public=public)
    owed = [(name, f"专家抽查：{found.year}年度考核", by.office_id, None) for name in drawn["chosen"]]
    if by.office_id:
        open_tasks(lines=owed, matter="score_as_expert", role=Role.EXPERT, by=by, at=at)
    return found


