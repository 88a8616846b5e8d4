"""技术指导表: questions and what was said, papers to use, notices with who has read them, visits to advise."""

from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.guidance.states import Attended, Line, NoticeKind, PaperKind, Reach, State, Topic
from touchstone.ledger.text_search import gram_index
from touchstone.policy.roles import OfficeKind

_ANYBODY = {None, OfficeKind.CANDIDATE}
"""Who asks for nobody but themselves, and reads what is meant for the public."""
_CITY = {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE, OfficeKind.OPERATOR}


def of_ground(actor: Actor, path: str) -> Q:
    """This function will pick those of bodies on the ground of a district or industry authority."""
    ground = Q()
    if actor.district:
        ground &= Q(**{f"{path}district": actor.district})
    if actor.industry:
        ground &= Q(**{f"{path}industry": actor.industry})
    return ground


class InquirySet(models.QuerySet["Inquiry"]):
    """Filters over questions."""

    def visible_to(self, actor: Actor) -> "InquirySet":
        """A body's own; a corps member's own; all for the city; for other authorities what they have or had, and what bodies on their ground or in
        their field ask."""
        kind = actor.office_kind
        if actor.is_platform or kind in _CITY:
            return self
        if kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(asked_from_id=actor.office_id)
        if kind is OfficeKind.CORPS:
            return self.filter(asked_from_id=actor.office_id, asked_by_id=actor.user_id)
        if kind in _ANYBODY:
            return self.none()
        had = InquiryLine.objects.filter(Q(office_id=actor.office_id) | Q(passed_to_id=actor.office_id)).values("inquiry_id")
        return self.filter(Q(office_id=actor.office_id) | Q(pk__in=had) | (Q(body__isnull=False) & of_ground(actor, "body__")))

    def published_to(self, actor: Actor) -> "InquirySet":
        """Answers on the list: those for the public to everyone, those for bodies to whoever works for one, judges or governs."""
        found = self.filter(published_at__isnull=False)
        return found.filter(reach=Reach.PUBLIC) if actor.office_kind in _ANYBODY and not actor.is_platform else found


class Inquiry(models.Model):
    """A question put to whoever advises its asker (技术咨询). `office` has it now.

    Words are looked for in `searched` and `published_searched`.
    """

    number = models.CharField("编号", max_length=24, unique=True)
    topic = models.CharField("主题", max_length=16, choices=Topic.choices)
    case = models.CharField("业务编号", max_length=64, blank=True)
    title = models.CharField("问题", max_length=120)
    asked_from = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField("提问时间")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.WAITING)
    due_on = models.DateField("答复期限")
    reminded_at = models.DateTimeField("超期提醒", null=True)
    asked_again_at = models.DateTimeField("追问时间", null=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    helpful = models.BooleanField("有帮助", null=True)
    searched = models.TextField()
    reach = models.CharField("公开范围", max_length=8, choices=Reach.choices, blank=True)
    published_title = models.CharField("公开的问题", max_length=120, blank=True)
    published_words = models.TextField("公开的问题说明", blank=True)
    published_answer = models.TextField("公开的答复", blank=True)
    published_searched = models.TextField(blank=True)
    published_at = models.DateTimeField("公开时间", null=True)
    published_by = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+")

    objects = InquirySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(fields=["office", "state", "due_on"]),
            models.Index(fields=["asked_from", "-asked_at"]),
            models.Index(fields=["-published_at"], condition=Q(published_at__isnull=False), name="inquiries_published"),
            gram_index("searched", "inquiries_by_part"),
            gram_index("published_searched", "published_inquiries_by_part"),
        ]

    def __str__(self) -> str:
        return self.title


class InquiryLine(models.Model):
    """One thing said or done with a question; none is changed afterwards."""

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="lines")
    kind = models.CharField("办理", max_length=12, choices=Line.choices)
    words = models.TextField("内容")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    passed_to = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+")
    said_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.inquiry_id} {self.get_kind_display()}"


class PaperSet(models.QuerySet["Paper"]):
    """Filters over papers."""

    def visible_to(self, actor: Actor) -> "PaperSet":
        """Those for the public to everyone, those for bodies to whoever works for one, judges or governs."""
        return self if actor.office_kind not in _ANYBODY or actor.is_platform else self.filter(reach=Reach.PUBLIC)


class Paper(models.Model):
    """A template or guidance paper (模板和资料) in an edition; its file lies under its number. `until` is the first day it no longer counts."""

    number = models.CharField("编号", max_length=24, unique=True)
    kind = models.CharField("类别", max_length=12, choices=PaperKind.choices)
    topic = models.CharField("主题", max_length=16, choices=Topic.choices)
    title = models.CharField("名称", max_length=120)
    edition = models.CharField("版次", max_length=40)
    introduction = models.TextField("说明", blank=True)
    reach = models.CharField("公开范围", max_length=8, choices=Reach.choices)
    since = models.DateField("启用日")
    until = models.DateField("停用日", null=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="替代")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    published_at = models.DateTimeField("发布时间")
    published_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    downloads = models.PositiveIntegerField("下载次数", default=0)

    objects = PaperSet.as_manager()

    class Meta:
        ordering = ["-published_at", "-id"]
        indexes = [gram_index("title", "guidance_papers_by_part")]
        constraints = [models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="guidance_paper_period")]

    def __str__(self) -> str:
        return f"{self.title}（{self.edition}）"


