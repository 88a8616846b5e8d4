"""年度抽查计划表: what an office means to inspect by chance in a year, and from whom its inspectors stay away."""

from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.inspections.states import PlanState
from touchstone.policy.inspections import Ground
from touchstone.policy.roles import OfficeKind

CITY = {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}


class PlanSet(models.QuerySet["Plan"]):
    """Filters over plans."""

    def visible_to(self, actor: Actor) -> "PlanSet":
        """The city all; a district its own; everybody else those that are public."""
        if actor.is_platform or actor.office_kind in CITY:
            return self
        if actor.office_kind is OfficeKind.DISTRICT_BUREAU:
            return self.filter(office_id=actor.office_id)
        return self.none()


class Plan(models.Model):
    """A yearly plan (年度抽查计划) of an office. `items` are keys of the list of items, `months` those in which it draws; once approved,
    `rates` holds what each stratum is drawn at and how many bodies were in it that day.
    """

    number = models.CharField("计划编号", max_length=24, unique=True)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="抽查单位")
    year = models.PositiveSmallIntegerField("年度")
    items = models.JSONField("抽查事项", default=list)
    months = models.JSONField("抽查月份", default=list)
    words = models.TextField("重点和安排", blank=True)
    rates = models.JSONField("抽查比例", default=list)
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in PlanState], default=PlanState.DRAFTED)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("编制时间")
    submitted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField("报请时间", null=True)
    opinion = models.TextField("批准或退回意见", blank=True)
    findings = models.JSONField("审查意见", default=list)
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField("批准时间", null=True)

    objects = PlanSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "-year"])]
        constraints = [models.UniqueConstraint(fields=["office", "year"], name="one_inspection_plan_a_year")]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: PlanState) -> None:
        """The one way a plan's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()


class Recusal(models.Model):
    """That an inspector stays away from a body, declared by themselves or put down by their director."""

    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+", verbose_name="检查人员")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="评价机构")
    ground = models.CharField("事由", max_length=20, choices=[(g.value, g.label) for g in Ground])
    words = models.CharField("说明", max_length=200, blank=True)
    declared_at = models.DateTimeField("申报时间")
    declared_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField("解除时间", null=True)
    ended_because = models.CharField("解除理由", max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["office", "ended_at"])]
        constraints = [
            models.UniqueConstraint(fields=["person", "body", "ground"], condition=Q(ended_at__isnull=True), name="one_open_recusal"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.body}"
