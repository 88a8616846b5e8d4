"""证书数据查询: which batches and rows may this actor see, what waits, and what was accepted?"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.certificates.queries import counts_reportable
from touchstone.ledger.queries import entries as ledger_lines
from touchstone.uploads.models import Batch, BatchSet, Entry, Parcel
from touchstone.uploads.permissions import check_may_see_parcels
from touchstone.uploads.states import LAW, UNDECIDED, Act, BatchState, EntryState, National, ParcelState, Way

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

_READ = ("body", "office")
_LATEST = (*UNDECIDED, EntryState.ACCEPTED, EntryState.REFUSED)
COUNTED = 10_000
"""What stands beside a list is not counted further."""
_UNDER_WAY = (BatchState.READING, BatchState.CHECKED, BatchState.UNDER_REVIEW, BatchState.RETURNED)


def batches(actor: Actor) -> BatchSet:
    """This function will give the batches the actor may see, newest first; loads of existing certificates have a list of their own."""
    return Batch.objects.visible_to(actor).exclude(way=Way.EXISTING).select_related(*_READ).order_by("-id")


def loadings(actor: Actor) -> BatchSet:
    """This function will give the loads of existing certificates on the actor's ground, dry runs included, newest first."""
    return Batch.objects.visible_to(actor).filter(way=Way.EXISTING).select_related(*_READ).order_by("-id")


def batch(number: str, actor: Actor) -> Batch:
    """This function will give a batch. :raises NotAllowed: when it is not the actor's to see, or there is none."""
    rows = Batch.objects.visible_to(actor).select_related("body__office", "office", "received_by__person", "decided_by__person")
    found = rows.filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这一批证书数据，或者它不归您查看。", LAW, "请从证书数据或审核队列中打开。")
    return found


def entries(of: Batch) -> QuerySet[Entry]:
    """This function will give the rows of a batch in order."""
    return Entry.objects.filter(batch=of).select_related("replaces").order_by("row_number")


def entry(of: Batch, row: int) -> Entry:
    """This function will give one row. :raises NotAllowed: when there is none."""
    found = entries(of).select_related("replaces", "replaced_by__batch", "parcel", "looked_by__person").filter(row_number=row).first()
    if found is None:
        raise NotAllowed(f"{of.number}没有第{row}行。", LAW, "请从本批的各行中打开。")
    return found


def as_told(one: Entry) -> dict[str, Any]:
    """This function will give what a row says, by the keys of the columns; its identity number stays sealed."""
    return {
        "name": one.name,
        "id_kind": one.id_kind,
        "education": one.education,
        "occupation_code": one.occupation_code,
        "occupation": one.occupation_name,
        "trade": one.trade_name,
        "level": one.level,
        "theory": one.theory,
        "practical": one.practical,
        "panel": one.panel,
        "number": one.number,
        "issued_on": one.issued_on,
        "plan": one.plan_number,
    }


def counts(of: Batch) -> dict[str, int]:
    """This function will count the rows of a batch by state, and those drawn, looked at and sent back."""
    found = dict(of.entries.order_by().values_list("state").annotate(many=Count("pk")))
    by_state = {state.value: found.get(state.value, 0) for state in EntryState}
    drawn = of.entries.filter(drawn=True, state__in=(*UNDECIDED, EntryState.ACCEPTED) if of.draw.get("after") else UNDECIDED)
    nationally = dict(of.entries.exclude(national=National.NONE).order_by().values_list("national").annotate(many=Count("pk")))
    sent_back = of.entries.filter(national=National.RETURNED, state=EntryState.ACCEPTED)
    return {
        **by_state,
        "drawn": drawn.count(),
        "to_look_at": drawn.filter(looked_at__isnull=True, state__in=[EntryState.PASSED, EntryState.ACCEPTED]).count(),
        **{f"national_{one.value}": nationally.get(one.value, 0) for one in National if one.value},
        "to_mend": sent_back.filter(act=Act.ENTER).count() if nationally.get(National.RETURNED) else 0,
        "to_retell": sent_back.filter(act=Act.REVOKE).count() if nationally.get(National.RETURNED) else 0,
    }


def is_looked_at_now(of: Batch) -> bool:
    """This function will say whether the rows of a batch are looked at now: before it is accepted, or afterwards where it was taken in first."""
    return of.state == BatchState.UNDER_REVIEW or (of.state == BatchState.ACCEPTED and bool(of.draw.get("after")))


def acceptance_of(certificate_numbers: Iterable[str]) -> dict[str, str]:
    """This function will say, for those certificates whose data came in, where it stands: 待审核, 已接收 and so on; one query."""
    found: dict[str, str] = {}
    rows = Entry.objects.filter(number__in=list(certificate_numbers), act=Act.ENTER, state__in=_LATEST).select_related("batch").order_by("id")
    for one in rows:
        found[one.number] = one.batch.state_label if one.state in UNDECIDED else one.standing
    return found


