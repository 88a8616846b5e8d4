"""评价机构表: bodies, venues and rooms, staff."""

from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.ledger.text_search import gram_index
from touchstone.policy.roles import BodyKind, OfficeKind, Ownership


class BodySet(models.QuerySet["Body"]):
    """Filters over bodies."""

    def visible_to(self, actor: Actor) -> "BodySet":
        """Territory line × industry line: own body; the district's registered bodies and those with a venue in it; the field's."""
        kind = actor.office_kind
        if actor.is_platform or kind in {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE, OfficeKind.OPERATOR}:
            return self
        if kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(office_id=actor.office_id)
        if kind is OfficeKind.DISTRICT_BUREAU:
            lying_here = Venue.objects.filter(district=actor.district, until__isnull=True).values("body_id")
            return self.filter(Q(district=actor.district) | Q(pk__in=lying_here))
        if kind is OfficeKind.INDUSTRY_AUTHORITY:
            found = self.filter(industry=actor.industry)
            return found.filter(district=actor.district) if actor.district else found
        return self.none()


class Body(models.Model):
    """An assessment body (评价机构). Its people act in its own office. `site_code` is assigned by the city centre once filed.

    `superior` is its superior authority (上级主管部门), when it has one. `gone_on` is the day it ceased to be (破产、关闭、注销), with what was
    seen of it in `gone_because`.
    """

    number = models.CharField("机构编号", max_length=24, unique=True)
    office = models.OneToOneField("accounts.Office", models.PROTECT, related_name="body")
    name = models.CharField("机构名称", max_length=120)
    name_key = models.CharField(max_length=120, db_index=True)
    uscc = models.CharField("统一社会信用代码", max_length=18, unique=True)
    kind = models.CharField("机构类别", max_length=16, choices=[(k.value, k.label) for k in BodyKind])
    ownership = models.CharField("所有制", max_length=24, choices=[(o.value, o.label) for o in Ownership])
    district = models.CharField("注册地", max_length=6)
    industry = models.CharField("行业", max_length=40)
    address = models.CharField("注册地址", max_length=200)
    legal_representative = models.CharField("法定代表人", max_length=60)
    assessment_leader = models.CharField("分管评价工作的负责人", max_length=60, blank=True)
    founded_on = models.DateField("成立日期", null=True)
    contact_name = models.CharField("联系人", max_length=60, blank=True)
    contact_phone = models.CharField("联系电话", max_length=40, blank=True)
    introduction = models.TextField("机构简介", blank=True)
    national_code = models.CharField("评价机构代码", max_length=4, default="0000")
    site_code = models.CharField("站点序列码", max_length=6, unique=True, null=True)
    superior = models.ForeignKey("accounts.Office", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上级主管部门")
    gone_on = models.DateField("主体灭失日", null=True)
    gone_because = models.CharField("灭失情形", max_length=200, blank=True)
    loaded_from = models.CharField("装入批次", max_length=40, blank=True)
    registered_at = models.DateTimeField("入驻时间")

    objects = BodySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["district", "kind"]), models.Index(fields=["industry"]), gram_index("name_key", "bodies_by_name_part")]

    def __str__(self) -> str:
        return self.name


class Venue(models.Model):
    """A place where a body evaluates (考核点), in one district (a GB/T 2260 code; empty outside the city)."""

    class Tenure(models.TextChoices):
        OWNED = "owned", "自有"
        LEASED = "leased", "租赁"

    number = models.CharField("考核点编号", max_length=24, unique=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="venues")
    name = models.CharField("名称", max_length=120)
    address = models.CharField("地址", max_length=200)
    district = models.CharField("所在区", max_length=6, blank=True)
    tenure = models.CharField("使用权", max_length=8, choices=Tenure.choices)
    leased_until = models.DateField("租赁到期日", null=True, blank=True)
    since = models.DateField("启用日")
    until = models.DateField("停用日", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["district"])]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A room of a venue (考场): what it serves for, how many it seats, how it is watched."""

    class Purpose(models.TextChoices):
        THEORY = "theory", "理论知识考试"
        PRACTICAL = "practical", "技能考核"
        PANEL = "panel", "综合评审"
        SECRECY = "secrecy", "保密室"

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="rooms")
    name = models.CharField("考场名称", max_length=60)
    purpose = models.CharField("用途", max_length=16, choices=Purpose.choices)
    seats = models.PositiveSmallIntegerField("座位或工位数")
    cameras = models.PositiveSmallIntegerField("摄像头数", default=0)
    equipment = models.TextField("主要设施设备", blank=True)
    until = models.DateField("停用日", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["venue", "name"], condition=Q(until__isnull=True), name="one_room_per_name")]

    def __str__(self) -> str:
        return self.name


class StaffMember(models.Model):
    """A person who serves a body in one duty, from a day on."""

    class Duty(models.TextChoices):
        MANAGER = "manager", "管理人员"
        ASSESSOR = "assessor", "考评人员"
        INTERNAL_SUPERVISOR = "internal_supervisor", "内部质量督导员"
        INVIGILATOR = "invigilator", "监考人员"

    body = models.ForeignKey(Body, models.PROTECT, related_name="staff")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    duty = models.CharField("职责", max_length=24, choices=Duty.choices)
    post = models.CharField("职务", max_length=60, blank=True)
    full_time = models.BooleanField("专职", default=True)
    occupation = models.ForeignKey("catalogue.Occupation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="考评职业")
    highest_level = models.PositiveSmallIntegerField("可考评最高等级", null=True, blank=True)
    qualification = models.CharField("资格证书编号", max_length=60, blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "person", "duty", "occupation"],
                condition=Q(until__isnull=True),
                name="one_open_duty",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_duty_display()}"
