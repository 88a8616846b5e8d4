"""案件与申请: which cases, certificates of cases, requests and payments of support may somebody see?"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet, Sum

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.policy.certificates.revocation import LAW
from touchstone.policy.roles import OfficeKind
from touchstone.revocations.models import (
    HolderRequest,
    Revocation,
    RevocationRow,
    RevocationSet,
    RowSet,
    SupportImport,
    SupportLine,
    SupportPayment,
    SupportSet,
)
from touchstone.revocations.states import ISSUER, AppealState, ListState, RequestState, RowState, State

if TYPE_CHECKING:
    from touchstone.accounts.models import User

_OPEN_ROWS = (RowState.LISTED, RowState.EXAMINED, RowState.ORDERED)


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


def support_on(numbers: Iterable[str]) -> "SupportSet":
    """This function will give the support that was paid on these certificates."""
    return SupportPayment.objects.filter(certificate_number__in=list(numbers)).select_related("run__office").order_by("-paid_on", "id")


def support_imports(actor: Actor) -> "QuerySet[SupportImport]":
    """This function will give the lists handed in by the actor's office, newest first."""
    return SupportImport.objects.filter(office_id=actor.office_id).select_related("by__person").order_by("-id")


def support_import(number: str, actor: Actor) -> SupportImport:
    """This function will give a list of the actor's office. :raises NotAllowed: for another's."""
    found = support_imports(actor).filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这份名单，或者它不是本单位导入的。", LAW, "请从名单页面打开。")
    return found


def support_lines(found: SupportImport) -> "QuerySet[SupportLine]":
    """This function will give what became of the rows of a list, those with something wrong first."""
    return SupportLine.objects.filter(run=found).order_by("done", "row_number")


def unfinished_lists(before: datetime) -> list[str]:
    """This function will give the lists handed in before a moment that are not gone through yet."""
    return list(SupportImport.objects.filter(state=ListState.READING, at__lt=before).order_by("at").values_list("number", flat=True)[:200])


def support_total(found: "QuerySet[SupportPayment]") -> Decimal:
    """This function will add up what was paid."""
    return found.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
