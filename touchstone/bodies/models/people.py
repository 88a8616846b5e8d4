"""评价对象表: whom may a body evaluate, on which paper, from when to when?

Every row is a dated fact; evidence lies among the attachments of the row's own number (`files`, case = number).
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Worker(models.Model):
    """A person in post with a body (在岗职工), in one form of employment of the open list; `through` is the agency or contractor."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="workers")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    form = models.CharField("用工形式", max_length=20)
    through = models.CharField("派遣或承揽单位", max_length=120, blank=True)
    subsidiary = models.ForeignKey("bodies.Subsidiary", models.PROTECT, null=True, blank=True, related_name="workers")
    post = models.CharField("岗位", max_length=60, blank=True)
    since = models.DateField("在岗起")
    until = models.DateField("离岗日", null=True, blank=True)
    evidence = models.CharField("证明", max_length=120, blank=True)
    proven = models.BooleanField("已核", default=False)
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        indexes = [models.Index(fields=["body", "since"])]
        constraints = [models.UniqueConstraint(fields=["body", "person"], condition=Q(until__isnull=True), name="in_post_once")]

    def __str__(self) -> str:
        return f"{self.body} {self.person}"

    @property
    def number(self) -> str:
        """The number under which evidence lies, and by which a candidate's page names the row."""
        return f"ZG{self.pk:08d}"


class Agreement(models.Model):
    """A cooperation agreement (校企合作协议) between an enterprise and a school: which majors, from when to when, on what paper."""

    number = models.CharField("编号", max_length=40, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="agreements")
    school = models.CharField("合作院校", max_length=120)
    school_uscc = models.CharField("院校统一社会信用代码", max_length=18)
    school_body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, blank=True, related_name="+")
    majors = ArrayField(models.CharField(max_length=60), verbose_name="专业", default=list)
    signed_on = models.DateField("签订日")
    since = models.DateField("有效起始日")
    until = models.DateField("有效截止次日")
    ended_on = models.DateField("提前终止日", null=True, blank=True)
    entered_at = models.DateTimeField("登记时间")

    def __str__(self) -> str:
        return f"{self.body} {self.school}"


class Commission(models.Model):
    """A commission (委托) by a firm that lacks the conditions to evaluate its own people: for which occupations, how many, how long."""

    number = models.CharField("编号", max_length=40, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="commissions")
    client = models.CharField("委托单位", max_length=120)
    client_uscc = models.CharField("委托单位统一社会信用代码", max_length=18)
    lacks = models.TextField("不具备自主评价条件的说明")
    occupations = ArrayField(models.CharField(max_length=12), verbose_name="职业编码", default=list)
    people = models.PositiveIntegerField("委托人数")
    signed_on = models.DateField("签订日")
    since = models.DateField("有效起始日")
    until = models.DateField("有效截止次日")
    ended_on = models.DateField("提前终止日", null=True, blank=True)
    entered_at = models.DateTimeField("登记时间")

    def __str__(self) -> str:
        return f"{self.body} {self.client}"


class Student(models.Model):
    """A student on a register (注册学籍): of a school body itself, or of a partner school under an agreement.

    `full_time` and `graduates_on` decide whether somebody is in the graduation year (毕业学年) of a full-time programme.
    """

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="students", verbose_name="登记单位")
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, blank=True, related_name="students")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    register_number = models.CharField("学籍号", max_length=40)
    major = models.CharField("专业", max_length=60)
    programme = models.CharField("培养层次", max_length=40, blank=True)
    full_time = models.BooleanField("全日制")
    enrolled_on = models.DateField("入学日")
    graduates_on = models.DateField("预计毕业日")
    left_on = models.DateField("离校日", null=True, blank=True)
    diploma_number = models.CharField("学历证书编号", max_length=40, blank=True)
    proven = models.BooleanField("已核", default=False)
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        indexes = [models.Index(fields=["body", "graduates_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "agreement", "person"], condition=Q(left_on__isnull=True), name="on_the_register_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.person}"

    @property
    def number(self) -> str:
        """The number under which evidence lies, and by which a candidate's page names the row."""
        return f"XJ{self.pk:08d}"


class Subsidiary(models.Model):
    """A subsidiary (下属企业) of a large enterprise, in or outside the city, whose workers it may evaluate (`通知 三(二)5`)."""

    number = models.CharField("编号", max_length=40, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="subsidiaries")
    name = models.CharField("企业名称", max_length=120)
    uscc = models.CharField("统一社会信用代码", max_length=18)
    province = models.CharField("所在省级行政区", max_length=2)
    address = models.CharField("地址", max_length=200)
    share = models.DecimalField("持股比例（%）", max_digits=5, decimal_places=2)
    since = models.DateField("纳入日")
    until = models.DateField("退出日", null=True, blank=True)
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "uscc"], condition=Q(until__isnull=True), name="subsidiary_once")]

    def __str__(self) -> str:
        return self.name


class RosterImport(models.Model):
    """A workbook of own staff or of students taken in for a body, with what came of it; `agreement` for a partner school's students."""

    class Roster(models.TextChoices):
        WORKERS = "workers", "在岗职工"
        STUDENTS = "students", "学生"

    number = models.CharField("导入编号", max_length=40, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="roster_imports")
    roster = models.CharField("名册", max_length=12, choices=Roster.choices)
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, related_name="roster_imports")
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    total = models.PositiveIntegerField("总行数", default=0)
    accepted = models.PositiveIntegerField("已登记", default=0)
    unchanged = models.PositiveIntegerField("未变", default=0)
    refused = models.PositiveIntegerField("有误", default=0)
    note = models.CharField("说明", max_length=500, blank=True)
    done = models.PositiveIntegerField("已处理", default=0)
    finished_at = models.DateTimeField("完成时间", null=True)
    failed_because = models.TextField("失败原因", blank=True)
    run_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    run_at = models.DateTimeField("导入时间")

    def __str__(self) -> str:
        return self.number


class RosterImportRow(models.Model):
    """What came of one row of a roster. Sentences only: identity numbers stay in the sealed file."""

    class Outcome(models.TextChoices):
        ENTERED = "entered", "已登记"
        UNCHANGED = "unchanged", "未变"
        REFUSED = "refused", "有误"

    run = models.ForeignKey(RosterImport, models.CASCADE, related_name="rows")
    row_number = models.PositiveIntegerField("行号")
    name = models.CharField("姓名", max_length=60, blank=True)
    outcome = models.CharField("结果", max_length=12, choices=Outcome.choices)
    sentence = models.CharField("说明", max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "row_number"], name="one_roster_outcome_per_row")]

    def __str__(self) -> str:
        return f"{self.run} 第{self.row_number}行"
