"""签名证书表: what was signed for each certificate, and which lists say what was revoked?"""

from django.db import models
from django.db.models import Q

from touchstone.certificates.states import Standing


class Credential(models.Model):
    """What a body's key signed for a certificate: the document anybody can check, and the shorter form in its QR code. Kept as signed, never made
    again; only `standing` changes. `place` in `list_number` is where the status lists speak of it; the salt opens the commitment to the identity
    number.
    """

    certificate = models.OneToOneField("certificates.Certificate", models.PROTECT, related_name="credential")
    key = models.ForeignKey("certificates.IssuerKey", models.PROTECT, related_name="credentials")
    document = models.TextField("签名文档")
    qr = models.TextField("二维码内容")
    fingerprint = models.CharField("文档指纹", max_length=64)
    leaf = models.BinaryField("日志叶子", max_length=32)
    salt_sealed = models.BinaryField()
    list_number = models.PositiveIntegerField("状态列表")
    place = models.PositiveIntegerField("列表位置")
    standing = models.CharField("列表所示", max_length=12, choices=[(s.value, s.value) for s in Standing], default=Standing.VALID)
    signed_at = models.DateTimeField("签名时间")

    class Meta:
        indexes = [models.Index(fields=["list_number"], condition=~Q(standing="valid"), name="credentials_not_valid")]
        constraints = [models.UniqueConstraint(fields=["list_number", "place"], name="one_credential_per_place")]

    def __str__(self) -> str:
        return f"{self.list_number}/{self.place}"


class StatusList(models.Model):
    """A list (证书状态列表) as published: which places are revoked, or suspended while they are examined. `stale_since` is when something changed
    that it does not say yet."""

    number = models.PositiveIntegerField("列表编号")
    purpose = models.CharField("用途", max_length=12, choices=[("revocation", "撤销"), ("suspension", "核查中")])
    document = models.TextField("签名文档", blank=True)
    published_at = models.DateTimeField("签发时间", null=True)
    valid_until = models.DateTimeField("有效期至", null=True)
    stale_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "purpose"], name="one_list_per_number_and_purpose")]

    def __str__(self) -> str:
        return f"{self.number}/{self.purpose}"
