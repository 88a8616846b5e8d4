"""机构案件表: one case about a body: what it is held to have done, how grave that is, what was proposed, decided and appealed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries import registered_in
from touchstone.enforcement.models.help import Help
from touchstone.enforcement.states import AppealState, State
from touchstone.ledger.key_lists import among
from touchstone.ledger.text_search import gram_index
from touchstone.policy.roles import OfficeKind
from touchstone.policy.supervision.acts import Tier

_CITY = {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}
_HIDDEN_FROM_BODY = (State.FOUND.value, State.OPENED.value, State.REFUSED.value)


class CaseSet(models.QuerySet["Case"]):
    """Filters over cases."""

    def visible_to(self, actor: Actor) -> "CaseSet":
        """The city all; a district those it handles, handed on, or that are about bodies registered there; another authority those it was
        asked about; a body its own, once it was notified."""
        kind = actor.office_kind
        if actor.is_platform or kind in _CITY:
            return self
        asked = among("pk", self._asked(actor))
        if kind is OfficeKind.DISTRICT_BUREAU:
            return self.filter(Q(office_id=actor.office_id) | Q(handed_by_id=actor.office_id) | among("body", registered_in(actor.district)) | asked)
        if kind is OfficeKind.ASSESSMENT_BODY:
            own = self.filter(body__office_id=actor.office_id)
            return own.filter(~Q(state__in=_HIDDEN_FROM_BODY) | Q(notified_at__isnull=False))
        if kind is OfficeKind.INDUSTRY_AUTHORITY or kind is OfficeKind.ADVISER:
            return self.filter(asked)
        return self.none()

    @staticmethod
    def _asked(actor: Actor) -> "models.QuerySet[Help, int]":
        return Help.objects.filter(office_id=actor.office_id).order_by().values_list("case_id", flat=True)


class Case(models.Model):
    """A case about a body (机构案件), or about an evaluator never filed (`body` is None then, `party_name` says who).

    `acted_on` is the day of the latest act, `found_on` when it came to light. `tier` and what goes with it are reckoned from the acts; once
    decided they stay. `proposal` are the measures put forward, `decision` those decided; `deviation` says why where they differ from what the
    platform proposes.
    """

    number = models.CharField("案件编号", max_length=24, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, related_name="cases", verbose_name="评价机构")
    party_name = models.CharField("当事机构", max_length=160)
    filing = models.CharField("备案编号", max_length=40, blank=True)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="cases", verbose_name="承办单位")
    handed_by = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+", verbose_name="移交单位")
    from_kind = models.CharField("来源", max_length=16, blank=True)
    from_number = models.CharField("来源编号", max_length=40, blank=True)
    state = models.CharField("状态", max_length=12, choices=[(one.value, one.label) for one in State], default=State.FOUND)
    facts = models.TextField("事实")
    acted_on = models.DateField("行为终了日")
    found_on = models.DateField("发现日")
    certificates = ArrayField(models.CharField(max_length=22), verbose_name="所涉证书", default=list)
    plans = ArrayField(models.CharField(max_length=40), verbose_name="所涉认定计划", default=list)
    tier = models.CharField("档次", max_length=12, choices=[(one.value, one.label) for one in Tier])
    tier_reason = models.CharField("档次理由", max_length=300)
    tier_clause = models.CharField("档次依据", max_length=200)
    begun_at = models.DateTimeField("登记时间")
    begun_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField("立案时间", null=True)
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    notified_at = models.DateTimeField("告知书发出时间", null=True)
    statement = models.TextField("陈述申辩", blank=True)
    stated_at = models.DateTimeField("陈述申辩时间", null=True)
    waived = models.BooleanField("放弃陈述申辩", default=False)
    statement_answer = models.TextField("复核意见", blank=True)
    hearing_asked_at = models.DateTimeField("要求听证时间", null=True)
    hearing_on = models.DateField("听证日", null=True)
    hearing_led_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    hearing_held_on = models.DateField("听证举行日", null=True)
    hearing_record = models.TextField("听证笔录", blank=True)
    lawyer = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    lawyer_words = models.TextField("法制审核意见", blank=True)
    lawyer_at = models.DateTimeField("法制审核时间", null=True)
    proposal = ArrayField(models.CharField(max_length=12), verbose_name="处理建议", default=list)
    terms = models.JSONField("处理期限和范围", default=dict)
    deviation = models.TextField("与建议不同的理由", blank=True)
    proposed_at = models.DateTimeField("报送时间", null=True)
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    remedies = models.TextField("救济途径", blank=True)
    decision = ArrayField(models.CharField(max_length=12), verbose_name="处理决定", default=list)
    decision_reason = models.TextField("决定理由", blank=True)
    decided_at = models.DateTimeField("决定时间", null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    findings = models.JSONField("认定", default=list)
    sha256 = models.CharField("决定书的指纹", max_length=64, blank=True)
    extended = models.BooleanField("办理期限已延长", default=False)
    served_on = models.DateField("决定送达日", null=True)
    published_at = models.DateTimeField("公开时间", null=True)
    withdrawn_at = models.DateTimeField("公开撤回时间", null=True)
    appeal_state = models.CharField("申诉", max_length=12, choices=[(one.value, one.label) for one in AppealState], default=AppealState.NONE)
    appeal_to = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+", verbose_name="申诉受理单位")
    appeal_until = models.DateField("申诉截止日", null=True)
    appeal = models.TextField("申诉理由", blank=True)
    appealed_at = models.DateTimeField("申诉时间", null=True)
    appeal_answer = models.TextField("申诉答复", blank=True)
    answered_at = models.DateTimeField("申诉答复时间", null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("结案时间", null=True)
    cleared_on = models.DateField("认定不成立之日", null=True)

    objects = CaseSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "-id"]),
            models.Index(fields=["office", "-id"]),
            models.Index(fields=["body", "-id"]),
            models.Index(fields=["tier", "-decided_at"]),
            # every other column that the list can be sorted by
            *(
                models.Index(fields=[column, "id"], name=f"cases_by_{column}")
                for column in ("party_name", "found_on", "opened_at", "decided_at", "served_on")
            ),
            gram_index("party_name", "cases_by_party_part"),
            models.Index(fields=["from_kind", "from_number"], condition=~Q(from_number=""), name="cases_by_origin"),
            models.Index(fields=["-published_at"], condition=Q(published_at__isnull=False), name="cases_published"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("proposed_by")), name="decided_by_another"),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: State) -> None:
        """The one way a case's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()


class CaseAct(models.Model):
    """One act a case is about, and the day it was done. A body is not judged for the same act of the same day twice."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="acts")
    act = models.CharField("情形", max_length=40)
    acted_on = models.DateField("行为日")
    words = models.CharField("情形内容", max_length=200)

    class Meta:
        indexes = [models.Index(fields=["act", "case"])]
        constraints = [models.UniqueConstraint(fields=["case", "act"], name="an_act_once_in_a_case")]

    def __str__(self) -> str:
        return self.words
