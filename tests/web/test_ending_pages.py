"""终止页面: who opens which page of what ends, is nothing out of sight, and do the lists stay cheap?"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.exams.stage import Stage
from tests.exams.test_winding import end as end_of_a
from tests.filings.conftest import filed_to  # noqa: F401
from tests.filings.expiring import put_down
from tests.filings.test_ending import end
from tests.web.test_filing_pages import client
from touchstone.accounts.actor import PLATFORM
from touchstone.filings.operations.ending_approval import refresh_forecast
from touchstone.filings.operations.ending_run import run_endings
from touchstone.policy.filing.ending import EndKind

pytestmark = pytest.mark.django_db
AUTHORITY, BODY = ("zhou", "wu", "wang", "xu", "han", "shen", "lv"), ("lin", "sun", "qian", "shi")


def opens(view: str, *args: str, of: tuple[str, ...] = (*AUTHORITY, *BODY)) -> set[str]:
    """Say who opens a page; nobody is shown an error, and a stranger is led to the log-in."""
    answers = {who: client(who).get(reverse(view, args=args)).status_code for who in of}
    assert set(answers.values()) <= {200, 403}
    assert client("").get(reverse(view, args=args)).status_code == 302
    return {who for who, code in answers.items() if code == 200}


def test_who_opens_which_page(cast: Any, filed_to: Callable[[str], str]) -> None:  # noqa: F811
    number = filed_to("signed")
    assert opens("authority:filing_terminate", number) == {"wu"}
    assert opens("body:filing_end", number) == {"lin", "qian"}
    ended = end(number, cast.wu, cast.at + timedelta(days=60)).number
    assert opens("authority:termination", ended) == {"zhou", "wu", "wang", "xu", "han", "shen"}
    assert opens("body:termination", ended) == {"lin", "sun", "qian"}
    assert opens("body:termination_print", ended, of=("lin", "shi", "wu")) == {"lin"}
    for view in ("endings", "ending_runs", "end_requests", "terminations", "custodies"):
        assert opens(f"authority:{view}") == set(AUTHORITY)


def shown(who: str, view: str, *args: str, **asked: str) -> str:
    return client(who).get(reverse(view, args=args), asked).content.decode()


def test_the_forecast_shows_ones_own_ground_narrowed_and_handed_out(cast: Any) -> None:
    put_down(cast.body_a, until=date(2026, 6, 5), count=2, at=cast.at)
    put_down(cast.body_b, until=date(2026, 9, 5), count=1, at=cast.at)
    refresh_forecast(by=PLATFORM, at=cast.at)
    assert "BA9202606050001" in shown("wu", "authority:endings")
    assert "BA9202609050001" not in shown("wu", "authority:endings")
    city = shown("han", "authority:endings", month="2026-09", kind="enterprise", ground="not_renewed", district=cast.body_b.district)
    assert "BA9202609050001" in city
    assert "BA9202606050001" not in city
    assert "共0件" in shown("han", "authority:endings", month="2026-13")
    table = b"".join(client("wu").get(reverse("authority:endings"), {"export": "csv"})).decode()
    assert "期满未申请续期" in table
    assert table.count("BA9202606") == 2


def test_lists_cost_the_same_however_long(cast: Any) -> None:
    def queries_of(address: str) -> int:
        opened = client("han")
        with CaptureQueriesContext(connection) as seen:
            assert opened.get(address).status_code == 200
        return len(seen)

    put_down(cast.body_a, until=date(2026, 3, 2), count=1, at=cast.at)
    refresh_forecast(by=PLATFORM, at=cast.at)
    run = run_endings(dry_run=True, by=PLATFORM, at=cast.at).number
    addresses = [reverse("authority:endings"), reverse("authority:ending_run", args=[run])]
    few = [queries_of(address) for address in addresses]
    put_down(cast.body_a, until=date(2026, 3, 2), count=15, at=cast.at, first=2)
    refresh_forecast(by=PLATFORM, at=cast.at)
    addresses[1] = reverse("authority:ending_run", args=[run_endings(dry_run=True, by=PLATFORM, at=cast.at).number])
    assert [queries_of(address) for address in addresses] == few


PAGES = ("plan", "registration", "candidates", "arrangement", "attendance")


def test_every_page_of_a_plan_to_be_replaced_says_so_and_offers_nothing_else(cast: Any) -> None:
    """待转出的计划，各页都说明原因和怎么办，不再给出办不成的按钮。"""
    stage = Stage(cast).reviewed().with_sittings().arranged()
    end_of_a(cast, EndKind.ORDERED)
    for page in PAGES:
        told = shown("sun", f"body:{page}", stage.plan.number)
        assert "本计划不再报名、审核、编排、考试和登记成绩" in told, page
        for button in ("变更计划", "取消计划", "重新编排", "其余全部到考", "确认考试结束"):
            assert f">{button}<" not in told, (page, button)
    assert "转出考生" in shown("sun", "body:plan", stage.plan.number)
    one = stage.plan.candidates.order_by("id")[0]
    told = shown("sun", "body:candidate", one.number)
    assert "办理退出" in told
    assert ">重新判定<" not in told
