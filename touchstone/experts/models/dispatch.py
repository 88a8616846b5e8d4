"""派遣表: who was asked for, how was the draw made, who was sent, and what came of it?"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from touchstone.experts.states import ENGAGED, AssignmentState, RequestState


class DispatchRequest(models.Model):
    """People asked for a case (a sitting, named by its number), frozen when it was asked.

    `slots` is [{"slot": "assessor", "kinds": ["assessor", …], "count": 3, "why": …, "clause": …}]; `recuse_from` is {"bodies": [pk],
    "persons": [pk], "employers": [name keys]}: whom those sent must have no tie to. `candidates` is how many are judged. Names are hidden
    from the body until `reveal_at`. The secret of the draw is fixed, and its commitment on record, when the request is made: before anybody
    knows who can be drawn.
    `corps_of` is the office whose external supervisors are asked for; empty where a body asks for assessors.
    """

    number = models.CharField("派遣编号", max_length=40, unique=True)
    case = models.CharField("服务的业务", max_length=64, db_index=True)
    title = models.CharField("事项", max_length=200)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    venue = models.ForeignKey("bodies.Venue", models.PROTECT, null=True, related_name="+")
    district = models.CharField("所在区", max_length=6, blank=True)
    occupation = models.ForeignKey("catalogue.Occupation", models.PROTECT, null=True, related_name="+")
    level = models.PositiveSmallIntegerField("等级", null=True)
    corps_of = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+", verbose_name="督导派出单位")
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    reveal_at = models.DateTimeField("名单公开时间")
    candidates = models.PositiveIntegerField("考生人数", default=0)
    slots = models.JSONField("所需人员", default=list)
    recuse_from = models.JSONField("回避对象", default=dict)
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in RequestState], default=RequestState.ASKED)
    findings = models.JSONField("派遣意见", default=list)
    commitment = models.CharField("种子承诺", max_length=64, default="")
    secret_sealed = models.BinaryField(default=b"")
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField("提出时间")

    class Meta:
        indexes = [models.Index(fields=["state", "starts_at"]), models.Index(fields=["body", "-starts_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="dispatch_period"),
            models.UniqueConstraint(
                fields=["case", "corps_of"], condition=~Q(state="cancelled"), nulls_distinct=False, name="one_request_per_case"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: RequestState) -> None:
        """The one way a request's state changes; the operation has checked the move."""
        self.state = state
        self.save(update_fields=["state", "findings"])


class DispatchDraw(models.Model):
    """One draw for a request; a later one is numbered and says why. `record` holds all that anyone needs to draw again: roster, weights, those left
    out with the reason, quotas, seed, result and reserves (`cvd-draw/v1`)."""

    request = models.ForeignKey(DispatchRequest, models.PROTECT, related_name="draws")
    sequence = models.PositiveSmallIntegerField("次序")
    reason = models.CharField("事由", max_length=200)
    seed = models.CharField("随机种子", max_length=64)
    record = models.JSONField("记录")
    drawn_at = models.DateTimeField("抽取时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "sequence"], name="one_draw_per_number")]

    def __str__(self) -> str:
        return f"{self.request} 第{self.sequence}次"


class Assignment(models.Model):
    """One member sent to one sitting in one slot. PostgreSQL itself refuses that a member is engaged twice at one time.

    `report` is what they wrote afterwards: {"words": …, "items": {...}}; `photos` attachment numbers.
    """

    number = models.CharField("派遣单编号", max_length=48, unique=True)
    request = models.ForeignKey(DispatchRequest, models.PROTECT, related_name="assignments")
    draw = models.ForeignKey(DispatchDraw, models.PROTECT, related_name="assignments")
    member = models.ForeignKey("experts.Member", models.PROTECT, related_name="assignments")
    qualification = models.ForeignKey("experts.Qualification", models.PROTECT, related_name="+")
    slot = models.CharField("岗位", max_length=24)
    leads = models.BooleanField("组长", default=False)
    period = DateTimeRangeField("时间")
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in AssignmentState], default=AssignmentState.OFFERED)
    offered_at = models.DateTimeField("派出时间")
    answered_at = models.DateTimeField("答复时间", null=True)
    refusal = models.CharField("推辞理由", max_length=200, blank=True)
    refusal_accepted = models.BooleanField("理由正当", null=True)
    signed_in_at = models.DateTimeField("签到时间", null=True)
    reported_at = models.DateTimeField("报告时间", null=True)
    report = models.JSONField("报告", default=dict)

    class Meta:
        indexes = [models.Index(fields=["member", "-id"]), models.Index(fields=["request", "state"])]
        constraints = [
            ExclusionConstraint(
                name="nobody_in_two_places",
                expressions=[
                    (Func(F("member_id"), F("member_id"), models.Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=sorted(ENGAGED)),
            )
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: AssignmentState) -> None:
        """The one way an assignment's state changes; the operation has checked the move."""
        self.state = state
        self.save(
            update_fields=["state", "answered_at", "refusal", "refusal_accepted", "signed_in_at", "reported_at", "report"],
        )