def public_words_of(certificate_number: str) -> str:
    """This function will say in a sentence for anybody where the data of a valid certificate stands; empty where none came in. That something is
    still being dealt with takes nothing from the certificate, and the sentence says so; one query."""
    rows = Entry.objects.filter(number=certificate_number, act=Act.ENTER)
    rows = rows.exclude(state__in=[EntryState.BROKEN, EntryState.REVERTED, EntryState.REFUSED, EntryState.REVOKED])
    told = list(rows.order_by("-id").values_list("state", "national"))
    nationally = next((national for _, national in told if national != National.NONE), None)
    if nationally == National.TAKEN:
        return "证书数据已由人社部门接收，全国联网查询已收录。"
    if nationally is not None:
        return "证书数据已由人社部门接收，正在上报全国联网查询，不影响证书效力。"
    if any(state in UNDECIDED for state, _ in told):
        return "证书已核发，证书数据正在报送人社部门，不影响证书效力。"
    return ""


def sent_back(actor: Actor) -> QuerySet[Entry]:
    """This function will give the rows the national query sent back and nobody has corrected yet, on the actor's ground."""
    rows = Entry.objects.filter(
        act=Act.ENTER, national=National.RETURNED, state=EntryState.ACCEPTED, batch__in=Batch.objects.visible_to(actor)
    )
    return rows.select_related("batch__body", "parcel").order_by("id")


def correctness_of(bodies: Iterable[int], since: date, until: date) -> dict[int, tuple[int, int, list[str]]]:
    """This function will give, by key of the body, how many certificates' data it handed in from `since` to the day before `until`, how many of
    those rows were pointed out as wrong or sent back by the national query, and the batches of these; two queries."""
    rows = Entry.objects.filter(batch__body__in=list(bodies), batch__submitted_at__date__gte=since, batch__submitted_at__date__lt=until)
    rows = rows.filter(act=Act.ENTER, batch__dry_run=False, replaces__isnull=True).exclude(state__in=[EntryState.BROKEN, EntryState.REVERTED])
    bad_states = [EntryState.OBJECTED, EntryState.REPLACED, EntryState.REFUSED]
    wrong = rows.filter(~Q(objection="") | Q(national=National.RETURNED) | Q(state__in=bad_states))
    found = {body: (many, 0, list[str]()) for body, many in rows.order_by().values_list("batch__body").annotate(many=Count("pk"))}
    for body, number, many in wrong.order_by("batch_id").values_list("batch__body", "batch__number").annotate(many=Count("pk")):
        whole, bad, batches = found[body]
        found[body] = (whole, bad + many, [*batches, number])
    return found


def unfinished(before: datetime) -> list[str]:
    """This function will give the batches received before a moment that are not gone through yet, oldest first."""
    return list(Batch.objects.filter(state=BatchState.READING, received_at__lt=before).order_by("id").values_list("number", flat=True)[:200])


def plans_to_report(since: datetime) -> list[str]:
    """This function will give the plans that issued certificates since a moment, by the ledger, some of which no row tells of yet."""
    issued = set(ledger_lines().filter(event="certificates.issued", at__gte=since).values_list("subject", flat=True))
    rows = Entry.objects.filter(plan_number__in=issued, act=Act.ENTER).exclude(state=EntryState.REVOKED)
    counted = dict(rows.order_by().values_list("plan_number").annotate(many=Count("number", distinct=True)))
    return sorted(plan for plan, many in counts_reportable(issued).items() if many > counted.get(plan, 0))


def numbers_told(plan_number: str) -> set[str]:
    """This function will give the certificates of a plan that some row tells of; what was taken back or refused comes in again by its body's hand."""
    return set(Entry.objects.filter(plan_number=plan_number).values_list("number", flat=True))


def rows_to_pack() -> QuerySet[Entry]:
    """This function will give the accepted rows that can be put into a file for the national query now, oldest first.

    The revocation of what it has not answered about yet waits for its receipt, and that of a corrected certificate for the new entry to be accepted:
    what belongs together leaves together.
    """
    waiting = Entry.objects.filter(national=National.WAITING, state=EntryState.ACCEPTED, parcel__isnull=True)
    on_the_way = Entry.objects.filter(act=Act.ENTER, number=OuterRef("number"), parcel__isnull=False, national__in=[National.WAITING, National.SENT])
    found = waiting.filter(act=Act.REVOKE).filter(Exists(on_the_way) | Q(batch__state__in=_UNDER_WAY))
    early = list(found.values_list("pk", "batch_id", "batch__way"))
    together = {batch for _, batch, way in early if way == Way.CORRECTION}
    return waiting.exclude(pk__in=[pk for pk, _, _ in early]).exclude(batch__in=together).order_by("id")


