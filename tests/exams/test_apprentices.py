"""学徒工转正定级测试: from the register of apprentices to the level fixed, and what is refused."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import Cast, WideCast
from tests.exams.apprentices import PAPER, apprentices_plan, apprentices_stage, learns
from tests.exams.registering import put_in_force
from tests.exams.stage import CODE, Stage, moment
from touchstone.accounts.actor import NotAllowed
from touchstone.accounts.people import Identity
from touchstone.bodies.models import Apprenticeship
from touchstone.bodies.operations import end_apprenticeship, enter_apprentice, file_evidence
from touchstone.certificates.models import Certificate
from touchstone.exams.operations.apprentices import register_apprentices
from touchstone.exams.operations.eligibility_evidence import decide_eligibility
from touchstone.exams.operations.eligibility_review import close_review
from touchstone.exams.operations.issuing import issue_certificates
from touchstone.exams.operations.plan_report import report_plan
from touchstone.exams.operations.plans import PlanTerms, draft_plan
from touchstone.exams.operations.registration import register_candidate
from touchstone.exams.operations.registration_entry import Entry
from touchstone.exams.operations.results import conclude
from touchstone.exams.operations.scores import ScoreLine, enter_scores
from touchstone.exams.states import Part
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry as Line


def registered(stage: Stage, *numbers: str) -> list[Any]:
    """Report the plan and register apprentices."""
    report_plan(number=stage.plan.number, by=stage.cast.sun, at=stage.cast.at)
    return register_apprentices(plan_number=stage.plan.number, numbers=numbers, by=stage.cast.sun, at=stage.cast.at)


def to_the_end(stage: Stage, *marks: str) -> None:
    """From the review to the certificates; practical marks by order of ticket, theory 80."""
    cast = stage.cast
    close_review(number=stage.plan.number, by=cast.sun, at=cast.at)
    stage.with_sittings().arranged().held()
    lines = [ScoreLine(one, {Part.THEORY: Decimal(80), Part.PRACTICAL: Decimal(mark)}) for one, mark in zip(stage.tickets(), marks, strict=True)]
    enter_scores(plan_number=stage.plan.number, lines=lines, by=cast.sun, at=moment(date(2026, 3, 23), 10))
    conclude(plan_number=stage.plan.number, by=cast.sun, at=moment(date(2026, 3, 23), 10))
    stage.checked().announced().confirmed().certified()


def test_whoever_passes_is_fixed_at_level_5_with_record_and_certificate_whoever_fails_learns_on(cast: Cast) -> None:
    """没有工作年限、没有证书的学徒：期满考核，合格的定为五级，发证并记入名册；不合格的可以再考。"""
    first, second = learns(cast, 0), learns(cast, 1)
    stage = apprentices_stage(cast)
    assert "学徒工转正定级" in stage.plan.title
    assert all(one.done for one in registered(stage, first.number, second.number))
    candidate = stage.plan.candidates.first()
    assert candidate is not None and candidate.state == "eligible" and candidate.condition == "" and candidate.admitted_by == first.number
    to_the_end(stage, "85", "50")
    passed = stage.plan.candidates.get(result="passed").admitted_by
    fixed, again = Apprenticeship.objects.get(number=passed), Apprenticeship.objects.exclude(number=passed).get()
    assert (fixed.level_fixed, fixed.fixed_by, fixed.record_number) == (5, stage.plan.number, "ZZ2026000001")
    assert again.level_fixed is None
    assert Certificate.objects.get().holder == fixed.person
    assert Line.objects.filter(event="apprenticeship.level_fixed").count() == 1
    issue_certificates(plan_number=stage.plan.number, by=cast.qian, at=moment(date(2026, 4, 8), 9))
    assert Line.objects.filter(event="apprenticeship.level_fixed").count() == 1


def test_at_level_4_the_level_is_recorded_and_no_certificate_issued(cast: Cast) -> None:
    """定为四级的只记入名册：规程的四级申报条件没有证明，证书另行参评取得。"""
    learner = learns(cast)
    stage = apprentices_stage(cast, level=4)
    registered(stage, learner.number)
    to_the_end(stage, "85")
    learner.refresh_from_db()
    assert learner.level_fixed == 4 and not Certificate.objects.exists()
    assert stage.plan.state == "certified"


def test_each_apprentice_has_an_outcome_and_a_missing_agreement_is_asked_for(cast: Cast) -> None:
    ready, early, bare = learns(cast, 0), learns(cast, 1, until=date(2026, 6, 1)), learns(cast, 2, paper=False)
    child = learns(cast, 3, born=date(2012, 1, 1))
    stage = apprentices_stage(cast)
    found = {one.key: one.sentence for one in registered(stage, ready.number, early.number, bare.number, child.number, "XT999999")}
    assert "可以参加转正定级考核" in found[ready.number]
    assert "学徒期未满" in found[early.number]
    assert "请补交学徒培养协议" in found[bare.number]
    assert "未满16周岁" in found[child.number]
    assert "没有这个编号" in found["XT999999"]
    states = dict(stage.plan.candidates.values_list("claims__apprenticeship", "state"))
    assert states == {ready.number: "eligible", early.number: "ineligible", bare.number: "unproven", child.number: "ineligible"}
    file_evidence(number=bare.number, label="学徒培养协议", name="协议.pdf", content=PAPER, by=cast.lin, at=cast.at)
    waiting = stage.plan.candidates.get(state="unproven")
    assert decide_eligibility(number=waiting.number, by=cast.sun, at=cast.at).state == "eligible"


def test_a_plan_for_apprentices_takes_nobody_by_the_ladder_and_an_ordinary_plan_no_apprentices(cast: Cast) -> None:
    learner = learns(cast)
    stage = apprentices_stage(cast)
    with pytest.raises(NotAllowed):
        register_apprentices(plan_number=stage.plan.number, numbers=[learner.number], by=cast.lin, at=cast.at)
    registered(stage, learner.number)
    entry = Entry(Identity("陈一鸣", "310115199001010010", "13800000000"), "own_staff", "直接用工", cast.body_a.name, "5-2", {})
    with pytest.raises(Refusal, match="从学徒名册登记"):
        register_candidate(plan_number=stage.plan.number, entry=entry, by=cast.sun, at=cast.at)
    ordinary = Stage(cast, people=0)
    with pytest.raises(Refusal, match="不是学徒工转正定级计划"):
        register_apprentices(plan_number=ordinary.plan.number, numbers=[learner.number], by=cast.sun, at=cast.at)
    open_to_all = PlanTerms(ordinary.plan.exam_on, ordinary.plan.registration_closes_on, 5, "孙", open_to_candidates=True, admission="apprentices")
    with pytest.raises(Refusal, match="不开放本人报名"):
        draft_plan(scope_item_id=ordinary.plan.scope_item_id, terms=open_to_all, by=cast.sun, at=cast.at)


def test_only_level_5_and_4_and_only_enterprises(wide_cast: WideCast) -> None:
    third = Stage(wide_cast, level=3, people=0)
    with pytest.raises(Refusal, match="不能定为三级"):
        apprentices_plan(wide_cast, third.plan)
    item = put_in_force(wide_cast, level=5, of=wide_cast.body_f)
    terms = PlanTerms(third.plan.exam_on, third.plan.registration_closes_on, 5, "范", admission="apprentices")
    with pytest.raises(Refusal, match="没有学徒工"):
        draft_plan(scope_item_id=item.pk, terms=terms, by=wide_cast.fan, at=wide_cast.at)


def test_the_register_is_kept_by_the_body_alone(cast: Cast) -> None:
    learner = learns(cast)
    given: dict[str, Any] = {"agreement": "协议", "master": "王", "master_skill": "", "trained_by": "", "occupation": CODE, "name": "学徒甲"}
    given |= {"id_number": learner.person.number, "since": date(2025, 3, 1), "until": date(2026, 3, 1), "at": cast.at}
    with pytest.raises(NotAllowed):
        enter_apprentice(body=cast.body_a, **given, by=cast.sun)
    with pytest.raises(NotAllowed):
        enter_apprentice(body=cast.body_b, **given, by=cast.lin)
    with pytest.raises(Refusal, match="已在学徒名册上"):
        learns(cast)
    with pytest.raises(Refusal, match="原因"):
        end_apprenticeship(number=learner.number, on=cast.at.date(), reason=" ", by=cast.lin, at=cast.at)
    end_apprenticeship(number=learner.number, on=cast.at.date(), reason="本人离职", by=cast.lin, at=cast.at)
    with pytest.raises(Refusal, match="已经了结"):
        end_apprenticeship(number=learner.number, on=cast.at.date(), reason="本人离职", by=cast.lin, at=cast.at)
    learns(cast)
