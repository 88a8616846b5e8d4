"""洞察状态: how far is a monthly report, and an explanation of a district's own measure?"""

from enum import StrEnum


class ReportState(StrEnum):
    """A monthly report's way from being asked for to the kept document."""

    ASKED = "asked"
    MADE = "made"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return {"asked": "正在生成", "made": "已生成", "failed": "没有生成"}[self.value]


class Answer(StrEnum):
    """What the city says to a district's explanation."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    TO_ALIGN = "to_align"

    @property
    def label(self) -> str:
        return {"waiting": "待市级答复", "accepted": "理由成立", "to_align": "请统一尺度"}[self.value]
