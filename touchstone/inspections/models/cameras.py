"""摄像头表: which camera watches which room, when was it last heard, what does it show, and when was it silent during a sitting?"""

from django.db import models
from django.db.models import F, Q


class Camera(models.Model):
    """A camera (摄像头) of a room that sends its heartbeat and stills here under a key of its own, of which only the blind index is kept.

    `last_sequence` is the highest number it sent, `minute` and `in_minute` count the requests of the running minute.
    """

    number = models.CharField("摄像头编号", max_length=24, unique=True)
    room = models.ForeignKey("bodies.Room", models.PROTECT, related_name="+", verbose_name="考场")
    name = models.CharField("位置", max_length=60)
    begins = models.CharField("密钥开头", max_length=12)
    secret = models.BinaryField(max_length=32, unique=True)
    opened_at = models.DateTimeField("接入时间")
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField("停用时间", null=True)
    retired_because = models.CharField("停用原因", max_length=200, blank=True)
    last_beat_at = models.DateTimeField("最近信号", null=True)
    last_sequence = models.BigIntegerField(default=0)
    beats = models.BigIntegerField("信号数", default=0)
    minute = models.DateTimeField(null=True)
    in_minute = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["room"], condition=Q(retired_at__isnull=True), name="cameras_in_use")]
        constraints = [
            models.UniqueConstraint(fields=["room", "name"], condition=Q(retired_at__isnull=True), name="one_camera_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class CameraStill(models.Model):
    """A still of a camera, sealed. Only the latest few are kept; what an inspector attached to an observation lies there."""

    camera = models.ForeignKey(Camera, models.CASCADE, related_name="stills")
    taken_at = models.DateTimeField("拍摄时间")
    received_at = models.DateTimeField("收到时间")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField("字节数")
    content_sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["camera", "-taken_at"])]
        constraints = [models.UniqueConstraint(fields=["camera", "taken_at"], name="one_still_a_moment")]

    def __str__(self) -> str:
        return f"{self.camera} {self.taken_at:%H:%M:%S}"


class CameraGap(models.Model):
    """A time in a sitting during which a camera was not heard (监控缺口), until it was heard again or the sitting was closed. The office is told of a
    long one (`told_at`); the body says why (`words`).
    """

    number = models.CharField("缺口编号", max_length=24, unique=True)
    camera = models.ForeignKey(Camera, models.PROTECT, related_name="gaps")
    sitting = models.ForeignKey("exams.Sitting", models.PROTECT, related_name="+", verbose_name="场次")
    begins_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束", null=True)
    noted_at = models.DateTimeField("登记时间")
    told_at = models.DateTimeField("报告监管单位时间", null=True)
    words = models.CharField("机构说明", max_length=600, blank=True)
    explained_at = models.DateTimeField("说明时间", null=True)
    explained_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["sitting", "-begins_at"]),
            models.Index(fields=["camera", "-begins_at"]),
            models.Index(fields=["begins_at"], condition=Q(ends_at__isnull=True), name="gaps_open"),
            models.Index(fields=["begins_at"], condition=Q(told_at__isnull=True), name="gaps_not_told"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["camera", "sitting"], condition=Q(ends_at__isnull=True), name="one_open_gap_a_sitting"),
            models.CheckConstraint(condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("begins_at")), name="camera_gap_period"),
        ]

    def __str__(self) -> str:
        return self.number
