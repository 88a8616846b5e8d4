"""评聘表: rounds of appointment, those put forward in them with the panel and its votes, and appointments with their terms and appraisals."""

from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.appointments.states import Standing, State, Tenure
from touchstone.ledger.text_search import gram_index
from touchstone.policy.appointments.term import Ending, Grade
from touchstone.policy.eligibility.levels import SeniorPost
from touchstone.policy.roles import OfficeKind

_CITY = {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE, OfficeKind.OPERATOR}
_POSTS = [(post.value, post.label) for post in SeniorPost]


def _on_ground(actor: Actor) -> Q | None:
    """What an actor sees by the ground of their office; None for nothing."""
    kind = actor.office_kind
    if actor.is_platform or kind in _CITY:
        return Q()
    if kind is OfficeKind.ASSESSMENT_BODY:
        return Q(body__office_id=actor.office_id)
    if kind is OfficeKind.DISTRICT_BUREAU:
        return Q(body__district=actor.district)
    if kind is OfficeKind.INDUSTRY_AUTHORITY:
        found = Q(body__industry=actor.industry)
        return found & Q(body__district=actor.district) if actor.district else found
    return None


class RoundSet(models.QuerySet["Round"]):
    """Filters over rounds."""

    def visible_to(self, actor: Actor) -> "RoundSet":
        """A body's own; a district those of bodies registered there; the field's; the city all."""
        ground = _on_ground(actor)
        return self.none() if ground is None else self.filter(ground)


class Round(models.Model):
    """A round of appointment (评聘公告): how many posts of which kind, in which occupation, by which criteria, for how long.

    `findings` is what was found of the enterprise on the day of the announcement; `minutes` and `review_findings` are the panel's.
    """

    number = models.CharField("评聘编号", max_length=24, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="appointment_rounds")
    post = models.CharField("岗位", max_length=24, choices=_POSTS)
    occupation_code = models.CharField("职业编码", max_length=12)
    occupation_name = models.CharField("职业", max_length=80)
    trade_name = models.CharField("工种", max_length=80, blank=True)
    posts = models.PositiveSmallIntegerField("岗位数")
    criteria = models.TextField("评聘条件和办法")
    applications_until = models.DateField("申报截止日")
    term_years = models.PositiveSmallIntegerField("聘期（年）")
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in State], default=State.ANNOUNCED)
    findings = models.JSONField("认定", default=list)
    announced_at = models.DateTimeField("公告时间")
    announced_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    reviewed_on = models.DateField("评审日", null=True)
    minutes = models.TextField("评审纪要", blank=True)
    review_findings = models.JSONField("评审认定", default=list)
    notice_number = models.CharField("公示编号", max_length=40, blank=True)
    ended_because = models.TextField("取消或结束的原因", blank=True)

    objects = RoundSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["body", "-id"]), models.Index(fields=["state", "-id"])]

    def __str__(self) -> str:
        return self.number

    @property
    def occupation_label(self) -> str:
        """Occupation and, where there is one, trade."""
        return f"{self.occupation_name}（{self.trade_name}）" if self.trade_name else self.occupation_name

    @property
    def title(self) -> str:
        """What people call the round."""
        return f"{self.occupation_label}{SeniorPost(self.post).label}评聘"

    def move_to(self, state: State) -> None:
        """The one way a round's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()


class Nomination(models.Model):
    """Somebody put forward (申报): by themselves or by the enterprise. `held_since` is the day of the rank below, with what shows it."""

    number = models.CharField("申报编号", max_length=24, unique=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="nominations")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    name_key = models.CharField(max_length=60)
    by_self = models.BooleanField("本人申报")
    work_post = models.CharField("现岗位", max_length=60, blank=True)
    achievements = models.TextField("业绩")
    held_since = models.DateField("取得前一等级的日期", null=True)
    held_number = models.CharField("证书或聘书编号", max_length=40, blank=True)
    registered = models.BooleanField("登记簿中有", default=False)
    held_checked = models.BooleanField("证书已核对", default=False)
    achievements_checked = models.BooleanField("业绩材料已核对", default=False)
    remark = models.TextField("核对情况", blank=True)
    standing = models.CharField("情况", max_length=12, choices=[(s.value, s.label) for s in Standing], default=Standing.ENTERED)
    findings = models.JSONField("认定", default=list)
    votes_for = models.PositiveSmallIntegerField("赞成票", null=True)
    votes_against = models.PositiveSmallIntegerField("反对票", null=True)
    vote_findings = models.JSONField("表决认定", default=list)
    closing_words = models.TextField("撤回、异议成立的说明", blank=True)
    entered_at = models.DateTimeField("申报时间")

    class Meta:
        indexes = [models.Index(fields=["person", "-id"])]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], condition=~Q(standing=Standing.WITHDRAWN), name="put_forward_once"),
        ]

    def __str__(self) -> str:
        return self.number


class PanelMember(models.Model):
    """A member of a round's panel (评委), from the enterprise or from outside."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="panel")
    name = models.CharField("姓名", max_length=60)
    unit = models.CharField("单位", max_length=120)
    rank = models.CharField("职务或职称", max_length=60)
    outsider = models.BooleanField("外单位专家")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "name", "unit"], name="panel_member_once")]

    def __str__(self) -> str:
        return self.name


