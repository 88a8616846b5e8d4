"""公开征集表: projects recommended and selected, calls with their lots, applications with findings and ranks, selections."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.calls.states import ApplicationState, CallState, ProjectState
from touchstone.policy.roles import OfficeKind


def _choices(states: type) -> list[tuple[str, str]]:
    return [(s.value, s.label) for s in states]  # type: ignore[attr-defined]


class Project(models.Model):
    """An evaluation project (评价项目): an occupation (trade) at some levels, recommended by an industry authority, selected by the centre."""

    number = models.CharField("项目编号", max_length=40, unique=True)
    occupation = models.ForeignKey("catalogue.Occupation", models.PROTECT, related_name="+")
    trade = models.ForeignKey("catalogue.Trade", models.PROTECT, null=True, blank=True, related_name="+")
    levels = ArrayField(models.PositiveSmallIntegerField(), verbose_name="等级")
    industry = models.CharField("行业", max_length=40)
    recommended_by_office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="推荐单位")
    reason = models.TextField("推荐理由")
    yearly_demand = models.PositiveIntegerField("预计年评价人次")
    employers = models.PositiveIntegerField("涉及用人单位数")
    recommended_at = models.DateTimeField("推荐时间")
    recommended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    state = models.CharField("状态", max_length=12, choices=_choices(ProjectState), default=ProjectState.RECOMMENDED)
    findings = models.JSONField("遴选依据", default=list)
    opinion = models.TextField("遴选意见", blank=True)
    decided_at = models.DateTimeField("遴选时间", null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["state", "-id"]), models.Index(fields=["industry"])]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "trade"],
                condition=Q(state__in=["recommended", "selected"]),
                name="one_standing_project",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.occupation.name}（{self.trade.name}）" if self.trade else self.occupation.name

    @property
    def state_label(self) -> str:
        return ProjectState(self.state).label

    def move_to(self, state: ProjectState) -> None:
        """The one way a project's state changes; the operation has checked the move."""
        self.state = state
        self.save()


class DemandFigure(models.Model):
    """How many people a year are wanted to be evaluated: an occupation in a district (empty: the whole city), with its source."""

    occupation = models.ForeignKey("catalogue.Occupation", models.PROTECT, related_name="+")
    district = models.CharField("区", max_length=6, blank=True)
    year = models.PositiveSmallIntegerField("年度")
    people = models.PositiveIntegerField("需求人数")
    source = models.CharField("来源", max_length=200)
    entered_at = models.DateTimeField("填报时间")
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["occupation", "district", "year"], name="one_demand_figure")]

    def __str__(self) -> str:
        return f"{self.occupation} {self.district} {self.year}"


