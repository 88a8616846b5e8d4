"""比对与预警页面: who gets in by which door, what do the lists narrow, and do they ask the database a steady number of questions?"""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.certificates.issuing import AT
from tests.exams.test_pages import enter
from tests.monitoring.hits import ACROSS, WITHIN, hit, raised, raised_across, ran, two_bodies
from touchstone.monitoring import operations as acts
from touchstone.monitoring.models import Alert, Run
from touchstone.monitoring.states import State
from touchstone.web import clock


@pytest.fixture
def case(cast: Cast) -> Alert:
    """Give a case across two districts about which both bodies were asked."""
    alert = raised_across(cast)
    return acts.ask_bodies(number=alert.number, question="请说明为何同期发证。", by=cast.han, at=AT)


@pytest.mark.parametrize(
    ("who", "door", "code"),
    [
        pytest.param("han", "authority", 200, id="市职鉴中心"),
        pytest.param("shen", "authority", 200, id="市局"),
        pytest.param("wang", "authority", 200, id="所涉的区"),
        pytest.param("du", "authority", 200, id="所涉的另一区"),
        pytest.param("pan", "authority", 200, id="本行业主管"),
        pytest.param("tang", "authority", 403, id="别的行业主管"),
        pytest.param("sun", "body", 200, id="被请说明的机构"),
        pytest.param("shi", "body", 200, id="被请说明的另一家机构"),
        pytest.param("sun", "authority", 403, id="机构走主管的门"),
        pytest.param("chen", "authority", 403, id="考生"),
        pytest.param("zhu", "authority", 403, id="系统管理员"),
    ],
)
def test_who_opens_a_case(case: Alert, who: str, door: str, code: int) -> None:
    """预警由承办和所涉的单位、本行业主管、被请说明的机构打开；没有登录的先登录。"""
    address = reverse(f"{door}:alert", args=[case.number])
    assert enter(who).get(address).status_code == code
    assert Client().get(address)["Location"].startswith("/login")


def test_a_body_that_was_not_asked_does_not_find_it(cast: Cast) -> None:
    """没有请其说明的机构看不到预警。"""
    alert = raised_across(cast)
    assert enter("sun").get(reverse("body:alert", args=[alert.number])).status_code == 403
    assert "没有请贵机构说明的预警" in enter("sun").get(reverse("body:alerts")).content.decode()


def test_a_body_reads_nothing_of_the_other(case: Alert, cast: Cast) -> None:
    """机构看到自己的数据和自己的说明，看不到另一家的数据、说明和佐证。"""
    own = enter("sun")
    first = case.rows.get(body=cast.body_a)
    second = case.rows.get(body=cast.body_b)
    answered = {"act": "answer", "words": "甲的说明，含内情", "files": SimpleUploadedFile("内情.pdf", b"%PDF-1.7 x")}
    assert "说明已提交" in own.post(reverse("body:alert", args=[case.number]), answered, follow=True).content.decode()
    page = own.get(reverse("body:alert", args=[case.number])).content.decode()
    assert first.number in page
    assert "内情.pdf" in page
    other = enter("shi").get(reverse("body:alert", args=[case.number])).content.decode()
    assert second.number in other
    for secret in (first.number, cast.body_a.name, "内情", case.told):
        assert secret not in other
    desk = enter("han").get(reverse("authority:alert", args=[case.number])).content.decode()
    assert "含内情" in desk
    assert case.told in desk
    link = next(part for part in desk.split('"') if f"/alerts/{case.number}/files/" in part)
    assert enter("han").get(link).status_code == 200
    assert enter("shi").get(link.replace("/desk/", "/body/")).status_code == 404


