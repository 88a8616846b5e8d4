"""备案路线总表: every kind of body × ownership × venues, and what each step of its route asks of whom, written by hand."""

from datetime import date

import pytest

from touchstone.kernel.law import Refusal
from touchstone.policy.filing.consents import consents_needed
from touchstone.policy.filing.purposes import Change, Purpose, route_for
from touchstone.policy.filing.routes import which_route
from touchstone.policy.roles import BodyKind, Ownership

DAY = date(2024, 5, 1)
_E, _S, _C = BodyKind.ENTERPRISE, BodyKind.SOCIAL, BodyKind.SCHOOL

KINDS = """
企业职业技能等级评价机构 在沪中央企业           central_enterprise
企业职业技能等级评价机构 市属国有企业           central_enterprise
企业职业技能等级评价机构 区属企业               district_enterprise
企业职业技能等级评价机构 民营企业               district_enterprise
企业职业技能等级评价机构 外商及港澳台投资企业   district_enterprise
企业职业技能等级评价机构 事业单位               district_enterprise
企业职业技能等级评价机构 社会团体、民办非企业单位 不受理
社会培训评价组织         在沪中央企业           social_body
社会培训评价组织         市属国有企业           social_body
社会培训评价组织         区属企业               social_body
社会培训评价组织         民营企业               social_body
社会培训评价组织         外商及港澳台投资企业   social_body
社会培训评价组织         事业单位               social_body
社会培训评价组织         社会团体、民办非企业单位 social_body
院校职业技能等级评价机构 在沪中央企业           school
院校职业技能等级评价机构 市属国有企业           school
院校职业技能等级评价机构 区属企业               school
院校职业技能等级评价机构 民营企业               school
院校职业技能等级评价机构 外商及港澳台投资企业   school
院校职业技能等级评价机构 事业单位               school
院校职业技能等级评价机构 社会团体、民办非企业单位 school
"""

STEPS = """
central_enterprise  consent_of_authority   行业主管部门/上级主管部门                     one_of    三(一)1 10
central_enterprise  consent_of_venues      考核点所在区人力资源社会保障局                per_venue 三(一)1 10
central_enterprise  technical_assessment   市职鉴中心                                    one_of    三(一)1 15
central_enterprise  decision               市职鉴中心                                    one_of    三(一)1 5
central_enterprise  public_notice          市职鉴中心                                    one_of    备案公示 5
central_enterprise  registration           市职鉴中心                                    one_of    三(一)1 5
district_enterprise consent                注册地区行业主管部门/注册地区人力资源社会保障局 one_of  三(一)1 10
district_enterprise technical_assessment   注册地区人力资源社会保障局                    one_of    三(一)1 15
district_enterprise decision               注册地区人力资源社会保障局                    one_of    三(一)1 5
district_enterprise public_notice          注册地区人力资源社会保障局                    one_of    备案公示 5
district_enterprise report_to_centre       注册地区人力资源社会保障局                    one_of    三(一)1 5
district_enterprise sign_for_report        市职鉴中心                                    one_of    三(一)1 5
social_body         project_recommendation 行业主管部门/上级主管部门                     one_of    三(一)2 20
social_body         project_selection      市职鉴中心                                    one_of    三(一)2 20
social_body         body_selection         市职鉴中心                                    one_of    三(一)2 30
social_body         consent_of_authority   行业主管部门/上级主管部门                     one_of    三(一)2 10
social_body         consent_of_venues      考核点所在区人力资源社会保障局                per_venue 三(一)2 10
social_body         technical_assessment   市职鉴中心                                    one_of    三(一)2 15
social_body         decision               市职鉴中心                                    one_of    三(一)2 5
social_body         public_notice          市职鉴中心                                    one_of    备案公示 5
social_body         registration           市职鉴中心                                    one_of    三(一)2 5
school              consent_of_authority   行业主管部门/上级主管部门                     one_of    三(一)3 10
school              technical_assessment   学校总部注册地区人力资源社会保障局            one_of    三(一)3 15
school              first_opinion          学校总部注册地区人力资源社会保障局            one_of    三(一)3 5
school              expert_re_review       市职鉴中心                                    one_of    三(一)3 15
school              decision               市职鉴中心                                    one_of    三(一)3 5
school              public_notice          市职鉴中心                                    one_of    备案公示 5
school              registration           市职鉴中心                                    one_of    三(一)3 5
"""

