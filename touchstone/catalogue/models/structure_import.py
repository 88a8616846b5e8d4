"""结构导入表: which workbooks of structures were handed in, and what came of each row?"""

from django.db import models

from touchstone.accounts.actor import Actor
from touchstone.catalogue.models.occupation import Standard
from touchstone.catalogue.models.structure import Structure


class StructureImportSet(models.QuerySet["StructureImport"]):
    """Filters over workbooks."""

    def visible_to(self, actor: Actor) -> "StructureImportSet":
        """The centre and the city bureau see all, a body its own."""
        if actor.is_platform or actor.is_authority:
            return self
        return self.filter(office_id=actor.office_id) if actor.office_id else self.none()


class StructureImport(models.Model):
    """One workbook, tried: every row has its outcome, nothing is kept of it before somebody says so. `read` is what was read when no row
    was wrong; `made` the structure that was written from it."""

    number = models.CharField("编号", max_length=40, unique=True)
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="structure_imports")
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    file = models.CharField("附件编号", max_length=40, blank=True)
    returned = models.CharField("回执附件编号", max_length=40, blank=True)
    office = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+", verbose_name="上传单位")
    begun_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField("上传时间")
    total = models.PositiveIntegerField("行数", default=0)
    done = models.PositiveIntegerField("已核对", default=0)
    counts = models.JSONField("统计", default=dict)
    read = models.JSONField("读出的内容", default=dict)
    findings = models.JSONField("核对结论", default=list)
    finished_at = models.DateTimeField("完成时间", null=True)
    failed_because = models.TextField("失败原因", blank=True)
    made = models.ForeignKey(Structure, models.PROTECT, null=True, related_name="imports", verbose_name="写成的结构")

    objects = StructureImportSet.as_manager()

    def __str__(self) -> str:
        return self.number

    @property
    def state_label(self) -> str:
        """What has become of it, in a word."""
        if self.made_id:
            return "已写成草稿"
        if self.failed_because:
            return "没有读完"
        if self.finished_at:
            return "需要改正" if self.counts.get("wrong") or self.counts.get("in_the_way") else "可以写成草稿"
        return "核对中"


class StructureImportRow(models.Model):
    """What came of one row of one sheet."""

    class Outcome(models.TextChoices):
        PASSED = "passed", "通过"
        NOTED = "noted", "通过并提示"
        WRONG = "wrong", "需要改正"

    run = models.ForeignKey(StructureImport, models.CASCADE, related_name="rows")
    sheet = models.CharField("工作表", max_length=20)
    row_number = models.PositiveIntegerField("行号")
    subject = models.CharField("对象", max_length=120)
    outcome = models.CharField("结果", max_length=8, choices=Outcome.choices)
    sentence = models.CharField("说明", max_length=500)

    class Meta:
        indexes = [models.Index(fields=["run", "outcome", "id"])]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row_number} {self.outcome}"
