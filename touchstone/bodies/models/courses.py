"""课程成绩表: which marks of course units did a school enter under a pilot (课证融通), batch by batch, who confirmed them, which stand?"""

from django.db import models
from django.db.models import Q


class CourseBatch(models.Model):
    """Marks of course units that came together: a workbook, one typed by hand, or an exam that was the course's as well.

    Once checked (试算) nothing counts yet; handed in by one person and confirmed by another, its good rows become results. The workbook and the
    school's own transcripts lie among the files of its number; `proof` names the transcript.
    """

    class Origin(models.TextChoices):
        WORKBOOK = "workbook", "成绩表"
        TYPED = "typed", "单条登记"
        EXAM = "exam", "认定考试"

    class State(models.TextChoices):
        CHECKED = "checked", "已试算"
        HANDED_IN = "handed_in", "待确认"
        CONFIRMED = "confirmed", "已确认"
        DROPPED = "dropped", "已作废"

    number = models.CharField("批次编号", max_length=40, unique=True)
    pilot = models.ForeignKey("bodies.Pilot", models.PROTECT, related_name="course_batches")
    origin = models.CharField("来源", max_length=12, choices=Origin.choices)
    proof = models.CharField("成绩依据", max_length=120)
    name = models.CharField("文件名", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.CHECKED)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField("登记时间")
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("确认时间", null=True)
    dropped_because = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["pilot", "-id"])]

    def __str__(self) -> str:
        return self.number


class CourseRow(models.Model):
    """One row of a batch as it was read, with what came of it; a row that is ready becomes a result when the batch is confirmed."""

    class Outcome(models.TextChoices):
        READY = "ready", "可登记"
        UNCHANGED = "unchanged", "未变"
        REFUSED = "refused", "有误"
        ENTERED = "entered", "已登记"

    batch = models.ForeignKey(CourseBatch, models.CASCADE, related_name="rows")
    row_number = models.PositiveIntegerField("行号")
    student = models.ForeignKey("bodies.Student", models.PROTECT, null=True, related_name="+")
    register_number = models.CharField("学籍号", max_length=40, blank=True)
    name = models.CharField("姓名", max_length=60, blank=True)
    unit = models.CharField("课程单元", max_length=120, blank=True)
    mark = models.DecimalField("成绩", max_digits=5, decimal_places=1, null=True)
    passed_on = models.DateField("考核日期", null=True)
    outcome = models.CharField("结果", max_length=12, choices=Outcome.choices)
    sentence = models.CharField("说明", max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "row_number"], name="one_course_outcome_per_row")]

    def __str__(self) -> str:
        return f"{self.batch} 第{self.row_number}行"


class CourseResult(models.Model):
    """What a student scored in a course unit, confirmed; taken back only with a reason, and then entered anew."""

    number = models.CharField("成绩编号", max_length=40, unique=True)
    student = models.ForeignKey("bodies.Student", models.PROTECT, related_name="course_results")
    pilot = models.ForeignKey("bodies.Pilot", models.PROTECT, related_name="course_results")
    batch = models.ForeignKey(CourseBatch, models.PROTECT, related_name="results")
    unit = models.CharField("课程单元", max_length=120)
    mark = models.DecimalField("成绩", max_digits=5, decimal_places=1)
    passed_on = models.DateField("考核日期")
    confirmed_at = models.DateTimeField("确认时间")
    ended_at = models.DateTimeField("撤销时间", null=True)
    ended_because = models.CharField("撤销原因", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["student", "pilot", "unit"], condition=Q(ended_at__isnull=True), name="one_standing_course_result"),
            models.CheckConstraint(condition=Q(mark__range=(0, 100)), name="course_mark_range"),
        ]
        indexes = [models.Index(fields=["pilot", "-id"])]

    def __str__(self) -> str:
        return f"{self.student} {self.unit} {self.mark}"