OWN, OTHER, OUTSIDE = "310115", "310104", ""
CONSENTS = [
    # 路线（类别，所有制），上级主管部门，考核点所在区，应当征求的部门
    ("央企一区", _E, Ownership.CENTRAL, "", {OWN}, ["行业主管部门", "考核点所在区（浦东新区）人力资源社会保障局"]),
    ("央企两区", _E, Ownership.CENTRAL, "", {OWN, OTHER},
     ["行业主管部门", "考核点所在区（徐汇区）人力资源社会保障局", "考核点所在区（浦东新区）人力资源社会保障局"]),
    ("央企有上级主管", _E, Ownership.CENTRAL, "HY-state_assets", {OWN},
     ["行业主管部门", "上级主管部门", "考核点所在区（浦东新区）人力资源社会保障局"]),
    ("央企市外考核点", _E, Ownership.CENTRAL, "", {OWN, OUTSIDE},
     ["行业主管部门", "市职鉴中心（市外考核点）", "考核点所在区（浦东新区）人力资源社会保障局"]),
    ("市属国企他区", _E, Ownership.MUNICIPAL, "", {OTHER}, ["行业主管部门", "考核点所在区（徐汇区）人力资源社会保障局"]),
    ("区属企业两区", _E, Ownership.DISTRICT, "", {OWN, OTHER}, ["注册地区行业主管部门", "注册地区人力资源社会保障局"]),
    ("民营企业市外考核点", _E, Ownership.PRIVATE, "", {OWN, OUTSIDE}, ["注册地区行业主管部门", "注册地区人力资源社会保障局"]),
    ("社评两区", _S, Ownership.ASSOCIATION, "", {OWN, OTHER},
     ["行业主管部门", "考核点所在区（徐汇区）人力资源社会保障局", "考核点所在区（浦东新区）人力资源社会保障局"]),
    ("院校两区", _C, Ownership.PUBLIC_INSTITUTION, "", {OWN, OTHER}, ["行业主管部门"]),
    ("院校有上级主管", _C, Ownership.PUBLIC_INSTITUTION, "HY-state_assets", {OWN}, ["行业主管部门", "上级主管部门"]),
]  # fmt: skip

PURPOSES = """
续期         central_enterprise  technical_assessment decision public_notice registration
续期         school              technical_assessment first_opinion expert_re_review decision public_notice registration
续期         district_enterprise technical_assessment decision public_notice report_to_centre sign_for_report
职业（工种） central_enterprise  consent_of_authority consent_of_venues technical_assessment decision public_notice registration
考核点       central_enterprise  consent_of_authority consent_of_venues technical_assessment decision public_notice registration
考核点       district_enterprise consent technical_assessment decision public_notice report_to_centre sign_for_report
依据的标准   school              technical_assessment decision registration
主要人员     district_enterprise decision report_to_centre sign_for_report
机构名称     school              decision registration
"""
OF_KEY = {
    "central_enterprise": (_E, Ownership.CENTRAL),
    "district_enterprise": (_E, Ownership.DISTRICT),
    "social_body": (_S, Ownership.PRIVATE),
    "school": (_C, Ownership.PUBLIC_INSTITUTION),
}


def rows(text: str) -> list[list[str]]:
    return [line.split() for line in text.strip().splitlines()]


def test_every_kind_and_ownership_is_in_the_table() -> None:
    every = {(kind.label, ownership.label) for kind in BodyKind for ownership in Ownership}
    assert {(kind, ownership) for kind, ownership, _ in rows(KINDS)} == every


@pytest.mark.parametrize(("kind", "ownership", "expected"), rows(KINDS), ids=["·".join(line) for line in rows(KINDS)])
def test_which_route(kind: str, ownership: str, expected: str) -> None:
    found_kind = next(one for one in BodyKind if one.label == kind)
    found_ownership = next(one for one in Ownership if one.label == ownership)
    if expected != "不受理":
        assert which_route(found_kind, found_ownership, DAY).key == expected
        return
    with pytest.raises(Refusal, match="社会化") as refused:
        which_route(found_kind, found_ownership, DAY)
    assert refused.value.clause and refused.value.next_step


@pytest.mark.parametrize("key", sorted(OF_KEY))
def test_steps_of_a_route(key: str) -> None:
    found = [
        [
            key,
            step.key,
            "/".join(place.label for place in step.offices),  # type: ignore[attr-defined]
            step.asked_of,
            step.clause.label,
            str(step.within.on(DAY).value if step.within else None),
        ]
        for step in which_route(*OF_KEY[key], DAY)
    ]
    assert found == [line for line in rows(STEPS) if line[0] == key]


@pytest.mark.parametrize("line", CONSENTS, ids=[line[0] for line in CONSENTS])
def test_whose_consent(line: tuple[str, BodyKind, Ownership, str, set[str], list[str]]) -> None:
    _, kind, ownership, superior, venues, expected = line
    needed = consents_needed(which_route(kind, ownership, DAY), district=OWN, industry="machinery", superior=superior, venue_districts=venues)
    assert [office.label for group in needed for office in group.offices] == expected
    assert all(group.asked_of == ("all_of" if group.key == "consent_of_venues" else "one_of") for group in needed)
    assert all(group.clause.label.startswith("三(一)") for group in needed)


@pytest.mark.parametrize("line", rows(PURPOSES), ids=["·".join(line[:2]) for line in rows(PURPOSES)])
def test_steps_of_a_change(line: list[str]) -> None:
    what, key, *expected = line
    changes = [change for change in Change if change.label == what]
    purpose = Purpose.AMEND if changes else Purpose.RENEW
    assert [step.key for step in route_for(which_route(*OF_KEY[key], DAY), purpose, changes, DAY)] == expected


def test_a_change_of_several_things_takes_every_step_of_each() -> None:
    route = which_route(*OF_KEY["school"], DAY)
    both = route_for(route, Purpose.AMEND, [Change.NAME, Change.VENUE], DAY)
    assert both.steps == route_for(route, Purpose.AMEND, [Change.VENUE], DAY).steps


def test_a_change_of_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="must change"):
        route_for(which_route(*OF_KEY["school"], DAY), Purpose.AMEND, [], DAY)
