"""机考表: which sittings are taken at the computer, who began a script, and what was answered, change by change?"""

from django.db import models
from django.db.models import Q

from touchstone.exams.states import SubmittedBy


class ComputerExam(models.Model):
    """A sitting of theory that is taken at the computer, with the paper it is taken from.

    `code` is what the invigilator writes on the board: nobody outside the room can begin without it.
    """

    sitting = models.OneToOneField("exams.Sitting", models.CASCADE, related_name="computer")
    paper = models.ForeignKey("questions.Paper", models.PROTECT, related_name="+", verbose_name="试卷")
    code = models.CharField("考场口令", max_length=8, unique=True)
    set_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField("设定时间")

    def __str__(self) -> str:
        return f"{self.sitting} 机考"


class SeatTry(models.Model):
    """A wrong try to come in at a computer with a ticket; after too many the ticket has to wait. Nothing of what was typed is kept."""

    ticket = models.CharField("准考证号", max_length=24)
    tried_at = models.DateTimeField("时间")

    class Meta:
        indexes = [models.Index(fields=["ticket", "tried_at"])]

    def __str__(self) -> str:
        return self.ticket


class Script(models.Model):
    """One candidate's script. `layout` is the order of questions and options it was shown in, drawn from `seed`.

    `holder` counts the browsers it was written in: only the last one may write, and `sequence` is how far its changes are here. `devices` are the
    random marks these browsers kept, in turn, empty for one that kept none. The end is the sitting's, or later by `extra_minutes`. What is answered
    stands in `Answer`; here is only what the invigilator's page needs.
    """

    number = models.CharField("答卷编号", max_length=64, unique=True)
    exam = models.ForeignKey(ComputerExam, models.PROTECT, related_name="scripts")
    seat = models.OneToOneField("exams.Seat", models.PROTECT, related_name="script")
    letter = models.CharField("卷别", max_length=2)
    seed = models.CharField("随机种子", max_length=64)
    layout = models.JSONField("题目和选项的顺序", default=list)
    begun_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    extra_minutes = models.PositiveSmallIntegerField("延长分钟", default=0)
    holder = models.PositiveSmallIntegerField("作答机次", default=1)
    devices = models.JSONField("设备标识", default=list)
    sequence = models.PositiveIntegerField("已收到的变更", default=0)
    heard_at = models.DateTimeField("最近保存")
    answered = models.PositiveSmallIntegerField("已答题数", default=0)
    move_asked_at = models.DateTimeField("请求换机时间", null=True)
    move_allowed_at = models.DateTimeField("允许换机时间", null=True)
    submitted_at = models.DateTimeField("交卷时间", null=True)
    submitted_by = models.CharField("交卷方式", max_length=12, choices=[(s.value, s.label) for s in SubmittedBy], blank=True)
    digest = models.CharField("作答摘要", max_length=64, blank=True)
    machine_points = models.DecimalField("客观题得分", max_digits=6, decimal_places=2, null=True)
    points = models.DecimalField("卷面得分", max_digits=6, decimal_places=2, null=True)
    scored_at = models.DateTimeField("评分时间", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by="") | Q(submitted_at__isnull=False) & ~Q(submitted_by=""), name="script_end"
            )
        ]
        indexes = [models.Index(fields=["ends_at"], condition=Q(submitted_at__isnull=True), name="scripts_under_way")]

    def __str__(self) -> str:
        return self.number


class Answer(models.Model):
    """One change of one answer; never altered. The latest by (holder, sequence) of a position is the answer.

    `said_at` is when it was made by the browser's clock, set by the server's; `at` when it was here. `spent_ms`: how long the question was in view
    before the change.
    """

    script = models.ForeignKey(Script, models.PROTECT, related_name="answers", db_index=False)
    holder = models.PositiveSmallIntegerField("作答机次")
    sequence = models.PositiveIntegerField("变更序号")
    position = models.PositiveSmallIntegerField("题号")
    response = models.JSONField("作答", null=True)
    said_at = models.DateTimeField("作答时间")
    at = models.DateTimeField("收到时间")
    spent_ms = models.PositiveIntegerField("用时毫秒", default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["script", "holder", "sequence"], name="one_answer_per_change")]

    def __str__(self) -> str:
        return f"{self.script} 第{self.position}题"


class Marker(models.Model):
    """Who marks what no machine scores in a sitting: two who do not see each other, and a third for where they differ."""

    exam = models.ForeignKey(ComputerExam, models.PROTECT, related_name="markers")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="评卷人")
    turn = models.PositiveSmallIntegerField("评次", choices=[(1, "一评"), (2, "二评"), (3, "三评")])
    appointed_at = models.DateTimeField("指定时间")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exam", "turn"], name="one_marker_per_turn"),
            models.UniqueConstraint(fields=["exam", "user"], name="one_turn_per_marker"),
        ]

    def __str__(self) -> str:
        return f"{self.exam} {self.get_turn_display()}"


class Mark(models.Model):
    """The points a marker gave one answer, scoring point by scoring point. Given anew, the old one is kept. The fourth turn is a re-mark."""

    script = models.ForeignKey(Script, models.PROTECT, related_name="marks")
    position = models.PositiveSmallIntegerField("题号")
    turn = models.PositiveSmallIntegerField("评次")
    given = models.JSONField("各要点给分", default=dict)
    points = models.DecimalField("给分", max_digits=6, decimal_places=2)
    marked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField("评卷时间")
    replaced_at = models.DateTimeField("改评时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["script", "position", "turn"], condition=Q(replaced_at__isnull=True), name="one_standing_mark_per_turn")
        ]

    def __str__(self) -> str:
        return f"{self.script} 第{self.position}题 {self.points}"
