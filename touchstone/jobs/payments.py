"""缴费任务: the provider is asked about what is on its way, and told what to give back; no answer means the next time."""

import logging
from datetime import datetime

from touchstone.exams.operations import payments as operations
from touchstone.exams.queries.payments import in_state
from touchstone.exams.states import PaymentState
from touchstone.jobs.adapters.payment import Gateway, PaymentUnavailable, configured
from touchstone.kernel.law import Refusal

LIMIT = 100
log = logging.getLogger(__name__)


def settle_fees(at: datetime) -> int:
    """This job will settle the fees of everyone who left, was not admitted, or whose plan was cancelled, and count them."""
    return operations.settle_ended(at=at)


def ask_provider(at: datetime) -> int:
    """This job will ask about payments on their way, whose notice may have been lost, and have given back what is due; it counts what moved."""
    gateway = configured()
    if gateway is None:
        return 0
    moved = 0
    try:
        for number, amount in in_state(PaymentState.WAITING, PaymentState.REFUND_DUE, limit=LIMIT):
            moved += _asked(gateway, number, amount, at)
    except PaymentUnavailable as error:
        log.warning("支付机构暂不可用：%s", error)
    return moved


def _asked(gateway: Gateway, number: str, amount: int, at: datetime) -> bool:
    state, paid = gateway.state_of(number)
    if state == "paid":
        try:
            known = operations.note_paid(number=number, amount=paid, at=at).state
        except Refusal as refusal:
            log.error("缴费单 %s 没有入账：%s", number, refusal)
            return False
        if known != PaymentState.REFUND_DUE:
            return known == PaymentState.PAID
        if not gateway.refund(reference=number, amount=amount):
            return False
    return state != "waiting" and operations.note_refunded(number=number, at=at) is not None


WHEN_DUE = [settle_fees, ask_provider]
