"""题库指导表: what did those who guide a bank write to it, and what did the bank answer?"""

from django.db import models


class GuidanceNote(models.Model):
    """A note of guidance (指导意见) of a district or the centre to the bank of a body, and the answer. It never holds what a question says."""

    bank = models.ForeignKey("questions.Bank", models.PROTECT, related_name="guidance")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="指导单位")
    content = models.CharField("指导意见", max_length=1000)
    written_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField("提出时间")
    answer = models.CharField("答复", max_length=1000, blank=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        indexes = [models.Index(fields=["bank", "-id"])]

    def __str__(self) -> str:
        return f"{self.bank} {self.written_at}"
