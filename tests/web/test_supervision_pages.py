"""监管职责页面: who gets in, what does each office read, do the two counts lead to their rows, and is the number of questions steady?"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.exams.stage import Stage
from tests.exams.test_pages import enter
from tests.filings.watched import AWAY, CENTRAL, COLLEGE, DISTRICT_ROUTE, FACTORY, PUDONG, SOCIAL, SOCIAL_ROUTE, XUHUI, YANGPU, filed, five
from touchstone.filings.models import Filing
from touchstone.ledger.models import Entry

PAGE = "authority:supervision"
EVERY = (FACTORY, CENTRAL, SOCIAL, COLLEGE, AWAY)


@pytest.fixture
def rows(cast: Cast) -> dict[str, Filing]:
    """Give the five bodies of which the stories tell."""
    return five(cast.at)


def read(who: str, **query: str) -> str:
    """Open the page as somebody."""
    return enter(who).get(reverse(PAGE), query).content.decode()


def listed(who: str, **query: str) -> set[str]:
    """Give which of the five somebody sees listed."""
    said = read(who, **query)
    return {name for name in EVERY if name in said}


def test_who_opens_the_page(rows: dict[str, Filing]) -> None:
    """主管部门的人能看；机构、考评人员、考生、平台运行人员看不到，未登录的先登录。"""
    opened = {who: enter(who).get(reverse(PAGE)).status_code for who in ("han", "shen", "wang", "wu", "du", "pan", "jiang", "lin", "song", "zhu")}
    assert {who for who, code in opened.items() if code == 200} == {"han", "shen", "wang", "wu", "du", "pan", "jiang"}
    assert {opened[who] for who in ("lin", "song", "zhu")} == {403}
    assert Client().get(reverse(PAGE))["Location"].startswith("/login")


def test_the_city_sees_gaps_and_overlaps(rows: dict[str, Filing]) -> None:
    """市局和市职鉴中心在页首看见缺口和交叉各几件，点进去就是那些机构；区和行业没有全市的计数。"""
    for who in ("han", "shen"):
        said = read(who)
        assert "没有区督导（缺口）" in said and f'href="{reverse(PAGE)}?only=gap"' in said and f'href="{reverse(PAGE)}?only=overlap"' in said
    assert (listed("han", only="gap"), listed("han", only="overlap")) == ({AWAY}, {FACTORY, SOCIAL, COLLEGE})
    for who in ("wang", "pan"):
        assert f'href="{reverse(PAGE)}?only=gap"' not in read(who)
    assert listed("du", only="gap") == set() and listed("du", only="overlap") == {FACTORY, SOCIAL, COLLEGE}


def test_each_row_says_who_in_which_capacity_by_which_clause(rows: dict[str, Filing]) -> None:
    """每行写明哪个区督导、凭哪一项职责、依据哪一条、由谁牵头、哪个行业协助。"""
    said = read("han", name=FACTORY)
    for words in ("本区备案的企业评价机构（通知 三(三)1）", "设在本区的企业评价机构考核点（通知 三(三)1）", "几个区都督导", "装备制造行业主管部门"):
        assert words in said
    said = read("han", name=AWAY)
    assert "由市职鉴中心直接督导" in said and "外省市1个" in said
    assert "院校考核点" in read("han", name=COLLEGE)
    told = enter("han").get(reverse(PAGE), {"export": "csv", "name": FACTORY, "column": ["name", "leads", "every"]})
    sheet = b"".join(told.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "浦东新区人力资源社会保障局（牵头）：督导检查，本区备案的企业评价机构（通知 三(三)1）" in sheet and "市职鉴中心：组织实施" in sheet
    assert Entry.objects.filter(event="list.exported", subject="supervision").exists()


def test_a_district_sees_its_own(rows: dict[str, Filing]) -> None:
    """徐汇区看见设在本区的考核点（院校的两个都写出名称），不看见只在浦东的；行业只看见本行业。"""
    assert listed("du") == {FACTORY, CENTRAL, SOCIAL, COLLEGE} and listed("wang") == {FACTORY, COLLEGE} and listed("tang") == {SOCIAL}
    assert "本区：第1考核点、第2考核点" in read("du", name=COLLEGE)


def test_the_list_is_narrowed_by_district_charge_and_field(rows: dict[str, Filing]) -> None:
    """按区、按职责、按区和职责、按行业查询。"""
    assert listed("han", district=PUDONG) == {FACTORY, COLLEGE} and listed("han", charge="social_venue") == {SOCIAL}
    assert listed("han", district=PUDONG, charge="enterprise_venue") == set()
    assert listed("han", district=XUHUI, charge="enterprise_venue") == {FACTORY, CENTRAL}
    assert listed("han", industry="energy") == {CENTRAL}
    assert "没有符合条件的记录" in read("han", charge="nothing")


def test_the_list_of_charges_stands_below(rows: dict[str, Filing]) -> None:
    """职责清单逐项写明单位、职责、范围和依据；通知没有写的标明是平台默认值。"""
    said = read("wang")
    for words in ("自2024年5月1日起", "注册在本区的院校评价机构", "本区内未经备案的评价活动", "内部督导、问题回溯、责任追究"):
        assert words in said
    assert "本平台默认值 院校在其他区的考核点" in said


def test_the_card_on_a_bodys_page(rows: dict[str, Filing]) -> None:
    """机构页的“监管单位”写明牵头和其余单位，交叉和缺口写明由谁办理；没有备案的机构归注册地所在区。"""

    def card(body_number: str) -> str:
        return enter("han").get(reverse("authority:body", args=[body_number])).content.decode()

    said = card(rows[FACTORY].body.number)
    assert "监管单位" in said and "由浦东新区人力资源社会保障局牵头，其余配合" in said and "徐汇区人力资源社会保障局" in said
    assert "由市职鉴中心直接督导" in card(rows[AWAY].body.number)


def test_the_card_on_a_plans_page(cast: Cast) -> None:
    """计划页的“监管单位”：考核点所在的区牵头。"""
    plan = Stage(cast).plan
    said = enter("han").get(reverse("authority:plan", args=[plan.number])).content.decode()
    card = said[said.index('id="supervisors"') :].split("</section>")[0]
    assert "浦东新区人力资源社会保障局" in card and "本区备案的企业评价机构；设在本区的企业评价机构考核点" in card and "牵头" in card


def test_the_card_on_a_sittings_page(cast: Cast) -> None:
    """主管部门的场次页写明由谁督导、凭哪一条；机构自己的场次页没有。"""
    number = Stage(cast, people=1).reviewed().with_sittings().arranged().sittings()[0].number
    said = enter("wang").get(reverse("authority:sitting", args=[number])).content.decode()
    card = said[said.index('id="supervisors"') :].split("</section>")[0]
    assert "浦东新区人力资源社会保障局" in card and "设在本区的企业评价机构考核点" in card and "牵头" in card
    assert 'id="supervisors"' not in enter("sun").get(reverse("body:sitting", args=[number])).content.decode()


def test_the_page_asks_a_steady_number_of_questions(cast: Cast) -> None:
    """查询次数不随机构数和考核点数增长。"""
    counts = list[int]()
    for many in (2, 10):
        for n in range(many):
            filed(f"上海第{many}{n}号机构", SOCIAL_ROUTE if n % 2 else DISTRICT_ROUTE, YANGPU, (PUDONG, XUHUI), cast.at)
        for who in ("han", "du", "pan"):
            browser = enter(who)
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(reverse(PAGE)).status_code == 200
            counts.append(len(asked))
    assert counts[:3] == counts[3:] and max(counts) <= 25
