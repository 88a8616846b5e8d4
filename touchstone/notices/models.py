"""公示与消息表: public notices and objections to them, announcements, messages to people."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class PublicNotice(models.Model):
    """Something put before the public for a number of working days (公示), masked. `closes_on` is the first day after it."""

    number = models.CharField("公示编号", max_length=40, unique=True)
    matter = models.CharField("事项", max_length=32)
    case = models.CharField("业务编号", max_length=64, db_index=True)
    title = models.CharField("标题", max_length=200)
    preface = models.TextField("说明", blank=True)
    columns = ArrayField(models.CharField(max_length=60), verbose_name="栏目")
    rows = models.JSONField("名单")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="公示单位")
    phone = models.CharField("受理电话", max_length=40)
    clause = models.CharField("依据", max_length=200)
    working_days = models.PositiveSmallIntegerField("公示工作日")
    opened_on = models.DateField("开始日")
    closes_on = models.DateField("截止次日")
    closed_at = models.DateTimeField("结束时间", null=True)
    outcome = models.CharField("结果", max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-opened_on", "-id"])]

    def __str__(self) -> str:
        return self.title


class Objection(models.Model):
    """An objection (异议) made during a public notice, by anyone; answered before the notice can end."""

    number = models.CharField("受理编号", max_length=40, unique=True)
    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="objections")
    name = models.CharField("姓名", max_length=60)
    phone_sealed = models.BinaryField()
    phone_masked = models.CharField(max_length=24)
    content = models.TextField("异议内容")
    made_at = models.DateTimeField("提出时间")
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    upheld = models.BooleanField("成立", null=True)
    answer = models.TextField("答复", blank=True)

    def __str__(self) -> str:
        return self.number


class Announcement(models.Model):
    """An announcement (公告) of an office to all."""

    number = models.CharField("编号", max_length=40, unique=True)
    title = models.CharField("标题", max_length=200)
    content = models.TextField("正文")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    published_at = models.DateTimeField("发布时间")
    withdrawn_at = models.DateTimeField("撤下时间", null=True)

    def __str__(self) -> str:
        return self.title


class Message(models.Model):
    """A message (站内信) to one person; `link` is a path on this site."""

    to = models.ForeignKey("accounts.User", models.CASCADE, related_name="messages")
    title = models.CharField("标题", max_length=200)
    content = models.TextField("内容", blank=True)
    link = models.CharField("链接", max_length=200, blank=True)
    sent_at = models.DateTimeField("发送时间")
    read_at = models.DateTimeField("阅读时间", null=True)
    entry = models.ForeignKey("ledger.Entry", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["to", "entry"], name="one_message_per_entry")]
        indexes = [models.Index(fields=["to", "-id"])]

    def __str__(self) -> str:
        return self.title


class TextMessage(models.Model):
    """A text message (短信) waiting for, or handed to, the operator's adaptor. The number is sealed."""

    phone_sealed = models.BinaryField()
    phone_masked = models.CharField(max_length=24)
    content = models.CharField("内容", max_length=300)
    made_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=200, blank=True)
    entry = models.ForeignKey("ledger.Entry", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.phone_masked


class Cursor(models.Model):
    """How far a reader of the ledger has come."""

    reader = models.CharField(max_length=40, primary_key=True)
    entry_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.reader} @ {self.entry_id}"