class GuidanceNoticeSet(models.QuerySet["GuidanceNotice"]):
    """Filters over notices."""

    def visible_to(self, actor: Actor) -> "GuidanceNoticeSet":
        """A body those sent to it; the city all; another authority its own and those that went to bodies on its ground."""
        kind = actor.office_kind
        if actor.is_platform or kind in _CITY:
            return self
        if kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(readings__body__office_id=actor.office_id)
        if kind is None or not kind.is_authority:
            return self.none()
        reached = NoticeReading.objects.filter(of_ground(actor, "body__")).values("notice_id")
        return self.filter(Q(office_id=actor.office_id) | Q(pk__in=reached))


class GuidanceNotice(models.Model):
    """A notice to chosen bodies (培训和指导通知): `chosen` says in words how they were chosen."""

    number = models.CharField("编号", max_length=24, unique=True)
    kind = models.CharField("类别", max_length=12, choices=NoticeKind.choices)
    title = models.CharField("标题", max_length=120)
    words = models.TextField("内容")
    read_by_on = models.DateField("请在此日前阅知")
    chosen = models.CharField("发送范围", max_length=300)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("发出时间")
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = GuidanceNoticeSet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-id"]
        indexes = [gram_index("title", "guidance_notices_by_part")]

    def __str__(self) -> str:
        return self.title


class NoticeReading(models.Model):
    """That a notice went to a body, and when it confirmed having read it (已阅)."""

    notice = models.ForeignKey(GuidanceNotice, models.PROTECT, related_name="readings")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    read_at = models.DateTimeField("已阅时间", null=True)
    read_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "body"], name="one_reading_per_body")]
        indexes = [models.Index(fields=["body", "notice"])]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.body_id}"


class Training(models.Model):
    """What a training notice calls to (业务培训): when, where, for how many hours, how many seats, and until when bodies sign up. Members of the
    corps are trained in courses of their own."""

    notice = models.OneToOneField(GuidanceNotice, models.PROTECT, related_name="training")
    held_on = models.DateField("培训日期")
    place = models.CharField("地点", max_length=120)
    hours = models.PositiveSmallIntegerField("学时")
    seats = models.PositiveSmallIntegerField("名额")
    sign_up_by = models.DateField("报名截止日")

    def __str__(self) -> str:
        return f"{self.notice_id} {self.held_on}"


class Attendance(models.Model):
    """One of a body's people signed up for a training, and afterwards the hours they were there and with what result."""

    training = models.ForeignKey(Training, models.PROTECT, related_name="people")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    name = models.CharField("姓名", max_length=60)
    post = models.CharField("岗位", max_length=60)
    signed_up_at = models.DateTimeField("报名时间")
    signed_up_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    hours = models.PositiveSmallIntegerField("实到学时", null=True)
    result = models.CharField("结果", max_length=8, choices=Attended.choices, blank=True)
    noted_at = models.DateTimeField("登记时间", null=True)
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["body_id", "id"]
        constraints = [models.UniqueConstraint(fields=["training", "body", "name"], name="one_seat_per_name")]

    def __str__(self) -> str:
        return f"{self.name}（{self.post}）"


class GuidanceVisitSet(models.QuerySet["GuidanceVisit"]):
    """Filters over visits."""

    def visible_to(self, actor: Actor) -> "GuidanceVisitSet":
        """A body's own; the city all; another authority its own and those to bodies on its ground."""
        kind = actor.office_kind
        if actor.is_platform or kind in _CITY:
            return self
        if kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(body__office_id=actor.office_id)
        if kind is None or not kind.is_authority:
            return self.none()
        return self.filter(Q(office_id=actor.office_id) | of_ground(actor, "body__"))


class GuidanceVisit(models.Model):
    """A visit to advise (指导走访), by two officers. It is no inspection: nothing that burdens the body rests on it."""

    number = models.CharField("编号", max_length=24, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    venue = models.ForeignKey("bodies.Venue", models.PROTECT, null=True, related_name="+")
    visited_on = models.DateField("走访日期")
    topic = models.CharField("主题", max_length=16, choices=Topic.choices)
    found = models.TextField("了解到的情况")
    advice = models.TextField("指导意见")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    first_officer = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+", null=True)
    second_officer = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("记录时间")
    confirmed_at = models.DateTimeField("机构确认时间", null=True)
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    body_words = models.TextField("机构意见", blank=True)
    follow_up_on = models.DateField("回访日期", null=True)
    follow_up = models.TextField("回访情况", blank=True)
    followed_up_at = models.DateTimeField("回访时间", null=True)

    objects = GuidanceVisitSet.as_manager()

    class Meta:
        ordering = ["-visited_on", "-id"]
        indexes = [models.Index(fields=["body", "-visited_on"]), models.Index(fields=["office", "-visited_on"])]

    def __str__(self) -> str:
        return self.number
