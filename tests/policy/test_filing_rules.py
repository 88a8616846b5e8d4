"""备案路线与评估测试: which route, whose consent, which terms, and what the score sheets come to."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.policy.filers import COMPLETE, ITEM
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import Period
from touchstone.kernel.rules import Outcome, weakest
from touchstone.policy.book.routes import as_records
from touchstone.policy.filing.assessment_sheet import ENTERPRISE_SHEET, assess, total_of
from touchstone.policy.filing.completeness import SECTIONS, check_draft, check_section
from touchstone.policy.filing.consents import consents_needed, offices_told
from touchstone.policy.filing.routes import which_route
from touchstone.policy.filing.scope import check_scope_item
from touchstone.policy.filing.terms import renewal_window, term_from
from touchstone.policy.roles import BodyKind, OfficeKind, Ownership

NOTICE_DAY, EVE = date(2024, 5, 1), date(2024, 4, 30)
def test_no_route_on_the_eve_of_the_notice() -> None:
    with pytest.raises(Refusal, match="尚未施行"):
        which_route(BodyKind.ENTERPRISE, Ownership.DISTRICT, EVE)
    assert as_records(EVE) == []


def test_routes_as_data() -> None:
    assert [route["key"] for route in as_records(NOTICE_DAY)] == ["central_enterprise", "district_enterprise", "social_body", "school"]
    route = as_records(NOTICE_DAY)[1]
    assert set(route) == {"key", "kind", "steps"}
    assert route["kind"] == "enterprise"
    assert all(set(step) == {"key", "title", "offices", "clause", "working_days", "parallel_with"} for step in route["steps"])
    assert route["steps"][0]["offices"] == {"one_of": ["注册地区行业主管部门", "注册地区人力资源社会保障局"]}
    assert route["steps"][0]["clause"] == "三(一)1"


def test_consent_is_asked_of_industry_or_bureau_of_the_district_of_registration() -> None:
    (needed,) = consents_needed(which_route(BodyKind.ENTERPRISE, Ownership.DISTRICT, NOTICE_DAY), district="310115", industry="commerce")
    assert needed.asked_of == "one_of"
    assert [(o.kind, o.district, o.industry) for o in needed.offices] == [
        (OfficeKind.INDUSTRY_AUTHORITY, "310115", "commerce"),
        (OfficeKind.DISTRICT_BUREAU, "310115", ""),
    ]


def test_other_districts_are_told_and_the_centre_keeps_venues_outside_the_city() -> None:
    route = which_route(BodyKind.ENTERPRISE, Ownership.DISTRICT, NOTICE_DAY)
    told, clause = offices_told(route, ["310115", "310101", "310101", ""], district="310115")
    assert [(o.kind, o.district) for o in told] == [(OfficeKind.CITY_CENTRE, ""), (OfficeKind.DISTRICT_BUREAU, "310101")]
    assert clause.document.platform_default


def test_every_venue_district_is_told_where_the_centre_decides() -> None:
    route = which_route(BodyKind.ENTERPRISE, Ownership.CENTRAL, NOTICE_DAY)
    told, _ = offices_told(route, ["310115", "310101", ""], district="310115")
    assert [(o.kind, o.district) for o in told] == [(OfficeKind.DISTRICT_BUREAU, "310101"), (OfficeKind.DISTRICT_BUREAU, "310115")]


TERMS = [
    ("三年", date(2024, 6, 1), date(2027, 6, 1), date(2027, 3, 1)),
    ("闰日起算", date(2028, 2, 29), date(2031, 2, 28), date(2030, 11, 28)),
    ("窗口首日无对应日", date(2025, 5, 31), date(2028, 5, 31), date(2028, 2, 29)),
]


@pytest.mark.parametrize(("name", "accepted", "until", "window"), TERMS, ids=[line[0] for line in TERMS])
def test_term_and_renewal_window(name, accepted, until, window) -> None:
    term = term_from(accepted)
    assert term == Period(accepted, until)
    assert renewal_window(term) == Period(window, until)


def test_complete_draft_passes_every_section() -> None:
    assert weakest(check_draft(COMPLETE, NOTICE_DAY.replace(year=2026))) == Outcome.MET
    assert {name: len(check_section(name, COMPLETE, date(2026, 6, 1))) for name in SECTIONS} == {name: len(rules) for name, rules in SECTIONS.items()}


def test_empty_draft_fails_every_section_with_a_reason() -> None:
    empty = replace(COMPLETE, uscc="", district="", venues=(), staff=(), scope=(), systems=frozenset(), paper_sets={}, evidence=frozenset())
    for section in SECTIONS:
        found = check_section(section, empty, date(2026, 6, 1))
        assert weakest(found) != Outcome.MET, section
        assert all(one.reason and one.clause.label for one in found)


def test_item_without_a_standard_is_judged_by_list_and_basis_only() -> None:
    assert len(check_scope_item(BodyKind.ENTERPRISE, replace(ITEM, standard=None), date(2026, 6, 1))) == 2
    assert len(check_scope_item(BodyKind.ENTERPRISE, ITEM, date(2026, 6, 1))) == 5


SHEET = ENTERPRISE_SHEET.values[0].value


def all_at(score: str) -> dict[str, Decimal]:
    """A sheet with the same score everywhere."""
    return {item.key: Decimal(score) for item in SHEET.items}


def test_sheet_weighs_one_hundred_over_thirty_items_or_more() -> None:
    assert len(SHEET.items) >= 30
    assert len({item.key for item in SHEET.items}) == len(SHEET.items)
    assert sum(item.weight for item in SHEET.items) == 100
    assert sum(len(items) for _, items in SHEET.sections()) == len(SHEET.items)
    assert total_of(SHEET, all_at("10")) == 100


ASSESSMENTS = [
    ("两人都打八分", (all_at("8"), all_at("8")), "80.0", Outcome.MET),
    ("均分刚好合格", (all_at("7.5"), all_at("8.5")), "80.0", Outcome.MET),
    ("均分不合格", (all_at("7.5"), all_at("8.4")), "79.5", Outcome.UNMET),
    ("相差过大须会商", (all_at("7.4"), all_at("10")), "87.0", Outcome.UNPROVEN),
    ("关键项零分", (all_at("10"), {**all_at("10"), "premises.safety": Decimal(0)}), "98.0", Outcome.UNMET),
    ("只有一人", (all_at("10"),), "100.0", Outcome.UNPROVEN),
    ("没有人", (), "0.0", Outcome.UNPROVEN),
    ("一人未评完", (all_at("10"), {}), "50.0", Outcome.UNPROVEN),
]


@pytest.mark.parametrize(("name", "sheets", "total", "outcome"), ASSESSMENTS, ids=[line[0] for line in ASSESSMENTS])
def test_assessment(name, sheets, total, outcome) -> None:
    found = assess(SHEET, sheets, date(2026, 6, 1))
    assert found.total == Decimal(total)
    assert found.outcome == outcome, [one.reason for one in found.findings]
    assert found.passed is (outcome == Outcome.MET)
