"""行业首页测试: does an industry authority find what it owes, its bodies and its field's certificates on its first page?"""

from collections.abc import Callable
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, WideCast
from tests.certificates.issuing import awards, coded, give
from tests.filings.conftest import on_route  # noqa: F401
from tests.web.test_filing_pages import client
from touchstone.certificates.models import Certificate
from touchstone.certificates.queries import counts_by_level, counts_by_month, counts_by_occupation
from touchstone.filings.queries import open_consents

HOME = "authority:home"


def test_only_an_industry_authority_has_this_first_page(cast: Cast) -> None:
    """行业主管登录到自己的首页；其他主管部门到待办；机构打不开。"""
    assert client("pan").get(reverse("home"), follow=True).redirect_chain[-1][0] == reverse(HOME)
    assert "所辖领域：装备制造" in client("pan").get(reverse(HOME)).content.decode()
    assert "浦东新区·装备制造" in client("jiang").get(reverse(HOME)).content.decode()
    for who in ("zhou", "xu", "shen"):
        assert client(who).get(reverse("home"), follow=True).redirect_chain[-1][0] == reverse("authority:inbox")
        assert f'href="{reverse(HOME)}"' not in client(who).get(reverse("authority:inbox")).content.decode()
    assert client("lin").get(reverse(HOME)).status_code == 403
    assert client("").get(reverse(HOME)).status_code == 302


def test_consents_it_owes_stand_with_days_left(wide_cast: WideCast, on_route: Callable[[str, str], str]) -> None:  # noqa: F811
    """待答复的征求列出来并写明还剩几天；答复以后就不在了；别的领域没有。"""
    number = on_route("central_enterprise", "consent_sought")
    shown = client("pan").get(reverse(HOME)).content.decode()
    assert number in shown and "没有待答复的征求" not in shown
    assert number not in client("tang").get(reverse(HOME)).content.decode()
    assert [one.filing.number for one in open_consents(wide_cast.pan)] == [number]


def test_filed_bodies_of_the_field_by_term(wide_cast: WideCast, on_route: Callable[[str, str], str]) -> None:  # noqa: F811
    """本领域机构的备案按到期先后列出，点得开；别的领域的不列。"""
    on_route("social_body", "signed")
    assert wide_cast.body_e.name in client("tang").get(reverse(HOME)).content.decode()
    assert wide_cast.body_e.name not in client("pan").get(reverse(HOME)).content.decode()


def test_the_page_asks_a_bounded_number_of_times(wide_cast: WideCast, on_route: Callable[[str, str], str]) -> None:  # noqa: F811
    """查询次数不随件数增加。"""
    tang, counts = client("tang"), list[int]()
    for route in ("central_enterprise", "social_body"):
        on_route(route, "signed")
        with CaptureQueriesContext(connection) as asked:
            tang.get(reverse(HOME))
        counts.append(len(asked))
    assert counts[1] - counts[0] <= 1 and counts[1] <= 32


def test_certificates_are_counted_by_month_level_and_occupation(cast: Cast) -> None:
    """发证按月、按等级、按职业各算一遍，首页上看得到总数。"""
    give(coded(cast), awards(3))
    found = Certificate.objects.all()
    assert counts_by_month(found) == {date(2026, 4, 1): 3}
    assert counts_by_level(found) == [("5", 3)]
    assert counts_by_occupation(found) == [("6-18-01-01", "车工", 3)]
    assert counts_by_month(found.filter(issued_on__gt=date(2026, 4, 8))) == {}
