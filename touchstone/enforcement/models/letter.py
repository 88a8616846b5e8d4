"""文书表: which letters of a case are there, what does each say, and when and how was it served?"""

from django.db import models

from touchstone.enforcement.states import LetterKind, Service


class Letter(models.Model):
    """A letter as it was issued: `content` is what is printed, `sha256` its fingerprint. It is never changed; `served_on` is set once."""

    case = models.ForeignKey("enforcement.Case", models.CASCADE, related_name="letters")
    number = models.CharField("文书编号", max_length=40, unique=True)
    kind = models.CharField("文书", max_length=12, choices=[(one.value, one.label) for one in LetterKind])
    to = models.CharField("受送达人", max_length=160)
    content = models.JSONField("内容")
    sha256 = models.CharField("指纹", max_length=64)
    issued_at = models.DateTimeField("发出时间")
    issued_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    service = models.CharField("送达方式", max_length=12, choices=[(one.value, one.label) for one in Service], blank=True)
    served_on = models.DateField("送达日", null=True)
    served_at = models.DateTimeField("送达登记时间", null=True)
    served_to = models.CharField("签收人", max_length=120, blank=True)
    served_words = models.CharField("送达情况", max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "kind"])]

    def __str__(self) -> str:
        return self.number

    @property
    def is_served(self) -> bool:
        return self.served_on is not None
