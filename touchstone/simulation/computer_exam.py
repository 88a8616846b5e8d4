"""模拟机考: a sitting of theory at the computer that is open now, so that a newcomer can sit down in it; the same steps for any plan."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.exams.operations.attendance import note_attendance
from touchstone.exams.operations.computer_exams import set_on_computer
from touchstone.exams.operations.day import open_sitting
from touchstone.exams.operations.scoring_sheets import PointLine, set_scoring_sheet
from touchstone.exams.queries import sittings as queries
from touchstone.exams.queries.assessors import assessors_of, user_of
from touchstone.exams.states import Part
from touchstone.experts.operations import sign_in
from touchstone.filings.queries import scope_in_force
from touchstone.policy.questions.papers import Asked
from touchstone.questions import operations
from touchstone.questions.queries import city_bank
from touchstone.questions.states import PaperState
from touchstone.questions.terms import default_terms
from touchstone.simulation.bank import STANDARD
from touchstone.simulation.candidate import applying
from touchstone.simulation.cast import actor_of
from touchstone.simulation.evaluation import Evaluation

if TYPE_CHECKING:
    from touchstone.bodies.models import Body
    from touchstone.exams.models import Plan
    from touchstone.simulation.crowd import Crowd

KINDS = {
    "choice": Asked(6, Decimal(5)),
    "true_false": Asked(10, Decimal(3)),
    "multiple": Asked(5, Decimal(6)),
    "extended": Asked(2, Decimal(5)),
}
"""Twenty-three questions, so that the small city bank has enough for two forms beside the paper that stands there."""
POINTS = (
    PointLine("外圆直径符合图样", Decimal(30), "加工", "每超差0.01毫米扣5分"),
    PointLine("长度和台阶符合图样", Decimal(25), "加工", "每处超差扣5分"),
    PointLine("表面粗糙度", Decimal(15), "加工"),
    PointLine("量具使用正确", Decimal(10), "检验"),
    PointLine("安全文明生产", Decimal(20), "现场", "违反操作规程的不得分"),
)
KEEPERS = ("ji", "shao")
EARLY = timedelta(minutes=10)
_LATEST = time(22, 0)
_END = time(23, 50)


def hours_around(at: datetime) -> dict[str, tuple[time, time]]:
    """This function will give the hours of an exam on this day whose theory has just begun and lasts into the night; the skills test was before it,
    or, in the small hours, comes after."""
    starts = min((at - EARLY).time() if at.time() >= time(0, 10) else time(0, 0), _LATEST).replace(second=0, microsecond=0)
    if starts >= time(4, 0):
        day = datetime.combine(at.date(), starts)
        return {"theory": (starts, _END), "practical": ((day - timedelta(hours=3)).time(), (day - timedelta(hours=1)).time())}
    return {"theory": (starts, time(16, 0)), "practical": (time(17, 0), time(19, 0))}


def composed_for(plan: "Plan", *, at: datetime, kinds: Mapping[str, Asked] = KINDS, forms: int = 2, **changed: Any) -> str:
    """This function will have the centre compose a paper for a plan from the city's bank; it gives the number, or nothing where it cannot be.

    `changed` are terms of the blueprint that differ from the usual ones.
    """
    bank, keeper = city_bank(), actor_of(KEEPERS[0], at.date())
    if bank is None:
        return ""
    terms = replace(default_terms(Part.THEORY.value, None, at.date()).with_kinds(kinds), seconds=1, **changed)
    made = operations.make_blueprint(
        bank=bank.number, standard=STANDARD, level=plan.level, part=Part.THEORY.value, title="车工五级理论知识（机考）", terms=terms, by=keeper, at=at
    )  # fmt: skip
    asked = operations.ask_paper(blueprint=made.number, forms=forms, case=plan.number, by=keeper, at=at)
    paper = operations.compose_paper(number=asked.number, by=PLATFORM, at=at)
    return paper.number if paper.state == PaperState.COMPOSED else ""


def sealed(paper: str, *, opens_at: datetime, at: datetime) -> list[str]:
    """This function will seal a paper until its hour and give the shares of its two holders."""
    keepers = [actor_of(name, at.date()) for name in KEEPERS]
    operations.seal_paper(number=paper, holders=[one.user_id or 0 for one in keepers], opens_at=opens_at, by=keepers[0], at=at)
    return [operations.take_share(number=paper, by=one, at=at) for one in keepers]


def opened(paper: str, shares: Sequence[str], *, at: datetime) -> None:
    """This function will let the two holders open a paper at its hour."""
    for name, share in zip(KEEPERS, shares, strict=True):
        operations.give_share(number=paper, share=share, by=actor_of(name, at.date()), at=at)


def let_in(plan: "Plan", *, planner: Actor, at: datetime) -> None:
    """This function will open the theory of a plan and sign everybody in."""
    for one in queries.sittings(plan).filter(part=Part.THEORY):
        open_sitting(sitting_number=one.number, identity="id_card", by=planner, at=at)
        marks = {seat.candidate.ticket_number or "": True for seat in queries.seats(one)}
        note_attendance(sitting_number=one.number, marks=marks, by=planner, at=at)


def populate(body: "Body", crowd: "Crowd", *, at: datetime, people: int = 8) -> str:
    """This function will bring a plan of level five to its day: the theory is at the computer, open since a few minutes, and nobody has begun yet.

    It gives the plan's number, or nothing where the city's bank has no paper for it.
    """
    today = at.date()
    item = next((one for one in scope_in_force(today, body) if one.level == 5), None)
    if item is None or item.standard.number != STANDARD:
        return ""
    planner, leader, supervisor = (actor_of(name, today) for name in ("ren", "gu", "wang"))
    hours = hours_around(at)
    song = actor_of("song", today)
    judged = hours["practical"][0] < at.time()
    also, judge = (applying("jia", today, 5),), song if judged else None
    run = Evaluation(item, today, people, crowd, planner, leader, supervisor, also, hours=hours, judge=judge)
    run.bring_to("arranged")
    composed_at = at - timedelta(days=2)
    paper = composed_for(run.plan, at=composed_at)
    if not paper:
        return run.number
    starts = datetime.combine(today, hours["theory"][0], at.tzinfo)
    before = max(starts - timedelta(minutes=30), starts.replace(hour=0, minute=0))
    for one in queries.sittings(run.plan).filter(part=Part.THEORY):
        set_on_computer(sitting_number=one.number, paper_number=paper, by=planner, at=composed_at)
    opened(paper, sealed(paper, opens_at=before, at=composed_at), at=before)
    let_in(run.plan, planner=planner, at=before)
    if judged:
        open_for_marks(run.plan, planner=planner, judge=song)
    return run.number


def open_for_marks(plan: "Plan", *, planner: Actor, judge: Actor) -> None:
    """This function will open the skills test of a plan at its hour, by a scoring sheet, with everybody signed in and the judge there; nobody has
    marked yet, so that a newcomer can, on a phone."""
    for one in queries.sittings(plan).filter(part=Part.PRACTICAL):
        before = max(one.starts_at - timedelta(minutes=30), one.starts_at.replace(hour=0, minute=0))
        set_scoring_sheet(sitting_number=one.number, points=POINTS, origin="按模板填写", by=planner, at=before)
        open_sitting(sitting_number=one.number, identity="id_card", by=planner, at=before)
        marks = {seat.candidate.ticket_number or "": True for seat in queries.seats(one)}
        note_attendance(sitting_number=one.number, marks=marks, by=planner, at=one.starts_at)
        for sent in assessors_of(one):
            if user_of(sent) == judge.user_id:
                sign_in(number=sent.number, place="考核现场", by=judge, at=one.starts_at)
