"""义务与页面: every page a duty names exists."""

from django.urls import get_resolver

from touchstone.policy.duties import ROWS


def test_every_page_a_duty_names_exists() -> None:
    """义务所列的页面都存在。"""
    spaces = get_resolver().namespace_dict.items()
    known = {f"{space}:{getattr(pattern, 'name', '')}" for space, (_, resolver) in spaces for pattern in resolver.url_patterns}
    named = {page for row in ROWS for duty in row.duties for page in duty.pages}
    assert sorted(named - known) == []
