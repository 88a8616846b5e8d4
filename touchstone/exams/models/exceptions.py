"""破格表: on what merit was a candidate put forward for direct recognition or above the ladder, what was found, and what did the leader decide?"""

from django.db import models

from touchstone.policy.eligibility.exceptions import Mode


class ExceptionalCase(models.Model):
    """One more fact of a candidate (ADR 0010 point 10): the merit, the findings of the day it was put forward, and the leader's decision.

    Papers lie among the candidate's attachments, under `LABEL`. `granted` is None until the leader has decided.
    """

    LABEL = "破格和直接认定材料"

    candidate = models.OneToOneField("exams.Candidate", models.PROTECT, related_name="exceptional")
    mode = models.CharField("方式", max_length=8, choices=[(mode.value, mode.label) for mode in Mode])
    merit = models.CharField("业绩情形", max_length=24)
    merit_words = models.CharField("情形内容", max_length=120)
    words = models.TextField("业绩事实")
    findings = models.JSONField("认定", default=list)
    put_forward_at = models.DateTimeField("提出时间")
    put_forward_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    granted = models.BooleanField("认可", null=True)
    decision = models.TextField("决定意见", blank=True)
    decided_at = models.DateTimeField("决定时间", null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["granted", "-id"])]

    def __str__(self) -> str:
        return f"{self.candidate} {self.get_mode_display()}"