def test_the_list_narrows_sorts_and_leaves(case: Alert, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """清单按规则、级别、机构、区、状态、期限、证书编号查询，可以导出，查询次数不随行数变。"""
    han = enter("han")
    address = reverse("authority:alerts")
    number = case.rows.first().number  # type: ignore[union-attr]
    found = ("severity=medium", "body=甲辰", "district=310104", "state=asked", "state=undecided", "mine=office", "due_before=2026-12-31")
    for query in (f"rule={ACROSS}", f"row={number}", *found):
        with django_assert_max_num_queries(20):
            page = han.get(f"{address}?{query}&sort=due_on").content.decode()
        assert case.number in page, query
    for query in (f"rule={WITHIN}", "severity=high", "body=丙申", "district=310101", "state=upheld", "row=Y0000", "mine=me", "due_before=2026-01-01"):
        assert case.number not in han.get(f"{address}?{query}").content.decode(), query
    assert case.number in b"".join(han.get(f"{address}?export=csv").streaming_content).decode()  # type: ignore[attr-defined]
    sun = enter("sun")
    with django_assert_max_num_queries(20):
        assert case.number in sun.get(reverse("body:alerts")).content.decode()


def test_many_are_worked_on_at_once_each_with_an_outcome(cast: Cast) -> None:
    """批量请机构说明、批量认定不属实，逐件给出结果；别的单位承办的办不成。"""
    first, second = two_bodies(cast)
    ran(hit(WITHIN, first[0]), hit(WITHIN, first[1]), hit(ACROSS, first[2], second[0]))
    wang, keys = enter("wang"), list(Alert.objects.values_list("pk", flat=True))
    chosen = {"action": "ask", "row": keys}
    address = reverse("authority:alerts_batch")
    assert "请机构说明什么" in wang.post(address, chosen).content.decode()
    page = wang.post(address, chosen | {"words": "请说明"}).content.decode()
    assert "共3件，办成2件" in page
    assert "由上海市职业技能鉴定中心承办" in page
    page = wang.post(address, {"action": "dismiss", "row": keys, "words": "系统时间有误"}).content.decode()
    assert "办成2件" in page
    assert Alert.objects.filter(state=State.DISMISSED).count() == 2
    assert enter("zhou").post(address, chosen | {"words": "x"}).content.decode().count("未办") == 1


def test_rules_and_runs(case: Alert, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """规则页写明依据、版本、命中率；运行页给系统管理员看进度；只有市职鉴中心可以立即比对。"""
    wang, zhu = enter("wang"), enter("zhu")
    with django_assert_max_num_queries(20):
        page = wang.get(reverse("authority:comparison_rules")).content.decode()
    assert "不同机构对同一人重复发证" in page
    assert "0.25%" in page
    assert "没有符合的规则" in wang.get(f"{reverse('authority:comparison_rules')}?q=没有这个词").content.decode()
    with django_assert_max_num_queries(25):
        rule = wang.get(reverse("authority:comparison_rule", args=[ACROSS])).content.decode()
    assert "1/400" in rule or "比对400行" in rule
    assert wang.get("/desk/comparison/rules/no.such").status_code == 404
    run = Run.objects.get()
    for browser, door in ((wang, "authority"), (zhu, "operators")):
        assert run.number in browser.get(reverse(f"{door}:comparison_runs")).content.decode()
        assert browser.get(reverse(f"{door}:comparison_run", args=[run.number])).status_code == 200
        assert browser.get(reverse(f"{door}:comparison_progress", args=[run.number])).status_code == 200
    assert "市职鉴中心" in wang.post(reverse("authority:comparison_runs"), follow=True).content.decode()
    assert Run.objects.count() == 1
    for page_name in ("comparison_rules", "comparison_runs"):
        assert enter("sun").get(reverse(f"authority:{page_name}")).status_code == 403
        assert Client().get(reverse(f"authority:{page_name}")).status_code == 302


def test_switching_takes_two_people(case: Alert) -> None:
    """一名政策管理员提出停用，自己不能复核，另一名复核通过；其他人不能提出。"""
    address = reverse("authority:comparison_rule", args=[ACROSS])
    proposed = {"since": (clock.now().date() + timedelta(days=1)).isoformat(), "reason": "规则待修订"}
    assert "政策管理员提出" in enter("wang").post(address, proposed, follow=True).content.decode()
    assert "已提出" in enter("shen").post(address, proposed, follow=True).content.decode()
    link = next(part for part in enter("han").get(address).content.decode().split('"') if "/switch/" in part)
    assert "不能复核自己的提议" in enter("shen").post(link, {"approve": "yes"}, follow=True).content.decode()
    assert "已通过" in enter("han").post(link, {"approve": "yes"}, follow=True).content.decode()
    other = link.replace(ACROSS, WITHIN)
    assert enter("han").post(other, {"approve": "yes"}).status_code == 404


def test_a_revocation_begins_with_what_the_upheld_case_says(cast: Cast) -> None:
    """从认定属实的预警立案，编号、事实和依据已经填好；没有认定的退回预警页说明原因。"""
    alert = raised(cast)
    wang, address = enter("wang"), f"{reverse('authority:revocation_new')}?alert={alert.number}"
    assert "只有认定属实" in wang.get(address, follow=True).content.decode()
    assert "提请撤销证书" not in wang.get(reverse("authority:alert", args=[alert.number])).content.decode()
    acts.ask_bodies(number=alert.number, question="请说明。", by=cast.wang, at=AT)
    acts.uphold(number=alert.number, reason="确有其事", by=cast.wang, at=AT + timedelta(days=30))
    assert "提请撤销证书" in wang.get(reverse("authority:alert", args=[alert.number])).content.decode()
    page = wang.get(address).content.decode()
    for said in (alert.told, "确有其事", alert.clause, *(row.number for row in alert.rows.all())):
        assert said in page, said
    assert enter("lv").get(address).status_code == 403
