"""资料冻结表: which records of a body are frozen, since an office called for them, and until when?"""

from django.db import models
from django.db.models import Q

from touchstone.policy.supervision.records import Frozen


class RecordHold(models.Model):
    """That a body does not alter something the platform holds of it, since an office called for it (调取资料). Written only from above; whatever the
    body can alter asks here. `reference` is the number under which the platform knows it.
    """

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="record_holds")
    thing = models.CharField("冻结的资料", max_length=12, choices=[(one.value, one.label) for one in Frozen])
    reference = models.CharField("平台编号", max_length=48)
    call = models.CharField("调取编号", max_length=28)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="调取单位")
    since = models.DateTimeField("冻结时间")
    released_at = models.DateTimeField("解除时间", null=True)

    class Meta:
        indexes = [models.Index(fields=["reference", "thing"], condition=Q(released_at__isnull=True), name="records_held")]
        constraints = [models.UniqueConstraint(fields=["call", "thing", "reference"], name="one_hold_a_thing_called")]

    def __str__(self) -> str:
        return f"{self.reference} {self.call}"
