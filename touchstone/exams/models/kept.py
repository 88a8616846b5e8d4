"""保留成绩表: which part has a candidate passed before, and in which evaluation?"""

from django.db import models

from touchstone.exams.states import Part


class KeptScore(models.Model):
    """A part passed in an earlier evaluation of the same occupation and level, carried by a candidate for a time; it comes from another candidacy
    of the same person. Whether it still counts on the day of the exam is the rule's to say."""

    candidate = models.ForeignKey("exams.Candidate", models.PROTECT, related_name="kept_scores")
    part = models.CharField("科目", max_length=12, choices=[(p.value, p.label) for p in Part])
    value = models.DecimalField("分数", max_digits=5, decimal_places=1)
    passed_on = models.DateField("考试日期")
    comes_from = models.ForeignKey("exams.Candidate", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["candidate", "part"], name="one_kept_score_per_part")]

    def __str__(self) -> str:
        return f"{self.candidate} {self.part} {self.value}"
