"""远程监控表: an office's watching of a sitting from afar, and what its inspectors saw."""

from django.db import models
from django.db.models import F, Q

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries import registered_in
from touchstone.inspections.models.plan import CITY
from touchstone.inspections.states.watching import WatchState
from touchstone.ledger.key_lists import among
from touchstone.policy.inspections import VisitOutcome
from touchstone.policy.roles import OfficeKind


class WatchSet(models.QuerySet["Watch"]):
    """Filters over watchings."""

    def visible_to(self, actor: Actor) -> "WatchSet":
        """The city all; a district its own and those about bodies registered there; a body those about itself once confirmed."""
        if actor.is_platform or actor.office_kind in CITY:
            return self
        if actor.office_kind is OfficeKind.DISTRICT_BUREAU:
            return self.filter(Q(office_id=actor.office_id) | among("body", registered_in(actor.district)))
        if actor.office_kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(body__office_id=actor.office_id, state=WatchState.CONFIRMED)
        return self.none()


class Watch(models.Model):
    """The watching of a sitting from afar (远程监控记录): one an office and sitting, put down by one inspector and confirmed by another."""

    number = models.CharField("监控编号", max_length=24, unique=True)
    sitting = models.ForeignKey("exams.Sitting", models.PROTECT, related_name="+", verbose_name="场次")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="评价机构")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="监控单位")
    item = models.CharField("督导检查事项", max_length=24)
    campaign = models.CharField("专项督导", max_length=24, blank=True)
    charge = models.JSONField("监管职责", default=dict)
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in WatchState], default=WatchState.OPEN)
    outcome = models.CharField("监控结论", max_length=12, choices=[(o.value, o.label) for o in VisitOutcome], blank=True)
    words = models.TextField("监控情况", blank=True)
    findings = models.JSONField("审查意见", default=list)
    begun_at = models.DateTimeField("开始时间")
    begun_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField("填写时间", null=True)
    reported_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("确认时间", null=True)
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = WatchSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["office", "-id"]),
            models.Index(fields=["body", "-id"]),
            models.Index(fields=["campaign"], condition=~Q(campaign=""), name="watches_of_campaign"),
            # every column that the list can be sorted by
            *(models.Index(fields=[column, "id"], name=f"watches_by_{column}") for column in ("state", "begun_at", "confirmed_at", "campaign")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["office", "sitting"], condition=~Q(state="dropped"), name="one_watch_a_sitting"),
            models.CheckConstraint(condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("reported_by")), name="watch_confirmed_by_the_other"),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: WatchState) -> None:
        """The one way a watching's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()


class Observation(models.Model):
    """What an inspector saw (监控情况): when, in words, whether something was wrong, with the still as it was then under its number."""

    number = models.CharField("编号", max_length=28, unique=True)
    watch = models.ForeignKey(Watch, models.PROTECT, related_name="observations")
    place = models.PositiveSmallIntegerField("序号")
    seen_at = models.DateTimeField("看到的时间")
    words = models.CharField("情况", max_length=600)
    wrong = models.BooleanField("发现问题", default=False)
    camera = models.ForeignKey("inspections.Camera", models.PROTECT, null=True, related_name="+")
    still_sha256 = models.CharField("画面指纹", max_length=64, blank=True)
    noted_at = models.DateTimeField("记录时间")
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    noter = models.CharField("记录人", max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["watch", "place"], name="one_observation_a_place")]

    def __str__(self) -> str:
        return self.number
