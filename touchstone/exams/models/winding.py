"""收尾表: what became of each plan under way when its filing ended, and to which other plan its candidates were to go."""

from django.db import models

from touchstone.exams.states import Fate


class WindingDown(models.Model):
    """The plans of one end (终止) have been gone through; undone with it."""

    termination = models.OneToOneField("filings.Termination", models.PROTECT, related_name="winding_down")
    wound_at = models.DateTimeField("收尾时间")
    undone_at = models.DateTimeField("撤销时间", null=True)

    def __str__(self) -> str:
        return f"{self.termination} 收尾"


class PlanFate(models.Model):
    """What becomes of one plan, why, by when; and, where another body is to take its candidates, which plan was offered and what was said.

    `before` is the state the plan was in, which an undoing restores.
    """

    winding = models.ForeignKey(WindingDown, models.PROTECT, related_name="fates")
    plan = models.ForeignKey("exams.Plan", models.PROTECT, related_name="fates")
    fate = models.CharField("处理", max_length=12, choices=[(f.value, f.label) for f in Fate])
    finding = models.JSONField("认定依据", default=dict)
    finish_by = models.DateField("最迟完成日", null=True)
    before = models.CharField("原状态", max_length=16)
    offered_to = models.ForeignKey("exams.Plan", models.PROTECT, null=True, related_name="offers", verbose_name="拟转入的计划")
    offered_at = models.DateTimeField("提出时间", null=True)
    offered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answer = models.TextField("接收机构意见", blank=True)
    settled_at = models.DateTimeField("了结时间", null=True)
    undone_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["winding", "plan"], name="one_fate_per_plan_and_end")]

    def __str__(self) -> str:
        return f"{self.plan} {self.get_fate_display()}"


class Moved(models.Model):
    """What came of moving one candidate to another body's plan: the new candidacy, or the sentence why not.

    `before` is what was decided of the candidate before the move. When the end is undone, `undoing` is the finding whether the candidate
    comes back, and `returned_at` when.
    """

    fate = models.ForeignKey(PlanFate, models.PROTECT, related_name="moved")
    candidate = models.ForeignKey("exams.Candidate", models.PROTECT, related_name="+")
    became = models.ForeignKey("exams.Candidate", models.PROTECT, null=True, related_name="+")
    sentence = models.CharField("说明", max_length=300)
    moved_at = models.DateTimeField("转入时间")
    before = models.CharField("转出前资格", max_length=16, blank=True)
    undoing = models.JSONField("撤销终止后的处理", default=dict)
    returned_at = models.DateTimeField("转回时间", null=True)

    def __str__(self) -> str:
        return f"{self.candidate} {self.sentence}"
