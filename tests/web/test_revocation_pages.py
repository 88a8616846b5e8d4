"""撤销页面: who gets in by which door, and do the pages ask the database a steady number of questions?"""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.exams.test_pages import enter
from tests.revocations.giving import EXECUTED, HEARD, Case, holder
from touchstone.accounts.models import User
from touchstone.policy.certificates.revocation import Verdict
from touchstone.revocations import operations as acts
from touchstone.revocations.queries import cases
from touchstone.web import clock


@pytest.fixture
def case(cast: Cast) -> Case:
    """Give a case about three certificates, decided."""
    return Case(cast).ordered()


def test_who_opens_a_case(case: Case) -> None:
    """承办的区、市、发证机构能看；别的区、别的机构、行业、别的考生、未登录的不能。"""
    row = case.row(0).number
    doors = {"sun": "body", "shi": "body", "wang": "authority", "lv": "authority", "jiang": "authority", "han": "authority"}
    opened = {}
    for who, door in doors.items():
        visitor = enter(who)
        paths = [reverse(f"{door}:revocation", args=[case.number]), reverse(f"{door}:revocation_row", args=[row])]
        paths.append(reverse(f"{door}:revocation_paper", args=[row, "decision"]))
        paths.append(reverse(f"{door}:revocation_letter", args=[case.number, "order"]))
        opened[who] = {visitor.get(path).status_code for path in paths}
        assert all(Client().get(path)["Location"].startswith("/login") for path in paths)
    assert opened == {"sun": {200}, "shi": {403}, "wang": {200}, "lv": {403}, "jiang": {403}, "han": {200}}
    path = reverse("candidate:revocation_row", args=[row])
    own = enter(User.objects.get(pk=holder(case.certificate(0)).user_id or 0).username)
    other = enter(User.objects.get(pk=holder(case.certificate(1)).user_id or 0).username)
    assert (own.get(path).status_code, other.get(path).status_code) == (200, 403)


def test_lists_ask_a_steady_number_of_questions(case: Case, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """清单和案件页的查询次数不随行数增长；办不成的动作也回到页面。"""
    wang = enter("wang")
    narrowed = f"?certificate={case.issued[0]}&cause=wrong"
    wanted = ("revocations", narrowed), ("revocations", "?export=csv"), ("certificate_requests", ""), ("support", "")
    for name, query in wanted:
        with django_assert_max_num_queries(30):
            assert wang.get(reverse(f"authority:{name}") + query).status_code == 200
    with django_assert_max_num_queries(45):
        assert wang.get(reverse("authority:revocation", args=[case.number])).status_code == 200
    assert case.number in wang.get(reverse("authority:revocations")).content.decode()
    assert wang.post(reverse("authority:revocation", args=[case.number]), {"act": "execute"}).status_code == 302


def test_numbers_that_can_no_longer_be_taken_are_named_and_nothing_typed_is_lost(cast: Cast) -> None:
    """核对以后、立案以前，编号改动或者另案立案的：写明是哪一本、为什么，填写的内容都在；没有立案。"""
    case = Case(cast)
    wang, path = enter("wang"), reverse("authority:revocation_new")
    typed = {"cause": "wrong", "reason": "姓名与成绩册不符。", "clause": "通知 三(四)2", "origin": "YJ2026000001"}
    wang.post(path, {**typed, "numbers": "\n".join(case.issued[1:]), "act": "reach"})
    case.issued, kept = case.issued[:1], case.issued
    case.opened()
    numbers = "\n".join([*kept, "Y000031300001265009999"])
    said = wang.post(path, {**typed, "numbers": numbers, "act": "open"}).content.decode()
    assert "有2本证书不能立案，没有立案" in said
    assert f"{kept[0]}：" in said and "Y000031300001265009999：" in said
    assert all(text in said for text in (*kept, typed["reason"], typed["origin"]))
    assert cases(cast.wang).count() == 1


def test_what_is_left_is_counted_in_words(cast: Cast) -> None:
    """案件页写明还有几本没有处理意见。"""
    case = Case(cast).opened().notified()
    said = enter("wang").get(reverse("authority:revocation", args=[case.number])).content.decode()
    assert "没有处理意见的3本" in said


def test_the_holders_first_page_says_what_to_do_and_by_when(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """持证人首页：核查中的可以陈述到哪一天；决定后可以申诉到哪一天；更正办结的看到新编号；别人的看不到。"""
    case = Case(cast).opened().notified()
    owners = [enter(User.objects.get(pk=holder(case.certificate(n)).user_id or 0).username) for n in range(2)]
    home = reverse("candidate:home")
    monkeypatch.setattr(clock, "now", lambda: HEARD)
    said = owners[0].get(home).content.decode()
    assert "陈述情况：车工五级/初级工证书正在核查" in said and "2026年4月20日" in said and "还剩" in said
    acts.take_statement(row=case.row(0).number, words="属实", by=holder(case.certificate(0)), at=HEARD)
    assert "陈述情况" not in owners[0].get(home).content.decode()
    case.proposed(Verdict.REVOKE, Verdict.CORRECT, Verdict.KEEP).sent_up().decided()
    monkeypatch.setattr(clock, "now", lambda: EXECUTED)
    assert "证书决定撤销" in owners[0].get(home).content.decode()
    case.executed()
    said = owners[0].get(home).content.decode()
    assert "证书已撤销" in said and f"{case.case.appeal_until:%Y年%-m月%-d日}" in said
    assert case.row(1).replaced_by in owners[1].get(home).content.decode()
    assert case.issued[0] not in owners[1].get(home).content.decode()


def test_nonsense_is_answered_with_a_sentence(case: Case) -> None:
    """没有编号的立案说明原因；没有的案件打不开，没有的文书是404。"""
    wang = enter("wang")
    said = wang.post(reverse("authority:revocation_new"), {"cause": "wrong", "reason": "有误", "numbers": ""}).content.decode()
    assert "没有证书编号" in said
    assert wang.get(reverse("authority:revocation", args=["CZ0"])).status_code == 403
    assert wang.get(reverse("authority:revocation_paper", args=[case.row(0).number, "answer"])).status_code == 404
