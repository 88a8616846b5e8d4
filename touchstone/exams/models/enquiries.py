"""查询表: what was an outside register asked about a candidate, and what did it say?"""

from django.db import models
from django.db.models import Q

from touchstone.exams.states import EnquiryState
from touchstone.kernel.rules import Outcome
from touchstone.policy.eligibility.outside import Register

OPEN = [EnquiryState.WAITING.value, EnquiryState.UNAVAILABLE.value]


class Enquiry(models.Model):
    """One question to one register about one candidate. Its number is what the register knows it by, so that asking twice is asking once.

    `answer` holds the facts told, as little as the finding needs; `findings` what they come to against what was claimed, the weakest as
    `outcome`. `why` says why there is no answer yet, `next_at` when it is asked next. A question put anew takes the place of the former, which stays.
    """

    number = models.CharField("查询编号", max_length=48, unique=True)
    candidate = models.ForeignKey("exams.Candidate", models.PROTECT, related_name="enquiries")
    register = models.CharField("外部登记", max_length=12, choices=[(r.value, r.label) for r in Register])
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in EnquiryState], default=EnquiryState.WAITING)
    opened_at = models.DateTimeField("提出时间")
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    tried_at = models.DateTimeField("最近一次查询", null=True)
    next_at = models.DateTimeField("下次查询", null=True)
    failures = models.PositiveSmallIntegerField("连续没有答复", default=0)
    why = models.CharField("没有答复的原因", max_length=120, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    outcome = models.CharField("核对结果", max_length=12, choices=[(o.value, o.label) for o in Outcome], blank=True)
    answer = models.JSONField("答复", default=dict)
    findings = models.JSONField("核对意见", default=list)
    settled = models.CharField("核实说明", max_length=300, blank=True)
    settled_at = models.DateTimeField("核实时间", null=True)
    settled_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField("重新提出时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "register"], condition=Q(superseded_at__isnull=True), name="one_standing_enquiry"),
            models.CheckConstraint(condition=Q(state="answered", answered_at__isnull=False) | ~Q(state="answered"), name="answered_at_some_time"),
        ]
        indexes = [
            models.Index(fields=["register", "next_at"], condition=Q(state__in=OPEN, superseded_at__isnull=True), name="enquiries_to_ask"),
            models.Index(fields=["register", "-answered_at"], condition=Q(state="answered"), name="enquiries_answered"),
            models.Index(fields=["opened_at"]),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def contradicts(self) -> bool:
        """Whether the register contradicts what was claimed, and nobody has looked into it yet."""
        return self.outcome == Outcome.UNMET and not self.settled
