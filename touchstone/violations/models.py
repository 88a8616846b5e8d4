"""违纪违规表: one case against a candidate or a member of staff, with everything that was said and decided."""

from django.db import models

from touchstone.accounts.actor import Actor
from touchstone.ledger.text_search import gram_index
from touchstone.policy.exams.parts import Part
from touchstone.policy.roles import OfficeKind
from touchstone.policy.violations.acts import Party, Tier
from touchstone.policy.violations.measures import Measure
from touchstone.violations.states import State

_CITY = {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}


class ViolationSet(models.QuerySet["Violation"]):
    """Filters over cases."""

    def visible_to(self, actor: Actor) -> "ViolationSet":
        """A body's own; a district those of bodies registered there; the city all; a person those against themselves."""
        kind = actor.office_kind
        if actor.is_platform or kind in _CITY:
            return self
        if kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(body__office_id=actor.office_id)
        if kind is OfficeKind.DISTRICT_BUREAU:
            return self.filter(body__district=actor.district)
        if kind in {OfficeKind.CANDIDATE, OfficeKind.CORPS}:
            return self.filter(person__user__pk=actor.user_id or 0).exclude(state=State.RECORDED)
        return self.none()


class Violation(models.Model):
    """A case (违纪违规案件). What was laid down on the day of the act is kept with it: words of the act, tier, clause, findings of the decision.

    `parts` are those voided; `until` is the day (exclusive) until which the person is kept away.
    """

    number = models.CharField("案件编号", max_length=24, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="violations")
    party = models.CharField("对象", max_length=12, choices=[(p.value, p.label) for p in Party])
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="violations")
    name_key = models.CharField(max_length=60)
    candidate = models.ForeignKey("exams.Candidate", models.PROTECT, null=True, related_name="violations")
    sitting = models.ForeignKey("exams.Sitting", models.PROTECT, null=True, related_name="violations")
    part = models.CharField("科目", max_length=12, choices=[(p.value, p.label) for p in Part], blank=True)
    incident = models.CharField("考场情况编号", max_length=24, blank=True)
    enquiry = models.CharField("外部登记查询编号", max_length=48, blank=True)
    act = models.CharField("情形", max_length=24)
    act_words = models.CharField("情形内容", max_length=120)
    tier = models.CharField("档次", max_length=8, choices=[(t.value, t.label) for t in Tier])
    clause = models.CharField("情形依据", max_length=200)
    happened_on = models.DateField("行为日期")
    facts = models.TextField("事实")
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in State], default=State.RECORDED)
    recorded_at = models.DateTimeField("立案时间")
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    notified_at = models.DateTimeField("告知时间", null=True)
    heard_until = models.DateField("陈述申辩截止日", null=True)
    statement = models.TextField("陈述申辩", blank=True)
    statement_at = models.DateTimeField("陈述申辩时间", null=True)
    waived = models.BooleanField("放弃陈述申辩", default=False)
    measure = models.CharField("处理", max_length=12, choices=[(m.value, m.label) for m in Measure], blank=True)
    parts = models.JSONField("无效的科目", default=list)
    until = models.DateField("限制截止日", null=True)
    reason = models.TextField("处理理由", blank=True)
    findings = models.JSONField("认定", default=list)
    decided_at = models.DateTimeField("决定时间", null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    appeal_to = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+", verbose_name="申诉受理单位")
    appeal_until = models.DateField("申诉截止日", null=True)
    appeal = models.TextField("申诉", blank=True)
    appealed_at = models.DateTimeField("申诉时间", null=True)
    answer = models.TextField("申诉答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)

    objects = ViolationSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["body", "-id"]),
            models.Index(fields=["person", "-id"]),
            models.Index(fields=["state", "-id"]),
            gram_index("name_key", "violations_by_name_part"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(party=Party.CANDIDATE, candidate__isnull=False) | models.Q(party=Party.STAFF, candidate__isnull=True),
                name="violation_party",
            ),
            models.UniqueConstraint(fields=["incident"], condition=~models.Q(incident=""), name="one_case_per_incident"),
            models.UniqueConstraint(fields=["enquiry"], condition=~models.Q(enquiry=""), name="one_case_per_enquiry"),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: State) -> None:
        """The one way a case's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()
