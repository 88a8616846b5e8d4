"""缴费表: what does a candidate owe, has it been paid, and was it given back?"""

from django.db import models
from django.db.models import Q

from touchstone.exams.states import PaymentState


class Payment(models.Model):
    """The fee of somebody who registered themselves. Its number is what the payment provider knows it by, so that whatever is said twice counts
    once. `finding` is what the rule said about giving it back."""

    number = models.CharField("缴费单号", max_length=40, unique=True)
    candidate = models.OneToOneField("exams.Candidate", models.PROTECT, related_name="payment")
    amount = models.PositiveIntegerField("金额（元）")
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in PaymentState], default=PaymentState.DUE)
    made_at = models.DateTimeField("生成时间")
    asked_at = models.DateTimeField("发起支付时间", null=True)
    paid_at = models.DateTimeField("支付时间", null=True)
    ended_at = models.DateTimeField("了结时间", null=True)
    finding = models.JSONField("退费意见", default=dict)

    class Meta:
        indexes = [models.Index(fields=["state", "id"], condition=Q(state__in=["due", "waiting", "paid", "refund_due"]), name="payments_open")]

    def __str__(self) -> str:
        return self.number
