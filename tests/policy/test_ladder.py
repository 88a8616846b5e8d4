"""分类处理表: what follows from what, line by line, as `通知 三(四)2` has it; and what no decision may ever be."""

import ast
import inspect
from dataclasses import replace
from datetime import date
from itertools import chain, combinations, pairwise

import pytest

from tests.policy.cases.supervision_procedure import LATER, WHOLE
from touchstone.kernel.law import Dated, NotInForce, Value, read_later_values_from
from touchstone.kernel.periods import Calendar
from touchstone.kernel.rules import Outcome
from touchstone.policy import reading
from touchstone.policy.documents import our_default
from touchstone.policy.supervision.acts import ACTS, TIERS, Authority, Gravity, Tier, gravity_of, tier_of
from touchstone.policy.supervision.ladder import BESIDE, MEASURES, Measure, measures_fit, proposed
from touchstone.policy.supervision.procedure import CaseFacts, Step, before_sealing, steps_for

DAY = date(2026, 3, 20)
LAST_YEAR, LONG_AGO = date(2025, 3, 21), date(2025, 3, 20)

# 情形 ｜ 此前因一般情形受处理之日 ｜ 档次 ｜ 建议的处理
TABLE = [
    ("计划迟报，没有影响监管", ["late_report"], [], "尚未构成违纪违规", ["立行立改"]),
    ("档案缺个别材料，记录漏签", ["small_archive_gap", "missing_signature"], [], "尚未构成违纪违规", ["立行立改"]),
    ("监控有缺口", ["camera_gaps"], [], "一般违纪违规", ["约谈提醒", "责令改正"]),
    ("监考人员不足，档案缺个别材料", ["assessors_too_few", "small_archive_gap"], [], "一般违纪违规", ["约谈提醒", "责令改正"]),
    ("立行立改的事项逾期没有改正", ["not_corrected_at_once"], [], "一般违纪违规", ["约谈提醒", "责令改正"]),
    ("监控有缺口，满一年前受过处理", ["camera_gaps"], [LONG_AGO], "一般违纪违规", ["约谈提醒", "责令改正"]),
    ("监控有缺口，不满一年前受过处理", ["camera_gaps"], [LAST_YEAR], "严重违纪违规", ["警告", "限期整改", "暂停评价"]),
    ("计划迟报，不满一年前受过处理", ["late_report"], [LAST_YEAR], "尚未构成违纪违规", ["立行立改"]),
    ("在备案的考核点以外考试", ["outside_venue"], [], "严重违纪违规", ["警告", "限期整改", "暂停评价"]),
    ("责令改正逾期没有改正", ["not_rectified"], [], "严重违纪违规", ["警告", "限期整改", "暂停评价"]),
    ("拒绝检查，监控也有缺口", ["refuses_inspection", "camera_gaps"], [], "严重违纪违规", ["警告", "限期整改", "暂停评价"]),
    ("更改成绩", ["changes_scores"], [], "严重违纪违规", ["警告", "限期整改", "暂停评价", "撤销违规证书数据"]),
    ("证书数据有错误未更正", ["wrong_data_kept"], [], "严重违纪违规", ["警告", "限期整改", "暂停评价", "撤销违规证书数据"]),
    ("承诺“包过”", ["false_advertising"], [], "严重违纪违规", ["警告", "限期整改", "暂停评价", "移送有关部门"]),
    ("备案时隐瞒情况", ["conceals"], [], "特别严重违纪违规", ["终止备案"]),
    ("整改期满拒不改正", ["refuses_correction"], [], "特别严重违纪违规", ["终止备案"]),
    ("连续两年考核不合格", ["two_failed_years"], [], "特别严重违纪违规", ["终止备案"]),
    ("超范围上传证书数据", ["out_of_scope_data"], [], "特别严重违纪违规", ["终止备案", "撤销违规证书数据"]),
    ("暂停期间发证", ["issues_while_suspended"], [], "特别严重违纪违规", ["终止备案", "撤销违规证书数据"]),
    ("买卖证书", ["sells_certificates"], [], "特别严重违纪违规", ["终止备案", "移送有关部门", "撤销违规证书数据"]),
    ("收费违法", ["unlawful_fees"], [], "涉嫌违反法律法规", ["移送有关部门"]),
    ("收费违法，监控也有缺口", ["unlawful_fees", "camera_gaps"], [], "一般违纪违规", ["约谈提醒", "责令改正", "移送有关部门"]),
]


