"""证书分享表: what does a holder show to whom, until when, and how often is a certificate checked?"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Share(models.Model):
    """What the holder of a certificate shows to whoever has the link: chosen facts, until a moment, or until withdrawn. Of the link's secret only
    a blind index is searched; sealed, it can be shown to the holder again."""

    number = models.CharField("分享编号", max_length=24, unique=True)
    certificate = models.ForeignKey("certificates.Certificate", models.PROTECT, related_name="shares")
    facts = ArrayField(models.CharField(max_length=24), verbose_name="展示内容")
    purpose = models.CharField("给谁看", max_length=60, blank=True)
    secret_index = models.BinaryField(max_length=32, unique=True)
    secret_sealed = models.BinaryField()
    made_at = models.DateTimeField("分享时间")
    until = models.DateTimeField("有效期至")
    withdrawn_at = models.DateTimeField("收回时间", null=True)
    opened = models.PositiveIntegerField("打开次数", default=0)

    class Meta:
        indexes = [models.Index(fields=["certificate", "-id"])]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=models.F("made_at")), name="share_period"),
            models.CheckConstraint(condition=Q(facts__len__gt=0), name="share_shows_something"),
        ]

    def __str__(self) -> str:
        return self.number


class Checks(models.Model):
    """How often a certificate was looked up in one month, and by which way. Who did is not kept."""

    class Way(models.TextChoices):
        PAGE = "page", "查验页"
        SHARE = "share", "分享链接"

    certificate = models.ForeignKey("certificates.Certificate", models.PROTECT, related_name="checks")
    month = models.DateField("月份")
    way = models.CharField("方式", max_length=8, choices=Way.choices)
    many = models.PositiveIntegerField("次数", default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["certificate", "month", "way"], name="one_count_per_month_and_way")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.way} {self.many}"
