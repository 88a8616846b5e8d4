"""登分表: what did two people type apart from each other, when were scores locked, which were drawn to be looked at again, and what was seen?"""

from django.db import models
from django.db.models import Q

from touchstone.exams.states import Part, ReviewOutcome


class Keying(models.Model):
    """A score as one of two people typed it from the paper, unseen by the other. Typed anew, the old one is kept; once compared, it stands."""

    candidate = models.ForeignKey("exams.Candidate", models.PROTECT, related_name="keyings")
    part = models.CharField("科目", max_length=12, choices=[(p.value, p.label) for p in Part])
    turn = models.PositiveSmallIntegerField("次序", choices=[(1, "第一人"), (2, "第二人")])
    value = models.DecimalField("分数", max_digits=5, decimal_places=1)
    typed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    typed_at = models.DateTimeField("录入时间")
    compared_at = models.DateTimeField("比对时间", null=True)
    replaced_at = models.DateTimeField("改录时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "part", "turn"], condition=Q(replaced_at__isnull=True), name="one_keying_per_turn"),
            models.UniqueConstraint(fields=["candidate", "part", "typed_by"], condition=Q(replaced_at__isnull=True), name="one_keying_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} {self.part} {self.get_turn_display()} {self.value}"


class ScoreLock(models.Model):
    """That the scores of a plan are settled and change no more, but by a re-mark or an error found in review; lifted by the leader's reason."""

    plan = models.ForeignKey("exams.Plan", models.PROTECT, related_name="score_locks")
    round = models.PositiveSmallIntegerField("次序")
    locked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    locked_at = models.DateTimeField("锁定时间")
    unlocked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    unlocked_at = models.DateTimeField("解锁时间", null=True)
    unlock_reason = models.CharField("解锁理由", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan"], condition=Q(unlocked_at__isnull=True), name="one_lock_at_a_time"),
            models.UniqueConstraint(fields=["plan", "round"], name="one_lock_per_round"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} 第{self.round}次锁定"


class ScoreReview(models.Model):
    """The review of locked scores by sample: `draws` are the records from which anyone may draw again, one for each part."""

    lock = models.OneToOneField(ScoreLock, models.PROTECT, related_name="review")
    draws = models.JSONField("抽签记录", default=list)
    findings = models.JSONField("抽取意见", default=list)
    drawn_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField("抽取时间")
    whole_at = models.DateTimeField("改为整批复核的时间", null=True)
    finished_at = models.DateTimeField("复核完毕时间", null=True)

    def __str__(self) -> str:
        return f"{self.lock} 复核"


class ReviewedScore(models.Model):
    """One score that is looked at again: what the reviewer read on the paper (without being shown the score), and what it came to."""

    review = models.ForeignKey(ScoreReview, models.PROTECT, related_name="rows")
    entry = models.ForeignKey("exams.ScoreEntry", models.PROTECT, related_name="reviewed")
    why = models.CharField("来由", max_length=12, choices=[("drawn", "抽中"), ("differed", "录入不一致"), ("whole", "整批复核")])
    outcome = models.CharField("结果", max_length=12, choices=[(o.value, o.label) for o in ReviewOutcome], default=ReviewOutcome.WAITING)
    seen = models.DecimalField("复核所见", max_digits=5, decimal_places=1, null=True)
    seen_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField("复核时间", null=True)
    settled_reason = models.CharField("核实说明", max_length=200, blank=True)
    settled_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField("核实时间", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "entry"], name="one_review_per_score")]

    def __str__(self) -> str:
        return f"{self.review} {self.entry}"
