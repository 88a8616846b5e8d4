"""撤销页面: who gets in by which door, and do the pages ask the database a steady number of questions?"""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.exams.test_pages import enter
from tests.revocations.giving import Case, holder
from touchstone.accounts.models import User


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


def test_nonsense_is_answered_with_a_sentence(case: Case) -> None:
    """没有编号的立案说明原因；没有的案件打不开，没有的文书是404。"""
    wang = enter("wang")
    said = wang.post(reverse("authority:revocation_new"), {"cause": "wrong", "reason": "有误", "numbers": ""}).content.decode()
    assert "没有证书编号" in said
    assert wang.get(reverse("authority:revocation", args=["CZ0"])).status_code == 403
    assert wang.get(reverse("authority:revocation_paper", args=[case.row(0).number, "answer"])).status_code == 404
