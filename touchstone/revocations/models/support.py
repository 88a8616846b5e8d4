"""政策支持名单表: which support was paid on which certificate, as handed in by the office that paid."""

from django.db import models

from touchstone.accounts.actor import Actor
from touchstone.policy.roles import OfficeKind

_CITY = {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}


class SupportSet(models.QuerySet["SupportPayment"]):
    """Filters over payments."""

    def visible_to(self, actor: Actor) -> "SupportSet":
        """The city all; a district what it handed in."""
        if actor.is_platform or actor.office_kind in _CITY:
            return self
        return self.filter(run__office_id=actor.office_id) if actor.office_kind is OfficeKind.DISTRICT_BUREAU else self.none()


class SupportImport(models.Model):
    """One list that was handed in (政策支持名单导入), tried first (`dry_run`) or entered."""

    number = models.CharField("导入编号", max_length=24, unique=True)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="导入单位")
    name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField(max_length=64)
    dry_run = models.BooleanField("仅核对")
    row_count = models.PositiveIntegerField("行数")
    taken = models.PositiveIntegerField("登记")
    outcomes = models.JSONField("逐行结果", default=list)
    at = models.DateTimeField("时间")
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["office", "-id"])]

    def __str__(self) -> str:
        return self.number


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
