"""人员与机构表: people (identity sealed), log-ins, offices, and roles held for a time."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from touchstone.kernel.periods import Period
from touchstone.policy.roles import OfficeKind, Role
from touchstone.policy.violations.acts import Party


class Office(models.Model):
    """An office or a body's own desk. `district` is a GB/T 2260 code, empty for the whole city; `industry` a key of `Industry`."""

    number = models.CharField("编号", max_length=24, unique=True)
    kind = models.CharField("类别", max_length=24, choices=[(k.value, k.label) for k in OfficeKind])
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=40)
    district = models.CharField("所属区", max_length=6, blank=True)
    industry = models.CharField("所属行业", max_length=40, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    since = models.DateField("设立日")
    until = models.DateField("撤销日", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "district"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")), name="office_period")
        ]

    def __str__(self) -> str:
        return self.name


class Industry(models.Model):
    """A field with an authority of its own (行业), as data."""

    key = models.CharField(max_length=40, unique=True)
    name = models.CharField("名称", max_length=60)

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A natural person, apart from any log-in. Identity number and phone are sealed; the index serves exact search."""

    number = models.CharField("人员编号", max_length=24, unique=True)
    name = models.CharField("姓名", max_length=60)
    name_key = models.CharField(max_length=60, db_index=True)
    id_kind = models.CharField("证件类型", max_length=20, default="居民身份证")
    id_sealed = models.BinaryField()
    id_index = models.BinaryField(max_length=32, unique=True)
    id_masked = models.CharField("证件号码", max_length=24)
    phone_sealed = models.BinaryField(null=True)
    phone_masked = models.CharField("手机号码", max_length=24, blank=True)
    sex = models.CharField("性别", max_length=2, blank=True)
    birthday = models.DateField("出生日期", null=True)

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A log-in. The person behind it holds roles; the log-in itself may do nothing."""

    person = models.OneToOneField(Person, models.PROTECT, null=True, related_name="user")

    @property
    def display_name(self) -> str:
        return self.person.name if self.person else self.username


class Holding(models.Model):
    """A role held by a person in an office from a day (inclusive) until a day (exclusive)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    office = models.ForeignKey(Office, models.PROTECT, related_name="holdings")
    role = models.CharField("岗位", max_length=32, choices=[(r.value, r.label) for r in Role])
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "office", "role"], condition=models.Q(until__isnull=True), name="one_open_holding"
            ),
            models.CheckConstraint(condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")), name="holding_period"),
        ]

    def __str__(self) -> str:
        return f"{self.office} {Role(self.role).label}"

    @property
    def period(self) -> Period:
        return Period(self.since, self.until)


class Restriction(models.Model):
    """That a person is kept away from something from a day (inclusive) until a day (exclusive), by a case that was decided above.

    Written only from above, read by registration, staffing and dispatch. `party` says as what: candidate or staff.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="restrictions")
    party = models.CharField("限制范围", max_length=12, choices=[(p.value, p.label) for p in Party])
    since = models.DateField("起")
    until = models.DateField("止")
    reason = models.CharField("事由", max_length=300)
    case = models.CharField("案件编号", max_length=40)
    clause = models.CharField("依据", max_length=200)
    imposed_at = models.DateTimeField("作出时间")
    lifted_at = models.DateTimeField("解除时间", null=True)
    lifted_because = models.CharField("解除原因", max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "party", "until"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gt=models.F("since")), name="restriction_period"),
            models.UniqueConstraint(fields=["case"], condition=models.Q(lifted_at__isnull=True), name="one_restriction_per_case"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_party_display()} {self.case}"
