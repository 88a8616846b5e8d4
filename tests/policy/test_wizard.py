"""备案路线指引测试: who is told which way, whom to ask first, with which papers, in how many working days?"""

from datetime import date

import pytest

from touchstone.kernel.law import Refusal
from touchstone.policy.filing.wizard import Applicant, guide
from touchstone.policy.roles import BodyKind, Ownership

DAY = date(2026, 11, 24)
PUDONG, XUHUI, OUTSIDE = "310115", "310104", ""
_E, _S, _C = BodyKind.ENTERPRISE, BodyKind.SOCIAL, BodyKind.SCHOOL


@pytest.mark.parametrize(
    ("applicant", "title", "first", "clause", "working_days"),
    [
        pytest.param(
            Applicant(_E, Ownership.CENTRAL, PUDONG, (PUDONG, XUHUI), has_superior=True),
            "在沪央企、市属国企备案",
            "先向行业主管部门或上级主管部门征求同意，同时向考核点所在区",
            "三(一)1",
            40,
            id="央企两区考核点：两类同意同时征求，共10+15+5+5+5",
        ),
        pytest.param(
            Applicant(_E, Ownership.PRIVATE, PUDONG, (PUDONG,)),
            "区属企业备案",
            "浦东新区行业主管部门或浦东新区人力资源社会保障局",
            "三(一)1",
            45,
            id="民营企业：注册地区，共10+15+5+5+5+5",
        ),
        pytest.param(
            Applicant(_S, Ownership.ASSOCIATION, PUDONG, (PUDONG,)),
            "社会培训评价组织备案",
            "先看市职鉴中心的征集公告",
            "三(一)2",
            40,
            id="社会团体：先遴选，遴选不计入合计",
        ),
        pytest.param(
            Applicant(_C, Ownership.PUBLIC_INSTITUTION, XUHUI, (XUHUI,)),
            "院校备案",
            "先向行业主管部门征求同意",
            "三(一)3",
            60,
            id="院校：共10+15+5+15+5+5+5",
        ),
    ],
)
def test_the_way_ahead(applicant: Applicant, title: str, first: str, clause: str, working_days: int) -> None:
    found = guide(applicant, DAY)
    assert found.route.title == title
    assert first in found.first
    assert (found.clause.label, found.working_days) == (clause, working_days)
    assert found.papers
    assert all(step.offices and step.title and step.clause for step in found.steps)


@pytest.mark.parametrize("kind", [_E, _S], ids=["央企", "社会组织"])
def test_each_venue_district_is_named_and_the_centre_for_a_venue_outside(kind: BodyKind) -> None:
    found = guide(Applicant(kind, Ownership.CENTRAL, PUDONG, (PUDONG, XUHUI, OUTSIDE)), DAY)
    (venues,) = [step for step in found.steps if step.key == "consent_of_venues"]
    assert all(name in venues.offices for name in ("浦东新区", "徐汇区", "市职鉴中心（市外考核点）"))
    assert venues.parallel_with == ("consent_of_authority",)


def test_a_body_without_superior_is_not_sent_to_one() -> None:
    found = guide(Applicant(_C, Ownership.PUBLIC_INSTITUTION, PUDONG, (PUDONG,)), DAY)
    assert all("上级主管部门" not in step.offices for step in found.steps)


@pytest.mark.parametrize(
    ("applicant", "day", "reason", "clause"),
    [
        pytest.param(Applicant(_E, Ownership.PRIVATE, "", (PUDONG,)), DAY, "没有在本市登记注册", "三(一)1", id="外地企业"),
        pytest.param(Applicant(_S, Ownership.ASSOCIATION, "", (PUDONG,)), DAY, "没有在本市登记注册", "三(一)2", id="外地社会组织"),
        pytest.param(Applicant(_C, Ownership.PUBLIC_INSTITUTION, "", (PUDONG,)), DAY, "没有在本市登记注册", "三(一)3", id="外地院校"),
        pytest.param(Applicant(_E, Ownership.PRIVATE, PUDONG, ()), DAY, "考核点", "三(一)1", id="没有考核点"),
        pytest.param(Applicant(_E, Ownership.ASSOCIATION, PUDONG, (PUDONG,)), DAY, "社会化职业技能等级认定", "三(一)2", id="社团不能以企业身份"),
        pytest.param(Applicant(_E, Ownership.PRIVATE, PUDONG, (PUDONG,)), date(2024, 4, 30), "尚未施行", "四(一)", id="通知施行前日"),
    ],
)
def test_who_cannot_is_told_why_under_which_clause_and_what_to_do(applicant: Applicant, day: date, reason: str, clause: str) -> None:
    with pytest.raises(Refusal) as refused:
        guide(applicant, day)
    assert reason in refused.value.sentence
    assert refused.value.clause is not None
    assert refused.value.clause.label == clause
    assert refused.value.next_step
