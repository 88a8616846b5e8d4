"""入选资格: what a selected body owes, how that is settled, and what follows when a selection ends before its time or runs out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests.calls.conftest import CARE, Stand
from tests.cast import WideCast
from tests.refusing import everything
from tests.web.test_filing_pages import client
from touchstone.accounts.actor import PLATFORM, VISITOR, NotAllowed
from touchstone.calls import operations, queries
from touchstone.calls.models import Selection
from touchstone.catalogue import queries as catalogue
from touchstone.jobs.calls import lapse_selections
from touchstone.jobs.messages import _office, words_of
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, Outcome
from touchstone.ledger.models import Entry
from touchstone.policy.eligibility.levels import Level
from touchstone.tasks.models import Task

pytestmark = pytest.mark.django_db
REASON = "核查发现三名专职人员已离职，未补足。"


@pytest.fixture
def selected(stand: Callable[[str], Stand]) -> tuple[Selection, Stand]:
    """Give body 戊's selection for the care project, fresh from its call."""
    where = stand("concluded")
    return Selection.objects.get(), where


def owed(number: str) -> list[Task]:
    return list(Task.objects.open().filter(case=number, matter="selection.file"))


def gate(cast: WideCast, day) -> Finding:
    care = catalogue.occupation(CARE, day)
    assert care is not None
    return queries.passed_gates(cast.body_e, care, None, Level.FOUR, day)


def end(selection: Selection, by, at, **changed: object) -> Selection:
    given = {"selection_id": selection.pk, "ground": "conditions_lost", "reason": REASON, **changed}
    return operations.end_selection(**given, by=by, at=at)  # type: ignore[arg-type]


def test_a_selected_body_owes_its_application_by_the_last_day(wide_cast: WideCast, selected: tuple[Selection, Stand]) -> None:
    """入选即有待办：在有效期最后一日之前申请备案，待办可以打开应征页。"""
    selection, where = selected
    (task,) = owed(where.application)
    assert task.due_on == selection.until - timedelta(days=1)
    assert task.office_id == wide_cast.body_e.office_id
    assert "养老护理员" in task.title


def test_what_is_handed_in_settles_it_and_what_is_taken_back_owes_it_again(wide_cast: WideCast, selected: tuple[Selection, Stand]) -> None:
    """提交备案申请，待办办结；撤回或不予备案，资格还有效的，待办恢复；别的职业不影响。"""
    _, where = selected
    given: dict[str, Any] = {"body": wide_cast.body_e, "by": PLATFORM, "at": where.at}
    assert operations.settle_filing_owed(**given, places=[("6-18-01-01", "")], case="BA1") == 0
    assert operations.settle_filing_owed(**given, places=[(CARE, "")], case="BA1") == 1
    assert owed(where.application) == []
    assert operations.owe_filing_again(**given, places=[(CARE, "")]) == 1
    assert len(owed(where.application)) == 1


def test_a_selection_that_ran_out_is_noted_once(wide_cast: WideCast, selected: tuple[Selection, Stand]) -> None:
    """期满没有申请备案：待办办结为失效，告知机构；已经申请的不告知。"""
    selection, where = selected
    last = where.at + (selection.until - where.at.date() - timedelta(days=1))
    assert lapse_selections(last) == 0
    assert lapse_selections(last + timedelta(days=1)) == 1
    assert lapse_selections(last + timedelta(days=2)) == 0
    line = Entry.objects.get(event="selection.lapsed")
    assert "请重新应征" in line.reason
    assert owed(where.application) == []


def test_ending_closes_the_gate_from_that_day_and_is_told(wide_cast: WideCast, selected: tuple[Selection, Stand]) -> None:
    """取消当日起不再是已过的关口，理由写在关口的依据里；此前的日子不变；待办办结，机构收到消息。"""
    selection, where = selected
    day = where.at.date()
    assert gate(wide_cast, day).outcome is Outcome.MET
    later = where.at + timedelta(days=10)
    end(selection, wide_cast.han, later)
    found = gate(wide_cast, later.date())
    assert found.outcome is Outcome.UNMET
    assert "不再符合遴选条件" in found.reason
    assert gate(wide_cast, later.date() - timedelta(days=1)).outcome is Outcome.MET
    assert owed(where.application) == []
    line = Entry.objects.get(event="selection.ended")
    assert _office(line.subject) == wide_cast.body_e.office
    assert words_of(line) == (f"入选资格已取消（{where.application}），不能再据此申请备案", f"/body/calls/applications/{where.application}", True)
    assert line.detail["clause"].endswith("三(一)2")
    assert operations.owe_filing_again(body=wide_cast.body_e, places=[(CARE, "")], by=PLATFORM, at=later) == 0


def test_a_selection_ended_on_its_first_day_was_never_a_gate(wide_cast: WideCast, selected: tuple[Selection, Stand]) -> None:
    selection, where = selected
    end(selection, wide_cast.han, where.at)
    assert gate(wide_cast, where.at.date()).outcome is Outcome.UNMET


def test_it_is_refused_to_others_without_words_and_a_second_time(wide_cast: WideCast, selected: tuple[Selection, Stand]) -> None:
    """经办人、区局、行业、机构和访客不能取消；没有情形、没有理由、已取消、已期满都不行；什么都不变。"""
    selection, where = selected
    before = everything()
    for who in (wide_cast.tao, wide_cast.wu, wide_cast.tang, wide_cast.xie, VISITOR):
        with pytest.raises(NotAllowed, match="由市职鉴中心的审批负责人决定"):
            end(selection, who, where.at)
    for changed, words in (({"ground": ""}, "没有选择取消的情形"), ({"reason": " "}, "须写明理由"), ({"selection_id": 0}, "没有这项入选")):
        with pytest.raises(Refusal, match=words):
            end(selection, wide_cast.han, where.at, **changed)
    with pytest.raises(Refusal, match="已经取消或期满"):
        end(selection, wide_cast.han, where.at + (selection.until - where.at.date()))
    assert everything() == before
    end(selection, wide_cast.han, where.at)
    with pytest.raises(Refusal, match="已经取消或期满"):
        end(selection, wide_cast.han, where.at)


def test_the_pages_say_how_a_selection_stands(wide_cast: WideCast, selected: tuple[Selection, Stand]) -> None:
    """入选机构列表和入选页各单位都看得到；只有市职鉴中心审批负责人能取消；公开的征集公告写明已取消和理由。"""
    selection, where = selected
    page = reverse("authority:selection", args=[selection.pk])
    for who in ("han", "tao", "zhou", "tang", "pan"):
        assert client(who).get(reverse("authority:selections")).status_code == 200
        shown = client(who).get(page).content.decode()
        assert ('name="ground"' in shown) is (who == "han")
    assert client("xie").get(page).status_code == 403
    assert client("").get(page).status_code == 302
    assert client("tao").post(page, {"ground": "untrue", "reason": REASON}).status_code == 403
    assert "没有" in client("han").post(page, {"reason": ""}).content.decode()
    assert client("han").get(reverse("authority:selection", args=[0])).status_code == 404
    end(selection, wide_cast.han, where.at)
    for who, address in (
        ("", reverse("public:call", args=[where.call])),
        ("xie", reverse("body:calls")),
        ("xie", reverse("body:call_application", args=[where.application])),
        ("han", page),
        ("han", reverse("authority:call_application", args=[where.application])),
    ):
        assert REASON in client(who).get(address).content.decode(), address
