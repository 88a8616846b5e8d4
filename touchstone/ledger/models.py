"""存证表: what happened, by whom, when, and why?"""

from django.db import models
from django.db.models.functions import Now


class Entry(models.Model):
    """One line of the ledger: one operation that changed state. Never altered, never removed (a trigger sees to it).

    `at` is the moment of the fact, `recorded_at` the moment of the record. `request_key` names the request that caused
    it, so that a request sent twice has one effect.
    """

    event = models.CharField("事项", max_length=64)
    subject = models.CharField("对象编号", max_length=64)
    actor = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    actor_label = models.CharField("经办", max_length=120)
    office = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("发生时间")
    recorded_at = models.DateTimeField("记录时间", db_default=Now())
    reason = models.TextField("意见", blank=True)
    detail = models.JSONField("内容", default=dict)
    request_key = models.CharField("请求号", max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "id"]), models.Index(fields=["event", "id"]), models.Index(fields=["at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["request_key", "event", "subject"], condition=~models.Q(request_key=""), name="one_effect_per_request"
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.event} {self.subject}"


class Installation(models.Model):
    """What this database is: real, or a synthetic city whose clock may be moved. One row."""

    synthetic = models.BooleanField(default=False)
    clock_ahead = models.DurationField(null=True)
    seed = models.IntegerField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_installation_row")]

    def __str__(self) -> str:
        return "模拟城市" if self.synthetic else "正式环境"


class Series(models.Model):
    """The last number drawn of each series; written by `numbering.next_serial` only."""

    name = models.CharField(max_length=80, primary_key=True)
    last = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"
