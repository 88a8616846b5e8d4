"""技术指导状态: where is a question, and how far does an answer or a paper go?"""

from django.db import models


class State(models.TextChoices):
    """Where a question is; asked once more, it waits again."""

    WAITING = "waiting", "待答复"
    ANSWERED = "answered", "已答复"


class Line(models.TextChoices):
    """What was done with a question."""

    ASKED = "asked", "提问"
    ASKED_AGAIN = "asked_again", "追问"
    PASSED_ON = "passed_on", "转办"
    ANSWERED = "answered", "答复"


class Reach(models.TextChoices):
    """Who may read what is published."""

    BODIES = "bodies", "评价机构和考评督导人员"
    PUBLIC = "public", "社会公众"


class Topic(models.TextChoices):
    """What guidance is about."""

    FILING = "filing", "备案与变更"
    STANDARDS = "standards", "职业标准与题库"
    PLANS = "plans", "认定计划与报名"
    EXAMS = "exams", "考务组织"
    PEOPLE = "people", "考评与督导队伍"
    RESULTS = "results", "成绩与证书"
    PLATFORM = "platform", "平台使用"
    OTHER = "other", "其他"


class PaperKind(models.TextChoices):
    """What a published paper is."""

    TEMPLATE = "template", "模板"
    GUIDE = "guide", "指导资料"


class Attended(models.TextChoices):
    """How somebody came out of a training."""

    PASSED = "passed", "合格"
    FAILED = "failed", "不合格"
    ABSENT = "absent", "未到"


class NoticeKind(models.TextChoices):
    """What a guidance notice is."""

    TRAINING = "training", "培训通知"
    GUIDANCE = "guidance", "指导通知"
