"""报名表: uploads of the group workbook with an outcome per row, and candidates with their claims and findings."""

from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.exams.models.plans import Plan
from touchstone.exams.states import CandidateState, Result
from touchstone.policy.roles import OfficeKind


class Upload(models.Model):
    """A registration workbook sent in for a plan; keyed by the file's hash, so that one file counts once.

    `ground` and `employment` say on what ground the people in it are admitted; one workbook, one ground.

    Rows are taken in chunks; `cursor` and the rows of a chunk commit together, so a killed import resumes exactly once.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "等待处理"
        RUNNING = "running", "处理中"
        FINISHED = "finished", "已完成"
        REFUSED = "refused", "未能读取"

    number = models.CharField("上传编号", max_length=40, unique=True)
    plan = models.ForeignKey("exams.Plan", models.PROTECT, related_name="uploads")
    attachment = models.ForeignKey("files.Attachment", models.PROTECT, related_name="+")
    returned = models.ForeignKey("files.Attachment", models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    ground = models.CharField("参评来源", max_length=24)
    employment = models.CharField("用工形式", max_length=24, blank=True)
    state = models.CharField("状态", max_length=16, choices=State.choices, default=State.WAITING)
    sentence = models.CharField("说明", max_length=500, blank=True)
    total = models.PositiveIntegerField("总行数", default=0)
    cursor = models.PositiveIntegerField("已处理行数", default=0)
    accepted = models.PositiveIntegerField("登记成功", default=0)
    refused = models.PositiveIntegerField("有误", default=0)
    uploaded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField("上传时间")
    finished_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "sha256"], condition=~Q(state="refused"), name="one_upload_per_file"),
            models.UniqueConstraint(fields=["plan"], condition=Q(state__in=["waiting", "running"]), name="one_upload_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.number


class UploadRow(models.Model):
    """What came of one row of a workbook. Sentences only: identity numbers stay in the sealed file."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="rows")
    row_number = models.PositiveIntegerField("行号")
    name = models.CharField("姓名", max_length=60, blank=True)
    accepted = models.BooleanField("成功")
    sentences = models.JSONField("说明", default=list)
    candidate = models.ForeignKey("exams.Candidate", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "row_number"], name="one_outcome_per_row")]

    def __str__(self) -> str:
        return f"{self.upload} 第{self.row_number}行"


class CandidateSet(models.QuerySet["Candidate"]):
    """Filters over candidates."""

    def visible_to(self, actor: Actor) -> "CandidateSet":
        """A candidate sees their own, and nobody else's; an office those of the plans it sees."""
        if actor.office_kind is OfficeKind.CANDIDATE:
            return self.filter(person__user__pk=actor.user_id or 0)
        return self if actor.is_platform else self.filter(plan__in=Plan.objects.visible_to(actor))


class Candidate(models.Model):
    """A person registered in a plan: ground of admission, claims as declared, and what was found, stored and never recomputed.

    `applied_on` is the day that decides which conditions apply. `admitted_by` is the number of the entry in the body's registers
    (在岗职工, 学籍, 协议, 委托, 下属企业) on which the admission rests, while it is not refused; empty where none carries it.
    `undertaking` is {"version", "at"} of the text that somebody who registered themselves ticked.
    """

    number = models.CharField("考生编号", max_length=40, unique=True)
    plan = models.ForeignKey("exams.Plan", models.PROTECT, related_name="candidates")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="candidacies")
    name = models.CharField("姓名", max_length=60)
    name_key = models.CharField(max_length=60)
    ground = models.CharField("参评来源", max_length=24)
    employment = models.CharField("用工形式", max_length=24, blank=True)
    employer = models.CharField("工作单位", max_length=120, blank=True)
    admitted_by = models.CharField("参评依据", max_length=40, blank=True)
    applied_on = models.DateField("申报日期")
    condition = models.CharField("申报条件", max_length=8, blank=True)
    claims = models.JSONField("申报内容", default=dict)
    proofs = models.JSONField("已核证明", default=dict)
    state = models.CharField("资格", max_length=16, choices=[(s.value, s.label) for s in CandidateState], default=CandidateState.REGISTERED)
    satisfied_condition = models.CharField("符合的条件", max_length=8, blank=True)
    findings = models.JSONField("审核意见", default=list)
    decided_at = models.DateTimeField("审核时间", null=True)
    reviewed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    entered_oneself = models.BooleanField("本人报名", default=False)
    undertaking = models.JSONField("告知承诺", default=dict)
    disqualified_by = models.CharField("取消资格的案件", max_length=40, blank=True)
    ticket_number = models.CharField("准考证号", max_length=24, unique=True, null=True)
    result = models.CharField("结论", max_length=8, choices=[(r.value, r.label) for r in Result], blank=True)
    result_findings = models.JSONField("成绩意见", default=list)

    objects = CandidateSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "person"], condition=~Q(state="withdrawn"), name="one_candidacy_per_plan"),
        ]
        indexes = [
            models.Index(fields=["plan", "state", "id"]),
            models.Index(fields=["plan", "name_key"]),
            models.Index(fields=["name_key", "-id"]),
            models.Index(fields=["disqualified_by"], condition=~Q(disqualified_by=""), name="candidates_disqualified_by"),
            models.Index(fields=["admitted_by"], condition=~Q(admitted_by=""), name="candidates_admitted_by"),
        ]

    def __str__(self) -> str:
        return self.name
