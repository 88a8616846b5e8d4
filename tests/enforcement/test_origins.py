"""案件来源测试: does a case begin from an upheld lead and from an evaluator never filed, do both learn of it, and does nothing else lead to one?"""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.complaints.telling import looked_up, taken_up, verified
from tests.grading.stage import PUBLISHED, Stage
from touchstone.accounts.actor import NotAllowed
from touchstone.complaints.models import Evaluator, Lead
from touchstone.enforcement.facts.origins import found_at
from touchstone.enforcement.operations import Charge, approve_opening, begin_case
from touchstone.enforcement.queries import led_to
from touchstone.grading.models import Assessment
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.tasks.models import Task


def opened(source: str, act: str, cast: Cast) -> str:
    """Put a case down from something, and have it opened; give its number."""
    at: datetime = Entry.objects.latest("pk").at
    found = found_at(source, cast.wang)[2]
    charge = Charge({act: found.found_on}, found.facts, found.found_on)
    made = begin_case(body=found.body, charge=charge, source=source, party_name=found.party_name, by=cast.wang, at=at)
    approve_opening(number=made.number, opinion="同意", by=cast.wu, at=at)
    return made.number


def test_an_upheld_lead_leads_to_a_case(cast: Cast) -> None:
    """核实属实的线索可以立案，线索记着案件；没有核实的不能。"""
    lead = verified(cast)
    case = opened(f"lead:{lead.number}", "rules_not_kept", cast)
    assert Lead.objects.get(pk=lead.pk).led_to == case == led_to("lead", lead.number)
    with pytest.raises(Refusal, match=f"据此已立案{case}"):
        opened(f"lead:{lead.number}", "camera_gaps", cast)


def test_a_lead_that_is_not_verified_leads_nowhere(cast: Cast) -> None:
    """正在核实的线索不能据以立案。"""
    with pytest.raises(Refusal, match="核实属实"):
        found_at(f"lead:{taken_up(cast).number}", cast.wang)


def test_an_evaluator_never_filed_leads_to_a_case(cast: Cast) -> None:
    """未经备案的评价核对后有不符合的，可以立案移送，那一件记着案件。"""
    number = looked_up(cast)
    case = opened(f"unfiled:{number}", "evaluates_unfiled", cast)
    assert Evaluator.objects.get(number=number).led_to == case


def test_two_failed_years_lead_to_a_case(cast: Cast) -> None:
    """连续两年考核不合格的，据第二年的考核立案，情形、当事机构和两年的事实由考核带入，立案待办办结；只有一年不合格的不能。"""
    stage = Stage(cast).failed_twice()
    number, owed = stage.own.number, Task.objects.filter(case=stage.own.number, matter="open_case")
    found = found_at(f"assessment:{number}", cast.wang)[2]
    assert (found.body, found.acts, found.found_on) == (cast.body_a, ("two_failed_years",), PUBLISHED.date())
    assert "2025、2026年度考核连续不合格" in found.facts and owed.get().closed_at is None
    case = opened(f"assessment:{number}", "two_failed_years", cast)
    assert case == led_to("assessment", number) and owed.get().outcome == f"已立案{case}"
    first = Assessment.objects.exclude(number=number).filter(body=cast.body_a).latest("pk")
    with pytest.raises(Refusal, match="没有连续两年不合格"):
        found_at(f"assessment:{first.number}", cast.wang)
    with pytest.raises(NotAllowed):
        found_at(f"assessment:{number}", cast.du)
