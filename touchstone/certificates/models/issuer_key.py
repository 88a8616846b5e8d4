"""发证密钥表: by which keys does a body sign its certificates, and who vouches that they are its own?"""

from datetime import date

from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.certificates.states import KeyState
from touchstone.policy.roles import OfficeKind


class IssuerKeySet(models.QuerySet["IssuerKey"]):
    """Filters over keys."""

    def visible_to(self, actor: Actor) -> "IssuerKeySet":
        """A body's own; the whole city for the city; those of the district's bodies."""
        kind = actor.office_kind
        if actor.is_platform or kind in {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE, OfficeKind.OPERATOR}:
            return self
        if kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(body__office_id=actor.office_id)
        if kind is OfficeKind.DISTRICT_BUREAU:
            return self.filter(body__district=actor.district)
        return self.none()


class IssuerKey(models.Model):
    """A key (发证密钥) by which a body signs its certificates (谁评价、谁发证), countersigned by the city root. No body: the city's own key, which
    signs the lists of what was revoked. Beside the Ed25519 key stands one of SM2 for a second, parallel signature.

    The private half is sealed and destroyed when the key is retired; the public half, its days and the countersignature stay for good, so that what
    it signed can be verified also after the body has gone; of one that may have leaked only what stands in the public log counts. `entry` is the
    entry of the published bundle as countersigned; `signed_up_to` how far the certificates are signed that the body issued before it had a key, None
    when there are none left.
    """

    number = models.CharField("密钥编号", max_length=24, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, related_name="issuer_keys")
    public_key = models.BinaryField("公钥", max_length=32, unique=True)
    sm2_key = models.BinaryField("国密公钥", max_length=64)
    fingerprint = models.CharField("公钥指纹", max_length=64)
    private_sealed = models.BinaryField(null=True)
    state = models.CharField("状态", max_length=16, choices=[(s.value, s.label) for s in KeyState], default=KeyState.MADE)
    since = models.DateField("启用日")
    until = models.DateField("到期日")
    entry = models.JSONField("公布内容", default=dict)
    made_at = models.DateTimeField("生成时间")
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="生成人")
    countersigned_at = models.DateTimeField("加签时间", null=True)
    countersigned_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="加签人")
    retired_at = models.DateTimeField("停用时间", null=True)
    retired_because = models.CharField("停用原因", max_length=200, blank=True)
    leaked = models.BooleanField("可能泄露", default=False)
    signed_up_to = models.BigIntegerField(null=True)

    objects = IssuerKeySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-id"], condition=Q(signed_up_to__isnull=False), name="issuer_key_backlog")]
        constraints = [
            models.UniqueConstraint(fields=["body"], condition=Q(state="countersigned"), name="one_signing_key_per_body", nulls_distinct=False),
            models.UniqueConstraint(fields=["body"], condition=Q(state="made"), name="one_waiting_key_per_body", nulls_distinct=False),
            models.CheckConstraint(condition=Q(until__gt=models.F("since")), name="issuer_key_period"),
            models.CheckConstraint(condition=~Q(state="retired") | Q(private_sealed__isnull=True), name="retired_key_signs_no_more"),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: KeyState) -> None:
        """Put the key into a state that the table of moves allowed."""
        self.state = state

    @property
    def owner_name(self) -> str:
        """Whose key it is."""
        return self.body.name if self.body else "上海市证书状态列表"

    def standing_on(self, day: date) -> str:
        """How the key stands on a day, in a word."""
        return "已到期" if self.state == KeyState.COUNTERSIGNED and day >= self.until else KeyState(self.state).label
