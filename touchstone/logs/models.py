"""公开日志表: what waits to be logged, what is logged, and what was signed?"""

from django.db import models
from django.db.models.functions import Now


class Outbox(models.Model):
    """An entry that waits for its place in a log, written in the transaction of what it tells; gone when it has its place."""

    log = models.CharField("日志", max_length=40)
    kind = models.CharField("事项", max_length=40)
    entry = models.BinaryField("条目")
    written_at = models.DateTimeField("写入时间", db_default=Now())

    def __str__(self) -> str:
        return f"{self.log} {self.kind}"


class Log(models.Model):
    """One public log, and how far it is published. `origin` is the name by which witnesses know it, for ever."""

    name = models.CharField("日志", max_length=40, unique=True)
    origin = models.CharField("全称", max_length=200)
    key = models.CharField("验证公钥", max_length=300)
    opened_at = models.DateTimeField("启用时间", db_default=Now())
    published_size = models.BigIntegerField("已公布条数", default=0)
    published_at = models.DateTimeField("最近公布时间", null=True)
    witnessed_at = models.DateTimeField("最近见证时间", null=True)
    alarm = models.TextField("警报", blank=True)

    def __str__(self) -> str:
        return self.name


class Leaf(models.Model):
    """One entry in its place. Never altered, never removed (a trigger sees to it)."""

    pk = models.CompositePrimaryKey("log_id", "index")
    # no constraint: one look-up for each of millions of rows, and a log is never removed
    log = models.ForeignKey(Log, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="leaves")
    index = models.BigIntegerField("序号")
    kind = models.CharField("事项", max_length=40)
    entry = models.BinaryField("条目")
    hash = models.BinaryField("叶子哈希")
    waited_from = models.DateTimeField("写入时间")

    class Meta:
        indexes = [models.Index(fields=["hash"], name="leaf_by_hash")]

    def __str__(self) -> str:
        return f"{self.log_id}/{self.index}"


class Checkpoint(models.Model):
    """A size of a log and its root, signed: from then on the log can only grow. Never altered, never removed (a trigger sees to it).

    `edge` are the hashes of the full subtrees on the right edge, largest first, from which the tree grows on.
    """

    log = models.ForeignKey(Log, models.PROTECT, related_name="checkpoints", db_index=False)
    size = models.BigIntegerField("条数")
    root = models.BinaryField("根哈希")
    edge = models.BinaryField("右缘")
    note = models.TextField("签名文本")
    signed_at = models.DateTimeField("签名时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "size"], name="one_checkpoint_per_size")]

    def __str__(self) -> str:
        return f"{self.log_id} {self.size}"


class Sequencer(models.Model):
    """The sign of life of the one sequencer. One row."""

    alive_at = models.DateTimeField("最近活动", null=True)
    alarm = models.TextField("警报", blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_sequencer_row")]

    def __str__(self) -> str:
        return self.alarm or "正常"
