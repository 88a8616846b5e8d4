"""一考双证办理: a plan's exam is judged by the enterprise's own standard as well: set before the review, scored, concluded, certified."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries import enterprise_standards_of, pilot_of, pilot_terms
from touchstone.certificates.operations import Award, Issued, issue_by_own_standard
from touchstone.exams import permissions
from touchstone.exams.models import Candidate, ElementScore, Plan, SecondOutcome, SecondStandard
from touchstone.exams.operations.outcomes import RowResult, counted, first_of, refused
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.plans import locked
from touchstone.exams.operations.scores import open_for_scores, reopen
from touchstone.exams.queries.dual import SETTABLE, element_marks, elements_of, own_elements, passed_second, read_elements, second_of
from touchstone.exams.queries.results import scores_by_candidate
from touchstone.exams.queries.sittings import entrants
from touchstone.exams.states import Part, PlanState, Result
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.kernel.rules import all_met, must, records
from touchstone.ledger.operations import record
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.dual import TWO_STANDARDS, grade_answers_level, second_result, standard_in_force, standards_meet
from touchstone.policy.exams.parts import parts_of, plain_mark
from touchstone.policy.exams.results import Score, mark_is_possible
from touchstone.policy.pilots import PilotKind, pilot_covers

DUAL = PilotKind.DUAL_CERTIFICATES


@transaction.atomic
def add_second_standard(*, plan_number: str, standard: str, by: Actor, at: datetime) -> SecondStandard:
    """This function will have a plan's one exam judged by the enterprise's own standard (its number) as well; grade and elements are kept.

    :raises Refusal: without a pilot that covers occupation and day, for a standard of another body, occupation or time, or without a grade.
    :raises MoveRefused: once the review is closed.
    """
    plan = _settable(plan_number, by, at)
    if second_of(plan) is not None:
        raise Refusal("本计划已设定企业标准。", TWO_STANDARDS, "要改用另一项企业标准的，请先取消原来的设定。")
    own = enterprise_standards_of(plan.body).filter(number=standard, occupation_code=plan.occupation.code).first()
    if own is None:
        raise Refusal("没有这项企业标准，或者它不是本计划职业的。", TWO_STANDARDS, "请在“评价对象”的企业标准中先行登记。")
    level, day = Level(plan.level), plan.exam_on
    found = [
        pilot_covers(DUAL, pilot_terms(plan.body, DUAL), plan.occupation.code, day),
        standard_in_force(own.since, own.until, day),
        grade_answers_level({int(key): grade for key, grade in own.grades.items()}, plan.level, day),
        standards_meet(read_elements(own.elements), parts_of(level, day), day),
    ]
    all_met(found, "一考双证由市职鉴中心批准试点；请核对试点的范围、期限和企业标准。")
    pilot = pilot_of(plan.body, DUAL, plan.occupation.code, day)
    made = SecondStandard.objects.create(
        plan=plan,
        standard=own,
        pilot=pilot.number if pilot else "",
        grade=own.grade_at(plan.level),
        elements=own.elements,
        findings=records(found),
        set_by_id=by.user_id,
        set_at=at,
    )
    detail = {"standard": own.number, "grade": made.grade, "pilot": made.pilot, "findings": made.findings}
    record("plan.second_standard_set", plan.number, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def drop_second_standard(*, plan_number: str, reason: str, by: Actor, at: datetime) -> None:
    """This function will have a plan judged by the national standard alone again. :raises Refusal: without a reason or a second standard."""
    plan = _settable(plan_number, by, at)
    second = second_of(plan)
    if second is None:
        raise Refusal("本计划没有设定企业标准。", TWO_STANDARDS, "无需办理。")
    if not reason.strip():
        raise Refusal("请写明取消的理由。", TWO_STANDARDS, "理由会记入流转记录。")
    told = second.standard.number
    second.delete()
    record("plan.second_standard_dropped", plan.number, by=by, at=at, reason=reason.strip(), detail={"standard": told})


def _settable(plan_number: str, by: Actor, at: datetime) -> Plan:
    plan = locked(plan_number)
    permissions.check_may(by, "change_plan", plan)
    if plan.state not in SETTABLE:
        state = PlanState(plan.state).label
        raise MoveRefused(f"当前为“{state}”，不能设定或取消企业标准。", TWO_STANDARDS, "考生报名时就要知道按哪些标准评价，请在资格审核完成以前设定。")
    check_not_stopped(plan, at.date())
    return plan


@dataclass(frozen=True)
class ElementLine:
    """The marks of one candidate, by ticket, for elements that are examined for the enterprise's standard alone."""

    ticket: str
    marks: Mapping[str, Decimal]


