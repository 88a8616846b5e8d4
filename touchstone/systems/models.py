"""机构系统表: keys of bodies' own systems, what each request was answered, batches with an outcome per row, and how much a key is used."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from touchstone.policy.systems import Scope
from touchstone.systems.states import BatchState, KeyStanding


class Key(models.Model):
    """A key (接口密钥) by which a body's own system acts for a person of the body. Only blind indexes of the secret are kept.

    `former` is the secret before the last rotation, which opens until `former_until` (exclusive), so that a system can be changed over.
    `minute` and `in_minute` count the requests of the running minute.
    """

    number = models.CharField("密钥编号", max_length=24, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="system_keys")
    name = models.CharField("系统名称", max_length=60)
    holder = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="责任人")
    scopes = ArrayField(models.CharField(max_length=16, choices=[(s.value, s.label) for s in Scope]), verbose_name="权限范围")
    begins = models.CharField("密钥开头", max_length=12)
    secret = models.BinaryField(max_length=32, unique=True)
    former = models.BinaryField(max_length=32, unique=True, null=True)
    former_until = models.DateField("旧密钥停用日", null=True)
    since = models.DateField("启用日")
    until = models.DateField("到期日")
    made_at = models.DateTimeField("开通时间")
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    rotated_at = models.DateTimeField("更换时间", null=True)
    retired_at = models.DateTimeField("停用时间", null=True)
    retired_because = models.CharField("停用原因", max_length=200, blank=True)
    last_used_at = models.DateTimeField("最近使用", null=True)
    minute = models.DateTimeField(null=True)
    in_minute = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gt=models.F("since")), name="system_key_period")]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    def standing_on(self, day: date) -> KeyStanding:
        """This method will say how the key stands on a day."""
        if self.retired_at is not None:
            return KeyStanding.RETIRED
        if day < self.since:
            return KeyStanding.FUTURE
        return KeyStanding.IN_FORCE if day < self.until else KeyStanding.OVER


class Answered(models.Model):
    """What a request with an Idempotency-Key came to: sent again, it is answered the same. Forgotten after `forget_on`."""

    key = models.ForeignKey(Key, models.CASCADE, related_name="answered")
    request_key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    code = models.PositiveSmallIntegerField(default=0)
    media = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=200, blank=True)
    answer = models.BinaryField(default=b"")
    answered_at = models.DateTimeField()
    forget_on = models.DateField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "request_key"], name="one_answer_per_request_key")]

    def __str__(self) -> str:
        return f"{self.key} {self.request_key}"


class Batch(models.Model):
    """Rows too many for one request (批次), sealed in `rows_sealed` until done; `cursor` and the outcomes of a part commit together."""

    number = models.CharField("批次编号", max_length=24, unique=True)
    key = models.ForeignKey(Key, models.PROTECT, related_name="batches")
    action = models.CharField("事项", max_length=40)
    case = models.CharField("对象编号", max_length=40)
    rows_sealed = models.BinaryField(null=True)
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in BatchState], default=BatchState.WAITING)
    sentence = models.CharField("说明", max_length=500, blank=True)
    total = models.PositiveIntegerField("总行数")
    cursor = models.PositiveIntegerField("已办行数", default=0)
    done = models.PositiveIntegerField("成功", default=0)
    refused = models.PositiveIntegerField("未成功", default=0)
    received_at = models.DateTimeField("收到时间")
    finished_at = models.DateTimeField("办完时间", null=True)

    class Meta:
        indexes = [models.Index(fields=["key", "-id"]), models.Index(fields=["state", "received_at"])]

    def __str__(self) -> str:
        return self.number


class BatchRow(models.Model):
    """What came of one row of a batch."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="outcomes")
    row = models.PositiveIntegerField("行号")
    outcome = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="one_outcome_per_row_of_batch")]

    def __str__(self) -> str:
        return f"{self.batch} 第{self.row}行"


class Usage(models.Model):
    """How often a key did one thing on one day, and how often it was refused or went wrong."""

    key = models.ForeignKey(Key, models.CASCADE, related_name="usage")
    day = models.DateField()
    action = models.CharField(max_length=40)
    requests = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "day", "action"], name="one_count_per_key_day_action")]
        indexes = [models.Index(fields=["day"])]

    def __str__(self) -> str:
        return f"{self.key} {self.day} {self.action}"
