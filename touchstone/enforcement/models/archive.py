"""案卷表: which sealed archive has a case, what lies in it, and who looked into it?"""

from django.db import models

from touchstone.ledger.text_search import gram_index


class CaseArchive(models.Model):
    """A case's archive (案卷), sealed once: `inventory` lists what was bound (volume, name, SHA-256, bytes), `explained` why something does not
    arise, `root` stands in the log."""

    case = models.OneToOneField("enforcement.Case", models.PROTECT, related_name="archive")
    number = models.CharField("档号", max_length=24, unique=True)
    title = models.CharField("题名", max_length=200)
    party_name = models.CharField("当事机构", max_length=160, db_index=True)
    inventory = models.JSONField("卷内目录")
    explained = models.JSONField("缺件说明", default=dict)
    root = models.CharField("根指纹", max_length=64)
    findings = models.JSONField("认定", default=list)
    sealed_at = models.DateTimeField("封存时间")
    sealed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    kept_until = models.DateField("保存到")

    class Meta:
        indexes = [
            models.Index(fields=["-sealed_at", "-id"]),
            *(models.Index(fields=[column, "id"], name=f"archives_by_{column}") for column in ("party_name", "kept_until")),
            gram_index("party_name", "archives_by_party_part"),
        ]

    def __str__(self) -> str:
        return self.number


class ArchiveOpening(models.Model):
    """That somebody looked into an archive, and what for. `approved_by` where leave was needed."""

    archive = models.ForeignKey(CaseArchive, models.PROTECT, related_name="openings")
    purpose = models.CharField("用途", max_length=200)
    opener = models.CharField("查阅人", max_length=160)
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey("accounts.Office", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField("提出时间")
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField("查阅时间", null=True)

    class Meta:
        indexes = [models.Index(fields=["archive", "-id"])]

    def __str__(self) -> str:
        return f"{self.archive} {self.opener}"