@transaction.atomic
def enter_element_scores(*, plan_number: str, lines: Sequence[ElementLine], by: Actor, at: datetime) -> list[RowResult]:
    """This function will enter marks of elements examined for the second standard alone; a line is taken whole or not at all, each has an outcome.

    A mark that stands is not overwritten: the same again counts as done, another is refused to `correct_element_score`.
    """
    plan = open_for_scores(plan_number, by, at)
    names = {one.name for one in own_elements(_second(plan))}
    wanted = [line.ticket for line in lines]
    roster = {one.ticket_number: one for one in entrants(plan).filter(ticket_number__in=wanted)}
    scores, standing = scores_by_candidate(plan), element_marks(plan)
    results, fresh = [], []
    for line in lines:
        one = roster.get(line.ticket)
        if one is None:
            results.append(refused(line.ticket, "", f"准考证号“{line.ticket}”不在本计划的考生名单中。"))
            continue
        own = standing.get(one.pk, {})
        fault = _fault(plan, line.marks, names, scores.get(one.pk, {}), own)
        if fault:
            results.append(refused(line.ticket, one.name, fault))
            continue
        new = {name: mark for name, mark in line.marks.items() if name not in own}
        fresh += [ElementScore(candidate=one, element=name, value=mark, entered_by_id=by.user_id, entered_at=at) for name, mark in new.items()]
        results.append(RowResult(line.ticket, one.name, True, "" if new else "没有新的成绩"))
    ElementScore.objects.bulk_create(fresh, batch_size=2000)
    reopen(plan, {one.candidate_id for one in fresh})
    entered = [[one.candidate.ticket_number, one.element, str(one.value)] for one in fresh]
    record("scores.elements_entered", plan.number, by=by, at=at, detail={**counted(results), "scores": len(fresh), "entered": entered[:200]})
    return results


@transaction.atomic
def correct_element_score(*, plan_number: str, ticket: str, element: str, mark: Decimal, reason: str, by: Actor, at: datetime) -> ElementScore:
    """This function will put a new mark in the place of a standing one; the old is kept. :raises Refusal: without reason, standing mark or change."""
    plan = open_for_scores(plan_number, by, at)
    if not reason.strip():
        raise Refusal("请填写更正理由。", TWO_STANDARDS, "理由与原成绩一并保存。")
    must(mark_is_possible(mark, plan.exam_on), "请核对评分记录后重新填写。")
    standing = ElementScore.objects.select_for_update(of=("self",)).filter(candidate__plan=plan, candidate__ticket_number=ticket)
    old = standing.filter(element=element, replaced_at__isnull=True).first()
    if old is None:
        raise Refusal(f"该考生还没有“{element}”的成绩。", TWO_STANDARDS, "请在“一考双证”页录入。")
    if old.value == mark:
        raise Refusal(f"更正后的成绩与原成绩相同（{mark}分）。", TWO_STANDARDS, "无需更正。")
    old.replaced_at = at
    old.save(update_fields=["replaced_at"])
    made = ElementScore.objects.create(
        candidate_id=old.candidate_id, element=element, value=mark, entered_by_id=by.user_id, entered_at=at, reason=reason.strip()[:200]
    )
    reopen(plan, {made.candidate_id})
    detail = {"ticket": ticket, "element": element, "from": str(old.value), "to": str(mark)}
    record("score.element_corrected", plan.number, by=by, at=at, reason=reason.strip(), detail=detail)
    return made


