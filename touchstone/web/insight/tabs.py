"""领导页签: which pages does a leader have beside the desk?"""

from typing import Any

from django.urls import reverse

PAGES = (("leader", "今日"), ("months", "月报"), ("drift", "各区尺度"))


def tabs(active: str) -> list[dict[str, Any]]:
    """This function will give a leader's pages as tabs."""
    return [{"label": label, "url": reverse(f"authority:{page}"), "active": page == active} for page, label in PAGES]
