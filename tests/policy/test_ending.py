"""终止规则测试: what ends on a day, what is foreseen, and can a further ground be laid down?"""

from dataclasses import replace
from datetime import date, timedelta

from tests.policy.cases.ending import ASKED, END, EVE, FILING, GONE, LOST
from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met
from touchstone.policy.documents import notice
from touchstone.policy.filing.ending import GROUNDS, Ground, LineFacts, endings, forecast

KEPT = LineFacts("2", "车工四级")


def test_lost_lines_alone_end() -> None:
    found = endings(replace(FILING, lines=(LOST, KEPT)), date(2026, 10, 1))
    assert [(one.line, one.ground) for one in found] == [("1", "line_lost")]


def test_whole_before_lines() -> None:
    found = endings(replace(GONE, lines=(LOST, KEPT)), date(2026, 10, 1))
    assert [(one.line, one.ground) for one in found] == [("", "body_gone")]


def test_forecast_says_when_and_how_to_avert() -> None:
    found = forecast(replace(FILING, lines=(LOST, KEPT)), date(2026, 8, 1), months=24)
    assert [(one.line, one.day) for one in found] == [("1", date(2026, 10, 1)), ("", END)]
    assert [one.avert for one in found] == ["在期限内申请变更备案", "在期满前书面申请续期"]


def test_undecided_renewal_is_not_foreseen() -> None:
    assert forecast(ASKED, EVE) == ()


def test_nothing_beyond_twelve_months() -> None:
    assert forecast(FILING, date(2026, 12, 31)) == ()
    assert [one.day for one in forecast(FILING, date(2027, 1, 1))] == [END]


def test_overdue_stands_on_the_first_day() -> None:
    later = END + timedelta(days=9)
    assert [one.day for one in forecast(FILING, later)] == [later]


def test_a_further_ground_leaves_earlier_days_alone() -> None:
    day = date(2027, 6, 1)

    def unused(facts: object, at: date) -> Finding:
        return met("连续两年未开展评价", notice("三(四)3"))

    further = Ground("unused", "连续两年未开展评价", unused, True, lambda f: (day,), "开展评价")
    grown = Dated("情形", *GROUNDS.values, Value(day, (*GROUNDS.values[-1].value, further), notice("三(四)3")))
    assert endings(FILING, day - timedelta(days=1), grown.on(day - timedelta(days=1)).value) == ()
    assert [one.ground for one in endings(FILING, day, grown.on(day).value)] == ["unused"]