@pytest.mark.parametrize(("acts", "earlier", "tier", "measures"), [line[1:] for line in TABLE], ids=[line[0] for line in TABLE])
def test_what_follows_from_what(acts: list[str], earlier: list[date], tier: str, measures: list[str]) -> None:
    found = gravity_of(acts, DAY, DAY, earlier_minor=earlier)
    assert found.tier.label == tier
    assert [one.label for one in proposed(found, DAY).names] == measures


def test_the_ladder_is_that_of_the_notice() -> None:
    told = {tier.label: "、".join(one.label for one in measures) for tier, measures in MEASURES.on(DAY).value.items()}
    assert told == {
        "尚未构成违纪违规": "立行立改",
        "一般违纪违规": "约谈提醒、责令改正",
        "严重违纪违规": "警告、限期整改、暂停评价",
        "特别严重违纪违规": "终止备案",
        "涉嫌违反法律法规": "移送有关部门",
    }
    assert MEASURES.on(DAY).clause.short == "通知 三(四)2"


def test_before_the_notice_there_is_no_ladder() -> None:
    with pytest.raises(NotInForce):
        gravity_of(["camera_gaps"], date(2024, 4, 30), DAY)
    assert gravity_of(["camera_gaps"], date(2024, 5, 1), DAY).tier is Tier.MINOR


def test_whoever_is_competent_is_named() -> None:
    found = gravity_of(["sells_certificates", "unlawful_fees"], DAY, DAY)
    assert found.goes_to == (Authority.POLICE, Authority.MARKET)


@pytest.mark.parametrize(
    ("later", "tier"),
    [
        pytest.param("minor", Tier.MINOR, id="后来改为较轻的，从轻"),
        pytest.param("grave", Tier.SERIOUS, id="后来改为较重的，从旧"),
        pytest.param("feather", Tier.SERIOUS, id="写错的档次不算"),
    ],
)
def test_old_list_or_the_milder_new_one(later: str, tier: Tier) -> None:
    changed = Value(date(2026, 6, 1), {**TIERS.on(DAY).value, "outside_venue": later}, our_default("机构违纪违规情形"))
    read_later_values_from(lambda key: [changed] if key == TIERS.key else [])
    assert tier_of("outside_venue", DAY, date(2026, 5, 31)) is Tier.SERIOUS
    assert tier_of("outside_venue", DAY, date(2026, 6, 1)) is tier


# 下面不是逐行的表，而是对任何一种处理都成立的话。
SETS = [frozenset(chosen) for chosen in chain.from_iterable(combinations(Measure, n) for n in range(len(Measure) + 1))]
FOUND = {act: gravity_of([act], DAY, DAY) for act in ACTS.on(DAY).value}
KINDS = {(one.tier, one.revokes, bool(one.goes_to)): one for one in FOUND.values()}.values()


def kind(found: Gravity) -> str:
    """Name what kind of gravity this is."""
    return found.tier.label + ("，涉证书数据" if found.revokes else "") + ("，须移送" if found.goes_to else "")


@pytest.mark.parametrize("act", FOUND, ids=lambda act: ACTS.on(DAY).value[act].words)
def test_what_is_proposed_may_be_decided_without_more(act: str) -> None:
    assert measures_fit(FOUND[act], proposed(FOUND[act], DAY).names, "", DAY).outcome is Outcome.MET


@pytest.mark.parametrize("found", KINDS, ids=kind)
def test_nothing_else_is_decided_without_a_reason(found: Gravity) -> None:
    for chosen in SETS:
        if chosen != set(proposed(found, DAY).names):
            assert measures_fit(found, chosen, " ", DAY).outcome is not Outcome.MET, chosen


@pytest.mark.parametrize("found", KINDS, ids=kind)
def test_no_reason_makes_it_heavier_than_its_tier(found: Gravity) -> None:
    order = list(Measure)
    heaviest = max((order.index(one) for one in MEASURES.on(DAY).value[found.tier] if one not in BESIDE), default=-1)
    for chosen in SETS:
        if any(order.index(one) > heaviest for one in chosen - BESIDE):
            assert measures_fit(found, chosen, "理由", DAY).outcome is Outcome.UNMET, chosen


