"""存量装入表: workbooks of bodies, filings and scopes as they stand today, what came of each row, and what an undoing takes back."""

from django.db import models

from touchstone.accounts.actor import Actor
from touchstone.policy.roles import OfficeKind


class LoadingSet(models.QuerySet["Loading"]):
    """Filters over loadings."""

    def visible_to(self, actor: Actor) -> "LoadingSet":
        """The centre and the city bureau see all; a district those of its own office."""
        if actor.is_platform or actor.office_kind in {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}:
            return self
        return self.filter(office_id=actor.office_id) if actor.office_kind is OfficeKind.DISTRICT_BUREAU else self.none()


class Loading(models.Model):
    """One workbook of what exists, checked (`dry_run`) or loaded, and perhaps undone as a whole. `office` is whose workbook it is (none: the
    platform's), on whose ground alone it loads."""

    number = models.CharField("编号", max_length=40, unique=True)
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    dry_run = models.BooleanField("试运行")
    file = models.CharField("附件编号", max_length=40, blank=True)
    returned = models.CharField("回执附件编号", max_length=40, blank=True)
    office = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+", verbose_name="装入单位")
    begun_at = models.DateTimeField("开始时间")
    begun_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    total = models.PositiveIntegerField("行数", default=0)
    done = models.PositiveIntegerField("已处理", default=0)
    counts = models.JSONField("统计", default=dict)
    finished_at = models.DateTimeField("完成时间", null=True)
    failed_because = models.TextField("失败原因", blank=True)
    undo_asked_at = models.DateTimeField("申请撤销时间", null=True)
    undone_at = models.DateTimeField("撤销时间", null=True)
    undone_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    undone_because = models.TextField("撤销理由", blank=True)
    kept_because = models.TextField("没有撤销的原因", blank=True)

    objects = LoadingSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["sha256"])]

    def __str__(self) -> str:
        return self.number

    @property
    def state_label(self) -> str:
        """What has become of it, in a word."""
        if self.undone_at:
            return "已撤销"
        if self.undo_asked_at:
            return "撤销中"
        if self.failed_because:
            return "没有处理完"
        if self.finished_at:
            return "试运行" if self.dry_run else "已装入"
        return "处理中"


class LoadingRow(models.Model):
    """What came of one row. `made` names what it created, so that the whole file can be undone: {"body": number, "filing": number, "item": pk}."""

    class Outcome(models.TextChoices):
        NEW = "new", "新增"
        UNCHANGED = "unchanged", "已存在"
        WARNED = "warned", "装入并提示"
        REFUSED = "refused", "未装入"
        UNDONE = "undone", "已撤销"

    loading = models.ForeignKey(Loading, models.CASCADE, related_name="rows")
    sheet = models.CharField("工作表", max_length=20)
    row_number = models.PositiveIntegerField("行号")
    subject = models.CharField("对象", max_length=200)
    outcome = models.CharField("结果", max_length=10, choices=Outcome.choices)
    sentence = models.CharField("说明", max_length=500)
    made = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["loading", "outcome", "id"])]

    def __str__(self) -> str:
        return f"{self.loading} {self.sheet} {self.row_number}"
