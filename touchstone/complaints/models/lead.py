"""线索表: what was told of whom, whose is it, how far is it, how was it verified, and what came of it?"""

from django.db import models

from touchstone.accounts.actor import Actor
from touchstone.complaints.states import OPEN, Decline, State
from touchstone.ledger.text_search import gram_index
from touchstone.policy.roles import OfficeKind
from touchstone.policy.supervision.complaints import Origin, Verdict

_CITY = {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}


class LeadSet(models.QuerySet["Lead"]):
    """Filters over leads."""

    def visible_to(self, actor: Actor) -> "LeadSet":
        """The city all; a district what lies with it; nobody what accuses them; bodies, industry authorities and operators none."""
        if actor.is_platform:
            return self
        if actor.office_kind in _CITY:
            return self.exclude(pk__in=self._accusing(actor))
        if actor.office_kind is OfficeKind.DISTRICT_BUREAU:
            return self.filter(office_id=actor.office_id).exclude(pk__in=self._accusing(actor))
        return self.none()

    @staticmethod
    def _accusing(actor: Actor) -> "models.QuerySet[Accused, int]":
        """The leads that accuse somebody: few, and read once for a list instead of once for each lead."""
        return Accused.objects.filter(user_id=actor.user_id or 0).order_by().values_list("lead_id", flat=True)


class Lead(models.Model):
    """A lead (线索): of whatever origin, about a body of the register (`body`) or about somebody told by name and place.

    Who complained stands in `Complainant`, never here. `code_index` is the blind index of the follow-up code. `due_on` is the day of the clock that
    runs now: to decide whether it is taken up, to verify, to answer.
    """

    number = models.CharField("受理编号", max_length=24, unique=True)
    origin = models.CharField("来源", max_length=12, choices=[(one.value, one.label) for one in Origin])
    source = models.CharField("来源说明", max_length=160, blank=True)
    link = models.URLField("链接", max_length=400, blank=True)
    code_index = models.BinaryField(null=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, related_name="+", verbose_name="评价机构")
    about = models.CharField("被反映的机构或场所", max_length=160)
    place = models.CharField("地点或网址", max_length=200, blank=True)
    district = models.CharField("所在区", max_length=6, blank=True)
    certificate_number = models.CharField("证书编号", max_length=40, blank=True)
    happened = models.CharField("时间", max_length=120, blank=True)
    facts = models.TextField("反映的情况", blank=True)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="承办单位")
    state = models.CharField("状态", max_length=12, choices=[(one.value, one.label) for one in State], default=State.RECEIVED)
    received_at = models.DateTimeField("收到时间")
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField("办理期限", null=True)
    reminded_for = models.DateField("已提醒的期限", null=True)
    escalated_for = models.DateField("已督办的期限", null=True)
    decided_at = models.DateTimeField("决定是否受理的时间", null=True)
    declined = models.CharField("不予受理的情形", max_length=16, blank=True, choices=[(one.value, one.label) for one in Decline])
    extended_because = models.TextField("延长理由", blank=True)
    verdict = models.CharField("结论", max_length=12, blank=True, choices=[(one.value, one.label) for one in Verdict])
    conclusion = models.TextField("核实情况", blank=True)
    findings = models.JSONField("审查意见", default=list)
    concluded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField("核实完毕时间", null=True)
    reply = models.TextField("答复", blank=True)
    told_at = models.DateTimeField("答复时间", null=True)
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined")
    led_to = models.CharField("后续案件", max_length=40, blank=True)
    case_result = models.CharField("案件结果", max_length=200, blank=True)

    identity_destroyed_on = models.DateField("投诉人身份销毁日", null=True)

    objects = LeadSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["office", "state", "due_on"], name="leads_of_office"),
            models.Index(fields=["office", "district", "id"], name="leads_of_office_by_place"),
            models.Index(fields=["office", "verdict"], name="leads_of_office_verdict"),  # how many were upheld stands at the foot of the list
            models.Index(fields=["body", "-id"], name="leads_about_body"),
            models.Index(fields=["due_on", "id"], condition=models.Q(state__in=OPEN), name="leads_open"),
            # every column that the list can be sorted by
            *(
                models.Index(fields=[column, "id"], name=f"leads_by_{column}")
                for column in ("origin", "state", "office", "verdict", "district", "due_on", "received_at")
            ),
            gram_index("about", "leads_by_about_part"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def has_complainant(self) -> bool:
        """Whether somebody waits for an answer: whoever complained, or the authority that handed it over."""
        return self.origin in {Origin.COMPLAINT, Origin.AUTHORITY}

    def move_to(self, state: State) -> None:
        """The one way a lead's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()


class Verifier(models.Model):
    """One of the people who verify a lead."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="verifiers")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    appointed_at = models.DateTimeField("指定时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lead", "user"], name="a_verifier_once")]

    def __str__(self) -> str:
        return f"{self.lead} {self.user}"


class Accused(models.Model):
    """Somebody of the offices themselves whom a lead accuses: neither verifies it nor sees it."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="accused")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lead", "user"], name="accused_once")]

    def __str__(self) -> str:
        return f"{self.lead} {self.user}"


class Note(models.Model):
    """One record of verifying (核实记录): when, where, what was done and found; its files lie under the lead, by `label`."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="notes")
    words = models.TextField("核实经过和发现")
    at = models.DateTimeField("时间")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.lead} {self.label}"

    @property
    def label(self) -> str:
        return f"核实记录{self.pk}"


class Question(models.Model):
    """What whoever complained was asked to add (by the platform, where `asked_by` is none), and what they added; unasked, `words` is empty."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="questions")
    words = models.TextField("请补充", blank=True)
    asked_at = models.DateTimeField("时间")
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answer = models.TextField("补充", blank=True)
    answered_at = models.DateTimeField("补充时间", null=True)

    def __str__(self) -> str:
        return f"{self.lead} {self.pk}"


class BodyWord(models.Model):
    """What a body was asked about a lead, in the office's own words, and what it said. It has a number of its own: the body never learns the lead's,
    which whoever complained may have shown around."""

    number = models.CharField("编号", max_length=24, unique=True)
    lead = models.ForeignKey(Lead, models.CASCADE, related_name="words")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    facts = models.TextField("请说明的事项")
    asked_at = models.DateTimeField("请说明时间")
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    due_on = models.DateField("说明期限")
    answer = models.TextField("说明", blank=True)
    answered_at = models.DateTimeField("说明时间", null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["body", "-id"], name="words_of_body")]

    def __str__(self) -> str:
        return self.number
