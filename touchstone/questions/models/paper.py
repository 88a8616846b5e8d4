"""试卷表: what must a paper cover, which papers were composed, who holds their keys, and what did their use show?"""

from django.db import models

from touchstone.accounts.actor import Actor
from touchstone.policy.roles import OfficeKind
from touchstone.questions.states import PaperState


class BlueprintSet(models.QuerySet["Blueprint"]):
    """Filters over blueprints."""

    def visible_to(self, actor: Actor) -> "BlueprintSet":
        """As papers are: the bank's own office; the centre all; a district those of bodies on its ground."""
        kind = actor.office_kind
        if actor.is_platform or kind is OfficeKind.CITY_CENTRE:
            return self
        if kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(bank__office_id=actor.office_id)
        if kind is OfficeKind.DISTRICT_BUREAU:
            return self.filter(bank__body__district=actor.district)
        return self.none()


class Blueprint(models.Model):
    """A blueprint (细目表) for one part of one level of a standard. `terms` is {"kinds": {"single_choice": 60, …}, "minutes": 90, "points": …}, the
    difficulty and information aimed at, limits of exposure and overlap; the share of each 职业功能 is the standard's weight table's."""

    number = models.CharField("细目表编号", max_length=40, unique=True)
    bank = models.ForeignKey("questions.Bank", models.PROTECT, related_name="blueprints")
    standard = models.ForeignKey("catalogue.Standard", models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField("等级")
    part = models.CharField("科目", max_length=12)
    title = models.CharField("名称", max_length=120)
    terms = models.JSONField("要求", default=dict)
    stale_because = models.CharField("过时原因", max_length=200, blank=True)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("编制时间")
    ended_at = models.DateTimeField("停用时间", null=True)

    objects = BlueprintSet.as_manager()

    def __str__(self) -> str:
        return self.title


class PaperSet(models.QuerySet["Paper"]):
    """Filters over papers."""

    def visible_to(self, actor: Actor) -> "PaperSet":
        """That a paper exists, not what it says: the bank's own office; the centre all; a district those of bodies on its ground."""
        kind = actor.office_kind
        if actor.is_platform or kind is OfficeKind.CITY_CENTRE:
            return self
        if kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(bank__office_id=actor.office_id)
        if kind is OfficeKind.DISTRICT_BUREAU:
            return self.filter(bank__body__district=actor.district)
        return self.none()


class Paper(models.Model):
    """A set of parallel forms composed from one blueprint, perhaps for a case (a plan's number). `report` is how well every demand was met, or which
    demands conflict; `seed` makes the composition repeatable. `opens_at` is the hour before which it stays sealed."""

    number = models.CharField("试卷编号", max_length=40, unique=True)
    blueprint = models.ForeignKey(Blueprint, models.PROTECT, related_name="papers")
    bank = models.ForeignKey("questions.Bank", models.PROTECT, related_name="papers")
    case = models.CharField("用于", max_length=64, blank=True, db_index=True)
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in PaperState], default=PaperState.COMPOSED)
    forms_asked = models.PositiveSmallIntegerField("套数")
    seed = models.CharField("随机种子", max_length=64)
    report = models.JSONField("组卷报告", default=dict)
    stale_because = models.CharField("过时原因", max_length=200, blank=True)
    composed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    composed_at = models.DateTimeField("组卷时间")
    opens_at = models.DateTimeField("启封时间", null=True)
    sealed_at = models.DateTimeField("封存时间", null=True)
    opened_at = models.DateTimeField("实际启封时间", null=True)
    used_at = models.DateTimeField("使用登记时间", null=True)
    reason = models.CharField("作废理由", max_length=200, blank=True)

    objects = PaperSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["bank", "-id"])]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: PaperState) -> None:
        """The one way a paper's state changes; the operation has checked the move."""
        self.state = state
        self.save(update_fields=["state", "opens_at", "sealed_at", "opened_at", "used_at", "reason"])


