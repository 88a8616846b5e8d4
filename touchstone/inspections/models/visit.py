"""检查表: a visit to a body, by whom, what is looked at, where the phones were, and how it was sealed."""

from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.inspections.models.plan import CITY
from touchstone.inspections.models.task import Task
from touchstone.inspections.states import VisitState
from touchstone.policy.inspections import VisitOutcome
from touchstone.policy.roles import OfficeKind


class VisitSet(models.QuerySet["Visit"]):
    """Filters over visits."""

    def visible_to(self, actor: Actor) -> "VisitSet":
        """The city all; a district what it inspects itself; a body those at itself."""
        if actor.is_platform or actor.office_kind in CITY:
            return self
        if actor.office_kind is OfficeKind.DISTRICT_BUREAU:
            return self.filter(office_id=actor.office_id)
        if actor.office_kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(body__office_id=actor.office_id)
        return self.none()


class Visit(models.Model):
    """An inspection on the spot (检查): of a drawn task, whose number it bears, or a daily check of an office's own accord (`task` is none).

    `items` are keys of the list of items. `hindrance` is why the questions could not be put (an outcome), told in `words`; `refusal` why nobody of
    the body signed. `campaign` is the number of a special campaign, `place` the venue or sitting (by number) that was visited, where one was named.
    """

    number = models.CharField("检查编号", max_length=32, unique=True)
    task = models.OneToOneField(Task, models.PROTECT, null=True, related_name="visit", verbose_name="抽查任务")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="检查单位")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="评价机构")
    place = models.CharField("考核点或场次", max_length=48, blank=True)
    place_words = models.CharField("检查地点", max_length=200, blank=True)
    campaign = models.CharField("专项督导", max_length=32, blank=True, db_index=True)
    items = models.JSONField("检查事项", default=list)
    visit_on = models.DateField("检查日期")
    state = models.CharField("状态", max_length=8, choices=[(s.value, s.label) for s in VisitState], default=VisitState.OPEN)
    begun_at = models.DateTimeField("开始时间")
    begun_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    hindrance = models.CharField("未能检查", max_length=12, choices=[(o.value, o.label) for o in VisitOutcome], blank=True)
    words = models.TextField("未能检查的情况", blank=True)
    refusal = models.CharField("机构没有签字的情况", max_length=500, blank=True)
    outcome = models.CharField("检查结果", max_length=12, choices=[(o.value, o.label) for o in VisitOutcome], blank=True)
    score = models.FloatField("得分", null=True)
    findings = models.JSONField("审查意见", default=list)
    sealed_at = models.DateTimeField("封存时间", null=True)
    sealed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    record_sha256 = models.CharField("检查记录的SHA-256", max_length=64, blank=True)

    objects = VisitSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["office", "-visit_on", "-id"]),
            models.Index(fields=["body", "-visit_on", "-id"]),
            models.Index(fields=["state", "-sealed_at"]),
            models.Index(fields=["campaign", "-visit_on"], condition=~Q(campaign=""), name="visits_of_campaigns"),
            models.Index(fields=["state", "-id"], name="visits_by_state"),
            # every other column that the list can be sorted by
            *(models.Index(fields=[column, "id"], name=f"visits_by_{column}") for column in ("visit_on", "outcome", "score", "sealed_at")),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(state="sealed") | Q(sealed_at__isnull=False, record_sha256__gt=""), name="sealed_with_its_record"),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: VisitState) -> None:
        """The one way a visit's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()


class VisitInspector(models.Model):
    """One of those who inspect."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="inspectors")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+", verbose_name="检查人员")
    place = models.PositiveSmallIntegerField("序号")

    class Meta:
        indexes = [models.Index(fields=["person", "-id"])]
        constraints = [models.UniqueConstraint(fields=["visit", "person"], name="an_inspector_once_a_visit")]

    def __str__(self) -> str:
        return f"{self.visit} {self.person}"


class Position(models.Model):
    """Where an inspector's phone was (degrees, WGS 84; `accuracy` and `distance` to the nearest known place of the body in metres), or why it does
    not say. Nobody has to give it.
    """

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="positions")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    client_key = models.CharField(max_length=64)
    latitude = models.FloatField("纬度", null=True)
    longitude = models.FloatField("经度", null=True)
    accuracy = models.FloatField("误差", null=True)
    distance = models.FloatField("距已知地点", null=True)
    measured_from = models.CharField("已知地点", max_length=160, blank=True)
    unknown_because = models.CharField("没有定位的理由", max_length=200, blank=True)
    noted_at = models.DateTimeField("定位时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "client_key"], name="position_noted_once")]

    def __str__(self) -> str:
        return f"{self.visit} {self.person}"
