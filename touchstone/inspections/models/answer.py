"""检查记录表: each answer of an inspector, each signature under the whole, and what was found wrong."""

from django.db import models
from django.db.models import F, Q

from touchstone.inspections.models.visit import Visit
from touchstone.inspections.states import FindingState
from touchstone.policy.supervision.items import Answer as Answered


class Answer(models.Model):
    """What one inspector answered at one question. Answers are never written over: another one has the next `revision` and a `reason`, and the last
    counts. `client_key` names the answer on the phone, so that sending it twice keeps it once; `noted_at` is when it was given there.
    """

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="answers")
    check_key = models.CharField("检查项目", max_length=48)
    answer = models.CharField("结论", max_length=8, choices=[(a.value, a.label) for a in Answered])
    note = models.TextField("说明", blank=True)
    revision = models.PositiveSmallIntegerField("第几次")
    reason = models.CharField("更改的理由", max_length=200, blank=True)
    client_key = models.CharField(max_length=64)
    given_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+", verbose_name="填写人")
    noted_at = models.DateTimeField("填写时间")
    kept_at = models.DateTimeField("送达时间")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "check_key", "revision"], name="one_answer_a_revision"),
            models.UniqueConstraint(fields=["visit", "client_key"], name="an_answer_kept_once"),
            models.CheckConstraint(condition=Q(revision=1) | ~Q(reason=""), name="a_changed_answer_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.visit} {self.check_key}"


class Signature(models.Model):
    """A signature under a record as it stood (`digest`): an inspector's, or the body's (`for_body`), drawn on the phone or given by one's own
    log-in. When the record changes afterwards the signature no longer holds.
    """

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="signatures")
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    for_body = models.BooleanField("机构签字", default=False)
    name = models.CharField("签字人", max_length=60)
    post = models.CharField("职务", max_length=60, blank=True)
    digest = models.CharField(max_length=64)
    drawing = models.CharField("手写签名", max_length=40, blank=True)
    signed_at = models.DateTimeField("签字时间")
    ended_at = models.DateTimeField("失效时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "person"], condition=Q(ended_at__isnull=True, for_body=False), name="an_inspector_signs_once"
            ),
            models.UniqueConstraint(fields=["visit"], condition=Q(ended_at__isnull=True, for_body=True), name="a_body_signs_once"),
        ]

    def __str__(self) -> str:
        return f"{self.visit} {self.name}"


class VisitFinding(models.Model):
    """What a sealed visit found wrong (问题): a question answered with no, the note, and the acts of the catalogue it may amount to."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="problems")
    check_key = models.CharField("检查项目", max_length=48)
    item = models.CharField("检查事项", max_length=24)
    question = models.CharField("检查项目内容", max_length=200)
    note = models.TextField("事实")
    acts = models.JSONField("可能构成的情形", default=list)
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in FindingState], default=FindingState.FOUND)
    asked = models.TextField("改正要求", blank=True)
    decided_at = models.DateTimeField("确定处理方式的时间", null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField("改正期限", null=True)
    reminded_on = models.DateField("提醒日期", null=True)
    overdue_on = models.DateField("记为逾期的日期", null=True)
    report = models.TextField("改正情况", blank=True)
    reported_at = models.DateTimeField("报告时间", null=True)
    reported_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    examined_at = models.DateTimeField("复查时间", null=True)
    examined_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    opinion = models.TextField("复查或处理意见", blank=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    case_number = models.CharField("案件", max_length=32, blank=True)
    findings = models.JSONField("审查意见", default=list)

    class Meta:
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.UniqueConstraint(fields=["visit", "check_key"], name="a_question_found_once"),
            models.CheckConstraint(condition=Q(closed_by__isnull=True) | ~Q(closed_by=F("examined_by")), name="checked_off_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.visit} {self.check_key}"

    def move_to(self, state: FindingState) -> None:
        """The one way its state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()
