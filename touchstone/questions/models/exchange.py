"""试题交换表: files of questions that came, what became of each question in them, and files that went out."""

from django.db import models

from touchstone.accounts.actor import Actor
from touchstone.policy.roles import Role


class QuestionImportSet(models.QuerySet["QuestionImport"]):
    """Filters over files that came."""

    def visible_to(self, actor: Actor) -> "QuestionImportSet":
        """Whoever brought the file, and the keeper of its bank: the losses named on its lines tell what questions say."""
        if actor.is_platform:
            return self
        own = self.filter(bank__office_id=actor.office_id)
        return own if actor.has(Role.BANK_KEEPER) else own.filter(received_by_id=actor.user_id)


class QuestionImport(models.Model):
    """A file of questions brought to a bank: gone through without making anything, then loaded, perhaps undone as a whole.

    `sealed` is the file itself under the installation's key, until it is loaded or given up. `about` is what the questions are tied to unless
    their row says otherwise: {"standard", "level", "part", "element", "difficulty", "secrecy"}.
    """

    number = models.CharField("编号", max_length=40, unique=True)
    bank = models.ForeignKey("questions.Bank", models.PROTECT, related_name="imports")
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    sealed = models.BinaryField(null=True)
    form = models.CharField("格式", max_length=12, blank=True)
    about = models.JSONField("归属", default=dict)
    received_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField("上传时间")
    total = models.PositiveIntegerField("题数", default=0)
    done = models.PositiveIntegerField("已处理", default=0)
    counts = models.JSONField("统计", default=dict)
    losses = models.JSONField("整份文件的损失", default=list)
    returned = models.CharField("回执附件编号", max_length=40, blank=True)
    checked_at = models.DateTimeField("核对完成时间", null=True)
    asked_at = models.DateTimeField("确认导入时间", null=True)
    loaded_at = models.DateTimeField("导入完成时间", null=True)
    failed_because = models.TextField("失败原因", blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True)
    undone_because = models.CharField("撤销理由", max_length=200, blank=True)

    objects = QuestionImportSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["bank", "-id"])]

    def __str__(self) -> str:
        return self.number

    @property
    def state_label(self) -> str:
        """What has become of it, in a word."""
        if self.undone_at:
            return "已撤销"
        if self.failed_because:
            return "没有读完"
        if self.loaded_at:
            return "已导入"
        if self.asked_at:
            return "导入中"
        return "待确认" if self.checked_at else "核对中"

    @property
    def at_work(self) -> bool:
        """Whether the queue is still to do something with it."""
        return not self.failed_because and not self.undone_at and (self.checked_at is None or (self.asked_at is not None and self.loaded_at is None))


class ImportedRow(models.Model):
    """What came of one question of a file. `losses` are [line, what, why]; `alike` are [number, percent] of questions that say nearly the same."""

    class Outcome(models.TextChoices):
        READY = "ready", "可以导入"
        WARNED = "warned", "可以导入，请留意"
        REFUSED = "refused", "不能导入"
        MADE = "made", "已导入为草稿"
        UNDONE = "undone", "已撤销"

    run = models.ForeignKey(QuestionImport, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField("序号")
    place = models.CharField("文件", max_length=200, blank=True)
    line = models.PositiveIntegerField("行号", default=0)
    identifier = models.CharField("原编号", max_length=120, blank=True)
    kind = models.CharField("题型", max_length=24, blank=True)
    outcome = models.CharField("结果", max_length=10, choices=Outcome.choices)
    sentence = models.CharField("说明", max_length=500, blank=True)
    losses = models.JSONField("损失", default=list)
    alike = models.JSONField("相似", default=list)
    question = models.ForeignKey("questions.Question", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="one_row_per_question_of_a_file")]
        indexes = [models.Index(fields=["run", "outcome", "position"])]

    def __str__(self) -> str:
        return f"{self.run} {self.position}"


class QuestionExport(models.Model):
    """A file of questions that went out: which format, why, what each question lost. The file is kept sealed for its maker for a day."""

    number = models.CharField("编号", max_length=40, unique=True)
    bank = models.ForeignKey("questions.Bank", models.PROTECT, related_name="exports")
    form = models.CharField("格式", max_length=12)
    name = models.CharField("文件名", max_length=200)
    mime = models.CharField(max_length=120)
    sealed = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64)
    reason = models.CharField("事由", max_length=200)
    questions = models.PositiveIntegerField("题数")
    left = models.JSONField("损失", default=list)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("导出时间")

    class Meta:
        indexes = [models.Index(fields=["bank", "-id"])]

    def __str__(self) -> str:
        return self.number
