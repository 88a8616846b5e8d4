"""学徒名册表: who learns which occupation with an enterprise, under which agreement and master, until when, and at which level was it fixed?"""

from django.db import models
from django.db.models import F, Q


class Apprenticeship(models.Model):
    """An apprenticeship (学徒) with an enterprise, from `since` until the day after its last; the agreement lies among the files of its number.

    `level_fixed` is what the evaluation at its end came to (转正定级), by which plan; whoever failed may be evaluated again.
    """

    number = models.CharField("学徒编号", max_length=40, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="apprenticeships")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    occupation_code = models.CharField("所学职业", max_length=12)
    agreement = models.CharField("培养协议编号", max_length=60)
    master = models.CharField("师傅", max_length=60)
    master_skill = models.CharField("师傅的技能等级或职称", max_length=60, blank=True)
    trained_by = models.CharField("培训机构", max_length=120, blank=True)
    since = models.DateField("学徒期起")
    until = models.DateField("学徒期满次日")
    ended_on = models.DateField("提前结束日", null=True, blank=True)
    ended_because = models.CharField("提前结束的原因", max_length=200, blank=True)
    level_fixed = models.PositiveSmallIntegerField("所定等级", null=True)
    fixed_on = models.DateField("定级日期", null=True)
    fixed_by = models.CharField("定级依据的计划", max_length=40, blank=True)
    record_number = models.CharField("转正定级编号", max_length=40, blank=True)
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "person"], condition=Q(ended_on__isnull=True, fixed_on__isnull=True), name="one_open_apprenticeship"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="apprenticeship_period"),
        ]
        indexes = [models.Index(fields=["body", "until"])]

    def __str__(self) -> str:
        return f"{self.person} {self.number}"
