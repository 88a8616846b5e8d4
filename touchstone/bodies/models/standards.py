"""企业标准表: which standards of its own has an enterprise filed, for which occupation, with which grades and elements?"""

from typing import Any

from django.db import models
from django.db.models import F, Q


class EnterpriseStandard(models.Model):
    """An enterprise's own standard (企业标准) as a second one for 一考双证: it never stands in the place of a national standard.

    `grades` says by national level ("5"…"1") which of the enterprise's grades answers to it. `elements` is
    [{"name", "takes": a part or "" for what is examined for this standard alone, "weight", "pass_mark", "national"}]. Neither is ever changed:
    a new edition is a new row.
    """

    number = models.CharField("登记编号", max_length=40, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="enterprise_standards")
    code = models.CharField("企业标准编号", max_length=60)
    title = models.CharField("企业标准名称", max_length=120)
    occupation_code = models.CharField("职业编码", max_length=12)
    grades = models.JSONField("等级对应", default=dict)
    elements = models.JSONField("要素对应", default=list)
    findings = models.JSONField("登记时的审查意见", default=list)
    since = models.DateField("施行日")
    until = models.DateField("停用日", null=True, blank=True)
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "code"], condition=Q(until__isnull=True), name="enterprise_standard_once"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="enterprise_standard_period"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def grade_at(self, level: int) -> str:
        """The enterprise's grade that answers to a national level; empty where there is none."""
        found: dict[str, Any] = self.grades
        return str(found.get(str(level), ""))
