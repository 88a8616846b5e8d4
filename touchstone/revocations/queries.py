"""证书撤销查询: what would a revocation reach, which cases may somebody see, and what does the public learn?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.certificates.queries import resting_on, successor_of, with_numbers
from touchstone.kernel.numbers import half_width
from touchstone.policy.certificates.revocation import LAW
from touchstone.policy.roles import OfficeKind
from touchstone.revocations import permissions
from touchstone.revocations.models import (
    HolderRequest,
    Kind,
    Revocation,
    RevocationRow,
    RevocationSet,
    RowSet,
    SupportImport,
    SupportPayment,
    SupportSet,
)
from touchstone.revocations.states import ISSUER, OPEN_STATES, AppealState, RequestState, RowState, State

if TYPE_CHECKING:
    from touchstone.accounts.models import User
    from touchstone.certificates.models import Certificate

MOST_ROWS = 2000
"""What one case may hold; more is several cases."""
_DEEPEST = 10
_OPEN_ROWS = (RowState.LISTED, RowState.EXAMINED, RowState.ORDERED)


@dataclass(frozen=True)
class Dependent:
    """A certificate for which another was a condition: in which generation, and on which it rests."""

    certificate: "Certificate"
    rests_on: str
    generation: int


@dataclass(frozen=True)
class Line:
    """What one given number leads to: a certificate that can be put into a case, or the sentence why not."""

    number: str
    certificate: "Certificate | None"
    sentence: str = ""


@dataclass(frozen=True)
class Reach:
    """The whole reach of a revocation, reckoned before anything is done."""

    lines: list[Line]
    dependents: list[Dependent] = field(default_factory=list)
    support: "list[SupportPayment]" = field(default_factory=list)

    @property
    def good(self) -> "list[Certificate]":
        return [line.certificate for line in self.lines if line.certificate is not None and not line.sentence]

    @property
    def holders(self) -> int:
        return len({one.holder_id for one in self.good})

    @property
    def support_total(self) -> Decimal:
        return sum((one.amount for one in self.support), Decimal(0))

    @property
    def counts(self) -> dict[str, Any]:
        """What is kept with the case."""
        return {
            "certificates": len(self.good),
            "holders": self.holders,
            "dependents": len(self.dependents),
            "support": len(self.support),
            "support_total": str(self.support_total),
        }


def numbers_in(text: str) -> list[str]:
    """This function will read certificate numbers from pasted text, in order, each once."""
    words = half_width(text).upper()
    for mark in ",;、，；\t\r\n":
        words = words.replace(mark, " ")
    return list(dict.fromkeys(words.split()))


def reach_of(numbers: Sequence[str], actor: Actor) -> Reach:
    """This function will reckon what revoking these certificates would reach: holders, dependents over generations, support paid."""
    found = {one.number: one for one in with_numbers(numbers)}
    taken = dict(
        RevocationRow.objects.filter(certificate_number__in=list(found), state__in=_OPEN_ROWS).values_list("certificate_number", "case__number")
    )
    lines = [_line(number, found.get(number), taken.get(number, ""), actor) for number in numbers]
    good = [line.number for line in lines if not line.sentence]
    dependents = dependents_of(good)
    support = list(support_on([*good, *(one.certificate.number for one in dependents)]))
    return Reach(lines, dependents, support)


def _line(number: str, found: "Certificate | None", case: str, actor: Actor) -> Line:
    if found is None:
        return Line(number, None, f"没有编号为{number[:40]}的证书，请核对。")
    if sentence := permissions.why_not_about(actor, found.body):
        return Line(number, found, sentence)
    if not found.is_valid:
        return Line(number, found, "该证书已经撤销，不需要再立案。")
    if case:
        return Line(number, found, f"该证书正在案件{case}中核查，不重复立案。")
    return Line(number, found)


def dependents_of(numbers: Iterable[str]) -> list[Dependent]:
    """This function will give the valid certificates that rest on these, generation by generation; those given are not among them."""
    seen, layer, found = set(numbers), list(numbers), []
    for generation in range(1, _DEEPEST + 1):
        next_layer = {number: rests for number, rests in resting_on(layer).items() if number not in seen}
        if not next_layer:
            break
        seen |= set(next_layer)
        found += [Dependent(one, next_layer[one.number], generation) for one in with_numbers(next_layer) if one.is_valid]
        layer = list(next_layer)
    return found


def support_on(numbers: Iterable[str]) -> "SupportSet":
    """This function will give the support that was paid on these certificates."""
    return SupportPayment.objects.filter(certificate_number__in=list(numbers)).select_related("run__office").order_by("-paid_on", "id")


def cases(actor: Actor) -> RevocationSet:
    """This function will give the cases the actor may see, newest first."""
    return Revocation.objects.visible_to(actor).select_related("office", "from_office").order_by("-id")


def case(number: str, actor: Actor) -> Revocation:
    """This function will give a case the actor may see. :raises NotAllowed: for another's, and where there is none."""
    found = cases(actor).select_related("appeal_to", "opened_by__person", "decided_by__person").filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这件撤销案件，或者它不归您查看。", LAW, "请从“撤销案件”列表中打开。")
    return found


