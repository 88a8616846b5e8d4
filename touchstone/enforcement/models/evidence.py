"""证据表: which pieces does a case rest on, where did each come from, who took it, and what is its hash?"""

from django.db import models


class Evidence(models.Model):
    """One piece: a file (`attachment`), or a row of the platform (`ref_kind`, `ref_number`) as it stood when it was taken (`held`)."""

    case = models.ForeignKey("enforcement.Case", models.CASCADE, related_name="evidence")
    place = models.PositiveSmallIntegerField("序号")
    title = models.CharField("名称", max_length=160)
    origin = models.CharField("来源", max_length=160, blank=True)
    taken_by = models.CharField("取证人", max_length=120, blank=True)
    taken_on = models.DateField("取证日", null=True)
    attachment = models.CharField("附件编号", max_length=40, blank=True)
    ref_kind = models.CharField("平台记录类别", max_length=16, blank=True)
    ref_number = models.CharField("平台记录编号", max_length=40, blank=True)
    held = models.JSONField("取证时的内容", default=dict)
    sha256 = models.CharField("指纹", max_length=64, blank=True)
    added_at = models.DateTimeField("登记时间")
    added_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField("撤下时间", null=True)
    withdrawn_because = models.CharField("撤下理由", max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "place"], name="evidence_place")]

    def __str__(self) -> str:
        return f"{self.case} 证据{self.place}"

    @property
    def is_listed(self) -> bool:
        """Whether it says where it came from and who took it, and is fixed by a hash."""
        return bool(self.origin and self.taken_by and self.sha256)
