"""队伍成员表: who belongs to the corps, how did they get in, what may they judge, and how do they stand?"""

from django.db import models
from django.db.models import F, Q

from touchstone.accounts.actor import Actor
from touchstone.experts.states import ApplicationState, MemberKind
from touchstone.policy.roles import OfficeKind

KINDS = [(kind.value, kind.label) for kind in MemberKind]


class MemberSet(models.QuerySet["Member"]):
    """Filters over members."""

    def visible_to(self, actor: Actor) -> "MemberSet":
        """The city sees all; a district those it manages; a body those who work there; a member only themselves."""
        kind = actor.office_kind
        if actor.is_platform or kind in {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}:
            return self
        if kind is OfficeKind.DISTRICT_BUREAU:
            return self.filter(district=actor.district)
        if kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(body__office_id=actor.office_id)
        if kind is OfficeKind.CORPS:
            return self.filter(person__user__pk=actor.user_id or 0)
        return self.none()


class Member(models.Model):
    """A person of the corps (考评与督导队伍). `district` manages them day by day (a GB/T 2260 code, empty: the centre itself); `body` is where they
    work, if that is an assessment body; `per_month` is the most assignments they take in a month (0: as the parameter says)."""

    number = models.CharField("队伍编号", max_length=24, unique=True)
    person = models.OneToOneField("accounts.Person", models.PROTECT, related_name="corps_member")
    district = models.CharField("日常管理区", max_length=6, blank=True, db_index=True)
    employer = models.CharField("工作单位", max_length=120, blank=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, related_name="corps_members", verbose_name="所在评价机构")
    per_month = models.PositiveSmallIntegerField("每月最多承担次数", default=0)
    joined_at = models.DateTimeField("登记时间")

    objects = MemberSet.as_manager()

    def __str__(self) -> str:
        return self.number


class Application(models.Model):
    """An application for one qualification. `claims` is what entitles them: {"certificate_level": 3, "title": "intermediate", "years": 4, …};
    `findings` is what the rules said when it was checked, stored and never recomputed. `body` is set where a body applies for its own staff."""

    number = models.CharField("申请编号", max_length=40, unique=True)
    member = models.ForeignKey(Member, models.PROTECT, related_name="applications")
    kind = models.CharField("申请类别", max_length=24, choices=KINDS)
    occupation = models.ForeignKey("catalogue.Occupation", models.PROTECT, null=True, related_name="+")
    highest_level = models.PositiveSmallIntegerField("可考评最高等级", null=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, related_name="+", verbose_name="推荐机构")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="审核单位")
    claims = models.JSONField("申报内容", default=dict)
    findings = models.JSONField("审核意见", default=list)
    state = models.CharField("状态", max_length=16, choices=[(s.value, s.label) for s in ApplicationState], default=ApplicationState.DRAFTED)
    begun_at = models.DateTimeField("填写时间")
    submitted_at = models.DateTimeField("提交时间", null=True)
    decided_at = models.DateTimeField("决定时间", null=True)
    reason = models.TextField("理由", blank=True)

    class Meta:
        indexes = [models.Index(fields=["office", "state", "-id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "occupation"],
                condition=Q(state__in=["drafted", "submitted", "returned", "in_training"]),
                nulls_distinct=False,
                name="one_open_corps_application",
            )
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: ApplicationState) -> None:
        """The one way an application's state changes; the operation has checked the move."""
        self.state = state
        self.save(update_fields=["state", "submitted_at", "decided_at", "reason", "findings"])


class Course(models.Model):
    """A training with an exam at its end, held by an office for one kind of member."""

    number = models.CharField("培训编号", max_length=40, unique=True)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="举办单位")
    title = models.CharField("培训名称", max_length=120)
    kind = models.CharField("对象", max_length=24, choices=KINDS)
    hours = models.PositiveSmallIntegerField("学时")
    begins_on = models.DateField("开始日")
    ends_on = models.DateField("结束日")
    place = models.CharField("地点", max_length=200)
    seats = models.PositiveIntegerField("名额")
    announced_at = models.DateTimeField("通知时间")
    closed_at = models.DateTimeField("办结时间", null=True)

    class Meta:
        indexes = [models.Index(fields=["-begins_on"])]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="course_period")]

    def __str__(self) -> str:
        return self.title


