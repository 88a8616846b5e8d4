"""尺度说明表: why does a district decide otherwise than the others, in its own words, and what does the city say to it?"""

from django.db import models

from touchstone.insight.states import Answer


class Explanation(models.Model):
    """A district's explanation of one question's difference, with the figures it was about (`since` inclusive, `until` exclusive), and the city's
    answer. The figures stand as they were; a later comparison is explained anew."""

    number = models.CharField("说明编号", max_length=24, unique=True)
    question = models.CharField("事项", max_length=24)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="区人社局")
    since = models.DateField("期间起")
    until = models.DateField("期间止（不含）")
    cases = models.PositiveIntegerField("本区件数")
    milder = models.PositiveIntegerField("本区从轻件数")
    other_cases = models.PositiveIntegerField("其他区件数")
    other_milder = models.PositiveIntegerField("其他区从轻件数")
    finding = models.CharField("比较结果", max_length=300)
    words = models.TextField("说明")
    explained_at = models.DateTimeField("说明时间")
    explained_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    outcome = models.CharField("市级答复", max_length=10, choices=[(a.value, a.label) for a in Answer], default=Answer.WAITING)
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["question", "office", "-id"])]
        constraints = [models.UniqueConstraint(fields=["question", "office", "until"], name="explained_once_per_period")]

    def __str__(self) -> str:
        return self.number
