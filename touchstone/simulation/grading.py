"""虚构考核与分级: how does a city come to a year under way, a body assessed and published, and its grade with reasons, by the real operations?"""

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from touchstone.accounts.actor import PLATFORM
from touchstone.grading import operations as acts
from touchstone.grading.queries import assessments, lines
from touchstone.parameters.queries import calendar
from touchstone.policy.supervision.assessment import SHEET
from touchstone.simulation.cast import actor_of
from touchstone.simulation.evaluation import at_hour

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

SHARE = 0.85
"""What the body says of itself and the offices give it, of every heading."""


def populate(body: "Body", *, at: datetime) -> None:
    """This function will open the year some weeks ago, carry one body to its published result and its grade, and leave the others at their report."""
    days = calendar()
    morning = {n: at_hour(days.add_working_days(at.date(), n), 9) for n in (-30, -28, -24, -20, -18, -11, -9, -8)}
    han, wang, tao = (actor_of(name, morning[-30].date()) for name in ("han", "wang", "tao"))
    year = morning[-30].year
    opened = acts.open_round(year=year, by=han, at=morning[-30], secret=sha256(f"assessment {year}".encode()).digest())
    acts.prepare_round(number=opened.number, by=PLATFORM, at=morning[-30])
    own = assessments(PLATFORM).filter(body=body).first()
    if own is None:
        return
    points = {one.key: one.weight * SHARE for one in SHEET.on(morning[-30].date()).value}
    report = {key: {"points": given, "words": "按制度执行，内部督导每场到岗。"} for key, given in points.items()}
    filer = actor_of("gu", morning[-28].date())
    acts.submit_report(number=own.number, report=report, summary="全年按计划开展评价，没有投诉。", by=filer, at=morning[-28])
    acts.score_first(number=own.number, scores=points, words="自评属实。", by=wang, at=morning[-24])
    acts.score_second(number=own.number, scores=points, words="同意初评。", by=tao, at=morning[-20])
    acts.draw_sample(number=opened.number, by=han, at=morning[-20])
    expert = actor_of("ge", morning[-20].date())
    for one in assessments(PLATFORM).filter(sampled=True):
        acts.score_as_expert(number=one.number, scores=points, words="材料齐全，做法规范。", by=expert, at=morning[-20])
    acts.tell_result(number=own.number, by=han, at=morning[-18])
    acts.publish(number=own.number, by=han, at=morning[-11])
    run = acts.begin_grade_run(by=han, at=morning[-9])
    acts.compute_grades(number=run.number, by=PLATFORM, at=morning[-9])
    line = lines(PLATFORM).filter(run=run, body=body).get()
    acts.review_grade(number=line.number, grade=line.computed, because="", by=wang, at=morning[-8])
    acts.confirm_grade(number=line.number, by=han, at=morning[-8])
