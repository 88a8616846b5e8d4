"""更正补发申请表: what the holder asks, what the body found, and what was done."""

from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.policy.roles import OfficeKind
from touchstone.revocations.states import RequestState

_CITY = {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}


class Kind(models.TextChoices):
    """What is asked for."""

    CORRECTION = "correction", "更正"
    REISSUE = "reissue", "补发"


class RequestSet(models.QuerySet["HolderRequest"]):
    """Filters over requests."""

    def visible_to(self, actor: Actor) -> "RequestSet":
        """The person their own; the body those about its certificates; a district those of its bodies; the city all."""
        kind = actor.office_kind
        if actor.is_platform or kind in _CITY:
            return self
        if kind is OfficeKind.CANDIDATE:
            return self.filter(certificate__holder__user__pk=actor.user_id or 0)
        if kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(body__office_id=actor.office_id)
        if kind is OfficeKind.DISTRICT_BUREAU:
            return self.filter(body__district=actor.district)
        return self.none()


class HolderRequest(models.Model):
    """A holder's request (更正、补发申请) about one certificate. `changes` is what is to stand instead, by the Chinese name of the field;
    `clause` and `next_step` go with a refusal; `made_number` is the certificate that is valid afterwards.
    """

    number = models.CharField("申请编号", max_length=24, unique=True)
    kind = models.CharField("事项", max_length=12, choices=Kind.choices)
    certificate = models.ForeignKey("certificates.Certificate", models.PROTECT, related_name="requests")
    certificate_number = models.CharField("证书编号", max_length=22, db_index=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    words = models.TextField("说明")
    changes = models.JSONField("要求更正的内容", default=dict)
    state = models.CharField("状态", max_length=12, choices=[(one.value, one.label) for one in RequestState], default=RequestState.ASKED)
    asked_at = models.DateTimeField("申请时间")
    due_on = models.DateField("办理期限")
    opinion = models.TextField("核对情况", blank=True)
    checked_at = models.DateTimeField("核对时间", null=True)
    answer = models.TextField("答复", blank=True)
    clause = models.CharField("依据", max_length=200, blank=True)
    next_step = models.TextField("后续办法", blank=True)
    findings = models.JSONField("认定", default=list)
    decided_at = models.DateTimeField("决定时间", null=True)
    made_number = models.CharField("办结后的证书编号", max_length=22, blank=True)

    objects = RequestSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["body", "-id"]), models.Index(fields=["state", "-id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(state__in=[RequestState.ASKED.value, RequestState.CHECKED.value]),
                name="one_open_request_per_certificate",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: RequestState) -> None:
        """The one way a request's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()
