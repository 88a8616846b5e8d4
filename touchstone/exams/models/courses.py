"""课证融通表: which elements of an exam need a candidate not sit, by which course mark, and of which course is a plan's exam the exam as well?"""

from django.db import models
from django.db.models import Q

from touchstone.exams.states import Part


class Exemption(models.Model):
    """An element of one part that a candidate need not sit, since the course unit that teaches it was passed; mark, weight and what counts as they
    stood when it was decided. Never altered, but taken back with a reason."""

    candidate = models.ForeignKey("exams.Candidate", models.PROTECT, related_name="exemptions")
    part = models.CharField("科目", max_length=12, choices=[(p.value, p.label) for p in Part])
    element = models.CharField("要素", max_length=120)
    unit = models.CharField("课程单元", max_length=120)
    share = models.PositiveSmallIntegerField("占该科权重（%）")
    mark = models.DecimalField("课程成绩", max_digits=5, decimal_places=1)
    counts = models.DecimalField("计入成绩", max_digits=5, decimal_places=1)
    passed_on = models.DateField("考核日期")
    course_result = models.CharField("课程成绩编号", max_length=40)
    pilot = models.CharField("试点编号", max_length=40)
    findings = models.JSONField("审核意见", default=list)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("核定时间")
    ended_at = models.DateTimeField("撤销时间", null=True)
    ended_because = models.CharField("撤销原因", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "part", "element"], condition=Q(ended_at__isnull=True), name="one_standing_exemption_per_element"
            ),
            models.CheckConstraint(condition=Q(share__range=(1, 100)), name="exemption_share_range"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} {self.element}"


class CourseExam(models.Model):
    """That a plan's exam of one part is the diploma exam of a course unit as well (学历证书考试与技能证书考核有机融合)."""

    plan = models.ForeignKey("exams.Plan", models.CASCADE, related_name="course_exams")
    part = models.CharField("科目", max_length=12, choices=[(p.value, p.label) for p in Part])
    unit = models.CharField("课程单元", max_length=120)
    pilot = models.CharField("试点编号", max_length=40)
    findings = models.JSONField("审查意见", default=list)
    set_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField("设定时间")
    batch = models.CharField("课程成绩批次", max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "unit"], name="one_course_exam_per_unit")]

    def __str__(self) -> str:
        return f"{self.plan} {self.unit}"
