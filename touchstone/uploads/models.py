"""证书数据表: batches with their rows, what was found and said of each, and the files handed to the national query with their receipts."""

from django.db import models
from django.db.models import Q

from touchstone.accounts.actor import Actor
from touchstone.policy.roles import OfficeKind
from touchstone.uploads.states import STANDING, Act, BatchState, EntryState, National, ParcelState, Way

_CITY = {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}


class BatchSet(models.QuerySet["Batch"]):
    """Filters over batches."""

    def visible_to(self, actor: Actor) -> "BatchSet":
        """A body's own; an authority those it reviews and those of bodies registered on its ground; the city all."""
        kind = actor.office_kind
        if actor.is_platform or kind in _CITY:
            return self
        if kind is OfficeKind.ASSESSMENT_BODY:
            return self.filter(body__office_id=actor.office_id).exclude(state=BatchState.TRIED)
        if kind is OfficeKind.DISTRICT_BUREAU:
            return self.filter(Q(office_id=actor.office_id) | Q(body__district=actor.district))
        return self.none()


class Batch(models.Model):
    """Certificate data that came in at once (一批). Rows are taken in chunks: `cursor` and the rows of a chunk commit together.

    `office` reviews it. `draw` is the record from which anyone draws the rows looked at by hand again. `content_sealed` keeps rows that a body's
    system sent until they are taken. `dry_run` is a trial of existing certificates, which leaves nothing.
    """

    number = models.CharField("批次编号", max_length=24, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="certificate_batches")
    way = models.CharField("来源", max_length=12, choices=[(w.value, w.label) for w in Way])
    plan_number = models.CharField("计划编号", max_length=40, blank=True)
    name = models.CharField("文件名", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    attachment = models.CharField("附件编号", max_length=40, blank=True)
    returned = models.CharField("带结果的附件编号", max_length=40, blank=True)
    dry_run = models.BooleanField("试运行", default=False)
    state = models.CharField("状态", max_length=16, choices=[(s.value, s.label) for s in BatchState], default=BatchState.READING)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name="审核单位")
    total = models.PositiveIntegerField("总行数", default=0)
    cursor = models.PositiveIntegerField("已核对行数", default=0)
    passed = models.PositiveIntegerField("通过", default=0)
    broken = models.PositiveIntegerField("不通过", default=0)
    draw = models.JSONField("抽查", default=dict)
    reason = models.CharField("说明", max_length=500, blank=True)
    received_at = models.DateTimeField("收到时间")
    received_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField("提交时间", null=True)
    due_on = models.DateField("期限", null=True)
    decided_at = models.DateTimeField("审核时间", null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = BatchSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["body", "-id"]),
            models.Index(fields=["office", "state", "-id"]),
            models.Index(fields=["state", "received_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "sha256", "dry_run"],
                condition=~Q(sha256="") & ~Q(state__in=["reverted", "failed", "refused", "tried"]),
                name="one_batch_per_file",
            ),
            models.UniqueConstraint(fields=["plan_number"], condition=Q(way="issued", state="reading"), name="one_issued_batch_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state_label(self) -> str:
        return BatchState(self.state).label

    @property
    def way_label(self) -> str:
        return Way(self.way).label

    def move_to(self, state: BatchState) -> None:
        """The one way a batch's state changes; the operation has checked the move and set what goes with it."""
        self.state = state
        self.save()


class Parcel(models.Model):
    """A file of accepted rows for the national query (上报包): sent as often as need be, counted there once by its number."""

    number = models.CharField("上报包编号", max_length=24, unique=True)
    state = models.CharField("状态", max_length=12, choices=[(s.value, s.label) for s in ParcelState], default=ParcelState.MADE)
    layout = models.CharField("文件格式", max_length=40)
    rows = models.PositiveIntegerField("行数")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField("生成时间")
    tries = models.PositiveIntegerField("报送次数", default=0)
    last_trouble = models.CharField("最近一次未成的原因", max_length=200, blank=True)
    sent_at = models.DateTimeField("报送时间", null=True)
    receipt = models.CharField("回执编号", max_length=60, blank=True)
    receipted_at = models.DateTimeField("回执时间", null=True)
    taken = models.PositiveIntegerField("收录", default=0)
    returned = models.PositiveIntegerField("退回", default=0)

    class Meta:
        indexes = [models.Index(fields=["state", "id"])]

    def __str__(self) -> str:
        return self.number

    @property
    def state_label(self) -> str:
        return ParcelState(self.state).label


class Entry(models.Model):
    """One row: what it says of a certificate, what the chain found, what somebody who looked said, and where it stands with the national query.

    Never altered once read: a correction is a new row that `replaces` it. `sentence` names the broken link with clause and next step. A row with
    `act` "revoke" tells the national query that a certificate it knows is void (`why`); it holds no number.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="entries")
    row_number = models.PositiveIntegerField("行号")
    act = models.CharField("操作", max_length=8, choices=[(a.value, a.label) for a in Act], default=Act.ENTER)
    number = models.CharField("证书编号", max_length=30, blank=True)
    name = models.CharField("姓名", max_length=60, blank=True)
    name_key = models.CharField(max_length=60, blank=True)
    id_kind = models.CharField("证件类型", max_length=20, blank=True)
    id_sealed = models.BinaryField(null=True)
    id_index = models.BinaryField(max_length=32, null=True)
    id_masked = models.CharField("证件号码", max_length=30, blank=True)
    education = models.CharField("文化程度", max_length=60, blank=True)
    occupation_code = models.CharField("职业编码", max_length=12, blank=True)
    occupation_name = models.CharField("职业名称", max_length=80, blank=True)
    trade_name = models.CharField("工种名称", max_length=80, blank=True)
    level = models.CharField("等级", max_length=1, blank=True)
    theory = models.DecimalField("理论成绩", max_digits=5, decimal_places=1, null=True)
    practical = models.DecimalField("技能成绩", max_digits=5, decimal_places=1, null=True)
    panel = models.DecimalField("综合评审成绩", max_digits=5, decimal_places=1, null=True)
    issued_on = models.DateField("发证日期", null=True)
    plan_number = models.CharField("计划编号", max_length=40, blank=True)
    candidate_number = models.CharField("考生编号", max_length=40, blank=True)
    state = models.CharField("核对", max_length=12, choices=[(s.value, s.label) for s in EntryState])
    link = models.CharField("断开的环节", max_length=80, blank=True)
    sentence = models.CharField("说明", max_length=600, blank=True)
    findings = models.JSONField("核对意见", default=list)
    drawn = models.BooleanField("抽中", default=False)
    looked_at = models.DateTimeField("查看时间", null=True)
    looked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    objection = models.CharField("审核意见", max_length=300, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    why = models.CharField("更正理由", max_length=200, blank=True)
    national = models.CharField("全国查询", max_length=12, choices=[(n.value, n.label) for n in National], default=National.NONE, blank=True)
    national_words = models.CharField("退回原因", max_length=300, blank=True)
    parcel = models.ForeignKey(Parcel, models.PROTECT, null=True, related_name="entries")

    class Meta:
        indexes = [
            models.Index(fields=["batch", "state", "row_number"]),
            models.Index(fields=["id_index", "occupation_code", "level"]),
            models.Index(fields=["name_key"]),
            models.Index(fields=["national", "id"], condition=~Q(national=""), name="entries_by_national"),
            models.Index(fields=["national", "id"], condition=Q(act=Act.REVOKE.value), name="revocations_by_national"),
            models.Index(fields=["number"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["batch", "row_number"], name="one_entry_per_row"),
            models.UniqueConstraint(
                fields=["number"],
                condition=Q(act=Act.ENTER.value, state__in=[state.value for state in STANDING]),
                name="one_standing_entry_per_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch} 第{self.row_number}行"

    @property
    def occupation_label(self) -> str:
        """Occupation and, where there is one, trade."""
        return f"{self.occupation_name}（{self.trade_name}）" if self.trade_name else self.occupation_name

    @property
    def standing(self) -> str:
        """Where the row stands, in a word: with us, and once accepted with the national query."""
        if self.state == EntryState.ACCEPTED and self.national:
            return self.national_label
        return EntryState(self.state).label

    @property
    def national_key(self) -> str:
        """Where the row stands with the national query: `national`, or "revoked" for a revocation that was taken."""
        return "revoked" if self.act == Act.REVOKE and self.national == National.TAKEN else self.national

    @property
    def national_label(self) -> str:
        """The same in a word."""
        return "全国查询已撤销" if self.national_key == "revoked" else National(self.national).label
