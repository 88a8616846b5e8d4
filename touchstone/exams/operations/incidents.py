"""考场记录: what happens in a sitting is told on the spot, and its papers are handed over with two signatures."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.models import Candidate, HandOver, Incident, Sitting
from touchstone.exams.operations.day import check_settled, seat_of
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.states import SittingPhase
from touchstone.files.operations import attach
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.kernel.rules import Outcome, must, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.exams.day import HAND_OVER_STEPS, handed_over_by_two, incident_is_of_a_kind, papers_add_up


@transaction.atomic
def record_incident(
    *, sitting_number: str, kind: str, words: str, by: Actor, at: datetime, ticket: str = "", photos: tuple[tuple[str, bytes], ...] = ()
) -> Incident:
    """This function will record what happened in a sitting: of a kind of `INCIDENT_KINDS`, in words, of one candidate where `ticket` names one.

    :raises Refusal: without words or a kind, or for a ticket of another sitting. :raises MoveRefused: before the sitting was opened.
    """
    sitting = Sitting.objects.select_related("plan__body", "room", "supervisor").get(number=sitting_number)
    permissions.check_may_serve(by, "sign_in", sitting)
    check_settled(sitting, at)
    if sitting.phase is SittingPhase.PLANNED:
        raise MoveRefused("本场还没有开考，没有考场情况可以记录。", RECORD, "请开考后记录。")
    must(incident_is_of_a_kind(kind, localtime(at).date()), "请选择最接近的一类。")
    if not words.strip():
        raise Refusal("请写明情况。", RECORD, "请写清时间、经过和已采取的处置。")
    who: Candidate | None = seat_of(sitting, ticket).candidate if ticket else None
    incident = Incident.objects.create(
        number=f"QK{at:%Y}{next_serial(f'incident-{at:%Y}'):06d}",
        sitting=sitting,
        kind=kind,
        words=words.strip(),
        candidate=who,
        told_at=at,
        told_by_id=by.user_id,
        teller=by.person_name,
    )
    for name, content in photos:
        attach(case=incident.number, label="现场照片", name=name, content=content, by=by, at=at)
    detail = {"incident": incident.number, "kind": kind, "ticket": ticket, "photos": len(photos)}
    record("sitting.incident_recorded", sitting.number, by=by, at=at, reason=incident.words, detail=detail)
    return incident


@dataclass(frozen=True)
class Papers:
    """What is handed over: packets and sheets as counted, whether the seals were unbroken, and what there is to say."""

    step: str
    packets: int
    sheets: int
    intact: bool
    remark: str = ""


@transaction.atomic
def hand_over_papers(
    *, sitting_number: str, papers: Papers, by: Actor, at: datetime, second: str = "", signature: bytes = b""
) -> HandOver:
    """This function will put down that papers are handed over. Either `second` has drawn a `signature` (PNG) here, or the second person confirms
    by their own log-in (`confirm_hand_over`).

    :raises Refusal: for one who hands over to themselves, a name without a signature, or counts that do not add up and are not explained.
    """
    sitting = Sitting.objects.select_related("plan__body", "room", "supervisor").get(number=sitting_number)
    permissions.check_may_serve(by, "sign_in", sitting)
    check_settled(sitting, at)
    day = localtime(at).date()
    steps = HAND_OVER_STEPS.on(day)
    if papers.step not in steps.value:
        raise Refusal("请选择交接环节。", steps.clause, f"可选：{'、'.join(steps.value.values())}。")
    if bool(second.strip()) != bool(signature):
        raise Refusal("另一人当场签字的，姓名和手写签名都要有。", steps.clause, "也可以留空，由另一人用自己的账号确认。")
    people = sitting.seats.filter(present=True).count() if papers.step == "collected" else sitting.seats.count()
    found = [papers_add_up(papers.step, papers.sheets, people, papers.intact, day)]
    if found[0].outcome is not Outcome.MET and not papers.remark.strip():
        raise Refusal(f"{found[0].reason}。", found[0].clause, "请核对；确实如此的，在说明中写明原因和处置。")
    if signature:
        two = handed_over_by_two(by.person_name, second.strip(), day)
        must(two, "请由另一人签字。")
        found.append(two)
    made = HandOver.objects.create(
        number=f"JJ{at:%Y}{next_serial(f'hand-over-{at:%Y}'):06d}",
        sitting=sitting,
        step=papers.step,
        packets=papers.packets,
        sheets=papers.sheets,
        intact=papers.intact,
        remark=papers.remark.strip()[:200],
        findings=records(found),
        first_name=by.person_name,
        first_by_id=by.user_id,
        first_at=at,
        second_name=second.strip()[:60],
        second_at=at if signature else None,
    )
    if signature:
        kept = attach(case=made.number, label="手写签名", name="签名.png", content=signature, by=by, at=at)
        made.signature = kept.number
        made.save(update_fields=["signature"])
    detail = {"number": made.number, "step": papers.step, "packets": papers.packets, "sheets": papers.sheets, "findings": made.findings}
    record("sitting.papers_handed_over", sitting.number, by=by, at=at, reason=made.remark, detail={**detail, "second": made.second_name})
    return made


@transaction.atomic
def confirm_hand_over(*, number: str, by: Actor, at: datetime) -> HandOver:
    """This function will add the second signature to a hand-over, by the second person's own log-in.

    :raises Refusal: for the one who signed first, or when it is complete.
    """
    rows = HandOver.objects.select_for_update(of=("self",)).select_related("sitting__plan__body", "sitting__room", "sitting__supervisor")
    made = rows.get(number=number)
    permissions.check_may_serve(by, "sign_in", made.sitting)
    day = localtime(at).date()
    if made.second_at is not None:
        raise Refusal(f"这次交接已由{made.first_name}和{made.second_name}签字。", RECORD, "数量有误的，请另记一次交接并在说明中写明。")
    two = handed_over_by_two(made.first_name, by.person_name, day)
    must(two if made.first_by_id != by.user_id else handed_over_by_two(made.first_name, made.first_name, day), "请由另一人用自己的账号确认。")
    made.second_name, made.second_by_id, made.second_at = by.person_name, by.user_id, at
    made.findings = [*made.findings, *records([two])]
    made.save(update_fields=["second_name", "second_by", "second_at", "findings"])
    record("sitting.hand_over_confirmed", made.sitting.number, by=by, at=at, detail={"number": number, "findings": records([two])})
    return made