def rows_wait() -> bool:
    """This function will say whether an accepted row can be put into a file for the national query."""
    return rows_to_pack().exists()


def revocation_of(one: Entry) -> Entry | None:
    """This function will give the latest row by which the national query is told that a row's certificate is void; None where it need not be."""
    return Entry.objects.filter(number=one.number, act=Act.REVOKE).select_related("batch").order_by("-id").first()


def parcels_waiting(*states: ParcelState, limit: int = 50) -> Sequence[Parcel]:
    """This function will give the parcels in some state, oldest first."""
    return list(Parcel.objects.filter(state__in=[state.value for state in states]).order_by("id")[:limit])


def parcels() -> QuerySet[Parcel]:
    """This function will give every parcel, newest first."""
    return Parcel.objects.order_by("-id")


def parcel(number: str, actor: Actor) -> Parcel:
    """This function will give a parcel. :raises NotAllowed: for those who may not see parcels, and where there is none."""
    check_may_see_parcels(actor)
    found = parcels().filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这个上报包。", LAW, "请从上报包列表中打开。")
    return found


def rows_in(found: Parcel) -> QuerySet[Entry]:
    """This function will give the rows of a parcel in the order of its file."""
    return Entry.objects.filter(parcel=found).select_related("batch__body").order_by("id")


def counts_in(found: Parcel) -> dict[str, int]:
    """This function will count the rows of a parcel by what was asked and by what came of it."""
    rows = Entry.objects.filter(parcel=found)
    return rows.aggregate(
        revocations=Count("pk", filter=Q(act=Act.REVOKE)),
        taken=Count("pk", filter=Q(national=National.TAKEN)),
        returned=Count("pk", filter=Q(national=National.RETURNED)),
        open=Count("pk", filter=Q(national=National.RETURNED, state=EntryState.ACCEPTED)),
    )


def counts_of_parcels() -> dict[str, int]:
    """This function will count the parcels by state, and the rows that wait to be packed."""
    by_state = dict(Parcel.objects.order_by().values_list("state").annotate(many=Count("pk")))
    waiting = Entry.objects.filter(national=National.WAITING, state=EntryState.ACCEPTED, parcel__isnull=True)
    return {one.value: by_state.get(one.value, 0) for one in ParcelState} | {"rows_waiting": waiting[:COUNTED].count()}


def parcels_with(certificate_number: str) -> QuerySet[Entry, int | None]:
    """This function will give the keys of the parcels that tell of a certificate number, as a query to look into."""
    return Entry.objects.filter(number=certificate_number, parcel__isnull=False).values_list("parcel", flat=True)


def batches_with(certificate_number: str) -> QuerySet[Entry, int]:
    """This function will give the keys of the batches that hold a certificate number, as a query to look into."""
    return Entry.objects.filter(number=certificate_number).values_list("batch", flat=True)


def counts_of_office(actor: Actor, day: date) -> dict[str, int]:
    """This function will count the batches an office reviews by state, and those past their day."""
    own = Batch.objects.filter(office_id=actor.office_id).exclude(way=Way.EXISTING)
    by_state = dict(own.order_by().values_list("state").annotate(many=Count("pk")))
    late = own.filter(state=BatchState.UNDER_REVIEW, due_on__lt=day).count()
    return {state.value: by_state.get(state.value, 0) for state in BatchState} | {"overdue": late}


def rows_held(number: str, body: "Body") -> dict[str, list[Any]] | None:
    """This function will give what each row of a batch of a body says, by its row number and certificate; None where it has no such batch."""
    found = Batch.objects.filter(number=number, body=body).exclude(state=BatchState.TRIED).first()
    if found is None:
        return None
    said = ("act", "number", "name", "occupation_code", "trade_name", "level", "theory", "practical", "panel", "issued_on", "state", "national")
    rows = Entry.objects.filter(batch=found).order_by("row_number").values_list("row_number", "number", *said)
    held = {f"{number} 第{row}行 {certificate}".strip(): list(facts) for row, certificate, *facts in rows.iterator()}
    return held | {f"{number} 批次": [found.state, found.total, found.passed, found.broken, found.sha256]}


def rows_beside(certificate_number: str, body: "Body | None") -> QuerySet[Entry]:
    """This function will give the other rows of the batches in which a certificate's data came in (of one body, when named)."""
    batches_with = Entry.objects.filter(number=certificate_number).values("batch")
    rows = Entry.objects.filter(batch__in=batches_with).exclude(number=certificate_number).exclude(batch__state=BatchState.TRIED)
    rows = rows.filter(batch__body=body) if body is not None else rows
    return rows.select_related("batch").order_by("batch__number", "row_number")
