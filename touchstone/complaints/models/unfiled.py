"""未经备案的评价表: who evaluates without a filing or under the State's words, what was seen, and to which authority did it go?"""

from django.db import models

from touchstone.accounts.actor import Actor
from touchstone.complaints.states import EvaluatorState, TakenOff
from touchstone.ledger.text_search import gram_index
from touchstone.policy.roles import OfficeKind
from touchstone.policy.supervision.acts import Authority
from touchstone.policy.supervision.unfiled import Claim

_CITY = {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}


class EvaluatorSet(models.QuerySet["Evaluator"]):
    """Filters over evaluators that were seen."""

    def visible_to(self, actor: Actor) -> "EvaluatorSet":
        """The city all; a district those on its ground; nobody else any but what is public."""
        if actor.is_platform or actor.office_kind in _CITY:
            return self
        if actor.office_kind is OfficeKind.DISTRICT_BUREAU:
            return self.filter(office_id=actor.office_id)
        return self.none()


class Evaluator(models.Model):
    """An evaluator somebody saw (未经备案的评价线索): as what it evaluates, with which words on its certificate, and what the register says of it."""

    number = models.CharField("编号", max_length=24, unique=True)
    name = models.CharField("名称", max_length=160)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    place = models.CharField("地点或网址", max_length=200, blank=True)
    district = models.CharField("所在区", max_length=6, blank=True)
    claim = models.CharField("以什么名义", max_length=8, choices=[(one.value, one.label) for one in Claim])
    title = models.CharField("证书名称", max_length=160, blank=True)
    emblem = models.BooleanField("使用国徽等标志", default=False)
    promises = models.BooleanField("承诺包过、国家认可或补贴", default=False)
    words = models.TextField("发现的情况", blank=True)
    seen_on = models.DateField("发现日期")
    lead = models.ForeignKey("complaints.Lead", models.PROTECT, null=True, related_name="evaluators")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="承办单位")
    state = models.CharField("状态", max_length=12, choices=[(one.value, one.label) for one in EvaluatorState], default=EvaluatorState.SEEN)
    entered_at = models.DateTimeField("登记时间")
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, related_name="+")
    filed = models.BooleanField("已备案", null=True)
    register_says = models.CharField("名录答复", max_length=300, blank=True)
    findings = models.JSONField("审查意见", default=list)
    looked_up_at = models.DateTimeField("核对时间", null=True)
    looked_up_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    warning = models.TextField("公开提示", blank=True)
    warned_at = models.DateTimeField("提示时间", null=True)
    warned_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    off_because = models.CharField("撤下原因", max_length=8, blank=True, choices=[(one.value, one.label) for one in TakenOff])
    off_words = models.TextField("撤下说明", blank=True)
    off_at = models.DateTimeField("撤下时间", null=True)
    outcome = models.TextField("办结说明", blank=True)
    led_to = models.CharField("后续案件", max_length=40, blank=True)

    objects = EvaluatorSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["office", "state", "-id"], name="evaluators_of_office"),
            models.Index(fields=["-warned_at"], condition=models.Q(warned_at__isnull=False), name="evaluators_warned"),
            *(models.Index(fields=[column, "id"], name=f"evaluators_by_{column}") for column in ("state", "claim", "seen_on", "district")),
            gram_index("name", "evaluators_by_name_part"),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: EvaluatorState) -> None:
        """The one way its state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()


class HandOver(models.Model):
    """That the matter went to an authority (移送): when, with which letter, its receipt and its answer."""

    evaluator = models.ForeignKey(Evaluator, models.CASCADE, related_name="hand_overs")
    authority = models.CharField("部门", max_length=12, choices=[(one.value, one.label) for one in Authority])
    recipient = models.CharField("收件单位", max_length=120)
    words = models.TextField("移送说明")
    due_on = models.DateField("移送期限")
    findings = models.JSONField("审查意见", default=list)
    sent_at = models.DateTimeField("移送时间")
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    receipt = models.CharField("回执编号", max_length=80, blank=True)
    received_at = models.DateTimeField("回执时间", null=True)
    answer = models.TextField("部门答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evaluator", "authority"], name="handed_over_once")]

    def __str__(self) -> str:
        return f"{self.evaluator} {self.get_authority_display()}"

    @property
    def label(self) -> str:
        """Under which the authority's papers lie."""
        return f"{self.get_authority_display()}来文"
