"""首页数字表: what did the desk of an office come to when it was counted last?"""

from django.db import models


class DeskCount(models.Model):
    """The figures of an office's desk, counted at one moment: by tile, and where a tile has places, by tile and district. Counted anew, not kept: the
    rows behind a figure are the record."""

    office = models.OneToOneField("accounts.Office", models.CASCADE, related_name="+")
    counted_at = models.DateTimeField("统计时间")
    figures = models.JSONField("数字", default=dict)
    places = models.JSONField("各区数字", default=dict)
    milliseconds = models.PositiveIntegerField("用时（毫秒）", default=0)

    def __str__(self) -> str:
        return f"{self.office} {self.counted_at:%Y-%m-%d %H:%M}"