class Call(models.Model):
    """A public call (征集) for social bodies, in batches: from when to when, under which conditions, for which lots.

    `conditions` freezes, at publication, the conditions in force that day: their keys, sentences, values and clauses.
    """

    number = models.CharField("征集编号", max_length=40, unique=True)
    title = models.CharField("标题", max_length=120)
    content = models.TextField("公告内容")
    opens_on = models.DateField("开始日")
    closes_on = models.DateField("截止日")
    state = models.CharField("状态", max_length=12, choices=_choices(CallState), default=CallState.DRAFTED)
    conditions = models.JSONField("遴选条件", default=list)
    drafted_at = models.DateTimeField("拟定时间")
    drafted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField("发布时间", null=True)
    ranked_at = models.DateTimeField("排序时间", null=True)
    concluded_at = models.DateTimeField("结束时间", null=True)
    cancelled_because = models.TextField("取消理由", blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "-id"])]
        constraints = [models.CheckConstraint(condition=Q(closes_on__gte=models.F("opens_on")), name="call_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.title

    @property
    def state_label(self) -> str:
        return CallState(self.state).label

    def move_to(self, state: CallState) -> None:
        """The one way a call's state changes; the operation has checked the move."""
        self.state = state
        self.save()


class CallLot(models.Model):
    """What a call seeks: a selected project in a district (empty: the whole city), how many bodies, against which demand."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="lots")
    project = models.ForeignKey(Project, models.PROTECT, related_name="lots")
    district = models.CharField("区", max_length=6, blank=True)
    quota = models.PositiveSmallIntegerField("拟遴选家数")
    demand = models.PositiveIntegerField("年需求人数", default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "project", "district"], name="one_lot")]

    def __str__(self) -> str:
        return f"{self.call} {self.project}"


class ApplicationSet(models.QuerySet["Application"]):
    """Filters over applications."""

    def visible_to(self, actor: Actor) -> "ApplicationSet":
        """The body's own; the city's all once submitted; a district's own lots and bodies; an authority's field."""
        kind = actor.office_kind
        if actor.is_platform:
            return self
        if kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(body__office_id=actor.office_id)
        sent = self.exclude(submitted_at__isnull=True)
        if kind in {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}:
            return sent
        if kind is OfficeKind.DISTRICT_BUREAU:
            return sent.filter(Q(body__district=actor.district) | Q(lot__district=actor.district))
        if kind is OfficeKind.INDUSTRY_AUTHORITY and not actor.district:
            return sent.filter(lot__project__industry=actor.industry)
        return self.none()


class Application(models.Model):
    """A body's application for one lot. `answers` is what it declares, by condition; `checked` what the clerk found to be so.

    `scores` are the points scale by scale, frozen at the ranking; `outcome_reason` says why it was selected or not.
    """

    number = models.CharField("应征编号", max_length=40, unique=True)
    lot = models.ForeignKey(CallLot, models.PROTECT, related_name="applications")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="applications")
    state = models.CharField("状态", max_length=14, choices=_choices(ApplicationState), default=ApplicationState.DRAFTED)
    answers = models.JSONField("申报情况", default=dict)
    statement = models.TextField("评价工作设想", blank=True)
    begun_at = models.DateTimeField("开始填报时间")
    saved_at = models.DateTimeField("最近保存时间")
    submitted_at = models.DateTimeField("提交时间", null=True)
    returned_words = models.TextField("退回说明", blank=True)
    supplement_due_on = models.DateField("补正期限", null=True)
    checked = models.JSONField("核实情况", default=dict)
    findings = models.JSONField("条件审核", default=list)
    qualified = models.BooleanField("符合条件", null=True)
    points = models.DecimalField("得分", max_digits=6, decimal_places=2, null=True)
    scores = models.JSONField("计分明细", default=list)
    rank = models.PositiveSmallIntegerField("名次", null=True)
    outcome_reason = models.TextField("入选与否的理由", blank=True)
    checked_at = models.DateTimeField("核实时间", null=True)
    checked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = ApplicationSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["lot", "rank"]), models.Index(fields=["body", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["lot", "body"], condition=~Q(state="withdrawn"), name="one_application_per_lot")
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state_label(self) -> str:
        return ApplicationState(self.state).label

    def move_to(self, state: ApplicationState) -> None:
        """The one way an application's state changes; the operation has checked the move."""
        self.state = state
        self.save()


class Selection(models.Model):
    """A body selected (遴选确定) to evaluate a project in a district: the second gate passed, good for a filing until a day."""

    application = models.OneToOneField(Application, models.PROTECT, null=True, related_name="selection")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="selections")
    project = models.ForeignKey(Project, models.PROTECT, related_name="selections")
    district = models.CharField("区", max_length=6, blank=True)
    selected_on = models.DateField("确定日")
    until = models.DateField("有效截止次日")
    ground = models.CharField("依据", max_length=200)
    ended_on = models.DateField("取消日", null=True)
    ended_because = models.TextField("取消理由", blank=True)

    class Meta:
        indexes = [models.Index(fields=["body", "project"])]

    def __str__(self) -> str:
        return f"{self.body} {self.project}"
