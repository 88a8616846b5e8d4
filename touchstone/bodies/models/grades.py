"""机构等级表: which grade has a body, from when to when, why, and by which run or case?"""

from django.db import models
from django.db.models import F, Q

from touchstone.policy.supervision.grade import Grade


class BodyGrade(models.Model):
    """A grade (机构等级) a body has from `since` on, until the day after its last: written down from above, never changed, superseded by the next.

    `reasons` holds what it rests on, as it was told: {"indicators": [{"title", "weight", "share", "words", "source"}], "capped", "way_up"}. `run` is
    the number of what set it.
    """

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="grades")
    grade = models.CharField("等级", max_length=8, choices=[(one.value, one.label) for one in Grade])
    points = models.FloatField("得分", null=True)
    since = models.DateField("起始日")
    until = models.DateField("失效日")
    reasons = models.JSONField("定级依据", default=dict)
    adjusted_because = models.CharField("调整理由", max_length=500, blank=True)
    run = models.CharField("定级编号", max_length=40)
    set_at = models.DateTimeField("记录时间")
    set_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="body_grade_period"),
            models.UniqueConstraint(fields=["body", "run"], name="one_grade_by_a_run"),
        ]
        indexes = [models.Index(fields=["body", "-since", "-id"]), models.Index(fields=["grade", "until"])]

    def __str__(self) -> str:
        return f"{self.body} {self.get_grade_display()}"
