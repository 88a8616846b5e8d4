"""配合督导表: which industry authority was asked to assist at a visit, who came, and what did it see?"""

from django.db import models

from touchstone.inspections.models.task import Task


class Assistance(models.Model):
    """That an industry authority was asked to assist at a visit (协助督导检查), once the visit was known; its answer, and what it says afterwards.

    It advises: what the visit came to is put down and confirmed by the two inspectors alone.
    """

    number = models.CharField("配合编号", max_length=24, unique=True)
    task = models.ForeignKey(Task, models.PROTECT, related_name="assistance")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="行业主管部门")
    words = models.TextField("请求配合的内容")
    asked_at = models.DateTimeField("邀请时间")
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    comes = models.BooleanField("派人配合", null=True)
    people = models.CharField("配合人员", max_length=120, blank=True)
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    opinion = models.TextField("配合意见", blank=True)
    opined_at = models.DateTimeField("提出意见时间", null=True)
    opined_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["office", "-id"])]
        constraints = [models.UniqueConstraint(fields=["task", "office"], name="asked_to_assist_once")]

    def __str__(self) -> str:
        return self.number
