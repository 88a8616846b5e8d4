"""政策支持名单表: which support was paid on which certificate, as handed in by the office that paid."""

from django.db import models

from touchstone.accounts.actor import Actor
from touchstone.policy.roles import OfficeKind
from touchstone.revocations.states import ListState

_CITY = {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}


class SupportSet(models.QuerySet["SupportPayment"]):
    """Filters over payments."""

    def visible_to(self, actor: Actor) -> "SupportSet":
        """The city all; a district what it handed in."""
        if actor.is_platform or actor.office_kind in _CITY:
            return self
        return self.filter(run__office_id=actor.office_id) if actor.office_kind is OfficeKind.DISTRICT_BUREAU else self.none()


class SupportImport(models.Model):
    """One list that was handed in (政策支持名单导入), tried first (`dry_run`) or entered; rows are gone through in chunks, up to `cursor`."""

    number = models.CharField("导入编号", max_length=24, unique=True)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="导入单位")
    name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField(max_length=64)
    dry_run = models.BooleanField("仅核对")
    state = models.CharField("状态", max_length=12, choices=[(one.value, one.label) for one in ListState], default=ListState.READING)
    row_count = models.PositiveIntegerField("行数", default=0)
    cursor = models.PositiveIntegerField("已处理行数", default=0)
    taken = models.PositiveIntegerField("登记", default=0)
    reason = models.CharField("说明", max_length=300, blank=True)
    at = models.DateTimeField("时间")
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["office", "-id"]),
            models.Index(fields=["at"], condition=models.Q(state="reading"), name="support_lists_unfinished"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["office"], condition=models.Q(state="reading"), name="one_support_list_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state_label(self) -> str:
        """Where it stands, in a word."""
        if self.state == ListState.DONE:
            return "仅核对" if self.dry_run else "已登记"
        return ListState(self.state).label


class SupportLine(models.Model):
    """What became of one row of a list; kept when the list is taken back."""

    run = models.ForeignKey(SupportImport, models.PROTECT, related_name="lines")
    row_number = models.PositiveIntegerField("行号")
    certificate_number = models.CharField("证书编号", max_length=30, blank=True)
    title = models.CharField("项目", max_length=160, blank=True)
    done = models.BooleanField("通过")
    sentence = models.CharField("说明", max_length=300)

    class Meta:
        indexes = [models.Index(fields=["run", "done", "row_number"], name="support_lines_by_outcome")]
        constraints = [models.UniqueConstraint(fields=["run", "row_number"], name="one_line_per_row_of_support")]

    def __str__(self) -> str:
        return f"{self.run} 第{self.row_number}行"


class SupportPayment(models.Model):
    """Support paid on a certificate (技能提升补贴 etc.): which, how much, when, under which number of the paying office."""

    run = models.ForeignKey(SupportImport, models.PROTECT, related_name="payments")
    certificate_number = models.CharField("证书编号", max_length=22, db_index=True)
    holder_name = models.CharField("姓名", max_length=60)
    policy = models.CharField("支持项目", max_length=60)
    reference = models.CharField("发放编号", max_length=60, unique=True)
    amount = models.DecimalField("金额（元）", max_digits=10, decimal_places=2)
    paid_on = models.DateField("发放日期")

    objects = SupportSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-paid_on", "-id"])]

    def __str__(self) -> str:
        return self.reference
