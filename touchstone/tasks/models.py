"""待办表: which office owes which step of which case by when, and what came of it?"""

from django.db import models
from django.db.models import F, Q

from touchstone.accounts.actor import Actor
from touchstone.ledger.text_search import gram_index


class TaskSet(models.QuerySet["Task"]):
    """Filters over tasks."""

    def visible_to(self, actor: Actor) -> "TaskSet":
        """Those of the actor's office that fall to one of the actor's roles, or to the actor personally."""
        return self.filter(office_id=actor.office_id).filter(Q(role__in=[r.value for r in actor.roles]) | Q(taken_by_id=actor.user_id))

    def open(self) -> "TaskSet":
        return self.filter(closed_at__isnull=True)

    def closed(self) -> "TaskSet":
        return self.filter(closed_at__isnull=False)


class Task(models.Model):
    """Something an office owes: a step (`matter`) of a case, named by the case's public number. No task is ever deleted."""

    case = models.CharField("业务编号", max_length=64, db_index=True)
    matter = models.CharField("事项", max_length=48)
    title = models.CharField("标题", max_length=200)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="tasks")
    role = models.CharField("岗位", max_length=32)
    from_office = models.CharField("来自", max_length=120, blank=True)
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="提出人")
    opened_at = models.DateTimeField("收到时间")
    due_on = models.DateField("办理期限", null=True)
    taken_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField("签收时间", null=True)
    urged_at = models.DateTimeField("催办时间", null=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    outcome = models.CharField("办理结果", max_length=120, blank=True)

    objects = TaskSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["office", "due_on", "id"], name="tasks_open", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["office", "-closed_at"], name="tasks_closed", condition=Q(closed_at__isnull=False)),
            models.Index("opened_by", F("closed_at").asc(nulls_first=True), F("id").desc(), name="tasks_asked", condition=Q(opened_by__isnull=False)),
            gram_index("title", "tasks_by_title_part"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "matter", "office", "role"], condition=Q(closed_at__isnull=True), name="one_open_task_per_matter"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Copy(models.Model):
    """A case shown to an office for its information (抄送): nothing is owed; `read_at` is when somebody of the office had read it."""

    case = models.CharField("业务编号", max_length=64, db_index=True)
    title = models.CharField("标题", max_length=200)
    words = models.TextField("说明", blank=True)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    from_office = models.CharField("来自", max_length=120, blank=True)
    sent_at = models.DateTimeField("抄送时间")
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField("阅知时间", null=True)
    read_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index("office", F("read_at").asc(nulls_first=True), F("id").desc(), name="copies_of_office"),
            models.Index(fields=["office"], condition=Q(read_at__isnull=True), name="copies_unread"),
            gram_index("title", "copies_by_title_part"),
        ]

    def __str__(self) -> str:
        return self.title
