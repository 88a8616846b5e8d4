"""协会纳入页面: who opens them, who finds the buttons, and what does a refusal leave?"""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests.cast import set_up
from tests.web.test_filing_pages import client
from touchstone.filings.models import AssociationMove
from touchstone.filings.operations import list_association_moves
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.association import set_up_association

LIST = "authority:association_moves"


@pytest.fixture
def cast(db: None) -> Any:
    """Give the cast and association 庚."""
    mark_synthetic(seed=1)
    found = set_up()
    set_up_association(since=date(2026, 1, 1), at=found.at)
    return found


def test_who_opens_them(cast: Any) -> None:
    """主管部门都打得开列表；一件只给辖区和领域内的；机构和没登录的不行。"""
    (move,) = list_association_moves(by=cast.tao, at=cast.at)
    page = reverse("authority:association_move", args=[move.number])
    people, addresses = ("tao", "shen", "pan", "lv", "tang", "fu"), (reverse(LIST), page)
    seen = {who: tuple(client(who).get(address).status_code for address in addresses) for who in people}
    assert seen == {"tao": (200, 200), "shen": (200, 200), "pan": (200, 200), "lv": (200, 403), "tang": (200, 403), "fu": (403, 403)}
    assert client("").get(page).status_code == 302
    assert "登记计划" in client("tao").get(page).content.decode()
    assert "登记计划" not in client("pan").get(page).content.decode()


def test_only_the_centre_sees_the_dry_run(cast: Any) -> None:
    """核对结果只给办理的人看；别人看到一句话。"""
    assert "今天的核对结果" in client("tao").get(reverse(LIST)).content.decode()
    shown = client("shen").get(reverse(LIST)).content.decode()
    assert "今天的核对结果" not in shown and "由市职鉴中心" in shown
    client("shen").post(reverse(LIST))
    assert not AssociationMove.objects.exists()


def test_what_was_typed_is_kept_when_refused(cast: Any) -> None:
    """计划日已过的，计划内容还在。"""
    (move,) = list_association_moves(by=cast.tao, at=cast.at)
    page = reverse("authority:association_move", args=[move.number])
    shown = client("tao").post(page, {"act": "plan", "plan": "分两步", "planned_for": "2020-01-01"}).content.decode()
    assert "分两步" in shown and "已到或已过" in shown
    move.refresh_from_db()
    assert move.state == "listed"
