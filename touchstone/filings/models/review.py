"""备案审查表: who agreed, how was a filing assessed, reviewed and decided, who asked whom beside the route?"""

from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.policy.roles import OfficeKind


class Consent(models.Model):
    """An office asked whether it agrees (同意) to a scope, frozen as it was shown, and its answer.

    `group` is the key of the step of the route that asks (consent, consent_of_authority, consent_of_venues). `escalated_at` is when an
    overdue answer was put before the director of the office asked.
    """

    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="consents")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    group = models.CharField("环节", max_length=32, default="consent")
    scope = models.JSONField("征求同意的范围", default=list)
    asked_at = models.DateTimeField("征求时间")
    due_on = models.DateField("答复期限")
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    given = models.BooleanField("同意", null=True)
    opinion = models.TextField("意见", blank=True)
    reminded_at = models.DateTimeField("催办时间", null=True)
    escalated_at = models.DateTimeField("提请督办时间", null=True)
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
    """A technical assessment (技术评估) of a filing: the score sheet's version, and what came of it.

    One stands per round; one sent back to be done again is `superseded_at` and stays readable.
    """

    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="assessments")
    round = models.PositiveSmallIntegerField("次")
    sheet = models.CharField("评分表", max_length=60)
    appointed_at = models.DateTimeField("指派时间")
    due_on = models.DateField("完成期限")
    concluded_at = models.DateTimeField("完成时间", null=True)
    score = models.DecimalField("得分", max_digits=5, decimal_places=1, null=True)
    passed = models.BooleanField("合格", null=True)
    findings = models.JSONField("评估意见", default=list)
    superseded_at = models.DateTimeField("退回重做时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "round"], condition=Q(superseded_at__isnull=True), name="one_assessment_per_round")
        ]

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
    """A visit to a venue by both assessors: when, who was met, what was seen. Photos lie among the filing's attachments.

    `checks` says of each subject how it stands to what was filed: {subject: {"seen": …, "words": …}}. `latitude`, `longitude` in degrees
    (WGS 84) and `accuracy` in metres are what the phone said; where it said nothing, `place_unknown` says why. `client_key` names the record
    on the phone that wrote it offline, so that a record sent twice is kept once. `revision` counts how often it was written over, so that of
    two devices that changed the same version the second is told. `objection` is why the other assessor would not confirm it as it stood.
    """

    assessment = models.ForeignKey(TechnicalAssessment, models.PROTECT, related_name="visits")
    venue = models.ForeignKey("bodies.Venue", models.PROTECT, related_name="+")
    visited_on = models.DateField("踏勘日期")
    met_with = models.CharField("机构陪同人员", max_length=120)
    observations = models.TextField("现场情况")
    latitude = models.FloatField("纬度", null=True)
    longitude = models.FloatField("经度", null=True)
    accuracy = models.FloatField("定位精度", null=True)
    place_unknown = models.CharField("没有定位的理由", max_length=200, blank=True)
    checks = models.JSONField("逐项核对", default=dict)
    revision = models.PositiveSmallIntegerField("修改次数", default=0)
    objection = models.TextField("另一名评估员的异议", blank=True)
    noted_at = models.DateTimeField("现场记录时间", null=True)
    client_key = models.CharField(max_length=64, blank=True)
    recorded_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("确认时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "client_key"], condition=~Q(client_key=""), name="visit_written_once")
        ]

    def __str__(self) -> str:
        return f"{self.venue} {self.visited_on}"


class FirstOpinion(models.Model):
    """The district's first opinion (初审意见) on a school's application, before the city's experts look at it."""

    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="first_opinions")
    round = models.PositiveSmallIntegerField("次")
    favourable = models.BooleanField("同意上报")
    opinion = models.TextField("初审意见")
    given_at = models.DateTimeField("提出时间")
    given_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField("退回重做时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "round"], condition=Q(superseded_at__isnull=True), name="one_first_opinion_per_round")
        ]

    def __str__(self) -> str:
        return f"{self.filing} 初审意见"


class ExpertPanel(models.Model):
    """The city's expert re-review (专家复核) of one round: an odd panel, blind until everybody's opinion is in."""

    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="panels")
    round = models.PositiveSmallIntegerField("次")
    appointed_at = models.DateTimeField("组成时间")
    appointed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField("完成期限")
    concluded_at = models.DateTimeField("完成时间", null=True)
    passed = models.BooleanField("通过", null=True)
    findings = models.JSONField("复核意见", default=list)
    superseded_at = models.DateTimeField("退回重做时间", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing", "round"], condition=Q(superseded_at__isnull=True), name="one_panel_per_round")]

    def __str__(self) -> str:
        return f"{self.filing} 专家复核"


class PanelMember(models.Model):
    """One expert of a panel: the statement on recusal, and the opinion nobody else sees before all are in.

    `recusal` is the appointing officer's; `declared_at` is when the expert declared to have no tie to the applicant. `replaced_at`
    ends a member who had to step down.
    """

    panel = models.ForeignKey(ExpertPanel, models.PROTECT, related_name="members")
    expert = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    recusal = models.TextField("回避核查")
    declared_at = models.DateTimeField("回避声明时间", null=True)
    favourable = models.BooleanField("同意", null=True)
    opinion = models.TextField("复核意见", blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True)
    replaced_at = models.DateTimeField("更换时间", null=True)
    replaced_because = models.TextField("更换理由", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["panel", "expert"], condition=Q(replaced_at__isnull=True), name="one_seat_per_expert")
        ]

    def __str__(self) -> str:
        return f"{self.panel} {self.expert}"


class AddedOpinion(models.Model):
    """An opinion asked for beside the route (加签): of an office, at a step, which waits for it until answered or called back."""

    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="added_opinions")
    step = models.CharField("环节", max_length=40)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    role = models.CharField("岗位", max_length=32)
    question = models.TextField("需要说明的问题")
    asked_at = models.DateTimeField("提出时间")
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField("答复期限")
    answer = models.TextField("意见", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    called_back_at = models.DateTimeField("撤回时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "step", "office", "role"],
                condition=Q(answered_at__isnull=True, called_back_at__isnull=True),
                name="one_open_added_opinion",
            )
        ]

    def __str__(self) -> str:
        return f"{self.filing} 加签 {self.office}"


class ReturnedStep(models.Model):
    """A case sent back under review from one step to an earlier one (退回到环节), with words."""

    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="returned_steps")
    round = models.PositiveSmallIntegerField("次")
    left = models.CharField("退回前环节", max_length=40)
    returned_to = models.CharField("退回到环节", max_length=40)
    words = models.TextField("退回理由")
    returned_at = models.DateTimeField("退回时间")
    returned_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.filing} {self.left} → {self.returned_to}"


class Decision(models.Model):
    """A decision on a filing, with the findings it rests on, frozen."""

    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="decisions")
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
    """An accepted filing before the registrar of 市职鉴中心, who registers it and assigns the site code.

    From a district (C2) it is that district's report, signed for or queried back; what the centre itself decided comes to its own registrar.
    """

    number = models.CharField("报送编号", max_length=40, unique=True)
    filing = models.OneToOneField("filings.Filing", models.PROTECT, related_name="report")
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
