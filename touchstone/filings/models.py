"""备案表: filings, what they ask for, who agreed, how they were assessed and decided."""

from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.filings.states import WAITING_ON, State
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.roles import OfficeKind


class FilingSet(models.QuerySet["Filing"]):
    """Filters over filings."""

    def visible_to(self, actor: Actor) -> "FilingSet":
        """Territory × industry: the body's own; the district where registered, with a venue, or asked for consent; the field's."""
        kind = actor.office_kind
        if actor.is_platform:
            return self
        if kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(body__office_id=actor.office_id)
        sent = self.exclude(rules_day__isnull=True)  # what was never sent to anybody is the applicant's own
        if kind in {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE, OfficeKind.OPERATOR}:
            return sent
        asked = Q(pk__in=Consent.objects.filter(office_id=actor.office_id).values("filing_id"))
        if kind is OfficeKind.DISTRICT_BUREAU:
            lying_here = ScopeItem.objects.filter(venue__district=actor.district).values("filing_id")
            return sent.filter(Q(body__district=actor.district) | Q(pk__in=lying_here) | asked)
        if kind is OfficeKind.INDUSTRY_AUTHORITY:
            field = Q(body__industry=actor.industry)
            return sent.filter((field & Q(body__district=actor.district) if actor.district else field) | asked)
        return self.none()


class Filing(models.Model):
    """An application to be filed (备案), and, once accepted, the filing itself. Follows the route of `rules_day` to the end.

    `rules_day` is the day the draft was first sent for consent.
    """

    number = models.CharField("备案申请编号", max_length=40, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="filings")
    route = models.CharField("备案路线", max_length=40)
    rules_day = models.DateField("适用规则日", null=True)
    state = models.CharField("状态", max_length=20, choices=[(s.value, s.label) for s in State], default=State.DRAFTED)
    step = models.CharField("环节", max_length=40, blank=True)
    round = models.PositiveSmallIntegerField("提交次数", default=0)
    begun_at = models.DateTimeField("开始填报时间")
    saved_at = models.DateTimeField("最近保存时间")
    submitted_at = models.DateTimeField("首次提交时间", null=True)
    decided_at = models.DateTimeField("决定时间", null=True)
    in_force_from = models.DateField("备案生效日", null=True)
    until = models.DateField("备案截止次日", null=True)

    objects = FilingSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["body", "state"]), models.Index(fields=["state", "-id"])]
        constraints = [
            models.CheckConstraint(condition=~Q(state="accepted") | Q(in_force_from__isnull=False, until__isnull=False), name="accepted_has_term")
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def waits_for(self) -> str:
        return WAITING_ON[State(self.state)].label

    @property
    def state_label(self) -> str:
        return State(self.state).label

    def move_to(self, state: State, *, step: str | None = None) -> None:
        """The one way a filing's state changes; the operation has checked the move."""
        self.state = state
        if step is not None:
            self.step = step
        self.save()


class DraftSection(models.Model):
    """What the applicant writes in one section of the form.

    `revision` counts sittings at the desk, not key strokes: saves of one `session` (one opened page) go into one revision, and of
    two people who opened the same revision the second to save is told.
    """

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="sections")
    key = models.CharField("部分", max_length=24)
    content = models.JSONField("内容", default=dict)
    revision = models.PositiveIntegerField(default=0)
    session = models.CharField(max_length=64, blank=True)
    saved_at = models.DateTimeField("保存时间")
    saved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing", "key"], name="one_draft_per_section")]

    def __str__(self) -> str:
        return f"{self.filing} {self.key}"


class ScopeItem(models.Model):
    """One line of a filing's scope: occupation (trade) × level × standard × venue, with its own days once in force."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="scope")
    occupation = models.ForeignKey("catalogue.Occupation", models.PROTECT, related_name="+")
    trade = models.ForeignKey("catalogue.Trade", models.PROTECT, null=True, blank=True, related_name="+")
    level = models.PositiveSmallIntegerField("等级")
    standard = models.ForeignKey("catalogue.Standard", models.PROTECT, related_name="+")
    venue = models.ForeignKey("bodies.Venue", models.PROTECT, related_name="+")
    since = models.DateField("生效日", null=True)
    until = models.DateField("截止次日", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "occupation", "trade", "level", "venue"], name="scope_item_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="scope_level_range"),
        ]

    def __str__(self) -> str:
        return f"{self.occupation.name}（{self.trade.name}）" if self.trade else self.occupation.name

    @property
    def level_label(self) -> str:
        return Level(self.level).label


class Submission(models.Model):
    """What was submitted in one round: a frozen copy, and what the rules found in it."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="submissions")
    round = models.PositiveSmallIntegerField("次")
    submitted_at = models.DateTimeField("提交时间")
    submitted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    content = models.JSONField("内容")
    findings = models.JSONField("审查意见", default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing", "round"], name="one_submission_per_round")]

    def __str__(self) -> str:
        return f"{self.filing} 第{self.round}次"


class SupplementRequest(models.Model):
    """What the district asked to be put right (退回补正) in one round: in all, and point by point, by section of the form."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="supplements")
    round = models.PositiveSmallIntegerField("次")
    words = models.TextField("补正要求")
    points = models.JSONField("逐项要求", default=dict)
    asked_at = models.DateTimeField("退回时间")
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField("补正期限")
    answered_at = models.DateTimeField("重新提交时间", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing"], condition=Q(answered_at__isnull=True), name="one_open_supplement")]

    def __str__(self) -> str:
        return f"{self.filing} 第{self.round}次退回"


class Consent(models.Model):
    """An office asked whether it agrees (同意) to a scope, frozen as it was shown, and its answer."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="consents")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    scope = models.JSONField("征求同意的范围", default=list)
    asked_at = models.DateTimeField("征求时间")
    due_on = models.DateField("答复期限")
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    given = models.BooleanField("同意", null=True)
    opinion = models.TextField("意见", blank=True)
    reminded_at = models.DateTimeField("催办时间", null=True)
    lapsed_at = models.DateTimeField("不再需要的时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "office"], condition=Q(answered_at__isnull=True, lapsed_at__isnull=True), name="one_open_consent_per_office"
            )
        ]

    def __str__(self) -> str:
        return f"{self.filing} {self.office}"


