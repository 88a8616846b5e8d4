"""年度考核表: a round of a year, the assessment of every body in it, and what experts said of those drawn."""

from django.db import models

from touchstone.accounts.actor import Actor
from touchstone.grading.models.sight import seen_by
from touchstone.grading.states import AssessmentState, WorkState
from touchstone.policy.supervision.assessment import Band


class Round(models.Model):
    """The assessment of a year (年度考核). The queue prepares one assessment a body, `done` of `total`; `sample` is the record from which anyone
    draws again whom the experts looked at, under the secret that was promised when it began.
    """

    number = models.CharField("考核编号", max_length=24, unique=True)
    year = models.PositiveSmallIntegerField("年度", unique=True)
    state = models.CharField("状态", max_length=8, choices=[(s.value, s.label) for s in WorkState], default=WorkState.RUNNING)
    done = models.PositiveIntegerField("已办", default=0)
    total = models.PositiveIntegerField("合计", default=0)
    commitment = models.CharField("保密数承诺", max_length=64)
    secret_sealed = models.BinaryField()
    sample = models.JSONField("专家抽查记录", default=dict)
    sampled_at = models.DateTimeField("抽取时间", null=True)
    opened_at = models.DateTimeField("开展时间")
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    looked_after_at = models.DateTimeField("最近进展")

    def __str__(self) -> str:
        return self.number

    @property
    def is_finished(self) -> bool:
        return self.state == WorkState.DONE


class AssessmentSet(models.QuerySet["Assessment"]):
    """Filters over assessments."""

    def visible_to(self, actor: Actor) -> "AssessmentSet":
        """The city all; a district those it assesses first; a body its own."""
        return seen_by(actor, self)


class Assessment(models.Model):
    """A body's year. `known` is what the platform knew when the round began, by heading: {"points", "lines": [[what, value]]}; `report` what the body
    says, by heading: {"points", "words"}; `first` and `second` the points the two offices gave. `office` assesses first.
    """

    number = models.CharField("考核编号", max_length=32, unique=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="assessments")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="assessments")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="初评单位")
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in AssessmentState], default=AssessmentState.REPORTING)
    known = models.JSONField("平台数据", default=dict)
    report = models.JSONField("自评", default=dict)
    summary = models.TextField("自评综述", blank=True)
    saved_at = models.DateTimeField("保存时间", null=True)
    reported_at = models.DateTimeField("提交时间", null=True)
    reported_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    first = models.JSONField("初评分", default=dict)
    first_points = models.FloatField("初评", null=True)
    first_words = models.TextField("初评意见", blank=True)
    first_at = models.DateTimeField("初评时间", null=True)
    first_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    second = models.JSONField("复评分", default=dict)
    second_points = models.FloatField("复评", null=True)
    second_words = models.TextField("复评意见", blank=True)
    gap_because = models.TextField("复评与初评不同的理由", blank=True)
    second_at = models.DateTimeField("复评时间", null=True)
    second_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    sampled = models.BooleanField("专家抽查", default=False)
    points = models.FloatField("得分", null=True)
    band = models.CharField("等次", max_length=12, choices=[(b.value, b.label) for b in Band], blank=True)
    findings = models.JSONField("审查意见", default=list)
    told_at = models.DateTimeField("告知时间", null=True)
    objection = models.TextField("异议", blank=True)
    objected_at = models.DateTimeField("异议时间", null=True)
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    published_at = models.DateTimeField("公布时间", null=True)
    consequence = models.CharField("后续", max_length=24, blank=True)
    reminded_on = models.DateField("最近提醒", null=True)

    objects = AssessmentSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "-id"]),
            models.Index(fields=["office", "state"]),
            models.Index(fields=["body", "-id"]),
            models.Index(fields=["round", "number"]),
            models.Index(fields=["round", "-points", "number"], condition=models.Q(state="published"), name="assessments_published"),
            # every other column that the list can be sorted by
            *(
                models.Index(fields=[column, "id"], name=f"assessments_by_{column}")
                for column in ("band", "points", "first_points", "second_points", "sampled", "reported_at", "published_at")
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["round", "body"], name="one_assessment_a_year")]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: AssessmentState) -> None:
        """The one way an assessment's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()


class ExpertScore(models.Model):
    """What one expert gave an assessment that was drawn."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="expert_scores")
    expert = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    scores = models.JSONField("评分", default=dict)
    points = models.FloatField("得分")
    words = models.TextField("意见")
    scored_at = models.DateTimeField("评分时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "expert"], name="one_score_an_expert")]

    def __str__(self) -> str:
        return f"{self.assessment} {self.points}"