class PaperForm(models.Model):
    """One form (A, B, …). `sealed` holds the whole paper and its answer key under a key that nobody here has: two officers hold its shares."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="forms")
    letter = models.CharField("卷别", max_length=2)
    sealed = models.BinaryField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    information = models.JSONField("测量信息", default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "letter"], name="one_form_per_letter")]

    def __str__(self) -> str:
        return f"{self.paper} {self.letter}卷"


class PaperItem(models.Model):
    """A question in a form, at its place, with its points; `version` is the one that was current when the paper was composed."""

    form = models.ForeignKey(PaperForm, models.CASCADE, related_name="items")
    question = models.ForeignKey("questions.Question", models.PROTECT, related_name="paper_items")
    version = models.PositiveSmallIntegerField("版本")
    position = models.PositiveSmallIntegerField("题号")
    points = models.DecimalField("分值", max_digits=5, decimal_places=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "position"], name="one_question_per_place"),
            models.UniqueConstraint(fields=["form", "question"], name="question_once_per_form"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.position}"


class KeyShare(models.Model):
    """One officer's share of a sealed paper's key. Only its SHA-256 is kept; the officer writes the share down when taking it.

    `waiting` holds the share, under the installation's key, only until its holder has taken it, and again from when the holder gives it up at the
    hour until the other does. `wrong` counts wrong entries in a row.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="shares")
    holder = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    handed_at = models.DateTimeField("交付时间")
    shown_at = models.DateTimeField("领取时间", null=True)
    given_at = models.DateTimeField("交出时间", null=True)
    waiting = models.BinaryField(null=True)
    wrong = models.PositiveSmallIntegerField("连续输错次数", default=0)
    locked_until = models.DateTimeField("锁定至", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "holder"], name="one_share_each")]

    def __str__(self) -> str:
        return f"{self.paper} {self.holder}"


class EnemyPair(models.Model):
    """Two questions that must not stand in one form: one gives the other away."""

    first = models.ForeignKey("questions.Question", models.PROTECT, related_name="+")
    second = models.ForeignKey("questions.Question", models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=200)
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField("登记时间")
    lifted_at = models.DateTimeField("解除时间", null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="enemies_in_order")]

    def __str__(self) -> str:
        return f"{self.first} {self.second}"


class ItemFigure(models.Model):
    """What the use of a paper showed of a question: how many answered, difficulty (share of points won), discrimination (corrected point-biserial),
    each option's share and point-biserial, DIF by group, calibrated parameters; each computed from real answers, on a day."""

    question = models.ForeignKey("questions.Question", models.PROTECT, related_name="figures")
    paper = models.CharField("试卷编号", max_length=40, blank=True)
    answered = models.PositiveIntegerField("作答人数")
    difficulty = models.FloatField("难度")
    discrimination = models.FloatField("区分度", null=True)
    options = models.JSONField("选项分析", default=dict)
    dif = models.JSONField("功能差异", default=dict)
    model = models.JSONField("标定参数", default=dict)
    computed_at = models.DateTimeField("计算时间")

    class Meta:
        indexes = [models.Index(fields=["question", "-id"])]

    def __str__(self) -> str:
        return f"{self.question} {self.paper}"


class AnswerImport(models.Model):
    """The answers to a paper that was used, handed in as a workbook; `report` is what of the paper as a whole came of them."""

    number = models.CharField("编号", max_length=40, unique=True)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="answer_imports")
    name = models.CharField("文件", max_length=200)
    file = models.CharField("附件编号", max_length=40)
    begun_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField("上传时间")
    finished_at = models.DateTimeField("完成时间", null=True)
    failed_because = models.CharField("没有完成的原因", max_length=400, blank=True)
    persons = models.PositiveIntegerField("作答人数", default=0)
    refused = models.JSONField("未采用的行", default=list)
    report = models.JSONField("整卷统计", default=dict)

    class Meta:
        indexes = [models.Index(fields=["paper", "-id"])]

    def __str__(self) -> str:
        return self.number
