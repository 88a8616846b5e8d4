"""投诉人表: who complained, sealed and apart from what they told, and how often was something sent from one address?

Only `operations.protecting` opens what is sealed here.
"""

from django.db import models


class Complainant(models.Model):
    """Who stands behind a complaint; there is no row for one without a name. `person_mark` is the blind index of somebody known to the platform, by
    which they find their own; `harm` is what was explained of a measure against them that followed. The row is destroyed
    from `kept_until` on, once the matter is over; the lead says so."""

    lead = models.OneToOneField("complaints.Lead", models.PROTECT, related_name="+")
    name_sealed = models.BinaryField()
    phone_sealed = models.BinaryField()
    person_sealed = models.BinaryField(null=True)
    person_mark = models.BinaryField(null=True)
    consents = models.BooleanField("同意公开身份", default=False)
    harm_explained = models.TextField("不利处理的说明", blank=True)
    harm_explained_at = models.DateTimeField("说明时间", null=True)
    kept_until = models.DateField("保密到期日")

    class Meta:
        indexes = [
            models.Index(fields=["person_mark"], condition=models.Q(person_mark__isnull=False), name="complaints_of_one"),
            models.Index(fields=["kept_until"], name="complainants_by_end"),
        ]

    def __str__(self) -> str:
        return "投诉人（保密）"


class Attempt(models.Model):
    """That something came from an address: `mark` is a keyed digest of address and day, is bound to no lead, and goes after a day."""

    mark = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["mark", "at"], name="attempts_of_mark"), models.Index(fields=["at"], name="attempts_by_age")]

    def __str__(self) -> str:
        return str(self.at)