class Recusal(models.Model):
    """A member who does not judge one person (回避), and why."""

    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="recusals")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="recusals")
    reason = models.CharField("回避原因", max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "nomination"], name="recused_once")]

    def __str__(self) -> str:
        return f"{self.member} {self.nomination}"


class AppointmentSet(models.QuerySet["Appointment"]):
    """Filters over appointments."""

    def visible_to(self, actor: Actor) -> "AppointmentSet":
        """As rounds; a person sees their own."""
        if actor.office_kind is OfficeKind.CANDIDATE:
            return self.filter(person__user__pk=actor.user_id or 0)
        ground = _on_ground(actor)
        return self.none() if ground is None else self.filter(ground)


class Appointment(models.Model):
    """An appointment (聘任) to a post, from `since` until `until` (exclusive; moved on by each renewal); it ends with a reason."""

    number = models.CharField("聘任编号", max_length=24, unique=True)
    nomination = models.OneToOneField(Nomination, models.PROTECT, related_name="appointment")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="appointments")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="appointments")
    name_key = models.CharField(max_length=60)
    post = models.CharField("岗位", max_length=24, choices=_POSTS)
    occupation_code = models.CharField("职业编码", max_length=12)
    occupation_name = models.CharField("职业", max_length=80)
    trade_name = models.CharField("工种", max_length=80, blank=True)
    since = models.DateField("受聘日")
    until = models.DateField("聘期截止次日")
    state = models.CharField("状态", max_length=8, choices=[(s.value, s.label) for s in Tenure], default=Tenure.SERVING)
    certificate_number = models.CharField("证书编号", max_length=22, blank=True)
    no_certificate = models.CharField("没有发证的原因", max_length=300, blank=True)
    appointed_at = models.DateTimeField("聘任时间")
    ended_on = models.DateField("终止日", null=True)
    ending = models.CharField("终止情形", max_length=12, choices=[(e.value, e.label) for e in Ending], blank=True)
    ended_because = models.TextField("终止原因", blank=True)

    objects = AppointmentSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["body", "-id"]),
            models.Index(fields=["person", "-id"]),
            models.Index(fields=["state", "until"]),
            gram_index("name_key", "appointments_by_name_part"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "person", "post", "occupation_code"], condition=Q(state=Tenure.SERVING), name="one_standing_appointment"
            ),
            models.CheckConstraint(condition=Q(until__gt=models.F("since")), name="appointment_term"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def occupation_label(self) -> str:
        """Occupation and, where there is one, trade."""
        return f"{self.occupation_name}（{self.trade_name}）" if self.trade_name else self.occupation_name

    def end(self, **facts: object) -> None:
        """The one way an appointment ends; the operation has found the cause."""
        for name, value in facts.items():
            setattr(self, name, value)
        self.state = Tenure.ENDED
        self.save()


class Term(models.Model):
    """One term (聘期) of an appointment: the first, or a renewal."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="terms")
    since = models.DateField("起")
    until = models.DateField("止（次日）")
    words = models.TextField("聘任或续聘意见")
    findings = models.JSONField("认定", default=list)
    decided_at = models.DateTimeField("决定时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appointment", "since"], name="one_term_per_day")]

    def __str__(self) -> str:
        return f"{self.appointment} {self.since}"


class Appraisal(models.Model):
    """The appraisal (年度考核) of one year of a term."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="appraisals")
    year = models.PositiveSmallIntegerField("年度")
    grade = models.CharField("等次", max_length=12, choices=[(g.value, g.label) for g in Grade])
    words = models.TextField("考核意见")
    appraised_at = models.DateTimeField("考核时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "year"], name="one_appraisal_per_year")]

    def __str__(self) -> str:
        return f"{self.term} {self.year}"
