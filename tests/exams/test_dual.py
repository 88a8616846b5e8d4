"""一考双证测试: one exam, two standards, two results, two certificates; who may, and what is refused."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import Cast, set_up
from tests.exams.dual import CODE_OF_STANDARD, ELEMENTS, approve, dual_stage, own_standard
from tests.exams.stage import CODE, EXAM_ON, Stage, moment, stage_again
from touchstone.accounts.actor import NotAllowed
from touchstone.bodies.operations import approve_pilot, end_enterprise_standard, end_pilot
from touchstone.certificates.models import Certificate
from touchstone.certificates.queries import by_name_and_number, held_by, verify_path
from touchstone.exams.models import SecondOutcome, SecondStandard
from touchstone.exams.operations.dual import (
    ElementLine,
    add_second_standard,
    correct_element_score,
    drop_second_standard,
    enter_element_scores,
)
from touchstone.exams.operations.issuing import issue_certificates
from touchstone.exams.operations.results import conclude
from touchstone.exams.operations.scores import ScoreLine, enter_scores
from touchstone.exams.queries.results import open_notice
from touchstone.exams.states import Part
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.ledger.models import Entry
from touchstone.parameters.facts import apply_later_values
from touchstone.parameters.operations import answer_proposal, propose_value
from touchstone.policy.exams.dual import Element

SCORED = moment(date(2026, 3, 23), 10)
OWN = "本厂数控产线"


@pytest.fixture
def stage(db: None) -> Stage:
    """Give a plan judged by both standards, held, with three candidates present; built once."""
    return stage_again(("dual",), lambda: dual_stage(set_up()).reviewed().with_sittings().arranged().held())


def scored(stage: Stage, *marks: tuple[str, str, str]) -> None:
    """Enter theory, practical and the enterprise's own element of each by order of ticket, and conclude."""
    tickets, by = stage.tickets(), stage.cast.sun
    lines = [ScoreLine(one, {Part.THEORY: Decimal(a), Part.PRACTICAL: Decimal(b)}) for one, (a, b, _) in zip(tickets, marks, strict=True)]
    assert all(one.done for one in enter_scores(plan_number=stage.plan.number, lines=lines, by=by, at=SCORED))
    own = [ElementLine(one, {OWN: Decimal(c)}) for one, (_, _, c) in zip(tickets, marks, strict=True)]
    assert all(one.done for one in enter_element_scores(plan_number=stage.plan.number, lines=own, by=by, at=SCORED))
    conclude(plan_number=stage.plan.number, by=by, at=SCORED)


def test_one_passes_both_two_the_national_standard_alone(stage: Stage) -> None:
    """甲两项都合格；乙技能70分，国家标准合格、企业标准（80分）不合格；丙企业要素不合格。"""
    scored(stage, ("80", "85", "90"), ("80", "70", "90"), ("80", "85", "59"))
    candidates = list(stage.plan.candidates.order_by("ticket_number"))
    assert [one.result for one in candidates] == ["passed"] * 3
    assert [one.second_outcome.result for one in candidates] == ["passed", "failed", "failed"]
    assert candidates[0].second_outcome.total == Decimal("84.5")  # 80×30% + 85×50% + 90×20%
    assert "低于企业标准的80分" in candidates[1].second_outcome.findings[1]["reason"]
    stage.announced()
    notice = open_notice(stage.plan)
    assert notice is not None
    assert "一考双证" in notice.preface and CODE_OF_STANDARD in notice.preface
    assert notice.columns[-2:] == ["国家标准结论", "企业标准结论（一星级技工）"]
    assert [row[-2:] for row in notice.rows] == [["合格", "合格"], ["合格", "不合格"], ["合格", "不合格"]]

    stage.confirmed().certified()
    national = Certificate.objects.filter(scheme="national")
    own = Certificate.objects.get(scheme="enterprise")
    assert national.count() == 3
    assert own.number == "QB300001265000001" and own.level_label == "一星级技工"
    assert own.basis["standard"] == f"{CODE_OF_STANDARD} 车工岗位技能要求"
    assert by_name_and_number(own.holder_name, "ＱＢ300001 265 000001") == own
    assert own.number in verify_path(own.number)
    assert list(held_by(own.holder)) == [national.get(holder=own.holder)], "企业标准证书不作为职业技能等级证书"
    issue_certificates(plan_number=stage.plan.number, by=stage.cast.qian, at=moment(date(2026, 4, 8), 9))
    assert Certificate.objects.count() == 4, "再次核发不重复"


def test_whoever_fails_the_national_standard_alone_still_gets_the_enterprise_certificate(cast: Cast) -> None:
    """合格分下限由市人社局调为50分以后：理论55分，国家标准不合格、企业标准合格，公示和发证都只认企业标准。"""
    since, asked = cast.at.date(), cast.at - timedelta(days=1)
    version = propose_value(key="exams.dual.least_pass_mark", value=50, since=since, reason="试点企业的标准分项设线", by=cast.shen, at=asked)
    answer_proposal(version_id=version.pk, approve=True, answer="同意", by=cast.han, at=asked)
    apply_later_values()
    stage = dual_stage(cast, people=1, elements=(replace(ELEMENTS[0], pass_mark=50), *ELEMENTS[1:]))
    stage.reviewed().with_sittings().arranged().held()
    scored(stage, ("55", "85", "90"))
    one = stage.plan.candidates.get()
    assert (one.result, one.second_outcome.result) == ("failed", "passed")
    stage.announced()
    notice = open_notice(stage.plan)
    assert notice is not None and [row[-2:] for row in notice.rows] == [["不合格", "合格"]]
    stage.confirmed().certified()
    assert [one.scheme for one in Certificate.objects.all()] == ["enterprise"]


