"""调取资料表: an office's call for records of a body, each thing it asks for, and the fingerprints of what was frozen."""

from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries import registered_in
from touchstone.inspections.models.plan import CITY
from touchstone.inspections.states.records import CallState, ItemState, MoreTime, RecordsKind
from touchstone.ledger.key_lists import among
from touchstone.policy.roles import OfficeKind
from touchstone.policy.supervision.records import Frozen


class RecordsCallSet(models.QuerySet["RecordsCall"]):
    """Filters over calls for records."""

    def visible_to(self, actor: Actor) -> "RecordsCallSet":
        """The city all; a district those it made and those about bodies registered there; a body those about itself."""
        if actor.is_platform or actor.office_kind in CITY:
            return self
        if actor.office_kind is OfficeKind.DISTRICT_BUREAU:
            return self.filter(Q(office_id=actor.office_id) | among("body", registered_in(actor.district)))
        if actor.office_kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(body__office_id=actor.office_id)
        return self.none()


class RecordsCall(models.Model):
    """A call for records (调取资料) of a body. `charge` is why this office may, as found that day; `campaign` the special campaign it belongs to.

    `due_on` is the day in force; `first_due_on` the one the notice named. `position` is the last line of the ledger at the call.
    """

    number = models.CharField("调取编号", max_length=24, unique=True)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="调取单位")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="评价机构")
    item = models.CharField("督导检查事项", max_length=24)
    purpose = models.TextField("事由和用途")
    clause = models.CharField("依据", max_length=200)
    charge = models.JSONField("监管职责", default=dict)
    origin = models.CharField("来源编号", max_length=40, blank=True)
    campaign = models.CharField("专项督导", max_length=24, blank=True)
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in CallState], default=CallState.CALLED)
    position = models.BigIntegerField("调取时的存证号", default=0)
    called_at = models.DateTimeField("调取时间")
    called_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    first_due_on = models.DateField("原定期限")
    due_on = models.DateField("提供期限")
    term_reason = models.CharField("期限较长的理由", max_length=200, blank=True)
    more_time = models.CharField("延期", max_length=8, choices=[(s.value, s.label) for s in MoreTime], blank=True, default=MoreTime.NOT_ASKED)
    more_time_until = models.DateField("申请延至", null=True)
    more_time_reason = models.CharField("延期理由", max_length=300, blank=True)
    more_time_answer = models.CharField("延期答复", max_length=300, blank=True)
    reminded_at = models.DateTimeField("提醒时间", null=True)
    overdue_at = models.DateTimeField("逾期登记时间", null=True)
    handed_at = models.DateTimeField("提供完毕时间", null=True)
    findings = models.JSONField("审查意见", default=list)
    outcome = models.TextField("核收结论", blank=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = RecordsCallSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["office", "-id"]),
            models.Index(fields=["body", "-id"]),
            models.Index(fields=["due_on"], condition=Q(state="called"), name="records_owed"),
            models.Index(fields=["id"], condition=Q(overdue_at__isnull=False), name="records_late"),
            # what the list is narrowed to, and every column that it can be sorted by
            *(models.Index(fields=[column, "id"], name=f"records_by_{column}") for column in ("item", "state", "due_on", "called_at", "campaign")),
            models.Index(fields=["campaign"], condition=~Q(campaign=""), name="records_of_campaign"),
            models.Index(fields=["origin"], condition=~Q(origin=""), name="records_by_origin"),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: CallState) -> None:
        """The one way a call's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()


class RecordsItem(models.Model):
    """One thing a call asks for. What the platform itself holds is named by `reference` and frozen: `frozen` holds the fingerprint of each part as it
    was at the call, `fingerprint` one of them all. What the body hands over lies under the item's number.
    """

    number = models.CharField("编号", max_length=28, unique=True)
    call = models.ForeignKey(RecordsCall, models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField("序号")
    kind = models.CharField("资料种类", max_length=12, choices=[(k.value, k.label) for k in RecordsKind])
    words = models.CharField("资料内容", max_length=300)
    reference = models.CharField("平台编号", max_length=48, blank=True)
    frozen = models.JSONField("冻结时的指纹", default=dict)
    fingerprint = models.CharField(max_length=64, blank=True)
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in ItemState], default=ItemState.WAITING)
    answer = models.CharField("机构说明", max_length=600, blank=True)
    answered_at = models.DateTimeField("提供时间", null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    outcome = models.CharField("核收意见", max_length=600, blank=True)
    findings = models.JSONField("核对结果", default=list)
    judged_at = models.DateTimeField("核收时间", null=True)
    judged_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "place"], name="one_item_a_place")]

    def __str__(self) -> str:
        return self.number

    @property
    def locks(self) -> Frozen | None:
        """As what the body does not alter it while the call is open; None for what it holds itself and for what has to go on."""
        return Frozen(self.kind) if self.fingerprint and self.kind in set(Frozen) else None

    def move_to(self, state: ItemState) -> None:
        """The one way an item's state changes; the operation has checked that it may."""
        self.state = state
        self.save()