def rows_of(found: Revocation, actor: Actor) -> RowSet:
    """This function will give the certificates of a case: a body sees only its own."""
    rows = RevocationRow.objects.filter(case=found).select_related("certificate__holder", "body").order_by("id")
    return rows.filter(body__office_id=actor.office_id) if not actor.is_authority and not actor.is_platform else rows


def counts_of(found: Revocation) -> dict[str, int]:
    """This function will count what has become of a case's certificates."""
    rows = RevocationRow.objects.filter(case=found)
    return rows.aggregate(
        stated=Count("pk", filter=~Q(statement="")),
        without_proposal=Count("pk", filter=Q(proposal="", state=RowState.EXAMINED)),
        undecided=Count("pk", filter=Q(state=RowState.EXAMINED)),
        ordered=Count("pk", filter=Q(state=RowState.ORDERED)),
        revoked=Count("pk", filter=Q(state=RowState.REVOKED)),
        corrected=Count("pk", filter=Q(state=RowState.CORRECTED)),
        kept=Count("pk", filter=Q(state=RowState.KEPT)),
        reversed=Count("pk", filter=Q(state=RowState.REVERSED)),
        appeals=Count("pk", filter=Q(appeal_state=AppealState.LODGED)),
    )


def row(number: str, actor: Actor) -> RevocationRow:
    """This function will give one certificate of a case: to those who see the case, and to its holder from the notice on. :raises NotAllowed:"""
    rows = RevocationRow.objects.select_related("case__office", "case__appeal_to", "certificate__holder", "body__office")
    found = rows.filter(number=number).first()
    if found is not None:
        own = actor.office_kind is OfficeKind.CANDIDATE
        seen = RevocationRow.objects.of_holder(actor.user_id) if own else rows_of(case(found.case.number, actor), actor)
        if seen.filter(pk=found.pk).exists():
            return found
    raise NotAllowed("没有这一件，或者它不归您查看。", LAW, "请从列表中打开。")


def own_rows(actor: Actor) -> RowSet:
    """This function will give what a person is told of about their own certificates, newest first."""
    return RevocationRow.objects.of_holder(actor.user_id).select_related("case__office", "certificate", "body").order_by("-id")


def orders_due(day: date) -> list[str]:
    """This function will give the numbers of the cases whose orders the platform executes, the body's days being over."""
    return list(Revocation.objects.filter(state=State.ORDERED, execute_by__lt=day).order_by("pk").values_list("number", flat=True))


def open_rows_of(numbers: Iterable[str]) -> dict[str, str]:
    """This function will give, by certificate, the number of the open case it is examined in."""
    rows = RevocationRow.objects.filter(certificate_number__in=list(numbers), state__in=_OPEN_ROWS)
    return dict(rows.values_list("certificate_number", "case__number"))


def cases_about(certificate_number: str, actor: Actor) -> list[Revocation]:
    """This function will give the cases about a certificate that the actor may see, newest first."""
    about = RevocationRow.objects.filter(certificate_number=certificate_number).values("case_id")
    return list(cases(actor).filter(pk__in=about))


def cases_from(origin: str) -> list[str]:
    """This function will give the numbers of the cases opened from another case or finding."""
    return list(Revocation.objects.filter(origin=origin).order_by("pk").values_list("number", flat=True)) if origin else []


