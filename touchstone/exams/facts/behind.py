"""证书背后的事实: what of an evaluation stands behind certificates, gathered for many rows at once?

The number of queries does not grow with the rows.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from touchstone.bodies.queries import assessors_ever
from touchstone.catalogue.queries import codes_of_each
from touchstone.exams.facts.evaluating import kind_of_plan
from touchstone.exams.models import Candidate, ExceptionalCase, Plan, PlanFate, Sitting
from touchstone.exams.queries.results import MATTER, scores_of_each
from touchstone.exams.states import CandidateState, Fate, Part, PlanState
from touchstone.experts.queries import fit_on, ties_between
from touchstone.experts.queries.dispatch import RESERVE, requests_for, sent_now
from touchstone.filings.queries.scope import LineOnDay, lines_on
from touchstone.kernel.numbers import name_key
from touchstone.kernel.periods import Period
from touchstone.notices.queries import of_cases
from touchstone.policy.certificates.chain import Assessor, Entrant, Evaluation, Filed
from touchstone.policy.eligibility.exceptions import Mode
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.arrangement import assessor_covers
from touchstone.policy.exams.results import Score
from touchstone.policy.roles import BodyKind

_SETTLED = {PlanState.CONFIRMED, PlanState.CERTIFIED}


@dataclass(frozen=True)
class _Judge:
    person: int
    name: str
    qualified: bool


@dataclass(frozen=True)
class Behind:
    """What stands behind the rows of a chunk: plans and filing lines by plan number, candidates by plan number and blind index."""

    evaluations: Mapping[str, Evaluation] = field(default_factory=dict)
    filed: Mapping[str, Filed] = field(default_factory=dict)
    candidates: Mapping[tuple[str, bytes], Candidate] = field(default_factory=dict)
    scores: Mapping[int, Mapping[Part, Score]] = field(default_factory=dict)
    direct: frozenset[int] = frozenset()
    kinds: Mapping[str, BodyKind] = field(default_factory=dict)
    judges: Mapping[str, tuple[_Judge, ...]] = field(default_factory=dict)
    ties: Mapping[tuple[int, int], Period] = field(default_factory=dict)

    def evaluation(self, plan: str, index: bytes) -> Evaluation | None:
        """This method will give the plan behind a row, its assessors with their ties to the row's candidate."""
        found = self.evaluations.get(plan)
        candidate = self.candidates.get((plan, index))
        if found is None:
            return None
        person = candidate.person_id if candidate else None
        assessors = tuple(Assessor(one.name, one.qualified, self._tie(one, person, found.exam_on)) for one in self.judges.get(plan, ()))
        return replace(found, assessors=assessors)

    def _tie(self, judge: _Judge, person: int | None, day: date) -> str:
        if person is None:
            return ""
        if judge.person == person:
            return "本人"
        declared = self.ties.get((judge.person, person))
        return "已申报的回避关系" if declared is not None and day in declared else ""

    def entrant(self, plan: str, index: bytes, name: str) -> Entrant | None:
        """This method will give the candidate behind a row, and whether the name fits."""
        one = self.candidates.get((plan, index))
        if one is None:
            return None
        state = CandidateState(one.state)
        fits, scores = one.name_key == name_key(name), self.scores.get(one.pk, {})
        return Entrant(one.number, fits, state is CandidateState.ELIGIBLE, state.label, scores, one.pk in self.direct)


