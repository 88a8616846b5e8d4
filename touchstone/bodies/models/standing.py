"""机构身份表: pilots with scope and end, model bodies, former kinds: what a body is allowed or known to be, from day to day."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from touchstone.policy.roles import BodyKind


class Pilot(models.Model):
    """A pilot (试点) of a body: 新型技师学院, 课证融通 or 一考双证, for some occupations, from a day to a day, ending in a report and a decision to
    spread."""

    class Kind(models.TextChoices):
        TECHNICIAN_COLLEGE = "technician_college", "新型技师学院"
        COURSE_AND_CERTIFICATE = "course_and_certificate", "课证融通"
        DUAL_CERTIFICATES = "dual_certificates", "一考双证"

    number = models.CharField("试点编号", max_length=40, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="pilots")
    kind = models.CharField("试点类别", max_length=24, choices=Kind.choices)
    occupations = ArrayField(models.CharField(max_length=12), verbose_name="职业编码", default=list)
    plan = models.TextField("试点内容")
    units = models.JSONField("课程单元与标准要素对应", default=list)
    since = models.DateField("起始日")
    until = models.DateField("截止次日")
    approved_at = models.DateTimeField("批准时间")
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    report = models.TextField("试点总结", blank=True)
    reported_at = models.DateTimeField("总结提交时间", null=True)
    spread = models.BooleanField("复制推广", null=True)
    decision = models.TextField("推广决定", blank=True)
    decided_at = models.DateTimeField("推广决定时间", null=True)
    ended_on = models.DateField("提前结束日", null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.body} {self.get_kind_display()}"


class ModelStanding(models.Model):
    """A body named as a model (示范性社会培训评价组织) from a day on, until it is taken back."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="model_standings")
    since = models.DateField("认定日")
    until = models.DateField("取消日", null=True)
    reason = models.TextField("认定理由")
    named_at = models.DateTimeField("认定时间")
    named_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_because = models.TextField("取消理由", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body"], condition=Q(until__isnull=True), name="a_model_once")]

    def __str__(self) -> str:
        return f"{self.body} 示范性"


class FormerFact(models.Model):
    """What a body was before a day: its former kind or name, so that what was issued then still reads as it was."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="former_facts")
    kind = models.CharField("原类别", max_length=16, choices=[(k.value, k.label) for k in BodyKind])
    name = models.CharField("原名称", max_length=120)
    until = models.DateField("变更日")
    case = models.CharField("依据", max_length=40)
    recorded_at = models.DateTimeField("记录时间")

    def __str__(self) -> str:
        return f"{self.body} 至{self.until}"


class FailedYears(models.Model):
    """That a body failed its annual assessment year after year (连续不合格), written down from above when the last of these years was published; a
    case is opened from it. `number` is that of the last assessment, `office` who assessed it first, `years` the years, the oldest first."""

    number = models.CharField("考核编号", max_length=32, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="failed_years")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="初评单位")
    years = ArrayField(models.PositiveSmallIntegerField(), verbose_name="年度")
    points = models.FloatField("得分")
    published_on = models.DateField("公布日")
    recorded_at = models.DateTimeField("记录时间")

    def __str__(self) -> str:
        return f"{self.body} {self.number}"


class ExpiryEvaluation(models.Model):
    """The end-of-filing evaluation (备案期满评估) of a filing, written down from above; a renewal is decided on it."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="expiry_evaluations")
    filing = models.CharField("备案编号", max_length=40)
    evaluated_on = models.DateField("评估日")
    passed = models.BooleanField("合格")
    grade = models.CharField("等第", max_length=20, blank=True)
    summary = models.TextField("评估意见")
    recorded_at = models.DateTimeField("记录时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing", "evaluated_on"], name="one_expiry_evaluation_a_day")]

    def __str__(self) -> str:
        return f"{self.filing} {self.evaluated_on}"
