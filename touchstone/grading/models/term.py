"""期满评估表: what does the whole term of a filing come to, before it is renewed?"""

from django.db import models

from touchstone.accounts.actor import Actor
from touchstone.grading.models.sight import seen_by
from touchstone.grading.states import TermState


class TermEvaluationSet(models.QuerySet["TermEvaluation"]):
    """Filters over expiry evaluations."""

    def visible_to(self, actor: Actor) -> "TermEvaluationSet":
        """The city all; a district those it evaluates; a body its own."""
        return seen_by(actor, self)


class TermEvaluation(models.Model):
    """The end-of-filing evaluation (备案期满评估) of a filing; `told` is what was known when it was decided, as it was shown."""

    number = models.CharField("评估编号", max_length=32, unique=True)
    filing = models.CharField("备案编号", max_length=40)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="评估单位")
    until = models.DateField("备案期满次日")
    state = models.CharField("状态", max_length=8, choices=[(s.value, s.label) for s in TermState], default=TermState.OPEN)
    opened_at = models.DateTimeField("开始时间")
    opinion = models.TextField("评估意见", blank=True)
    opined_at = models.DateTimeField("意见时间", null=True)
    opined_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    told = models.JSONField("评估依据", default=list)
    findings = models.JSONField("审查意见", default=list)
    passed = models.BooleanField("合格", null=True)
    words = models.TextField("结论说明", blank=True)
    decided_at = models.DateTimeField("结论时间", null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = TermEvaluationSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["office", "state"]),
            models.Index(fields=["body", "-id"]),
            models.Index(fields=["state", "until", "number"]),
            # every other column that the list can be sorted by
            *(models.Index(fields=[column, "id"], name=f"terms_by_{column}") for column in ("until", "filing", "passed", "decided_at")),
        ]
        constraints = [models.UniqueConstraint(fields=["filing", "until"], name="one_evaluation_a_term")]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: TermState) -> None:
        """The one way an evaluation's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()
