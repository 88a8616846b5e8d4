"""机构定级表: a run that computes the grades of all bodies, and what it proposed for each, as far as it got."""

from django.db import models

from touchstone.accounts.actor import Actor
from touchstone.grading.models.sight import seen_by
from touchstone.grading.states import GradeState, WorkState
from touchstone.policy.roles import OfficeKind
from touchstone.policy.supervision.grade import Grade

_GRADES = [(one.value, one.label) for one in Grade]


class GradeRun(models.Model):
    """A run (定级) over every body with a filing in force; `last_body` is the key of the body it has reached."""

    number = models.CharField("定级批次", max_length=24, unique=True)
    state = models.CharField("状态", max_length=8, choices=[(s.value, s.label) for s in WorkState], default=WorkState.RUNNING)
    done = models.PositiveIntegerField("已办", default=0)
    total = models.PositiveIntegerField("合计", default=0)
    last_body = models.PositiveBigIntegerField(default=0)
    begun_at = models.DateTimeField("开始时间")
    begun_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    looked_after_at = models.DateTimeField("最近进展")
    finished_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["state"], condition=models.Q(state="running"), name="one_grade_run_at_a_time")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_finished(self) -> bool:
        return self.state == WorkState.DONE


class GradeLineSet(models.QuerySet["GradeLine"]):
    """Filters over proposed grades."""

    def visible_to(self, actor: Actor) -> "GradeLineSet":
        """The city all; a district those of bodies it leads on; a body its own once confirmed."""
        seen = seen_by(actor, self)
        own = actor.office_kind is OfficeKind.ASSESSMENT_BODY
        return seen.exclude(state__in=[GradeState.PROPOSED, GradeState.REVIEWED]) if own else seen


class GradeLine(models.Model):
    """A body's grade as a run proposed it. `indicators` [{"key", "title", "weight", "share", "points", "words", "rows", "more"}] are its reasons,
    `way_up` sentences; `given` is the grade the office reviewed it to, `because` why where it differs from `computed`.
    """

    number = models.CharField("定级编号", max_length=32, unique=True)
    run = models.ForeignKey(GradeRun, models.PROTECT, related_name="lines")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="复核单位")
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in GradeState], default=GradeState.PROPOSED)
    computed = models.CharField("计算等级", max_length=8, choices=_GRADES)
    points = models.FloatField("得分", null=True)
    indicators = models.JSONField("指标", default=list)
    year = models.JSONField("计算依据", default=dict)
    way_up = models.JSONField("提升途径", default=list)
    capped = models.CharField("限制", max_length=200, blank=True)
    given = models.CharField("等级", max_length=8, choices=_GRADES)
    because = models.CharField("调整理由", max_length=500, blank=True)
    findings = models.JSONField("审查意见", default=list)
    reviewed_at = models.DateTimeField("复核时间", null=True)
    reviewed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("确认时间", null=True)
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    objection = models.TextField("异议", blank=True)
    objected_at = models.DateTimeField("异议时间", null=True)
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)

    objects = GradeLineSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "-id"]),
            models.Index(fields=["office", "state"]),
            models.Index(fields=["body", "-id"]),
            models.Index(fields=["-run", "number"]),
            models.Index(fields=["office", "-run", "number"]),
            # every other column that the list can be sorted by
            *(models.Index(fields=[column, "id"], name=f"grades_by_{column}") for column in ("computed", "points", "given", "confirmed_at")),
        ]
        constraints = [models.UniqueConstraint(fields=["run", "body"], name="one_grade_line_a_run")]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: GradeState) -> None:
        """The one way a line's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()
