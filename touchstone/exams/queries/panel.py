"""综合评审查询: who takes the review, which papers are there, how far is each defence, and what has the panel concluded?"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from touchstone.accounts.actor import NotAllowed
from touchstone.exams.models import Candidate, Defence, DefenceQuestion, MinutesSignature, PanelPaper, PaperOpening, Seat, Sitting
from touchstone.exams.queries.assessors import assessors_of
from touchstone.exams.queries.kept import kept_scores
from touchstone.exams.queries.sittings import entrants, exam_form_of, plan_parts
from touchstone.exams.states import CandidateState, Part, PlanState
from touchstone.kernel.rules import Finding
from touchstone.parameters.queries import calendar
from touchstone.policy.documents import notice
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.panel import PAPER_KINDS, panel_concludes, papers_complete, papers_due, signed_by_all

if TYPE_CHECKING:
    from touchstone.exams.models import Plan
    from touchstone.experts.models import Assignment

_TAKEN_IN = {PlanState.REPORTED, PlanState.REVIEWED, PlanState.ARRANGED}


def takes_panel(candidate: Candidate) -> bool:
    """This function will say whether a candidate is to be reviewed by a panel: the level has one, and no earlier score of it is kept."""
    if Part.PANEL not in plan_parts(candidate.plan) or candidate.state in {CandidateState.WITHDRAWN, CandidateState.INELIGIBLE}:
        return False
    return Part.PANEL not in kept_scores(candidate.plan).get(candidate.pk, {})


def why_no_papers(candidate: Candidate) -> str:
    """This function will give the sentence why no paper can be handed in for a candidate now; nothing when it can, apart from the last day."""
    if not takes_panel(candidate):
        return "本次评价不需要提交综合评审材料。"
    if candidate.plan.state not in _TAKEN_IN:
        return f"计划当前为“{PlanState(candidate.plan.state).label}”，不再收综合评审材料。"
    if Seat.objects.filter(candidate=candidate, sitting__part=Part.PANEL, sitting__opened_at__isnull=False).exists():
        return "综合评审已经开始，不再收材料。"
    return ""


def due_on(plan: "Plan", day: date) -> date:
    """This function will give the last day for papers of a plan."""
    return papers_due(plan.exam_on, calendar(), day)


def papers_case(candidate: Candidate) -> str:
    """This function will give the case under which a candidate's papers lie, apart from the evidence of the registration."""
    return f"{candidate.number}-PS"


def papers_of(candidates: Iterable[int]) -> dict[int, list[PanelPaper]]:
    """This function will give the standing papers of candidates, by candidate, in order of kind."""
    found: dict[int, list[PanelPaper]] = {}
    rows = PanelPaper.objects.filter(candidate__in=list(candidates), ended_at__isnull=True).select_related("attachment")
    order = list(PAPER_KINDS)
    for one in sorted(rows, key=lambda each: (order.index(each.kind), each.pk)):
        found.setdefault(one.candidate_id, []).append(one)
    return found


def completeness(plan: "Plan", own: Iterable[PanelPaper]) -> Finding:
    """This function will say whether papers are all there."""
    return papers_complete(Level(plan.level), {one.kind for one in own}, plan.exam_on)


@dataclass(frozen=True)
class PapersLine:
    """A candidate of a plan with the papers that stand and whether they are all there."""

    candidate: Candidate
    papers: list[PanelPaper]
    finding: Finding


def papers_of_plan(plan: "Plan") -> list[PapersLine]:
    """This function will give everybody of a plan who is to be reviewed, with their papers."""
    kept = kept_scores(plan)
    people = [one for one in entrants(plan) if Part.PANEL not in kept.get(one.pk, {})]
    papers = papers_of(one.pk for one in people)
    return [PapersLine(one, papers.get(one.pk, []), completeness(plan, papers.get(one.pk, []))) for one in people]


def read_by(assignment: "Assignment", papers: Iterable[PanelPaper]) -> set[int]:
    """This function will say which of these papers a member has opened."""
    rows = PaperOpening.objects.filter(assignment=assignment, paper__in=[one.pk for one in papers])
    return set(rows.values_list("paper_id", flat=True))


def readings_of(plan: "Plan") -> dict[int, int]:
    """This function will count, by paper of a plan, how many members have opened it."""
    found: dict[int, set[int]] = {}
    for paper, member in PaperOpening.objects.filter(paper__candidate__plan=plan).values_list("paper_id", "assignment_id"):
        found.setdefault(paper, set()).add(member)
    return {paper: len(members) for paper, members in found.items()}


