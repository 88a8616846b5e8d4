"""机构限制表: from what is a body kept away, by which decided case, from which day until which?"""

from django.db import models
from django.db.models import Q

from touchstone.policy.supervision.restrictions import Barred


class BodyRestriction(models.Model):
    """That a body is kept away from something from a day (inclusive) until a day (exclusive), by a case decided above (`通知 三(四)2`).

    Written only from above; read by filing, calls, the naming of models, pilots and the lists of policy support.
    """

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="restrictions")
    barred = models.CharField("限制事项", max_length=12, choices=[(one.value, one.label) for one in Barred])
    since = models.DateField("起")
    until = models.DateField("止")
    case = models.CharField("案件编号", max_length=40)
    clause = models.CharField("依据", max_length=200)
    reason = models.CharField("事由", max_length=300)
    imposed_at = models.DateTimeField("作出时间")
    lifted_on = models.DateField("解除日", null=True)
    lifted_at = models.DateTimeField("解除时间", null=True)
    lifted_because = models.CharField("解除原因", max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["body", "barred", "until"]), models.Index(fields=["case"])]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=models.F("since")), name="body_restriction_period"),
            models.UniqueConstraint(fields=["case", "barred"], condition=Q(lifted_at__isnull=True), name="a_case_restricts_once"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.get_barred_display()} {self.case}"
