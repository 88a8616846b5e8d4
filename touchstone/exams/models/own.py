"""本人报名表: what has somebody filled in so far who registers themselves?"""

from django.db import models
from django.db.models import Q


class OwnDraft(models.Model):
    """A form of registration that the person is still filling in; it takes no place. Photo and evidence lie under its number.

    `declared` is {"ground", "employment", "employer", "condition", "claims"}, empty until the first page was saved. `candidate` is what
    it became when it was handed in.
    """

    number = models.CharField("报名表编号", max_length=40, unique=True)
    plan = models.ForeignKey("exams.Plan", models.PROTECT, related_name="own_drafts")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    declared = models.JSONField("填报内容", default=dict)
    begun_at = models.DateTimeField("开始时间")
    saved_at = models.DateTimeField("保存时间")
    candidate = models.OneToOneField("exams.Candidate", models.PROTECT, null=True, related_name="own_draft")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "person"], condition=Q(candidate__isnull=True), name="one_own_draft_per_plan")]

    def __str__(self) -> str:
        return self.number
