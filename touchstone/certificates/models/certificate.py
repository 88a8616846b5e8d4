"""证书表: the register of certificates, each with its basis; a correction is a new fact, never an edit."""

from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform

from touchstone.accounts.actor import Actor
from touchstone.policy.certificates.numbering import label_of_place
from touchstone.policy.roles import OfficeKind


class CertificateSet(models.QuerySet["Certificate"]):
    """Filters over certificates."""

    def visible_to(self, actor: Actor) -> "CertificateSet":
        """Those a body issued; those of the district's bodies; those of the field's; the whole city for the city; a person's own."""
        kind = actor.office_kind
        if actor.is_platform or kind in {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE, OfficeKind.OPERATOR}:
            return self
        if kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(body__office_id=actor.office_id)
        if kind is OfficeKind.DISTRICT_BUREAU:
            return self.filter(body__district=actor.district)
        if kind is OfficeKind.INDUSTRY_AUTHORITY:
            found = self.filter(body__industry=actor.industry)
            return found.filter(body__district=actor.district) if actor.district else found
        if kind is OfficeKind.CANDIDATE:
            return self.filter(holder__user__pk=actor.user_id or 0)
        return self.none()

    def national(self) -> "CertificateSet":
        """Those that prove a skill level everywhere: by an enterprise's own standard they do not."""
        return self.filter(scheme=Certificate.Scheme.NATIONAL)


class Certificate(models.Model):
    """A certificate of a skill level. Its issuer is the body that evaluated, and stays so after its filing has ended (A3).

    By the second standard of 一考双证 a body issues one of its own scheme: its level is the national one the enterprise's `grade` answers to, and
    it proves nothing where a national certificate is asked for. While it is examined (`examined_since`, by the case named) it is still valid, and
    every page says that it is examined. Names are kept as issued. `basis` holds what it rests on: condition, earlier certificate, plan, filing,
    standard; and, where it was put in the place of another, that one's number (`replaces`) and why (`replaced_for`).
    """

    class State(models.TextChoices):
        VALID = "issued", "有效"
        REVOKED = "revoked", "已撤销"

    class Scheme(models.TextChoices):
        NATIONAL = "national", "职业技能等级证书"
        ENTERPRISE = "enterprise", "企业标准证书"

    number = models.CharField("证书编号", max_length=22, unique=True)
    holder = models.ForeignKey("accounts.Person", models.PROTECT, related_name="certificates")
    holder_name = models.CharField("姓名", max_length=60)
    holder_name_key = models.CharField(max_length=60)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="certificates")
    body_name = models.CharField("评价机构", max_length=120)
    occupation_code = models.CharField("职业编码", max_length=12)
    occupation_name = models.CharField("职业名称", max_length=80)
    trade_name = models.CharField("工种名称", max_length=80, blank=True)
    level = models.CharField("等级", max_length=1)
    scheme = models.CharField("证书种类", max_length=12, choices=Scheme.choices, default=Scheme.NATIONAL)
    grade = models.CharField("企业等级", max_length=40, blank=True)
    issued_on = models.DateField("发证日期")
    plan_number = models.CharField("计划编号", max_length=40, db_index=True)
    candidate_number = models.CharField("考生编号", max_length=40)
    theory = models.DecimalField("理论成绩", max_digits=5, decimal_places=1, null=True)
    practical = models.DecimalField("技能成绩", max_digits=5, decimal_places=1, null=True)
    panel = models.DecimalField("综合评审成绩", max_digits=5, decimal_places=1, null=True)
    basis = models.JSONField("依据", default=dict)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.VALID)
    revoked_on = models.DateField("撤销日期", null=True)
    revoked_reason = models.CharField("撤销原因", max_length=300, blank=True)

    examined_since = models.DateField("核查起始日", null=True)
    examined_case = models.CharField("核查案件", max_length=40, blank=True)

    objects = CertificateSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["body", "-issued_on", "-id"]),
            models.Index(fields=["-issued_on", "-id"]),
            models.Index(fields=["-issued_on", "-id"], condition=Q(state="revoked"), name="certificates_revoked"),
            models.Index(
                fields=["-issued_on", "-id"], condition=Q(state="issued", examined_since__isnull=False), name="certificates_being_examined"
            ),
            models.Index(fields=["-issued_on", "-id"], condition=Q(scheme="enterprise"), name="certificates_enterprise"),
            models.Index(fields=["holder", "occupation_code", "level"]),
            models.Index(fields=["holder_name_key"]),
            models.Index(fields=["examined_case"], condition=~Q(examined_case=""), name="certificates_examined"),
            models.Index(fields=["occupation_name"], name="certificates_occupations"),
            models.Index(KeyTextTransform("earlier_certificate", "basis"), name="certificates_rest_on"),
            models.Index(KeyTextTransform("held", "basis"), name="certificates_appointed_on"),
            models.Index(KeyTextTransform("replaces", "basis"), name="certificates_replace"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate_number", "scheme"], condition=Q(state="issued"), name="one_valid_certificate_per_candidate_and_scheme"
            ),
            models.UniqueConstraint(
                fields=["holder", "occupation_code", "trade_name", "level"],
                condition=Q(state="issued", scheme="national"),
                name="one_valid_certificate_per_level",
            ),
            models.UniqueConstraint(
                fields=["body", "holder", "occupation_code", "trade_name", "level"],
                condition=Q(state="issued", scheme="enterprise"),
                name="one_valid_enterprise_certificate",
            ),
            models.CheckConstraint(condition=Q(level__regex=r"^[1-5A-Z]$"), name="certificate_level"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def level_label(self) -> str:
        """The level as people write it; posts above level 1 carry a letter, an enterprise's standard its own grade."""
        return self.grade or label_of_place(self.level, self.issued_on)

    @property
    def is_national(self) -> bool:
        return self.scheme == self.Scheme.NATIONAL

    @property
    def is_valid(self) -> bool:
        return self.state == self.State.VALID

    @property
    def is_examined(self) -> bool:
        """Whether its revocation has been begun and not decided yet."""
        return self.is_valid and self.examined_since is not None

    @property
    def standing(self) -> str:
        """Where it stands, in a word."""
        return "核查中" if self.is_examined else self.get_state_display()

    @property
    def occupation_label(self) -> str:
        """Occupation and, where there is one, trade."""
        return f"{self.occupation_name}（{self.trade_name}）" if self.trade_name else self.occupation_name
