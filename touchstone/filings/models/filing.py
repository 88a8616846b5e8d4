"""备案申请表: filings, what they ask for, what was handed in and sent back."""

from typing import Any

from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.filings.states import WAITING_ON, State
from touchstone.ledger.text_search import gram_index
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.filing.purposes import Purpose
from touchstone.policy.roles import OfficeKind
from touchstone.tasks.queries import cases_shown_to


class FilingSet(models.QuerySet["Filing"]):
    """Filters over filings."""

    def visible_to(self, actor: Actor) -> "FilingSet":
        """Territory × industry: the body's own; the district where registered, with a venue, or asked for consent; the field's."""
        kind = actor.office_kind
        if actor.is_platform:
            return self
        if kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(body__office_id=actor.office_id)
        sent = self.exclude(rules_day__isnull=True)  # what was never sent to anybody is the applicant's own
        if kind in {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE, OfficeKind.OPERATOR}:
            return sent
        if kind is OfficeKind.DISTRICT_BUREAU:
            return sent.filter(pk__in=Ground.objects.filter(district=actor.district).values("filing_id"))
        if kind is OfficeKind.INDUSTRY_AUTHORITY:
            field = Filing.objects.filter(body__industry=actor.industry)
            return sent.filter(pk__in=self._asked(actor, field.filter(body__district=actor.district) if actor.district else field))
        return self.none()

    def _asked(self, actor: Actor, own: "FilingSet") -> "models.QuerySet[Filing, Any]":
        """The actor's own filings, and those on which its office was asked for consent or an opinion, or which it was shown.

        One list of keys, each part read by its index: the same as conditions joined by "or" would read every line of scope there is.
        """
        consented = Filing.objects.filter(consents__office_id=actor.office_id)
        opined = Filing.objects.filter(added_opinions__office_id=actor.office_id)
        shown = Filing.objects.filter(number__in=cases_shown_to(actor.office_id))
        return own.values("pk").union(consented.values("pk"), opined.values("pk"), shown.values("pk"), all=True)


class Filing(models.Model):
    """An application to be filed (备案), and, once accepted, the filing itself. Follows the route of `rules_day` to the end.

    `rules_day` is the day the draft was first sent for consent (or, where the purpose needs none, first submitted). An amendment
    or renewal names the filing it changes in `root`; a filing of its own has none. `changes` says what an amendment changes beside
    the scope: {"kinds": [...], "name": …, "ends": [scope item keys]}. `renewal_pending` is true on a root while a renewal asked for in
    time is undecided: it stays in force past `until`. `loaded_from` is set on what was loaded as it stood before the platform,
    `former_number` is the number it then had.
    """

    number = models.CharField("备案申请编号", max_length=40, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="filings")
    purpose = models.CharField("申请事项", max_length=8, choices=[(p.value, p.label) for p in Purpose], default=Purpose.NEW)
    root = models.ForeignKey("self", models.PROTECT, null=True, related_name="changes_of", verbose_name="原备案")
    changes = models.JSONField("变更内容", default=dict)
    route = models.CharField("备案路线", max_length=40)
    rules_day = models.DateField("适用规则日", null=True)
    state = models.CharField("状态", max_length=20, choices=[(s.value, s.label) for s in State], default=State.DRAFTED)
    step = models.CharField("环节", max_length=40, blank=True)
    round = models.PositiveSmallIntegerField("提交次数", default=0)
    begun_at = models.DateTimeField("开始填报时间")
    saved_at = models.DateTimeField("最近保存时间")
    submitted_at = models.DateTimeField("首次提交时间", null=True)
    decided_at = models.DateTimeField("决定时间", null=True)
    in_force_from = models.DateField("备案生效日", null=True)
    until = models.DateField("备案截止次日", null=True)
    renewal_pending = models.BooleanField("续期待决定", default=False)
    loaded_from = models.CharField("装入批次", max_length=40, blank=True)
    former_number = models.CharField("原备案编号", max_length=60, blank=True)

    objects = FilingSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["body", "state"]),
            models.Index(fields=["state", "-id"]),
            models.Index(fields=["root"]),
            models.Index(fields=["until"], condition=Q(state="accepted"), name="filings_by_end"),
            gram_index("number", "filings_by_number_part"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "suspended", "terminated"]) | Q(in_force_from__isnull=False, until__isnull=False),
                name="accepted_has_term",
            ),
            models.CheckConstraint(
                condition=Q(purpose="new", root__isnull=True) | (~Q(purpose="new") & Q(root__isnull=False)), name="changes_name_root"
            ),
            models.UniqueConstraint(fields=["body", "former_number"], condition=~Q(former_number=""), name="one_filing_per_former_number"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def purpose_label(self) -> str:
        return Purpose(self.purpose).label

    @property
    def waits_for(self) -> str:
        return WAITING_ON[State(self.state)].label

    @property
    def state_label(self) -> str:
        return State(self.state).label

    def move_to(self, state: State, *, step: str | None = None) -> None:
        """The one way a filing's state changes; the operation has checked the move."""
        self.state = state
        if step is not None:
            self.step = step
        self.save()


class Ground(models.Model):
    """A district on whose ground a filing lies: where its body is registered, where a line of its scope is evaluated, or whose bureau was
    asked for consent or an opinion, or shown the case.

    The database keeps these rows itself (triggers, `0005_ground`), whatever writes filings, lines and requests; the district of a body or a
    venue never changes. A district's list reads them instead of a million lines of scope.
    """

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="grounds")
    district = models.CharField("区", max_length=6)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "filing"], name="one_ground_per_district")]

    def __str__(self) -> str:
        return f"{self.filing} {self.district}"