class TechnicalAssessment(models.Model):
    """A technical assessment (技术评估) of a filing: the score sheet's version, and what came of it."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="assessments")
    round = models.PositiveSmallIntegerField("次")
    sheet = models.CharField("评分表", max_length=60)
    appointed_at = models.DateTimeField("指派时间")
    due_on = models.DateField("完成期限")
    concluded_at = models.DateTimeField("完成时间", null=True)
    score = models.DecimalField("得分", max_digits=5, decimal_places=1, null=True)
    passed = models.BooleanField("合格", null=True)
    findings = models.JSONField("评估意见", default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing", "round"], name="one_assessment_per_round")]

    def __str__(self) -> str:
        return f"{self.filing} 技术评估"


class AssessorSheet(models.Model):
    """One assessor's scores: item key → {score, remark}; each fills in their own, unseen by the other until both are in.

    `returned_at` is when both sheets were given back because they lay too far apart.
    """

    assessment = models.ForeignKey(TechnicalAssessment, models.PROTECT, related_name="sheets")
    assessor = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    recusal = models.TextField("回避声明")
    scores = models.JSONField("评分", default=dict)
    saved_at = models.DateTimeField("保存时间", null=True)
    returned_at = models.DateTimeField("退回会商时间", null=True)
    submitted_at = models.DateTimeField("提交时间", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "assessor"], name="one_sheet_per_assessor")]

    def __str__(self) -> str:
        return f"{self.assessment} {self.assessor}"


class SiteVisit(models.Model):
    """A visit to a venue by both assessors: when, who was met, what was seen. Photos lie among the filing's attachments."""

    assessment = models.ForeignKey(TechnicalAssessment, models.PROTECT, related_name="visits")
    venue = models.ForeignKey("bodies.Venue", models.PROTECT, related_name="+")
    visited_on = models.DateField("踏勘日期")
    met_with = models.CharField("机构陪同人员", max_length=120)
    observations = models.TextField("现场情况")
    recorded_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("确认时间", null=True)

    def __str__(self) -> str:
        return f"{self.venue} {self.visited_on}"


class Decision(models.Model):
    """A decision on a filing, with the findings it rests on, frozen."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="decisions")
    accepted = models.BooleanField("准予")
    opinion = models.TextField("决定意见")
    decided_at = models.DateTimeField("决定时间")
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    findings = models.JSONField("依据", default=list)

    def __str__(self) -> str:
        return f"{self.filing} {'准予' if self.accepted else '不予'}"


class ReportSet(models.QuerySet["CentreReport"]):
    """Filters over reports."""

    def visible_to(self, actor: Actor) -> "ReportSet":
        """The centre and the city bureau see all; a district those it sent."""
        if actor.is_platform or actor.office_kind in {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}:
            return self
        if actor.office_kind is OfficeKind.DISTRICT_BUREAU:
            return self.filter(filing__body__district=actor.district)
        return self.none()


class CentreReport(models.Model):
    """A district's report of an accepted filing to 市职鉴中心: signed for or queried back; there the site code is assigned."""

    number = models.CharField("报送编号", max_length=40, unique=True)
    filing = models.OneToOneField(Filing, models.PROTECT, related_name="report")
    sent_at = models.DateTimeField("报送时间")
    due_on = models.DateField("签收期限")
    query = models.TextField("核询内容", blank=True)
    queried_at = models.DateTimeField("核询时间", null=True)
    answer = models.TextField("答复内容", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    signed_at = models.DateTimeField("签收时间", null=True)
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = ReportSet.as_manager()

    def __str__(self) -> str:
        return self.number

    @property
    def is_queried(self) -> bool:
        return self.queried_at is not None and (self.answered_at is None or self.answered_at < self.queried_at)

    @property
    def state_label(self) -> str:
        return "已签收" if self.signed_at else "核询中" if self.is_queried else "待签收"