def behind(plan_numbers: Collection[str], indexes: Collection[bytes], body_id: int) -> Behind:
    """This function will gather what stands behind rows that name these plans and people, for a body."""
    plans = list(
        Plan.objects.filter(number__in=set(plan_numbers)).select_related(
            "body", "occupation", "trade", "standard", "venue", "scope_item__standard", "scope_item__filing__body"
        )
    )
    if not plans:
        return Behind()
    lines = lines_on((one.scope_item_id, one.exam_on) for one in plans)
    codes = codes_of_each(one.occupation.code for one in plans)
    notices = of_cases([one.number for one in plans], MATTER)
    fates = {one.plan_id: one for one in PlanFate.objects.filter(plan__in=plans, undone_at__isnull=True).order_by("id")}
    candidates = {
        (one.plan.number, bytes(one.person.id_index)): one
        for one in Candidate.objects.filter(plan__in=plans, person__id_index__in=set(indexes))
        .exclude(state=CandidateState.WITHDRAWN)
        .select_related("person", "plan")
    }
    judges, assessed = _judges(plans, codes)
    directly = ExceptionalCase.objects.filter(candidate__in=list(candidates.values()), mode=Mode.DIRECT, granted=True)
    people = {one.person_id for one in candidates.values()}
    return Behind(
        {one.number: _evaluation(one, body_id, codes, notices.get(one.number), one.pk in assessed) for one in plans},
        {one.number: _filed(one, lines[one.scope_item_id, one.exam_on], codes, fates.get(one.pk)) for one in plans},
        candidates,
        scores_of_each(list(candidates.values())),
        frozenset(directly.values_list("candidate", flat=True)),
        {one.number: kind_of_plan(one) for one in plans},
        judges,
        ties_between({one.person for found in judges.values() for one in found}, people),
    )


def _evaluation(plan: Plan, body_id: int, codes: Mapping[str, frozenset[str]], notice: Any, assessed: bool) -> Evaluation:
    state, standard, item, venue = PlanState(plan.state), plan.standard, plan.scope_item, plan.venue
    return Evaluation(
        plan.number,
        plan.body_id == body_id,
        codes[plan.occupation.code],
        plan.trade.name if plan.trade else "",
        Level(plan.level),
        plan.exam_on,
        state in _SETTLED,
        state.label,
        f"{standard.title}（{standard.edition}）",
        plan.standard_id == item.standard_id,
        Period(standard.in_force_from, standard.until),
        venue.name,
        plan.venue_id == item.venue_id,
        Period(venue.since, venue.until),
        notice.closes_on - timedelta(days=1) if notice is not None else None,
        bool(notice is not None and notice.unanswered),
        assessed,
    )


def _filed(plan: Plan, line: LineOnDay, codes: Mapping[str, frozenset[str]], fate: PlanFate | None) -> Filed:
    item = plan.scope_item
    finish_by = fate.finish_by if fate is not None and fate.fate == Fate.FINISHES else None
    occupation, trade = line.item.occupation, line.item.trade
    return Filed(
        codes.get(occupation.code, frozenset({occupation.code})), trade.name if trade else "", Level(item.level), line.days, line.suspended, finish_by
    )


def _judges(plans: Iterable[Plan], codes: Mapping[str, frozenset[str]]) -> tuple[dict[str, tuple[_Judge, ...]], set[int]]:
    """Who marked each plan, by plan number, and the plans that had something to mark."""
    held = list(Sitting.objects.filter(plan__in=plans, part__in=[Part.PRACTICAL, Part.PANEL]).exclude(plan__state=PlanState.CANCELLED))
    by_key = {one.pk: one for one in plans}
    asked = requests_for(one.number for one in held)
    staff = assessors_ever(one.body_id for one in by_key.values())
    fit = fit_on((sent.qualification_id, by_key[one.plan_id].exam_on) for one in held if one.number in asked for sent in sent_now(asked[one.number]))
    found: dict[str, dict[int, _Judge]] = {}
    for one in held:
        plan = by_key[one.plan_id]
        own = found.setdefault(plan.number, {})
        if one.number in asked:
            for sent in sent_now(asked[one.number]):
                if sent.slot != RESERVE:
                    own[sent.member.person_id] = _Judge(sent.member.person_id, sent.member.person.name, (sent.qualification_id, plan.exam_on) in fit)
            continue
        for person in one.invigilators:
            members = [each for each in staff.get((plan.body_id, person["number"]), []) if plan.exam_on in Period(each.since, each.until)]
            fits = any(_covers(each, plan, codes[plan.occupation.code]) for each in members)
            key = members[0].person_id if members else -len(own) - 1
            own[key] = _Judge(key, person["name"], fits)
    return {number: tuple(own.values()) for number, own in found.items()}, {one.plan_id for one in held}


def _covers(member: Any, plan: Plan, codes: frozenset[str]) -> bool:
    matches = member.occupation is None or member.occupation.code in codes
    return assessor_covers(member.person.name, matches, member.highest_level, plan.level).outcome == "met"
