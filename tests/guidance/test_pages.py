"""技术指导页面: do lists stay at a few queries however many rows there are?"""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import START, Cast
from touchstone.accounts.queries import user_named
from touchstone.guidance import operations


@pytest.mark.parametrize("username", ["lin", "zhou"], ids=["机构", "区"])
def test_the_list_of_questions_asks_alike_for_one_and_for_many(
    cast: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, username: str
) -> None:
    """二十个问题的列表，查询次数有限。"""
    for n in range(20):
        operations.ask(topic="filing", title=f"问题{n}", words="具体情况。", by=cast.lin, at=START)
    user = user_named(username)
    assert user is not None
    client.force_login(user, backend="touchstone.accounts.backends.PasswordBackend")
    address = reverse("body:inquiries" if username == "lin" else "authority:inquiries")
    with django_assert_max_num_queries(20):
        page = client.get(address)
    assert page.status_code == 200 and "问题19" in page.content.decode()
