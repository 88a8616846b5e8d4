"""比对与预警表: runs of the comparison, what each rule found in them, and the cases that came of the hits."""

from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.monitoring.states import UNDECIDED, UNFINISHED, RunKind, RunState, State
from touchstone.policy.monitoring.comparison import Severity
from touchstone.policy.roles import OfficeKind

_CITY = {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE, OfficeKind.OPERATOR}
_SORTED_BY = ("rule", "severity", "state", "due_on", "owner", "raised_at")


class Run(models.Model):
    """One comparison (比对): of everything, or of what the ledger tells between two of its lines (`since_entry` exclusive, `until_entry` inclusive).

    `counts` holds the rows written out by table, `seconds` the time each step took.
    """

    number = models.CharField("比对编号", max_length=24, unique=True)
    kind = models.CharField("范围", max_length=8, choices=[(k.value, k.label) for k in RunKind])
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in RunState], default=RunState.WAITING)
    since_entry = models.BigIntegerField("自第几号存证", default=0)
    until_entry = models.BigIntegerField("至第几号存证", default=0)
    begun_at = models.DateTimeField("开始时间")
    begun_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    looked_after_at = models.DateTimeField("最近进展")
    finished_at = models.DateTimeField("完成时间", null=True)
    done = models.BigIntegerField("已处理", default=0)
    total = models.BigIntegerField("共", default=0)
    hits = models.BigIntegerField("命中", default=0)
    opened = models.BigIntegerField("新预警", default=0)
    reopened = models.BigIntegerField("重新核实", default=0)
    withdrawn = models.BigIntegerField("撤回", default=0)
    counts = models.JSONField("数据行数", default=dict)
    seconds = models.JSONField("用时", default=dict)
    fault = models.CharField("没有完成的原因", max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "-id"])]
        constraints = [models.UniqueConstraint(fields=["kind"], condition=Q(state__in=UNFINISHED), name="one_unfinished_run_per_kind")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_finished(self) -> bool:
        return self.state in {RunState.DONE, RunState.FAILED}

    def move_to(self, state: RunState) -> None:
        """The one way a run's state changes."""
        self.state = state
        self.save()


class RuleRun(models.Model):
    """What one rule (in the version it then had) found in one run: the population it looked at, the hits, and what they came to."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="rules")
    rule = models.CharField("规则", max_length=80)
    version = models.CharField("版本", max_length=16)
    population = models.BigIntegerField("比对范围", default=0)
    hits = models.BigIntegerField("命中", default=0)
    opened = models.BigIntegerField("新预警", default=0)
    reopened = models.BigIntegerField("重新核实", default=0)
    withdrawn = models.BigIntegerField("撤回", default=0)
    seconds = models.FloatField("用时", default=0)
    at = models.DateTimeField("比对时间")

    class Meta:
        indexes = [models.Index(fields=["rule", "-id"])]
        constraints = [models.UniqueConstraint(fields=["run", "rule"], name="one_line_per_rule_and_run")]

    def __str__(self) -> str:
        return f"{self.run} {self.rule}"

    @property
    def hit_rate(self) -> float | None:
        """Hits for each row looked at; None where there was nothing to look at."""
        return self.hits / self.population if self.population else None


class AlertSet(models.QuerySet["Alert"]):
    """Filters over cases."""

    def visible_to(self, actor: Actor) -> "AlertSet":
        """The city all; a district those on its ground; an industry authority those of its field's bodies; a body those it was asked about."""
        kind = actor.office_kind
        if actor.is_platform or kind in _CITY:
            return self
        concerned = Concerned.objects.all()
        if kind is OfficeKind.DISTRICT_BUREAU:
            concerned = concerned.filter(district=actor.district)
        elif kind is OfficeKind.INDUSTRY_AUTHORITY:
            concerned = concerned.filter(body__industry=actor.industry)
            concerned = concerned.filter(district=actor.district) if actor.district else concerned
        elif kind is OfficeKind.ASSESSMENT_BODY:
            concerned = concerned.filter(body__office_id=actor.office_id, asked_at__isnull=False)
        else:
            return self.none()
        return self.filter(pk__in=concerned.values("alert"))


class Alert(models.Model):
    """A case (预警) that came of a hit. `rule` and `key` together are the hit's lasting identity: found again, it is the same case.

    Sentence, clause and rows stand as they were when it was raised. `marks` is what the rows came to then, so that a decided case whose rows have
    changed since is told from one that is merely found again. `first_run` and `last_run` are the runs that found it first and last.
    """

    number = models.CharField("预警编号", max_length=24, unique=True)
    rule = models.CharField("规则", max_length=80)
    version = models.CharField("规则版本", max_length=16)
    key = models.CharField("命中标识", max_length=64)
    marks = models.CharField(max_length=64)
    severity = models.CharField("级别", max_length=8, choices=[(s.value, s.label) for s in Severity])
    title = models.CharField("规则名称", max_length=120)
    told = models.TextField("说明")
    clause = models.CharField("依据", max_length=200)
    owner = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="承办单位")
    handler = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="经办人")
    due_on = models.DateField("认定期限")
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in State], default=State.OPEN)
    raised_at = models.DateTimeField("预警时间")
    first_run = models.ForeignKey(Run, models.PROTECT, related_name="raised")
    last_run = models.ForeignKey(Run, models.PROTECT, related_name="found")
    reopened = models.PositiveSmallIntegerField("重新核实次数", default=0)
    reopened_run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="+")
    withdrawn_run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="+")
    reason = models.TextField("认定理由", blank=True)
    findings = models.JSONField("认定时的审查意见", default=list)
    decided_at = models.DateTimeField("认定时间", null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    led_to = models.CharField("后续案件", max_length=40, blank=True)

    objects = AlertSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "state", "due_on"]),
            models.Index(fields=["rule", "state"]),
            # every column that the list can be sorted by, with the key that settles what sorts alike: read forwards or backwards
            *(models.Index(fields=[column, "id"], name=f"alerts_by_{column}") for column in _SORTED_BY),
            models.Index(fields=["due_on", "id"], condition=Q(state__in=UNDECIDED), name="alerts_undecided"),
            models.Index(fields=["last_run"], condition=Q(state__in=UNDECIDED), name="alerts_found_last"),
        ]
        constraints = [models.UniqueConstraint(fields=["rule", "key"], name="one_case_per_hit")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_decided(self) -> bool:
        return self.state in {State.UPHELD, State.DISMISSED}

    def move_to(self, state: State) -> None:
        """The one way a case's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()


class Concerned(models.Model):
    """That a case concerns a body, under the district that supervises what it did there; and what the body was asked and answered."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="concerned")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    district = models.CharField("监管区", max_length=6, blank=True)
    question = models.TextField("请说明", blank=True)
    asked_at = models.DateTimeField("请说明时间", null=True)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answer_due_on = models.DateField("说明期限", null=True)
    answer = models.TextField("说明", blank=True)
    answered_at = models.DateTimeField("说明时间", null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["district", "alert"]),
            models.Index(fields=["body", "alert"]),
        ]
        constraints = [models.UniqueConstraint(fields=["alert", "body"], name="one_line_per_body_concerned")]

    def __str__(self) -> str:
        return f"{self.alert} {self.body}"


class AlertRow(models.Model):
    """One row a hit rests on: what it is by its public number, whose, and what stood in it then (labels and words, nobody's number in clear)."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="rows")
    place = models.PositiveSmallIntegerField("序")
    number = models.CharField("编号", max_length=40)
    body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, related_name="+")
    shown = models.JSONField("内容", default=list)

    class Meta:
        indexes = [models.Index(fields=["number"])]
        constraints = [models.UniqueConstraint(fields=["alert", "place"], name="one_row_per_place")]

    def __str__(self) -> str:
        return f"{self.alert} {self.number}"
