"""三类机构的评分表与材料: does each kind of body have a sheet that adds up, and hand in what its kind must?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.policy.filers import COMPLETE
from touchstone.kernel.law import NotInForce
from touchstone.kernel.rules import Outcome
from touchstone.policy.filing.assessment_sheet import sheet_for
from touchstone.policy.filing.completeness import check_section, evidence_for
from touchstone.policy.roles import BodyKind

DAY = date(2024, 5, 1)
every_kind = pytest.mark.parametrize("kind", list(BodyKind), ids=lambda kind: kind.label)


@every_kind
def test_weights_add_up_to_one_hundred_in_about_seven_sections(kind: BodyKind) -> None:
    sheet = sheet_for(kind, DAY)
    assert sum(item.weight for item in sheet.items) == 100
    assert len(sheet.sections()) == 7
    assert len({item.key for item in sheet.items}) == len(sheet.items)
    assert len({item.title for item in sheet.items}) == len(sheet.items)
    assert 5 <= sum(item.is_key for item in sheet.items) < len(sheet.items) / 2
    assert all(item.weight > 0 and item.evidence for item in sheet.items)


def test_each_kind_has_a_sheet_of_its_own() -> None:
    assert [sheet_for(kind, DAY).key for kind in BodyKind] == ["enterprise-2024", "social-2024", "school-2024"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        pytest.param(BodyKind.SOCIAL, ("收费", "独立法人", "不以参加培训为报考条件", "社会报考人数"), id="社会组织：收费、独立、承载能力"),
        pytest.param(BodyKind.SCHOOL, ("学籍", "毕业学年", "教师考评员", "所教的班级", "课程"), id="院校：学籍、毕业学年、教考分离、课程"),
    ],
)
def test_what_a_kind_differs_in_is_on_its_sheet_and_not_on_the_enterprise_sheet(kind: BodyKind, words: tuple[str, ...]) -> None:
    own = " ".join(item.title for item in sheet_for(kind, DAY).items)
    enterprise = " ".join(item.title for item in sheet_for(BodyKind.ENTERPRISE, DAY).items)
    assert all(word in own and word not in enterprise for word in words)


@every_kind
def test_no_sheet_and_no_list_of_papers_on_the_eve_of_the_notice(kind: BodyKind) -> None:
    eve = DAY - timedelta(days=1)
    with pytest.raises(NotInForce):
        sheet_for(kind, eve)
    with pytest.raises(NotInForce):
        evidence_for(kind, eve)


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        pytest.param(BodyKind.ENTERPRISE, set(), id="企业：照旧"),
        pytest.param(BodyKind.SOCIAL, {"法人登记证书", "信用报告", "收费标准与公示办法"}, id="社会组织：法人登记、信用、收费"),
        pytest.param(BodyKind.SCHOOL, {"办学许可或批准设立文件", "专业与学籍名册"}, id="院校：办学许可、学籍名册"),
    ],
)
def test_with_the_papers_of_an_enterprise_a_kind_still_lacks_its_own(kind: BodyKind, missing: set[str]) -> None:
    found, shown = check_section("evidence", replace(COMPLETE, kind=kind), DAY)
    assert shown.outcome is Outcome.MET  # what a body must have in place is shown alike by every kind
    assert (found.outcome is Outcome.MET) == (not missing)
    assert set(found.ask_for.split("、")) - {""} == missing
    whole = replace(COMPLETE, kind=kind, evidence=frozenset(evidence_for(kind, DAY).value))
    assert check_section("evidence", whole, DAY)[0].outcome is Outcome.MET


@pytest.mark.parametrize(
    ("kind", "clause"),
    [
        pytest.param(BodyKind.ENTERPRISE, "三(一)1", id="企业"),
        pytest.param(BodyKind.SOCIAL, "三(一)2", id="社会组织"),
        pytest.param(BodyKind.SCHOOL, "三(一)3", id="院校"),
    ],
)
def test_a_body_registered_elsewhere_is_refused_under_the_clause_of_its_kind(kind: BodyKind, clause: str) -> None:
    (found,) = check_section("identity", replace(COMPLETE, kind=kind, district=""), DAY)
    assert found.outcome is Outcome.UNMET
    assert "区属企业" not in found.reason
    assert found.clause.label == clause
