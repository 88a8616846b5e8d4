"""撤销案件表: one case, and one row for each certificate in it, with everything that was said and decided."""

from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.policy.certificates.revocation import Cause, Verdict
from touchstone.policy.roles import OfficeKind
from touchstone.revocations.states import AppealState, RowState, State

_CITY = {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}


class RevocationSet(models.QuerySet["Revocation"]):
    """Filters over cases."""

    def visible_to(self, actor: Actor) -> "RevocationSet":
        """The city all; a district those it handles and those about bodies registered there; a body those it proposed or was told of."""
        kind = actor.office_kind
        if actor.is_platform or kind in _CITY:
            return self
        if kind is OfficeKind.DISTRICT_BUREAU:
            about = RevocationRow.objects.filter(body__district=actor.district).values("case_id")
            return self.filter(Q(office_id=actor.office_id) | Q(pk__in=about))
        if kind is OfficeKind.ASSESSMENT_BODY:
            about = RevocationRow.objects.filter(body__office_id=actor.office_id).values("case_id")
            return self.filter(Q(pk__in=about), ~Q(state=State.OPENED) | Q(from_office_id=actor.office_id))
        return self.none()


class Revocation(models.Model):
    """A case of revocation (撤销案件). `office` handles it; `from_office` put it forward (the same, or a body); `origin` is the case or finding it
    came from. `reach` is what was reckoned when it was opened: dependents and support paid.
    """

    number = models.CharField("案件编号", max_length=24, unique=True)
    cause = models.CharField("事由", max_length=16, choices=[(one.value, one.label) for one in Cause])
    origin = models.CharField("来源编号", max_length=40, blank=True)
    clause = models.CharField("依据", max_length=200)
    reason = models.TextField("事实和理由")
    body_words = models.CharField("评价机构", max_length=160)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="revocations", verbose_name="承办单位")
    from_office = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+", verbose_name="提出单位")
    state = models.CharField("状态", max_length=12, choices=[(one.value, one.label) for one in State], default=State.OPENED)
    row_count = models.PositiveIntegerField("证书数")
    reach = models.JSONField("影响范围", default=dict)
    opened_at = models.DateTimeField("立案时间")
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    notified_at = models.DateTimeField("告知时间", null=True)
    heard_until = models.DateField("陈述截止日", null=True)
    sent_up_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    sent_up_at = models.DateTimeField("报送时间", null=True)
    decided_at = models.DateTimeField("决定时间", null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    execute_by = models.DateField("执行期限", null=True)
    appeal_to = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+", verbose_name="申诉受理单位")
    appeal_until = models.DateField("申诉截止日", null=True)
    closed_at = models.DateTimeField("办结时间", null=True)

    objects = RevocationSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "-id"]),
            models.Index(fields=["office", "-id"]),
            models.Index(fields=["origin"], condition=~Q(origin=""), name="revocations_by_origin"),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: State) -> None:
        """The one way a case's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()


class RowSet(models.QuerySet["RevocationRow"]):
    """Filters over the certificates of cases."""

    def of_holder(self, user_id: int | None) -> "RowSet":
        """What a person is told of: from the notice on."""
        return self.filter(certificate__holder__user__pk=user_id or 0).exclude(state=RowState.LISTED).exclude(notified_at=None)


class RevocationRow(models.Model):
    """One certificate of a case. `proposal` is the clerk's, `verdict` what was decided; `changes` what a correction puts in place (by field);
    `replaced_by` the certificate that stands in its place now.
    """

    number = models.CharField("编号", max_length=32, unique=True)
    case = models.ForeignKey(Revocation, models.PROTECT, related_name="rows")
    certificate = models.ForeignKey("certificates.Certificate", models.PROTECT, related_name="revocation_rows")
    certificate_number = models.CharField("证书编号", max_length=22, db_index=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=12, choices=[(one.value, one.label) for one in RowState], default=RowState.LISTED)
    notified_at = models.DateTimeField("告知时间", null=True)
    statement = models.TextField("陈述", blank=True)
    statement_at = models.DateTimeField("陈述时间", null=True)
    proposal = models.CharField("处理意见", max_length=8, choices=[(one.value, one.label) for one in Verdict], blank=True)
    proposal_reason = models.TextField("处理意见理由", blank=True)
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    changes = models.JSONField("更正后的内容", default=dict)
    verdict = models.CharField("决定", max_length=8, choices=[(one.value, one.label) for one in Verdict], blank=True)
    findings = models.JSONField("认定", default=list)
    decided_at = models.DateTimeField("决定时间", null=True)
    executed_at = models.DateTimeField("执行时间", null=True)
    executed_by = models.CharField("执行单位", max_length=160, blank=True)
    replaced_by = models.CharField("代替的证书", max_length=22, blank=True)
    appeal_state = models.CharField("申诉状态", max_length=12, choices=[(one.value, one.label) for one in AppealState], default=AppealState.NONE)
    appeal = models.TextField("申诉", blank=True)
    appealed_at = models.DateTimeField("申诉时间", null=True)
    answer = models.TextField("申诉答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)

    objects = RowSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "id"]), models.Index(fields=["body", "-id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(state__in=[RowState.LISTED.value, RowState.EXAMINED.value, RowState.ORDERED.value]),
                name="one_open_case_per_certificate",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: RowState) -> None:
        """The one way a row's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()
