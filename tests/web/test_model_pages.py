"""示范机构页面: who names a model and on which conditions, where is it seen, and is it taken back with a trace?"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from tests.cast import WideCast
from tests.filings.conftest import on_route  # noqa: F401
from tests.web.test_filing_pages import client
from touchstone.accounts.actor import NotAllowed
from touchstone.bodies.models import ModelStanding
from touchstone.bodies.operations import name_model, take_back_model
from touchstone.bodies.queries import model_on
from touchstone.filings.queries import model_findings
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry

YEAR = timedelta(days=400)


@pytest.fixture
def filed(wide_cast: WideCast, on_route: Callable[[str, str], str]) -> WideCast:  # noqa: F811
    """戊 is filed as a social body."""
    on_route("social_body", "signed")
    return wide_cast


def name_it(cast: WideCast, at: datetime, who: str = "han") -> ModelStanding:
    """Name 戊 a model at a moment, as the page does."""
    findings = model_findings(cast.body_e, at.date())
    return name_model(body=cast.body_e, findings=findings, reason="连续质量优良，带动同行。", by=getattr(cast, who), at=at)


def test_named_only_when_the_filing_has_stood_long_enough(filed: WideCast) -> None:
    """刚备案的不能认定；满一年的可以；认定依据随存证留下。"""
    with pytest.raises(Refusal, match="还不具备") as refused:
        name_it(filed, filed.at + timedelta(days=60))
    assert any("应不少于12个月" in line for line in refused.value.details)
    assert not ModelStanding.objects.exists()
    name_it(filed, filed.at + YEAR)
    assert len(Entry.objects.get(event="body.model_named").detail["findings"]) == 5


def test_only_the_centre_s_director_names(filed: WideCast) -> None:
    for who in ("tao", "xu", "shen", "wu", "tang", "xie"):
        with pytest.raises(NotAllowed):
            name_it(filed, filed.at + YEAR, who)
    assert not ModelStanding.objects.exists()


def test_a_model_is_seen_from_its_first_day_to_the_day_it_is_taken_back(filed: WideCast) -> None:
    """认定当天起是，取消当天起不是；以前哪一天是，照样答得出。"""
    named, ended = filed.at + YEAR, filed.at + YEAR + timedelta(days=30)
    name_it(filed, named)
    take_back_model(body=filed.body_e, reason="年度考核不合格。", by=filed.han, at=ended)
    days = [named - timedelta(days=1), named, ended - timedelta(days=1), ended]
    assert [model_on(filed.body_e, day.date()) is not None for day in days] == [False, True, True, False]


def test_the_public_and_the_body_see_it(filed: WideCast) -> None:
    """公开的名录、机构自己的首页、主管的列表都看得到标记；名录里按日期查。"""
    ModelStanding.objects.create(body=filed.body_e, since=filed.at.date(), reason="质量优良", named_at=filed.at)
    day = str((filed.at + timedelta(days=60)).date())
    assert "示范机构" in client("").get(reverse("public:register"), {"q": filed.body_e.name, "day": day}).content.decode()
    before = str((filed.at - timedelta(days=1)).date())
    assert "示范机构" not in client("").get(reverse("public:register"), {"q": filed.body_e.name, "day": before}).content.decode()
    assert "质量优良" in client("").get(reverse("public:register_body", args=[filed.body_e.number])).content.decode()
    assert "示范性社会培训评价组织" in client("xie").get(reverse("body:home")).content.decode()
    assert "示范机构" in client("shen").get(reverse("authority:bodies"), {"model": "yes"}).content.decode()
    assert "质量优良" in client("shen").get(reverse("authority:model_bodies"), {"standing": "now"}).content.decode()


def test_who_may_do_what_on_the_page(filed: WideCast) -> None:
    """负责人看到表单，别人看到一句话；不在辖区的打不开；不存在的机构没有页面。"""
    page = reverse("authority:model_body", args=[filed.body_e.number])
    assert "认定为示范机构" in client("han").get(page).content.decode()
    assert "由市职鉴中心负责人认定和取消" in client("tao").get(page).content.decode()
    assert client("pan").get(page).status_code == 403
    assert client("xie").get(page).status_code == 403
    assert client("han").get(reverse("authority:model_body", args=["PJ0"])).status_code == 404
