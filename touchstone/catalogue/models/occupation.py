"""职业目录表: occupations, trades, fileable levels and standards, each valid by date."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Occupation(models.Model):
    """An occupation (职业) of the classification, under its code; a code may be reused later under another `since`.

    `succeeds` is what the same occupation was before it got this name or code (更名, 改编码); none for one that is new.
    """

    code = models.CharField("职业编码", max_length=12)
    name = models.CharField("职业名称", max_length=80)
    name_key = models.CharField(max_length=80)
    pinyin_key = models.CharField(max_length=200, blank=True)
    major = models.CharField("大类", max_length=80, blank=True)
    industry = models.CharField("行业", max_length=40, blank=True)
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)
    succeeds = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="succeeded_by", verbose_name="原职业")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "since"], name="occupation_once_per_day"),
            models.UniqueConstraint(fields=["code"], condition=Q(until__isnull=True), name="one_open_occupation_per_code"),
        ]

    def __str__(self) -> str:
        return self.name


class Trade(models.Model):
    """A trade (工种) of an occupation."""

    occupation = models.ForeignKey(Occupation, models.PROTECT, related_name="trades")
    name = models.CharField("工种名称", max_length=80)
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["occupation", "name", "since"], name="trade_once")]

    def __str__(self) -> str:
        return self.name


class FileableLevel(models.Model):
    """A level (5…1) of an occupation or trade that the State has made fileable (可备案), by date."""

    occupation = models.ForeignKey(Occupation, models.PROTECT, related_name="fileable_levels")
    trade = models.ForeignKey(Trade, models.PROTECT, null=True, blank=True, related_name="fileable_levels")
    level = models.PositiveSmallIntegerField("等级")
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)
    document = models.CharField("依据", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occupation", "trade", "level", "since"], name="fileable_once", nulls_distinct=False),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="fileable_level_range"),
        ]

    def __str__(self) -> str:
        return f"{self.occupation} {self.level}"


class Standard(models.Model):
    """A national standard (国家职业标准) or an enterprise's assessment specification (评价规范), one edition of it."""

    class Kind(models.TextChoices):
        NATIONAL = "national", "国家职业标准"
        SPECIFICATION = "specification", "评价规范"

    number = models.CharField("编号", max_length=40, unique=True)
    kind = models.CharField("类别", max_length=16, choices=Kind.choices)
    occupation = models.ForeignKey(Occupation, models.PROTECT, related_name="standards")
    trade = models.ForeignKey(Trade, models.PROTECT, null=True, blank=True, related_name="standards")
    title = models.CharField("名称", max_length=120)
    edition = models.CharField("版本", max_length=40)
    levels = ArrayField(models.PositiveSmallIntegerField(), verbose_name="等级")
    in_force_from = models.DateField("施行日")
    until = models.DateField("废止日", null=True, blank=True)
    owner = models.ForeignKey("accounts.Office", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="制定单位")
    approved_on = models.DateField("核准日", null=True, blank=True)
    printed_years = models.JSONField("所印申报年限", null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.title}（{self.edition}）"


class CatalogueImport(models.Model):
    """A list of occupations loaded from a file, with an outcome for every row."""

    number = models.CharField("编号", max_length=40, unique=True)
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    dry_run = models.BooleanField("试运行")
    run_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    run_at = models.DateTimeField("时间")
    counts = models.JSONField("统计", default=dict)

    def __str__(self) -> str:
        return self.number


class CatalogueImportRow(models.Model):
    """What came of one row of a list."""

    run = models.ForeignKey(CatalogueImport, models.CASCADE, related_name="rows")
    row_number = models.PositiveIntegerField("行号")
    code = models.CharField("职业编码", max_length=40, blank=True)
    name = models.CharField("职业名称", max_length=120, blank=True)
    outcome = models.CharField("结果", max_length=16)
    sentence = models.CharField("说明", max_length=300)

    def __str__(self) -> str:
        return f"{self.row_number} {self.outcome}"
