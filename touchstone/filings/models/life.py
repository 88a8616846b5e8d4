"""备案存续表: suspension, end, custody of records, the nightly run that ends filings, and what a change of catalogue touches."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from touchstone.policy.filing.ending import EndKind


class Suspension(models.Model):
    """A filing, or one line of its scope, may not be used from a day until another (暂停评价 / 恢复)."""

    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="suspensions")
    item = models.ForeignKey("filings.ScopeItem", models.PROTECT, null=True, related_name="suspensions")
    since = models.DateField("暂停起始日")
    planned_until = models.DateField("预定恢复日", null=True)
    until = models.DateField("恢复日", null=True)
    reason = models.TextField("暂停理由")
    clause = models.CharField("依据", max_length=160)
    case = models.CharField("来源案件", max_length=40, blank=True)
    at_fault = ArrayField(models.CharField(max_length=40), verbose_name="所涉认定计划", default=list)
    suspended_at = models.DateTimeField("暂停决定时间")
    suspended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    restored_at = models.DateTimeField("恢复决定时间", null=True)
    restored_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    restored_because = models.TextField("恢复理由", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "item"], condition=Q(restored_at__isnull=True), name="one_open_suspension", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.filing} 暂停自{self.since}"


class Termination(models.Model):
    """The end (终止备案) of a filing, or of some lines of its scope: why, by which clause, from which day, and, if it was, undone.

    `lines` remembers the lines that ended with the day each would have ended on, so that an undoing restores exactly those:
    [{"item": pk, "until": "2027-05-01"}]; `before` the filing's own state and end.
    """

    number = models.CharField("编号", max_length=40, unique=True)
    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="terminations")
    kind = models.CharField("终止方式", max_length=12, choices=[(k.value, k.label) for k in EndKind])
    ground = models.CharField("终止情形", max_length=40, blank=True)
    whole = models.BooleanField("整件终止", default=True)
    lines = models.JSONField("终止的范围", default=list)
    before = models.JSONField("终止前情况", default=dict)
    reason = models.TextField("理由")
    clause = models.CharField("依据", max_length=160)
    findings = models.JSONField("认定依据", default=list)
    asked_at = models.DateTimeField("申请时间", null=True)
    effective_on = models.DateField("终止日")
    decided_at = models.DateTimeField("决定时间")
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    run = models.ForeignKey("filings.EndingRun", models.PROTECT, null=True, related_name="terminations")
    undone_at = models.DateTimeField("撤销终止时间", null=True)
    undone_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    undone_because = models.TextField("撤销理由", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing"], condition=Q(whole=True, undone_at__isnull=True), name="one_standing_end_per_filing")
        ]

    def __str__(self) -> str:
        return self.number


class EndRequest(models.Model):
    """A body's own request to end its filing (自愿终止), waiting for the office that filed it; it may be taken back until decided.

    Granted, it takes effect on the wanted day (`termination`); `items` empty means the whole filing.
    """

    class Outcome(models.TextChoices):
        GRANTED = "granted", "已准予，待生效"
        RETURNED = "returned", "已退回补充"
        TAKEN_BACK = "taken_back", "已撤回"
        ENDED = "ended", "已终止"
        LAPSED = "lapsed", "已失效"

    number = models.CharField("编号", max_length=40, unique=True)
    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="end_requests")
    items = models.JSONField("申请终止的范围", default=list)
    reason = models.TextField("理由")
    wanted_on = models.DateField("希望终止日")
    custodian = models.TextField("档案交接安排")
    asked_at = models.DateTimeField("申请时间")
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField("办理期限", null=True)
    decided_at = models.DateTimeField("办结时间", null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    outcome = models.CharField("结果", max_length=12, blank=True, choices=Outcome.choices)
    opinion = models.TextField("意见", blank=True)
    termination = models.OneToOneField(Termination, models.PROTECT, null=True, related_name="request")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing"], condition=Q(decided_at__isnull=True), name="one_open_end_request")]

    def __str__(self) -> str:
        return self.number


class Custody(models.Model):
    """The records of an ended filing, handed into somebody's keeping: who keeps them, by when, and the receipt."""

    termination = models.OneToOneField(Termination, models.PROTECT, related_name="custody")
    keeper = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="接收单位")
    due_on = models.DateField("移交期限")
    handed_over_at = models.DateTimeField("移交时间", null=True)
    handed_over_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    volumes = models.TextField("移交清单", blank=True)
    returned_because = models.TextField("退回理由", blank=True)
    received_at = models.DateTimeField("接收时间", null=True)
    received_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField("解除时间", null=True)

    def __str__(self) -> str:
        return f"{self.termination} 档案移交"


