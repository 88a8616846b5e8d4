"""参数表: which later values has an office laid down for what the law leaves open?"""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class ParameterVersion(models.Model):
    """A value of one parameter from a day on: proposed by one person, approved or turned down by another."""

    key = models.CharField("参数", max_length=80)
    since = models.DateField("自")
    value = models.JSONField("值")
    reason = models.TextField("理由")
    document = models.CharField("文号或依据", max_length=120, blank=True)
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("复核时间", null=True)
    approved = models.BooleanField("通过", null=True)
    answer = models.TextField("复核意见", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "since"], condition=models.Q(approved=True), name="one_value_per_day"),
            models.CheckConstraint(
                condition=models.Q(answered_by__isnull=True) | ~models.Q(answered_by=models.F("proposed_by")), name="two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} 自 {self.since}"


class CalendarYear(models.Model):
    """The State Council's notice of one year's holidays (调休), where it is newer than the calendar package."""

    year = models.PositiveSmallIntegerField("年度", unique=True)
    off = ArrayField(models.DateField(), verbose_name="放假")
    worked = ArrayField(models.DateField(), verbose_name="上班")
    document = models.CharField("文号", max_length=120)
    loaded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    loaded_at = models.DateTimeField("载入时间")

    def __str__(self) -> str:
        return f"{self.year} 年节假日安排"
