"""综合评审表: which papers did a candidate hand in, who read them, how was the defence held, and who signed its minutes?"""

from django.db import models
from django.db.models import Q


class PanelPaper(models.Model):
    """A paper (论文, 技术总结, 业绩材料) handed in for the panel; of the first two the latest counts. What was handed in is never deleted.

    `reason` is why the body took it after its last day. The bytes lie under `case_of(candidate)`, apart from the evidence of the registration.
    """

    candidate = models.ForeignKey("exams.Candidate", models.PROTECT, related_name="panel_papers")
    kind = models.CharField("类别", max_length=16)
    title = models.CharField("题目", max_length=120)
    attachment = models.ForeignKey("files.Attachment", models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField("页数", default=1)
    reason = models.CharField("逾期理由", max_length=200, blank=True)
    handed_in_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    handed_in_at = models.DateTimeField("提交时间")
    ended_at = models.DateTimeField("被替换或撤回时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "kind"], condition=Q(ended_at__isnull=True) & ~Q(kind="achievements"), name="one_standing_panel_paper"
            )
        ]

    def __str__(self) -> str:
        return self.title


class PaperOpening(models.Model):
    """That a member of the panel opened a paper (审阅), by which assignment and when."""

    paper = models.ForeignKey(PanelPaper, models.PROTECT, related_name="openings")
    assignment = models.ForeignKey("experts.Assignment", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("打开时间")

    class Meta:
        indexes = [models.Index(fields=["paper", "assignment"])]

    def __str__(self) -> str:
        return f"{self.paper} {self.opened_at}"


class Defence(models.Model):
    """One candidate's defence before the panel, its time kept by the server. `version` counts how often its minutes were opened again."""

    number = models.CharField("答辩编号", max_length=56, unique=True)
    seat = models.OneToOneField("exams.Seat", models.PROTECT, related_name="defence")
    begun_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("结束时间", null=True)
    short_reason = models.CharField("时间不足的原因", max_length=200, blank=True)
    findings = models.JSONField("核对结果", default=list)
    version = models.PositiveSmallIntegerField("版次", default=1)

    def __str__(self) -> str:
        return self.number


class DefenceQuestion(models.Model):
    """A question put to a candidate, by whom, and what was answered; kept once by `key`, which the page made. Struck out, never altered."""

    defence = models.ForeignKey(Defence, models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey("experts.Assignment", models.PROTECT, related_name="+", verbose_name="提问委员")
    question = models.CharField("问题", max_length=500)
    answer = models.TextField("回答要点", blank=True)
    key = models.CharField("提交键", max_length=64, unique=True)
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField("记录时间")
    struck_at = models.DateTimeField("删去时间", null=True)

    def __str__(self) -> str:
        return self.question


class MinutesSignature(models.Model):
    """That a member signed the minutes, and voted; void once they are opened again. `sha256` is over the minutes as they were signed."""

    defence = models.ForeignKey(Defence, models.PROTECT, related_name="signatures")
    assignment = models.ForeignKey("experts.Assignment", models.PROTECT, related_name="+")
    agrees = models.BooleanField("同意通过")
    words = models.CharField("评审意见", max_length=300, blank=True)
    sha256 = models.CharField(max_length=64)
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField("签字时间")
    void_at = models.DateTimeField("作废时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["defence", "assignment"], condition=Q(void_at__isnull=True), name="one_signature_each")
        ]

    def __str__(self) -> str:
        return f"{self.defence} {self.signed_at}"