class EndingRun(models.Model):
    """One run that looked for filings to end (自动终止): a dry run lists, a real one ends; a canary may have stopped it.

    `forecast` is how many were foreseen for the day by the forecast standing before it, `selected` how many lines were found.
    """

    number = models.CharField("编号", max_length=40, unique=True)
    day = models.DateField("日期")
    dry_run = models.BooleanField("试运行")
    run_at = models.DateTimeField("运行时间")
    run_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    forecast = models.PositiveIntegerField("预计件数", default=0)
    examined = models.PositiveIntegerField("核查件数", default=0)
    selected = models.PositiveIntegerField("认定件数", default=0)
    stopped_because = models.TextField("中止原因", blank=True)
    approved_at = models.DateTimeField("核准时间", null=True)
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    approved_because = models.TextField("核准理由", blank=True)
    discarded_at = models.DateTimeField("作废时间", null=True)
    discarded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    discarded_because = models.TextField("作废理由", blank=True)
    finished_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day"], condition=Q(dry_run=False), name="one_real_run_per_day")]

    def __str__(self) -> str:
        return self.number

    @property
    def waits_for_approval(self) -> bool:
        """Whether the canary stopped it and nobody has yet let it go on or thrown it away."""
        return bool(self.stopped_because) and not self.dry_run and self.approved_at is None and self.discarded_at is None


class EndingRow(models.Model):
    """What a run found about one filing (or one line of it), and what came of it."""

    class Outcome(models.TextChoices):
        LISTED = "listed", "拟终止"
        ENDED = "ended", "已终止"
        SPARED = "spared", "不终止"
        FAILED = "failed", "办理失败"

    run = models.ForeignKey(EndingRun, models.PROTECT, related_name="rows")
    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="+")
    item = models.ForeignKey("filings.ScopeItem", models.PROTECT, null=True, related_name="+")
    ground = models.CharField("情形", max_length=40)
    findings = models.JSONField("认定依据", default=list)
    outcome = models.CharField("结果", max_length=8, choices=Outcome.choices)
    sentence = models.CharField("说明", max_length=400)

    def __str__(self) -> str:
        return f"{self.run} {self.filing}"


class EndingForecast(models.Model):
    """What will end in the months to come if nothing is done, as foreseen in one night: made anew as a whole each time.

    It stands until the next night, so that a run can be held against what was foreseen before it.
    """

    filing = models.ForeignKey("filings.Filing", models.CASCADE, related_name="+")
    item = models.ForeignKey("filings.ScopeItem", models.CASCADE, null=True, related_name="+")
    day = models.DateField("预计终止日")
    ground = models.CharField("情形", max_length=40)
    why = models.JSONField("认定依据", default=dict)
    avert = models.CharField("怎样避免", max_length=200)
    foreseen_at = models.DateTimeField("预测时间")

    class Meta:
        indexes = [models.Index(fields=["day", "id"], name="endings_by_day")]

    def __str__(self) -> str:
        return f"{self.filing} {self.day}"


class CatalogueFlag(models.Model):
    """A filing's line that rests on something the catalogue has changed: what changed, by when it must be put right, and whether it was.

    A change of name or code takes nothing away: it is told, has no day by which anything is due, and is settled at once.
    """

    edition = models.CharField("变化编号", max_length=60)
    item = models.ForeignKey("filings.ScopeItem", models.PROTECT, related_name="flags")
    what = models.CharField("变化", max_length=300)
    due_on = models.DateField("调整期限", null=True)
    flagged_at = models.DateTimeField("标记时间")
    told_at = models.DateTimeField("告知时间", null=True)
    settled_at = models.DateTimeField("了结时间", null=True)
    settled_by_case = models.CharField("了结依据", max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "item"], name="flagged_once")]

    def __str__(self) -> str:
        return f"{self.item} {self.edition}"


class AssociationMove(models.Model):
    """An association's enterprise evaluation that belongs into the social kind (`通知 三(一)2`): listed, planned, moved or let be."""

    class State(models.TextChoices):
        LISTED = "listed", "待制定计划"
        PLANNED = "planned", "已定计划"
        MOVED = "moved", "已纳入社会化"
        KEPT = "kept", "暂不纳入"

    number = models.CharField("编号", max_length=40, unique=True)
    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="moves", verbose_name="原企业备案")
    findings = models.JSONField("认定依据", default=list)
    listed_at = models.DateTimeField("列入时间")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.LISTED)
    plan = models.TextField("纳入计划", blank=True)
    planned_for = models.DateField("计划完成日", null=True)
    planned_at = models.DateTimeField("计划时间", null=True)
    planned_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    moved_into = models.ForeignKey("filings.Filing", models.PROTECT, null=True, related_name="+", verbose_name="社会化备案")
    closed_at = models.DateTimeField("办结时间", null=True)
    reason = models.TextField("说明", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing"], name="one_move_per_filing")]

    def __str__(self) -> str:
        return self.number