@pytest.mark.parametrize("found", KINDS, ids=kind)
def test_a_heavier_tier_never_has_only_a_lighter_ones_measures(found: Gravity) -> None:
    tiers = list(Tier)
    lighter = {one for tier in tiers[: tiers.index(found.tier)] for one in MEASURES.on(DAY).value[tier]}
    for chosen in SETS:
        if chosen <= lighter:
            assert measures_fit(found, chosen, "理由", DAY).outcome is Outcome.UNMET, chosen


@pytest.mark.parametrize("found", KINDS, ids=kind)
def test_revocation_and_handing_over_are_never_left_out(found: Gravity) -> None:
    for chosen in SETS:
        decided = measures_fit(found, chosen, "理由", DAY).outcome is Outcome.MET
        assert not (decided and found.revokes and Measure.REVOKE not in chosen)
        assert not (decided and found.goes_to and Measure.HAND_OVER not in chosen)


@pytest.mark.parametrize("measure", [one for one in Measure if one is not Measure.AT_ONCE], ids=lambda one: one.label)
def test_nothing_is_sealed_in_a_case_in_which_nothing_was_done(measure: Measure) -> None:
    case = CaseFacts(acted_on=DAY, found_on=DAY)
    assert any(one.outcome is not Outcome.MET for one in before_sealing(case, [measure], DAY, Calendar()))


# 步骤 ｜ 案卷里缺了什么
GAPS = [
    ("两人办理", {"officers": frozenset({1})}),
    ("证据列明", {"unlisted": 1}),
    ("告知", {"notified_on": None}),
    ("陈述申辩", {"statement_answered": False}),
    ("听证", {"hearing_held_on": None}),
    ("法制审核", {"lawyer": 1}),
    ("集体讨论", {"discussed_by": frozenset({6})}),
    ("办案和决定分开", {"decides": 2}),
    ("告知救济", {"remedies_told": False}),
]


@pytest.mark.parametrize(("step", "gap"), GAPS, ids=[line[0] for line in GAPS])
def test_one_open_step_keeps_a_termination_from_being_sealed(step: str, gap: dict[str, object]) -> None:
    found = before_sealing(replace(WHOLE, **gap), [Measure.TERMINATE], LATER, Calendar())  # type: ignore[arg-type]
    assert {one.outcome for one in found} != {Outcome.MET}
    assert {one.label for one in Step} == {name for name, _ in GAPS}
    assert step in {one.label for one in steps_for([Measure.TERMINATE], LATER)}


def test_a_whole_case_may_be_sealed_and_one_that_was_cleared_never() -> None:
    assert all(one.outcome is Outcome.MET for one in before_sealing(WHOLE, list(Measure), LATER, Calendar()))
    cleared = replace(WHOLE, cleared_on=LATER)
    for measure in Measure:
        assert any(one.outcome is Outcome.UNMET for one in before_sealing(cleared, [measure], LATER, Calendar()))


def test_the_heavier_the_measure_the_more_steps() -> None:
    ladder = [steps_for([one], DAY) for one in (Measure.AT_ONCE, Measure.SUMMONS, Measure.ORDER, Measure.WARNING, Measure.SUSPEND, Measure.TERMINATE)]
    for lighter, heavier in pairwise(ladder):
        assert set(lighter) <= set(heavier)
    assert set(ladder[-1]) == set(Step)


PLACES = [(place, dated) for place, dated in reading.dated_values() if place.startswith("supervision.")]
MODULES = [one for one in reading.modules() if one.__name__.startswith("touchstone.policy.supervision.")]
OF_ARITHMETIC = {0, 1, 2, 12, 60, 100, 1000}
"""Halves, months of a year, minutes, percent, per mille."""


@pytest.mark.parametrize(("place", "dated"), PLACES, ids=[place for place, _ in PLACES])
def test_every_number_has_its_clause_and_unit(place: str, dated: Dated[object]) -> None:
    for value in dated:
        assert value.clause.label
        if isinstance(value.value, int):
            assert dated.unit, f"{place} 没有单位"
            assert dated.changeable, f"{place} 通知没有规定，应当可改"


@pytest.mark.parametrize("module", MODULES, ids=lambda one: one.__name__.rsplit(".", 1)[1])
def test_no_number_stands_in_a_function(module) -> None:
    for function in (one for one in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(one, ast.FunctionDef)):
        held = {one.value for one in ast.walk(function) if isinstance(one, ast.Constant) and type(one.value) in {int, float}}
        assert held <= OF_ARITHMETIC, f"{function.name}: {held - OF_ARITHMETIC}"
