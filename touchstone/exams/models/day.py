"""当日表: what happened in a sitting, row by row, never changed afterwards: who signed in, what went wrong, who handed papers to whom."""

from django.db import models
from django.db.models import Q


class SignIn(models.Model):
    """That a candidate came or did not, told by whom and on what proof of identity; a correction is a new row that replaces the old, with its reason.

    `how` says how it was told: at the door (by a scanned ticket or by its number), or afterwards from the signed paper list. `device` is the random
    mark kept by the browser it was told with at the door; empty where nobody's own browser says anything about the body.
    """

    class How(models.TextChoices):
        SCANNED = "scanned", "扫准考证"
        TYPED = "typed", "输准考证号"
        LISTED = "listed", "按签到表登记"

    seat = models.ForeignKey("exams.Seat", models.PROTECT, related_name="sign_ins")
    present = models.BooleanField("到考")
    how = models.CharField("登记方式", max_length=8, choices=How.choices)
    identity = models.CharField("身份核验", max_length=24, blank=True)
    device = models.CharField("设备标识", max_length=32, blank=True)
    noted_at = models.DateTimeField("登记时间")
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    reason = models.CharField("更正理由", max_length=200, blank=True)
    replaced_at = models.DateTimeField("被更正时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat"], condition=Q(replaced_at__isnull=True), name="one_standing_sign_in_per_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.seat} {'到考' if self.present else '缺考'}"


class Incident(models.Model):
    """Something that happened in a sitting (考场情况), told at once: of a kind, in words, perhaps of a candidate; photos lie under its number."""

    number = models.CharField("情况编号", max_length=24, unique=True)
    sitting = models.ForeignKey("exams.Sitting", models.PROTECT, related_name="incidents")
    kind = models.CharField("类别", max_length=16)
    words = models.TextField("情况")
    candidate = models.ForeignKey("exams.Candidate", models.PROTECT, null=True, related_name="incidents")
    told_at = models.DateTimeField("记录时间")
    told_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    teller = models.CharField("记录人", max_length=60)

    class Meta:
        indexes = [models.Index(fields=["sitting", "id"])]

    def __str__(self) -> str:
        return self.number


class HandOver(models.Model):
    """Papers of a sitting handed over (试卷交接): how many packets and sheets, signed by the one who tells it and by a second person.

    The second signs by their own log-in, or draws a signature on the first one's phone (`signature`, an attachment under the number).
    """

    number = models.CharField("交接单编号", max_length=24, unique=True)
    sitting = models.ForeignKey("exams.Sitting", models.PROTECT, related_name="hand_overs")
    step = models.CharField("环节", max_length=12)
    packets = models.PositiveSmallIntegerField("密封袋数")
    sheets = models.PositiveSmallIntegerField("试卷份数")
    intact = models.BooleanField("密封完好")
    remark = models.CharField("说明", max_length=200, blank=True)
    findings = models.JSONField("核对结果", default=list)
    first_name = models.CharField("交接人", max_length=60)
    first_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    first_at = models.DateTimeField("交接人签字时间")
    second_name = models.CharField("另一人", max_length=60, blank=True)
    second_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField("另一人签字时间", null=True)
    signature = models.CharField("手写签名", max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["sitting", "id"])]

    def __str__(self) -> str:
        return self.number
