"""标准结构表: what does an edition say in detail: functions, work contents, elements, weights and forms of exam?"""

from django.db import models
from django.db.models import F, Q

from touchstone.accounts.actor import Actor
from touchstone.catalogue.models.occupation import Standard
from touchstone.catalogue.states import OPEN, StructureState
from touchstone.policy.roles import OfficeKind


class StructureSet(models.QuerySet["Structure"]):
    """Filters over structures."""

    def visible_to(self, actor: Actor) -> "StructureSet":
        """Offices see all; a body those of national standards that were approved, and everything of its own specifications."""
        if actor.is_platform or actor.is_authority:
            return self
        decided = Q(state__in=(StructureState.APPROVED, StructureState.SUPERSEDED))
        national = decided & Q(standard__kind=Standard.Kind.NATIONAL)
        if actor.office_kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(national | Q(standard__owner_id=actor.office_id))
        return self.filter(national)


class Structure(models.Model):
    """One version of what an edition says. Elements are cited by their code, within a level and a part (`1.2.3`).

    `since` and `until` are the days in force, given with the approval; `findings` what the rules said when it was put forward.
    """

    number = models.CharField("结构编号", max_length=40, unique=True)
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="structures")
    sequence = models.PositiveSmallIntegerField("版次")
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in StructureState], default=StructureState.DRAFTED)
    office = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+", verbose_name="编制单位")
    loaded_from = models.CharField("导入编号", max_length=40)
    loaded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="编制人")
    loaded_at = models.DateTimeField("编制时间")
    submitted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="提请人")
    submitted_at = models.DateTimeField("提请时间", null=True)
    findings = models.JSONField("核对结论", default=list)
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="核准人")
    approved_at = models.DateTimeField("核准时间", null=True)
    since = models.DateField("施行日", null=True)
    until = models.DateField("替代日", null=True)
    returned_because = models.TextField("退回理由", blank=True)

    objects = StructureSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["standard", "sequence"], name="structure_once_per_sequence"),
            models.UniqueConstraint(fields=["standard"], condition=Q(state__in=[s.value for s in OPEN]), name="one_open_structure"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="structure_period"),
        ]

    def __str__(self) -> str:
        return f"《{self.standard.title}》第{self.sequence}版结构"

    def move_to(self, state: StructureState) -> None:
        """The one way a structure's state changes; the operation has checked the move."""
        self.state = state
        self.save()


class StructureFunction(models.Model):
    """A function (职业功能), or what is asked of everyone: 职业道德 (A) and 基础知识 (B)."""

    class Kind(models.TextChoices):
        ETHICS = "ethics", "职业道德"
        BASICS = "basics", "基础知识"
        FUNCTION = "function", "职业功能"

    structure = models.ForeignKey(Structure, models.CASCADE, related_name="functions")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    code = models.CharField("编码", max_length=4)
    name = models.CharField("名称", max_length=80)
    place = models.PositiveSmallIntegerField("次序")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["structure", "code"], name="function_code_once")]
        ordering = ["structure", "place"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class WorkContent(models.Model):
    """A work content (工作内容) of a function."""

    function = models.ForeignKey(StructureFunction, models.CASCADE, related_name="contents")
    code = models.CharField("编码", max_length=8)
    name = models.CharField("名称", max_length=80)
    place = models.PositiveSmallIntegerField("次序")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["function", "code"], name="content_code_once")]
        ordering = ["function", "place"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class StructureElement(models.Model):
    """An element (鉴定点): a skill or a piece of knowledge asked for, at one level; without level, at every level of the edition.

    Skills are examined in the practical part and the panel, knowledge in theory: level, kind and code name an element.
    """

    class Kind(models.TextChoices):
        SKILL = "skill", "技能要求"
        KNOWLEDGE = "knowledge", "相关知识要求"

    structure = models.ForeignKey(Structure, models.CASCADE, related_name="elements")
    content = models.ForeignKey(WorkContent, models.CASCADE, related_name="elements")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    level = models.PositiveSmallIntegerField("等级", null=True)
    code = models.CharField("编码", max_length=16)
    text = models.CharField("内容", max_length=500)
    weighty = models.BooleanField("关键", default=False)
    place = models.PositiveIntegerField("次序")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["structure", "level", "kind", "code"], name="element_code_once", nulls_distinct=False),
            models.CheckConstraint(condition=Q(level__isnull=True) | Q(level__range=(1, 5)), name="element_level_range"),
        ]
        ordering = ["structure", "place"]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class StructureWeight(models.Model):
    """The share of a function in one part of one level, in percent: one cell of the weight tables (权重表)."""

    structure = models.ForeignKey(Structure, models.CASCADE, related_name="weights")
    function = models.ForeignKey(StructureFunction, models.CASCADE, related_name="weights")
    level = models.PositiveSmallIntegerField("等级")
    part = models.CharField("科目", max_length=12)
    percent = models.DecimalField("权重", max_digits=5, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["function", "level", "part"], name="weight_once"),
            models.CheckConstraint(condition=Q(percent__gt=0, percent__lte=100), name="weight_range"),
        ]
        ordering = ["structure", "part", "-level", "function__place"]

    def __str__(self) -> str:
        return f"{self.function} {self.level} {self.part} {self.percent}"


class ExamForm(models.Model):
    """How one part of one level is examined: form, minutes, candidates for each assessor, assessors at least, and how far two of them may
    lie apart (in points) before a third decides. What the standard leaves open is empty."""

    structure = models.ForeignKey(Structure, models.CASCADE, related_name="forms")
    level = models.PositiveSmallIntegerField("等级")
    part = models.CharField("科目", max_length=12)
    form = models.CharField("考试形式", max_length=80)
    minutes = models.PositiveSmallIntegerField("时间（分钟）")
    candidates_per_assessor = models.PositiveSmallIntegerField("每名考评人员最多考生数", null=True)
    least_assessors = models.PositiveSmallIntegerField("最少考评人员数", null=True)
    disagreement_limit = models.DecimalField("评分差异上限", max_digits=4, decimal_places=1, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["structure", "level", "part"], name="exam_form_once")]
        ordering = ["structure", "-level", "id"]

    def __str__(self) -> str:
        return f"{self.level} {self.part} {self.form}"
