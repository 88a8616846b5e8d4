"""月报表: which monthly reports were made, for whom, and what did each say?"""

from django.db import models

from touchstone.accounts.actor import Actor
from touchstone.insight.states import ReportState
from touchstone.policy.roles import OfficeKind

CITY = {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}


class ReportSet(models.QuerySet["MonthlyReport"]):
    """Filters over reports."""

    def visible_to(self, actor: Actor) -> "ReportSet":
        """The city those of the whole city; a district its own."""
        if actor.is_platform:
            return self
        if actor.office_kind in CITY:
            return self.filter(district="")
        return self.filter(district=actor.district) if actor.office_kind is OfficeKind.DISTRICT_BUREAU else self.none()


class MonthlyReport(models.Model):
    """A monthly report (月报), of the city or of one district, kept as it was made: its figures, the SHA-256 of their canonical JSON, and the printed
    document under its number. One made anew is another, with the next `edition`."""

    number = models.CharField("月报编号", max_length=24, unique=True)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="编制单位")
    district = models.CharField("区", max_length=6, blank=True)
    month = models.DateField("月份（首日）")
    edition = models.PositiveSmallIntegerField("版次", default=1)
    state = models.CharField("状态", max_length=8, choices=[(s.value, s.label) for s in ReportState], default=ReportState.ASKED)
    figures = models.JSONField("数字", default=dict)
    sha256 = models.CharField("内容哈希", max_length=64, blank=True)
    asked_at = models.DateTimeField("提出时间")
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("生成时间", null=True)
    fault = models.CharField("没有生成的原因", max_length=300, blank=True)

    objects = ReportSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["district", "-month", "-edition"]), models.Index(fields=["state", "asked_at"])]
        constraints = [
            models.UniqueConstraint(fields=["district", "month", "edition"], name="one_report_per_edition"),
            models.UniqueConstraint(fields=["district", "month"], condition=models.Q(state="asked"), name="one_report_being_made"),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: ReportState) -> None:
        """The one way a report's state changes."""
        self.state = state
        self.save()