class DraftSection(models.Model):
    """What the applicant writes in one section of the form.

    `revision` counts sittings at the desk, not key strokes: saves of one `session` (one opened page) go into one revision, and of
    two people who opened the same revision the second to save is told.
    """

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="sections")
    key = models.CharField("部分", max_length=24)
    content = models.JSONField("内容", default=dict)
    revision = models.PositiveIntegerField(default=0)
    session = models.CharField(max_length=64, blank=True)
    saved_at = models.DateTimeField("保存时间")
    saved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing", "key"], name="one_draft_per_section")]

    def __str__(self) -> str:
        return f"{self.filing} {self.key}"


class ScopeItem(models.Model):
    """One line of a filing's scope: occupation (trade) × level × standard × venue, with its own days once in force."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="scope")
    occupation = models.ForeignKey("catalogue.Occupation", models.PROTECT, related_name="+")
    trade = models.ForeignKey("catalogue.Trade", models.PROTECT, null=True, blank=True, related_name="+")
    level = models.PositiveSmallIntegerField("等级")
    standard = models.ForeignKey("catalogue.Standard", models.PROTECT, related_name="+")
    venue = models.ForeignKey("bodies.Venue", models.PROTECT, related_name="+")
    since = models.DateField("生效日", null=True)
    until = models.DateField("截止次日", null=True)

    class Meta:
        indexes = [models.Index(fields=["occupation", "level", "since"])]
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "occupation", "trade", "level", "venue"], name="scope_item_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="scope_level_range"),
        ]

    def __str__(self) -> str:
        return f"{self.occupation.name}（{self.trade.name}）" if self.trade else self.occupation.name

    @property
    def level_label(self) -> str:
        return Level(self.level).label


class Submission(models.Model):
    """What was submitted in one round: a frozen copy, and what the rules found in it."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="submissions")
    round = models.PositiveSmallIntegerField("次")
    submitted_at = models.DateTimeField("提交时间")
    submitted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    content = models.JSONField("内容")
    findings = models.JSONField("审查意见", default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing", "round"], name="one_submission_per_round")]

    def __str__(self) -> str:
        return f"{self.filing} 第{self.round}次"


class SupplementRequest(models.Model):
    """What the district asked to be put right (退回补正) in one round: in all, and point by point, by section of the form."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="supplements")
    round = models.PositiveSmallIntegerField("次")
    words = models.TextField("补正要求")
    points = models.JSONField("逐项要求", default=dict)
    asked_at = models.DateTimeField("退回时间")
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField("补正期限")
    answered_at = models.DateTimeField("重新提交时间", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing"], condition=Q(answered_at__isnull=True), name="one_open_supplement")]

    def __str__(self) -> str:
        return f"{self.filing} 第{self.round}次退回"
