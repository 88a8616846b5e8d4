"""上报包的核对: the centre has a parcel sent again whose receipt does not come, and takes the very file to compare it with the other end."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.certificates.handover import HANDED_OVER
from touchstone.uploads import permissions
from touchstone.uploads.models import Parcel
from touchstone.uploads.operations._case import words
from touchstone.uploads.states import ParcelState


@transaction.atomic
def send_again(*, number: str, reason: str, by: Actor, at: datetime) -> Parcel:
    """This function will put a parcel that was sent back among those to be sent; the other end counts it by its number, once.

    :raises Refusal: without a reason, for one that has its receipt, or one that waits to be sent anyway.
    """
    permissions.check_may_settle(by)
    why = words(reason, "请写明为什么再报。")
    parcel = _locked(number)
    if parcel.state == ParcelState.RECEIPTED:
        raise Refusal(f"{number}已有回执，不能再报。", HANDED_OVER, "退回的行由评价机构更正后，随新的上报包报送。")
    if parcel.state == ParcelState.MADE:
        raise Refusal(f"{number}正在等待报送，平台自动报送，没有报成的会再试。", HANDED_OVER, "请查看最近一次未成的原因。")
    parcel.state = ParcelState.MADE
    parcel.save(update_fields=["state"])
    record("parcel.sent_again", number, by=by, at=at, reason=why, detail={"receipt": parcel.receipt})
    return parcel


@transaction.atomic
def take_file(*, number: str, reason: str, by: Actor, at: datetime) -> Parcel:
    """This function will note that somebody of the centre takes a parcel's file, which holds full identity numbers, and why.

    :raises Refusal: without a reason.
    """
    permissions.check_may_settle(by)
    why = words(reason, "文件载明完整证件号码，请写明下载的理由。")
    parcel = _locked(number)
    record("parcel.file_taken", number, by=by, at=at, reason=why, detail={"rows": parcel.rows, "identity_numbers_opened": parcel.rows})
    return parcel


def _locked(number: str) -> Parcel:
    found = Parcel.objects.select_for_update().filter(number=number).first()
    if found is None:
        raise Refusal(f"没有上报包{number}。", HANDED_OVER, "请从上报包列表中打开。")
    return found
