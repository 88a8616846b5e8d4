"""抽取表: a draw, and the two rosters that were frozen before anybody could know its numbers."""

from django.db import models
from django.db.models import F, Q

from touchstone.accounts.actor import Actor
from touchstone.inspections.models.plan import CITY, Plan
from touchstone.inspections.states import DrawState
from touchstone.policy.roles import OfficeKind


class DrawSet(models.QuerySet["Draw"]):
    """Filters over draws."""

    def visible_to(self, actor: Actor) -> "DrawSet":
        """The city all; a district its own."""
        if actor.is_platform or actor.office_kind in CITY:
            return self
        if actor.office_kind is OfficeKind.DISTRICT_BUREAU:
            return self.filter(plan__office_id=actor.office_id)
        return self.none()


class Draw(models.Model):
    """A draw (抽取) of a plan. `quotas` is how many of each stratum; `sources` [{"source", "name", "at", "where"}] the public events its numbers come
    from, `values` [[name, outcome]] what came of them. `record_sealed` is the whole record, opened when its secret is told.

    A draw that was made void stays, with the reason, and `replaces` leads back from the one drawn in its stead.
    """

    number = models.CharField("抽取编号", max_length=24, unique=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="draws")
    sequence = models.PositiveSmallIntegerField("第几次", default=1)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="代替")
    visits_from = models.DateField("检查开始日")
    quotas = models.JSONField("各层抽取数", default=dict)
    frozen_at = models.DateTimeField("名单冻结时间")
    frozen_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    findings = models.JSONField("审查意见", default=list)
    sources = models.JSONField("公共随机数来源", default=list)
    announcement = models.JSONField("公告", default=dict)
    announced_at = models.DateTimeField("公告时间", null=True)
    secret_sealed = models.BinaryField(default=b"")
    values = models.JSONField("公共随机数", default=list)
    entered_at = models.DateTimeField("录入时间", null=True)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    attested_at = models.DateTimeField("复核时间", null=True)
    attested_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    record_sealed = models.BinaryField(default=b"")
    drawn_at = models.DateTimeField("抽取时间", null=True)
    drawn_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    unfilled = models.PositiveSmallIntegerField("配不齐的人次", default=0)
    revealed_at = models.DateTimeField("揭晓时间", null=True)
    void_because = models.TextField("作废理由", blank=True)
    voided_at = models.DateTimeField("作废时间", null=True)
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in DrawState], default=DrawState.FROZEN)

    objects = DrawSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "-id"]), models.Index(fields=["state", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(attested_by__isnull=True) | ~Q(attested_by=F("entered_by")), name="attested_by_another"
            ),
            models.CheckConstraint(condition=Q(values=[]) | Q(entered_at__gt=F("announced_at")), name="announced_before_numbers"),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: DrawState) -> None:
        """The one way a draw's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()


class OnRoster(models.Model):
    """A body on a draw's roster, in the stratum it was in when the roster was frozen, and the district where it would be visited."""

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="roster")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    stratum = models.CharField("层", max_length=32)
    district = models.CharField("检查所在区", max_length=6, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "body"], name="a_body_once_on_a_roster")]

    def __str__(self) -> str:
        return f"{self.draw} {self.body}"


class InspectorOnRoster(models.Model):
    """An inspector on a draw's roster: how many visits at most, and from which bodies (by number) they stay away, with the reasons."""

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="inspectors")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    most = models.PositiveSmallIntegerField("最多家数")
    recused_from = models.JSONField("回避", default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "person"], name="an_inspector_once_on_a_roster")]

    def __str__(self) -> str:
        return f"{self.draw} {self.person}"
