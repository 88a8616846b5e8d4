"""办案人员表: who handles a case, and who took part in the joint discussion?"""

from django.db import models
from django.db.models import Q


class Officer(models.Model):
    """Somebody who handles a case: invited by a colleague, there once they accept, gone once recused or the case handed on."""

    case = models.ForeignKey("enforcement.Case", models.CASCADE, related_name="officers")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    name = models.CharField("姓名", max_length=60)
    invited_at = models.DateTimeField("邀请时间")
    invited_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField("接受时间", null=True)
    left_at = models.DateTimeField("退出时间", null=True)
    left_because = models.CharField("退出理由", max_length=200, blank=True)
    recused = models.BooleanField("回避", default=False)

    class Meta:
        indexes = [models.Index(fields=["user", "left_at"])]
        constraints = [models.UniqueConstraint(fields=["case", "user"], condition=Q(left_at__isnull=True), name="an_officer_once_in_a_case")]

    def __str__(self) -> str:
        return f"{self.case} {self.name}"


class Discussant(models.Model):
    """Somebody in charge who took part in the joint discussion, in their own words and by their own hand."""

    case = models.ForeignKey("enforcement.Case", models.CASCADE, related_name="discussants")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    name = models.CharField("姓名", max_length=60)
    words = models.TextField("意见")
    signed_at = models.DateTimeField("签字时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="a_discussant_once")]

    def __str__(self) -> str:
        return f"{self.case} {self.name}"
