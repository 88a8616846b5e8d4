"""考核舞台: bodies filed in the home district and the city, brought, by the real operations, as far through a year and a grade as a test needs.

Only the filings are put down as they would stand after acceptance; how they come about is told in tests/filings.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tests.cast import Cast
from tests.exams.stage import moment
from tests.inspections.stage import filed_body
from touchstone.accounts.actor import PLATFORM
from touchstone.bodies.models import Body
from touchstone.filings.models import Filing
from touchstone.grading import operations
from touchstone.grading.models import Assessment, GradeLine, GradeRun, Round
from touchstone.policy.supervision.assessment import SHEET
from touchstone.policy.supervision.grade import Grade

OPENED = moment(date(2026, 3, 2), 10)
REPORTED = moment(date(2026, 3, 9), 10)
SCORED = moment(date(2026, 3, 16), 10)
TOLD = moment(date(2026, 3, 23), 10)
PUBLISHED = moment(date(2026, 4, 7), 10)
GRADED = moment(date(2026, 4, 13), 10)
SECRET = bytes(range(32))
FULL = {one.key: float(one.weight) for one in SHEET.on(OPENED.date()).value}
"""Every heading in full."""
POOR = dict.fromkeys(FULL, 0.0) | {"conditions": 15.0}
"""A failed year."""
GOOD = {one.key: one.weight * 0.8 for one in SHEET.on(OPENED.date()).value}
"""Eighty points."""
REPORT = {key: {"points": points, "words": "按制度执行，见附件。"} for key, points in FULL.items()}


def in_force(body: Body, until: date = date(2029, 2, 2), since: date = date(2026, 2, 2)) -> Filing:
    """Put a filing down as it would stand after acceptance."""
    at = moment(since, 9)
    return Filing.objects.create(
        number=f"BA20268{body.pk:05d}", body=body, route="district_enterprise", state="accepted", begun_at=at, saved_at=at, decided_at=at,
        in_force_from=since, until=until,
    )  # fmt: skip


@dataclass
class Stage:
    """Body 甲 and a few more with a filing in force; `wang` assesses first, `tao` second, `han` tells, publishes and confirms."""

    cast: Cast
    more: int = 2
    year: int = 2026
    round: Round = field(init=False)
    run: GradeRun = field(init=False)

    def __post_init__(self) -> None:
        if not Filing.objects.filter(body=self.cast.body_a).exists():
            in_force(self.cast.body_a)
        for n in range(self.more):
            filed_body(n, self.cast.at)

    def opened(self) -> "Stage":
        """Open the year, and have it prepared."""
        made = operations.open_round(year=self.year, by=self.cast.han, at=OPENED, secret=SECRET)
        self.round = operations.prepare_round(number=made.number, by=PLATFORM, at=OPENED)
        return self

    @property
    def own(self) -> Assessment:
        """The assessment of body 甲."""
        return Assessment.objects.get(round=self.round, body=self.cast.body_a)

    def reported(self) -> "Stage":
        """Body 甲 hands in its report."""
        self.opened()
        operations.submit_report(number=self.own.number, report=REPORT, summary="全年平稳。", by=self.cast.lin, at=REPORTED)
        return self

    def scored(self, points: dict[str, float] | None = None) -> "Stage":
        """Both offices assess body 甲."""
        self.reported()
        told: dict[str, Any] = {"number": self.own.number, "scores": points or FULL, "words": "材料属实。", "at": SCORED}
        operations.score_first(by=self.cast.wang, **told)
        operations.score_second(by=self.cast.tao, **told)
        return self

    def looked_at(self) -> "Stage":
        """The experts' sample is drawn and looked at."""
        operations.draw_sample(number=self.round.number, by=self.cast.han, at=SCORED)
        for one in self.round.assessments.filter(sampled=True):
            operations.score_as_expert(number=one.number, scores=GOOD, words="规范。", by=self.cast.ge, at=SCORED)
        return self

    def told(self, points: dict[str, float] | None = None) -> "Stage":
        """The proposed result is told."""
        self.scored(points).looked_at()
        operations.tell_result(number=self.own.number, by=self.cast.han, at=TOLD, good_because="优秀名额已满" if points is None else "")
        return self

    def published(self, points: dict[str, float] | None = None) -> "Stage":
        """The result is published."""
        self.told(points)
        operations.publish(number=self.own.number, by=self.cast.han, at=PUBLISHED)
        return self

    def failed_twice(self) -> "Stage":
        """Body 甲, filed a year longer, fails the year before this one, and this one."""
        Filing.objects.filter(body=self.cast.body_a).update(in_force_from=date(self.year - 1, 2, 3))
        Stage(self.cast, more=0, year=self.year - 1).published(POOR)
        return self.published(POOR)

    def computed(self, at: datetime = GRADED) -> "Stage":
        """The grades of all are computed."""
        made = operations.begin_grade_run(by=self.cast.han, at=at)
        self.run = operations.compute_grades(number=made.number, by=PLATFORM, at=at)
        return self

    @property
    def line(self) -> GradeLine:
        """The grade of body 甲 as it is proposed."""
        return GradeLine.objects.get(run=self.run, body=self.cast.body_a)

    def graded(self, grade: Grade = Grade.B, at: datetime = GRADED) -> "Stage":
        """Body 甲's grade is reviewed and confirmed."""
        if not hasattr(self, "run"):
            self.computed(at)
        operations.review_grade(number=self.line.number, grade=grade, because="新备案机构，先按此管理。", by=self.cast.wang, at=at)
        operations.confirm_grade(number=self.line.number, by=self.cast.han, at=at)
        return self
