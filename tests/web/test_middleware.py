"""门厅: a posted form's request key reaches the operation, whatever prefix the form has."""

import pytest
from django.test import RequestFactory

from touchstone.web.middleware import _request_key


@pytest.mark.parametrize(
    ("posted", "key"),
    [({"request_key": "a1"}, "a1"), ({"sign-request_key": "b2", "sign-x": "1"}, "b2"), ({"x": "1"}, ""), ({"request_key": "c" * 99}, "c" * 64)],
    ids=["普通表单", "带前缀的表单", "没有请求号", "过长的截断"],
)
def test_the_request_key_is_found(posted: dict[str, str], key: str) -> None:
    """请求号不论表单是否带前缀都能取到。"""
    assert _request_key(RequestFactory().post("/", posted)) == key
    assert _request_key(RequestFactory().get("/", posted)) == ""
