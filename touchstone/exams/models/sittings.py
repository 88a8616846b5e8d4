"""场次表: sittings, seats with attendance, and scores entered as facts."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from touchstone.exams.states import Part, ScoreSource, SittingPhase


class Sitting(models.Model):
    """A sitting (场次): one part of a plan, in one room, at one time; opened on the day by its internal supervisor, and closed.

    `opened_by` is who opened it: the supervisor, or the planner who let the supervisor in and checked `opened_on` (a proof of identity).
    """

    number = models.CharField("场次编号", max_length=48, unique=True)
    plan = models.ForeignKey("exams.Plan", models.PROTECT, related_name="sittings")
    part = models.CharField("科目", max_length=12, choices=[(p.value, p.label) for p in Part])
    room = models.ForeignKey("bodies.Room", models.PROTECT, related_name="+")
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    invigilators = models.JSONField("监考或考评人员", default=list)
    supervisor = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+", verbose_name="内部质量督导员")
    opened_at = models.DateTimeField("开考时间", null=True)
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    opened_on = models.CharField("督导员身份核验", max_length=24, blank=True)
    closed_at = models.DateTimeField("本场结束时间", null=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="sitting_period")]
        indexes = [
            models.Index(fields=["room", "starts_at"]),
            models.Index(fields=["starts_at", "id"]),
            GinIndex(fields=["invigilators"], name="sittings_by_invigilator", opclasses=["jsonb_path_ops"], fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def phase(self) -> SittingPhase:
        if self.closed_at is not None:
            return SittingPhase.CLOSED
        return SittingPhase.PLANNED if self.opened_at is None else SittingPhase.OPENED


class Seat(models.Model):
    """A candidate's seat in a sitting, and whether they came: as the standing `SignIn` says."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="seats")
    candidate = models.ForeignKey("exams.Candidate", models.PROTECT, related_name="seats")
    seat_number = models.PositiveSmallIntegerField("座位号")
    form = models.CharField("卷别", max_length=2, blank=True)
    present = models.BooleanField("到考", null=True)
    noted_at = models.DateTimeField("登记时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "seat_number"], name="one_candidate_per_seat"),
            models.UniqueConstraint(fields=["sitting", "candidate"], name="one_seat_per_candidate"),
        ]

    def __str__(self) -> str:
        return f"{self.sitting} {self.seat_number}号"


class ScoreEntry(models.Model):
    """A score of one part, from one of the sources of scores; a correction is a new entry that replaces the old one, with its reason.

    `findings` is what the rules said of marks it comes from, stored and never recomputed.
    """

    candidate = models.ForeignKey("exams.Candidate", models.PROTECT, related_name="scores")
    part = models.CharField("科目", max_length=12, choices=[(p.value, p.label) for p in Part])
    value = models.DecimalField("分数", max_digits=5, decimal_places=1)
    source = models.CharField("来源", max_length=12, choices=[(s.value, s.label) for s in ScoreSource], default=ScoreSource.ENTERED)
    findings = models.JSONField("评分意见", default=list)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField("登记时间")
    reason = models.CharField("更正理由", max_length=200, blank=True)
    replaced_at = models.DateTimeField("被更正时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "part"], condition=Q(replaced_at__isnull=True), name="one_standing_score_per_part"),
            models.CheckConstraint(condition=Q(value__range=(0, 100)), name="score_range"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} {self.part} {self.value}"


class VoidedPart(models.Model):
    """That the score of one part counts for nothing, by a case that was decided above; undone when the decision is."""

    candidate = models.ForeignKey("exams.Candidate", models.PROTECT, related_name="voided_parts")
    part = models.CharField("科目", max_length=12, choices=[(p.value, p.label) for p in Part])
    case = models.CharField("案件编号", max_length=40)
    voided_at = models.DateTimeField("作出时间")
    undone_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "part", "case"], condition=Q(undone_at__isnull=True), name="voided_once_by_a_case")
        ]
        indexes = [models.Index(fields=["case"])]

    def __str__(self) -> str:
        return f"{self.candidate} {self.part} {self.case}"
