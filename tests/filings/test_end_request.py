"""自愿终止测试: is an end asked for, taken back, granted, sent back and brought into effect, and by nobody else?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.filings.test_ending import end
from tests.refusing import refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM
from touchstone.filings import operations
from touchstone.filings.models import EndRequest, Filing
from touchstone.filings.queries.ending import ending_facts
from touchstone.filings.states import State
from touchstone.jobs.endings import end_what_was_asked
from touchstone.policy.filing.ending import EndKind
from touchstone.tasks.queries import open_on

pytestmark = pytest.mark.django_db
IN_FORCE = timedelta(days=40)


def ask(number: str, cast: Any, by: Any = None, days: int = 10, **changed: Any) -> EndRequest:
    """Ask on day 40 for the end on day 50."""
    at = cast.at + IN_FORCE
    told: dict[str, Any] = {"lines": [], "reason": "不再评价", "custodian": "林知夏", "wanted_on": (at + timedelta(days=days)).date()}
    return operations.ask_end(number=number, by=by or cast.lin, at=at, **{**told, **changed})


def grant(asked: EndRequest, cast: Any, by: Any = None) -> EndRequest:
    return operations.grant_end(request=asked.number, opinion="", by=by or cast.wu, at=cast.at + IN_FORCE)


def test_granted_takes_effect_on_the_day_wanted(cast: Any, filed_to: Callable[[str], str]) -> None:
    root = Filing.objects.get(number=filed_to("signed"))
    asked = ask(root.number, cast)
    assert [task.role for task in open_on(asked.number)] == ["director"]
    grant(asked, cast)
    assert not open_on(asked.number)
    assert not end_what_was_asked(cast.at + timedelta(days=49))
    root.refresh_from_db()
    assert root.state == State.ACCEPTED
    assert end_what_was_asked(cast.at + timedelta(days=50)) == 1
    assert not end_what_was_asked(cast.at + timedelta(days=50))
    root.refresh_from_db()
    ended = root.terminations.get()
    assert (root.state, ended.kind, ended.request.number) == (State.TERMINATED, EndKind.VOLUNTARY, asked.number)
    assert "主动提出" in ended.findings[0]["reason"]


def test_some_lines_only_and_one_that_ended_meanwhile(cast: Any, filed_to: Callable[[str], str]) -> None:
    root = Filing.objects.get(number=filed_to("signed"))
    first, second, _ = root.scope.order_by("id").values_list("pk", flat=True)
    asked = grant(ask(root.number, cast, lines=[first, second]), cast)
    end(root.number, cast.wu, cast.at + timedelta(days=45), lines=[first])
    end_what_was_asked(cast.at + timedelta(days=50))
    asked.refresh_from_db()
    assert asked.termination
    assert [one["item"] for one in asked.termination.lines] == [second]
    root.refresh_from_db()
    assert root.state == State.ACCEPTED


def test_what_ended_meanwhile_lapses(cast: Any, filed_to: Callable[[str], str]) -> None:
    root = Filing.objects.get(number=filed_to("signed"))
    asked = grant(ask(root.number, cast), cast)
    end(root.number, cast.wu, cast.at + timedelta(days=45))
    asked.refresh_from_db()
    assert asked.outcome == EndRequest.Outcome.LAPSED
    assert not end_what_was_asked(cast.at + timedelta(days=50))


def test_one_taken_back_is_no_wish(cast: Any, filed_to: Callable[[str], str]) -> None:
    root = Filing.objects.get(number=filed_to("signed"))
    asked = ask(root.number, cast)
    assert ending_facts(root, cast.at.date()).end_asked_on == (cast.at + IN_FORCE).date()
    operations.take_back_end(request=asked.number, reason="继续评价", by=cast.lin, at=cast.at + IN_FORCE)
    assert ending_facts(root, cast.at.date()).end_asked_on is None
    assert ask(root.number, cast).number != asked.number


def _asked(act: Callable[[EndRequest, Any], object]) -> Callable[[str, Any], object]:
    return lambda number, cast: act(ask(number, cast), cast)


def _back(asked: EndRequest, cast: Any, by: Any, reason: str = "再研究") -> object:
    return operations.take_back_end(request=asked.number, reason=reason, by=by, at=cast.at + IN_FORCE)


REFUSED: list[tuple[str, str, Callable[[str, Any], object], str]] = [
    ("尚未备案", "announced", lambda n, c: ask(n, c), "不能终止备案"),
    ("考务经办人", "signed", lambda n, c: ask(n, c, c.sun), "备案经办人或负责人申请"),
    ("别的机构", "signed", lambda n, c: ask(n, c, c.shi), "不由您所在的机构"),
    ("昨天", "signed", lambda n, c: ask(n, c, days=-1), "不能追溯"),
    ("期满以后", "signed", lambda n, c: ask(n, c, days=3000), "期满之前"),
    ("没有理由", "signed", lambda n, c: ask(n, c, reason=" "), "写明理由"),
    ("没有交接安排", "signed", lambda n, c: ask(n, c, custodian=""), "由谁整理"),
    ("没有这条范围", "signed", lambda n, c: ask(n, c, lines=[0]), "不属于本件"),
    ("平台以外使其生效", "signed", lambda n, c: operations.end_as_asked(request="ZQ1", by=c.wu, at=c.at), "由平台"),
    ("没有这个申请", "signed", lambda n, c: operations.grant_end(request="ZQ1", opinion="", by=c.wu, at=c.at), "没有编号"),
    ("自愿终止而没有申请", "signed", lambda n, c: end(n, PLATFORM, c.at + IN_FORCE, kind=EndKind.VOLUNTARY), "须由机构申请"),
]  # fmt: skip
AFTER_ASKING: list[tuple[str, Callable[[EndRequest, Any], object], str]] = [
    ("又申请一次", lambda r, c: ask(r.filing.number, c), "正在办理"),
    ("受理经办人准予", lambda r, c: grant(r, c, c.zhou), "审批负责人办理"),
    ("别区准予", lambda r, c: grant(r, c, c.lv), "终止申请由"),
    ("机构自己准予", lambda r, c: grant(r, c, c.lin), "终止申请由"),
    ("别的机构撤回", lambda r, c: _back(r, c, c.shi), "终止备案由"),
    ("撤回没有原因", lambda r, c: _back(r, c, c.lin, " "), "写明原因"),
    ("退回没有理由", lambda r, c: operations.return_end(request=r.number, reason="", by=c.wu, at=c.at), "写明要补充"),
    ("没有准予就生效", lambda r, c: operations.end_as_asked(request=r.number, by=PLATFORM, at=c.at + timedelta(days=99)), "没有可以生效"),
]  # fmt: skip
DECIDED: list[tuple[str, Callable[[EndRequest, Any], object], str]] = [
    ("准予以后撤回", lambda r, c: _back(r, c, c.lin), "已经办结"),
    ("准予以后再准予", lambda r, c: grant(r, c), "已经办结"),
    ("准予以后退回", lambda r, c: operations.return_end(request=r.number, reason="x", by=c.wu, at=c.at), "已经办结"),
    ("日子未到就生效", lambda r, c: operations.end_as_asked(request=r.number, by=PLATFORM, at=c.at + timedelta(days=49)), "没有可以生效"),
]  # fmt: skip


@pytest.mark.parametrize(("stage", "attempt", "says"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED])
def test_refused(cast: Any, filed_to: Callable[[str], str], stage: str, attempt: Any, says: str) -> None:
    number = filed_to(stage)
    refused_and_nothing_changed(lambda: attempt(number, cast), says)


def test_refused_once_asked_or_decided(cast: Any, filed_to: Callable[[str], str]) -> None:
    asked = ask(filed_to("signed"), cast)
    for _, attempt, says in AFTER_ASKING:
        refused_and_nothing_changed(lambda attempt=attempt: attempt(asked, cast), says)  # type: ignore[misc]
    grant(asked, cast)
    for _, attempt, says in DECIDED:
        refused_and_nothing_changed(lambda attempt=attempt: attempt(asked, cast), says)  # type: ignore[misc]
