"""处理措施表: which measures were decided, how far is each, and what did the body correct?"""

from django.db import models

from touchstone.enforcement.states import MeasureState
from touchstone.policy.supervision.acts import Authority
from touchstone.policy.supervision.ladder import Measure


class CaseMeasure(models.Model):
    """One measure of a decision; of 移送 one for each authority. `effect` is the number of what it brought about: a termination, a case of
    revocation."""

    case = models.ForeignKey("enforcement.Case", models.CASCADE, related_name="measures")
    measure = models.CharField("措施", max_length=12, choices=[(one.value, one.label) for one in Measure])
    authority = models.CharField("移送部门", max_length=12, choices=[(one.value, one.label) for one in Authority], blank=True)
    state = models.CharField("状态", max_length=12, choices=[(one.value, one.label) for one in MeasureState], default=MeasureState.DECIDED)
    due_on = models.DateField("期限", null=True)
    terms = models.JSONField("内容", default=dict)
    effect = models.CharField("办理编号", max_length=40, blank=True)
    carried_out_on = models.DateField("执行日", null=True)
    done_on = models.DateField("完成日", null=True)
    outcome = models.TextField("结果", blank=True)
    signed_by_body = models.CharField("机构签字人", max_length=120, blank=True)
    reminded_on = models.DateField("提醒日", null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [models.UniqueConstraint(fields=["case", "measure", "authority"], name="a_measure_once_in_a_case")]

    def __str__(self) -> str:
        return f"{self.case} {self.get_measure_display()}"

    def move_to(self, state: MeasureState) -> None:
        """The one way a measure's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()


class Correction(models.Model):
    """One report of a body on what it was told to correct, and what those who re-examined it found."""

    measure = models.ForeignKey(CaseMeasure, models.CASCADE, related_name="corrections")
    words = models.TextField("改正情况")
    reported_at = models.DateTimeField("报告时间")
    reported_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    good = models.BooleanField("复查合格", null=True)
    concluded_at = models.DateTimeField("复查完成时间", null=True)

    def __str__(self) -> str:
        return f"{self.measure} {self.reported_at:%Y-%m-%d}"


class ReExamination(models.Model):
    """What one officer found when re-examining a report."""

    correction = models.ForeignKey(Correction, models.CASCADE, related_name="examined")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    name = models.CharField("姓名", max_length=60)
    good = models.BooleanField("合格")
    words = models.TextField("复查意见")
    at = models.DateTimeField("复查时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["correction", "user"], name="re_examined_once_each")]

    def __str__(self) -> str:
        return f"{self.correction} {self.name}"
