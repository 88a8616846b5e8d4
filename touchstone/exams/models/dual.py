"""一考双证表: by which second standard is a plan's exam judged, what was examined for it alone, and what did each candidate come to by it?"""

from django.db import models

from touchstone.exams.states import Result


class SecondStandard(models.Model):
    """That a plan's one exam is judged by an enterprise's own standard as well; grade and elements as they stood when it was set."""

    plan = models.OneToOneField("exams.Plan", models.CASCADE, related_name="second")
    standard = models.ForeignKey("bodies.EnterpriseStandard", models.PROTECT, related_name="+", verbose_name="企业标准")
    pilot = models.CharField("试点编号", max_length=40)
    grade = models.CharField("企业等级", max_length=40)
    elements = models.JSONField("要素对应", default=list)
    findings = models.JSONField("审查意见", default=list)
    set_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField("设定时间")

    def __str__(self) -> str:
        return f"{self.plan} {self.standard}"


class ElementScore(models.Model):
    """The mark of an element that is examined for the enterprise's standard alone; a correction is a new row with its reason."""

    candidate = models.ForeignKey("exams.Candidate", models.PROTECT, related_name="element_scores")
    element = models.CharField("要素", max_length=60)
    value = models.DecimalField("分数", max_digits=5, decimal_places=1)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField("登记时间")
    reason = models.CharField("更正理由", max_length=200, blank=True)
    replaced_at = models.DateTimeField("被更正时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "element"], condition=models.Q(replaced_at__isnull=True), name="one_standing_score_per_element"
            ),
            models.CheckConstraint(condition=models.Q(value__range=(0, 100)), name="element_score_range"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} {self.element} {self.value}"


class SecondOutcome(models.Model):
    """What a candidate's marks come to by the second standard; concluded with the first result, and worth as little as that while it is open."""

    candidate = models.OneToOneField("exams.Candidate", models.CASCADE, related_name="second_outcome")
    result = models.CharField("结论", max_length=8, choices=[(r.value, r.label) for r in Result])
    total = models.DecimalField("综合成绩", max_digits=5, decimal_places=1, null=True)
    findings = models.JSONField("成绩意见", default=list)
    concluded_at = models.DateTimeField("核定时间")

    def __str__(self) -> str:
        return f"{self.candidate} {self.result}"