def _second(plan: Plan) -> SecondStandard:
    second = second_of(plan)
    if second is None:
        raise Refusal("本计划没有设定企业标准。", TWO_STANDARDS, "一考双证须在资格审核完成以前设定。")
    return second


def _fault(plan: Plan, marks: Mapping[str, Decimal], names: set[str], scores: Mapping[Part, Score], own: Mapping[str, Decimal]) -> str:
    """Say why these marks cannot stand, or nothing."""
    with_part = scores.get(Part.PRACTICAL, Score())
    for name, mark in marks.items():
        if name not in names:
            return f"企业标准没有另行考核的要素“{name}”。"
        if with_part.absent:
            return f"技能考核登记为缺考，不能录入“{name}”。"
        found = mark_is_possible(mark, plan.exam_on)
        if found.outcome != "met":
            return f"“{name}”{found.reason}。"
        if name in own and own[name] != mark:
            return f"“{name}”已有成绩{plain_mark(own[name])}分，改为{mark}分须更正并写明理由。"
    return ""


def judge_second(plan: Plan, people: Sequence[Candidate], scores: Mapping[int, Mapping[Part, Score]], *, at: datetime) -> dict[str, int]:
    """This function will conclude everyone's result by the second standard and count those who meet it; part of the conclusion.

    :raises Refusal: while a mark is missing.
    """
    second = second_of(plan)
    if second is None:
        return {}
    elements, marks = elements_of(second), element_marks(plan)
    judged = [(one, second_result(elements, scores.get(one.pk, {}), marks.get(one.pk, {}), plan.exam_on)) for one in people]
    lacking = [one.name for one, found in judged if found.is_open]
    if lacking:
        raise Refusal(f"还有{len(lacking)}名考生的企业标准成绩没有录齐（{first_of(lacking)}）。", TWO_STANDARDS, "请在“一考双证”页录齐后再核定。")
    SecondOutcome.objects.filter(candidate__plan=plan).delete()
    made = [
        SecondOutcome(
            candidate=one,
            result=Result.PASSED if found.passed else Result.ABSENT if one.result == Result.ABSENT else Result.FAILED,
            total=found.total,
            findings=records(found.findings),
            concluded_at=at,
        )
        for one, found in judged
    ]
    SecondOutcome.objects.bulk_create(made, batch_size=1000)
    return {"second_passed": sum(1 for one in made if one.result == Result.PASSED)}


def issue_second(plan: Plan, scores: Mapping[int, Mapping[Part, Score]], *, by: Actor, at: datetime) -> list[Issued]:
    """This function will issue the certificates by the second standard to whoever meets it; part of the issuing, in the same transaction."""
    second = second_of(plan)
    if second is None:
        return []
    marks = element_marks(plan)
    return issue_by_own_standard(
        body=plan.body,
        occupation_code=plan.occupation.code,
        occupation_name=plan.occupation.name,
        trade_name=plan.trade.name if plan.trade else "",
        level=Level(plan.level),
        grade=second.grade,
        plan_number=plan.number,
        awards=[_award(plan, second, one, scores.get(one.pk, {}), marks.get(one.pk, {})) for one in passed_second(plan)],
        by=by.with_key(""),
        at=at,
    )


def _award(plan: Plan, second: SecondStandard, one: Candidate, scores: Mapping[Part, Score], own: Mapping[str, Decimal]) -> Award:
    marks = {part: score.mark for part, score in scores.items() if score.mark is not None}
    basis = {
        "ground": one.ground,
        "applied_on": one.applied_on.isoformat(),
        "plan": plan.number,
        "filing": plan.scope_item.filing.number,
        "standard": f"{second.standard.code} {second.standard.title}",
        "pilot": second.pilot,
        "exam_on": plan.exam_on.isoformat(),
        "scores": {part.value: str(mark) for part, mark in marks.items()},
        "elements": {name: str(mark) for name, mark in own.items()},
        "total": str(one.second_outcome.total),
    }
    return Award(one.number, one.person_id, one.name, marks, basis)
