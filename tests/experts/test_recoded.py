"""职业改编码测试: does what somebody was qualified for still hold when the catalogue gives the occupation another code?"""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.experts.people import SECRET, asking, enter_assessors, sent
from touchstone.accounts.actor import PLATFORM
from touchstone.catalogue.operations import recode_occupation
from touchstone.catalogue.queries import codes_now, occupation
from touchstone.experts import operations, queries
from touchstone.experts.models import Member
from touchstone.kernel.law import Refusal
from touchstone.policy.experts.kinds import MemberKind
from touchstone.simulation.filing import TURNER

NEW = "6-18-01-99"


@pytest.fixture
def recoded(cast: Cast) -> Cast:
    """Four assessors are qualified for the turner's trade; from tomorrow on it has another code."""
    enter_assessors(4, cast.at)
    recode_occupation(code=TURNER, new_code=NEW, since=cast.at.date() + timedelta(days=1), reason="职业分类调整", by=cast.han, at=cast.at)
    return cast


def test_assessors_of_the_former_code_are_sent_under_the_new_one(recoded: Cast) -> None:
    """以旧编码取得的资格，改编码后照样派遣，规划里算在新编码下。"""
    at = recoded.at + timedelta(days=2)
    asked = asking(recoded, occupation=occupation(NEW, at.date()))
    found = operations.ask_for_people(asked, secret=SECRET, by=recoded.sun, at=at)
    operations.dispatch(number=found.number, by=PLATFORM, at=at)
    assert len(sent(found)) == 3
    assert codes_now(recoded.at.date()) == {} and codes_now(at.date()) == {TURNER: NEW}
    assert {code for code, _ in queries.supply(at.date(), recoded.tao)} == {NEW}


def test_two_codes_of_one_occupation_are_one_application(recoded: Cast) -> None:
    """以旧编码申请在办的，不能以新编码再申请一件。"""
    at, one = recoded.at + timedelta(days=2), Member.objects.order_by("pk")[0]
    begin: dict[str, Any] = {"member": one.number, "kind": MemberKind.ASSESSOR, "highest_level": 3, "by": PLATFORM}
    operations.begin_application(**begin, occupation=occupation(TURNER, recoded.at.date()), at=recoded.at)
    with pytest.raises(Refusal, match="已有一件同样的申请"):
        operations.begin_application(**begin, occupation=occupation(NEW, at.date()), at=at)
