"""案件与证书: how are a case and its certificates held while something is done to them?"""

from collections.abc import Collection

from touchstone.kernel.law import Refusal
from touchstone.policy.certificates.revocation import LAW
from touchstone.revocations.models import Revocation, RevocationRow
from touchstone.revocations.states import RowState


def locked(number: str) -> Revocation:
    """This function will give a case, held until the transaction ends. :raises Refusal: where there is none."""
    rows = Revocation.objects.select_for_update(of=("self",)).select_related("office", "from_office", "appeal_to")
    found = rows.filter(number=number).first()
    if found is None:
        raise Refusal("没有这件撤销案件。", LAW, "请从“撤销案件”列表中打开。")
    return found


def locked_row(number: str) -> RevocationRow:
    """This function will give one certificate of a case with its case, both held. :raises Refusal: where there is none."""
    key = RevocationRow.objects.filter(number=number).values_list("case__number", flat=True).first()
    if key is None:
        raise Refusal("案件中没有这一本证书。", LAW, "请从案件页面打开。")
    case = locked(key)
    row = RevocationRow.objects.select_for_update(of=("self",)).select_related("certificate__holder__user", "body__office").get(number=number)
    row.case = case
    return row


def chosen(case: Revocation, numbers: Collection[str], *states: RowState) -> list[RevocationRow]:
    """This function will give the rows of a case that are named (all in one of the states, where none is), held, in order."""
    rows = RevocationRow.objects.select_for_update(of=("self",)).select_related("certificate__holder", "body__office").filter(case=case)
    rows = rows.filter(number__in=numbers) if numbers else rows.filter(state__in=states)
    found = list(rows.order_by("id"))
    for row in found:
        row.case = case
    return found
