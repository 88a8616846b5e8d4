"""附件表: what was handed in, under which case, and what is its fingerprint?"""

from django.db import models


class Attachment(models.Model):
    """A file handed in for a case (named by the case's public number). The bytes lie in the data folder under their SHA-256."""

    number = models.CharField("附件编号", max_length=40, unique=True)
    case = models.CharField("业务编号", max_length=64, db_index=True)
    label = models.CharField("材料名称", max_length=120)
    name = models.CharField("文件名", max_length=200)
    media = models.CharField("类型", max_length=80)
    size = models.BigIntegerField("字节数")
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField("上传时间")
    withdrawn_at = models.DateTimeField("撤下时间", null=True)

    def __str__(self) -> str:
        return self.name
