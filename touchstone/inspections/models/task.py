"""抽查任务表: which body is visited on which day by whom; nobody is told before the hour."""

from django.db import models
from django.db.models import F, Q

from touchstone.inspections.models.draw import Draw
from touchstone.inspections.states import TaskState
from touchstone.policy.inspections import VisitOutcome


class Task(models.Model):
    """A visit (抽查任务) that came of a draw. Which body it is, is told from `opens_at` on, to the inspectors as to everybody; what it came to, once
    the record of the visit is signed and sealed. `reported_by` signed first, `confirmed_by` second.
    """

    number = models.CharField("任务编号", max_length=32, unique=True)
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="tasks")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    stratum = models.CharField("层", max_length=32)
    district = models.CharField("所在区", max_length=6, blank=True)
    visit_on = models.DateField("检查日期")
    opens_at = models.DateTimeField("揭晓时间")
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in TaskState], default=TaskState.SENT)
    outcome = models.CharField("检查结果", max_length=12, choices=[(o.value, o.label) for o in VisitOutcome], blank=True)
    words = models.TextField("检查情况", blank=True)
    findings = models.JSONField("审查意见", default=list)
    reminded_on = models.DateField("提醒期限的日期", null=True)
    reported_at = models.DateTimeField("填写时间", null=True)
    reported_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("确认公布时间", null=True)
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["draw", "visit_on"]),
            models.Index(fields=["body", "-confirmed_at"]),
            models.Index(fields=["state", "-confirmed_at"]),
            models.Index(fields=["state", "-id"], name="tasks_by_state"),
            *(models.Index(fields=[column, "id"], name=f"tasks_by_{column}") for column in ("visit_on", "confirmed_at")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["draw", "body"], name="a_body_once_in_a_draw"),
            models.CheckConstraint(condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("reported_by")), name="confirmed_by_the_other"),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: TaskState) -> None:
        """The one way a visit's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()


class TaskInspector(models.Model):
    """One of those sent on a visit; the database itself refuses a second visit on a day."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="inspectors")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField("序号")
    visit_on = models.DateField("检查日期")
    standing = models.BooleanField("有效", default=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-visit_on"])]
        constraints = [
            models.UniqueConstraint(fields=["task", "place"], name="one_inspector_a_place"),
            models.UniqueConstraint(fields=["person", "visit_on"], condition=models.Q(standing=True), name="one_visit_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.person}"
