"""专项督导表: a special campaign: what it is about, which items, when, and which bodies are in its scope."""

from django.db import models
from django.db.models import F, Q

from touchstone.accounts.actor import Actor
from touchstone.inspections.models.plan import CITY
from touchstone.inspections.states.campaigns import CampaignState
from touchstone.policy.roles import OfficeKind


class CampaignSet(models.QuerySet["Campaign"]):
    """Filters over campaigns."""

    def visible_to(self, actor: Actor) -> "CampaignSet":
        """The city all; a district its own and what the city approved."""
        if actor.is_platform or actor.office_kind in CITY:
            return self
        if actor.office_kind is OfficeKind.DISTRICT_BUREAU:
            approved = Q(state__in=["approved", "closed"], office__kind=OfficeKind.CITY_CENTRE)
            return self.filter(Q(office_id=actor.office_id) | approved)
        return self.none()


class Campaign(models.Model):
    """A special campaign (专项督导). `kinds`, `districts` and `occupations` narrow the bodies in scope, each where it is not empty: kinds of body,
    districts where a body is registered, codes of occupations it is filed for.
    """

    number = models.CharField("专项编号", max_length=24, unique=True)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="组织单位")
    theme = models.CharField("主题", max_length=80)
    words = models.TextField("重点和安排", blank=True)
    items = models.JSONField("检查事项", default=list)
    since = models.DateField("开始日期")
    until = models.DateField("截止日期（不含）", null=True)
    kinds = models.JSONField("机构类别", default=list)
    districts = models.JSONField("所在区", default=list)
    occupations = models.JSONField("职业", default=list)
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in CampaignState], default=CampaignState.DRAFTED)
    made_at = models.DateTimeField("编制时间")
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    opinion = models.TextField("批准或退回意见", blank=True)
    findings = models.JSONField("审查意见", default=list)
    approved_at = models.DateTimeField("批准时间", null=True)
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    summary = models.TextField("总结", blank=True)
    closed_at = models.DateTimeField("总结时间", null=True)

    objects = CampaignSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["office", "-id"]), models.Index(fields=["state", "-id"])]
        constraints = [
            models.CheckConstraint(condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")), name="campaign_approved_by_another"),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: CampaignState) -> None:
        """The one way a campaign's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()
