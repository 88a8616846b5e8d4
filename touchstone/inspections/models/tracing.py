"""问题回溯表: a body's tracing back from one bad thing, what was found at each head, and who answers for it."""

from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries import registered_in
from touchstone.inspections.models.plan import CITY
from touchstone.inspections.states.tracing import TracingState
from touchstone.ledger.key_lists import among
from touchstone.policy.roles import OfficeKind
from touchstone.policy.supervision.records import Source


class TracingSet(models.QuerySet["Tracing"]):
    """Filters over tracings."""

    def visible_to(self, actor: Actor) -> "TracingSet":
        """The city all; a district those it asked for and those of bodies registered there; a body its own."""
        if actor.is_platform or actor.office_kind in CITY:
            return self
        if actor.office_kind is OfficeKind.DISTRICT_BUREAU:
            return self.filter(Q(office_id=actor.office_id) | among("body", registered_in(actor.district)))
        if actor.office_kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(body__office_id=actor.office_id)
        return self.none()


class Tracing(models.Model):
    """A tracing back (问题回溯) from one bad certificate, question, assessor or camera gap. `office` asked for it, or nobody did and the body began
    it itself. `nobody_because` is why nobody is held to account.
    """

    number = models.CharField("回溯编号", max_length=24, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="评价机构")
    source = models.CharField("起点", max_length=12, choices=[(s.value, s.label) for s in Source])
    reference = models.CharField("起点编号", max_length=48)
    told = models.CharField("起点说明", max_length=200)
    reason = models.TextField("问题")
    office = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+", verbose_name="要求单位")
    origin = models.CharField("来源编号", max_length=40, blank=True)
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in TracingState], default=TracingState.OPEN)
    due_on = models.DateField("完成期限", null=True)
    begun_at = models.DateTimeField("提出时间")
    begun_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    nobody_because = models.CharField("无人有责的理由", max_length=600, blank=True)
    overdue_at = models.DateTimeField("逾期登记时间", null=True)
    findings = models.JSONField("审查意见", default=list)
    finished_at = models.DateTimeField("完成时间", null=True)
    finished_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = TracingSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["body", "-id"]),
            models.Index(fields=["office", "-id"]),
            models.Index(fields=["id"], condition=Q(overdue_at__isnull=False), name="tracings_late"),
            # every column that the list can be sorted by
            *(
                models.Index(fields=[column, "id"], name=f"tracings_by_{column}")
                for column in ("source", "reference", "state", "begun_at", "due_on", "finished_at")
            ),
            models.Index(fields=["due_on"], condition=~Q(state="finished") & Q(due_on__isnull=False), name="tracings_owed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["body", "source", "reference"], condition=~Q(state="finished"), name="one_open_tracing_a_thing"),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: TracingState) -> None:
        """The one way a tracing's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()


class TracedHead(models.Model):
    """One head of a tracing: how many things it touched when it was looked into, and what was found and done."""

    tracing = models.ForeignKey(Tracing, models.PROTECT, related_name="heads")
    head = models.CharField("范围", max_length=60)
    count = models.PositiveIntegerField("涉及数")
    words = models.TextField("回溯结果")
    noted_at = models.DateTimeField("填写时间")
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tracing", "head"], name="one_note_a_head")]

    def __str__(self) -> str:
        return f"{self.tracing} {self.head}"


class HeldToAccount(models.Model):
    """Who answers for it, and how that was handled (责任追究)."""

    tracing = models.ForeignKey(Tracing, models.PROTECT, related_name="accountable")
    name = models.CharField("责任人", max_length=60)
    post = models.CharField("职责", max_length=60, blank=True)
    handling = models.CharField("处理", max_length=300)
    noted_at = models.DateTimeField("登记时间")
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.tracing} {self.name}"
