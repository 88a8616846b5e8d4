"""认定计划表: what will be evaluated, where, when, under which filing?"""

from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries import lying_in, registered_in
from touchstone.exams.states import PlanAdmission, PlanState
from touchstone.ledger.text_search import gram_index
from touchstone.policy.roles import OfficeKind


class PlanSet(models.QuerySet["Plan"]):
    """Filters over plans."""

    def visible_to(self, actor: Actor) -> "PlanSet":
        """Own plans; the district's bodies and venues; the field's bodies; the whole city for the city."""
        kind = actor.office_kind
        if actor.is_platform or kind in {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE, OfficeKind.OPERATOR}:
            return self
        if kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(body__office_id=actor.office_id)
        sent = self.exclude(state=PlanState.DRAFTED)
        if kind is OfficeKind.DISTRICT_BUREAU:
            # two short lists of keys, looked into for each plan as the list is walked by day: joined, every plan would be read first
            return sent.filter(Q(body__in=registered_in(actor.district)) | Q(venue__in=lying_in(actor.district)))
        if kind is OfficeKind.INDUSTRY_AUTHORITY:
            found = sent.filter(body__industry=actor.industry)
            return found.filter(body__district=actor.district) if actor.district else found
        return self.none()


class Plan(models.Model):
    """An assessment plan (认定计划) of a body under one line of its filing's scope."""

    number = models.CharField("计划编号", max_length=40, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="plans")
    scope_item = models.ForeignKey("filings.ScopeItem", models.PROTECT, related_name="plans")
    occupation = models.ForeignKey("catalogue.Occupation", models.PROTECT, related_name="+")
    trade = models.ForeignKey("catalogue.Trade", models.PROTECT, null=True, related_name="+")
    level = models.PositiveSmallIntegerField("等级")
    standard = models.ForeignKey("catalogue.Standard", models.PROTECT, related_name="+")
    venue = models.ForeignKey("bodies.Venue", models.PROTECT, related_name="+")
    title = models.CharField("计划名称", max_length=120)
    admission = models.CharField(
        "计划类别", max_length=16, choices=[(a.value, a.label) for a in PlanAdmission], default=PlanAdmission.BY_LEVEL
    )
    exam_on = models.DateField("考试日期")
    registration_closes_on = models.DateField("报名截止日")
    quota = models.PositiveIntegerField("计划人数")
    contact = models.CharField("联系人及电话", max_length=120)
    open_to_candidates = models.BooleanField("开放本人报名", default=False)
    fee = models.PositiveIntegerField("收费标准（元）", default=0)
    remark = models.TextField("说明", blank=True)
    state = models.CharField("状态", max_length=16, choices=[(s.value, s.label) for s in PlanState], default=PlanState.DRAFTED)
    drafted_at = models.DateTimeField("编制时间")
    reported_at = models.DateTimeField("上报时间", null=True)
    signed_for_at = models.DateTimeField("区签收时间", null=True)
    findings = models.JSONField("上报时的审查意见", default=list)

    objects = PlanSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["body", "-exam_on", "-id"]),
            models.Index(fields=["-exam_on", "-id"]),
            models.Index(fields=["state", "exam_on"]),
            models.Index(fields=["exam_on", "id"], condition=Q(open_to_candidates=True, state="reported"), name="plans_open_to_candidates"),
            gram_index("title", "plans_by_title_part"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_for_apprentices(self) -> bool:
        return self.admission == PlanAdmission.APPRENTICES

    def move_to(self, state: PlanState) -> None:
        """The one way a plan's state changes; the operation has checked the move."""
        self.state = state
        self.save(update_fields=["state", "reported_at", "signed_for_at", "findings"])