class Enrolment(models.Model):
    """A member in a course: the hours they were there, and the mark of the exam."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments")
    member = models.ForeignKey(Member, models.PROTECT, related_name="enrolments")
    enrolled_at = models.DateTimeField("报名时间")
    hours_attended = models.PositiveSmallIntegerField("实到学时", null=True)
    score = models.DecimalField("考试成绩", max_digits=5, decimal_places=1, null=True)
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField("登记时间", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "member"], name="one_enrolment")]

    def __str__(self) -> str:
        return f"{self.course} {self.member}"


class Qualification(models.Model):
    """What a member may do, from a day (inclusive) until a day (exclusive): judge one occupation up to a level (1 is the highest), or watch.

    `body` for an internal supervisor; `office` (centre or district bureau) for whose corps an external supervisor belongs to.
    """

    number = models.CharField("资格证编号", max_length=40, unique=True)
    member = models.ForeignKey(Member, models.PROTECT, related_name="qualifications")
    kind = models.CharField("类别", max_length=24, choices=KINDS)
    occupation = models.ForeignKey("catalogue.Occupation", models.PROTECT, null=True, related_name="+")
    highest_level = models.PositiveSmallIntegerField("可考评最高等级", null=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="发证单位")
    application = models.OneToOneField(Application, models.PROTECT, null=True, related_name="qualification")
    since = models.DateField("起")
    until = models.DateField("止")

    class Meta:
        indexes = [models.Index(fields=["kind", "occupation", "until"])]
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("since")), name="qualification_period")]

    def __str__(self) -> str:
        return self.number


class Standing(models.Model):
    """A dated measure against a qualification: warned, suspended until a day, removed; its lifting (`lifted_on`, return); and the person's appeal
    against it with the answer, in which `upheld` means that the measure was taken back."""

    class Measure(models.TextChoices):
        WARNING = "warning", "警告"
        SUSPENSION = "suspension", "暂停"
        REMOVAL = "removal", "取消资格"

    number = models.CharField("决定编号", max_length=40, unique=True)
    qualification = models.ForeignKey(Qualification, models.PROTECT, related_name="standings")
    measure = models.CharField("措施", max_length=12, choices=Measure.choices)
    since = models.DateField("起")
    until = models.DateField("止", null=True)
    lifted_on = models.DateField("恢复日", null=True)
    reason = models.TextField("理由")
    lifted_because = models.TextField("恢复理由", blank=True)
    case = models.CharField("关联业务", max_length=64, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("决定时间")
    clause = models.CharField("依据", max_length=200, blank=True)
    appeal = models.TextField("申诉", blank=True)
    appealed_at = models.DateTimeField("申诉时间", null=True)
    appeal_due_on = models.DateField("申诉答复期限", null=True)
    answer = models.TextField("申诉答复", blank=True)
    upheld = models.BooleanField("申诉成立", null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("答复时间", null=True)

    def __str__(self) -> str:
        return f"{self.qualification} {self.get_measure_display()}"


class Tie(models.Model):
    """A relation that forbids judging (回避): to a person, or to a body and all its people."""

    class Kind(models.TextChoices):
        EMPLOYER = "employer", "任职单位"
        KIN = "kin", "近亲属"
        TEACHER = "teacher", "师生"
        MASTER = "master", "师徒"
        TRAINER = "trainer", "参加培训授课"
        COLLEAGUE = "colleague", "同事"
        INTEREST = "interest", "其他利害关系"

    member = models.ForeignKey(Member, models.PROTECT, related_name="ties")
    kind = models.CharField("关系", max_length=12, choices=Kind.choices)
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, related_name="+")
    note = models.CharField("说明", max_length=200, blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True)
    declared_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField("申报时间")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(person__isnull=True) ^ Q(body__isnull=True), name="tie_to_one")]

    def __str__(self) -> str:
        return f"{self.member} {self.get_kind_display()}"


class Unavailable(models.Model):
    """Days on which a member cannot be sent: from a day (inclusive) until a day (exclusive)."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="unavailable")
    since = models.DateField("起")
    until = models.DateField("止")
    reason = models.CharField("原因", max_length=120, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("since")), name="unavailable_period")]

    def __str__(self) -> str:
        return f"{self.member} {self.since}"
