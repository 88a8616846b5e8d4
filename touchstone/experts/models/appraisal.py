"""队伍考核表: how was each assignment judged, and each year?"""

from django.db import models


class SittingMark(models.Model):
    """What somebody who saw it (the head of the panel, the supervisor, the office) noted of one assignment: {"item": points}."""

    assignment = models.ForeignKey("experts.Assignment", models.PROTECT, related_name="marks")
    marks = models.JSONField("各项", default=dict)
    total = models.DecimalField("得分", max_digits=5, decimal_places=1)
    note = models.CharField("说明", max_length=300, blank=True)
    marked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField("评价时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "marked_by"], name="one_mark_each")]

    def __str__(self) -> str:
        return f"{self.assignment} {self.total}"


class YearRun(models.Model):
    """A year drawn up for everybody an office manages (`office` empty: the platform, for all), and how many are done of how many, which a page shows.

    One at a time runs for an office and a year.
    """

    number = models.CharField("汇总编号", max_length=40, unique=True)
    year = models.PositiveSmallIntegerField("年度")
    office = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+", verbose_name="汇总单位")
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField("提出时间")
    done = models.PositiveIntegerField("已汇总", default=0)
    total = models.PositiveIntegerField("人数", default=0)
    finished_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "office"], condition=models.Q(finished_at__isnull=True), nulls_distinct=False, name="one_year_run_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.number


class Appraisal(models.Model):
    """A year's appraisal of a member: the figures of that year with the city's beside them, the grade proposed and decided, the person's word."""

    member = models.ForeignKey("experts.Member", models.PROTECT, related_name="appraisals")
    year = models.PositiveSmallIntegerField("年度")
    figures = models.JSONField("数据", default=dict)
    proposed = models.CharField("建议等次", max_length=12)
    grade = models.CharField("等次", max_length=12, blank=True)
    word = models.TextField("本人意见", blank=True)
    reason = models.TextField("理由", blank=True)
    computed_at = models.DateTimeField("计算时间")
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("决定时间", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "year"], name="one_appraisal_a_year")]

    def __str__(self) -> str:
        return f"{self.member} {self.year}"
