"""备案路线指引页面: does anybody get the answer without logging in, and a refusal that says what to do?"""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PRIVATE = {"kind": "enterprise", "ownership": "private", "district": "310115", "venues": ["310115"]}


def test_anybody_is_answered_with_offices_terms_papers_and_clauses() -> None:
    text = Client().get("/route", PRIVATE).content.decode()
    assert all(word in text for word in ("区属企业备案", "浦东新区人力资源社会保障局", "45个工作日", "经费保障说明", "三(一)1", "打印"))


def test_a_body_of_another_place_is_refused_with_clause_and_next_step() -> None:
    text = Client().get("/route", {**PRIVATE, "district": "outside"}).content.decode()
    assert all(word in text for word in ("没有在本市登记注册", "三(一)1", "请向注册地的人力资源社会保障部门申请"))
    assert "区属企业备案" not in text


def test_an_open_question_is_asked_again_and_nothing_is_answered() -> None:
    text = Client().get("/route", {"kind": "enterprise"}).content.decode()
    assert "请选择所有制" in text
    assert "办理环节" not in text


def test_the_page_is_found_from_home_and_from_sign_up() -> None:
    assert all('href="/route"' in Client().get(page).content.decode() for page in ("/", "/sign-up"))
