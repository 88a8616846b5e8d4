"""试题表: which banks are there, what questions lie in them, who judged, lent and opened them?"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from touchstone.accounts.actor import Actor
from touchstone.policy.roles import OfficeKind
from touchstone.questions.states import QuestionState


class Bank(models.Model):
    """A question bank: the city's, shared, or a body's own (分步: bodies keep their own meanwhile)."""

    number = models.CharField("题库编号", max_length=24, unique=True)
    name = models.CharField("题库名称", max_length=120)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="管理单位")
    body = models.OneToOneField("bodies.Body", models.PROTECT, null=True, related_name="question_bank")
    opened_at = models.DateTimeField("建库时间")

    def __str__(self) -> str:
        return self.name


class QuestionSet(models.QuerySet["Question"]):
    """Filters over questions."""

    def visible_to(self, actor: Actor) -> "QuestionSet":
        """That a question exists, not what it says: own bank; the centre all; a district the banks of bodies on its ground; the field's."""
        kind = actor.office_kind
        if actor.is_platform or kind is OfficeKind.CITY_CENTRE:
            return self
        if kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(bank__office_id=actor.office_id)
        if kind is OfficeKind.DISTRICT_BUREAU:
            return self.filter(bank__body__district=actor.district)
        return self.none()


class Question(models.Model):
    """A question (试题) of a bank, tied to one standard edition, one level and one element (鉴定点, by its code in the standard's structure).

    What it says is in its versions. `grams` are the character pairs of its text, kept for the search of similar ones; `stale_because` is
    set when the standard it rests on moved. `secrecy`: 0 open, 1 internal, 2 secret, 3 top secret (as the parameter names them).
    """

    number = models.CharField("试题编号", max_length=40, unique=True)
    bank = models.ForeignKey(Bank, models.PROTECT, related_name="questions")
    standard = models.ForeignKey("catalogue.Standard", models.PROTECT, related_name="+")
    occupation = models.ForeignKey("catalogue.Occupation", models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField("等级")
    part = models.CharField("科目", max_length=12)
    kind = models.CharField("题型", max_length=24)
    element = models.CharField("鉴定点", max_length=40)
    difficulty = models.DecimalField("预估难度", max_digits=3, decimal_places=2, default=0.5)
    secrecy = models.PositiveSmallIntegerField("密级", default=1)
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in QuestionState], default=QuestionState.DRAFTED)
    current = models.PositiveSmallIntegerField("现行版本", default=1)
    grams = ArrayField(models.IntegerField(), default=list)
    stale_because = models.CharField("过时原因", max_length=200, blank=True)
    stale_since = models.DateField("过时自", null=True)
    contributed_by = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+", verbose_name="供题单位")
    written_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField("编写时间")
    approved_at = models.DateTimeField("入库时间", null=True)
    retired_because = models.CharField("停用理由", max_length=200, blank=True)
    uses = models.PositiveIntegerField("使用次数", default=0)
    last_used_on = models.DateField("最近使用", null=True)

    objects = QuestionSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["bank", "state", "-id"]),
            models.Index(fields=["standard", "level", "part", "state", "element"]),
            GinIndex(fields=["grams"], name="question_grams"),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: QuestionState) -> None:
        """The one way a question's state changes; the operation has checked the move."""
        self.state = state
        self.save(update_fields=["state", "approved_at", "retired_because", "stale_because", "stale_since"])


class QuestionVersion(models.Model):
    """What a question says: `sealed` is its whole content (the neutral form of `measurement.interchange`, as JSON) under the installation's key,
    since a question bank is a secret; `digest` is the SHA-256 of the content. A revision is a new version with its reason."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="versions")
    sequence = models.PositiveSmallIntegerField("版本")
    sealed = models.BinaryField()
    digest = models.CharField(max_length=64)
    media = models.JSONField("附件", default=list)
    reason = models.CharField("修改理由", max_length=200, blank=True)
    written_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField("编写时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "sequence"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.question} 第{self.sequence}版"


class Review(models.Model):
    """One reviewer's judgement of one version, unseen by the other until both are in. `marks` is {"item": {"outcome": …, "word": …}}."""

    version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("送审时间")
    marks = models.JSONField("审题意见", default=dict)
    passes = models.BooleanField("通过", null=True)
    word = models.TextField("修改意见", blank=True)
    given_at = models.DateTimeField("审题时间", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "reviewer"], name="one_review_each")]

    def __str__(self) -> str:
        return f"{self.version} {self.reviewer}"


class Licence(models.Model):
    """A body may use the city bank's questions of one standard, from a day until a day, on terms."""

    number = models.CharField("许可编号", max_length=40, unique=True)
    bank = models.ForeignKey(Bank, models.PROTECT, related_name="licences")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="bank_licences")
    standard = models.ForeignKey("catalogue.Standard", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("申请时间")
    asked_because = models.CharField("用途", max_length=200)
    since = models.DateField("起", null=True)
    until = models.DateField("止", null=True)
    refused_because = models.CharField("不予许可的理由", max_length=200, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("决定时间", null=True)
    ended_because = models.CharField("收回理由", max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="licence_period")]

    def __str__(self) -> str:
        return self.number


class Lending(models.Model):
    """One question lent to one paper of a body under a licence: the contributor's credit is counted from these."""

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="lendings")
    question = models.ForeignKey(Question, models.PROTECT, related_name="lendings")
    paper = models.CharField("试卷编号", max_length=40)
    lent_at = models.DateTimeField("出借时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "paper"], name="lent_once_per_paper")]

    def __str__(self) -> str:
        return f"{self.paper} {self.question}"


class Opening(models.Model):
    """Who opened what a question says, when and why (调阅记录). Never changed, never removed."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="openings")
    version = models.PositiveSmallIntegerField("版本")
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+")
    reason = models.CharField("事由", max_length=200)
    opened_at = models.DateTimeField("调阅时间")

    class Meta:
        indexes = [models.Index(fields=["question", "-id"]), models.Index(fields=["opened_by", "-id"])]

    def __str__(self) -> str:
        return f"{self.question} {self.opened_at}"