def test_nothing_is_concluded_while_the_enterprise_element_is_not_marked(stage: Stage) -> None:
    lines = [ScoreLine(one, {Part.THEORY: Decimal(80), Part.PRACTICAL: Decimal(80)}) for one in stage.tickets()]
    enter_scores(plan_number=stage.plan.number, lines=lines, by=stage.cast.sun, at=SCORED)
    with pytest.raises(Refusal, match="3名考生的企业标准成绩没有录齐"):
        conclude(plan_number=stage.plan.number, by=stage.cast.sun, at=SCORED)
    assert not SecondOutcome.objects.exists()
    assert not stage.plan.candidates.exclude(result="").exists()


def test_each_line_has_an_outcome_and_a_correction_is_a_new_fact(stage: Stage) -> None:
    first, second, third = stage.tickets()
    plan, by = stage.plan.number, stage.cast.sun

    def enter(*lines: ElementLine) -> list[str]:
        return [one.sentence for one in enter_element_scores(plan_number=plan, lines=lines, by=by, at=SCORED)]

    found = enter(
        ElementLine(first, {OWN: Decimal(70)}),
        ElementLine(second, {"没有的要素": Decimal(70)}),
        ElementLine(third, {OWN: Decimal(101)}),
        ElementLine("0", {OWN: Decimal(70)}),
    )
    assert found[0] == ""
    assert "没有另行考核的要素" in found[1] and "不在0至100之间" in found[2] and "不在本计划" in found[3]
    assert enter(ElementLine(first, {OWN: Decimal(70)})) == ["没有新的成绩"]
    assert "须更正并写明理由" in enter(ElementLine(first, {OWN: Decimal(75)}))[0]
    with pytest.raises(Refusal, match="更正理由"):
        correct_element_score(plan_number=plan, ticket=first, element=OWN, mark=Decimal(75), reason=" ", by=by, at=SCORED)
    made = correct_element_score(plan_number=plan, ticket=first, element=OWN, mark=Decimal(75), reason="登分笔误", by=by, at=SCORED)
    assert list(made.candidate.element_scores.order_by("id").values_list("value", flat=True)) == [70, 75]


def test_only_a_pilot_lets_an_enterprise_and_only_before_the_review_is_closed(cast: Cast) -> None:
    stage = Stage(cast)
    own = own_standard(cast)

    def add() -> SecondStandard:
        return add_second_standard(plan_number=stage.plan.number, standard=own.number, by=cast.sun, at=cast.at)

    with pytest.raises(Refusal, match="没有覆盖职业"):
        add()
    pilot = approve(cast)
    with pytest.raises(NotAllowed):
        add_second_standard(plan_number=stage.plan.number, standard=own.number, by=cast.lin, at=cast.at)
    with pytest.raises(Refusal, match="没有这项企业标准"):
        add_second_standard(plan_number=stage.plan.number, standard="QB999999", by=cast.sun, at=cast.at)
    assert add().pilot == pilot.number
    with pytest.raises(Refusal, match="已设定"):
        add()
    with pytest.raises(Refusal, match="理由"):
        drop_second_standard(plan_number=stage.plan.number, reason="", by=cast.sun, at=cast.at)
    drop_second_standard(plan_number=stage.plan.number, reason="改为单独考核", by=cast.sun, at=cast.at)
    end_pilot(number=pilot.number, reason="条件变化", by=cast.han, at=cast.at)
    with pytest.raises(Refusal, match="没有覆盖职业"):
        add()
    stage.reviewed()
    lines = Entry.objects.count()
    with pytest.raises(MoveRefused, match="资格审核完成以前"):
        add()
    assert Entry.objects.count() == lines and not SecondStandard.objects.exists()


def test_pilots_of_two_standards_are_for_enterprises_that_are_filed(cast: Cast) -> None:
    given: dict[str, Any] = {"occupations": [CODE], "plan": "一考双证", "units": [], "since": cast.at.date(), "until": date(2028, 1, 1)}
    with pytest.raises(Refusal, match="不具备一考双证的条件"):
        approve_pilot(body=cast.body_a, kind="dual_certificates", filed=set(), by=cast.han, at=cast.at, **given)
    with pytest.raises(Refusal, match="只面向院校"):
        approve_pilot(body=cast.body_a, kind="technician_college", filed={CODE}, by=cast.han, at=cast.at, **given)


def test_an_enterprise_standard_is_filed_whole_and_replaced_by_a_later_edition(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        own_standard(cast, by=cast.sun)
    with pytest.raises(Refusal, match="合计90%"):
        own_standard(cast, elements=(*ELEMENTS[:2], Element(OWN, None, 10, 60)))
    with pytest.raises(Refusal, match="技能考核没有对应企业标准的任何要素"):
        own_standard(cast, elements=(Element("应知", Part.THEORY, 100, 60, "全部"),))
    with pytest.raises(Refusal, match="综合评审没有对应"):
        own_standard(cast, grades={2: "四星级技工"})
    with pytest.raises(Refusal, match="至少为一个等级"):
        own_standard(cast, grades={5: " "})
    first = own_standard(cast)
    with pytest.raises(Refusal, match="更晚的施行日"):
        own_standard(cast)
    second = own_standard(cast, since=date(2026, 7, 1), title="车工岗位技能要求（修订）")
    first.refresh_from_db()
    assert first.until == second.since
    end_enterprise_standard(number=second.number, on=date(2026, 12, 1), by=cast.lin, at=cast.at)
    with pytest.raises(Refusal, match="已停用"):
        end_enterprise_standard(number=second.number, on=date(2026, 12, 1), by=cast.lin, at=cast.at)
    assert second.since > EXAM_ON
