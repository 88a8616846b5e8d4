"""考评评分表: by which scoring points is a sitting marked, and what did each assessor give each candidate, sending by sending?"""

from django.db import models
from django.db.models import Q

from touchstone.exams.states import RemarkWay


class ScoringSheet(models.Model):
    """The scoring points of a practical or panel sitting, one version; the newest counts, and none is made once the sitting was opened.

    `points` is [{"key": "1", "group": step, "words": what is looked at, "points": "10", "rule": how points are taken off}], the key being the place.
    """

    sitting = models.ForeignKey("exams.Sitting", models.CASCADE, related_name="scoring_sheets")
    version = models.PositiveSmallIntegerField("版本")
    points = models.JSONField("评分点", default=list)
    origin = models.CharField("来源", max_length=200)
    findings = models.JSONField("核对结果", default=list)
    set_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField("设定时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "version"], name="one_scoring_sheet_per_version")]

    def __str__(self) -> str:
        return f"{self.sitting} 第{self.version}版"


class Marking(models.Model):
    """One assessor's marks of one candidate, or (`review`) the marks given when the panel lay too far apart.

    `revision` counts what was taken over from phones; what was given lies in `PointMark`, sending by sending. Photos lie under `number`.
    """

    number = models.CharField("评分编号", max_length=40, unique=True)
    seat = models.ForeignKey("exams.Seat", models.PROTECT, related_name="markings")
    assignment = models.ForeignKey("experts.Assignment", models.PROTECT, related_name="+", verbose_name="派遣单")
    sheet = models.ForeignKey(ScoringSheet, models.PROTECT, related_name="markings")
    review = models.BooleanField("复评", default=False)
    revision = models.PositiveIntegerField("版次", default=0)
    total = models.DecimalField("总分", max_digits=5, decimal_places=1, null=True)
    handed_in_at = models.DateTimeField("提交时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "assignment", "review"], name="one_marking_each"),
            models.UniqueConstraint(fields=["seat"], condition=Q(review=True), name="one_review_per_seat"),
        ]

    def __str__(self) -> str:
        return self.number


class MarkSending(models.Model):
    """Marks that came from a phone (or the page) in one go; kept once by `key`, which was made there. Never altered.

    `said_at` is when they were given by the phone's clock, `at` when they were here. `reason` is said for what changes a sheet handed in.
    """

    marking = models.ForeignKey(Marking, models.PROTECT, related_name="sendings")
    key = models.CharField("提交键", max_length=64, unique=True)
    sequence = models.PositiveIntegerField("次序")
    hands_in = models.BooleanField("提交", default=False)
    said_at = models.DateTimeField("给分时间", null=True)
    at = models.DateTimeField("收到时间")
    device = models.CharField("设备", max_length=64, blank=True)
    reason = models.CharField("改分理由", max_length=200, blank=True)
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["marking", "sequence"], name="one_sending_per_place")]

    def __str__(self) -> str:
        return f"{self.marking} 第{self.sequence}次"


class PointMark(models.Model):
    """What was given for one scoring point, with a word why; never altered. Of a marking's marks for a point, that of the latest sending stands."""

    sending = models.ForeignKey(MarkSending, models.PROTECT, related_name="marks")
    point = models.CharField("评分点", max_length=8)
    value = models.DecimalField("给分", max_digits=5, decimal_places=1, null=True)
    words = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sending", "point"], name="one_mark_per_point_and_sending")]

    def __str__(self) -> str:
        return f"{self.sending} {self.point} {self.value}"


class MarkPhoto(models.Model):
    """A photo kept as evidence of a mark: SHA-256 of the bytes as they came, and of those that are kept (without place and camera)."""

    marking = models.ForeignKey(Marking, models.PROTECT, related_name="photos")
    point = models.CharField("评分点", max_length=8, blank=True)
    attachment = models.ForeignKey("files.Attachment", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    sent_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField("收到时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["marking", "point", "sent_sha256"], name="one_photo_of_its_kind")]

    def __str__(self) -> str:
        return f"{self.marking} {self.sha256[:8]}"


class Remark(models.Model):
    """A re-mark (复核) of one part of a candidate, asked for after the score was taken, often by an objection to the public notice.

    `way` says how: while it is open the assessors may change what they handed in, or `assigned_to` marks the script anew. What came of it is told to
    the candidate: `before` and `after` are the score, the same where it was right.
    """

    seat = models.ForeignKey("exams.Seat", models.PROTECT, related_name="remarks")
    way = models.CharField("方式", max_length=12, choices=[(w.value, w.label) for w in RemarkWay], default=RemarkWay.ASSESSORS)
    objection = models.CharField("异议编号", max_length=40, blank=True)
    reason = models.CharField("复核理由", max_length=200)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField("提出时间")
    assigned_to = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="复核评卷人")
    before = models.DecimalField("复核前成绩", max_digits=5, decimal_places=1, null=True)
    after = models.DecimalField("复核后成绩", max_digits=5, decimal_places=1, null=True)
    words = models.CharField("复核说明", max_length=200, blank=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("办结时间", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat"], condition=Q(closed_at__isnull=True), name="one_open_remark_per_seat")]
        indexes = [models.Index(fields=["objection"], condition=~Q(objection=""), name="remarks_by_objection")]

    def __str__(self) -> str:
        return f"{self.seat} 复核"
