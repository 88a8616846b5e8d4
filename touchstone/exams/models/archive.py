"""档案表: which archive has an evaluation, in which volumes was it bound, who looked into it, and when need it not be kept any longer?

No row is ever deleted. What is corrected after sealing is a new version beside the old one.
"""

from datetime import date

from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.exams.models.plans import Plan
from touchstone.exams.states import ArchiveState
from touchstone.policy.exams.archive import Carrier, Volume


class ArchiveSet(models.QuerySet["Archive"]):
    """Filters over archives."""

    def visible_to(self, actor: Actor) -> "ArchiveSet":
        """Those of the plans an actor sees."""
        return self if actor.is_platform else self.filter(plan__in=Plan.objects.visible_to(actor))


class Archive(models.Model):
    """The archive (评价档案) of one plan under its number (档号); a later version, with its reason, adds to a sealed one.

    `compilation` counts how often its volumes were bound; those of the last count. `lacking` names the papers that are not there.
    """

    number = models.CharField("档号", max_length=24, unique=True)
    plan = models.ForeignKey("exams.Plan", models.PROTECT, related_name="archives")
    version = models.PositiveSmallIntegerField("版次", default=1)
    reason = models.CharField("汇编或补充理由", max_length=200, blank=True)
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in ArchiveState], default=ArchiveState.OWED)
    due_on = models.DateField("应封存日")
    begun_at = models.DateTimeField("建档时间")
    reminded_at = models.DateTimeField("逾期提醒时间", null=True)
    compilation = models.PositiveSmallIntegerField("汇编次数", default=0)
    asked_at = models.DateTimeField("开始汇编时间", null=True)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    compiled_at = models.DateTimeField("汇编完成时间", null=True)
    fault = models.CharField("没有汇编成的原因", max_length=300, blank=True)
    lacking = models.JSONField("缺件", default=list)
    statement = models.TextField("备考说明", blank=True)
    sealed_at = models.DateTimeField("封存时间", null=True)
    sealed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    findings = models.JSONField("封存时的审查意见", default=list)
    paper_until = models.DateField("纸质保存至", null=True)
    electronic_until = models.DateField("电子保存至", null=True)

    objects = ArchiveSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "version"], name="one_archive_per_version"),
            models.UniqueConstraint(fields=["plan"], condition=~Q(state="sealed"), name="one_open_archive_per_plan"),
            models.CheckConstraint(condition=~Q(state="sealed") | Q(sealed_at__isnull=False), name="sealed_at_some_time"),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"]),
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["paper_until"], condition=Q(paper_until__isnull=False), name="archives_by_end"),
        ]

    def __str__(self) -> str:
        return self.number

    def until(self, carrier: Carrier) -> date | None:
        """The day from which it need not be kept any longer on one carrier; None while it is not sealed."""
        return self.paper_until if carrier is Carrier.PAPER else self.electronic_until

    def move_to(self, state: ArchiveState) -> None:
        """The one way an archive's state changes; the operation has checked the move."""
        self.state = state
        self.save()


class ArchiveVolume(models.Model):
    """One bound volume of one compilation: the PDF's fingerprint, and its catalogue as printed."""

    archive = models.ForeignKey(Archive, models.PROTECT, related_name="volumes")
    compilation = models.PositiveSmallIntegerField("汇编次数")
    volume = models.CharField("卷", max_length=16, choices=[(v.value, v.label) for v in Volume])
    attachment = models.ForeignKey("files.Attachment", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField("页数")
    catalogue = models.JSONField("卷内目录", default=list)
    bound_at = models.DateTimeField("汇编时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["archive", "compilation", "volume"], name="one_volume_per_compilation")]

    def __str__(self) -> str:
        return f"{self.archive} {self.get_volume_display()}"


class ArchiveOpening(models.Model):
    """That somebody looked into a volume (查阅), and, of an office, why."""

    archive = models.ForeignKey(Archive, models.PROTECT, related_name="openings")
    volume = models.CharField("卷", max_length=16, choices=[(v.value, v.label) for v in Volume])
    reason = models.CharField("事由", max_length=200, blank=True)
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    opener = models.CharField("查阅人", max_length=160)
    office = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField("查阅时间")

    class Meta:
        indexes = [models.Index(fields=["archive", "-id"])]

    def __str__(self) -> str:
        return f"{self.archive} {self.opener}"


class ArchiveDestruction(models.Model):
    """The decision that an archive is destroyed on one carrier, naming what; the rows that prove it was there stay."""

    archive = models.ForeignKey(Archive, models.PROTECT, related_name="destructions")
    carrier = models.CharField("载体", max_length=12, choices=[(c.value, c.label) for c in Carrier])
    named = models.TextField("销毁内容")
    reason = models.CharField("理由", max_length=200)
    witness = models.CharField("监销人", max_length=60)
    findings = models.JSONField("依据", default=list)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("决定时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["archive", "carrier"], name="one_destruction_per_carrier")]

    def __str__(self) -> str:
        return f"{self.archive} {self.get_carrier_display()}"