def user_of_row(number: str) -> "User | None":
    """This function will give the log-in of a row's holder; None where they have none."""
    found = RevocationRow.objects.select_related("certificate__holder__user").get(number=number)
    return getattr(found.certificate.holder, "user", None)


def body_offices_of(number: str) -> set[int]:
    """This function will give the offices (by key) of the bodies whose certificates a case is about."""
    return set(RevocationRow.objects.filter(case__number=number).values_list("body__office_id", flat=True))


@dataclass(frozen=True)
class Tombstone:
    """What the public learns of a void certificate: what became of it, on which day, by whom, on which clause, and what stands in its place."""

    what: str
    on: date | None
    ordered_by: str
    executed_by: str
    clause: str
    cause: str
    successor: "Certificate | None"
    reversed_on: date | None


def tombstone(certificate: "Certificate") -> Tombstone:
    """This function will give what the public learns of a void certificate; of a person nothing that the certificate does not say."""
    found = RevocationRow.objects.filter(
        certificate=certificate, state__in=[RowState.REVOKED, RowState.CORRECTED, RowState.REVERSED]
    ).select_related("case__office")
    one, successor = found.order_by("-id").first(), successor_of(certificate.number)
    if one is not None:
        corrected = bool(one.replaced_by) and one.verdict == "correct"
        back = localtime(one.answered_at).date() if one.state == RowState.REVERSED and one.answered_at else None
        what = "更正" if corrected else "撤销"
        return Tombstone(
            what, certificate.revoked_on, one.case.office.name, one.executed_by, one.case.clause, one.case.get_cause_display(), successor, back
        )
    if (asked := HolderRequest.objects.filter(certificate=certificate, state=RequestState.GRANTED).order_by("-id").first()) is not None:
        what, by = asked.get_kind_display(), certificate.body_name
        return Tombstone(what, certificate.revoked_on, by, by, asked.clause, "持证人申请", successor, None)
    return Tombstone("撤销", certificate.revoked_on, "", certificate.body_name, str(LAW), "", successor, None)


def reissued_on(certificate: "Certificate") -> datetime | None:
    """This function will say when a certificate was last issued again under its own number: what was printed before is void."""
    found = HolderRequest.objects.filter(certificate=certificate, kind=Kind.REISSUE, state=RequestState.GRANTED, made_number=certificate.number)
    return found.order_by("-decided_at").values_list("decided_at", flat=True).first()


def requests(actor: Actor) -> "QuerySet[HolderRequest]":
    """This function will give the holders' requests the actor may see, newest first."""
    return HolderRequest.objects.visible_to(actor).select_related("certificate__holder", "body__office").order_by("-id")


def request(number: str, actor: Actor) -> HolderRequest:
    """This function will give a request the actor may see. :raises NotAllowed: for another's, and where there is none."""
    found = requests(actor).filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这件更正或补发申请，或者它不归您查看。", ISSUER, "请从列表中打开。")
    return found


def open_requests(actor: Actor) -> dict[str, str]:
    """This function will give, by certificate, the number of the person's open request."""
    found = requests(actor).filter(state__in=[RequestState.ASKED, RequestState.CHECKED])
    return dict(found.values_list("certificate_number", "number"))


def holder_of_request(number: str) -> "User | None":
    """This function will give the log-in of who asked."""
    return getattr(HolderRequest.objects.select_related("certificate__holder__user").get(number=number).certificate.holder, "user", None)


def payments(actor: Actor) -> SupportSet:
    """This function will give the support that the actor may see, the latest first."""
    return SupportPayment.objects.visible_to(actor).select_related("run__office").order_by("-paid_on", "-id")


def support_imports(actor: Actor) -> "QuerySet[SupportImport]":
    """This function will give the lists handed in by the actor's office, newest first."""
    return SupportImport.objects.filter(office_id=actor.office_id).select_related("by__person").order_by("-id")


def support_import(number: str, actor: Actor) -> SupportImport:
    """This function will give a list of the actor's office. :raises NotAllowed: for another's."""
    found = support_imports(actor).filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这份名单，或者它不是本单位导入的。", LAW, "请从名单页面打开。")
    return found


def support_total(found: "QuerySet[SupportPayment]") -> Decimal:
    """This function will add up what was paid."""
    return found.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def count_open() -> int:
    """This function will count the cases under way."""
    return Revocation.objects.filter(state__in=OPEN_STATES).count()