def panel_sitting_of(number: str) -> Sitting:
    """This function will give the sitting of a panel. :raises NotAllowed: where there is none of this number."""
    rows = Sitting.objects.select_related("plan__body", "plan__standard", "plan__scope_item__filing", "plan__venue", "room", "supervisor")
    found = rows.filter(number=number, part=Part.PANEL).first()
    if found is None:
        raise NotAllowed("这个场次不是综合评审。", notice("三(二)4"), "请从“我的任务”中选择综合评审的任务。")
    return found


def is_panel(number: str) -> bool:
    """This function will say whether a sitting is a panel's."""
    return Sitting.objects.filter(number=number, part=Part.PANEL).exists()


@dataclass
class Stand:
    """One candidate before the panel, in the order of the defence."""

    seat: Seat
    defence: Defence | None
    questions: list[DefenceQuestion] = field(default_factory=list)
    signatures: list[MinutesSignature] = field(default_factory=list)
    signed: Finding | None = None

    @property
    def phase(self) -> tuple[str, str]:
        """Where the defence stands, in words, with its tone."""
        if self.defence is None:
            return ("缺考", "warn") if self.seat.present is False else ("未答辩", "neutral")
        if self.defence.ended_at is None:
            return ("答辩中", "info")
        if self.signed is not None and self.signed.outcome == "met":
            return ("已签字", "ok")
        return (f"待签字（{len(self.signatures)}人已签）", "warn")

    @property
    def minutes(self) -> int | None:
        """Whole minutes the defence took; None while it is not over."""
        if self.defence is None or self.defence.ended_at is None:
            return None
        return int((self.defence.ended_at - self.defence.begun_at).total_seconds() // 60)

    def signature_of(self, assignment: "Assignment") -> MinutesSignature | None:
        """This method will give a member's standing signature."""
        return next((one for one in self.signatures if one.assignment_id == assignment.pk), None)


def chair_of(people: "list[Assignment]") -> "Assignment | None":
    """This function will give who heads a panel: the one sent to lead; where that one did not come, the first of those who are there."""
    return next((one for one in people if one.leads), people[0] if people else None)


def stands_of(sitting: Sitting, seats: Iterable[Seat] | None = None, people: "list[Assignment] | None" = None) -> list[Stand]:
    """This function will give the candidates of a panel in the order of the defence (that of the seats, which were drawn), with the minutes."""
    rows = Seat.objects.filter(sitting=sitting).select_related("candidate__person", "sitting").order_by("seat_number") if seats is None else seats
    own, panel = list(rows), assessors_of(sitting) if people is None else people
    members, chair = {one.pk for one in panel}, chair_of(panel)
    signing = MinutesSignature.objects.filter(void_at__isnull=True).select_related("assignment__member__person").order_by("id")
    asking = DefenceQuestion.objects.filter(struck_at__isnull=True).select_related("asked_by__member__person").order_by("id")
    held = Defence.objects.filter(seat__in=own).prefetch_related(Prefetch("signatures", signing), Prefetch("questions", asking))
    defences = {one.seat_id: one for one in held}
    found = []
    for seat in own:
        defence = defences.get(seat.pk)
        stand = Stand(seat, defence)
        if defence is not None:
            stand.questions, stand.signatures = list(defence.questions.all()), list(defence.signatures.all())
            signed = {one.assignment_id for one in stand.signatures}
            stand.signed = signed_by_all(len(signed & members), len(members), chair is not None and chair.pk in signed)
        found.append(stand)
    return found


def minutes_digest(defence: Defence, questions: Iterable[DefenceQuestion]) -> str:
    """This function will give the SHA-256 over the minutes of a defence as they stand: what is signed."""
    rows = [[one.asked_by_id, one.question, one.answer, one.noted_at.isoformat()] for one in questions]
    ended = defence.ended_at.isoformat() if defence.ended_at else ""
    whole = [defence.number, defence.version, defence.begun_at.isoformat(), ended, defence.short_reason, rows]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode()).hexdigest()


def conclusion_of(stand: Stand, score: Decimal | None, day: date) -> tuple[Finding, ...]:
    """This function will say what a panel has concluded of a candidate: the signing, and then marks with votes; open while not all have signed."""
    signed = stand.signed or signed_by_all(0, 0, False)
    if signed.outcome != "met":
        return (signed,)
    return (signed, panel_concludes(score, sum(one.agrees for one in stand.signatures), len(stand.signatures), day))


def printed_minutes(plan: "Plan") -> int | None:
    """This function will give the minutes the plan's standard prints for the review of one candidate; None where it prints none."""
    form = exam_form_of(plan, Part.PANEL)
    return form.minutes if form is not None else None
