"""会同办理表: which other authority was asked about a case, by when, and what did it say?"""

from django.db import models


class Help(models.Model):
    """An opinion asked of another authority: police, market supervision, the industry's. Its people see the summary of that one case, and answer."""

    case = models.ForeignKey("enforcement.Case", models.CASCADE, related_name="helps")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="协办部门")
    question = models.TextField("请提出意见的事项")
    asked_at = models.DateTimeField("征求时间")
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField("答复期限")
    opinion = models.TextField("意见", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answerer = models.CharField("答复人", max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(fields=["office", "answered_at"])]
        constraints = [models.UniqueConstraint(fields=["case", "office"], name="asked_once_of_an_office")]

    def __str__(self) -> str:
        return f"{self.case} {self.office}"
